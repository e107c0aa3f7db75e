// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {InPerson} from "../access/InPerson.sol";
import {CreditAccount} from "./CreditAccount.sol";
import {CreditLedger} from "./CreditLedger.sol";
import {Vouching} from "./Vouching.sol";
import {ICreditSlips} from "./interfaces/ICreditSlips.sol";
import {IMutualCredit} from "./interfaces/IMutualCredit.sol";

/// @title A circle whose members pay each other by owing
contract MutualCredit is Vouching, InPerson {
    bytes32 private constant CLEARED = bytes32(uint256(1));

    mapping(bytes32 bankReference => bytes32) private _transfers;

    constructor(Charter memory charter) AccessManaged(charter.authority) CreditLedger(charter) {}

    /// @inheritdoc ICreditSlips
    function payBySlip(CreditSlip calldata slip) external {
        _pay(slip.from, _take(slip), slip.to, slip.amount, slip.ref);
    }

    /// @inheritdoc IMutualCredit
    function pay(address to, uint256 amount, bytes32 ref) external {
        _pay(msg.sender, _accounts[msg.sender], to, amount, ref);
    }

    /// @inheritdoc IMutualCredit
    function payMixed(address to, uint256 amount_cents, uint256 mostCredit_cents, bytes32 ref) external {
        _payMixed(msg.sender, _accounts[msg.sender], to, amount_cents, mostCredit_cents, ref);
    }

    /// @inheritdoc IMutualCredit
    function payMixedBySlip(MixedSlip calldata slip) external {
        _payMixed(slip.from, _take(slip), slip.to, slip.amount_cents, slip.mostCredit_cents, slip.ref);
    }

    /// @inheritdoc IMutualCredit
    function setLimits(Limits[] calldata limits) external restricted {
        for (uint256 i; i < limits.length; ++i) {
            (address member, uint256 floor, uint256 ceiling) = (limits[i].member, limits[i].floor, limits[i].ceiling);
            require(floor <= ceiling, MutualCredit_FloorAboveCeiling(member));
            CreditAccount account = _requireActive(member);
            _accounts[member] = account.withLimits(floor, ceiling);
            emit LimitsSet(member, floor, ceiling);
        }
    }

    /// @inheritdoc IMutualCredit
    function attestTransfer(bytes32 bankReference, bytes32 linesHash) external restricted inPerson {
        require(isCleared, MutualCredit_NotCleared());
        (bool immediate, uint32 delay_s) =
            IAccessManager(authority()).canCall(msg.sender, address(this), this.net.selector);
        require(!immediate && delay_s == 0, MutualCredit_AuditorClears(msg.sender));
        require(_transfers[bankReference] != CLEARED, MutualCredit_ReferenceUsed(bankReference));

        _transfers[bankReference] = linesHash;
        emit TransferAttested(bankReference, linesHash);
    }

    /// @inheritdoc IMutualCredit
    function net(NetLine[] calldata lines, bytes32 bankReference) external restricted {
        bytes32 attested = _transfers[bankReference];
        require(attested != CLEARED, MutualCredit_ReferenceUsed(bankReference));
        bytes32 linesHash = keccak256(abi.encode(lines));
        require(linesHash == attested, MutualCredit_NotAttested(bankReference, linesHash));

        _transfers[bankReference] = CLEARED;
        address last;
        int256 sum;
        for (uint256 i; i < lines.length; ++i) {
            (address member, int256 amount) = (lines[i].member, lines[i].amount);
            require(member > last, MutualCredit_LinesUnordered(i));
            require(_accounts[member].isMet(), MutualCredit_NotAMember(member));
            last = member;
            sum += amount;
            _shift(residents.currentKeyOf(member), -amount);
            emit Netted(member, bankReference, amount);
        }
        require(sum == 0, MutualCredit_NotZeroSum(sum));
    }

    /// @inheritdoc IMutualCredit
    function split(address from, uint256 amount_cents)
        public
        view
        returns (uint256 backed_cents, uint256 credit_cents)
    {
        require(address(currency) != address(0), MutualCredit_NoCurrency());
        backed_cents = Math.min(currency.balanceOf(from), amount_cents);
        credit_cents = amount_cents - backed_cents;
    }

    /// @inheritdoc IMutualCredit
    function transferOf(bytes32 bankReference) external view returns (bytes32 linesHash) {
        return _transfers[bankReference];
    }

    /// @dev Takes the payer's account as it is to be stored: with the slip that she signed. So do the next.
    function _pay(address from, CreditAccount payer, address to, uint256 amount, bytes32 ref) private {
        _requirePayment(from, to, amount);

        _owe(from, payer, to, amount);
        emit CreditPaid(from, to, amount, ref);
    }

    /// @dev Credit first, for the money goes out of this contract's hands.
    function _payMixed(
        address from,
        CreditAccount payer,
        address to,
        uint256 amount_cents,
        uint256 mostCredit_cents,
        bytes32 ref
    ) private {
        _requirePayment(from, to, amount_cents);
        (uint256 backed_cents, uint256 credit_cents) = split(from, amount_cents);
        require(credit_cents <= mostCredit_cents, MutualCredit_TooMuchCredit(credit_cents, mostCredit_cents));

        if (credit_cents == 0) _accounts[from] = payer;
        else _owe(from, payer, to, credit_cents);
        emit MixedPaid(from, to, backed_cents, credit_cents, ref);
        if (backed_cents == 0) return;
        require(currency.transferFrom(from, to, backed_cents), MutualCredit_PaymentFailed());
    }

    function _requirePayment(address from, address to, uint256 amount) private pure {
        require(amount != 0, MutualCredit_NoAmount());
        require(from != to, MutualCredit_Oneself(from));
    }
}
