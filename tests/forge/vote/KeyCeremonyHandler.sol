// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice Trustees, honest or not, and strangers, acting at random on the two latest of up to twelve ceremonies; what
/// was seen after each act is kept.
contract KeyCeremonyHandler is KeyCeremonyFixture {
    struct Seen {
        IKeyCeremony.Phase phase;
        uint256 enrolled;
        uint256 committed;
        uint256 dealt;
        uint256 excluded;
        uint256 acknowledged;
        uint256 keyX;
    }

    mapping(uint256 id => Seen) private _seen;

    /// @notice How many times each phase was entered.
    mapping(IKeyCeremony.Phase => uint256) public entered;

    /// @notice What went wrong, if anything did.
    string public violation;

    modifier observed() {
        _;
        for (uint256 id = 1; id <= ceremony.ceremonies(); ++id) {
            _observe(id);
        }
    }

    function open(uint256 seed) external observed {
        if (ceremony.ceremonies() == 12) return;
        uint256 n = 2 + seed % 3;
        _open(2 + (seed >> 8) % (n - 1), n);
    }

    /// @notice What a trustee does next, one deal in four being wrong, and any share being disputed.
    function act(uint256 seed) external observed {
        if (ceremony.ceremonies() == 0) return;
        uint256 id = _pick(seed);
        uint256 j = 1 + (seed >> 8) % ceremony.trustees(id);
        (IKeyCeremony.Phase phase, uint256 endsAt) = ceremony.phase(id);
        if (block.timestamp >= endsAt) return;
        (uint256 enrolled, uint256 committed, uint256 dealt, uint256 excluded, uint256 acknowledged) = ceremony.acts(id);
        if (phase == IKeyCeremony.Phase.Enrolment && !_has(enrolled, j)) {
            _enrol(id, j);
        } else if (phase == IKeyCeremony.Phase.Commit && _has(enrolled & ~committed, j)) {
            IKeyCeremony.Deal memory made = _honest(id, j);
            if ((seed >> 16) % 4 == 0) made.shares[(seed >> 24) % made.shares.length] = seed;
            _prove(id, j, made);
            _commit(id, j, made);
        } else if (phase == IKeyCeremony.Phase.Deal && _has(committed & ~dealt, j)) {
            _deal(id, j);
        } else if (phase == IKeyCeremony.Phase.Complaints && (seed >> 16) % 3 == 0) {
            uint256 dealer = 1 + (seed >> 24) % ceremony.trustees(id);
            if (_has(enrolled & ~excluded, j) && _has(dealt & ~excluded, dealer) && j != dealer) {
                _complain(id, j, dealer);
            }
        } else if (phase == IKeyCeremony.Phase.Acknowledgement && _has(enrolled & ~excluded & ~acknowledged, j)) {
            _acknowledge(id, j);
        }
    }

    /// @notice Time passes: hours, or to a deadline.
    function pass(uint256 seed) external observed {
        if (ceremony.ceremonies() == 0) return;
        (, uint256 endsAt) = ceremony.phase(_pick(seed));
        if (endsAt > block.timestamp && (seed >> 8) % 2 == 0) vm.warp(endsAt);
        else vm.warp(block.timestamp + (seed >> 16) % 12 hours);
    }

    /// @notice A stranger enforces a deadline.
    function enforce(uint256 seed) external observed {
        if (ceremony.ceremonies() == 0) return;
        uint256 id = _pick(seed);
        (IKeyCeremony.Phase phase, uint256 endsAt) = ceremony.phase(id);
        if (endsAt == 0 || block.timestamp < endsAt) return;
        if (phase == IKeyCeremony.Phase.Complaints) {
            _conclude(id);
        } else {
            vm.prank(stranger);
            ceremony.advance(id);
        }
    }

    /// @notice Calls that no phase accepts, by a trustee.
    function stray(uint256 seed) external observed {
        if (ceremony.ceremonies() == 0) return;
        uint256 id = _pick(seed);
        uint256 j = 1 + (seed >> 8) % ceremony.trustees(id);
        IKeyCeremony.Deal memory junk;
        Dleq.Proof memory proof;
        Point memory key = _times(seed | 1);
        Knowledge.Proof memory known = Knowledge.Proof(seed, seed);
        bytes[6] memory calls = [
            abi.encodeCall(IKeyCeremony.enrol, (id, j, key, known, _step(id, j, "enrol", abi.encode(key, known)))),
            abi.encodeCall(IKeyCeremony.deal, (id, j, junk, _step(id, j, "deal", abi.encode(junk)))),
            abi.encodeCall(IKeyCeremony.complain, (id, j, 1, junk, Point(1, 2), Point(1, 2), proof, "")),
            abi.encodeCall(IKeyCeremony.conclude, (id, new IKeyCeremony.Deal[](0))),
            abi.encodeCall(IKeyCeremony.acknowledge, (id, j, known, "")),
            abi.encodeCall(IKeyCeremony.use, (id))
        ];
        vm.prank(_account(j));
        (bool done,) = address(ceremony).call(calls[(seed >> 16) % 6]);
        if (done) violation = "a stray call was accepted";
    }

    function _observe(uint256 id) private {
        Seen memory before = _seen[id];
        Seen storage current = _seen[id];
        (current.phase,) = ceremony.phase(id);
        (current.enrolled, current.committed, current.dealt, current.excluded, current.acknowledged) = ceremony.acts(id);
        if (current.phase == before.phase && before.phase >= IKeyCeremony.Phase.KeyReady) {
            if (current.phase == IKeyCeremony.Phase.KeyReady) {
                (uint256 x,) = ceremony.publicKey(id);
                if (x != before.keyX) violation = "a key changed";
            }
            return;
        }
        if (current.phase != before.phase) ++entered[current.phase];
        if (current.phase < before.phase || before.phase == IKeyCeremony.Phase.KeyReady) {
            violation = "a phase went back";
        }
        if (before.enrolled & ~current.enrolled | before.committed & ~current.committed != 0) violation = "undone";
        if (before.dealt & ~current.dealt | before.excluded & ~current.excluded != 0) violation = "undone";
        if (before.acknowledged & ~current.acknowledged != 0) violation = "undone";
        if (current.committed & ~current.enrolled | current.dealt & ~current.committed != 0) {
            violation = "a step skipped";
        }
        bool needsDealers =
            current.phase >= IKeyCeremony.Phase.Complaints && current.phase <= IKeyCeremony.Phase.KeyReady;
        if (needsDealers && _count(_qualified(id)) < ceremony.threshold(id)) violation = "too few dealers";
        if (current.phase == IKeyCeremony.Phase.KeyReady) {
            if (_count(current.acknowledged) < ceremony.threshold(id)) violation = "too few acknowledgements";
            _assertKeys(id);
            (current.keyX,) = ceremony.publicKey(id);
        }
    }

    function _pick(uint256 seed) private view returns (uint256) {
        uint256 last = ceremony.ceremonies();
        return last == 1 ? 1 : last - seed % 2;
    }

    function _has(uint256 mask, uint256 j) private pure returns (bool) {
        return (mask >> (j - 1)) & 1 == 1;
    }

    function _count(uint256 mask) private pure returns (uint256 n) {
        for (; mask != 0; mask >>= 1) {
            n += mask & 1;
        }
    }
}
