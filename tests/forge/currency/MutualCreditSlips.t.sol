// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "contracts/access/interfaces/ISlipActs.sol";
import {ICreditSlips} from "contracts/currency/interfaces/ICreditSlips.sol";
import {IMutualCredit} from "contracts/currency/interfaces/IMutualCredit.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {MutualCreditFixture} from "tests/forge/currency/MutualCreditFixture.sol";
import {OwnedWallet} from "tests/forge/support/OwnedWallet.sol";

/// @title What a signature is worth: one act in one circle, once, until its deadline, on one chain
contract MutualCreditSlipsTest is MutualCreditFixture {
    /// @dev Lea's five slips.
    enum Act {
        Pay,
        Mix,
        Cancel,
        Vouch,
        Unvouch
    }

    uint256 private constant ACTS = 5;
    uint256 private constant NONCE = 7;
    uint256 private _deadline;

    function setUp() public {
        _found();
        _deadline = block.timestamp + 1 hours;
        _vouches(lea, marc, 10_00);
    }

    function test_EachIsPostedByAnyone_InTime() public {
        for (uint256 i; i < ACTS; ++i) {
            uint256 before = vm.snapshotState();
            vm.warp(_deadline);
            _posts(Act(i), _deadline, _signed(lea, _slipOf(Act(i))), "");
            vm.revertToState(before);
        }
        _posts(Act.Pay, _deadline, _signed(lea, _slipOf(Act.Pay)), "");
        assertEq(_balance(lea), -10_00);
        _posts(Act.Vouch, _deadline, _signed(lea, _slipOf(Act.Vouch)), "");
        assertEq(circle.vouchOf(lea, marc), 20_00);
        _posts(Act.Unvouch, _deadline, _signed(lea, _slipOf(Act.Unvouch)), "");
        assertEq(circle.vouchOf(lea, marc), 10_00);
    }

    function test_NoneServesWithAnothersSignature_NorWithNone() public {
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea);
        for (uint256 i; i < ACTS; ++i) {
            bytes32 slip = _slipOf(Act(i));
            _posts(Act(i), _deadline, _signed(stranger, slip), refusal);
            _posts(Act(i), _deadline, _signed(omar, slip), refusal);
            _posts(Act(i), _deadline, "", refusal);
            _posts(Act(i), _deadline, hex"00", refusal);
        }
    }

    function test_NoneServesInAnotherCircle_OnAnotherChain_OrForAnotherAct() public {
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea);
        for (uint256 i; i < ACTS; ++i) {
            bytes32 slip = _slipOf(Act(i));
            _posts(Act(i), _deadline, _signedIn(_elsewhere(), lea, slip), refusal);
            _posts(Act(i), _deadline, _signedIn(_otherChain(), lea, slip), refusal);
            _posts(Act((i + 1) % ACTS), _deadline, _signed(lea, slip), refusal);
        }
    }

    function test_NoneServesPastItsDeadline_OrUnderAnother() public {
        for (uint256 i; i < ACTS; ++i) {
            bytes memory signature = _signed(lea, _slipOf(Act(i)));
            bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea);
            _posts(Act(i), _deadline + 1, signature, refusal);
            uint256 now_s = block.timestamp;
            vm.warp(_deadline + 1);
            refusal = abi.encodeWithSelector(ISlipActs.SlipActs_SlipExpired.selector, _deadline);
            _posts(Act(i), _deadline, signature, refusal);
            vm.warp(now_s);
        }
    }

    function test_NoneServesTwice_AndPaymentsOfBothKindsShareTheirNonces() public {
        bytes memory used = abi.encodeWithSelector(ICreditSlips.MutualCredit_SlipUsed.selector, lea, NONCE);
        for (uint256 i; i < 3; ++i) {
            uint256 before = vm.snapshotState();
            _posts(Act(i), _deadline, _signed(lea, _slipOf(Act(i))), "");
            assertTrue(circle.slipUsed(lea, NONCE));
            for (uint256 j; j < 3; ++j) {
                _posts(Act(j), _deadline, _signed(lea, _slipOf(Act(j))), used);
            }
            vm.revertToState(before);
        }
        for (uint256 i = 3; i < ACTS; ++i) {
            bytes32 slip = _slipOf(Act(i));
            _posts(Act(i), _deadline, _signed(lea, slip), "");
            bytes memory spent = abi.encodeWithSelector(ISlipActs.SlipActs_SlipSpent.selector, slip);
            _posts(Act(i), _deadline, _signed(lea, slip), i == 3 ? spent : _notVouched(spent));
        }
    }

    function test_NothingOfAPaymentIsChanged() public {
        ICreditSlips.CreditSlip memory slip = _slip(lea, omar, 10_00, NONCE);
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea);
        slip.to = marc;
        _refuses(slip, refusal);
        slip.to = omar;
        slip.amount = 10_01;
        _refuses(slip, refusal);
        slip.amount = 10_00;
        slip.ref = "other";
        _refuses(slip, refusal);
        slip.ref = "invoice";
        slip.nonce = NONCE + 1;
        _refuses(slip, refusal);
        slip.nonce = NONCE;
        slip.from = marc;
        _refuses(slip, abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, marc));
        slip.from = lea;
        circle.payBySlip(slip);
    }

    function test_NothingOfAMixedPaymentIsChanged() public {
        ICreditSlips.MixedSlip memory slip = _mixedSlip(lea, omar, 50_00, 10_00, NONCE);
        slip.mostCredit_cents = 50_00;
        _refusesMixed(slip);
        slip.mostCredit_cents = 10_00;
        slip.amount_cents = 49_00;
        _refusesMixed(slip);
        slip.amount_cents = 50_00;
        slip.to = marc;
        _refusesMixed(slip);
        slip.to = omar;
        slip.ref = "other";
        _refusesMixed(slip);
        slip.ref = "invoice";
        slip.nonce = NONCE + 1;
        _refusesMixed(slip);
        slip.nonce = NONCE;
        circle.payMixedBySlip(slip);
    }

    function test_NothingOfAVouchIsChanged() public {
        bytes memory signature = _signed(lea, _slipOf(Act.Vouch));
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea);
        vm.expectRevert(refusal);
        circle.vouch(lea, nora, 10_00, _deadline, signature);
        vm.expectRevert(refusal);
        circle.vouch(lea, marc, 10_01, _deadline, signature);
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, nora));
        circle.vouch(nora, marc, 10_00, _deadline, signature);
    }

    function testFuzz_ANonceServesOnce_WhereverItIsKept(uint256 nonce, uint256 other) public {
        vm.assume(nonce != other);
        circle.payBySlip(_slip(lea, omar, 1, nonce));
        assertTrue(circle.slipUsed(lea, nonce));
        assertFalse(circle.slipUsed(lea, other));
        assertFalse(circle.slipUsed(omar, nonce));
        ICreditSlips.CreditSlip memory slip = _slip(lea, omar, 2, nonce);
        _refuses(slip, abi.encodeWithSelector(ICreditSlips.MutualCredit_SlipUsed.selector, lea, nonce));
        circle.payBySlip(_slip(lea, omar, 1, other));
        assertEq(_balance(lea), -2);
    }

    function test_ASlipIsCancelledByItsPayerAlone() public {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea));
        vm.prank(omar);
        circle.cancelSlip(lea, NONCE, 0, "");
        vm.expectEmit(address(circle));
        emit ICreditSlips.CreditSlipCancelled(lea, NONCE);
        vm.prank(lea);
        circle.cancelSlip(lea, NONCE, 0, "");
        bytes memory used = abi.encodeWithSelector(ICreditSlips.MutualCredit_SlipUsed.selector, lea, NONCE);
        _refuses(_slip(lea, omar, 1, NONCE), used);
    }

    function test_ABadSlipOfABatchIsNamed_AndHoldsBackNoOther() public {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](4);
        slips[0] = _slip(lea, omar, 10_00, 0);
        slips[1] = _slip(lea, omar, FLOOR, 1);
        slips[2] = _slip(marc, omar, 20_00, 0);
        slips[2].amount = 21_00;
        slips[3] = _slip(nora, omar, 30_00, 0);
        bytes memory floor = abi.encodeWithSelector(
            IMutualCredit.MutualCredit_BelowFloor.selector,
            lea,
            FLOOR,
            FLOOR - 20_00 // and she vouches for Marc
        );
        vm.expectEmit(address(circle));
        emit ICreditSlips.CreditSlipRefused(1, lea, 1, floor);
        vm.expectEmit(address(circle));
        emit ICreditSlips.CreditSlipRefused(
            2, marc, 0, abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, marc)
        );
        vm.prank(stranger);
        assertEq(circle.payBatch(slips), 2);
        assertEq(_balance(omar), 40_00);
        assertFalse(circle.slipUsed(lea, 1));
    }

    function test_ABatchPromisesEachSlipItsGas_OrPostsNone() public {
        ICreditSlips.CreditSlip[] memory slips = new ICreditSlips.CreditSlip[](2);
        (slips[0], slips[1]) = (_slip(lea, omar, 1, 0), _slip(marc, omar, 1, 0));
        vm.expectRevert(abi.encodeWithSelector(ICreditSlips.MutualCredit_OutOfGas.selector, 1));
        circle.payBatch{gas: 310_000}(slips);
        vm.expectRevert(abi.encodeWithSelector(ICreditSlips.MutualCredit_OutOfGas.selector, 0));
        circle.payBatch{gas: 290_000}(slips);
    }

    function test_ASmartAccountPaysByItsOwnersSignature() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        address wallet = address(new OwnedWallet(owner));
        keys[wallet] = key;
        _enrol(Kind.Citizen, wallet);
        ICreditSlips.CreditSlip memory slip = _slip(wallet, omar, 10_00, 0);
        slip.signature = _signed(stranger, _hashOf(slip));
        _refuses(slip, abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, wallet));
        circle.payBySlip(_slip(wallet, omar, 10_00, 0));
        assertEq(_balance(wallet), -10_00);
    }

    function test_TheKeyThatWasLostSignsNothingAnyMore() public {
        address key = _recovered(lea, "lea again");
        _deadline = block.timestamp;
        ICreditSlips.CreditSlip memory slip = _slip(lea, omar, 1, NONCE);
        _refuses(slip, abi.encodeWithSelector(IMutualCredit.MutualCredit_BelowFloor.selector, lea, 1, 0));
        bytes memory refusal = abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, key);
        _posts(Act.Vouch, _deadline, _signed(lea, _slipOf(Act.Vouch)), refusal);
        _posts(Act.Unvouch, _deadline, _signed(lea, _slipOf(Act.Unvouch)), refusal);
        _posts(Act.Vouch, _deadline, _signed(key, _slipOf(Act.Vouch)), "");
        circle.payBySlip(_slip(key, omar, 1, NONCE));
    }

    function _slipOf(Act act) private view returns (bytes32) {
        if (act == Act.Pay) {
            return keccak256(abi.encode(PAYMENT, lea, omar, 10_00, bytes32("invoice"), NONCE, _deadline));
        }
        if (act == Act.Mix) {
            return keccak256(abi.encode(MIXED, lea, omar, 50_00, 10_00, bytes32("invoice"), NONCE, _deadline));
        }
        if (act == Act.Cancel) return keccak256(abi.encode(CANCEL, lea, NONCE, _deadline));
        return keccak256(abi.encode(act == Act.Vouch ? VOUCH : UNVOUCH, lea, marc, 10_00, _deadline));
    }

    function _callOf(Act act, uint256 deadline, bytes memory signature) private view returns (bytes memory) {
        if (act == Act.Pay) {
            ICreditSlips.CreditSlip memory slip =
                ICreditSlips.CreditSlip(lea, omar, 10_00, "invoice", NONCE, deadline, signature);
            return abi.encodeCall(circle.payBySlip, (slip));
        }
        if (act == Act.Mix) {
            ICreditSlips.MixedSlip memory slip =
                ICreditSlips.MixedSlip(lea, omar, 50_00, 10_00, "invoice", NONCE, deadline, signature);
            return abi.encodeCall(circle.payMixedBySlip, (slip));
        }
        if (act == Act.Cancel) return abi.encodeCall(circle.cancelSlip, (lea, NONCE, deadline, signature));
        if (act == Act.Vouch) return abi.encodeCall(circle.vouch, (lea, marc, 10_00, deadline, signature));
        return abi.encodeCall(circle.unvouch, (lea, marc, 10_00, deadline, signature));
    }

    function _posts(Act act, uint256 deadline, bytes memory signature, bytes memory refusal) private {
        vm.prank(stranger);
        (bool done, bytes memory reason) = address(circle).call(_callOf(act, deadline, signature));
        assertEq(done, refusal.length == 0, vm.toString(uint256(act)));
        assertEq(reason, refusal);
    }

    /// @dev Of the unvouch that was posted something is left to take back, and its slip is spent.
    function _notVouched(bytes memory spent) private view returns (bytes memory) {
        assertEq(circle.vouchOf(lea, marc), 10_00);
        return spent;
    }

    function _refuses(ICreditSlips.CreditSlip memory slip, bytes memory refusal) private {
        vm.expectRevert(refusal);
        circle.payBySlip(slip);
    }

    function _refusesMixed(ICreditSlips.MixedSlip memory slip) private {
        vm.expectRevert(abi.encodeWithSelector(ISlipActs.SlipActs_NotSignedBy.selector, lea));
        circle.payMixedBySlip(slip);
    }
}
