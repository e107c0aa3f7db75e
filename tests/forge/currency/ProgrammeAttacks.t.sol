// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title What posters, holders, merchants and thieves try against each other in a programme
contract ProgrammeAttacksTest is ProgrammesFixture {
    IProgrammes.Place[] private _none;

    function setUp() public {
        _foundAid();
    }

    function test_WhenAPosterKeepsAPlaceBack_TheAllowanceIsStillSpentBeforeWhatWasGranted() public {
        _grantToAmal(50_00);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 30_00, 0);
        programmes.spend(programme, spend, _none);
        assertEq(_holder(amal).granted, 20_00, "no allowance is hers yet");
        _spend(amal, grocer, 100_00, 1);
        assertEq(_holder(amal).granted, 20_00);
        _spend(amal, grocer, 20_00, 2);
        _refuses(
            _slip(amal, grocer, 1, 3), abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 0)
        );
    }

    function test_WhenHerPlaceIsShownAPeriodLater_WhatWasGrantedStaysSpent() public {
        _grantToAmal(50_00);
        IProgrammes.Spend memory spend = _slip(amal, grocer, 30_00, 0);
        programmes.spend(programme, spend, _none);
        vm.warp(FOUNDED_AT + PERIOD_S);
        _refuses(
            _slip(amal, grocer, 120_01, 1),
            abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 120_00)
        );
        _spend(amal, grocer, 120_00, 1);
    }

    function test_WhenAHolderNamesAnAccompliceInASecondSlip_HerStampsAreNotGivenBack() public {
        _openStamps();
        _spend(amal, baker, 10, 0);
        IProgrammes.Spend memory never = _slip(amal, stranger, 10, 0);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NotAccredited.selector, stranger));
        _refund(never, 10);
    }

    function test_StampsAreCountedAsFarAs48Bits() public {
        _openStamps();
        vm.record();
        programmes.programmeOf(programme);
        (bytes32[] memory reads,) = vm.accesses(address(programmes));
        uint256 schedule = uint256(vm.load(address(programmes), reads[0]));
        vm.store(address(programmes), reads[0], bytes32(schedule | (uint256(type(uint48).max - 5) << 208)));
        assertEq(_books().spent, type(uint48).max - 5);
        uint256 sum = uint256(type(uint48).max) + 1;
        _refuses(
            _slip(amal, baker, 6, 0),
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, uint8(48), sum)
        );
        _spend(amal, baker, 5, 0);
    }

    function test_WhereAPosterPointsASignatureElsewhere_ThatSpendAloneIsRefused() public {
        IProgrammes.Spend[] memory spends = new IProgrammes.Spend[](2);
        (spends[0], spends[1]) = (_slip(amal, grocer, 10_00, 0), _slip(bela, baker, 20_00, 0));
        _claim(amal);
        _claim(bela);
        bytes memory posted = abi.encodeCall(programmes.spendBatch, (programme, spends, _none));
        // Of the first spend, whose values begin behind selector, three words, length and two offsets, the sixth.
        uint256 at = 4 + 6 * 32 + 5 * 32;
        uint256 word;
        assembly ("memory-safe") {
            let place := add(add(posted, 0x20), at)
            word := mload(place)
            mstore(place, add(word, 0x140)) // of the other's values, past its own signature
        }
        assertEq(word, 6 * 32);
        vm.prank(stranger);
        (bool done, bytes memory answer) = address(programmes).call(posted);
        assertTrue(done);
        assertEq(abi.decode(answer, (uint256)), 1);
        assertEq(currency.balanceOf(grocer), POCKET);
        assertEq(currency.balanceOf(baker), POCKET + 20_00);
        _post(spends[0]);
    }

    /// @dev Whoever has the roll shows places without a spend; it changes nothing for anybody.
    function test_AStrangerWhoShowsEverybodysPlace_ChangesNothing() public {
        _claim(amal);
        _claim(bela);
        _claim(cato);
        _claim(dina);
        assertEq(_books().claimed, _books().total);
        _spend(amal, grocer, EACH, 0);
        _refuses(
            _slip(amal, grocer, 1, 1), abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 0)
        );
    }

    /// @dev A thief of the code burns nonces to the last: the key is dead, and what it did not spend is the budget's.
    function test_AThiefWhoBurnsNonces_LosesTheHolderNoMoreThanTheKey() public {
        _spend(amal, grocer, 1, type(uint16).max);
        _refuses(
            _slip(amal, grocer, 1, 0),
            abi.encodeWithSelector(IProgrammes.Programmes_NonceUsed.selector, amal, uint16(0))
        );
        _spend(amal, grocer, 1, type(uint16).max - 63);
        vm.prank(sponsor);
        programmes.void(programme, amal);
        _fund(programme, EACH);
        _allow(granter, EACH);
        _grant(stranger, EACH, "lost sheet");
        _spend(stranger, grocer, EACH, 0);
        vm.warp(_endsAt());
        programmes.reclaim(programme);
        assertEq(currency.balanceOf(address(programmes)), 0);
    }

    function test_AStrangerWithEther_SendsNone() public {
        vm.deal(stranger, 2);
        vm.startPrank(stranger);
        (bool sent,) = address(programmes).call{value: 1}("");
        assertFalse(sent);
        (sent,) = address(programmes).call{value: 1}(abi.encodeCall(programmes.withdraw, (grocer)));
        assertFalse(sent);
        vm.stopPrank();
    }

    function test_WhenAMerchantsKeyIsLost_ItsNewOneIsPaidAndRefunds_AndItsThiefNeither() public {
        IProgrammes.Spend memory before = _spend(amal, grocer, 10_00, 0);
        vm.warp(FOUNDED_AT + RECOVERY_DELAY_S);
        address key = _recovered(grocer, "grocer again");
        uint256 had_cents = currency.balanceOf(key);
        _spend(amal, grocer, 20_00, 1);
        assertEq(currency.balanceOf(key), had_cents + 20_00);
        assertEq(currency.balanceOf(grocer), 0);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key));
        _refund(before, 1);
        vm.startPrank(key);
        currency.approve(address(programmes), 10_00);
        programmes.refund(programme, before, 10_00);
        vm.stopPrank();
        assertEq(_holder(amal).spent, 20_00);
    }

    function test_WhileTheCurrencyIsPaused_MerchantsAreCredited_AndTakeItLater() public {
        vm.prank(guardian);
        currency.pause{value: 1}();
        _spend(amal, grocer, 10_00, 0);
        assertEq(programmes.owedTo(grocer), 10_00);
        assertEq(_books().left, ANNOUNCED - 10_00);
        vm.expectRevert();
        programmes.withdraw(grocer);
        vm.prank(guardian);
        currency.resume();
        programmes.withdraw(grocer);
        assertEq(currency.balanceOf(grocer), POCKET + 10_00);
    }

    function _claim(address holder) private {
        IProgrammes.Place[] memory places = _places(holder);
        vm.prank(stranger);
        programmes.spendBatch(programme, new IProgrammes.Spend[](0), places);
    }

    function _grantToAmal(uint32 units) private {
        _fund(programme, units);
        _allow(granter, units);
        _grant(amal, units, "act");
    }

    function _openStamps() private {
        IProgrammes.Terms memory terms = _terms();
        (terms.salt, terms.unit_cents) = ("stamps", 0);
        programme = programmes.nameOf(sponsor, "stamps");
        terms.root = _seal(programme, EACH);
        _open(terms);
    }
}
