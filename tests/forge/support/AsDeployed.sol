// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

/// @title What a test deploys is what a town deploys
/// @dev By its name alone a test would get a contract as the tests are compiled, unoptimized (foundry.toml). What a
/// measurement needs beside the town stands in tests/forge/harness, compiled as the town is.
abstract contract AsDeployed is Test {
    function deployCode(string memory artifact, bytes memory arguments) internal override returns (address) {
        return super.deployCode(_asDeployed(artifact), arguments);
    }

    function deployCodeTo(string memory artifact, bytes memory arguments, uint256 value_wei, address where)
        internal
        override
    {
        super.deployCodeTo(_asDeployed(artifact), arguments, value_wei, where);
    }

    /// @dev `forge test` compiles what tests import, as the tests are: what is deployed may be of an earlier source. It
    /// is not where it was built later: a test's own copy stays behind when other tests are compiled alone.
    function _asDeployed(string memory artifact) internal view returns (string memory path) {
        string memory stem = string.concat("build/forge/", vm.replace(artifact, ":", "/"));
        path = string.concat(stem, ".json");
        string memory asTested = string.concat(stem, ".tests.json");
        require(
            vm.exists(path) && (!_isNewer(asTested, path) || _sources(path) == _sources(asTested)),
            string.concat(artifact, " is not built of these sources: run `forge build`, or `make test-forge`")
        );
    }

    function _isNewer(string memory path, string memory than) private view returns (bool) {
        return vm.exists(path) && vm.fsMetadata(path).modified > vm.fsMetadata(than).modified;
    }

    function _sources(string memory path) private view returns (bytes32) {
        return keccak256(vm.parseJson(vm.readFile(path), ".metadata.sources"));
    }
}
