// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Charge} from "contracts/land/interfaces/ICharges.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {Answer, IPlanning} from "contracts/land/interfaces/IPlanning.sol";
import {Loan, Payment, SaleState, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandLedger} from "tests/forge/land/LandLedger.sol";

/// @title Every act on a sale, in any order
/// @dev One call to a prank: an act that reverts between startPrank and stopPrank would spoil all that come after it.
abstract contract SaleHandler is LandLedger {
    uint256 private constant LOAN = 50_000_00;

    function openSale(uint256 seed) external {
        uint256 id = _pick(seed);
        if (register.titleOf(id).flags != 1) return;
        Right[] memory rights = register.rightsOf(id);
        address buyer = _actor(seed >> 8);
        Terms memory terms = _terms(id, buyer, buyer);
        terms.sold = rights;
        if (seed & 1 != 0) {
            // One holder sells, and what cannot be sold apart stays.
            terms.sold = new Right[](1);
            terms.sold[0] = rights[seed % rights.length];
            terms.bought = _rights(buyer, terms.sold[0].kind, terms.sold[0].shares);
        }
        if (terms.sold.length == 1 && terms.sold[0].kind != RightKind.Full) terms.usufruct_bps = 3000;
        terms.conditions = (seed >> 16) % 8 < 4 ? (seed >> 16) % 8 : 0;
        for (uint256 i; i < terms.payoffs.length; ++i) {
            // In full, in part, or not at all: the last two with the creditor's word.
            uint256 how = (seed >> (20 + i)) % 4;
            if (how == 1) terms.payoffs[i].paid_cents = 1;
            if (how == 2) (terms.payoffs[i].paid_cents, terms.payoffs[i].stays) = (0, true);
        }
        if ((seed >> 40) % 4 == 0) terms.deposit_cents = 0;
        if ((seed >> 48) % 3 == 0) {
            terms.loan = Loan(lender, LOAN, 30_000);
            terms.funding = new Payment[](2);
            terms.funding[0] = Payment(buyer, _total(terms) - LOAN);
            terms.funding[1] = Payment(lender, LOAN);
        }
        uint256 sale = _open(terms);
        _sales.push(sale);
        _termsOf[sale] = abi.encode(terms);
        ++calls["open"];
    }

    function amendSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (!_isOpen(current)) return;
        Terms memory other = abi.decode(_termsOf[sale], (Terms));
        other.documentHash = keccak256(abi.encode(seed, current.termsHash));
        other.price_cents += 1_000_00;
        other.tax_cents = _taxOn(other.price_cents);
        other.funding[0].amount_cents += _total(other) - _total(terms);
        other.depositBy = vm.getBlockTimestamp() + 7 days;
        other.retractUntil = vm.getBlockTimestamp() + RETRACTION_S;
        other.conditionsBy = vm.getBlockTimestamp() + 60 days;
        other.settleBy = vm.getBlockTimestamp() + 120 days;
        bytes32 digest = conveyance.amendmentDigest(sale, current.termsHash, conveyance.hashTerms(other));
        bytes[] memory signatures = _signatures(other, digest, 0);
        vm.prank(notary);
        conveyance.amend(sale, terms, other, signatures);
        _termsOf[sale] = abi.encode(other);
        ++calls["amend"];
    }

    function deposit(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Agreed || terms.deposit_cents == 0) return;
        if (_payUpTo(sale, terms, terms.deposit_cents)) ++calls["deposit"];
    }

    function fundRest(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (current.state != SaleState.Deposited || current.escrow_cents == _total(terms)) return;
        if (_payUpTo(sale, terms, _total(terms))) ++calls["fund the rest"];
    }

    function settleSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        // Whatever is still missing is done on the way.
        if (!_isOpen(current) || !_payUpTo(sale, terms, _total(terms))) return;
        _meetConditions(sale, terms.title, current.pending);
        if (planning.declarationOf(current.termsHash).answer == Answer.None && planning.isPreemptible(terms.title)) {
            vm.prank(notary);
            planning.declare(terms.title, current.termsHash, terms.price_cents);
            vm.warp(vm.getBlockTimestamp() + ANSWER_S + 1); // the town stays silent
        }
        if (vm.getBlockTimestamp() <= terms.retractUntil) vm.warp(terms.retractUntil + 1);
        (bytes[] memory signatures, uint256 staying, uint256 consents) = _everyoneSigns(sale, terms);
        if (consents != 0) _lastOneMissing(sale, terms, signatures);

        vm.prank(notary);
        conveyance.settle(sale, terms, signatures);
        if (_preempted[current.termsHash]) cheat = "a pre-empted sale settled";
        if (terms.loan.lender != address(0)) ++staying;
        if (charges.chargesOf(terms.title).length != staying) cheat = "a charge passed with the title";
        _expect(terms.title);
        _recount();
        ++calls["settle"];
    }

    function cancelSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        if (!_isOpen(current) || _notNow(seed, 4)) return;
        uint256 how = seed % 4;
        if (how == 0) {
            conveyance.rescind(sale, terms, _signatures(terms, conveyance.rescissionDigest(sale), 0));
            ++calls["rescind"];
        } else if (how == 1 && current.pending != 0) {
            vm.prank(notary);
            conveyance.failCondition(sale, current.pending & 1 != 0 ? 1 : 2, DEED);
            ++calls["fail a condition"];
        } else if (how == 2) {
            address buyer = terms.bought[0].holder;
            vm.prank(residents.currentKeyOf(buyer));
            conveyance.retract(sale, terms, buyer, "");
            ++calls["retract"];
        } else {
            vm.prank(court);
            conveyance.cancelByOrder(sale, DEED);
            ++calls["end by order"];
        }
    }

    function expireSale(uint256 seed) external {
        (uint256 sale,, IConveyance.Sale memory current) = _sale(seed);
        if (!_isOpen(current) || _notNow(seed, 8)) return;
        uint256 deadline = _deadline(current);
        if (vm.getBlockTimestamp() <= deadline) {
            _never("expire early", stranger, address(conveyance), abi.encodeCall(IConveyance.expire, (sale)));
            vm.warp(deadline + 1);
        }
        vm.prank(stranger);
        conveyance.expire(sale);
        ++calls["expire"];
    }

    function refundSale(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        address payer = terms.funding[seed % terms.funding.length].account;
        bytes memory act = abi.encodeCall(IConveyance.refund, (sale, payer));
        if (current.state != SaleState.Cancelled) {
            _never("refund of a sale that stands", stranger, address(conveyance), act);
        } else if (conveyance.shareOf(sale, payer).paid_cents != 0) {
            conveyance.refund(sale, payer);
            _never("refund twice", stranger, address(conveyance), act);
            ++calls["refund"];
        }
    }

    function takeWhatIsOwed(uint256) external {
        for (uint256 i; i < _people.length; ++i) {
            (,,, bool frozen,) = currency.accountOf(residents.currentKeyOf(_people[i]));
            if (conveyance.owedTo(_people[i]) == 0 || frozen) continue;
            conveyance.withdraw(_people[i]);
            ++calls["withdraw"];
        }
    }

    function declareAndAnswer(uint256 seed) external {
        (uint256 sale, Terms memory terms, IConveyance.Sale memory current) = _sale(seed);
        bytes32 termsHash = current.termsHash;
        if (!_isOpen(current) || planning.declarationOf(termsHash).answer != Answer.None) return;
        bytes memory preempt = abi.encodeCall(IPlanning.preempt, (termsHash, DEED));
        if (!planning.isPreemptible(terms.title)) {
            bytes memory declare = abi.encodeCall(IPlanning.declare, (terms.title, termsHash, terms.price_cents));
            _never("declare out of a zone", notary, address(planning), declare);
            _never("pre-empt out of a zone", clerk, address(planning), preempt);
            return;
        }
        vm.prank(notary);
        planning.declare(terms.title, termsHash, terms.price_cents);
        if (seed % 4 == 0) {
            vm.prank(clerk);
            planning.renounce(termsHash, DEED);
            _never("pre-empt after renouncing", clerk, address(planning), preempt);
            ++calls["renounce"];
        } else if (seed % 4 == 1) {
            vm.prank(clerk);
            planning.preempt(termsHash, DEED);
            _preempted[termsHash] = true;
            if (seed & 8 != 0) conveyance.cancelPreempted(sale);
            ++calls["pre-empt"];
        } else if (seed % 4 == 2) {
            vm.warp(vm.getBlockTimestamp() + ANSWER_S + 1);
            _never("pre-empt out of the window", clerk, address(planning), preempt);
            ++calls["stay silent"];
        }
    }

    /// @notice The end of everything: whoever can still be reached or not, each sale ends by time and each payer takes
    /// what is left.
    function windUp() external {
        for (uint256 i; i < _people.length; ++i) {
            (,,, bool frozen,) = currency.accountOf(_people[i]);
            if (!frozen || residents.currentKeyOf(_people[i]) != _people[i]) continue;
            vm.prank(court);
            currency.unfreeze(_people[i], DEED);
        }
        for (uint256 i; i < _sales.length; ++i) {
            uint256 sale = _sales[i];
            IConveyance.Sale memory current = conveyance.saleOf(sale);
            if (_isOpen(current)) {
                if (vm.getBlockTimestamp() <= _deadline(current)) vm.warp(_deadline(current) + 1);
                conveyance.expire(sale);
            } else if (current.state == SaleState.Settled) {
                continue;
            }
            Terms memory terms = abi.decode(_termsOf[sale], (Terms));
            for (uint256 j; j < terms.funding.length; ++j) {
                address payer = terms.funding[j].account;
                if (conveyance.shareOf(sale, payer).paid_cents != 0) conveyance.refund(sale, payer);
            }
        }
        for (uint256 i; i < _people.length; ++i) {
            if (conveyance.owedTo(_people[i]) != 0) conveyance.withdraw(_people[i]);
        }
    }

    function _deadline(IConveyance.Sale memory current) private pure returns (uint256) {
        if (current.state == SaleState.Agreed) return current.depositBy;
        return current.pending != 0 ? current.conditionsBy : current.settleBy;
    }

    /// @dev Each payer in turn. Whoever lost the key in the meantime pays under amended terms only.
    function _payUpTo(uint256 sale, Terms memory terms, uint256 target_cents) private returns (bool) {
        for (uint256 i; i < terms.funding.length; ++i) {
            address payer = terms.funding[i].account;
            IConveyance.Share memory share = conveyance.shareOf(sale, payer);
            uint256 rest_cents = target_cents - conveyance.saleOf(sale).escrow_cents;
            uint256 amount_cents = share.pledged_cents - share.paid_cents;
            if (amount_cents > rest_cents) amount_cents = rest_cents;
            if (amount_cents != 0 && residents.currentKeyOf(payer) == payer) _fund(sale, payer, amount_cents);
        }
        return conveyance.saleOf(sale).escrow_cents == target_cents;
    }

    function _meetConditions(uint256 sale, uint256 title, uint256 pending) private {
        if (pending & 1 != 0) {
            vm.prank(notary);
            conveyance.meetCondition(sale, 1, DEED);
        }
        if (pending & 2 != 0) {
            vm.prank(clerk);
            uint256 permit = planning.recordPermit(title, 1, DEED);
            vm.prank(clerk);
            planning.grantPermit(permit, DEED);
            conveyance.meetByPermit(sale, permit);
            ++calls["meet by permit"];
        }
    }

    /// @dev Sellers, buyers, the lender, the creditors who are paid short or stay; and how many charges stay.
    function _everyoneSigns(uint256 sale, Terms memory terms)
        private
        view
        returns (bytes[] memory signatures, uint256 staying, uint256 consents)
    {
        Charge[] memory list = charges.chargesOf(terms.title);
        uint256 listed = list.length < terms.payoffs.length ? list.length : terms.payoffs.length;
        for (uint256 i; i < listed; ++i) {
            if (terms.payoffs[i].paid_cents != list[i].amount_cents) ++consents;
            if (terms.payoffs[i].stays) ++staying;
        }
        uint256 lenders = terms.loan.lender == address(0) ? 0 : 1;
        bytes32 digest = _deed(sale, terms);
        signatures = _signatures(terms, digest, lenders + consents);
        uint256 n = signatures.length - lenders - consents;
        if (lenders != 0) signatures[n++] = _sign(lender, digest);
        for (uint256 i; i < listed; ++i) {
            if (terms.payoffs[i].paid_cents != list[i].amount_cents) signatures[n++] = _sign(list[i].creditor, digest);
        }
    }

    function _lastOneMissing(uint256 sale, Terms memory terms, bytes[] memory signatures) private {
        bytes[] memory some = new bytes[](signatures.length);
        for (uint256 i; i < some.length - 1; ++i) {
            some[i] = signatures[i];
        }
        bytes memory act = abi.encodeCall(IConveyance.settle, (sale, terms, some));
        _never("settle against a creditor's silence", notary, address(conveyance), act);
        ++calls["creditor silent"];
    }
}
