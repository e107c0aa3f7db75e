// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IClearing} from "contracts/flows/interfaces/IClearing.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {ClearingFixture} from "tests/forge/flows/ClearingFixture.sol";

/// @title The dearest statement that the contract takes: all but the organiser owe, contest and are short
/// forge-config: default.isolate = true
contract ClearingMostLinesTest is ClearingFixture {
    uint256 private constant MOST = 450;

    function test_ThoughNobodySells_TheMostLinesAreSettledInOneTransaction() public {
        _foundStreet();
        address[] memory accounts = new address[](MOST - 1);
        uint256[] memory amounts_cents = new uint256[](MOST - 1);
        uint256 step = uint256(uint160(organiser)) / MOST;
        for (uint256 i; i < MOST - 1; ++i) {
            accounts[i] = address(uint160(step * (i + 1) - uint256(keccak256(abi.encode(i))) % step));
            amounts_cents[i] = 1_00;
        }
        vm.prank(registrar);
        residents.enrol(Kind.Citizen, accounts, new bytes32[](0));
        vm.prank(treasurer);
        currency.issueBatch(accounts, amounts_cents, "street");
        for (uint256 i; i < accounts.length; ++i) {
            vm.startPrank(accounts[i]);
            currency.approve(address(clearing), 1_00);
            clearing.deposit(op, accounts[i], CAP, 1_00);
            vm.stopPrank();
            lines.push(IClearing.Line(accounts[i], 2_00));
        }
        lines.push(IClearing.Line(organiser, -2_00 * int64(uint64(accounts.length))));
        IClearing.Statement memory statement = _stated(1);
        for (uint256 i; i < accounts.length; ++i) {
            _contested(accounts[i]);
        }
        _windowPasses();
        clearing.settle(op, statement, lines);
        assertLt(vm.lastCallGas().gasTotalUsed, 1 << 24); // EIP-7825
    }
}
