// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConveyance} from "./interfaces/IConveyance.sol";
import {Right, RightKind} from "./interfaces/ILandRegister.sol";
import {Payment, Payoff, Terms} from "./interfaces/SaleTypes.sol";
import {RightList} from "./RightList.sol";

/// @title Whether terms of sale hold together, and what each seller gets by them
library SaleTerms {
    using RightList for Right[];

    uint256 internal constant LOAN = 1;
    uint256 internal constant PERMIT = 2;
    uint256 internal constant BASIS_POINTS = 10_000;

    /// @dev A title has at most 24 holders; buyers fund with a lender and a few relatives. Settlement loops over all of
    /// them.
    uint256 private constant MAX_FUNDERS = 32;
    uint256 private constant MAX_FEES = 4;
    /// @dev Four hundred billion euros: sums of a few such amounts fit wherever they are stored.
    uint256 private constant MAX_CENTS = uint256(type(uint40).max) * 40;

    /// @notice Reverts unless the terms hold together.
    function requireSound(Terms calldata terms, uint256 retraction_s, uint256 longestSale_s) internal view {
        require(
            terms.sold.length != 0 && terms.bought.length != 0 && terms.fees.length <= MAX_FEES
                && terms.funding.length <= MAX_FUNDERS,
            IConveyance.Conveyance_InvalidParties()
        );
        require(
            terms.conditions <= (LOAN | PERMIT) && terms.usufruct_bps <= BASIS_POINTS
                && terms.version <= type(uint16).max && terms.loan.dueDay <= type(uint24).max
                && terms.loan.amount_cents <= type(uint40).max,
            IConveyance.Conveyance_InvalidTerms()
        );
        _requireDeadlines(terms, retraction_s, longestSale_s);
        _requireBalanced(terms);
        _requireSums(terms);
    }

    /// @notice Price, tax and fees: what has to be paid in.
    function total(Terms calldata terms) internal pure returns (uint256 due_cents) {
        due_cents = terms.price_cents + terms.tax_cents;
        Payment[] calldata fees = terms.fees;
        for (uint256 i; i < fees.length; ++i) {
            due_cents += fees[i].amount_cents;
        }
    }

    /// @notice What a share of a kind weighs: the use weighs as the terms say, the bare ownership what is left.
    function weight(Terms calldata terms, Right calldata right) internal pure returns (uint256) {
        if (right.kind == RightKind.Full) return right.shares * BASIS_POINTS;
        if (right.kind == RightKind.Usufruct) return right.shares * terms.usufruct_bps;
        return right.shares * (BASIS_POINTS - terms.usufruct_bps);
    }

    /// @notice What all that is sold weighs.
    function weight(Terms calldata terms) internal pure returns (uint256 sum) {
        Right[] calldata sold = terms.sold;
        for (uint256 i; i < sold.length; ++i) {
            sum += weight(terms, sold[i]);
        }
    }

    /// @notice Whether someone buys by these terms.
    function buys(Terms calldata terms, address account) internal pure returns (bool) {
        for (uint256 i; i < terms.bought.length; ++i) {
            if (terms.bought[i].holder == account) return true;
        }
        return false;
    }

    function _requireDeadlines(Terms calldata terms, uint256 retraction_s, uint256 longestSale_s) private view {
        uint256 nowTs = block.timestamp;
        require(
            terms.depositBy >= nowTs && terms.depositBy <= terms.settleBy && terms.retractUntil >= nowTs + retraction_s
                && terms.retractUntil < terms.settleBy && terms.settleBy <= nowTs + longestSale_s
                && (terms.conditions == 0 || (terms.conditionsBy >= nowTs && terms.conditionsBy <= terms.settleBy)),
            IConveyance.Conveyance_InvalidDeadlines()
        );
    }

    function _requireBalanced(Terms calldata terms) private pure {
        Right[] memory sold = terms.sold;
        Right[] memory bought = terms.bought;
        (uint256 bareSold, uint256 useSold) = sold.sums();
        (uint256 bareBought, uint256 useBought) = bought.sums();
        require(
            bareSold == bareBought && useSold == useBought && weight(terms) != 0, IConveyance.Conveyance_Unbalanced()
        );
        for (uint256 i; i < bought.length; ++i) {
            require(bought[i].shares != 0 && bought[i].holder != address(0), IConveyance.Conveyance_InvalidParties());
        }
    }

    function _requireSums(Terms calldata terms) private view {
        require(terms.price_cents <= MAX_CENTS, IConveyance.Conveyance_SumsMismatch(terms.price_cents, MAX_CENTS));
        uint256 due_cents = total(terms);
        uint256 funded_cents;
        uint256 lent_cents;
        Payment[] calldata funding = terms.funding;
        for (uint256 i; i < funding.length; ++i) {
            Payment calldata payment = funding[i];
            funded_cents += payment.amount_cents;
            if (payment.account == terms.loan.lender) lent_cents += payment.amount_cents;
        }
        require(
            funded_cents == due_cents && due_cents <= MAX_CENTS,
            IConveyance.Conveyance_SumsMismatch(funded_cents, due_cents)
        );
        require(terms.deposit_cents <= due_cents, IConveyance.Conveyance_SumsMismatch(terms.deposit_cents, due_cents));
        bool loan = terms.loan.lender != address(0);
        require(
            loan == (terms.loan.amount_cents != 0) && (!loan || lent_cents >= terms.loan.amount_cents),
            IConveyance.Conveyance_LoanNotFunded(terms.loan.lender)
        );

        uint256 charged_cents;
        Payoff[] calldata payoffs = terms.payoffs;
        for (uint256 i; i < payoffs.length; ++i) {
            Payoff calldata payoff = payoffs[i];
            require(!payoff.stays || payoff.paid_cents == 0, IConveyance.Conveyance_InvalidTerms());
            charged_cents += payoff.paid_cents;
        }
        require(
            charged_cents <= terms.price_cents, IConveyance.Conveyance_SumsMismatch(charged_cents, terms.price_cents)
        );
        Payment[] calldata fees = terms.fees;
        for (uint256 i; i < fees.length; ++i) {
            address account = fees[i].account;
            require(account != address(0) && account != address(this), IConveyance.Conveyance_InvalidParties());
        }
    }
}
