// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";
import {TokenMock} from "tests/forge/land/TokenMock.sol";

/// @title A programme whose money turns on it: holders spend, and no cent is lost
contract ProgrammeHostileMoneyTest is ProgrammesFixture {
    TokenMock private mock;

    function setUp() public {
        _found();
        mock = new TokenMock();
        programmes = Programmes(deployCode("Programmes.sol:Programmes", abi.encode(mock, residents)));
        programme = programmes.nameOf(sponsor, "food");
        mock.mint(sponsor, ANNOUNCED);
        vm.prank(sponsor);
        mock.approve(address(programmes), type(uint256).max);
        _open(_terms());
        _fund(programme, ANNOUNCED);
    }

    function test_AMerchantWhomTheTokenRefusesIsCredited() public {
        TokenMock.Mood[2] memory moods = [TokenMock.Mood.ReturnsFalse, TokenMock.Mood.Reverts];
        uint256 clean = vm.snapshotState();
        for (uint256 i; i < moods.length; ++i) {
            mock.sulk(moods[i], grocer);
            IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 0);
            programmes.spend(programme, spend, _places(amal));
            assertEq(programmes.owedTo(grocer), 10_00);
            assertEq(mock.balanceOf(address(programmes)), ANNOUNCED);
            _spend(amal, baker, 20_00, 1);
            assertEq(mock.balanceOf(baker), 20_00);
            mock.sulk(TokenMock.Mood.Honest, address(0));
            programmes.withdraw(grocer);
            assertEq(mock.balanceOf(grocer), 10_00);
            vm.revertToState(clean);
        }
    }

    function test_WhereTheTokenAnswersNothing_MerchantsArePaidAndWhatIsLeftComesBack() public {
        mock.sulk(TokenMock.Mood.AnswersNothing, address(0));
        _spend(amal, grocer, 10_00, 0);
        assertEq(mock.balanceOf(grocer), 10_00);
        assertEq(programmes.owedTo(grocer), 0);
        vm.warp(_endsAt());
        programmes.reclaim(programme);
        assertEq(mock.balanceOf(sponsor), ANNOUNCED - 10_00);
    }

    function test_WhileTheTokenIsAsked_NothingElseIsDone() public {
        IProgrammes.Spend memory spend = _slip(amal, grocer, 10_00, 1);
        mock.onTransfer(address(programmes), abi.encodeCall(programmes.spend, (programme, spend, _places(amal))));
        _spend(amal, grocer, 10_00, 0);
        assertEq(mock.balanceOf(grocer), 10_00, "it would have been refused where that had gone through");
        assertEq(_holder(amal).spent, 10_00);

        vm.warp(_endsAt());
        mock.onTransfer(address(programmes), abi.encodeCall(programmes.reclaim, (programme)));
        programmes.reclaim(programme);
        assertEq(mock.balanceOf(sponsor), ANNOUNCED - 10_00);
        assertEq(mock.balanceOf(address(programmes)), 0);
    }

    function test_WhereLessArrivesThanWasPaid_NothingIsFunded() public {
        mock.mint(sponsor, 10_00);
        mock.sulk(TokenMock.Mood.TakesCommission, address(0));
        vm.expectRevert(ITill.Till_PaymentFailed.selector);
        _fund(programme, 10_00);
        vm.prank(sponsor);
        vm.expectRevert(ITill.Till_PaymentFailed.selector);
        programmes.fundBySlip(programme, sponsor, 10_00, 0, type(uint256).max, "salt", "");
    }
}
