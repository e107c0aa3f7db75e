// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {SlipActs} from "../access/SlipActs.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {ICurrencySlips} from "./interfaces/ICurrencySlips.sol";
import {ILocalCurrency} from "./interfaces/ILocalCurrency.sol";
import {ITill} from "./interfaces/ITill.sol";

/// @title The money of others that a contract holds: paid in, paid out, or waiting to be taken
/// @dev A payout is tried at once: paying an account that exists costs less than the slot that a credit takes, and
/// spares the payee a transaction.
abstract contract Till is ITill, SlipActs, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    bytes32 private constant WITHDRAWAL_TYPEHASH = keccak256("Withdrawal(address payee,address to,uint256 deadline)");
    /// @dev What a payout may burn: twice the dearest transfer of the field's local currencies.
    uint256 private constant PAYOUT_GAS = 150_000;
    uint256 private constant CALL_GAS = 5_000;

    /// @inheritdoc ITill
    IERC20 public immutable token;
    /// @inheritdoc ITill
    IResidents public immutable residents;

    mapping(address payee => uint256) private _owed;

    constructor(IERC20 token_, IResidents residents_) {
        (bool answered, bytes memory kept) = address(token_).staticcall(abi.encodeWithSignature("keptPerDay()"));
        require(!answered || kept.length != 32 || uint256(bytes32(kept)) == 0, Till_MeltingCurrency());
        token = token_;
        residents = residents_;
    }

    /// @inheritdoc ITill
    function withdraw(address payee) external nonReentrant {
        _withdraw(payee, residents.currentKeyOf(payee));
    }

    /// @inheritdoc ITill
    function withdrawTo(address payee, address to, uint256 deadline, bytes calldata signature) external nonReentrant {
        address key = residents.currentKeyOf(payee);
        bytes32 slip = keccak256(abi.encode(WITHDRAWAL_TYPEHASH, payee, to, deadline));
        _requireActs(key, slip, deadline, signature);
        require(!_isFrozen(key), Till_Frozen(key));

        _withdraw(payee, to);
    }

    /// @inheritdoc ITill
    function owedTo(address payee) external view returns (uint256) {
        return _owed[payee];
    }

    /// @inheritdoc ITill
    function slipNonce(bytes32 purpose, bytes32 salt) public pure returns (bytes32) {
        uint256 word = uint256(keccak256(abi.encode(purpose, uint256(salt) >> 8)));
        return bytes32(word & ~uint256(0xff) | uint8(uint256(salt)));
    }

    /// @dev Takes from the caller, who has allowed it.
    function _payIn(uint256 amount_cents) internal {
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount_cents);
        _requireArrived(before, amount_cents);
    }

    /// @dev Takes by the payer's slip, signed by the key that is in force.
    function _payInBySlip(
        bytes32 purpose,
        address payer,
        uint256 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) internal {
        uint256 before = token.balanceOf(address(this));
        address key = residents.currentKeyOf(payer);
        ICurrencySlips(address(token))
            .receiveWithAuthorization(
                key, address(this), amount_cents, validAfter, validBefore, slipNonce(purpose, salt), signature
            );
        _requireArrived(before, amount_cents);
    }

    /// @dev Pays now, or lets the payee take it later.
    function _payOut(uint256 matter, address payee, uint256 amount_cents) internal {
        if (amount_cents == 0) return;
        if (_tryTransfer(residents.currentKeyOf(payee), amount_cents)) {
            emit PaidOut(matter, payee, amount_cents);
        } else {
            _owed[payee] += amount_cents;
            emit Credited(matter, payee, amount_cents);
        }
    }

    function _withdraw(address payee, address to) private {
        uint256 amount_cents = _owed[payee];
        require(amount_cents != 0, Till_NothingOwed(payee));

        _owed[payee] = 0;
        token.safeTransfer(to, amount_cents);
        emit Withdrawn(payee, to, amount_cents);
    }

    /// @dev As a town's currency says; other tokens freeze nobody.
    function _isFrozen(address account) private view returns (bool) {
        (bool answered, bytes memory told) =
            address(token).staticcall(abi.encodeCall(ILocalCurrency.accountOf, (account)));
        if (!answered || told.length != 5 * 32) return false;
        (,,, bool frozen,) = abi.decode(told, (uint256, uint256, bool, bool, uint256));
        return frozen;
    }

    function _requireArrived(uint256 before, uint256 amount_cents) private view {
        require(token.balanceOf(address(this)) == before + amount_cents, Till_PaymentFailed());
    }

    /// @dev Whether the token says, with nothing or with true, that it paid. An answer longer than a word is not
    /// copied.
    function _tryTransfer(address to, uint256 amount_cents) private returns (bool paid) {
        require(gasleft() >= PAYOUT_GAS + PAYOUT_GAS / 63 + CALL_GAS, Till_OutOfGas());
        address token_ = address(token);
        bytes memory payout = abi.encodeCall(IERC20.transfer, (to, amount_cents));
        assembly ("memory-safe") {
            mstore(0x00, 1)
            paid := call(PAYOUT_GAS, token_, 0, add(payout, 0x20), mload(payout), 0x00, 0x20)
            paid := and(paid, or(iszero(returndatasize()), and(gt(returndatasize(), 0x1f), eq(mload(0x00), 1))))
        }
    }
}
