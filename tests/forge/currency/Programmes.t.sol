// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title How a programme opens, is funded, spent from, and gives back what is left
contract ProgrammesTest is ProgrammesFixture {
    function setUp() public {
        _foundAid();
    }

    function test_ItTellsItsMoneyAndRegister_AndHoldsNoneThatMelts() public {
        assertEq(address(programmes.token()), address(currency));
        assertEq(address(programmes.residents()), address(residents));
        address melting = address(_currency("Melting", SEVEN_PERCENT, currency));
        vm.expectRevert(ITill.Till_MeltingCurrency.selector);
        this.create("Programmes.sol:Programmes", abi.encode(melting, residents));
    }

    function test_ASponsorOpensAProgrammeOnce_AndNobodyForIt() public {
        IProgrammes.Terms memory terms = _terms();
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_AlreadyOpened.selector, programme));
        vm.prank(sponsor);
        programmes.open(terms);
        terms.salt = "books";
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_OnlySponsor.selector, sponsor));
        vm.prank(stranger);
        programmes.open(terms);
        vm.expectEmit(address(programmes));
        emit IProgrammes.ProgrammeOpened(programmes.nameOf(sponsor, "books"), sponsor, terms);
        vm.prank(sponsor);
        programmes.open(terms);
        IProgrammes.Programme memory made = programmes.programmeOf(programmes.nameOf(sponsor, "books"));
        assertEq(made.announced, ANNOUNCED);
        assertEq(made.root, terms.root);
        assertEq(made.sponsor, sponsor);
    }

    function test_TermsThatMakeNoSenseAreRefused() public {
        IProgrammes.Terms memory terms = _terms();
        terms.sponsor = address(0);
        _refusesTerms(terms);
        terms = _terms();
        terms.categories = 0;
        _refusesTerms(terms);
        terms = _terms();
        terms.root = 0;
        _refusesTerms(terms);
        terms = _terms();
        terms.total = 0;
        _refusesTerms(terms);
        terms = _terms();
        terms.periods = 0;
        _refusesTerms(terms);
        terms = _terms();
        terms.period_h = 0;
        _refusesTerms(terms);
        terms = _terms();
        terms.periods = 37;
        _refusesTerms(terms);
        terms = _terms();
        --terms.opensAt;
        _refusesTerms(terms);
        terms = _terms();
        terms.opensAt += 366 days + 1;
        _refusesTerms(terms);
    }

    function test_OnlyTheSponsorRulesItsProgramme_ByTheKeyInForce() public {
        bytes memory refusal = abi.encodeWithSelector(IProgrammes.Programmes_OnlySponsor.selector, sponsor);
        address[] memory all = _everybody();
        for (uint256 i; i < all.length; ++i) {
            vm.startPrank(all[i]);
            vm.expectRevert(refusal);
            programmes.accredit(programme, new address[](0), new uint24[](0));
            vm.expectRevert(refusal);
            programmes.allow(programme, granter, 1);
            vm.expectRevert(refusal);
            programmes.void(programme, amal);
            vm.stopPrank();
        }
        vm.warp(FOUNDED_AT + 10 days);
        address key = _recovered(sponsor, "association's next key");
        vm.prank(sponsor);
        vm.expectRevert(refusal);
        programmes.void(programme, amal);
        vm.prank(key);
        programmes.void(programme, amal);
        vm.warp(_endsAt());
        programmes.reclaim(programme);
        assertEq(currency.balanceOf(key), POCKET, "what is left goes to the key in force");
    }

    function test_WhatNobodyOpenedIsNeitherFundedNorSpent() public {
        bytes memory refusal = abi.encodeWithSelector(IProgrammes.Programmes_NotOpened.selector, bytes32("none"));
        vm.expectRevert(refusal);
        programmes.fund("none", 1);
        vm.expectRevert(refusal);
        programmes.reclaim("none");
        vm.expectRevert(refusal);
        programmes.void("none", amal);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1, 0);
        vm.expectRevert(refusal);
        programmes.spend("none", spend, new IProgrammes.Place[](0));
        vm.prank(grocer);
        vm.expectRevert(refusal);
        programmes.refund("none", spend, 1);
    }

    function test_AnyoneFundsWholeUnits() public {
        _meals();
        vm.startPrank(granter);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NotWholeUnits.selector, 3_50));
        programmes.fund(programme, 10_00);
        vm.expectRevert(IProgrammes.Programmes_NoUnits.selector);
        programmes.fund(programme, 0);
        vm.expectEmit(address(programmes));
        emit IProgrammes.ProgrammeFunded(programme, granter, 3);
        programmes.fund(programme, 10_50);
        vm.stopPrank();
        assertEq(_books().funded, 3);
        assertEq(_books().left, 3);
    }

    function test_UntilAllThatWasAnnouncedIsThere_NobodySpends() public {
        _meals();
        _fund(programme, 3_50 * 359);
        _refuses(
            _slip(amal, grocer, 1, 0), abi.encodeWithSelector(IProgrammes.Programmes_NotFunded.selector, uint256(1))
        );
        _fund(programme, 3_50);
        _spend(amal, grocer, 1, 0);
        assertEq(currency.balanceOf(grocer), POCKET + 3_50);
    }

    function test_AMerchantIsPaidAtOnce() public {
        vm.expectEmit(address(programmes));
        emit IProgrammes.HolderClaimed(programme, amal, 0, EACH);
        vm.expectEmit(address(programmes));
        emit IProgrammes.UnitsSpent(programme, amal, grocer, 12_50, 7);
        _spend(amal, grocer, 12_50, 7);
        assertEq(currency.balanceOf(grocer), POCKET + 12_50);
        assertEq(currency.balanceOf(address(programmes)), ANNOUNCED - 12_50);
        IProgrammes.Programme memory has = _books();
        assertEq(has.spent, 12_50);
        assertEq(has.left, ANNOUNCED - 12_50);
        assertEq(has.claimed, EACH);
        IProgrammes.Holder memory holder = _holder(amal);
        assertEq(holder.each, EACH);
        assertEq(holder.spent, 12_50);
        assertTrue(holder.claimed);
    }

    function test_AMerchantWhoCannotBePaidIsCredited() public {
        vm.prank(registrar);
        residents.suspend(grocer, "paper");
        vm.expectEmit(address(programmes));
        emit ITill.Credited(uint256(programme), grocer, 12_50);
        _spend(amal, grocer, 12_50, 0);
        vm.prank(registrar);
        residents.reinstate(grocer, "paper");
        programmes.withdraw(grocer);
        assertEq(currency.balanceOf(grocer), POCKET + 12_50);
    }

    function test_WhoIsNotOnTheRoll_OrAtAnotherPlace_SpendsNothing() public {
        _refuses(
            _slip(stranger, grocer, 1, 0),
            abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, uint256(0))
        );
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1, 0);
        IProgrammes.Place[] memory places = _places(amal);
        ++places[0].each;
        _refusesPlace(spend, places);
        places = _places(amal);
        ++places[0].index;
        _refusesPlace(spend, places);
        places = _places(bela);
        places[0].holder = amal;
        _refusesPlace(spend, places);
        places = _places(amal);
        places[0].proof = new bytes32[](0);
        _refusesPlace(spend, places);
    }

    function test_ALeafOfAnotherProgrammeIsNotOfThisOne() public {
        IProgrammes.Terms memory terms = _terms();
        terms.salt = "other";
        terms.root = _seal(programmes.nameOf(sponsor, "other"), EACH);
        IProgrammes.Place[] memory places = _places(amal);
        _refusesPlace(_slip(amal, grocer, 1, 0), places);
    }

    function test_ARollThatAllowsMoreThanWasAnnouncedIsStopped() public {
        IProgrammes.Terms memory terms = _terms();
        terms.salt = "false";
        programme = programmes.nameOf(sponsor, "false");
        (terms.root, terms.total) = (_seal(programme, EACH), 2 * uint48(EACH) + 1);
        _open(terms);
        _fund(programme, uint256(terms.total) * PERIODS);
        _spend(amal, grocer, 1, 0);
        _spend(bela, grocer, 1, 0);
        _refuses(
            _slip(cato, grocer, 1, 0),
            abi.encodeWithSelector(IProgrammes.Programmes_RollExceedsTotal.selector, terms.total)
        );
    }

    function test_APlaceIsShownOnce_AndShowingItAgainChangesNothing() public {
        IProgrammes.Place[] memory places = _places(amal);
        _spend(amal, grocer, 1_00, 0);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1_00, 1);
        programmes.spend(programme, spend, places);
        assertEq(_books().claimed, EACH);
        assertEq(_holder(amal).spent, 2_00);
    }

    function test_MoreThanThePeriodsAllowanceIsRefused() public {
        _spend(amal, grocer, 60_00, 0);
        _refuses(
            _slip(amal, grocer, 40_01, 1),
            abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 40_00)
        );
        _spend(amal, grocer, 40_00, 1);
        _refuses(_slip(amal, grocer, 0, 2), abi.encodeWithSelector(IProgrammes.Programmes_NoUnits.selector));
    }

    function test_AtTheSecondAPeriodEnds_TheNextOnesAllowanceBegins_AndWhatWasLeftLapses() public {
        _spend(amal, grocer, 60_00, 0);
        vm.warp(FOUNDED_AT + PERIOD_S - 1);
        _refuses(
            _slip(amal, grocer, 40_01, 1),
            abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 40_00)
        );
        vm.warp(FOUNDED_AT + PERIOD_S);
        _refuses(
            _slip(amal, grocer, 100_01, 1),
            abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 100_00)
        );
        _spend(amal, grocer, 100_00, 1);
        assertEq(_holder(amal).period, 1);
    }

    function test_ASlipServesInThePeriodOfItsDeadlineAlone() public {
        vm.warp(FOUNDED_AT + PERIOD_S - 1);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1_00, 0);
        spend.deadline += 1;
        spend.signature = _signedSpend(spend, amal);
        _refuses(spend, abi.encodeWithSelector(IProgrammes.Programmes_BeyondPeriod.selector, FOUNDED_AT + PERIOD_S));
    }

    function test_BeforeItOpensAndOnceItIsOver_NothingIsSpentNorGranted() public {
        IProgrammes.Terms memory terms = _terms();
        terms.salt = "soon";
        terms.opensAt += 1 days;
        programme = programmes.nameOf(sponsor, "soon");
        terms.root = _seal(programme, EACH);
        _open(terms);
        _fund(programme, ANNOUNCED);
        _refuses(
            _slip(amal, grocer, 1, 0), abi.encodeWithSelector(IProgrammes.Programmes_NotYet.selector, terms.opensAt)
        );
        vm.warp(_endsAt());
        bytes memory refusal = abi.encodeWithSelector(IProgrammes.Programmes_Over.selector, _endsAt());
        _refuses(_slip(amal, grocer, 1, 0), refusal);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1, 0);
        vm.expectRevert(refusal);
        programmes.spend(programme, spend, new IProgrammes.Place[](0));
        vm.expectRevert(refusal);
        programmes.fund(programme, 1);
        vm.prank(sponsor);
        vm.expectRevert(refusal);
        programmes.allow(programme, granter, 1);
    }

    function test_OnlyMerchantsOfItsCategoriesArePaid() public {
        _refuses(
            _slip(amal, bookseller, 1, 0),
            abi.encodeWithSelector(IProgrammes.Programmes_NotAccredited.selector, bookseller)
        );
        vm.startPrank(sponsor);
        vm.expectEmit(address(programmes));
        emit IProgrammes.MerchantAccredited(programme, bookseller, FOOD | BOOKS);
        _accredit(bookseller, FOOD | BOOKS);
        _accredit(grocer, 0);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_ListsDiffer.selector, 1, 0));
        programmes.accredit(programme, new address[](1), new uint24[](0));
        vm.stopPrank();
        assertEq(programmes.categoriesOf(programme, bookseller), FOOD | BOOKS);
        _spend(amal, bookseller, 1, 0);
        _refuses(
            _slip(amal, grocer, 1, 1), abi.encodeWithSelector(IProgrammes.Programmes_NotAccredited.selector, grocer)
        );
    }

    function test_ASheetThatWasPhotographedLosesTheDaysCapADay_UntilItIsVoided() public {
        IProgrammes.Terms memory terms = _terms();
        (terms.salt, terms.dailyCap) = ("capped", 30_00);
        programme = programmes.nameOf(sponsor, "capped");
        terms.root = _seal(programme, EACH);
        _open(terms);
        _fund(programme, ANNOUNCED);
        _spend(amal, grocer, 20_00, 0);
        _refuses(
            _slip(amal, baker, 10_01, 1),
            abi.encodeWithSelector(IProgrammes.Programmes_DailyCapExceeded.selector, 10_00)
        );
        _spend(amal, baker, 10_00, 1);
        vm.warp(FOUNDED_AT + 1 days);
        _spend(amal, baker, 30_00, 2);
        vm.expectEmit(address(programmes));
        emit IProgrammes.HolderVoided(programme, amal);
        vm.prank(sponsor);
        programmes.void(programme, amal);
        vm.warp(FOUNDED_AT + 2 days);
        _refuses(_slip(amal, baker, 1, 3), abi.encodeWithSelector(IProgrammes.Programmes_Voided.selector, amal));
        vm.prank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_Voided.selector, amal));
        programmes.void(programme, amal);
    }

    function test_OnceItIsOver_AnyoneHasWhatIsLeftGoBackToTheSponsor() public {
        _spend(amal, grocer, 60_00, 0);
        uint256 endsAt = _endsAt();
        vm.warp(endsAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_StillRunning.selector, endsAt));
        programmes.reclaim(programme);
        vm.warp(endsAt);
        vm.expectEmit(address(programmes));
        emit IProgrammes.ProgrammeReclaimed(programme, ANNOUNCED - 60_00);
        vm.prank(stranger);
        programmes.reclaim(programme);
        assertEq(currency.balanceOf(sponsor), POCKET - 60_00);
        assertEq(currency.balanceOf(address(programmes)), 0);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NothingLeft.selector, programme));
        programmes.reclaim(programme);
    }

    function test_StampsAreSpentWithoutMoney_AndRefusedWhereMoneyIsAsked() public {
        _stamps();
        _spend(amal, baker, 10, 0);
        assertEq(currency.balanceOf(baker), POCKET);
        assertEq(_books().spent, 10);
        bytes memory refusal = abi.encodeWithSelector(IProgrammes.Programmes_NoMoney.selector, programme);
        vm.expectRevert(refusal);
        programmes.fund(programme, 1);
        IProgrammes.Spend memory spend = _slip(amal, baker, 10, 0);
        vm.expectRevert(refusal);
        programmes.refundBySlip(programme, spend, 10, 0, type(uint256).max, "salt", "");
        vm.warp(_endsAt());
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NothingLeft.selector, programme));
        programmes.reclaim(programme);
    }

    /// @dev School meals: one a day for each of four, for 90 days.
    function _meals() private {
        IProgrammes.Terms memory terms = _terms();
        (terms.salt, terms.unit_cents) = ("meals", 3_50);
        (terms.period_h, terms.periods, terms.total) = (24, 90, 4);
        _openOther(terms, 1);
    }

    function _stamps() private {
        IProgrammes.Terms memory terms = _terms();
        (terms.salt, terms.unit_cents) = ("stamps", 0);
        _openOther(terms, EACH);
    }

    function _openOther(IProgrammes.Terms memory terms, uint32 each_) private {
        programme = programmes.nameOf(sponsor, terms.salt);
        each = each_;
        terms.root = _seal(programme, each_);
        _open(terms);
    }

    function _refusesTerms(IProgrammes.Terms memory terms) private {
        vm.prank(terms.sponsor);
        vm.expectRevert(IProgrammes.Programmes_InvalidTerms.selector);
        programmes.open(terms);
    }

    function _refusesPlace(IProgrammes.Spend memory spend, IProgrammes.Place[] memory places) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IProgrammes.Programmes_NotOnRoll.selector, places[0].index, places[0].holder, places[0].each
            )
        );
        programmes.spend(programme, spend, places);
    }
}
