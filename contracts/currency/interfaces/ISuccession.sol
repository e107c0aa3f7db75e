// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Account} from "../Account.sol";
import {ILocalCurrency} from "./ILocalCurrency.sol";

/// @title One currency after another: the old one stops, and what it holds is carried over to the cent
/// @notice The guardian pauses, then ADMIN retires: neither ends a money alone, and ADMIN's act is announced by its
/// delay. From then on nobody pays or issues here. Anyone has accounts carried over: burnt here and credited there in
/// one transaction, with the reserve that covers them, what they owe below a cent, and a freeze by order. At every step
/// the reserves of both cover the supplies of both and what both owe, if they did before.
/// @dev What stays here until it has ended: redemptions, which the treasurer settles; seizures, whose accounts are
/// carried over after them; and what institutions hold for others, whose money they alone still pay out, to payees who
/// are then carried over. None of it keeps the successor from retiring in its turn: it hands on, to the last one, what
/// comes to it later. Allowances and slips end: they name this contract. A reference that served one serves the others
/// no more.
interface ISuccession {
    /// @notice Thrown when a currency does again what it no longer does, once it is retired.
    error LocalCurrency_Retired();
    /// @notice Thrown when accounts are carried over before the currency is retired.
    error LocalCurrency_NotRetired();
    /// @notice Thrown when a currency retires that is not paused, which the guardian does first, or is retired already.
    error LocalCurrency_NotPaused();
    /// @notice Thrown when the successor does not name this currency as what it follows, or was not told of its own
    /// commons (`Residents.inform`): fees and demurrage would stop everybody's money there.
    error LocalCurrency_NotSuccessor(address successor);
    /// @notice Thrown when a currency retires, or its reserve is attested, before what it follows has retired for it.
    error LocalCurrency_PredecessorStands();
    /// @notice Thrown when anyone but the currency that this one follows brings accounts.
    error LocalCurrency_OnlyPredecessor();

    event Retired(ILocalCurrency indexed successor);
    /// @notice An account left for the successor; of the commons without an amount, what the reserve had beyond need.
    event CarriedOver(address indexed account, uint256 amount_cents, uint256 reserve_cents);
    event TakenOver(address indexed account, uint256 amount_cents, uint256 reserve_cents);

    /// @notice ADMIN retires the currency, which is paused, for ever; what its reserve has beyond supply and debts
    /// passes at once.
    function retire(ILocalCurrency next) external;

    /// @notice Carries accounts over; open to anyone. Passes over who has nothing, is seized, or is an institution: ask
    /// again later.
    function carryOver(address[] calldata accounts) external;

    /// @notice Takes an account over, with the reserve that covers it; from the currency that this one follows alone.
    /// Once retired, it hands on. On the register or off it, the account is its holder's: who has another key by now is
    /// credited under that one.
    /// @param carried the account as its slot had it: balance, fraction of a cent and freeze are taken over
    function takeOver(address holder, Account carried, uint256 reserve_cents) external;

    /// @notice The currency that this one follows; none for the first.
    function predecessor() external view returns (ILocalCurrency);

    /// @notice The currency for which this one was retired; none while it is not.
    function successor() external view returns (ILocalCurrency);
}
