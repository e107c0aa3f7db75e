// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "forge-std/Vm.sol";

import {ITill} from "contracts/currency/interfaces/ITill.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title Many spends at once: what is refused leaves the others alone; and what the chain tells of a household
contract ProgrammeBatchesTest is ProgrammesFixture {
    IProgrammes.Spend[] private _spends;
    IProgrammes.Place[] private _shown;

    function setUp() public {
        _foundAid();
    }

    function test_EachMerchantIsPaidWhatWasSpentThere() public {
        _add(amal, grocer, 10_00, 0);
        _add(bela, grocer, 20_00, 0);
        _add(cato, baker, 5_00, 0);
        _add(dina, grocer, 1_00, 0);
        assertEq(_postAll(), 4);
        assertEq(currency.balanceOf(grocer), POCKET + 31_00);
        assertEq(currency.balanceOf(baker), POCKET + 5_00);
        assertEq(_books().spent, 36_00);
        assertEq(currency.balanceOf(address(programmes)), ANNOUNCED - 36_00);
    }

    function test_WhatIsRefusedIsToldWithItsReason_AndLeavesTheOthersAlone() public {
        _add(amal, grocer, 10_00, 0);
        _add(amal, grocer, 5_00, 0);
        _add(bela, grocer, 100_01, 0);
        _add(cato, bookseller, 1_00, 0);
        _add(dina, grocer, 2_00, 0);
        vm.expectEmit(address(programmes));
        emit IProgrammes.SpendRefused(
            programme, amal, 1, abi.encodeWithSelector(IProgrammes.Programmes_NonceUsed.selector, amal, 0)
        );
        vm.expectEmit(address(programmes));
        emit IProgrammes.SpendRefused(
            programme, bela, 2, abi.encodeWithSelector(IProgrammes.Programmes_AllowanceExceeded.selector, 100_00)
        );
        vm.expectEmit(address(programmes));
        emit IProgrammes.SpendRefused(
            programme, cato, 3, abi.encodeWithSelector(IProgrammes.Programmes_NotAccredited.selector, bookseller)
        );
        assertEq(_postAll(), 2);
        assertEq(currency.balanceOf(grocer), POCKET + 12_00);
        assertEq(_holder(bela).spent, 0);
    }

    function test_AMerchantWhoCannotBePaidHoldsUpNobody() public {
        vm.prank(registrar);
        residents.suspend(baker, "paper");
        _add(amal, grocer, 10_00, 0);
        _add(bela, baker, 20_00, 0);
        _add(cato, grocer, 5_00, 0);
        vm.expectEmit(address(programmes));
        emit ITill.Credited(uint256(programme), baker, 20_00);
        assertEq(_postAll(), 3);
        assertEq(currency.balanceOf(grocer), POCKET + 15_00);
        assertEq(programmes.owedTo(baker), 20_00);
    }

    function test_AFalsePlaceRefusesTheBatch_ForItsPosterCouldTell() public {
        _add(amal, grocer, 10_00, 0);
        ++_shown[0].each;
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_NotOnRoll.selector, 0, amal, EACH + 1));
        programmes.spendBatch(programme, _spends, _shown);
    }

    function test_NobodyElseCarriesOutASpendWithoutItsPayment() public {
        IProgrammes.Spend memory spend = _slip(amal, grocer, 1, 0);
        vm.expectRevert(IProgrammes.Programmes_OnlyItself.selector);
        programmes.acceptSpend(programme, spend);
    }

    function test_AStarvedSpendIsNotTakenForARefusedOne() public {
        _add(amal, grocer, 10_00, 0);
        bool posted;
        for (uint256 gas = 100_000; !posted; gas += 10_000) {
            try programmes.spendBatch{gas: gas}(programme, _spends, _shown) returns (uint256 n) {
                assertEq(n, 1);
                posted = true;
            } catch {}
        }
        assertEq(currency.balanceOf(grocer), POCKET + 10_00);
        vm.expectRevert(abi.encodeWithSelector(IProgrammes.Programmes_OutOfGas.selector, 0));
        programmes.spendBatch{gas: 200_000}(programme, _spends, new IProgrammes.Place[](0));
    }

    function test_ASlipWithoutASignatureIsRefusedAlone() public {
        _add(amal, grocer, 10_00, 0);
        _add(bela, grocer, 10_00, 0);
        _spends[0].signature = "";
        assertEq(_postAll(), 1);
        assertEq(_holder(amal).nonces, 0);
    }

    /// @dev What is on the chain of two households is the same but for their keys: nothing tells which is which.
    function test_WhatTheChainTellsOfTwoHouseholdsIsExchangeable() public {
        uint256 before = vm.snapshotState();
        bytes memory first = _told(amal, bela);
        vm.revertToState(before);
        assertEq(first, _told(bela, amal));
    }

    function test_NeitherLogsNorSlotsNameAResidentButMerchantAndSponsor() public {
        address[] memory all = _everybody();
        vm.recordLogs();
        vm.record();
        _spend(amal, grocer, 10_00, 0);
        _spend(bela, grocer, 10_00, 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        (, bytes32[] memory writes) = vm.accesses(address(programmes));
        for (uint256 i; i < all.length; ++i) {
            bytes32 resident = bytes32(uint256(uint160(all[i])));
            for (uint256 l; l < logs.length; ++l) {
                for (uint256 t; t < logs[l].topics.length; ++t) {
                    assertNotEq(logs[l].topics[t], resident);
                }
                assertFalse(vm.contains(vm.toString(logs[l].data), vm.replace(vm.toString(all[i]), "0x", "")));
            }
            for (uint256 w; w < writes.length; ++w) {
                assertNotEq(vm.load(address(programmes), writes[w]), resident);
            }
        }
    }

    /// @dev All that two households' acts leave in logs and slots, each key by the household that it was given to.
    function _told(address one, address other) private returns (bytes memory told) {
        vm.recordLogs();
        vm.record();
        _spend(one, grocer, 10_00, 0);
        _spend(other, grocer, 20_00, 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            for (uint256 t; t < logs[i].topics.length; ++t) {
                told = bytes.concat(told, _anonymous(logs[i].topics[t], one, other));
            }
            if (logs[i].topics[0] != IProgrammes.HolderClaimed.selector) told = bytes.concat(told, logs[i].data);
        }
        told = bytes.concat(told, abi.encode(_holder(one), _holder(other)));
    }

    function _anonymous(bytes32 topic, address one, address other) private pure returns (bytes32) {
        if (topic == bytes32(uint256(uint160(one)))) return "one";
        return topic == bytes32(uint256(uint160(other))) ? bytes32("other") : topic;
    }

    function _add(address holder, address merchant, uint32 units, uint16 nonce) private {
        _spends.push(_slip(holder, merchant, units, nonce));
        IProgrammes.Place[] memory places = _places(holder);
        if (places.length != 0) _shown.push(places[0]);
    }

    function _postAll() private returns (uint256 posted) {
        vm.prank(stranger);
        return programmes.spendBatch(programme, _spends, _shown);
    }
}
