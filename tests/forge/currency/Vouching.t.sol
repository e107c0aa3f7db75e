// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";

/// @title Lending a part of one's limit to those whom one trusts
contract VouchingTest is MutualCreditFixture {
    function setUp() public {
        _found();
    }

    function test_WhoVouchesLendsAPartOfHisOwnLimit() public {
        vm.expectEmit(address(circle));
        emit IMutualCredit.Vouched(marc, lea, 40_00);
        _vouches(marc, lea, 40_00);
        assertEq(_mostDebt(lea), FLOOR + 40_00);
        assertEq(_mostDebt(marc), FLOOR - 40_00);
        assertEq(circle.vouchOf(marc, lea), 40_00);
        assertEq(circle.memberOf(lea).vouchedFor, 40_00);
        assertEq(circle.memberOf(lea).vouched, 40_00);
        assertEq(circle.memberOf(marc).vouched, -40_00);
        _pays(lea, omar, FLOOR + 40_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, marc, 60_01, 60_00));
        _pays(marc, omar, 60_01);
    }

    function test_NobodyLendsWhatHeUses_NorMoreThanHisLimit() public {
        _pays(marc, omar, 70_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, marc, 30_01, 30_00));
        _vouches(marc, lea, 30_01);
        _vouches(marc, lea, 30_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, marc, 1, 0));
        _vouches(marc, nora, 1);
    }

    function test_WhatOneIsOwedIsNotLent() public {
        _pays(lea, marc, 50_00);
        uint256 most = _mostDebt(marc);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, marc, most + 1, most));
        _vouches(marc, nora, most + 1);
    }

    function test_OneVouchesForAnotherActiveMember_OfSomething_ByOnesOwnAct() public {
        vm.expectRevert(IMutualCredit.MutualCredit_NoAmount.selector);
        _vouches(marc, lea, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_Oneself.selector, marc));
        _vouches(marc, marc, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, stranger));
        _vouches(marc, stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotActive.selector, stranger));
        _vouches(stranger, marc, 1);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, marc));
        vm.prank(lea);
        circle.vouch(marc, lea, 1, 0, "");
    }

    function test_NobodyVouchesForHerselfUnderTheNameOfALostKey() public {
        address key = _recovered(marc, "marc again");
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_Oneself.selector, key));
        vm.prank(key);
        circle.vouch(marc, key, 1, 0, "");
    }

    function test_AVouchIsTakenBack_AsFarAsItIsNotUsed() public {
        _vouches(marc, lea, 40_00);
        _pays(lea, omar, FLOOR + 10_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_VouchInUse.selector, lea));
        _takesBack(marc, lea, 30_01);
        vm.expectEmit(address(circle));
        emit IMutualCredit.Unvouched(marc, lea, 30_00);
        _takesBack(marc, lea, 30_00);
        assertEq(_mostDebt(marc), FLOOR - 10_00);
        assertEq(_mostDebt(lea), FLOOR + 10_00);
        _pays(omar, lea, 10_00);
        _takesBack(marc, lea, 10_00);
        assertEq(circle.memberOf(lea).vouchedFor, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotVouched.selector, marc, lea, 0));
        _takesBack(marc, lea, 1);
        vm.expectRevert(IMutualCredit.MutualCredit_NoAmount.selector);
        _takesBack(marc, lea, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotVouched.selector, lea, marc, 0));
        _takesBack(lea, marc, 1);
    }

    function test_AVouchIsTakenBackByItsVoucherAlone() public {
        _vouches(marc, lea, 40_00);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, marc));
        vm.prank(lea);
        circle.unvouch(marc, lea, 40_00, 0, "");
    }

    function test_WhatIsLentOnIsInUse() public {
        _limits(lea, 0, CEILING);
        _vouches(marc, lea, 40_00);
        _vouches(lea, nora, 40_00);
        assertEq(_mostDebt(lea), 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_VouchInUse.selector, lea));
        _takesBack(marc, lea, 1);
        _takesBack(lea, nora, 40_00);
        _takesBack(marc, lea, 40_00);
    }

    /// @dev Four who vouch for each other in a ring, as much as they can, twice round.
    function test_ARingOfVouchersGainsNothing() public {
        address[4] memory ring = [lea, marc, nora, omar];
        for (uint256 i; i < 8; ++i) {
            (address voucher, address member) = (ring[i % 4], ring[(i + 1) % 4]);
            _vouches(voucher, member, _mostDebt(voucher));
        }
        uint256 sum;
        for (uint256 i; i < 4; ++i) {
            sum += _mostDebt(ring[i]);
        }
        assertEq(sum, 4 * FLOOR);
    }

    function testFuzz_TheSumOfAllLimitsStays(uint256 first, uint256 second, uint256 back) public {
        first = bound(first, 1, FLOOR);
        _vouches(marc, lea, first);
        second = bound(second, 1, FLOOR + first);
        _vouches(lea, nora, second);
        assertEq(_mostDebt(marc) + _mostDebt(lea) + _mostDebt(nora), 3 * FLOOR);
        back = bound(back, 1, second);
        _takesBack(lea, nora, back);
        assertEq(_mostDebt(marc) + _mostDebt(lea) + _mostDebt(nora), 3 * FLOOR);
    }

    function test_WhoLeavesOwingBeyondHerOwnLimit_LeavesThatToItsVouchers_ProRata() public {
        _vouches(marc, lea, 40_00);
        _vouches(nora, lea, 20_00);
        _pays(lea, omar, FLOOR + 30_01);
        _isGone(lea);
        vm.expectEmit(address(circle));
        emit IMutualCredit.VoucherCalled(marc, lea, 40_00, 20_01);
        _calls(lea, marc);
        assertEq(_balance(marc), -20_01);
        assertEq(_mostDebt(marc), FLOOR, "his limit is his own again, and he is within it");
        _calls(lea, nora);
        assertEq(_balance(nora), -10_00);
        assertEq(_balance(lea), -int256(uint256(FLOOR)));
        assertEq(circle.memberOf(lea).vouchedFor, 0);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotVouched.selector, marc, lea, 0));
        _calls(lea, marc);
    }

    function testFuzz_VouchersBearAllBeyondTheOwnLimit_InWhateverOrder(uint256 a, uint256 b, uint256 debt, bool swaps)
        public
    {
        a = bound(a, 1, FLOOR);
        b = bound(b, 1, FLOOR);
        _vouches(marc, lea, a);
        _vouches(nora, lea, b);
        debt = bound(debt, 1, FLOOR + a + b);
        _pays(lea, omar, debt);
        _isGone(lea);
        address[] memory vouchers = new address[](2);
        (vouchers[0], vouchers[1]) = swaps ? (nora, marc) : (marc, nora);
        circle.call(lea, vouchers);
        uint256 beyond = debt > FLOOR ? debt - FLOOR : 0;
        assertEq(_balance(marc) + _balance(nora), -int256(beyond));
        assertApproxEqAbs(uint256(-_balance(marc)), beyond * a / (a + b), 1);
        assertEq(_balance(lea) + _balance(marc) + _balance(nora) + _balance(omar), 0);
    }

    function test_WhoLeavesWithinHerOwnLimit_CostsItsVouchersNothing() public {
        _vouches(marc, lea, 40_00);
        _pays(lea, omar, FLOOR);
        _isGone(lea);
        _calls(lea, marc);
        assertEq(_balance(marc), 0);
        assertEq(_mostDebt(marc), FLOOR);
    }

    function test_AVoucherWhoLeft_VouchesNoMore_AndHisMemberIsOnlyKeptFromOwingMore() public {
        _vouches(marc, lea, 40_00);
        _pays(lea, omar, FLOOR + 40_00);
        _isGone(marc);
        _calls(lea, marc);
        assertEq(_balance(lea), -int256(uint256(FLOOR)) - 40_00);
        assertEq(_mostDebt(lea), FLOOR);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        _pays(lea, omar, 1);
        _pays(omar, lea, 40_00);
    }

    function test_NoVoucherIsCalledOfWhoIsThere_OrLeftTooLately() public {
        _vouches(marc, lea, 40_00);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        _calls(lea, marc);
        _isGone(lea);
        vm.warp(block.timestamp - 1);
        vm.expectRevert(abi.encodeWithSelector(IMutualCredit.MutualCredit_NotGone.selector, lea));
        _calls(lea, marc);
        vm.warp(block.timestamp + 1);
        _calls(lea, marc);
    }

    function test_VouchesFollowTheirPeopleToTheirNewKeys_UnderTheNamesTheyWereMade() public {
        _vouches(marc, lea, 40_00);
        _pays(lea, omar, FLOOR + 40_00);
        address her = _recovered(lea, "lea again");
        address his = _recovered(marc, "marc again");
        assertEq(_mostDebt(her), FLOOR + 40_00);
        assertEq(_balance(her), -int256(uint256(FLOOR)) - 40_00);
        assertEq(circle.memberOf(her).vouchedFor, 40_00);
        _pays(omar, her, 10_00);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, his));
        vm.prank(marc);
        circle.unvouch(marc, lea, 1, 0, "");
        vm.prank(his);
        circle.unvouch(marc, lea, 10_00, 0, "");
        _isGone(her);
        _calls(lea, marc);
        assertEq(_balance(his), -29_00, "for she had earned some of it");
    }

    function _takesBack(address voucher, address member, uint256 amount) private {
        vm.prank(voucher);
        circle.unvouch(voucher, member, amount, 0, "");
    }
}
