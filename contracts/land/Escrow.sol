// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ICurrencySlips} from "../currency/interfaces/ICurrencySlips.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {IConveyance} from "./interfaces/IConveyance.sol";
import {Payment, SaleState} from "./interfaces/SaleTypes.sol";

/// @title The money of sales: what is paid in, what is paid out, and what waits to be taken
/// @dev A payout is tried at once: paying an account that exists costs less than the slot that a credit takes, and
/// spares the payee a transaction. One that fails is credited: nobody's account, nor the token's whim, can hold up a
/// settlement.
abstract contract Escrow is IConveyance, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev What a payout may burn: twice the dearest transfer of the field's local currencies.
    uint256 private constant PAYOUT_GAS = 150_000;

    /// @inheritdoc IConveyance
    IERC20 public immutable token;
    /// @inheritdoc IConveyance
    IResidents public immutable residents;

    mapping(uint256 sale => Sale) internal _sales;
    mapping(uint256 sale => mapping(address payer => Share)) private _shares;
    mapping(address payee => uint256) private _owed;

    constructor(IERC20 token_, IResidents residents_) {
        (bool answered, bytes memory kept) = address(token_).staticcall(abi.encodeWithSignature("keptPerDay()"));
        require(!answered || kept.length != 32 || uint256(bytes32(kept)) == 0, Conveyance_MeltingCurrency());
        token = token_;
        residents = residents_;
    }

    /// @inheritdoc IConveyance
    function fund(uint256 sale, uint256 amount_cents) external nonReentrant {
        _enter(sale, msg.sender, amount_cents);
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount_cents);
        _requireArrived(before, amount_cents);
    }

    /// @inheritdoc IConveyance
    function fundBySlip(
        uint256 sale,
        address payer,
        uint256 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external nonReentrant {
        _enter(sale, payer, amount_cents);
        uint256 before = token.balanceOf(address(this));
        address key = residents.currentKeyOf(payer);
        ICurrencySlips(address(token))
            .receiveWithAuthorization(
                key, address(this), amount_cents, validAfter, validBefore, slipNonce(sale, salt), signature
            );
        _requireArrived(before, amount_cents);
    }

    /// @inheritdoc IConveyance
    function refund(uint256 sale, address payer) external nonReentrant {
        SaleState state = _sales[sale].state;
        require(state == SaleState.Cancelled, Conveyance_WrongState(sale, state));
        uint256 amount_cents = _shares[sale][payer].paid_cents;
        require(amount_cents != 0, Conveyance_NothingOwed(payer));

        _shares[sale][payer].paid_cents = 0;
        token.safeTransfer(residents.currentKeyOf(payer), amount_cents);
        emit Refunded(sale, payer, amount_cents);
    }

    /// @inheritdoc IConveyance
    function withdraw(address payee) external nonReentrant {
        uint256 amount_cents = _owed[payee];
        require(amount_cents != 0, Conveyance_NothingOwed(payee));

        _owed[payee] = 0;
        token.safeTransfer(residents.currentKeyOf(payee), amount_cents);
        emit Withdrawn(payee, amount_cents);
    }

    /// @inheritdoc IConveyance
    function saleOf(uint256 sale) external view returns (Sale memory) {
        return _sales[sale];
    }

    /// @inheritdoc IConveyance
    function shareOf(uint256 sale, address payer) external view returns (Share memory) {
        return _shares[sale][payer];
    }

    /// @inheritdoc IConveyance
    function owedTo(address payee) external view returns (uint256) {
        return _owed[payee];
    }

    /// @inheritdoc IConveyance
    function slipNonce(uint256 sale, bytes32 salt) public pure returns (bytes32) {
        uint256 word = uint256(keccak256(abi.encode(sale, uint256(salt) >> 8)));
        return bytes32(word & ~uint256(0xff) | uint8(uint256(salt)));
    }

    /// @dev Writes down who pays how much.
    function _pledge(uint256 sale, Payment[] calldata funding) internal {
        for (uint256 i; i < funding.length; ++i) {
            _shares[sale][funding[i].account].pledged_cents += uint128(funding[i].amount_cents);
        }
    }

    /// @dev What was paid in is paid out: nobody has a part in it any more, and the slots come back.
    function _forget(uint256 sale, Payment[] calldata funding) internal {
        for (uint256 i; i < funding.length; ++i) {
            delete _shares[sale][funding[i].account];
        }
    }

    /// @dev Pledges under new terms. Every new pledge is written before any payment is compared: a payer may be named
    /// more than once.
    function _pledgeAgain(uint256 sale, Payment[] calldata old, Payment[] calldata funding) internal {
        for (uint256 i; i < old.length; ++i) {
            _shares[sale][old[i].account].pledged_cents = 0;
        }
        _pledge(sale, funding);
        for (uint256 i; i < old.length; ++i) {
            Share memory share = _shares[sale][old[i].account];
            require(
                share.paid_cents <= share.pledged_cents, Conveyance_NotPledged(sale, old[i].account, share.paid_cents)
            );
        }
    }

    function _payAll(uint256 sale, Payment[] calldata payments) internal {
        for (uint256 i; i < payments.length; ++i) {
            _payOut(sale, payments[i].account, payments[i].amount_cents);
        }
    }

    /// @dev Pays now, or lets the payee take it later.
    function _payOut(uint256 sale, address payee, uint256 amount_cents) internal {
        if (amount_cents == 0) return;
        if (_tryTransfer(residents.currentKeyOf(payee), amount_cents)) {
            emit PaidOut(sale, payee, amount_cents);
        } else {
            _owed[payee] += amount_cents;
            emit Credited(sale, payee, amount_cents);
        }
    }

    /// @dev Takes note of a payment before it is made; reverts with it.
    function _enter(uint256 sale, address payer, uint256 amount_cents) private {
        Sale storage current = _sales[sale];
        SaleState state = current.state;
        require(state == SaleState.Agreed || state == SaleState.Deposited, Conveyance_WrongState(sale, state));
        uint256 deadline = state == SaleState.Agreed ? current.depositBy : current.settleBy;
        require(block.timestamp <= deadline, Conveyance_TooLate(deadline));
        Share memory share = _shares[sale][payer];
        require(
            amount_cents != 0 && amount_cents <= share.pledged_cents - share.paid_cents,
            Conveyance_NotPledged(sale, payer, amount_cents)
        );

        _shares[sale][payer].paid_cents = share.paid_cents + uint128(amount_cents);
        // At most what was pledged, which fits.
        uint56 escrow_cents = current.escrow_cents + uint56(amount_cents);
        emit Funded(sale, payer, amount_cents);
        if (state == SaleState.Agreed && escrow_cents >= current.deposit_cents) {
            state = SaleState.Deposited;
            emit DepositHeld(sale, escrow_cents);
        }
        (current.state, current.escrow_cents) = (state, escrow_cents);
    }

    function _requireArrived(uint256 before, uint256 amount_cents) private view {
        require(token.balanceOf(address(this)) == before + amount_cents, Conveyance_PaymentFailed());
    }

    /// @dev Whether the token says, with nothing or with true, that it paid. An answer longer than a word is not
    /// copied.
    function _tryTransfer(address to, uint256 amount_cents) private returns (bool paid) {
        address token_ = address(token);
        bytes memory payout = abi.encodeCall(IERC20.transfer, (to, amount_cents));
        assembly ("memory-safe") {
            mstore(0x00, 1)
            paid := call(PAYOUT_GAS, token_, 0, add(payout, 0x20), mload(payout), 0x00, 0x20)
            paid := and(paid, or(iszero(returndatasize()), and(gt(returndatasize(), 0x1f), eq(mload(0x00), 1))))
        }
    }
}
