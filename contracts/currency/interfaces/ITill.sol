// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidents} from "../../residents/interfaces/IResidents.sol";

/// @title The money of others that a contract holds: paid in, paid out, or waiting to be taken
/// @notice Whoever pays by slip signs for a *purpose*, a hash of what the payment is for: the slip pays nothing else. A
/// payout that fails is credited to its payee, who takes it later: nobody's account holds up an act.
interface ITill is ISlipActs {
    /// @notice Thrown when the money would lose value while it is held.
    error Till_MeltingCurrency();
    /// @notice Thrown when the money that was paid in did not arrive.
    error Till_PaymentFailed();
    /// @notice Thrown when there is nothing to take.
    error Till_NothingOwed(address account);
    /// @notice Thrown when a frozen account would have its money sent elsewhere.
    error Till_Frozen(address account);
    /// @notice Thrown when less gas is left than a payout is promised: starved, it would be credited and not paid.
    error Till_OutOfGas();

    /// @notice A payee was paid.
    /// @param matter the number, in this contract, of what the payment belongs to
    event PaidOut(uint256 indexed matter, address indexed payee, uint256 amount_cents);
    /// @notice A payee could not be paid and may take it later.
    event Credited(uint256 indexed matter, address indexed payee, uint256 amount_cents);
    /// @notice A payee took what could not be paid.
    event Withdrawn(address indexed payee, address indexed to, uint256 amount_cents);

    /// @notice Pays what could not be paid; posted by anyone, paid to that account's current key.
    function withdraw(address payee) external;

    /// @notice Pays what could not be paid to another account that the payee names: its own may be suspended, not
    /// frozen.
    /// @dev EIP-712 `Withdrawal(address payee,address to,uint256 deadline)`, by the payee's current key
    function withdrawTo(address payee, address to, uint256 deadline, bytes calldata signature) external;

    /// @notice What could not be paid to an account.
    function owedTo(address payee) external view returns (uint256);

    /// @notice The nonce of a slip that pays for a purpose: keccak256(abi.encode(purpose, salt >> 8)) but for its last
    /// byte, which is the salt's. Slips whose salts differ in the last byte alone share a word of the currency's
    /// nonces: each after the first costs 17,000 gas less.
    function slipNonce(bytes32 purpose, bytes32 salt) external pure returns (bytes32);

    /// @notice The money.
    function token() external view returns (IERC20);

    /// @notice The register of residents, which knows who replaced a lost key.
    function residents() external view returns (IResidents);
}
