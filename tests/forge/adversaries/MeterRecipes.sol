// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Falsity} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {ClearingRecipes} from "tests/forge/adversaries/ClearingRecipes.sol";
import {SmallPeriod, SmallPeriods} from "tests/forge/adversaries/SmallPeriods.sol";

/// @title How the acts on meters succeed, and how what Rita states falsely is refuted: it stands for what is true
abstract contract MeterRecipes is ClearingRecipes {
    function setUp() public virtual override {
        super.setUp();
        address at = address(meters);
        _add(at, IMeters.install.selector, _installOne);
        _add(at, IMeters.remove.selector, _remove);
        _add(at, IMeters.commit.selector, _commitReadings);
        _add(at, IMeters.refuteHeader.selector, _refuteHeader);
        _add(at, IMeters.refuteColumn.selector, _refuteColumn);
        _add(at, IMeters.refuteTwice.selector, _refuteTwice);
        _add(at, IMeters.refuteReading.selector, _refuteReading);
        _add(at, IMeters.refutePoint.selector, _refutePoint);
        _add(at, IMeters.refuteSum.selector, _refuteSum);
        _add(at, IMeters.refuteColumnSum.selector, _refuteColumnSum);
        _add(at, IMeters.refuteTotal.selector, _refuteTotal);
        _add(at, IMeters.refuteRange.selector, _refuteRange);
        _add(at, IMeters.refuteOrder.selector, _refuteOrder);
        _add(at, IMeters.refuteAllocation.selector, _refuteAllocation);
        _add(at, IMeters.refuteLast.selector, _refuteLast);

        _addSlip("a meter", at, _installBySlip);
        _addSlip("a meter's end", at, _removeBySlip);
        _addSlip("readings", at, _commitReadingsBySlip);
    }

    /// @dev An operation with the meters of the newcomer and of Rita, who is the agent of both.
    function _metered() private returns (Operation memory own) {
        own = _ownOperation(address(meters));
        own.draws = _install(own.op, own.payer, rita, SmallPeriods.DRAWS);
        own.injects = _install(own.op, own.payee, rita, SmallPeriods.INJECTS);
    }

    /// @dev By the newcomer, whose agent Sam is and signed.
    function _installOne() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_ownOperation(address(meters)), block.timestamp + 1 days);
        bytes memory signature = _installSlip(own.op, sam, own.payer, sam, SmallPeriods.DRAWS, deadline);
        return _ofParty(own.payer, _installCall(own, deadline, "", signature));
    }

    function _installBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_ownOperation(address(meters)), block.timestamp + 1 days);
        bytes memory members = _installSlip(own.op, own.payer, own.payer, sam, SmallPeriods.DRAWS, deadline);
        bytes memory agents = _installSlip(own.op, sam, own.payer, sam, SmallPeriods.DRAWS, deadline);
        return _ofAnyone(_installCall(own, deadline, members, agents));
    }

    function _installCall(Operation memory own, uint256 deadline, bytes memory members, bytes memory agents)
        private
        returns (bytes memory call)
    {
        call = abi.encodeCall(
            IMeters.install,
            (
                own.op,
                own.payer,
                "salt",
                sam,
                SmallPeriods.WATT_HOUR,
                SmallPeriods.DRAWS,
                periodStart,
                deadline,
                members,
                agents
            )
        );
        _stands(own.op, street.op);
        _stands(_word(own.payer), _word(alice));
        _stands(_word(sam), _word(agent));
    }

    /// @dev By the newcomer, her own agent.
    function _remove() private returns (Act memory) {
        Operation memory own = _ownOperation(address(meters));
        bytes32 id = _install(own.op, own.payer, own.payer, SmallPeriods.DRAWS);
        bytes memory theirs = abi.encodeCall(IMeters.remove, (street.op, street.draws, 0, ""));
        return _ofParty(own.payer, _alike(abi.encodeCall(IMeters.remove, (own.op, id, 0, "")), theirs));
    }

    function _removeBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_metered(), block.timestamp + 1 days);
        bytes32 typeHash = _ofTerms("Remove(Terms terms,bytes32 id,uint256 deadline)");
        bytes memory slip = abi.encode(typeHash, own.op, own.draws, deadline);
        bytes memory signature = _signSlip(own.payer, "Meters", address(meters), keccak256(slip));
        return _ofAnyone(abi.encodeCall(IMeters.remove, (own.op, own.draws, deadline, signature)));
    }

    function _commitReadings() private returns (Act memory) {
        (Operation memory own, uint32 next) = (_metered(), _number() + 1);
        return _ofParty(rita, _alike(_commitCall(own, next, 0, ""), _commitCall(street, next, 0, "")));
    }

    function _commitReadingsBySlip() private returns (Act memory) {
        (Operation memory own, uint256 deadline) = (_metered(), block.timestamp + 1 days);
        return _ofAnyone(_commitCall(own, FIRST, deadline, _commitSlip(own, rita, FIRST, deadline)));
    }

    /// @dev Rita states one thing falsely, under the number of what was true of the street.
    function _refute(Falsity falsity) private returns (Act memory) {
        Operation memory own = _metered();
        _commitTo(own, SECOND, rita);
        _advance(own, SECOND);
        SmallPeriod memory period = _truth(own, SECOND);
        SmallPeriods.spoil(period, falsity, _paper());
        IClearing.Statement memory statement = _billOf(own, period, DEBIT);
        vm.prank(rita);
        clearing.state(own.op, statement, 0, "");
        return _ofAnyone(_alike(SmallPeriods.refutation(period, falsity), _againstTruth(falsity)));
    }

    /// @dev The call that would show what is false, of the street's second statement, which is true.
    function _againstTruth(Falsity falsity) internal view returns (bytes memory) {
        SmallPeriod memory period = _truth(street, SECOND);
        _billOf(street, period, DEBIT);
        return SmallPeriods.refutation(period, falsity);
    }

    function _refuteHeader() private returns (Act memory) {
        return _refute(Falsity.Header);
    }

    function _refuteColumn() private returns (Act memory) {
        return _refute(Falsity.Column);
    }

    function _refuteTwice() private returns (Act memory) {
        return _refute(Falsity.Twice);
    }

    function _refuteReading() private returns (Act memory) {
        return _refute(Falsity.Reading);
    }

    function _refutePoint() private returns (Act memory) {
        return _refute(Falsity.Point);
    }

    function _refuteSum() private returns (Act memory) {
        return _refute(Falsity.Sum);
    }

    function _refuteColumnSum() private returns (Act memory) {
        return _refute(Falsity.ColumnSum);
    }

    function _refuteTotal() private returns (Act memory) {
        return _refute(Falsity.Total);
    }

    function _refuteRange() private returns (Act memory) {
        return _refute(Falsity.Range);
    }

    function _refuteOrder() private returns (Act memory) {
        return _refute(Falsity.Order);
    }

    function _refuteAllocation() private returns (Act memory) {
        return _refute(Falsity.Allocation);
    }

    function _refuteLast() private returns (Act memory) {
        return _refute(Falsity.Last);
    }
}
