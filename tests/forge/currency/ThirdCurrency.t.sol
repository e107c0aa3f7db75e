// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LocalCurrency} from "contracts/currency/LocalCurrency.sol";
import {ILocalCurrency} from "contracts/currency/interfaces/ILocalCurrency.sol";
import {ISuccession} from "contracts/currency/interfaces/ISuccession.sol";
import {SuccessionFixture} from "tests/forge/currency/SuccessionFixture.sol";

/// @title A third currency follows, whatever nobody takes or settles in the first
contract ThirdCurrencyTest is SuccessionFixture {
    LocalCurrency private third;
    uint256 private redemption;
    uint256 private seizure;

    /// @dev Of the first currency there remain 100.00 in an escrow, 95.00 owed, 100.00 seized of a merchant's, and what
    /// the citizen has.
    function setUp() public {
        _foundTownWithTwo(0);
        third = _following(next, 0);
        _issueToThree();
        vm.prank(merchant);
        redemption = currency.redeem(100_00, "invoice");
        vm.prank(court);
        seizure = currency.seize(merchant, citizen, 100_00, "order");
    }

    function test_WhatNobodyTakesOrSettlesKeepsNoThirdFromFollowing() external {
        _retireBoth();
        _isCovered();
        currency.carryOver(_list(citizen));
        assertEq(third.balanceOf(citizen), 300_00, "what came late was not handed on");
        assertEq(next.totalSupply(), 0);
        _isCovered();

        vm.prank(escrow);
        currency.transfer(citizen, 100_00);
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        currency.carryOutSeizure(seizure);
        currency.carryOver(_list(citizen));
        assertEq(third.balanceOf(citizen), 500_00);
        vm.prank(treasurer);
        currency.settle(redemption, "transfer");
        assertEq(currency.totalSupply() + currency.books().owed, 5_00, "but for the fee, it is empty");
        _isCovered();
    }

    function test_AReferenceServesOneOfAllThree() external {
        _retireBoth();
        bytes memory used =
            abi.encodeWithSelector(ILocalCurrency.LocalCurrency_ReferenceUsed.selector, bytes32("receipt 1"));
        vm.startPrank(treasurer);
        vm.expectRevert(used);
        third.issue(citizen, 1, "receipt 1");
        third.issue(citizen, 1, "transfer");
        used = abi.encodeWithSelector(ILocalCurrency.LocalCurrency_ReferenceUsed.selector, bytes32("transfer"));
        vm.expectRevert(used);
        currency.settle(redemption, "transfer");
    }

    function test_TheLastOneCountsAsItsOwnWhatNoneBeforeItStillNeeds() external {
        _retireBoth();
        vm.prank(auditor);
        third.attestReserve(1_000_00, "statement");
        assertEq(third.books().reserve, 400_00, "the same euros cover two currencies");
        _isCovered();
    }

    function test_WhatTheLastOneFreezesOrStopsIsHeldInTheFirst() external {
        _retireBoth();
        vm.warp(block.timestamp + SEIZURE_DELAY_S);
        vm.prank(guardian);
        third.pause{value: 1}();
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        currency.carryOutSeizure(seizure);
        vm.expectRevert(ILocalCurrency.LocalCurrency_Paused.selector);
        currency.carryOver(_list(citizen));
        vm.prank(guardian);
        third.resume();

        vm.prank(court);
        third.freeze(merchant, "order");
        vm.expectRevert(abi.encodeWithSelector(ILocalCurrency.LocalCurrency_Frozen.selector, merchant));
        vm.prank(treasurer);
        currency.settle(redemption, "transfer");
    }

    function test_NoneIsFollowedBeforeItFollows() external {
        vm.prank(guardian);
        next.pause{value: 1}();
        vm.expectRevert(ISuccession.LocalCurrency_PredecessorStands.selector);
        vm.prank(mayor);
        next.retire(third);
    }

    /// @dev So followers do not pile up with successions.
    function test_OneThatIsRetiredAndEmptyIsLetGo_AndMakesRoomForAnother() external {
        _retireBoth();
        currency.carryOver(_list(citizen));
        vm.prank(mayor);
        residents.removeFollower(next);
        assertEq(residents.followers().length, 2);

        address newKey = makeAddr("new key");
        vm.prank(registrar);
        residents.proposeRecovery(citizen, newKey, "document");
        vm.warp(block.timestamp + RECOVERY_DELAY_S);
        residents.recover(citizen);
        assertEq(third.balanceOf(newKey), 300_00);
        assertEq(residents.behind(third, newKey), address(0));
        vm.prank(escrow);
        currency.transfer(newKey, 100_00);
        currency.carryOver(_list(newKey));
        assertEq(third.balanceOf(newKey), 400_00, "handed on by one that follows the register no more");
    }

    function _retireBoth() private {
        _retire();
        vm.prank(guardian);
        next.pause{value: 1}();
        vm.prank(mayor);
        next.retire(third);
    }

    function _isCovered() private view {
        uint256 reserves_cents;
        uint256 committed_cents;
        LocalCurrency[3] memory all = [currency, next, third];
        for (uint256 i; i < all.length; ++i) {
            ILocalCurrency.Books memory books = all[i].books();
            reserves_cents += books.reserve;
            committed_cents += uint256(books.supply) + books.owed;
            assertGe(books.reserve, uint256(books.supply) + books.owed);
        }
        assertGe(reserves_cents, committed_cents);
    }
}
