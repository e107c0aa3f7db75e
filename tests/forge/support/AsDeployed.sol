// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

/// @title What a test deploys is what a town deploys
/// @dev What a measurement needs beside the town stands in tests/forge/harness, compiled as the town is (foundry.toml).
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

    /// @dev `forge test` leaves alone what is deployed: it may have been built of an earlier source.
    function _asDeployed(string memory artifact) internal view returns (string memory path) {
        path = string.concat("build/forge/", vm.replace(artifact, ":", "/"), ".json");
        require(
            vm.exists(path) && _isOfItsSources(path),
            string.concat(artifact, " is not built of these sources: run `make forge-contracts`, or `make test-forge`")
        );
    }

    function _isOfItsSources(string memory path) private view returns (bool) {
        uint256 built = vm.fsMetadata(path).modified;
        string memory json = vm.readFile(path);
        string[] memory sources = vm.parseJsonKeys(json, ".metadata.sources");
        for (uint256 i; i < sources.length; ++i) {
            if (vm.fsMetadata(sources[i]).modified <= built) continue;
            string memory key = string.concat(".metadata.sources['", sources[i], "'].keccak256");
            if (keccak256(bytes(vm.readFile(sources[i]))) != vm.parseJsonBytes32(json, key)) return false;
        }
        return true;
    }
}
