// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "../vote/Point.sol";
import {Secp256k1} from "../vote/Secp256k1.sol";
import {Allocation, Cell, Claim, Column, Header, Total} from "./interfaces/PeriodTypes.sol";

/// @title When what is published of a period is true
/// @notice Commitments are Pedersen's ("Non-interactive and information-theoretic secure verifiable secret sharing",
/// CRYPTO 1991): c·G + r·H on secp256k1. Wherever a point is added to another, coordinates are compared; a multiple,
/// and an opening, by address (`ecrecover`): docs/energy-soundness.md says what this leaves.
///
/// What these functions answer of points that are none means nothing: a statement that has one is false by that alone.
library Periods {
    /// @dev x = keccak256("Beffroi/flows/H" ‖ uint8 0), the first that some point has; of its two, the one with even y.
    uint256 internal constant HX = 0xb8f3ea9f8317888502fd0b47f9bf52e66a4bccb8186da48fe79fffa688fcb484;
    uint256 internal constant HY = 0x7de4ad69584483889f1a1d98837dde0d2576e2ad0abedf31e9a499d6c48cbde2;
    uint256 internal constant NONE = type(uint256).max;
    uint256 internal constant DRAWS = 1;
    uint256 internal constant INJECTS = 2;
    uint256 internal constant WATT_HOUR = 1;

    bytes32 private constant STATEMENT_TYPEHASH = keccak256(
        "Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,string uri)"
    );
    uint256 private constant MOST_STEPS = 9_000; // a month of five minutes
    uint256 private constant MOST_COLUMNS = 512;
    uint256 private constant MOST_SLOTS = 32;
    uint256 private constant MOST_CELLS = 1 << 20;

    /// @notice The statement's hash, as `Clearing` has it.
    function statementHash(Claim calldata claim, uint32 period) internal pure returns (bytes32) {
        bytes32 readingsRoot = keccak256(abi.encode(claim.header));
        return keccak256(
            abi.encode(
                STATEMENT_TYPEHASH,
                claim.number,
                period,
                claim.linesHash,
                claim.n,
                readingsRoot,
                claim.totalsRoot,
                claim.uriHash
            )
        );
    }

    /// @notice Whether a header is within its bounds, and its time is over.
    function isSound(Header calldata header) internal view returns (bool) {
        (uint256 steps, uint256 columns, uint256 slots) = (header.steps, header.columns, header.slots);
        return steps != 0 && steps <= MOST_STEPS && columns != 0 && columns <= MOST_COLUMNS
            && header.consumers <= columns && steps * columns <= MOST_CELLS && slots != 0 && slots <= MOST_SLOTS
            && header.step_s >= 300 && header.step_s <= 3600 && endOf(header) <= block.timestamp;
    }

    /// @notice Unix seconds of when the last step is over.
    function endOf(Header calldata header) internal pure returns (uint256) {
        return uint256(header.start) + uint256(header.steps) * header.step_s;
    }

    /// @notice What kind a column has by its place.
    function kindOf(Header calldata header, uint256 place) internal pure returns (uint256) {
        return place < header.consumers ? DRAWS : INJECTS;
    }

    /// @notice k of a step: ⌊2³² · min(injected, drawn) / what the kind has⌋, 0 where it has nothing.
    function coefficientOf(Total calldata total, uint256 kind) internal pure returns (uint256) {
        (uint256 injected, uint256 drawn) = (total.injected_wh, total.drawn_wh);
        uint256 whole = kind == DRAWS ? drawn : injected;
        return whole == 0 ? 0 : ((injected < drawn ? injected : drawn) << 32) / whole;
    }

    /// @notice Whether value·G + blinding·H is the point, infinity included.
    /// @dev `ecrecover` refuses nothing here but infinity: G's x and H's are below N, and neither factor is 0.
    function opens(Point calldata point, uint256 value, uint256 blinding) internal view returns (bool) {
        bool isInfinity = point.x | point.y == 0;
        if (value | blinding == 0) return isInfinity;
        address sum = blinding == 0
            ? Secp256k1.linearCombination(value, Secp256k1.GX, Secp256k1.GY, 0)
            : Secp256k1.linearCombination(blinding, HX, HY, value);
        return sum == (isInfinity ? address(0) : Secp256k1.toAddress(point.x, point.y));
    }

    /// @notice Whether a sum is the one before it and k times the reading.
    function isSum(Point calldata sum, Point memory before, uint256 k, Point calldata reading)
        internal
        view
        returns (bool)
    {
        (uint256 x, uint256 y) = Secp256k1.negate(before.x, before.y);
        (x, y) = Secp256k1.addExact(sum.x, sum.y, x, y);
        if (k == 0 || x | y == 0) return k == 0 && x | y == 0;
        return Secp256k1.isLinearCombination(k, reading.x, reading.y, 0, Secp256k1.toAddress(x, y));
    }

    /// @notice Whether a sum is the one before it and the reading.
    function isNext(Point calldata sum, Point memory before, Point calldata reading) internal view returns (bool) {
        (uint256 x, uint256 y) = Secp256k1.addExact(before.x, before.y, reading.x, reading.y);
        return sum.x == x && sum.y == y;
    }

    /// @notice Whether a cell has points only: a reading that can be multiplied, sums that may be infinity.
    function hasPoints(Cell calldata cell) internal pure returns (bool) {
        return cell.reading.x < Secp256k1.N && Secp256k1.isOnCurve(cell.reading.x, cell.reading.y) && _isPoint(cell.sum)
            && _isPoint(cell.columnSum);
    }

    /// @notice Whether a total is within its bounds, and its previous step before it.
    function isWithin(Total calldata total, uint256 step, uint256 slots) internal pure returns (bool) {
        return total.slot < slots && (total.previous == NONE || total.previous < step)
            && (total.injected_wh | total.drawn_wh) >> 48 == 0 && total.injectedBlinding < Secp256k1.N
            && total.drawnBlinding < Secp256k1.N;
    }

    /// @notice Whether an allocation is within its bounds: nothing where its slot has no step.
    function isWithin(Allocation calldata allocation, uint256 steps) internal pure returns (bool) {
        if (allocation.last == NONE) return allocation.value | allocation.blinding == 0;
        return allocation.last < steps && allocation.value >> 96 == 0 && allocation.blinding < Secp256k1.N;
    }

    /// @notice Whether it may be, as far as this step shows, that `latest` is the latest of a slot: of all steps, or of
    /// those before another, which this one is then before.
    function agrees(uint256 latest, uint256 slot, uint256 step, uint256 slotOfStep) internal pure returns (bool) {
        if (step == latest) return slotOfStep == slot;
        return slotOfStep != slot || (latest != NONE && step < latest);
    }

    function leafOf(Column calldata column) internal pure returns (bytes32) {
        return keccak256(abi.encode(column));
    }

    function leafOf(Cell calldata cell) internal pure returns (bytes32) {
        return keccak256(abi.encode(cell));
    }

    function leafOf(Total calldata total) internal pure returns (bytes32) {
        return keccak256(abi.encode(total));
    }

    function leafOf(Allocation calldata allocation) internal pure returns (bytes32) {
        return keccak256(abi.encode(allocation));
    }

    /// @notice The leaf of a step under the root that an agent commits to.
    function leafOf(uint256 step, Point calldata reading) internal pure returns (bytes32) {
        return keccak256(abi.encode(step, reading));
    }

    function _isPoint(Point calldata point) private pure returns (bool) {
        return point.x | point.y == 0 || Secp256k1.isOnCurve(point.x, point.y);
    }
}
