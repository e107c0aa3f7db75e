// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Till} from "../currency/Till.sol";
import {IConveyance} from "./interfaces/IConveyance.sol";
import {Payment, SaleState} from "./interfaces/SaleTypes.sol";

/// @title Who pledged and paid how much into a sale, while it is open
abstract contract Escrow is IConveyance, Till {
    mapping(uint256 sale => Sale) internal _sales;
    mapping(uint256 sale => mapping(address payer => Share)) private _shares;

    /// @inheritdoc IConveyance
    function fund(uint256 sale, uint256 amount_cents) external nonReentrant {
        _enter(sale, msg.sender, amount_cents);
        _payIn(amount_cents);
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
        _payInBySlip(_sales[sale].termsHash, payer, amount_cents, validAfter, validBefore, salt, signature);
    }

    /// @inheritdoc IConveyance
    function refund(uint256 sale, address payer) external nonReentrant {
        SaleState state = _sales[sale].state;
        require(state == SaleState.Cancelled, Conveyance_WrongState(sale, state));
        uint256 amount_cents = _shares[sale][payer].paid_cents;
        require(amount_cents != 0, Till_NothingOwed(payer));

        _shares[sale][payer].paid_cents = 0;
        _payOut(sale, payer, amount_cents);
    }

    /// @inheritdoc IConveyance
    function saleOf(uint256 sale) external view returns (Sale memory) {
        return _sales[sale];
    }

    /// @inheritdoc IConveyance
    function shareOf(uint256 sale, address payer) external view returns (Share memory) {
        return _shares[sale][payer];
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
}
