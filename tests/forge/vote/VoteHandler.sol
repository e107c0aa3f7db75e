// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {VoteFixture} from "tests/forge/vote/VoteFixture.sol";

/// @dev A town that votes at random, honestly and not, and what should have come of it.
contract VoteHandler is VoteFixture {
    struct Vote {
        bool counted;
        uint256 seq;
        uint256 r;
        uint256 message;
        uint256 batch;
        bytes ciphertext;
    }

    uint256 public id;
    uint256 public sumR;
    uint256 public sumMessages;
    uint256 public counted;
    uint256 public lastStatus;
    bool public wentBack;
    bool public sharedEarly;
    bool public cheated;
    mapping(uint256 index => Vote) public votes;
    mapping(bytes32 act => uint256) public calls;
    uint256 private _now = OPENS;
    uint256[] private _submitted;
    mapping(uint256 trustee => Point[]) private _shares;

    modifier act(bytes32 name) {
        vm.warp(_now);
        _;
        calls[name] += 1;
        uint256 standing = uint256(box.status(id));
        if (standing < lastStatus) wentBack = true;
        lastStatus = standing;
    }

    function start() external {
        setUp();
        id = _openWith(_threeOptions());
    }

    function total(uint256 i) external view returns (Point memory) {
        return box.totals(id)[i];
    }

    function status() external view returns (uint256) {
        return uint256(box.status(id));
    }

    function ballots() external view returns (uint256) {
        return box.ballots(id);
    }

    function countsOf() external view returns (uint256[] memory) {
        return box.counts(id);
    }

    function hasVoted(uint256 index) external view returns (bool voted) {
        (voted,) = box.turnout(id, index);
    }

    function expected() external returns (Point memory R, Point memory S) {
        if (sumR != 0) (R.x, R.y) = _pointOf(sumR);
        uint256 s = addmod(mulmod(sumR, secret, N), sumMessages, N);
        if (s != 0) (S.x, S.y) = _pointOf(s);
    }

    /// @dev Now and then the randomness that makes a total infinite, or doubles it.
    function _draw(uint256 seed) private returns (uint256) {
        if (seed % 5 == 0 && sumR != 0) return N - sumR;
        if (seed % 5 == 1 && sumR != 0) return sumR;
        return _random();
    }

    function _make(uint256 index, uint256 seq, uint256 seed) private returns (Vote memory vote, bytes memory ballot) {
        vote.r = _draw(seed);
        vote.message = _threeOptions().sets[0][(seed >> 8) % 3];
        vote.seq = seq;
        ballot = _ballotOfRandomness(_threeOptions(), _contextOf(id, _voter(index), seq), vote.r, vote.message);
        vote.ciphertext = _slice(ballot, 0, 128);
        vote.batch = box.batches(id);
        vote.counted = true;
    }

    function _count(uint256 index, Vote memory vote) private {
        Vote storage old = votes[index];
        if (old.counted) {
            sumR = addmod(sumR, N - old.r, N);
            sumMessages -= old.message;
        } else {
            ++counted;
        }
        sumR = addmod(sumR, vote.r, N);
        sumMessages += vote.message;
        votes[index] = vote;
    }

    function castOne(uint256 seed) external act("cast") {
        uint256 index = (seed >> 16) % 8; // the other half of the roll votes in batches
        (Vote memory vote, bytes memory ballot) = _make(index, 0, seed);
        bytes memory signature = _signSlip(id, index, 0, ballot);
        try box.cast(id, index, _voter(index), ballot, signature, _rollProof(index)) {
            if (votes[index].counted) cheated = true;
            _count(index, vote);
            calls["cast counted"] += 1;
        } catch {}
    }

    function _makeRecord(uint256 index, uint256 seed, bool spoil)
        private
        returns (Vote memory vote, bytes memory signed)
    {
        bytes memory ballot;
        (vote, ballot) = _make(index, 0, seed);
        bytes memory signature = _signSlip(id, index, 0, ballot);
        if (spoil) ballot[200] ^= 0x01;
        signed = _record(index, 0, _voter(index), signature, ballot);
    }

    /// @dev Two neighbours in a batch, of whom one may have a broken signature.
    function castTwo(uint256 seed, bool spoil) external act("batch") {
        uint256[] memory indices = new uint256[](2);
        indices[0] = 8 + (seed >> 16) % 7;
        indices[1] = indices[0] + 1;
        Vote[2] memory made;
        bytes[2] memory records;
        (made[0], records[0]) = _makeRecord(indices[0], seed, false);
        (made[1], records[1]) = _makeRecord(indices[1], seed >> 32, spoil);
        try box.castBatch(id, bytes.concat(records[0], records[1]), _rollProof(indices)) {
            // Which of the two counted is the contract's to say, once; then it must agree with itself.
            for (uint256 k; k < 2; ++k) {
                if (votes[indices[k]].counted || (spoil && k == 1)) continue;
                made[k].batch = type(uint256).max; // its leaf is one of several: not re-voted here
                _count(indices[k], made[k]);
                calls["batch counted"] += 1;
            }
        } catch {}
    }

    function castAgain(uint256 seed) external act("re-vote") {
        uint256 index = (seed >> 16) % 8;
        Vote storage old = votes[index];
        IConsultations.Replaced memory replaced;
        (replaced.batch, replaced.ciphertexts) = (old.batch, old.ciphertext);
        (Vote memory vote, bytes memory ballot) = _make(index, old.seq + 1, seed);
        bytes memory signature = _signSlip(id, index, vote.seq, ballot);
        try box.castAgain(id, index, _voter(index), ballot, signature, _rollProof(index), replaced) {
            if (!old.counted) cheated = true;
            _count(index, vote);
            calls["re-vote counted"] += 1;
        } catch {}
    }

    function elapse(uint256 seconds_) external act("elapse") {
        _now += 5_000 + seconds_ % 20_000;
        vm.warp(_now);
    }

    function close() external act("close") {
        try box.close(id) {
            calls["closed"] += 1;
        } catch {}
    }

    function submitShare(uint256 seed) external act("share") {
        uint256 j = 1 + seed % 3;
        Point[] memory shares = new Point[](1);
        Dleq.Proof[] memory given = new Dleq.Proof[](1);
        (shares[0], given[0]) = _shareOf(id, j, 0);
        bool early = box.status(id) < IResults.Status.Closed;
        try box.submitShare(id, j, shares, given, _signShare(id, j, shares)) {
            if (early) sharedEarly = true;
            _submitted.push(j);
            _shares[j].push(shares[0]);
            calls["share accepted"] += 1;
        } catch {}
    }

    function finalise() external act("finalise") {
        if (_submitted.length < 2) return;
        uint256[] memory indices = new uint256[](2);
        (uint256 a, uint256 b) = (_submitted[0], _submitted[1]);
        (indices[0], indices[1]) = a < b ? (a, b) : (b, a);
        Point[][] memory shares = new Point[][](2);
        (shares[0], shares[1]) = (_shares[indices[0]], _shares[indices[1]]);
        try box.finalise(id, indices, shares, _one(sumMessages)) {
            calls["tallied"] += 1;
        } catch {}
    }
}
