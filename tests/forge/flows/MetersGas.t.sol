// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Allocation, Cell, Column, Header, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";

/// @title What meters and refutations cost, transaction by transaction, in a month of 88 meters and 2,976 quarter-hours
/// @dev 261,888 cells: of each tree only the leaves that are shown exist, under made-up siblings. As a receipt says:
/// with calldata at its floor (EIP-7623), which is what a refutation costs.
/// forge-config: default.isolate = true
contract MetersGasTest is RefutationCalls {
    uint256 private constant STEPS = 2_976;
    uint256 private constant COLUMNS = 88;
    uint256 private constant CONSUMERS = 80;
    uint256 private constant CELLS = COLUMNS * STEPS;
    uint256 private constant SLOTS = 4;

    bytes32[] private _siblings;

    function setUp() public {
        _foundMeters();
    }

    function test_AFalseStepOfAQuarterOfAMillionIsRefutedUnderItsCeiling() public {
        _sum("refute a sum, the steps side by side", 40, 1_500, 1_499);
        _sum("refute a sum, a day between the steps", 40, 1_500, 1_404);
        // Their ways meet at the root.
        _sum("refute a sum, at its worst", 43, 2_975, 0);
        _sum("refute a slot's first sum", 40, 1_500, NONE);
    }

    function test_EveryOtherRefutationIsUnderTheSameCeiling() public {
        Period memory period = _period();
        Header memory header = period.claim.header;
        (uint256 i, uint256 t) = (40, 1_500);
        uint256 p = i * STEPS + t;
        Cell memory cell = _cell(1);
        Cell memory other = _cell(2);
        Total memory total = _total(NONE);
        bytes32[] memory proof;
        bytes32[] memory totalProof;

        cell.sum.x = 0;
        (header.cellsRoot, proof) = _fold(CELLS, p, keccak256(abi.encode(cell)));
        _measure(period, "refute a point", abi.encodeCall(IMeters.refutePoint, (period.claim, i, t, cell, proof)));

        cell = _cell(1);
        (header.cellsRoot, proof) =
            _foldPair(CELLS, p, keccak256(abi.encode(cell)), p - STEPS, keccak256(abi.encode(other)));
        _measure(
            period,
            "refute a column sum",
            abi.encodeCall(IMeters.refuteColumnSum, (period.claim, i, t, cell, other, proof))
        );

        p = (CONSUMERS - 1) * STEPS + t;
        (header.cellsRoot, proof) = _fold(CELLS, p, keccak256(abi.encode(cell)));
        (period.claim.totalsRoot, totalProof) = _fold(STEPS, t, keccak256(abi.encode(total)));
        _measure(
            period,
            "refute a total",
            abi.encodeCall(IMeters.refuteTotal, (period.claim, t, DRAWS, total, totalProof, cell, proof))
        );
        total.slot = 99;
        (period.claim.totalsRoot, totalProof) = _fold(STEPS, t, keccak256(abi.encode(total)));
        _measure(
            period,
            "refute a total out of bounds",
            abi.encodeCall(IMeters.refuteRange, (period.claim, t, total, totalProof))
        );
    }

    function test_RefutingWhatIsReadIsUnderTheSameCeiling() public {
        Period memory period = _period();
        Header memory header = period.claim.header;
        (uint256 i, uint256 t) = (40, 1_500);
        Cell memory cell = _cell(1);
        Column memory column = Column(keccak256("id"), DRAWS, 0);
        bytes32[] memory proof;
        bytes32[] memory cellProof;
        bytes32[] memory leafProof;
        bytes32 leaf = keccak256("leaf");

        (column.root, leafProof) = _fold(STEPS, t, leaf);
        (header.columnsRoot, proof) = _fold(COLUMNS, i, keccak256(abi.encode(column)));
        (header.cellsRoot, cellProof) = _fold(CELLS, i * STEPS + t, keccak256(abi.encode(cell)));
        _measure(
            period,
            "refute a reading",
            abi.encodeCall(IMeters.refuteReading, (period.claim, i, t, column, proof, cell, cellProof, leaf, leafProof))
        );
        _measure(period, "refute a column", abi.encodeCall(IMeters.refuteColumn, (period.claim, i, column, proof)));
        (header.columnsRoot, proof) =
            _foldPair(COLUMNS, 3, keccak256(abi.encode(column)), 70, keccak256(abi.encode(column)));
        _measure(
            period,
            "refute a meter in two columns",
            abi.encodeCall(IMeters.refuteTwice, (period.claim, 3, column, 70, column, proof))
        );
        header.slots = 0;
        _measure(period, "refute a header", abi.encodeCall(IMeters.refuteHeader, (op, JANUARY, period.claim)));
    }

    function test_RefutingWhatIsGivenIsUnderTheSameCeiling() public {
        Period memory period = _period();
        (uint256 i, uint256 t) = (40, 1_500);
        Cell memory cell = _cell(1);
        Total memory total = _total(NONE);
        Allocation memory allocation = Allocation(2 ** 70 - 3, N - 5, t);
        bytes32[] memory proof;
        bytes32[] memory cellProof;
        bytes32[] memory totalProof;

        (period.claim.header.cellsRoot, cellProof) = _fold(CELLS, i * STEPS + t, keccak256(abi.encode(cell)));
        (period.claim.header.allocationsRoot, proof) =
            _fold(COLUMNS * SLOTS, i * SLOTS, keccak256(abi.encode(allocation)));
        _measure(
            period,
            "refute an allocation",
            abi.encodeCall(IMeters.refuteAllocation, (period.claim, i, 0, allocation, proof, cell, cellProof))
        );
        (period.claim.totalsRoot, totalProof) = _fold(STEPS, t + 9, keccak256(abi.encode(total)));
        _measure(
            period,
            "refute a last step",
            abi.encodeCall(IMeters.refuteLast, (period.claim, i, 0, allocation, proof, t + 9, total, totalProof))
        );
        Total memory earlier = _total(NONE);
        (period.claim.totalsRoot, totalProof) =
            _foldPair(STEPS, t, keccak256(abi.encode(total)), t - 9, keccak256(abi.encode(earlier)));
        _measure(
            period,
            "refute an order",
            abi.encodeCall(IMeters.refuteOrder, (period.claim, t, total, t - 9, earlier, totalProof))
        );
    }

    function test_MetersAndTheirCommitmentsStayUnderTheirCeilings() public {
        IMeters.Root[] memory roots = new IMeters.Root[](64);
        for (uint256 i; i < 64; ++i) {
            roots[i] = IMeters.Root(_installed(string.concat("home ", vm.toString(i)), DRAWS), keccak256(abi.encode(i)));
            if (i == 0) _under("install a meter", 110_000);
        }
        _commit(roots[0].id, _start(STEPS), STEPS, "root");
        _under("commit to a meter's readings", 75_000);
        _commit(roots[0].id, _start(STEPS), STEPS, "other");
        _under("commit to them anew", 58_000);
        vm.prank(agent);
        meters.commit(op, 2, _start(STEPS), STEP_S, uint16(STEPS), roots, 0, "");
        uint256 used = vm.lastCallGas().gasTotalUsed / 64;
        console.log("commit to 64 meters' readings, each", used);
        vm.snapshotValue("Meters", "commit to 64 meters' readings, each", used);
        assertLe(used, 33_000);
        vm.prank(agent);
        meters.remove(op, roots[0].id, 0, "");
        _under("remove a meter", 42_000);
    }

    function _sum(string memory name, uint256 i, uint256 t, uint256 previous) private {
        Period memory period = _period();
        Cell memory cell = _cell(1);
        Cell memory before;
        bytes32[] memory proof;
        if (previous == NONE) {
            (period.claim.header.cellsRoot, proof) = _fold(CELLS, i * STEPS + t, keccak256(abi.encode(cell)));
        } else {
            before = _cell(2);
            (bytes32 leaf, bytes32 other) = (keccak256(abi.encode(cell)), keccak256(abi.encode(before)));
            (period.claim.header.cellsRoot, proof) = _foldPair(CELLS, i * STEPS + t, leaf, i * STEPS + previous, other);
        }
        Total memory total = _total(previous);
        bytes32[] memory totalProof;
        (period.claim.totalsRoot, totalProof) = _fold(STEPS, t, keccak256(abi.encode(total)));
        _measure(
            period,
            name,
            abi.encodeCall(IMeters.refuteSum, (period.claim, i, t, total, totalProof, cell, before, proof))
        );
    }

    function _measure(Period memory period, string memory name, bytes memory call) private {
        _state(period, JANUARY);
        call = _restated(call, period);
        vm.prank(stranger);
        (bool done,) = address(meters).call(call);
        assertTrue(done, name);
        _under(name, 115_000);
    }

    /// @dev The same of the claim as it was stated: number and hashes came last.
    function _restated(bytes memory call, Period memory period) private pure returns (bytes memory) {
        uint256 at = bytes4(call) == IMeters.refuteHeader.selector ? 0x44 : 0x04;
        bytes memory claim = abi.encode(period.claim);
        for (uint256 i; i < claim.length; ++i) {
            call[at + i] = claim[i];
        }
        return call;
    }

    function _period() private view returns (Period memory period) {
        Header memory header = period.claim.header;
        (header.op, header.period, header.start, header.step_s) = (op, JANUARY, _start(STEPS), STEP_S);
        (header.steps, header.consumers) = (uint16(STEPS), uint16(CONSUMERS));
        (header.columns, header.slots) = (uint16(COLUMNS), uint16(SLOTS));
        (header.columnsRoot, header.cellsRoot, header.allocationsRoot) =
        (keccak256("columns"), keccak256("cells"), keccak256("allocations"));
        period.claim.totalsRoot = keccak256("totals");
    }

    function _cell(uint256 i) private view returns (Cell memory cell) {
        (cell.reading, cell.sum, cell.columnSum) =
        (book.commit(i, N - i), book.commit(i + 9, N - 9), book.commit(i + 8, N - 8));
    }

    function _total(uint256 previous) private pure returns (Total memory) {
        return Total(0, previous, 12_345_678, N - 3, 23_456_789, N - 4);
    }

    function _under(string memory name, uint256 ceiling) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        console.log(name, used);
        vm.snapshotValue("Meters", name, used);
        assertLe(used, ceiling, name);
    }

    /// @dev The root over a leaf and made-up siblings, which are the proof.
    function _fold(uint256 n, uint256 index, bytes32 leaf) private returns (bytes32, bytes32[] memory) {
        return _climb(2 * n - 2 - index, leaf, 0, 0);
    }

    function _foldPair(uint256 n, uint256 index, bytes32 leaf, uint256 other, bytes32 otherLeaf)
        private
        returns (bytes32, bytes32[] memory)
    {
        return _climb(2 * n - 2 - index, leaf, 2 * n - 2 - other, otherLeaf);
    }

    function _climb(uint256 a, bytes32 leaf, uint256 b, bytes32 other) private returns (bytes32, bytes32[] memory) {
        delete _siblings;
        while (a + b != 0) {
            if (a < b) (a, leaf, b, other) = (b, other, a, leaf);
            bytes32 sibling = keccak256(abi.encode("sibling", a));
            if (a % 2 == 0 && b == a - 1) (sibling, b) = (other, 0);
            else _siblings.push(sibling);
            leaf = keccak256(a % 2 == 0 ? abi.encode(sibling, leaf) : abi.encode(leaf, sibling));
            a = (a - 1) / 2;
        }
        return (leaf, _siblings);
    }
}
