// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {Tally} from "contracts/vote/Tally.sol";
import {TallyHarness} from "tests/forge/harness/TallyHarness.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice Gas of each step of a ceremony as a transaction of its own (calldata and the 21,000 included, storage cold),
/// and of the two checks that a consultation makes of shares and counts, as calls.
contract KeyCeremonyGasTest is KeyCeremonyFixture {
    TallyHarness internal consultations = TallyHarness(deployCode("TallyHarness.sol:TallyHarness", ""));

    /// forge-config: default.isolate = true
    function test_Gas2Of3() public {
        _measure(2, 3, "2-of-3");
    }

    /// forge-config: default.isolate = true
    function test_Gas3Of5() public {
        _measure(3, 5, "3-of-5");
    }

    /// forge-config: default.isolate = true
    function test_Gas9Of16() public {
        _measure(9, 16, "9-of-16");
    }

    function _measure(uint256 t, uint256 n, string memory name) private {
        uint256 id = _open(t, n);
        _snap("1 open", name);
        for (uint256 j = 1; j <= n; ++j) {
            _enrol(id, j);
            if (j == 1) _snap("2 enrol", name);
        }
        for (uint256 i = 1; i <= n; ++i) {
            _commit(id, i);
            if (i == 1) _snap("3 commit", name);
        }
        for (uint256 i = 1; i <= n; ++i) {
            _deal(id, i);
            if (i == 1) _snap("4 deal", name);
        }
        uint256 state = vm.snapshotState();
        _complain(id, n, 1);
        _snap("5 complain", name);
        vm.revertToState(state);
        _pass(id);
        _conclude(id);
        _snap("6 conclude", name);
        for (uint256 j = 1; j <= n; ++j) {
            _acknowledge(id, j);
            if (j == 1) _snap("7 acknowledge", name);
        }
        _tally(id, t, name);
    }

    function _tally(uint256 id, uint256 t, string memory name) private {
        uint256 r = _random();
        uint256 m = 1_000_000 + (1_500_000 << 24);
        uint256[] memory indices = new uint256[](t);
        Point[] memory shares = new Point[](t);
        for (uint256 i; i < t; ++i) {
            // The dearest: the highest indices.
            indices[i] = ceremony.trustees(id) - t + i + 1;
            shares[i] = _times(_mul(r, _shareSecret(id, indices[i])));
        }
        Point memory S = _times(_add(_mul(r, _shareSecret(id, 0)), m));
        consultations.opens(indices, shares, S, m);
        _snap("9 opens (internal)", name);

        Tally.Statement memory about;
        uint256 x = _shareSecret(id, 1);
        (about.R, about.S, about.shareKey) = (_times(r), S, _times(x));
        Point memory D = _times(_mul(r, x));
        Dleq.Proof memory proof = _proveEqual(bytes32(0), r, x);
        consultations.isShare(about, D, proof);
        _snap("8 isShare (internal)", name);
    }

    function _snap(string memory step, string memory name) private {
        vm.snapshotGasLastCall(string.concat("KeyCeremony-", name), step);
    }
}
