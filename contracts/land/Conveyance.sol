// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";

import {SlipSignature} from "../access/SlipSignature.sol";
import {Till} from "../currency/Till.sol";
import {DeedSlips} from "./DeedSlips.sol";
import {Escrow} from "./Escrow.sol";
import {SaleTerms} from "./SaleTerms.sol";
import {Charge, ICharges} from "./interfaces/ICharges.sol";
import {IConveyance} from "./interfaces/IConveyance.sol";
import {ILandRegister, Right} from "./interfaces/ILandRegister.sol";
import {ILandTax} from "./interfaces/ILandTax.sol";
import {Answer, IPlanning} from "./interfaces/IPlanning.sol";
import {Cause, Payoff, SaleState, Terms} from "./interfaces/SaleTypes.sol";

/// @title The notarised sale, from compromis to settlement in one transaction
/// @dev By `multicall` a notary posts a payment's slip with the act that it belongs to.
contract Conveyance is Escrow, DeedSlips, AccessManaged, Multicall {
    using SaleTerms for Terms;

    /// @notice Where everything that a sale touches is, and how long it may take.
    struct Offices {
        address authority;
        ILandRegister register;
        ICharges charges;
        IPlanning planning;
        ILandTax tax;
        IERC20 token;
        uint64 retraction_s;
        uint64 longestSale_s;
    }

    /// @inheritdoc IConveyance
    ILandRegister public immutable register;
    /// @inheritdoc IConveyance
    ICharges public immutable charges;
    /// @inheritdoc IConveyance
    IPlanning public immutable planning;
    /// @inheritdoc IConveyance
    ILandTax public immutable tax;
    /// @inheritdoc IConveyance
    uint64 public immutable retraction_s;
    /// @inheritdoc IConveyance
    uint64 public immutable longestSale_s;

    mapping(uint256 sale => mapping(bytes32 termsHash => bool)) private _left;

    constructor(Offices memory offices)
        AccessManaged(offices.authority)
        Till(offices.token, offices.register.residents())
    {
        register = offices.register;
        charges = offices.charges;
        planning = offices.planning;
        tax = offices.tax;
        retraction_s = offices.retraction_s;
        longestSale_s = offices.longestSale_s;
    }

    /// @inheritdoc IConveyance
    function open(Terms calldata terms, bytes[] calldata signatures) external restricted returns (uint256 sale) {
        terms.requireSound(retraction_s, longestSale_s);
        bytes32 termsHash = hashTerms(terms);
        _requirePartiesSigned(terms, _compromisDigest(termsHash), signatures, 0);

        uint16 version = register.lock(terms.title, uint16(terms.version), terms.sold);
        sale = (terms.title << 16) | version;
        _write(sale, terms, termsHash, 0);
        _pledge(sale, terms.funding);
        emit SaleOpened(sale, terms.title, termsHash, terms);
    }

    /// @inheritdoc IConveyance
    function amend(uint256 sale, Terms calldata old, Terms calldata terms, bytes[] calldata signatures)
        external
        restricted
    {
        _requireOpen(sale);
        _requireTerms(sale, old);
        bytes32 termsHash = hashTerms(terms);
        bytes32 from = _sales[sale].termsHash;
        // Terms that were left are never returned to: else the signatures that left them would serve again.
        _left[sale][from] = true;
        // The same rights of the same title: those are what the register checked and locked.
        require(
            !_left[sale][termsHash] && terms.title == old.title && terms.version == old.version
                && keccak256(abi.encode(terms.sold)) == keccak256(abi.encode(old.sold)),
            Conveyance_OtherTerms(termsHash)
        );
        terms.requireSound(retraction_s, longestSale_s);
        _requirePartiesSigned(terms, amendmentDigest(sale, from, termsHash), signatures, 0);

        _write(sale, terms, termsHash, _sales[sale].escrow_cents);
        _pledgeAgain(sale, old.funding, terms.funding);
        emit SaleAmended(sale, termsHash, terms);
    }

    /// @inheritdoc IConveyance
    function retract(uint256 sale, Terms calldata terms, address buyer, bytes calldata signature) external {
        _requireOpen(sale);
        _requireTerms(sale, terms);
        require(terms.buys(buyer), Conveyance_OnlyBuyer(buyer));
        require(block.timestamp <= terms.retractUntil, Conveyance_TooLate(terms.retractUntil));
        address key = residents.currentKeyOf(buyer);
        if (msg.sender != key) _requireDigestSigned(key, retractionDigest(sale), signature);

        _cancel(sale, Cause.Retracted, 0);
    }

    /// @inheritdoc IConveyance
    function rescind(uint256 sale, Terms calldata terms, bytes[] calldata signatures) external {
        _requireOpen(sale);
        _requireTerms(sale, terms);
        _requirePartiesSigned(terms, rescissionDigest(sale), signatures, 0);

        _cancel(sale, Cause.Rescinded, 0);
    }

    /// @inheritdoc IConveyance
    function meetCondition(uint256 sale, uint8 condition, bytes32 documentHash) external restricted {
        _requirePending(sale, condition);
        _meet(sale, condition, documentHash);
    }

    /// @inheritdoc IConveyance
    function meetByPermit(uint256 sale, uint256 permit) external {
        _requirePending(sale, uint8(SaleTerms.PERMIT));
        require(
            planning.permitOf(permit).title == sale >> 16 && planning.isPermitted(permit),
            Conveyance_NotPermitted(permit)
        );
        _meet(sale, uint8(SaleTerms.PERMIT), bytes32(permit));
    }

    /// @inheritdoc IConveyance
    function failCondition(uint256 sale, uint8 condition, bytes32 documentHash) external restricted {
        _requirePending(sale, condition);
        _cancel(sale, Cause.ConditionFailed, documentHash);
    }

    /// @inheritdoc IConveyance
    function cancelPreempted(uint256 sale) external {
        _requireOpen(sale);
        bytes32 termsHash = _sales[sale].termsHash;
        IPlanning.Declaration memory declaration = planning.declarationOf(termsHash);
        require(
            declaration.answer == Answer.Preempted && declaration.title == sale >> 16,
            Conveyance_NotPreempted(termsHash)
        );
        _cancel(sale, Cause.Preempted, 0);
    }

    /// @inheritdoc IConveyance
    function expire(uint256 sale) external {
        _requireOpen(sale);
        Sale memory current = _sales[sale];
        uint256 deadline = current.settleBy;
        if (current.state == SaleState.Agreed) deadline = current.depositBy;
        else if (current.pending != 0) deadline = current.conditionsBy;
        require(block.timestamp > deadline, Conveyance_TooEarly(deadline));

        _cancel(sale, Cause.Expired, 0);
    }

    /// @inheritdoc IConveyance
    function cancelByOrder(uint256 sale, bytes32 orderHash) external restricted {
        _requireOpen(sale);
        _cancel(sale, Cause.Ordered, orderHash);
    }

    /// @inheritdoc IConveyance
    function settle(uint256 sale, Terms calldata terms, bytes[] calldata signatures) external restricted nonReentrant {
        Sale memory current = _sales[sale];
        require(current.state == SaleState.Deposited, Conveyance_WrongState(sale, current.state));
        _requireTerms(sale, terms);
        require(block.timestamp > terms.retractUntil, Conveyance_TooEarly(terms.retractUntil));
        require(block.timestamp <= current.settleBy, Conveyance_TooLate(current.settleBy));
        require(current.pending == 0, Conveyance_ConditionsPending(current.pending));
        uint256 due_cents = terms.total();
        require(current.escrow_cents == due_cents, Conveyance_NotFunded(current.escrow_cents, due_cents));
        require(planning.isPurged(terms.title, current.termsHash), Conveyance_NotPurged(current.termsHash));
        (ILandTax.Assessment memory due, ILandTax.Beneficiaries memory to) = _requireTax(terms);
        Charge[] memory list = charges.chargesOf(terms.title);
        (uint256 paid, uint256 consents) = _requireCharges(terms, list);
        _requireDeedSigned(sale, terms, current.termsHash, list, consents, signatures);

        (_sales[sale].state, _sales[sale].escrow_cents) = (SaleState.Settled, 0);
        _forget(sale, terms.funding);
        _passTitle(terms, paid);
        emit SaleSettled(sale, terms.title, current.termsHash);

        uint256 net_cents = terms.price_cents - _payCreditors(sale, list, terms.payoffs);
        _payTax(sale, due, to);
        _payAll(sale, terms.fees);
        _paySellers(sale, terms, net_cents);
    }

    function _write(uint256 sale, Terms calldata terms, bytes32 termsHash, uint56 escrow_cents) private {
        SaleState state = escrow_cents >= terms.deposit_cents && escrow_cents + terms.deposit_cents != 0
            ? SaleState.Deposited
            : SaleState.Agreed;
        _sales[sale] = Sale({
            termsHash: termsHash,
            state: state,
            pending: uint8(terms.conditions),
            depositBy: uint40(terms.depositBy),
            conditionsBy: uint40(terms.conditionsBy),
            settleBy: uint40(terms.settleBy),
            deposit_cents: uint56(terms.deposit_cents),
            escrow_cents: escrow_cents
        });
    }

    function _cancel(uint256 sale, Cause cause, bytes32 documentHash) private {
        (_sales[sale].state, _sales[sale].escrow_cents) = (SaleState.Cancelled, 0);
        emit SaleCancelled(sale, cause, documentHash);
        register.unlock(sale >> 16);
    }

    function _meet(uint256 sale, uint8 condition, bytes32 documentHash) private {
        _sales[sale].pending &= ~condition;
        emit ConditionMet(sale, condition, documentHash);
    }

    /// @dev The rights pass, the charges that were paid end, the buyer's is inscribed.
    function _passTitle(Terms calldata terms, uint256 paid) private {
        register.convey(terms.title, terms.sold, terms.bought);
        if (paid == 0 && terms.loan.lender == address(0)) return;
        Charge memory loan = Charge(terms.loan.lender, uint40(terms.loan.amount_cents), uint24(terms.loan.dueDay), 0);
        charges.settle(terms.title, paid, loan, terms.documentHash);
    }

    function _payCreditors(uint256 sale, Charge[] memory list, Payoff[] calldata payoffs)
        private
        returns (uint256 paid_cents)
    {
        for (uint256 rank; rank < list.length; ++rank) {
            paid_cents += payoffs[rank].paid_cents;
            _payOut(sale, list[rank].creditor, payoffs[rank].paid_cents);
        }
    }

    function _payTax(uint256 sale, ILandTax.Assessment memory due, ILandTax.Beneficiaries memory to) private {
        _payOut(sale, to.departement, due.departement_cents);
        _payOut(sale, to.commune, due.commune_cents);
        _payOut(sale, to.state, due.state_cents);
    }

    /// @dev The net price, pro rata: each seller gets what falls between two floors of the running sum, so that no cent
    /// is left or made.
    function _paySellers(uint256 sale, Terms calldata terms, uint256 net_cents) private {
        uint256 whole = terms.weight();
        uint256 running;
        uint256 paid_cents;
        Right[] calldata sold = terms.sold;
        for (uint256 i; i < sold.length; ++i) {
            running += terms.weight(sold[i]);
            uint256 upTo_cents = net_cents * running / whole; // rounded down; the last one is exact
            _payOut(sale, sold[i].holder, upTo_cents - paid_cents);
            paid_cents = upTo_cents;
        }
    }

    function _requireOpen(uint256 sale) private view {
        SaleState state = _sales[sale].state;
        require(state == SaleState.Agreed || state == SaleState.Deposited, Conveyance_WrongState(sale, state));
    }

    function _requireTerms(uint256 sale, Terms calldata terms) private view {
        bytes32 termsHash = hashTerms(terms);
        require(termsHash == _sales[sale].termsHash, Conveyance_OtherTerms(termsHash));
    }

    function _requirePending(uint256 sale, uint8 condition) private view {
        _requireOpen(sale);
        Sale memory current = _sales[sale];
        require(
            (condition == SaleTerms.LOAN || condition == SaleTerms.PERMIT) && current.pending & condition != 0,
            Conveyance_NotPending(sale, condition)
        );
        require(block.timestamp <= current.conditionsBy, Conveyance_TooLate(current.conditionsBy));
    }

    function _requireTax(Terms calldata terms)
        private
        view
        returns (ILandTax.Assessment memory due, ILandTax.Beneficiaries memory to)
    {
        (due, to) = tax.duties(terms.price_cents);
        uint256 due_cents = due.departement_cents + due.commune_cents + due.state_cents;
        require(due_cents == terms.tax_cents, Conveyance_TaxChanged(terms.tax_cents, due_cents));
    }

    /// @dev The terms name every charge on the title, in order. Returns a bit per rank for those that end, and for
    /// those whose creditor must sign.
    function _requireCharges(Terms calldata terms, Charge[] memory list)
        private
        pure
        returns (uint256 paid, uint256 consents)
    {
        Payoff[] calldata payoffs = terms.payoffs;
        require(list.length == payoffs.length, Conveyance_ChargesDiffer(terms.title));
        for (uint256 rank; rank < list.length; ++rank) {
            Payoff calldata payoff = payoffs[rank];
            require(
                payoff.charge == list[rank].number && payoff.paid_cents <= list[rank].amount_cents,
                Conveyance_ChargesDiffer(terms.title)
            );
            if (!payoff.stays) paid |= 1 << rank;
            if (payoff.paid_cents != list[rank].amount_cents) consents |= 1 << rank;
        }
    }

    /// @dev Sellers and buyers, then the lender, then the creditors who are paid short or stay.
    function _requireDeedSigned(
        uint256 sale,
        Terms calldata terms,
        bytes32 termsHash,
        Charge[] memory list,
        uint256 consents,
        bytes[] calldata signatures
    ) private view {
        bytes32 digest = deedDigest(sale, termsHash);
        uint256 more = terms.loan.lender == address(0) ? 0 : 1;
        for (uint256 bits = consents; bits != 0; bits &= bits - 1) {
            ++more;
        }
        uint256 n = _requirePartiesSigned(terms, digest, signatures, more);
        if (terms.loan.lender != address(0)) _requirePartySigned(terms.loan.lender, digest, signatures[n++]);
        for (uint256 rank; rank < list.length; ++rank) {
            if ((consents >> rank) & 1 != 0) _requirePartySigned(list[rank].creditor, digest, signatures[n++]);
        }
    }

    /// @dev Each seller, then each buyer; `more` signatures of others follow.
    function _requirePartiesSigned(Terms calldata terms, bytes32 digest, bytes[] calldata signatures, uint256 more)
        private
        view
        returns (uint256 n)
    {
        Right[] calldata sold = terms.sold;
        Right[] calldata bought = terms.bought;
        n = sold.length + bought.length;
        require(signatures.length == n + more, Conveyance_SignaturesMismatch(signatures.length, n + more));
        for (uint256 i; i < n; ++i) {
            Right calldata right = i < sold.length ? sold[i] : bought[i - sold.length];
            _requirePartySigned(right.holder, digest, signatures[i]);
        }
    }

    function _requirePartySigned(address party, bytes32 digest, bytes calldata signature) private view {
        _requireDigestSigned(residents.currentKeyOf(party), digest, signature);
    }

    function _requireDigestSigned(address key, bytes32 digest, bytes calldata signature) private view {
        require(SlipSignature.isValid(key, digest, signature), Conveyance_InvalidSignature(key));
    }
}
