// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";
import {Rule} from "../../../contracts/vote/Rule.sol";
import {VoteBase} from "./VoteBase.sol";

/// @dev Gas of a transaction as its receipt says: each outer call runs as a transaction of its own (`isolate`), with 21,000 and calldata.
/// Printed: the first of two, then the second.
/// Run: forge test --isolate --match-contract BallotGas -vv
contract BallotGasTest is VoteBase {
    bytes32[] private _proof;
    bytes32 private _root;

    /// @dev A roll of any size of which only these voters exist: the root of their leaves and of made-up siblings, which are the proof.
    function plantSparse(uint256 n, uint256[] memory indices) private {
        rollSize_ = n;
        delete _proof;
        uint256 count = indices.length;
        uint256[] memory positions = new uint256[](count);
        bytes32[] memory nodes = new bytes32[](count);
        for (uint256 k; k < count; ++k) {
            (positions[k], nodes[k]) = (2 * n - 2 - indices[k], rollLeaf(indices[k], voter(indices[k])));
        }
        while (positions[0] != 0) {
            uint256 kept;
            // One step: the deepest node and its sibling become their parent, which goes to the end of the queue.
            uint256 p = positions[0];
            bytes32 sibling;
            uint256 taken = 1;
            if (p & 1 == 0 && count > 1 && positions[1] == p - 1) {
                (sibling, taken) = (nodes[1], 2);
            } else {
                sibling = keccak256(abi.encode("sibling", p));
                _proof.push(sibling);
            }
            bytes32 parent = pair(nodes[0], sibling);
            for (uint256 k = taken; k < count; ++k) {
                (positions[kept], nodes[kept]) = (positions[k], nodes[k]);
                ++kept;
            }
            (positions[kept], nodes[kept]) = ((p - 1) >> 1, parent);
            count = kept + 1;
        }
        _root = nodes[0];
        tree = [_root];
    }

    /// @dev Distinct voters of even index at random, sorted.
    function spread(uint256 n, uint256 count) private returns (uint256[] memory indices) {
        indices = new uint256[](count);
        for (uint256 k; k < count;) {
            uint256 index = (random() % n) & ~uint256(1);
            uint256 place = k;
            while (place != 0 && indices[place - 1] > index) --place;
            if (place != 0 && indices[place - 1] == index) continue;
            for (uint256 l = k; l > place; --l) {
                indices[l] = indices[l - 1];
            }
            indices[place] = index;
            ++k;
        }
    }

    function batchOf(uint256 id, uint256[] memory indices, uint256 shift) private returns (bytes memory records) {
        uint256 length = box.rule(id).sets[0].length;
        for (uint256 k; k < indices.length; ++k) {
            records = bytes.concat(records, signedRecord(id, indices[k] ^ shift, k % length));
        }
    }

    /// @dev The multiproof of each pair's other half: its neighbours, then what both halves need.
    function proofOf(uint256[] memory indices, uint256 shift) private view returns (bytes32[] memory proof) {
        uint256 count = indices.length;
        proof = new bytes32[](count + _proof.length);
        for (uint256 k; k < count; ++k) {
            uint256 neighbour = indices[k] ^ shift ^ 1;
            proof[k] = rollLeaf(neighbour, voter(neighbour));
        }
        for (uint256 k; k < _proof.length; ++k) {
            proof[count + k] = _proof[k];
        }
    }

    function plantPairs(uint256 n, uint256[] memory indices) private {
        uint256[] memory pairs = new uint256[](2 * indices.length);
        for (uint256 k; k < indices.length; ++k) {
            (pairs[2 * k], pairs[2 * k + 1]) = (indices[k], indices[k] ^ 1);
        }
        plantSparse(n, pairs);
    }

    /// @dev Two batches of neighbours: the first writes zero slots (bitmap, totals), the second none but its root.
    function measureBatches(string memory name, Rule memory rule, uint256 n, uint256 count) private {
        uint256[] memory indices = spread(n, count);
        plantPairs(n, indices);
        uint256 id = openWith(rule);
        uint256[2] memory spent;
        for (uint256 half; half < 2; ++half) {
            bytes memory records = batchOf(id, indices, half);
            bytes32[] memory proof = proofOf(indices, half);
            box.castBatch(id, records, proof);
            spent[half] = vm.lastCallGas().gasTotalUsed / count;
        }
        assertEq(box.ballots(id), 2 * count);
        console.log(name, n, spent[0], spent[1]);
        vm.warp(OPENS - 1);
    }

    function measureAlone(string memory name, Rule memory rule, uint256 n) private {
        uint256[] memory indices = spread(n, 1);
        plantPairs(n, indices);
        uint256 id = openWith(rule);
        uint256[2] memory spent;
        for (uint256 half; half < 2; ++half) {
            uint256 index = indices[0] ^ half;
            bytes memory ballot = ballotOf(id, index, 0, one(1));
            bytes32[] memory proof = proofOf(indices, half);
            vm.prank(voter(index));
            box.cast(id, index, ballot, proof);
            spent[half] = vm.lastCallGas().gasTotalUsed;
        }
        console.log(name, n, spent[0], spent[1]);
        vm.warp(OPENS - 1);
    }

    function test_gas_two_options_of_1024() public {
        measureBatches("two, batch of 100", yesNo(), 1 << 10, 100);
    }

    function test_gas_three_options_of_1024() public {
        measureBatches("three, batch of 100", threeOptions(), 1 << 10, 100);
    }

    function test_gas_two_options_of_131072() public {
        measureBatches("two, batch of 100", yesNo(), 1 << 17, 100);
    }

    function test_gas_three_options_of_131072() public {
        measureBatches("three, batch of 100", threeOptions(), 1 << 17, 100);
    }

    function test_gas_six_options_of_131072() public {
        measureBatches("six, batch of 100", evaluation(), 1 << 17, 100);
    }

    function test_gas_alone() public {
        measureAlone("two, alone", yesNo(), 1 << 10);
        measureAlone("three, alone", threeOptions(), 1 << 10);
        measureAlone("two, alone", yesNo(), 1 << 17);
        measureAlone("three, alone", threeOptions(), 1 << 17);
    }
}
