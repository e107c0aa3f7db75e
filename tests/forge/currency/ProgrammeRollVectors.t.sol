// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Programmes} from "contracts/currency/Programmes.sol";
import {IProgrammes} from "contracts/currency/interfaces/IProgrammes.sol";
import {ProgrammesFixture} from "tests/forge/currency/ProgrammesFixture.sol";

/// @title The contract spends by the roll, the keys and the slips that the library makes (tests/programmes)
contract ProgrammeRollVectorsTest is ProgrammesFixture {
    string private _vectors = vm.readFile("tests/vectors/programme-roll.json");

    function test_EveryKeyOfTheLibrarysRollSpends() public {
        _found();
        address where = vm.parseJsonAddress(_vectors, ".contract");
        deployCodeTo("Programmes.sol:Programmes", abi.encode(currency, residents), 0, where);
        (programmes, sponsor) = (Programmes(where), vm.parseJsonAddress(_vectors, ".sponsor"));
        programme = vm.parseJsonBytes32(_vectors, ".programme");
        assertEq(programmes.nameOf(sponsor, "food"), programme);
        IProgrammes.Terms memory terms = _terms();
        (terms.unit_cents, terms.total) = (0, 300_00);
        terms.root = vm.parseJsonBytes32(_vectors, ".root");
        _open(terms);

        address[] memory listed = vm.parseJsonAddressArray(_vectors, ".keys");
        uint256[] memory units = vm.parseJsonUintArray(_vectors, ".units");
        uint256[] memory secrets = vm.parseJsonUintArray(_vectors, ".secrets");
        for (uint256 i; i < listed.length; ++i) {
            assertEq(vm.addr(secrets[i]), listed[i]);
            keys[listed[i]] = secrets[i];
            IProgrammes.Place[] memory places = new IProgrammes.Place[](1);
            bytes32[] memory proof = vm.parseJsonBytes32Array(_vectors, string.concat(".proofs[", vm.toString(i), "]"));
            places[0] = IProgrammes.Place(listed[i], i, uint32(units[i]), proof);
            programmes.spend(programme, _slip(listed[i], grocer, uint32(units[i]), 0), places);
        }
        assertEq(_books().spent, 300_00);
        assertEq(_books().claimed, 300_00);
    }

    function test_TheLibrarysSlipsAreHashedAlike() public {
        _found();
        bytes32 of_ = vm.parseJsonBytes32(_vectors, ".programme");
        IProgrammes.Spend memory spent = IProgrammes.Spend({
            holder: vm.parseJsonAddress(_vectors, ".spend.holder"),
            merchant: vm.parseJsonAddress(_vectors, ".spend.merchant"),
            units: uint32(vm.parseJsonUint(_vectors, ".spend.units")),
            nonce: uint16(vm.parseJsonUint(_vectors, ".spend.nonce")),
            deadline: uint40(vm.parseJsonUint(_vectors, ".spend.deadline")),
            signature: ""
        });
        bytes32 spendHash = programmes.hashSpend(of_, spent);
        uint32 given = uint32(vm.parseJsonUint(_vectors, ".refund"));
        assertEq(spendHash, vm.parseJsonBytes32(_vectors, ".spend.hash"));
        assertEq(programmes.fundPurpose(of_), vm.parseJsonBytes32(_vectors, ".fundPurpose"));
        assertEq(programmes.refundPurpose(spendHash, given), vm.parseJsonBytes32(_vectors, ".refundPurpose"));
    }
}
