// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {console} from "forge-std/console.sol";

import {Rule} from "contracts/vote/Rule.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev Gas of a transaction as its receipt says: each outer call runs as a transaction of its own (`isolate`), with
/// 21,000 and calldata. Printed: the first of two, then the second. Run: forge test --isolate --match-contract
/// BallotGas -vv
contract BallotGasTest is VoteFixture {
    bytes32[] private _proof;
    bytes32 private _root;

    /// @dev A roll of any size of which only these voters exist: the root of their leaves and of made-up siblings,
    /// which are the proof.
    function _plantSparse(uint256 n, uint256[] memory indices) private {
        rollSize_ = n;
        delete _proof;
        uint256 count = indices.length;
        uint256[] memory positions = new uint256[](count);
        bytes32[] memory nodes = new bytes32[](count);
        for (uint256 k; k < count; ++k) {
            (positions[k], nodes[k]) = (2 * n - 2 - indices[k], _rollLeaf(indices[k], _voter(indices[k])));
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
            bytes32 parent = _pair(nodes[0], sibling);
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
    function _spread(uint256 n, uint256 count) private returns (uint256[] memory indices) {
        indices = new uint256[](count);
        for (uint256 k; k < count;) {
            uint256 index = (_random() % n) & ~uint256(1);
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

    function _batchOf(uint256 id, uint256[] memory indices, uint256 shift) private returns (bytes memory records) {
        uint256 length = box.rule(id).sets[0].length;
        for (uint256 k; k < indices.length; ++k) {
            records = bytes.concat(records, _signedRecord(id, indices[k] ^ shift, k % length));
        }
    }

    /// @dev The multiproof of each pair's other half: its neighbours, then what both halves need.
    function _proofOf(uint256[] memory indices, uint256 shift) private view returns (bytes32[] memory proof) {
        uint256 count = indices.length;
        proof = new bytes32[](count + _proof.length);
        for (uint256 k; k < count; ++k) {
            uint256 neighbour = indices[k] ^ shift ^ 1;
            proof[k] = _rollLeaf(neighbour, _voter(neighbour));
        }
        for (uint256 k; k < _proof.length; ++k) {
            proof[count + k] = _proof[k];
        }
    }

    function _plantPairs(uint256 n, uint256[] memory indices) private {
        uint256[] memory pairs = new uint256[](2 * indices.length);
        for (uint256 k; k < indices.length; ++k) {
            (pairs[2 * k], pairs[2 * k + 1]) = (indices[k], indices[k] ^ 1);
        }
        _plantSparse(n, pairs);
    }

    /// @dev Two batches of neighbours: the first writes zero slots (bitmap, totals), the second none but its root.
    function _measureBatches(string memory name, Rule memory rule, uint256 n, uint256 count) private {
        uint256[] memory indices = _spread(n, count);
        _plantPairs(n, indices);
        uint256 id = _openWith(rule);
        uint256[2] memory spent;
        for (uint256 half; half < 2; ++half) {
            bytes memory records = _batchOf(id, indices, half);
            bytes32[] memory proof = _proofOf(indices, half);
            box.castBatch(id, records, proof);
            spent[half] = vm.lastCallGas().gasTotalUsed / count;
        }
        assertEq(box.ballots(id), 2 * count);
        console.log(name, n, spent[0], spent[1]);
        vm.warp(OPENS - 1);
    }

    function _measureAlone(string memory name, Rule memory rule, uint256 n) private {
        uint256[] memory indices = _spread(n, 1);
        _plantPairs(n, indices);
        uint256 id = _openWith(rule);
        uint256[2] memory spent;
        for (uint256 half; half < 2; ++half) {
            uint256 index = indices[0] ^ half;
            bytes memory ballot = _ballotOf(id, index, 0, _one(1));
            bytes32[] memory proof = _proofOf(indices, half);
            _deliver(id, index, ballot, proof);
            spent[half] = vm.lastCallGas().gasTotalUsed;
        }
        console.log(name, n, spent[0], spent[1]);
        vm.warp(OPENS - 1);
    }

    function test_GasTwoOptionsOf1024() public {
        _measureBatches("two, batch of 100", _yesNo(), 1 << 10, 100);
    }

    function test_GasThreeOptionsOf1024() public {
        _measureBatches("three, batch of 100", _threeOptions(), 1 << 10, 100);
    }

    function test_GasTwoOptionsOf131072() public {
        _measureBatches("two, batch of 100", _yesNo(), 1 << 17, 100);
    }

    function test_GasThreeOptionsOf131072() public {
        _measureBatches("three, batch of 100", _threeOptions(), 1 << 17, 100);
    }

    function test_GasSixOptionsOf131072() public {
        _measureBatches("six, batch of 100", _evaluation(), 1 << 17, 100);
    }

    function test_GasAlone() public {
        _measureAlone("two, alone", _yesNo(), 1 << 10);
        _measureAlone("three, alone", _threeOptions(), 1 << 10);
        _measureAlone("two, alone", _yesNo(), 1 << 17);
        _measureAlone("three, alone", _threeOptions(), 1 << 17);
    }
}
