// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title What members, vouchers and posters try against the circle, and what it gets them
contract CreditAttacksTest is MutualCreditFixture {
    function setUp() public {
        _found();
    }

    /// @dev Documented: trust makes no credit, but where whoever handed it on leaves.
    function test_WhenARelayLeaves_HisVoucherIsFreeWhileWhatWasHandedOnIsInUse() public {
        _vouches(marc, nora, FLOOR);
        _vouches(nora, lea, 2 * FLOOR);
        _pays(lea, omar, 3 * FLOOR);
        _isGone(nora);
        _calls(nora, marc);
        assertEq(_balance(marc), 0, "she owes nothing of hers");
        _calls(lea, nora);
        assertEq(_mostDebt(lea), FLOOR, "nobody lends it to her any more");
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        _pays(marc, omar, FLOOR);
        _isGone(lea);
        circle.writeOff(lea);
        assertEq(_balance(commons), -3 * int256(uint256(FLOOR)));
    }

    /// @dev Documented: the registrar sees her go and come.
    function test_WhenAVoucherLeavesAndComesBack_SheBearsNothing() public {
        _vouches(marc, lea, FLOOR);
        _pays(lea, omar, 2 * FLOOR);
        _isGone(marc);
        _calls(lea, marc);
        _enrol(Kind.Citizen, marc);
        _isGone(lea);
        circle.writeOff(lea);
        assertEq(_balance(marc), 0);
        assertEq(_mostDebt(marc), FLOOR);
        assertEq(_balance(commons), -2 * int256(uint256(FLOOR)));
    }

    function test_NobodyVouchesForWhoLeft_ToHoldUpTheEndOfHerAccount() public {
        _pays(lea, omar, FLOOR);
        _isGone(lea);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, lea));
        _vouches(marc, lea, 1);
        circle.writeOff(lea);
    }

    function test_WhereAPosterPointsASignatureElsewhere_ThatSlipAloneIsRefused() public {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](2);
        slips[0] = _slip(lea, omar, 10_00, 0);
        slips[1] = _slip(marc, omar, 20_00, 0);
        bytes memory posted = abi.encodeCall(circle.payBatch, (slips));
        // Of the first slip, whose values begin behind selector, offset, length and two offsets, the seventh.
        uint256 at = 4 + 4 * 32 + 6 * 32;
        uint256 slipLength = 7 * 32 + 32 + 96;
        assertEq(_word(posted, at), 7 * 32);
        _setWord(posted, at, 7 * 32 + slipLength);
        vm.prank(stranger);
        (bool done, bytes memory answer) = address(circle).call(posted);
        assertTrue(done);
        assertEq(abi.decode(answer, (uint256)), 1);
        assertEq(_balance(lea), 0);
        assertEq(_balance(marc), -20_00);
        circle.payBySlip(slips[0]);
        assertEq(_balance(lea), -10_00, "and serves anyone who posts it whole");
    }

    function test_VouchesBeyondTheirFieldAreRefusedWhole() public {
        _limits(marc, type(uint32).max, type(uint32).max);
        _limits(nora, type(uint32).max, type(uint32).max);
        uint256 most = uint256(uint32(type(int32).max));
        _vouches(marc, lea, most);
        vm.expectRevert();
        _vouches(nora, lea, 1);
        assertEq(circle.memberOf(lea).vouchedFor, most);
        assertEq(circle.memberOf(nora).vouched, 0);
    }

    function test_AStrangerWithEther_SendsNone() public {
        vm.deal(stranger, 1 ether);
        vm.prank(stranger);
        (bool sent,) = address(circle).call{value: 1}("");
        assertFalse(sent);
        vm.prank(stranger);
        (sent,) = address(circle).call{value: 1}(abi.encodeCall(circle.writeOff, (lea)));
        assertFalse(sent);
    }

    function _word(bytes memory data, uint256 at) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), at))
        }
    }

    function _setWord(bytes memory data, uint256 at, uint256 word) private pure {
        assembly ("memory-safe") {
            mstore(add(add(data, 0x20), at), word)
        }
    }
}
