// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {SmallPeriod} from "tests/forge/adversaries/SmallPeriods.sol";
import {IConveyance} from "contracts/land/interfaces/IConveyance.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Effect} from "tests/forge/adversaries/Bystanders.sol";
import {Insider} from "tests/forge/adversaries/Insider.sol";

/// @title How each thing is done to a bystander, at its delay, by a hand that can: everything else is a stranger's word
abstract contract Effects is Insider {
    uint256 private constant SOME = 100_00;
    uint256 private constant EVER_S = 3_650 days;

    /// @dev Tries; whether it worked. Where it takes time, it must not have worked a second earlier.
    function _attempt(Hand memory hand, Effect effect) internal returns (bool) {
        if (effect == Effect.TakeOver) return _takesOver(hand);
        if (effect == Effect.Seize) return _seizes(hand, false);
        if (effect == Effect.SeizePastGuardian) return _seizes(hand, true);
        if (effect == Effect.GiveTitle) return _givesTitle(hand);
        if (effect == Effect.EndSale) return _endsSale(hand);
        if (effect == Effect.SettleUnpaid) return _settlesUnpaid(hand);
        if (effect == Effect.EndMandate) return _endsMandate(hand);
        if (effect == Effect.CarryMoney) return _carriesMoney(hand);
        return _ofStreet(hand, effect);
    }

    function _ofStreet(Hand memory hand, Effect effect) private returns (bool) {
        if (effect == Effect.State) return _states(hand);
        uint256 had_cents = _moneyOf(alice);
        if (effect == Effect.Rule) {
            bytes memory ruling = abi.encodeCall(IClearing.rule, (street.op, FIRST, alice, uint64(DEBIT), 0, ""));
            return _callBy(hand, address(clearing), ruling, 0) && _moneyOf(alice) == had_cents - uint64(DEBIT);
        }
        if (effect == Effect.Commit) return _callBy(hand, address(meters), _commitCall(street, SECOND + 1, 0, ""), 0);
        bytes32 stated = clearing.operationOf(club.op).statementHash;
        _callBy(hand, address(clearing), abi.encodeCall(IClearing.voidStatement, (club.op, stated)), 0);
        return clearing.statusOf(club.op) == IClearing.Status.Void;
    }

    /// @dev More than Alice mandated, in place of what nobody settled: her cap is debited, after the window.
    function _states(Hand memory hand) private returns (bool) {
        vm.warp(block.timestamp + 8 days);
        uint256 had_cents = _moneyOf(alice);
        int64 debit_cents = int64(uint64(CAP)) + 1_00;
        SmallPeriod memory third = _truth(street, SECOND + 1);
        IClearing.Statement memory statement = _billOf(street, third, debit_cents);
        bytes memory says = abi.encodeCall(IClearing.state, (street.op, statement, 0, ""));
        if (!_callBy(hand, address(clearing), says, 0)) return false;
        IClearing.Line[] memory lines = _linesOf(street, debit_cents);
        bytes memory settling = abi.encodeCall(IClearing.settle, (street.op, statement, lines));
        _inTime(address(clearing), settling, uint256(CONTEST_H) * 1 hours);
        return _moneyOf(alice) == had_cents - CAP;
    }

    function _takesOver(Hand memory hand) private returns (bool) {
        bytes memory proposal = abi.encodeCall(residents.proposeRecovery, (dave, _newcomer(), DEED));
        if (!_callBy(hand, address(residents), proposal, 0)) return false;
        bytes memory recovery = abi.encodeCall(residents.recover, (dave));
        uint256 before = vm.snapshotState();
        vm.prank(dave);
        residents.vetoRecovery();
        _stopped(address(residents), recovery, EVER_S);
        vm.revertToState(before);
        _inTime(address(residents), recovery, RECOVERY_DELAY_S);
        return residents.currentKeyOf(dave) != dave;
    }

    function _seizes(Hand memory hand, bool suspended) private returns (bool) {
        uint256 had_cents = _moneyOf(dave);
        bytes memory order = abi.encodeCall(currency.seize, (dave, sam, SOME, DEED));
        if (!_callBy(hand, address(currency), order, 0)) return false;
        uint256 seizure = currency.seizures();
        bytes memory taking = abi.encodeCall(currency.carryOutSeizure, (seizure));
        if (suspended) {
            vm.prank(guardian);
            currency.suspendSeizure(seizure, DEED);
            uint256 before = vm.snapshotState();
            _stopped(address(currency), taking, EVER_S);
            vm.revertToState(before);
            bytes memory decision = abi.encodeCall(currency.resumeSeizure, (seizure, DEED));
            if (!_callBy(hand, address(currency), decision, 0)) return false;
        }
        _inTime(address(currency), taking, SEIZURE_DELAY_S);
        return _moneyOf(dave) == had_cents - SOME;
    }

    function _givesTitle(Hand memory hand) private returns (bool) {
        _callBy(hand, address(register), abi.encodeCall(register.forcedTransfer, (carol, sam, garden)), 0);
        return register.ownerOf(garden) == sam;
    }

    function _endsSale(Hand memory hand) private returns (bool done) {
        uint256 had_cents = _moneyOf(bob);
        done = _callBy(hand, address(conveyance), abi.encodeCall(IConveyance.cancelByOrder, (sale, DEED)), 0)
            || _callBy(hand, address(conveyance), abi.encodeCall(IConveyance.failCondition, (sale, 1, DEED)), 0);
        if (!done) return false;
        conveyance.refund(sale, bob);
        assertEq(_moneyOf(bob), had_cents, "a sale that ended kept the deposit");
    }

    function _endsMandate(Hand memory hand) private returns (bool) {
        uint40 endsAt = promises.mandateOf(mandate).endsAt;
        _callBy(hand, address(promises), abi.encodeCall(IPromises.endMandate, (mandate, DEED)), 0);
        return promises.mandateOf(mandate).endsAt < endsAt;
    }

    function _settlesUnpaid(Hand memory hand) private returns (bool) {
        _callBy(hand, address(currency), abi.encodeCall(currency.settle, (1, _paper())), 0);
        return currency.redemptionOf(1).owed == 0;
    }

    /// @dev To the currency that ADMIN names.
    function _carriesMoney(Hand memory hand) private returns (bool) {
        uint256 had_cents = currency.balanceOf(dave);
        if (!_callBy(hand, address(currency), abi.encodeWithSignature("pause()"), 1)) return false;
        if (!_callBy(hand, address(currency), abi.encodeCall(currency.retire, (next)), 0)) return false;
        residents.inform(next, _one(dave));
        currency.carryOver(_one(dave));
        return currency.balanceOf(dave) == 0 && next.balanceOf(dave) == had_cents;
    }

    /// @dev Anybody carries out what was announced, when its delay is over and not before.
    function _inTime(address target, bytes memory data, uint256 delay_s) private {
        vm.warp(block.timestamp + delay_s - 1);
        assertFalse(_call(stranger, target, data, 0), "before its delay was over");
        vm.warp(block.timestamp + 1);
        assertTrue(_call(stranger, target, data, 0), "though its delay was over");
    }

    /// @dev Nobody carries out what somebody stopped, for so long.
    function _stopped(address target, bytes memory data, uint256 for_s) private {
        vm.warp(block.timestamp + for_s);
        assertFalse(_call(stranger, target, data, 0), "though it was stopped");
    }
}
