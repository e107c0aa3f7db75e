// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SlipActs} from "../access/SlipActs.sol";
import {Position} from "../records/Position.sol";
import {Point} from "../vote/Point.sol";
import {Periods} from "./Periods.sol";
import {PositionPair} from "./PositionPair.sol";
import {IClearing} from "./interfaces/IClearing.sol";
import {IMeters} from "./interfaces/IMeters.sol";
import {Allocation, Cell, Claim, Column, Falsity, Header, Total} from "./interfaces/PeriodTypes.sol";

/// @title One false step voids a statement
/// @dev Whether the statement is the operation's, open, and this contract's to void, `Clearing` checks. Places that a
/// true statement does not have are refused, or else refute one that is false by them.
abstract contract Refutations is IMeters, SlipActs {
    /// @inheritdoc IMeters
    IClearing public immutable clearing;

    constructor(IClearing clearing_) {
        clearing = clearing_;
    }

    /// @inheritdoc IMeters
    function refuteHeader(bytes32 op, uint32 period, Claim calldata claim) external {
        Header calldata header = claim.header;
        bool isTrue = header.op == op && header.period == period && Periods.isSound(header);
        _refute(op, period, claim, Falsity.Header, isTrue);
    }

    /// @inheritdoc IMeters
    function refuteColumn(Claim calldata claim, uint256 place, Column calldata column, bytes32[] calldata proof)
        external
    {
        Header calldata header = claim.header;
        _requireThere(header.columnsRoot, header.columns, place, Periods.leafOf(column), proof);
        bool isTrue = column.kind == Periods.kindOf(header, place) && _isMeters(header, column);
        _refute(claim, Falsity.Column, isTrue);
    }

    /// @inheritdoc IMeters
    function refuteTwice(
        Claim calldata claim,
        uint256 place,
        Column calldata column,
        uint256 other,
        Column calldata otherColumn,
        bytes32[] calldata proof
    ) external {
        (bytes32 root, bytes32 leaf, bytes32 otherLeaf) =
            (claim.header.columnsRoot, Periods.leafOf(column), Periods.leafOf(otherColumn));
        _requireBoth(root, claim.header.columns, place, leaf, other, otherLeaf, proof);
        _refute(claim, Falsity.Twice, column.id != otherColumn.id);
    }

    /// @inheritdoc IMeters
    function refuteReading(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Column calldata column,
        bytes32[] calldata columnProof,
        Cell calldata cell,
        bytes32[] calldata cellProof,
        bytes32 leaf,
        bytes32[] calldata leafProof
    ) external {
        Header calldata header = claim.header;
        _requireThere(header.columnsRoot, header.columns, place, Periods.leafOf(column), columnProof);
        _requireThere(column.root, header.steps, step, leaf, leafProof);
        _requireCell(header, place, step, cell, cellProof);
        _refute(claim, Falsity.Reading, leaf == Periods.leafOf(step, cell.reading));
    }

    /// @inheritdoc IMeters
    function refutePoint(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        bytes32[] calldata proof
    ) external {
        _requireCell(claim.header, place, step, cell, proof);
        _refute(claim, Falsity.Point, Periods.hasPoints(cell));
    }

    /// @inheritdoc IMeters
    function refuteSum(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Total calldata total,
        bytes32[] calldata totalProof,
        Cell calldata cell,
        Cell calldata previous,
        bytes32[] calldata proof
    ) external {
        _requireThere(claim.totalsRoot, claim.header.steps, step, Periods.leafOf(total), totalProof);
        bool isFirst = total.previous == Periods.NONE;
        if (isFirst) _requireCell(claim.header, place, step, cell, proof);
        else _requireCells(claim.header, place, step, cell, place, total.previous, previous, proof);
        uint256 k = Periods.coefficientOf(total, Periods.kindOf(claim.header, place));
        Point memory before = isFirst ? Point(0, 0) : previous.sum;
        _refute(claim, Falsity.Sum, Periods.isSum(cell.sum, before, k, cell.reading));
    }

    /// @inheritdoc IMeters
    function refuteColumnSum(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        Cell calldata before,
        bytes32[] calldata proof
    ) external {
        bool isFirst = place == 0 || place == claim.header.consumers;
        if (isFirst) _requireCell(claim.header, place, step, cell, proof);
        else _requireCells(claim.header, place, step, cell, place - 1, step, before, proof);
        Point memory sum = isFirst ? Point(0, 0) : before.columnSum;
        _refute(claim, Falsity.ColumnSum, Periods.isNext(cell.columnSum, sum, cell.reading));
    }

    /// @inheritdoc IMeters
    function refuteTotal(
        Claim calldata claim,
        uint256 step,
        uint256 kind,
        Total calldata total,
        bytes32[] calldata totalProof,
        Cell calldata cell,
        bytes32[] calldata cellProof
    ) external {
        Header calldata header = claim.header;
        require(kind == Periods.DRAWS || kind == Periods.INJECTS, Meters_UnknownKind(kind));
        _requireThere(claim.totalsRoot, header.steps, step, Periods.leafOf(total), totalProof);
        (uint256 from, uint256 to, uint256 value, uint256 blinding) = kind == Periods.DRAWS
            ? (0, header.consumers, total.drawn_wh, total.drawnBlinding)
            : (header.consumers, header.columns, total.injected_wh, total.injectedBlinding);
        bool isTrue = value | blinding == 0;
        if (from < to) {
            _requireCell(header, to - 1, step, cell, cellProof);
            isTrue = Periods.opens(cell.columnSum, value, blinding);
        }
        _refute(claim, Falsity.Total, isTrue);
    }

    /// @inheritdoc IMeters
    function refuteRange(Claim calldata claim, uint256 step, Total calldata total, bytes32[] calldata proof) external {
        _requireThere(claim.totalsRoot, claim.header.steps, step, Periods.leafOf(total), proof);
        _refute(claim, Falsity.Range, Periods.isWithin(total, step, claim.header.slots));
    }

    /// @inheritdoc IMeters
    function refuteOrder(
        Claim calldata claim,
        uint256 step,
        Total calldata total,
        uint256 earlier,
        Total calldata earlierTotal,
        bytes32[] calldata proof
    ) external {
        (bytes32 leaf, bytes32 earlierLeaf) = (Periods.leafOf(total), Periods.leafOf(earlierTotal));
        _requireBoth(claim.totalsRoot, claim.header.steps, step, leaf, earlier, earlierLeaf, proof);
        bool isTrue = earlier > step || Periods.agrees(total.previous, total.slot, earlier, earlierTotal.slot);
        _refute(claim, Falsity.Order, isTrue);
    }

    /// @inheritdoc IMeters
    function refuteAllocation(
        Claim calldata claim,
        uint256 place,
        uint256 slot,
        Allocation calldata allocation,
        bytes32[] calldata allocationProof,
        Cell calldata cell,
        bytes32[] calldata cellProof
    ) external {
        Header calldata header = claim.header;
        _requireAllocation(header, place, slot, allocation, allocationProof);
        bool isTrue = Periods.isWithin(allocation, header.steps);
        if (isTrue && allocation.last != Periods.NONE) {
            _requireCell(header, place, allocation.last, cell, cellProof);
            isTrue = Periods.opens(cell.sum, allocation.value, allocation.blinding);
        }
        _refute(claim, Falsity.Allocation, isTrue);
    }

    /// @inheritdoc IMeters
    function refuteLast(
        Claim calldata claim,
        uint256 place,
        uint256 slot,
        Allocation calldata allocation,
        bytes32[] calldata allocationProof,
        uint256 step,
        Total calldata total,
        bytes32[] calldata totalProof
    ) external {
        _requireAllocation(claim.header, place, slot, allocation, allocationProof);
        _requireThere(claim.totalsRoot, claim.header.steps, step, Periods.leafOf(total), totalProof);
        _refute(claim, Falsity.Last, Periods.agrees(allocation.last, slot, step, total.slot));
    }

    /// @dev Whether a column is what a meter's agent committed to, and the meter counts in the period.
    function _isMeters(Header calldata header, Column calldata column) internal view virtual returns (bool);

    function _refute(Claim calldata claim, Falsity falsity, bool isTrue) private {
        _refute(claim.header.op, claim.header.period, claim, falsity, isTrue);
    }

    function _refute(bytes32 op, uint32 period, Claim calldata claim, Falsity falsity, bool isTrue) private {
        require(!isTrue, Meters_NotFalse(falsity));
        bytes32 statementHash = Periods.statementHash(claim, period);

        clearing.voidStatement(op, statementHash);
        emit StatementRefuted(op, period, statementHash, falsity, msg.sender);
    }

    function _requireCell(
        Header calldata header,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        bytes32[] calldata proof
    ) private pure {
        uint256 n = uint256(header.columns) * header.steps;
        _requireThere(header.cellsRoot, n, _indexOf(header, place, step), Periods.leafOf(cell), proof);
    }

    function _requireCells(
        Header calldata header,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        uint256 otherPlace,
        uint256 otherStep,
        Cell calldata other,
        bytes32[] calldata proof
    ) private pure {
        uint256 n = uint256(header.columns) * header.steps;
        (uint256 index, uint256 otherIndex) = (_indexOf(header, place, step), _indexOf(header, otherPlace, otherStep));
        _requireBoth(header.cellsRoot, n, index, Periods.leafOf(cell), otherIndex, Periods.leafOf(other), proof);
    }

    function _requireAllocation(
        Header calldata header,
        uint256 place,
        uint256 slot,
        Allocation calldata allocation,
        bytes32[] calldata proof
    ) private pure {
        (bytes32 root, uint256 slots) = (header.allocationsRoot, header.slots);
        // Beyond the last slot is the next column's first.
        require(slot < slots, Meters_NotThere(root, slot));
        _requireThere(root, header.columns * slots, place * slots + slot, Periods.leafOf(allocation), proof);
    }

    function _requireThere(bytes32 root, uint256 n, uint256 place, bytes32 leaf, bytes32[] calldata proof)
        private
        pure
    {
        require(Position.holds(root, n, place, leaf, proof), Meters_NotThere(root, place));
    }

    function _requireBoth(
        bytes32 root,
        uint256 n,
        uint256 place,
        bytes32 leaf,
        uint256 otherPlace,
        bytes32 otherLeaf,
        bytes32[] calldata proof
    ) private pure {
        bool areThere = PositionPair.holds(root, n, place, leaf, otherPlace, otherLeaf, proof);
        require(areThere, Meters_NotThere(root, place));
    }

    function _indexOf(Header calldata header, uint256 place, uint256 step) private pure returns (uint256) {
        // Beyond the last step is the next column's first.
        require(step < header.steps, Meters_NotThere(header.cellsRoot, step));
        return place * header.steps + step;
    }
}
