// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Meters} from "contracts/flows/Meters.sol";
import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {IMeters} from "contracts/flows/interfaces/IMeters.sol";
import {Claim, Column} from "contracts/flows/interfaces/PeriodTypes.sol";
import {Point} from "contracts/vote/Point.sol";
import {RefutationCalls} from "tests/forge/flows/RefutationCalls.sol";
import {Trees} from "tests/forge/flows/Trees.sol";

/// @title The library's own periods (tests/vectors/energy.json, made by tests/vectors/make_energy.py), true and false,
/// as the contract reads them
contract EnergyVectorsTest is RefutationCalls {
    string private constant VECTORS = "tests/vectors/energy.json";

    function setUp() public {
        _foundMeters();
        month = 7;
    }

    // Read in calls of their own, whose memory goes with them: each takes a megabyte.
    function number(string calldata at) external view returns (uint256) {
        return vm.parseJsonUint(vm.readFile(VECTORS), at);
    }

    function word(string calldata at) external view returns (bytes32) {
        return vm.parseJsonBytes32(vm.readFile(VECTORS), at);
    }

    function account(string calldata at) external view returns (address) {
        return vm.parseJsonAddress(vm.readFile(VECTORS), at);
    }

    function exists(string calldata at) external view returns (bool) {
        return vm.keyExistsJson(vm.readFile(VECTORS), at);
    }

    function text(string calldata at) external view returns (string memory) {
        return vm.parseJsonString(vm.readFile(VECTORS), at);
    }

    function blob(string calldata at) external view returns (bytes memory) {
        return vm.parseJsonBytes(vm.readFile(VECTORS), at);
    }

    function numbers(string calldata at) external view returns (uint256[] memory) {
        return vm.parseJsonUintArray(vm.readFile(VECTORS), at);
    }

    function blobs(string calldata at) external view returns (bytes[] memory) {
        return vm.parseJsonBytesArray(vm.readFile(VECTORS), at);
    }

    function test_TheLibraryCommitsToTheSamePoints() public {
        vm.pauseGasMetering();
        uint256 count;
        string memory at = ".commitments[0]";
        for (; this.exists(at); at = string.concat(".commitments[", vm.toString(++count), "]")) {
            Point memory point = book.commit(_mod(string.concat(at, ".value")), _mod(string.concat(at, ".blinding")));
            assertEq(abi.encode(point), this.blob(string.concat(at, ".point")));
        }
        assertGt(count, 5);
    }

    function test_TheLibraryReckonsTheSameOfTheSameReadings() public {
        vm.pauseGasMetering();
        string[4] memory small = [".periods[1]", ".periods[2]", ".periods[3]", ".periods[4]"];
        for (uint256 i; i < small.length; ++i) {
            _reckonsAlike(small[i]);
        }
    }

    function test_TheLibrarysTruePeriodIsRefutedByNobody() public {
        vm.pauseGasMetering();
        Period memory period = _foundCourt(".periods[2]");
        _publishAs(period, ".periods[2]");
        _stateAs(".periods[2]");
        (period.claim.number, period.claim.linesHash, period.claim.n) =
        (
            uint32(this.number(".periods[2].statement.number")),
            this.word(".periods[2].statement.linesHash"),
            uint32(this.number(".periods[2].statement.n"))
        );
        period.claim.uriHash = keccak256(bytes(this.text(".periods[2].statement.uri")));
        assertFalse(_tryAll(period));
        // Had it been another's statement, nothing would have been tried.
        period.claim.header.slots = 0;
        vm.expectPartialRevert(IClearing.Clearing_OtherStatement.selector);
        _do(_headerCall(period));
    }

    function test_TheLibrarysFalsitiesAreRefutedAsTheLibrarySays() public {
        vm.pauseGasMetering();
        _foundCourt(".periods[1]");
        uint256 before = vm.snapshotState();
        uint256 refuted;
        string memory at = ".false[0]";
        for (uint256 i; this.exists(at); at = string.concat(".false[", vm.toString(++i), "]")) {
            if (!this.exists(string.concat(at, ".calldata"))) continue;
            _stateAs(at);
            _do(this.blob(string.concat(at, ".calldata")));
            assertTrue(_isVoid(), at);
            vm.revertToState(before);
            ++refuted;
        }
        assertGt(refuted, 24);
    }

    function _reckonsAlike(string memory at) private {
        Period memory period = _read(at);
        (period.cells, period.totals, period.allocations) = book.reckon(period.readings);
        period.columns = new Column[](period.readings.columns);
        for (uint256 i; i < period.columns.length; ++i) {
            string memory meter = string.concat(at, ".meters[", vm.toString(i), "]");
            period.columns[i] = Column(
                this.word(string.concat(meter, ".id")),
                this.number(string.concat(meter, ".kind")),
                this.word(string.concat(meter, ".root"))
            );
            assertEq(_agentsRoot(period, i), period.columns[i].root);
        }
        bytes[] memory cells = this.blobs(string.concat(at, ".cells"));
        assertEq(cells.length, period.cells.length);
        for (uint256 p; p < cells.length; ++p) {
            assertEq(cells[p], abi.encode(period.cells[p]), at);
        }
        _publish(period);
        assertEq(period.claim.header.columnsRoot, this.word(string.concat(at, ".roots.columns")));
        assertEq(period.claim.header.cellsRoot, this.word(string.concat(at, ".roots.cells")));
        assertEq(period.claim.totalsRoot, this.word(string.concat(at, ".roots.totals")));
        assertEq(period.claim.header.allocationsRoot, this.word(string.concat(at, ".roots.allocations")));
        _publishAs(period, at);
        assertEq(keccak256(abi.encode(period.claim.header)), this.word(string.concat(at, ".statement.readingsRoot")));
        assertEq(clearing.hashStatement(_statementAs(at)), this.word(string.concat(at, ".statement.hash")));
    }

    /// @dev What was read, by column.
    function _read(string memory at) private view returns (Period memory period) {
        string memory header = string.concat(at, ".header[");
        uint256 columns = this.number(string.concat(header, "6]"));
        uint256 consumers = this.number(string.concat(header, "5]"));
        uint256 steps = this.number(string.concat(header, "4]"));
        period = _blank(consumers, columns - consumers, steps, this.number(string.concat(header, "7]")));
        for (uint256 i; i < columns; ++i) {
            string memory meter = string.concat(at, ".meters[", vm.toString(i), "]");
            uint256[] memory wh = this.numbers(string.concat(meter, ".readings"));
            uint256[] memory blindings = this.numbers(string.concat(meter, ".blindings"));
            for (uint256 t; t < steps; ++t) {
                (period.readings.wh[i * steps + t], period.readings.blindings[i * steps + t]) = (wh[t], blindings[t]);
            }
        }
        uint256[] memory slotOf = _slots(at, steps);
        period.readings.slotOf = slotOf;
    }

    /// @dev The tariff's slots, as the file's totals have them.
    function _slots(string memory at, uint256 steps) private view returns (uint256[] memory slotOf) {
        string memory file = this.text(string.concat(at, ".file"));
        slotOf = new uint256[](steps);
        for (uint256 t; t < steps; ++t) {
            slotOf[t] = vm.parseJsonUint(file, string.concat(".totals[", vm.toString(t), "][0]"));
        }
    }

    /// @dev The operation of a period at the library's address, its meters installed, their roots committed.
    function _foundCourt(string memory at) private returns (Period memory period) {
        refuter = this.account(".meters");
        deployCodeTo("Meters.sol:Meters", abi.encode(clearing, residents), 0, refuter);
        meters = Meters(refuter);
        organiser = this.account(string.concat(at, ".terms.organiser"));
        op = clearing.open(
            IClearing.Terms({
                organiser: organiser,
                arbiter: this.account(string.concat(at, ".terms.arbiter")),
                refuter: refuter,
                contest_h: uint16(this.number(string.concat(at, ".terms.contest_h"))),
                rule_h: uint16(this.number(string.concat(at, ".terms.rule_h"))),
                rulesHash: this.word(string.concat(at, ".terms.rulesHash"))
            })
        );
        assertEq(op, this.word(string.concat(at, ".op")));
        period = _read(at);
        (period.cells, period.totals, period.allocations) = book.reckon(period.readings);
        vm.warp(this.number(string.concat(at, ".header[2]")) + 30 days);
        agent = this.account(string.concat(at, ".meters[0].agent"));
        // Nobody here has the agent's key: its account says yes to whatever is asked.
        vm.mockCall(agent, abi.encodeWithSelector(0x1626ba7e), abi.encode(bytes4(0x1626ba7e)));
        period.columns = new Column[](period.readings.columns);
        period.committed = new bytes32[][](period.readings.columns);
        for (uint256 i; i < period.columns.length; ++i) {
            _installAs(period, i, at, string.concat(at, ".meters[", vm.toString(i), "]"));
        }
    }

    function _installAs(Period memory period, uint256 i, string memory at, string memory meter) private {
        address member = this.account(string.concat(meter, ".member"));
        uint8 kind = uint8(this.number(string.concat(meter, ".kind")));
        bytes32 salt = this.word(string.concat(meter, ".salt"));
        uint40 since = uint40(this.number(string.concat(meter, ".since")));
        vm.prank(member);
        bytes32 id = meters.install(op, member, salt, agent, WATT_HOUR, kind, since, block.timestamp, "", "yes");
        assertEq(id, this.word(string.concat(meter, ".id")));
        period.columns[i] = Column(id, kind, _agentsRoot(period, i));
        _commitAs(IMeters.Root(id, this.word(string.concat(meter, ".root"))), period, string.concat(at, ".header["));
    }

    function _commitAs(IMeters.Root memory root, Period memory period, string memory header) private {
        IMeters.Root[] memory roots = new IMeters.Root[](1);
        roots[0] = root;
        uint40 start = uint40(this.number(string.concat(header, "2]")));
        uint16 step_s = uint16(this.number(string.concat(header, "3]")));
        vm.prank(agent);
        meters.commit(op, month, start, step_s, uint16(period.readings.steps), roots, 0, "");
    }

    function _agentsRoot(Period memory period, uint256 i) private pure returns (bytes32) {
        uint256 steps = period.readings.steps;
        bytes32[] memory leaves = new bytes32[](steps);
        for (uint256 t; t < steps; ++t) {
            leaves[t] = keccak256(abi.encode(t, period.cells[i * steps + t].reading));
        }
        if (period.committed.length == 0) period.committed = new bytes32[][](period.readings.columns);
        period.committed[i] = Trees.plant(leaves);
        return period.committed[i][0];
    }

    /// @dev The header as the library has it.
    function _publishAs(Period memory period, string memory at) private view {
        _publish(period);
        string memory header = string.concat(at, ".header[");
        Claim memory claim = period.claim;
        claim.header.op = this.word(string.concat(at, ".op"));
        claim.header.start = uint40(this.number(string.concat(header, "2]")));
        claim.header.step_s = uint16(this.number(string.concat(header, "3]")));
    }

    /// @dev Two statements came before.
    function _stateAs(string memory at) private {
        vm.startPrank(organiser);
        for (uint32 number = 1; number < 3; ++number) {
            IClearing.Statement memory before = _statementAs(at);
            before.number = number;
            clearing.state(op, before, 0, "");
            clearing.retract(op, clearing.hashStatement(before), 0, "");
        }
        clearing.state(op, _statementAs(at), 0, "");
        vm.stopPrank();
    }

    function _statementAs(string memory at) private view returns (IClearing.Statement memory) {
        string memory said = string.concat(at, ".statement");
        return IClearing.Statement({
            number: uint32(this.number(string.concat(said, ".number"))),
            period: uint32(this.number(string.concat(said, ".period"))),
            linesHash: this.word(string.concat(said, ".linesHash")),
            n: uint32(this.number(string.concat(said, ".n"))),
            readingsRoot: this.word(string.concat(said, ".readingsRoot")),
            totalsRoot: this.word(string.concat(said, ".totalsRoot")),
            uri: this.text(string.concat(said, ".uri"))
        });
    }

    /// @dev A number that may be below zero, mod N.
    function _mod(string memory at) private view returns (uint256) {
        string memory value = this.text(at);
        if (bytes(value)[0] != "-") return vm.parseUint(value);
        return N - vm.parseUint(vm.replace(value, "-", ""));
    }
}
