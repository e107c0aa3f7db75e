// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {Right, RightKind} from "contracts/land/interfaces/ILandRegister.sol";
import {Loan, Payment, Payoff, SaleState, Terms} from "contracts/land/interfaces/SaleTypes.sol";
import {LandFixture} from "tests/forge/land/LandFixture.sol";

/// @title What terms may say, which terms serve, and what a sale that is over refuses
contract ConveyanceTermsTest is LandFixture {
    Terms private wrong;

    function test_TheConveyanceTellsItsOffices() public view {
        assertEq(conveyance.authority(), address(town));
        assertEq(address(conveyance.register()), address(register));
        assertEq(address(conveyance.charges()), address(charges));
        assertEq(address(conveyance.planning()), address(planning));
        assertEq(address(conveyance.tax()), address(tax));
        assertEq(address(conveyance.token()), address(token));
        assertEq(address(conveyance.residents()), address(residents));
        assertEq(conveyance.retraction_s(), RETRACTION_S);
        assertEq(conveyance.longestSale_s(), LONGEST_SALE_S);
    }

    function test_ASaleIsOpenedAsItIsTold() public {
        Terms memory terms = _terms();
        terms.conditions = 3;
        bytes32 termsHash = conveyance.hashTerms(terms);
        vm.expectEmit(address(conveyance));
        emit IConveyance.SaleOpened((house << 16) | 2, house, termsHash, terms);
        uint256 sale = _open(terms);
        IConveyance.Sale memory expected = IConveyance.Sale({
            termsHash: termsHash,
            state: SaleState.Agreed,
            pending: 3,
            depositBy: uint40(terms.depositBy),
            conditionsBy: uint40(terms.conditionsBy),
            settleBy: uint40(terms.settleBy),
            deposit_cents: uint56(terms.deposit_cents),
            escrow_cents: 0
        });
        assertEq(abi.encode(conveyance.saleOf(sale)), abi.encode(expected));
        assertEq(conveyance.shareOf(sale, bob).pledged_cents, _total(terms));
        assertEq(conveyance.shareOf(sale, bob).paid_cents, 0);
        assertTrue(register.isUnderSale(house));
    }

    function test_TermsThatDoNotHoldTogetherOpenNothing() public {
        Terms memory good = _terms();
        for (uint256 i; i < 32; ++i) {
            _keep(good, wrong);
            _refused(_spoil(i));
        }
        _open(good);
    }

    function test_AnAmendmentHoldsTogetherLikeAnyTerms() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        Terms memory other = abi.decode(abi.encode(terms), (Terms));
        other.conditions = 4;
        _amendmentRefused(sale, terms, other, abi.encodeWithSelector(IConveyance.Conveyance_InvalidTerms.selector));
    }

    function test_AnAmendmentIsTold() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        Terms memory other = abi.decode(abi.encode(terms), (Terms));
        other.documentHash = keccak256("other");
        bytes32 termsHash = conveyance.hashTerms(other);
        bytes32 digest = conveyance.amendmentDigest(sale, conveyance.hashTerms(terms), termsHash);
        bytes[] memory signatures = _signatures(other, digest, 0);
        vm.expectEmit(address(conveyance));
        emit IConveyance.SaleAmended(sale, termsHash, other);
        vm.prank(notary);
        conveyance.amend(sale, terms, other, signatures);
    }

    function test_AnAmendmentSellsTheSameRightsOfTheSameTitle() public {
        Terms memory terms = _terms();
        uint256 sale = _open(terms);
        for (uint256 i; i < 3; ++i) {
            Terms memory other = abi.decode(abi.encode(terms), (Terms));
            if (i == 0) other.title = field;
            if (i == 1) other.version += 1;
            if (i == 2) other.sold = _rights(dave, RightKind.Full, 1);
            bytes32 termsHash = conveyance.hashTerms(other);
            _amendmentRefused(
                sale, terms, other, abi.encodeWithSelector(IConveyance.Conveyance_OtherTerms.selector, termsHash)
            );
        }
    }

    function test_OnlyTheTermsOfTheSaleServe() public {
        uint256 sale = _open(_terms());
        Terms memory other = _terms(field, alice, bob);
        bytes memory refusal =
            abi.encodeWithSelector(IConveyance.Conveyance_OtherTerms.selector, conveyance.hashTerms(other));
        _refuses(bob, abi.encodeCall(conveyance.retract, (sale, other, bob, "")), refusal);
        _refuses(bob, abi.encodeCall(conveyance.rescind, (sale, other, new bytes[](2))), refusal);
        _refuses(notary, abi.encodeCall(conveyance.amend, (sale, other, other, new bytes[](2))), refusal);
    }

    function test_AConditionIsOneOfTheTerms() public {
        Terms memory terms = _terms();
        terms.conditions = 1;
        uint256 sale = _open(terms);
        uint8[4] memory none = [0, 2, 3, 4];
        for (uint256 i; i < none.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(IConveyance.Conveyance_NotPending.selector, sale, none[i]);
            _refuses(notary, abi.encodeCall(conveyance.meetCondition, (sale, none[i], DEED)), refusal);
            _refuses(notary, abi.encodeCall(conveyance.failCondition, (sale, none[i], DEED)), refusal);
        }
        bytes memory noPermit = abi.encodeWithSelector(IConveyance.Conveyance_NotPending.selector, sale, 2);
        _refuses(stranger, abi.encodeCall(conveyance.meetByPermit, (sale, 1)), noPermit);
    }

    function test_ASaleThatIsOverTakesNoAct() public {
        Terms memory terms = _terms();
        uint256 sale = _openFunded(terms);
        vm.prank(court);
        conveyance.cancelByOrder(sale, DEED);
        _takesNoAct(sale, terms, SaleState.Cancelled);
        _takesNoAct(7, terms, SaleState.None);
    }

    function test_WhoeverIsOwedNothingTakesNothing() public {
        bytes memory nothing = abi.encodeWithSelector(ITill.Till_NothingOwed.selector, bob);
        _refuses(stranger, abi.encodeCall(conveyance.withdraw, (bob)), nothing);
        _refuses(bob, abi.encodeCall(conveyance.withdrawTo, (bob, carol, 0, "")), nothing);
    }

    function _takesNoAct(uint256 sale, Terms memory terms, SaleState state) private {
        bytes memory over = abi.encodeWithSelector(IConveyance.Conveyance_WrongState.selector, sale, state);
        bytes[] memory none;
        _refuses(notary, abi.encodeCall(conveyance.amend, (sale, terms, terms, none)), over);
        _refuses(notary, abi.encodeCall(conveyance.settle, (sale, terms, none)), over);
        _refuses(notary, abi.encodeCall(conveyance.meetCondition, (sale, 1, DEED)), over);
        _refuses(notary, abi.encodeCall(conveyance.failCondition, (sale, 1, DEED)), over);
        _refuses(court, abi.encodeCall(conveyance.cancelByOrder, (sale, DEED)), over);
        _refuses(bob, abi.encodeCall(conveyance.retract, (sale, terms, bob, "")), over);
        _refuses(bob, abi.encodeCall(conveyance.rescind, (sale, terms, none)), over);
        _refuses(bob, abi.encodeCall(conveyance.fund, (sale, 1)), over);
        _refuses(bob, abi.encodeCall(conveyance.fundBySlip, (sale, bob, 1, 0, START, DEED, "")), over);
        _refuses(stranger, abi.encodeCall(conveyance.meetByPermit, (sale, 1)), over);
        _refuses(stranger, abi.encodeCall(conveyance.cancelPreempted, (sale)), over);
        _refuses(stranger, abi.encodeCall(conveyance.expire, (sale)), over);
    }

    /// @dev Makes `wrong` wrong in one way, and says how it is refused.
    function _spoil(uint256 i) private returns (bytes4) {
        if (i < 8) return _spoilParties(i);
        if (i < 14) return _spoilNumbers(i);
        return i < 21 ? _spoilDeadlines(i) : _spoilSums(i);
    }

    function _spoilParties(uint256 i) private returns (bytes4) {
        if (i == 0) delete wrong.sold;
        if (i == 1) delete wrong.bought;
        for (uint256 n; i == 2 && n < 4; ++n) {
            wrong.fees.push(Payment(study, 0));
        }
        for (uint256 n; i == 3 && n < 32; ++n) {
            wrong.funding.push(Payment(bob, 0));
        }
        if (i == 4) wrong.bought[0].holder = address(0);
        if (i == 5) wrong.bought.push(Right(carol, RightKind.Full, 0));
        if (i == 6) wrong.fees[0].account = address(0);
        if (i == 7) wrong.fees[0].account = address(conveyance);
        return IConveyance.Conveyance_InvalidParties.selector;
    }

    function _spoilNumbers(uint256 i) private returns (bytes4) {
        if (i == 8) wrong.conditions = 4;
        if (i == 9) wrong.usufruct_bps = 10_001;
        if (i == 10) wrong.version = 1 << 16;
        if (i == 11) wrong.loan.dueDay = 1 << 24;
        if (i == 12) wrong.loan.amount_cents = 1 << 40;
        if (i == 13) wrong.payoffs.push(Payoff(1, 1, true));
        return IConveyance.Conveyance_InvalidTerms.selector;
    }

    function _spoilDeadlines(uint256 i) private returns (bytes4) {
        if (i == 14) wrong.depositBy = block.timestamp - 1;
        if (i == 15) wrong.depositBy = wrong.settleBy + 1;
        if (i == 16) wrong.retractUntil -= 1;
        if (i == 17) wrong.retractUntil = wrong.settleBy;
        if (i == 18) wrong.settleBy = block.timestamp + LONGEST_SALE_S + 1;
        if (i == 19) (wrong.conditions, wrong.conditionsBy) = (1, block.timestamp - 1);
        if (i == 20) (wrong.conditions, wrong.conditionsBy) = (1, wrong.settleBy + 1);
        return IConveyance.Conveyance_InvalidDeadlines.selector;
    }

    function _spoilSums(uint256 i) private returns (bytes4) {
        if (i < 24) {
            if (i == 21) wrong.bought[0].shares = 2;
            if (i == 22) wrong.bought[0].kind = RightKind.Bare;
            if (i == 23) (wrong.sold[0].kind, wrong.bought[0].kind) = (RightKind.Usufruct, RightKind.Usufruct);
            return IConveyance.Conveyance_Unbalanced.selector;
        }
        if (i > 28) {
            if (i == 29) wrong.loan = Loan(lender, 5, 30_000);
            if (i == 30) wrong.loan = Loan(bob, 0, 30_000);
            if (i == 31) wrong.loan = Loan(address(0), 5, 30_000);
            return IConveyance.Conveyance_LoanNotFunded.selector;
        }
        if (i == 24) wrong.funding[0].amount_cents -= 1;
        if (i == 25) wrong.funding[0].amount_cents += 1;
        if (i == 26) wrong.deposit_cents = wrong.funding[0].amount_cents + 1;
        if (i == 27) wrong.payoffs.push(Payoff(1, wrong.price_cents + 1, false));
        if (i == 28) {
            wrong.price_cents = uint256(type(uint40).max) * 40 + 1;
            wrong.funding[0].amount_cents = wrong.price_cents + wrong.tax_cents + wrong.fees[0].amount_cents;
        }
        return IConveyance.Conveyance_SumsMismatch.selector;
    }

    function _refused(bytes4 reason) private {
        vm.expectPartialRevert(reason);
        vm.prank(notary);
        conveyance.open(wrong, new bytes[](0));
    }

    function _amendmentRefused(uint256 sale, Terms memory old, Terms memory terms, bytes memory refusal) private {
        bytes32 digest = conveyance.amendmentDigest(sale, conveyance.hashTerms(old), conveyance.hashTerms(terms));
        bytes[] memory signatures = _signatures(terms, digest, 0);
        _refuses(notary, abi.encodeCall(conveyance.amend, (sale, old, terms, signatures)), refusal);
    }

    function _refuses(address caller, bytes memory act, bytes memory refusal) private {
        vm.prank(caller);
        (bool done, bytes memory reason) = address(conveyance).call(act);
        assertFalse(done);
        assertEq(reason, refusal);
    }
}
