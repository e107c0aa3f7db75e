// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title What clearing costs, transaction by transaction, under its ceilings
/// forge-config: default.isolate = true
contract ClearingGasTest is ClearingFixture {
    uint256 private constant MOST_IN_A_TRANSACTION = 1 << 24; // EIP-7825

    function setUp() public {
        _foundStreet();
    }

    function test_JoiningAndPayingStaysUnderItsCeilings() public {
        bytes32 salt = keccak256("salt");
        _deposits(lea, salt);
        _under("join and pay", 115_000);
        _deposits(lea, bytes32(uint256(salt) ^ 1));
        _under("pay again", 75_000);
        _deposits(lea, keccak256("other salt"));
        _under("pay again, in another word of nonces", 92_000);
    }

    function test_StatingStaysUnderItsCeiling() public {
        _january();
        IClearing.Statement memory statement = _statement(202601);
        bytes32 typeHash = _ofStatement("State(Terms terms,Statement statement,uint256 deadline)");
        uint256 deadline = block.timestamp;
        bytes32 slip = keccak256(abi.encode(typeHash, op, clearing.hashStatement(statement), deadline));
        bytes memory signature = _signed(organiser, slip);
        uint256 before = vm.snapshotState();
        vm.prank(stranger);
        clearing.state(op, statement, deadline, signature);
        _under("state, by slip", 84_000);
        vm.revertToState(before);
        vm.prank(organiser);
        clearing.state(op, statement, 0, "");
        _under("state", 84_000);
        bytes32 statementHash = clearing.hashStatement(statement);
        vm.prank(ines);
        clearing.contest(op, statementHash, ines, "reason", 0, "");
        _under("contest", 55_000);
        _windowPasses();
        _settle(statement);
        _stated(202602);
        _under("state, a later period", 67_000);
    }

    function test_SettlingStaysUnderItsCeilingForEachMember() public {
        _settles(17, 11_000);
        _settles(64, 9_100);
        _settles(200, 8_600);
    }

    function test_ThoughEverybodyContests_TheMostLinesAreSettledInOneTransaction() public {
        address[] memory members = _members(450);
        vm.prank(treasurer);
        currency.issue(organiser, 20_000_00, "loan");
        _deposit(organiser, 0, 20_000_00);
        IClearing.Statement memory statement = _bills(members, 25_00);
        bytes32 statementHash = clearing.operationOf(op).statementHash;
        for (uint256 i; i < members.length; ++i) {
            if (members[i] == organiser) continue;
            vm.prank(members[i]);
            clearing.contest(op, statementHash, members[i], "reason", 0, "");
        }
        _windowPasses();
        clearing.settle(op, statement, lines);
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        assertEq(_held(members[0]), 20_00, "and all are short");
        console.log("settle 450 lines, all contested", gas);
        vm.snapshotValue("Clearing", "settle 450 lines, all contested", gas);
        assertLt(gas, MOST_IN_A_TRANSACTION);
    }

    function _settles(uint256 n, uint256 ceiling) private {
        uint256 before = vm.snapshotState();
        IClearing.Statement memory statement = _bills(_members(n), 1_00);
        _windowPasses();
        clearing.settle(op, statement, lines);
        uint256 gas = vm.lastCallGas().gasTotalUsed / n;
        string memory name = string.concat("settle a month, each of ", vm.toString(n));
        console.log(name, gas);
        vm.snapshotValue("Clearing", name, gas);
        assertLe(gas, ceiling, name);
        vm.revertToState(before);
    }

    /// @dev A month in which one in ten sells and each of the others owes so much; the organiser is paid the rest.
    function _bills(address[] memory members, int64 owed_cents) private returns (IClearing.Statement memory) {
        delete lines;
        int64 sum_cents;
        for (uint256 i; i < members.length - 1; ++i) {
            int64 amount_cents = i % 10 == 9 ? -4 * owed_cents : owed_cents;
            sum_cents += amount_cents;
            lines.push(IClearing.Line(members[i], amount_cents));
        }
        lines.push(IClearing.Line(organiser, -sum_cents));
        return _stated(1);
    }

    /// @dev So many by increasing address, the organiser last, each with money in the operation.
    function _members(uint256 n) private returns (address[] memory members) {
        members = new address[](n);
        uint256 step = uint256(uint160(organiser)) / n;
        _enrolAll(members, step);
        for (uint256 i; i < n - 1; ++i) {
            vm.startPrank(members[i]);
            currency.approve(address(clearing), 20_00);
            clearing.deposit(op, members[i], CAP, 20_00);
            vm.stopPrank();
        }
        _deposit(organiser, 0, 600_00);
    }

    function _enrolAll(address[] memory members, uint256 step) private {
        uint256 n = members.length;
        address[] memory accounts = new address[](n - 1);
        uint256[] memory amounts_cents = new uint256[](n - 1);
        for (uint256 i; i < n - 1; ++i) {
            accounts[i] = members[i] = address(uint160(step * (i + 1) - uint256(keccak256(abi.encode(i))) % step));
            amounts_cents[i] = 20_00;
        }
        members[n - 1] = organiser;
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, accounts, new bytes32[](0));
        vm.prank(treasurer);
        currency.issueBatch(accounts, amounts_cents, "street");
    }

    function _deposits(address member, bytes32 salt) private {
        bytes memory signature = _depositSlip(op, member, CAP, 25_00, salt);
        vm.prank(stranger);
        clearing.depositBySlip(op, member, CAP, 25_00, 0, type(uint256).max, salt, signature);
    }

    function _under(string memory what, uint256 ceiling) private {
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        console.log(what, gas);
        vm.snapshotValue("Clearing", what, gas);
        assertLe(gas, ceiling, what);
    }
}
