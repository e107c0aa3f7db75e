// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {Roll} from "contracts/residents/Roll.sol";

/// @notice The library's own proofs (tests/vectors/roll.json, made by tests/roll/test_roll_vectors.py), read by the
/// contract's side.
contract RollTest is Test {
    string private vectors = vm.readFile("tests/vectors/roll.json");

    /// @dev As contracts call it: from calldata.
    function holds(bytes32 root, uint256 index, address account, bytes32[] calldata proof)
        external
        pure
        returns (bool)
    {
        return Roll.holds(root, index, account, proof);
    }

    function test_EveryProofOfTheLibraryHolds() external view {
        uint256 count = vm.parseJsonUint(vectors, ".count");
        assertGt(count, 10);
        for (uint256 i; i < count; ++i) {
            (bytes32 root, uint256 index, address account, bytes32[] memory proof) = _vector(i);
            assertTrue(this.holds(root, index, account, proof));
        }
    }

    function test_AnotherAccountIndexOrRootDoesNotHold() external view {
        uint256 count = vm.parseJsonUint(vectors, ".count");
        for (uint256 i; i < count; ++i) {
            (bytes32 root, uint256 index, address account, bytes32[] memory proof) = _vector(i);
            assertFalse(this.holds(root, index, address(uint160(account) + 1), proof));
            assertFalse(this.holds(root, index + 1, account, proof));
            assertFalse(this.holds(keccak256(abi.encode(root)), index, account, proof));
        }
    }

    function test_TheZeroAddressNeverHolds() external view {
        bytes32 leaf = Roll.leaf(0, address(0));
        assertFalse(this.holds(leaf, 0, address(0), new bytes32[](0)));
    }

    function test_AnInnerNodeIsNoLeaf() external view {
        (bytes32 root,,, bytes32[] memory proof) = _vector(vm.parseJsonUint(vectors, ".count") - 1);
        bytes32[] memory shorter = new bytes32[](proof.length - 1);
        for (uint256 i; i < shorter.length; ++i) {
            shorter[i] = proof[i + 1];
        }
        assertFalse(this.holds(root, uint256(proof[0]), address(uint160(uint256(proof[0]))), shorter));
    }

    function _vector(uint256 i)
        private
        view
        returns (bytes32 root, uint256 index, address account, bytes32[] memory proof)
    {
        string memory at = string.concat(".proofs[", vm.toString(i), "]");
        root = vm.parseJsonBytes32(vectors, string.concat(at, ".root"));
        index = vm.parseJsonUint(vectors, string.concat(at, ".index"));
        account = vm.parseJsonAddress(vectors, string.concat(at, ".account"));
        proof = vm.parseJsonBytes32Array(vectors, string.concat(at, ".proof"));
    }
}
