// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "../../vote/Point.sol";

/// @notice What is published of a period: columns, one a meter, consumers before producers; steps, of one length each;
/// slots, the tariff's, of which each step has one. A statement's readingsRoot is keccak256(abi.encode(header)).
/// @param op of the operation
/// @param period as stated
/// @param start unix seconds
/// @param step_s how long a step is, in seconds
/// @param steps how many
/// @param consumers how many columns draw
/// @param columns how many there are
/// @param slots how many the tariff has
/// @param columnsRoot of a leaf for each column
/// @param cellsRoot of a leaf for each cell: column i at step t is leaf i · steps + t
/// @param allocationsRoot of a leaf for each column and slot: column i in slot s is leaf i · slots + s
struct Header {
    bytes32 op;
    uint32 period;
    uint40 start;
    uint16 step_s;
    uint16 steps;
    uint16 consumers;
    uint16 columns;
    uint16 slots;
    bytes32 columnsRoot;
    bytes32 cellsRoot;
    bytes32 allocationsRoot;
}

/// @notice A statement as refutations name it: all that its hash has and that its header does not say.
/// @param number of the statement
/// @param linesHash as stated
/// @param n as stated
/// @param totalsRoot as stated, of a leaf for each step
/// @param uriHash keccak256(bytes(uri))
/// @param header whose hash is the statement's readingsRoot
struct Claim {
    uint32 number;
    bytes32 linesHash;
    uint32 n;
    bytes32 totalsRoot;
    bytes32 uriHash;
    Header header;
}

/// @notice Whose readings a column has.
/// @param id of the meter
/// @param kind 1 draws, 2 injects
/// @param root what its agent committed for the period
struct Column {
    bytes32 id;
    uint256 kind;
    bytes32 root;
}

/// @notice A column at a step. Infinity is (0, 0).
/// @param reading C = c·G + r·H, for c watt-hours and a blinding r
/// @param sum A = Σ k·C over the column's steps of the same slot, up to this one
/// @param columnSum B = Σ C over the columns of the same kind, up to this one
struct Cell {
    Point reading;
    Point sum;
    Point columnSum;
}

/// @notice A step over all columns.
/// @param slot the tariff's
/// @param previous the latest earlier step of the same slot; 2²⁵⁶ − 1 for none
/// @param injected_wh Σ c over producers
/// @param injectedBlinding Σ r over producers, mod N
/// @param drawn_wh Σ c over consumers
/// @param drawnBlinding Σ r over consumers, mod N
struct Total {
    uint256 slot;
    uint256 previous;
    uint256 injected_wh;
    uint256 injectedBlinding;
    uint256 drawn_wh;
    uint256 drawnBlinding;
}

/// @notice What a column is given in a slot.
/// @param value Σ k·c, in 2⁻³² watt-hours
/// @param blinding Σ k·r, mod N
/// @param last the slot's last step; 2²⁵⁶ − 1 for none, and then nothing is given
struct Allocation {
    uint256 value;
    uint256 blinding;
    uint256 last;
}

/// @notice What may be false in a statement's readings.
enum Falsity {
    Header,
    Column,
    Twice,
    Reading,
    Point,
    Sum,
    ColumnSum,
    Total,
    Range,
    Order,
    Allocation,
    Last
}
