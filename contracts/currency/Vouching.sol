// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import {CreditAccount} from "./CreditAccount.sol";
import {CreditLedger} from "./CreditLedger.sol";
import {IMutualCredit} from "./interfaces/IMutualCredit.sol";

/// @title Limits lent to those whom one trusts, and who bears what a departed member owes
abstract contract Vouching is CreditLedger {
    mapping(address voucher => mapping(address member => uint256)) private _vouches;

    /// @inheritdoc IMutualCredit
    function vouch(address voucher, address member, uint256 amount, uint256 deadline, bytes calldata signature)
        external
    {
        require(amount != 0, MutualCredit_NoAmount());
        (address giver, address taker) = (residents.currentKeyOf(voucher), residents.currentKeyOf(member));
        require(giver != taker, MutualCredit_Oneself(giver));
        bytes32 slip = keccak256(abi.encode(VOUCH_TYPEHASH, voucher, member, amount, deadline));
        _requireActs(giver, slip, deadline, signature);
        uint256 free = _freeOf(_requireActive(giver));
        require(amount <= free, MutualCredit_BelowFloor(giver, amount, free));
        _requireActive(taker);

        _vouches[voucher][member] += amount;
        _lend(giver, taker, int256(amount));
        _vouchedFor[taker] += amount;
        emit Vouched(voucher, member, amount);
    }

    /// @inheritdoc IMutualCredit
    function unvouch(address voucher, address member, uint256 amount, uint256 deadline, bytes calldata signature)
        external
    {
        require(amount != 0, MutualCredit_NoAmount());
        uint256 vouched = _vouches[voucher][member];
        require(amount <= vouched, MutualCredit_NotVouched(voucher, member, vouched));
        (address giver, address taker) = (residents.currentKeyOf(voucher), residents.currentKeyOf(member));
        bytes32 slip = keccak256(abi.encode(UNVOUCH_TYPEHASH, voucher, member, amount, deadline));
        _requireActs(giver, slip, deadline, signature);
        require(amount <= _freeOf(_accounts[taker]), MutualCredit_VouchInUse(member));

        _vouches[voucher][member] = vouched - amount;
        _lend(giver, taker, -int256(amount));
        _vouchedFor[taker] -= amount;
        emit Unvouched(voucher, member, amount);
    }

    /// @inheritdoc IMutualCredit
    function call(address member, address[] calldata vouchers) external {
        address taker = residents.currentKeyOf(member);
        for (uint256 i; i < vouchers.length; ++i) {
            address giver = residents.currentKeyOf(vouchers[i]);
            uint256 vouched = _vouches[vouchers[i]][member];
            require(vouched != 0, MutualCredit_NotVouched(vouchers[i], member, 0));
            bool isLeft = _isGone(taker);
            require(isLeft || _isGone(giver), MutualCredit_NotGone(member));

            uint256 borne = isLeft ? _share(taker, vouched) : 0;
            delete _vouches[vouchers[i]][member];
            _lend(giver, taker, -int256(vouched));
            _vouchedFor[taker] -= vouched;
            _shift(giver, -int256(borne));
            _shift(taker, int256(borne));
            emit VoucherCalled(vouchers[i], member, vouched, borne);
        }
    }

    /// @inheritdoc IMutualCredit
    function writeOff(address member) external {
        require(_isGone(member), MutualCredit_NotGone(member));
        require(_vouchedFor[member] == 0, MutualCredit_VouchersFirst(_vouchedFor[member]));
        CreditAccount account = _accounts[member];
        int256 balance = account.balance();
        require(balance != 0, MutualCredit_NothingOwed(member));

        address heir = residents.currentKeyOf(commons);
        require(_accounts[heir].isMet(), MutualCredit_NotAMember(heir));
        _accounts[member] = account.withBalance(0).withLimits(0, account.ceiling());
        _shift(heir, balance);
        emit WrittenOff(member, heir, balance);
    }

    /// @inheritdoc IMutualCredit
    function vouchOf(address voucher, address member) external view returns (uint256) {
        return _vouches[voucher][member];
    }

    /// @dev What of its limit an account neither uses nor lends on; what it is owed it may spend, and lends not.
    function _freeOf(CreditAccount account) private view returns (uint256) {
        int256 free = _reach(account) + SignedMath.min(account.balance(), 0);
        return free > 0 ? uint256(free) : 0;
    }

    /// @dev Lends a part of one's limit, or takes it back when below zero.
    function _lend(address giver, address taker, int256 amount) private {
        CreditAccount account = _accounts[giver];
        _accounts[giver] = account.withVouched(account.vouched() - amount);
        account = _accounts[taker];
        _accounts[taker] = account.withVouched(account.vouched() + amount);
    }

    /// @dev What a voucher bears of what a member owes beyond her own limit: rounded up, the last bears no more.
    function _share(address taker, uint256 vouched) private view returns (uint256) {
        CreditAccount account = _accounts[taker];
        uint256 vouchedFor = _vouchedFor[taker];
        int256 debt = -account.balance();
        int256 beyond = SignedMath.min(debt - _reach(account) + int256(vouchedFor), debt);
        if (beyond <= 0) return 0;
        uint256 shared = Math.min(uint256(beyond), vouchedFor);
        return Math.mulDiv(shared, vouched, vouchedFor, Math.Rounding.Ceil);
    }
}
