// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Meters} from "contracts/flows/Meters.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Allocation, Cell, Claim, Column, Header, Total} from "contracts/flows/interfaces/PeriodTypes.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";
import {Trees} from "tests/forge/flows/Trees.sol";
import {PeriodBook} from "tests/forge/harness/PeriodBook.sol";

/// @title A period of the street: what its meters read, what its organiser publishes and states
/// @dev What is published may be altered before it is stated. Trees are planted here as docs/energy-format.md says.
abstract contract PeriodFixture is ClearingFixture {
    /// @param committed the nodes of each column's tree, as its agent committed to it
    struct Period {
        PeriodBook.Readings readings;
        Cell[] cells;
        Total[] totals;
        Allocation[] allocations;
        Column[] columns;
        bytes32[][] committed;
        Claim claim;
        bytes32[] cellNodes;
        bytes32[] totalNodes;
        bytes32[] allocationNodes;
        bytes32[] columnNodes;
    }

    string internal constant INSTALL =
        "Install(Terms terms,address member,bytes32 salt,address agent,uint8 unit,uint8 kind,uint40 since,uint256 deadline)";
    uint256 internal constant NONE = type(uint256).max;
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;
    uint32 internal constant JANUARY = 1;
    uint16 internal constant STEP_S = 900;
    uint8 internal constant WATT_HOUR = 1;
    uint8 internal constant DRAWS = 1;
    uint8 internal constant INJECTS = 2;

    Meters internal meters;
    PeriodBook internal book;
    address internal agent;
    uint32 internal month = JANUARY; // which is published

    function _foundMeters() internal {
        _found();
        meters = Meters(deployCode("Meters.sol:Meters", abi.encode(clearing, residents)));
        book = PeriodBook(deployCode("PeriodBook.sol:PeriodBook", ""));
        agent = _keyed("agent");
        refuter = address(meters);
        op = clearing.open(_terms());
    }

    /// @dev Nothing is read yet: every reading is 0, its blinding its place and one.
    function _blank(uint256 consumers, uint256 producers, uint256 steps, uint256 slots)
        internal
        pure
        returns (Period memory period)
    {
        PeriodBook.Readings memory readings = period.readings;
        uint256 columns = consumers + producers;
        (readings.consumers, readings.columns, readings.steps, readings.slots) = (consumers, columns, steps, slots);
        readings.wh = new uint256[](columns * steps);
        readings.blindings = new uint256[](columns * steps);
        readings.slotOf = new uint256[](steps);
        for (uint256 p; p < columns * steps; ++p) {
            readings.blindings[p] = p + 1;
        }
    }

    /// @dev Three consumers and a producer; five steps, in two of three slots; none, some and all is shared.
    function _street() internal pure returns (Period memory period) {
        period = _blank(3, 1, 5, 3);
        uint256[5][4] memory wh = [
            [uint256(100), 0, 7, 300, 250],
            [uint256(50), 0, 9, 300, 250],
            [uint256(0), 0, 4, 1, 100],
            [uint256(0), 70, 13, 900, 500]
        ];
        for (uint256 p; p < 20; ++p) {
            period.readings.wh[p] = wh[p / 5][p % 5];
        }
        (period.readings.slotOf[1], period.readings.slotOf[3]) = (2, 2);
    }

    /// @dev What is true of the readings; each meter installed, each agent's root committed.
    function _reckon(Period memory period) internal {
        PeriodBook.Readings memory readings = period.readings;
        (period.cells, period.totals, period.allocations) = book.reckon(readings);
        period.columns = new Column[](readings.columns);
        period.committed = new bytes32[][](readings.columns);
        for (uint256 i; i < readings.columns; ++i) {
            bytes32[] memory leaves = new bytes32[](readings.steps);
            for (uint256 t; t < readings.steps; ++t) {
                leaves[t] = keccak256(abi.encode(t, period.cells[i * readings.steps + t].reading));
            }
            period.committed[i] = Trees.plant(leaves);
            uint8 kind = i < readings.consumers ? DRAWS : INJECTS;
            bytes32 id = _installed(string.concat("member ", vm.toString(i)), kind);
            period.columns[i] = Column(id, kind, period.committed[i][0]);
            _commit(id, _start(readings.steps), readings.steps, period.columns[i].root);
        }
    }

    function _reckonedStreet() internal returns (Period memory period) {
        period = _street();
        _reckon(period);
    }

    /// @dev A meter of a member's that counts since a month ago.
    function _installed(string memory name, uint8 kind) internal returns (bytes32 id) {
        address member = _keyed(name);
        uint40 since = uint40(block.timestamp - 30 days);
        bytes memory signature = _signedFor(member, _installSlip(member, kind, since));
        vm.prank(agent);
        return meters.install(op, member, "salt", agent, WATT_HOUR, kind, since, block.timestamp, signature, "");
    }

    function _commit(bytes32 id, uint40 start, uint256 steps, bytes32 root) internal {
        IMeters.Root[] memory roots = new IMeters.Root[](1);
        roots[0] = IMeters.Root(id, root);
        vm.prank(agent);
        meters.commit(op, JANUARY, start, STEP_S, uint16(steps), roots, 0, "");
    }

    /// @dev The period ended at founding, which is now.
    function _start(uint256 steps) internal pure returns (uint40) {
        return uint40(FOUNDED_AT - steps * STEP_S);
    }

    /// @dev Plants the trees over what is to be published.
    function _publish(Period memory period) internal view {
        period.cellNodes = Trees.plant(_cellLeaves(period));
        period.totalNodes = Trees.plant(_totalLeaves(period));
        period.allocationNodes = Trees.plant(_allocationLeaves(period));
        period.columnNodes = Trees.plant(_columnLeaves(period));
        PeriodBook.Readings memory readings = period.readings;
        Header memory header = period.claim.header;
        (header.op, header.period, header.start, header.step_s) = (op, month, _start(readings.steps), STEP_S);
        (header.steps, header.consumers) = (uint16(readings.steps), uint16(readings.consumers));
        (header.columns, header.slots) = (uint16(readings.columns), uint16(readings.slots));
        (header.columnsRoot, header.cellsRoot) = (period.columnNodes[0], period.cellNodes[0]);
        (header.allocationsRoot, period.claim.totalsRoot) = (period.allocationNodes[0], period.totalNodes[0]);
    }

    /// @dev The organiser states what is published, of this period.
    function _state(Period memory period, uint32 number) internal returns (bytes32 statementHash) {
        _january();
        IClearing.Statement memory statement = _statement(number);
        Claim memory claim = period.claim;
        (statement.readingsRoot, statement.totalsRoot) = (keccak256(abi.encode(claim.header)), claim.totalsRoot);
        (claim.number, claim.linesHash) = (statement.number, statement.linesHash);
        (claim.n, claim.uriHash) = (statement.n, keccak256(bytes(statement.uri)));
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
        return clearing.hashStatement(statement);
    }

    function _publishAndState(Period memory period) internal returns (bytes32 statementHash) {
        _publish(period);
        return _state(period, JANUARY);
    }

    function _isVoid() internal view returns (bool) {
        return clearing.statusOf(op) == IClearing.Status.Void;
    }

    function _installSlip(address member, uint8 kind, uint40 since) internal view returns (bytes32) {
        bytes memory what = abi.encode(_ofTerms(INSTALL), op, member, bytes32("salt"), agent, WATT_HOUR, kind, since);
        return keccak256(bytes.concat(what, abi.encode(block.timestamp)));
    }

    function _signedFor(address who, bytes32 slip) internal view returns (bytes memory) {
        return _signedIn(_domain("Meters", address(meters)), who, slip);
    }

    function _cellLeaves(Period memory period) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](period.cells.length);
        for (uint256 p; p < leaves.length; ++p) {
            leaves[p] = keccak256(abi.encode(period.cells[p]));
        }
    }

    function _totalLeaves(Period memory period) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](period.totals.length);
        for (uint256 t; t < leaves.length; ++t) {
            leaves[t] = keccak256(abi.encode(period.totals[t]));
        }
    }

    function _allocationLeaves(Period memory period) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](period.allocations.length);
        for (uint256 q; q < leaves.length; ++q) {
            leaves[q] = keccak256(abi.encode(period.allocations[q]));
        }
    }

    function _columnLeaves(Period memory period) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](period.columns.length);
        for (uint256 i; i < leaves.length; ++i) {
            leaves[i] = keccak256(abi.encode(period.columns[i]));
        }
    }
}
