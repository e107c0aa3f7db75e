// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IFacts} from "contracts/records/interfaces/IFacts.sol";
import {FactsFixture} from "tests/forge/records/FactsFixture.sol";

/// @title The library's own facts (tests/vectors/facts.json, made by tests/records/test_fact_vectors.py), as the
/// contract reads them
contract FactVectorsTest is FactsFixture {
    string private vectors = vm.readFile("tests/vectors/facts.json");

    function setUp() public {
        _found();
    }

    function test_TheLibrarysFactsHaveTheSameNames() public view {
        uint256 count;
        string memory at = ".acts[0]";
        for (; vm.keyExistsJson(vectors, at); at = string.concat(".acts[", vm.toString(++count), "]")) {
            assertEq(facts.nameOf(_fact(at)), vm.parseJsonBytes32(vectors, string.concat(at, ".id")));
        }
        assertGt(count, 3);
    }

    function test_TheLibrarysActsAreSignedAsTheContractAsks() public {
        address there = vm.parseJsonAddress(vectors, ".acts[0].file.contract");
        deployCodeTo("Facts.sol:Facts", "", 0, there);
        uint256 count;
        string memory at = ".acts[0]";
        for (; vm.keyExistsJson(vectors, at); at = string.concat(".acts[", vm.toString(++count), "]")) {
            bytes32 digest = _digest(_slip(at), there, vm.parseJsonUint(vectors, string.concat(at, ".file.chain")));
            assertEq(digest, vm.parseJsonBytes32(vectors, string.concat(at, ".digest")));
        }
        assertGt(count, 3);
    }

    function _slip(string memory at) private view returns (bytes32) {
        bytes32 name = facts.nameOf(_fact(at));
        uint32 number = uint32(_number(at, "number"));
        bytes32 source = vm.parseJsonBytes32(vectors, string.concat(at, ".file.source"));
        uint256 deadline = _number(at, "deadline");
        if (!vm.parseJsonBool(vectors, string.concat(at, ".isStated"))) {
            return _withdrawSlip(name, number, source, deadline);
        }
        int128 value = int128(vm.parseJsonInt(vectors, string.concat(at, ".value")));
        return _stateSlip(IFacts.Statement(name, number, value, uint40(_number(at, "at")), source, deadline));
    }

    function _fact(string memory at) private view returns (IFacts.Fact memory) {
        string memory fact_ = string.concat(at, ".file.fact");
        return IFacts.Fact({
            name: vm.parseJsonString(vectors, string.concat(fact_, ".name")),
            unit: vm.parseJsonString(vectors, string.concat(fact_, ".unit")),
            decimals: uint8(_number(at, "fact.decimals")),
            uri: vm.parseJsonString(vectors, string.concat(fact_, ".uri")),
            issuers: vm.parseJsonAddressArray(vectors, string.concat(fact_, ".issuers")),
            m: uint8(_number(at, "fact.m"))
        });
    }

    function _number(string memory at, string memory name) private view returns (uint256) {
        return vm.parseJsonUint(vectors, string.concat(at, ".file.", name));
    }
}
