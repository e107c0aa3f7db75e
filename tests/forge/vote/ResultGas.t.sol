// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @notice The dearest result that there can be: of every total that a rule may ask for, by as many trustees as there
/// may be, with counters as large as they may become.
contract ResultGasTest is VoteFixture {
    uint256 private constant TRUSTEES = 16;
    uint256 private constant TOTALS = 32;
    /// @dev What a transaction may use, whatever a block may (EIP-7825).
    uint256 private constant MOST_GAS = 1 << 24;
    uint64 private constant MOST = (M - 1) * (1 + M);

    /// forge-config: default.isolate = true
    function test_TheDearestResultFitsInATransaction() public {
        vm.pauseGasMetering();
        for (uint256 j = 4; j <= TRUSTEES; ++j) {
            (uint256 x, uint256 y) = _pointOf(_trusteeSecret(j));
            ceremonies.set(j, Point(x, y), vm.addr(_accountKeyOf(j)));
        }
        vm.mockCall(address(ceremonies), abi.encodeCall(ceremonies.threshold, (100)), abi.encode(TRUSTEES));
        Rule memory rule;
        (rule.sets, rule.setOf) = (new uint64[][](1), new bytes(TOTALS));
        rule.sets[0] = new uint64[](2);
        rule.sets[0][1] = MOST;
        uint256 id = _openWith(rule);
        uint256[] memory branches = new uint256[](TOTALS);
        uint256[] memory results = new uint256[](TOTALS);
        for (uint256 i; i < TOTALS; ++i) {
            (branches[i], results[i]) = (1, MOST);
        }
        _deliver(id, 1, _ballotOf(id, 1, 0, branches), _rollProof(1));
        vm.warp(CLOSES);
        box.close(id);

        uint256[] memory indices = new uint256[](TRUSTEES);
        Point[][] memory shares = new Point[][](TRUSTEES);
        for (uint256 k; k < TRUSTEES; ++k) {
            indices[k] = k + 1;
            shares[k] = _submit(id, k + 1);
        }
        vm.resumeGasMetering();
        box.finalise(id, indices, shares, results);
        vm.snapshotGasLastCall("Consultations", "finalise, 32 totals, 16 of 16");

        assertLt(vm.lastCallGas().gasTotalUsed, MOST_GAS);
        assertEq(box.counts(id).length, 2 * TOTALS);
    }
}
