// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Trees of places, and what proves their leaves
library Trees {
    /// @dev The nodes of a tree, its root first.
    function plant(bytes32[] memory leaves) internal pure returns (bytes32[] memory nodes) {
        uint256 count = leaves.length;
        nodes = new bytes32[](2 * count - 1);
        for (uint256 i; i < count; ++i) {
            nodes[2 * count - 2 - i] = leaves[i];
        }
        for (uint256 place = count - 1; place != 0; --place) {
            nodes[place - 1] = keccak256(abi.encode(nodes[2 * place - 1], nodes[2 * place]));
        }
    }

    function proof(bytes32[] memory nodes, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](64);
        uint256 used;
        for (uint256 place = nodes.length - 1 - index; place != 0; place = (place - 1) / 2) {
            siblings[used++] = nodes[place % 2 == 0 ? place - 1 : place + 1];
        }
        assembly ("memory-safe") {
            mstore(siblings, used)
        }
    }

    /// @dev What is on neither way to the root, the deepest first.
    function pairProof(bytes32[] memory nodes, uint256 index, uint256 other)
        internal
        pure
        returns (bytes32[] memory siblings)
    {
        siblings = new bytes32[](64);
        uint256 used;
        (uint256 a, uint256 b) = (nodes.length - 1 - index, nodes.length - 1 - other);
        while (a + b != 0) {
            if (a < b) (a, b) = (b, a);
            uint256 sibling = a % 2 == 0 ? a - 1 : a + 1;
            if (sibling == b) b = 0;
            else siblings[used++] = nodes[sibling];
            a = (a - 1) / 2;
        }
        assembly ("memory-safe") {
            mstore(siblings, used)
        }
    }
}
