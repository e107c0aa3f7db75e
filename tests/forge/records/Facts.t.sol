// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {FactsFixture} from "tests/forge/records/FactsFixture.sol";
import {IndexedRent} from "tests/forge/records/IndexedRent.sol";

/// @title What a fact is, who moves it, and what contracts read
contract FactsTest is FactsFixture {
    function setUp() public {
        _found();
    }

    function test_AnyoneOpensAFactWhichIsNamedByAllThatItIs() public {
        IFacts.Fact memory definition = _wheat();
        definition.unit = "USD/t";
        bytes32 name = facts.nameOf(definition);
        assertNotEq(name, fact);
        vm.expectEmit();
        emit IFacts.FactOpened(name, stranger, definition);
        vm.prank(stranger);
        assertEq(facts.open(definition), name);
        assertEq(facts.issuersOf(name), issuers);
        IFacts.Record memory record = facts.recordOf(name);
        assertEq(record.m, 2);
        assertEq(record.seats, ALL);
        assertEq(record.signers, 0);
    }

    function test_WhateverDiffersInADefinitionMakesAnotherName() public view {
        IFacts.Fact[6] memory others;
        for (uint256 i; i < 6; ++i) {
            others[i] = _wheat();
        }
        others[0].name = "barley";
        others[1].unit = "USD/t";
        others[2].decimals = 3;
        others[3].uri = "";
        others[4].issuers[0] = address(1);
        others[5].m = 3;
        for (uint256 i; i < 6; ++i) {
            assertNotEq(facts.nameOf(others[i]), fact);
            for (uint256 k; k < i; ++k) {
                assertNotEq(facts.nameOf(others[i]), facts.nameOf(others[k]));
            }
        }
    }

    function test_WhoComesFirstKeepsNobodyFromBeingToldAsAnOpenerAndNothingIsReset() public {
        _stated(1, ALL);
        _resigned(0);
        bytes memory before = abi.encode(facts.recordOf(fact), facts.issuersOf(fact));
        vm.expectEmit();
        emit IFacts.FactOpened(fact, stranger, _wheat());
        vm.prank(stranger);
        assertEq(facts.open(_wheat()), fact);
        assertEq(abi.encode(facts.recordOf(fact), facts.issuersOf(fact)), before);
    }

    function test_WhenADefinitionMakesNoSense_ItIsRefused() public {
        IFacts.Fact memory definition = _wheat();
        definition.name = "";
        vm.expectRevert(IFacts.Facts_NoName.selector);
        facts.open(definition);

        definition = _wheat();
        definition.issuers = new address[](25);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_TooManyIssuers.selector, 24));
        facts.open(definition);
    }

    function test_NoTwoDisjointPanelsCouldStateOneFact() public {
        IFacts.Fact memory definition = _wheat();
        definition.m = 1;
        _noMajority(definition, 1, 3);
        definition.m = 4;
        _noMajority(definition, 4, 3);
        definition.m = 0;
        _noMajority(definition, 0, 3);
        definition.issuers = new address[](0);
        _noMajority(definition, 0, 0);
        _name("weigher 4");
        definition = _wheat();
        _noMajority(definition, 2, 4);
        definition.m = 3;
        facts.open(definition);
    }

    function test_IssuersAreNamedEachOnceAndNoneIsZero() public {
        IFacts.Fact memory definition = _wheat();
        definition.issuers[2] = definition.issuers[1];
        _unordered(definition, 2);
        (definition.issuers[1], definition.issuers[0]) = (definition.issuers[0], definition.issuers[1]);
        _unordered(definition, 1);
        definition = _wheat();
        definition.issuers[0] = address(0);
        _unordered(definition, 0);
    }

    function test_TwentyFourIssuersStateAFact() public {
        for (uint256 i = 4; i <= 24; ++i) {
            _name(string.concat("weigher ", vm.toString(i)));
        }
        IFacts.Fact memory definition = _wheat();
        definition.m = 24;
        fact = facts.open(definition);
        _stated(7, type(uint24).max);
        assertEq(facts.freshValueOf(fact, 0), 7);
    }

    function test_TwoOfThreeStateAValue() public {
        IFacts.Statement memory statement = _says(-21_450);
        bytes[] memory signatures = _signed(_stateSlip(statement), LAST_TWO);
        vm.expectEmit();
        emit IFacts.Stated(fact, 1, -21_450, NOW, "note", LAST_TWO);
        vm.prank(stranger);
        facts.state(statement, LAST_TWO, signatures);
        (int256 value, uint256 at, uint256 number) = facts.valueOf(fact);
        assertEq(value, -21_450);
        assertEq(at, NOW);
        assertEq(number, 1);
    }

    function testFuzz_AnyMajorityStatesAnyValue(int128 value, uint40 at, uint24 signers, uint40 later) public {
        signers = [3, 5, 6, 7][signers % 4];
        at = uint40(bound(at, 0, NOW));
        later = uint40(bound(later, at, NOW));
        IFacts.Statement memory statement = _says(value);
        statement.at = at;
        facts.state(statement, signers, _signed(_stateSlip(statement), signers));
        (int256 stands, uint256 since,) = facts.valueOf(fact);
        assertEq(stands, value);
        assertEq(since, at);
        statement = _says(~value);
        statement.at = later;
        facts.state(statement, ALL, _signed(_stateSlip(statement), ALL));
        (stands, since,) = facts.valueOf(fact);
        assertEq(stands, ~value);
        assertEq(since, later);
    }

    function test_FewerThanTwoStateNothing() public {
        IFacts.Statement memory statement = _says(1);
        for (uint24 signers; signers < 8; ++signers) {
            if (_ones(signers) > 1) continue;
            bytes[] memory signatures = _signed(_stateSlip(statement), signers);
            vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_TooFewSigners.selector, 2, _ones(signers)));
            facts.state(statement, signers, signatures);
        }
    }

    function test_WhatNobodyOpenedIsNotStated() public {
        IFacts.Statement memory statement = _says(1);
        statement.fact = "unknown";
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotOpened.selector, bytes32("unknown")));
        facts.state(statement, 0, new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotOpened.selector, bytes32("unknown")));
        facts.withdraw("unknown", 1, "", NOW, 0, new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, bytes32("unknown")));
        facts.valueOf("unknown");
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1));
        facts.resign("unknown", 0, NOW, "");
    }

    function test_ActsAreNumberedWithoutAGap() public {
        _stated(1, ALL);
        IFacts.Statement memory statement = _says(2);
        for (uint32 number; number < 4; ++number) {
            if (number == 2) continue;
            statement.number = number;
            bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
            vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotNext.selector, 2, number));
            facts.state(statement, ALL, signatures);
        }
        _withdrawn(ALL);
        _stated(3, ALL);
        (,, uint256 last) = facts.valueOf(fact);
        assertEq(last, 3);
    }

    function test_AValueIsOfNoTimeThatHasNotCome() public {
        IFacts.Statement memory statement = _says(1);
        statement.at = NOW + 1;
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotYet.selector, NOW + 1));
        facts.state(statement, ALL, signatures);
    }

    function test_AValueIsNeverOfBeforeTheLastAndOneOfTheSameTimeCorrectsIt() public {
        _stated(1, ALL);
        IFacts.Statement memory statement = _says(2);
        statement.at = NOW - 1;
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_BeforeTheLast.selector, NOW, NOW - 1));
        facts.state(statement, ALL, signatures);
        _stated(3, ALL);
        assertEq(facts.freshValueOf(fact, 0), 3);
        _withdrawn(ALL);
        statement.number = 4;
        signatures = _signed(_stateSlip(statement), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_BeforeTheLast.selector, NOW, NOW - 1));
        facts.state(statement, ALL, signatures);
    }

    function test_WhatIsWithdrawnNobodyReads() public {
        _stated(1, FIRST_TWO);
        bytes[] memory signatures = _signed(_withdrawSlip(fact, 2, "error", NOW), LAST_TWO);
        vm.expectEmit();
        emit IFacts.Withdrawn(fact, 2, "error", LAST_TWO);
        facts.withdraw(fact, 2, "error", NOW, LAST_TWO, signatures);
        _hasNoValue();

        signatures = _signed(_withdrawSlip(fact, 3, "error", NOW), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
        facts.withdraw(fact, 3, "error", NOW, ALL, signatures);
        _stated(2, ALL);
        assertEq(facts.freshValueOf(fact, 0), 2);
    }

    function test_OneAloneWithdrawsNothing() public {
        _stated(1, ALL);
        bytes[] memory signatures = _signed(_withdrawSlip(fact, 2, "error", NOW), 1);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_TooFewSigners.selector, 2, 1));
        facts.withdraw(fact, 2, "error", NOW, 1, signatures);
    }

    function test_WhoResignsSignsNoMore() public {
        vm.expectEmit();
        emit IFacts.Resigned(fact, issuers[0]);
        _resigned(0);
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), ALL);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1));
        facts.state(statement, ALL, signatures);
        _stated(1, LAST_TWO);
        vm.prank(issuers[0]);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NotSeated.selector, 1));
        facts.resign(fact, 0, 0, "");
    }

    function test_AValueStandsWhileTwoOfItsSignersKeepTheirSeats() public {
        _stated(1, ALL);
        _resigned(1);
        assertEq(facts.freshValueOf(fact, 0), 1);
        _resigned(0);
        _hasNoValue();
    }

    function test_WhatRestedOnWhoResignedFallsAndTheOthersStateItAgain() public {
        _stated(1, FIRST_TWO);
        _resigned(2);
        assertEq(facts.freshValueOf(fact, 0), 1, "one who had not signed it takes nothing from it");
        _openBarley();
        _stated(1, FIRST_TWO);
        _resigned(0);
        _hasNoValue();
        _stated(1, LAST_TWO);
        assertEq(facts.freshValueOf(fact, 0), 1);
    }

    function test_WhenFewerThanTwoAreLeftNothingIsStatedAnyMore() public {
        _stated(1, ALL);
        _resigned(0);
        _resigned(2);
        IFacts.Statement memory statement = _says(1);
        bytes[] memory signatures = _signed(_stateSlip(statement), 2);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_TooFewSigners.selector, 2, 1));
        facts.state(statement, 2, signatures);
        _hasNoValue();
    }

    function test_AStaleValueIsRefusedToWhoAsksForAFreshOne() public {
        _stated(1, ALL);
        vm.warp(NOW + 1 days);
        assertEq(facts.freshValueOf(fact, 1 days), 1);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_Stale.selector, NOW, 1 days - 1));
        facts.freshValueOf(fact, 1 days - 1);
        (int256 value, uint256 at,) = facts.valueOf(fact);
        assertEq(value, 1);
        assertEq(at, NOW);
    }

    function test_ARentFollowsAnIndexAndStopsWhereItIsStale() public {
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
        new IndexedRent(facts, _wheat(), 50_000);
        _stated(100_00, FIRST_TWO);
        IndexedRent rent = new IndexedRent(facts, _wheat(), 50_000);
        assertEq(rent.due_cents(), 50_000);
        vm.warp(NOW + 90 days);
        _stated(101_50, LAST_TWO);
        assertEq(rent.due_cents(), 50_750);
        vm.warp(NOW + 191 days);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_Stale.selector, NOW + 90 days, 100 days));
        rent.due_cents();
        _stated(102_00, ALL);
        _withdrawn(FIRST_TWO);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
        rent.due_cents();
    }

    function _hasNoValue() private {
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
        facts.valueOf(fact);
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoValue.selector, fact));
        facts.freshValueOf(fact, type(uint256).max);
    }

    /// @dev The same issuers, all seated, in another fact.
    function _openBarley() private {
        IFacts.Fact memory definition = _wheat();
        definition.name = "barley";
        fact = facts.open(definition);
    }

    function _noMajority(IFacts.Fact memory definition, uint256 m, uint256 n) private {
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_NoMajority.selector, m, n));
        facts.open(definition);
    }

    function _unordered(IFacts.Fact memory definition, uint256 place) private {
        vm.expectRevert(abi.encodeWithSelector(IFacts.Facts_IssuersUnordered.selector, place));
        facts.open(definition);
    }
}
