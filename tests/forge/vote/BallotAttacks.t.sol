// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BallotProof} from "contracts/vote/BallotProof.sol";
import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";
import {Prover} from "tests/forge/vote/Prover.sol";

/// @dev The proof alone, as BallotBox calls it.
contract ProofHarness {
    function verify(Point memory key, Rule memory rule, bytes32 ctx, bytes memory ballot) external view returns (bool) {
        if (ballot.length != BallotProof.ballotBytes(rule)) return false;
        uint256 pointer;
        bytes32 hC;
        uint256 size = 128 * rule.setOf.length;
        assembly ("memory-safe") {
            pointer := add(ballot, 0x20)
            hC := keccak256(pointer, size)
        }
        return BallotProof.verify(key, rule, ctx, hC, pointer);
    }
}

/// @dev Attacks on a ballot's proof. tests/forge/vote/mutants.py removes the checks, one at a time, and sees these
/// fail.
contract BallotAttacksTest is Prover {
    ProofHarness private harness = new ProofHarness();
    Point private key;
    bytes32 private constant CTX = keccak256("consultation 1, voter 1, seq 0");
    uint256 private constant WORDS = 9; // of a two-option ballot: c1, C, S_1, s_2, w, D.x, λ

    function setUp() public {
        (key.x, key.y) = _pointOf(secret);
    }

    function _setOf(uint64 a, uint64 b) private pure returns (Rule memory rule) {
        rule.sets = new uint64[][](1);
        rule.sets[0] = new uint64[](2);
        (rule.sets[0][0], rule.sets[0][1]) = (a, b);
        rule.setOf = hex"00";
    }

    function _setOfSize(uint256 length) private pure returns (Rule memory rule) {
        rule.sets = new uint64[][](1);
        rule.sets[0] = new uint64[](length);
        for (uint64 j; j < length; ++j) {
            rule.sets[0][j] = j;
        }
        rule.setOf = hex"00";
    }

    function _accepts(Rule memory rule, bytes32 ctx, bytes memory ballot) private view returns (bool) {
        return harness.verify(key, rule, ctx, ballot);
    }

    function _honest() private returns (bytes memory) {
        return _ballotOfRandomness(_setOf(1, 0), CTX, _random(), 1);
    }

    function test_EveryMessageOfEverySizeOfSetIsAccepted() public {
        for (uint256 length = 1; length <= 8; ++length) {
            Rule memory rule = _setOfSize(length);
            for (uint256 m; m < length; ++m) {
                assertTrue(_accepts(rule, CTX, _ballotOfRandomness(rule, CTX, _random(), m)));
            }
        }
    }

    function test_AMessageOutsideTheSetIsRefused() public {
        uint256[6] memory messages = [uint256(2), N - 1, 1000, 1 + M, M, 1 << 48];
        for (uint256 k; k < messages.length; ++k) {
            assertFalse(_accepts(_setOf(1, 0), CTX, _ballotOfRandomness(_setOf(1, 0), CTX, _random(), messages[k])));
        }
        Rule memory three = _setOfSize(3);
        assertFalse(_accepts(three, CTX, _ballotOfRandomness(three, CTX, _random(), 3)));
        assertFalse(_accepts(three, CTX, _ballotOfRandomness(three, CTX, _random(), N - 1)));
    }

    function test_ABallotProvesNothingUnderAnotherContextKeyOrSet() public {
        bytes memory ballot = _honest();
        assertTrue(_accepts(_setOf(1, 0), CTX, ballot));
        assertFalse(_accepts(_setOf(1, 0), keccak256("another voter"), ballot));
        assertFalse(_accepts(_setOf(0, 1), CTX, ballot), "another order");
        assertFalse(_accepts(_setOf(1, 2), CTX, ballot), "another set");
        (key.x, key.y) = _pointOf(secret + 1);
        assertFalse(_accepts(_setOf(1, 0), CTX, ballot), "another key");
    }

    function test_ARerandomisedOrNegatedCopyIsRefused() public {
        uint256 r = _random();
        bytes memory ballot = _ballotOfRandomness(_setOf(1, 0), CTX, r, 1);
        bytes memory proof = _slice(ballot, 128, 288);
        uint256 shifted = r + 1;
        Opening memory o = Opening(shifted, addmod(mulmod(shifted, secret, N), 1, N));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(_ciphertextOf(o), proof)));
        assertFalse(
            _accepts(
                _setOf(1, 0), CTX, _withWord(_withWord(ballot, 1, P - _wordAt(ballot, 1)), 3, P - _wordAt(ballot, 3))
            )
        );
        assertFalse(_accepts(_setOf(1, 0), CTX, _withWord(ballot, 3, P - _wordAt(ballot, 3))));
    }

    /// @dev With challenges that leave the ciphertext out, the commitments come first and C is solved from the
    /// equation.
    function test_ACiphertextChosenAfterTheChallengesIsRefused() public {
        bytes32 t0 = keccak256(abi.encode(CTX, bytes32(0), uint256(0)));
        (uint256 alpha, uint256 beta, uint256 r) = (_random(), _random(), _random());
        uint256 share = uint256(keccak256(abi.encode(t0, uint256(0), vm.addr(alpha), vm.addr(beta))));
        uint256 s2 = _random();
        uint256 m = _challenge(t0, 0, _inGroup(t0, share) ^ s2);
        uint256 E = addmod(m, _challenge(t0, 1, s2), N);
        uint256 z = addmod(alpha, mulmod(E, r, N), N);
        // z·x − E·c + m = β
        uint256 c = mulmod(addmod(addmod(mulmod(z, secret, N), m, N), N - beta, N), Secp256k1.inverse(E, N), N);
        bytes memory proof = bytes.concat(abi.encode(share, s2), _hints(mulmod(z, Secp256k1.inverse(E, N), N), c));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(_ciphertextOf(Opening(r, c)), proof)));
    }

    /// @dev Seeds that hang on nothing leave their group's share free: the challenges are known first, and the share is
    /// the hash of what answers them.
    function test_SeedsHangOnTheirGroupsShare() public {
        Opening memory o = Opening(_random(), 0);
        o.sum = addmod(mulmod(o.r, secret, N), 1000, N);
        bytes memory ciphertext = _ciphertextOf(o);
        bytes32 t0 = keccak256(abi.encode(CTX, keccak256(ciphertext), uint256(0)));
        uint256 s2 = _random();
        (bytes memory words, bytes memory hints) = _simulate(t0, _setOf(1, 0).sets[0], 0, 0, s2, o);
        bytes32 share = keccak256(abi.encodePacked(t0, uint256(0), words));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(ciphertext, abi.encode(share, s2), hints)));
    }

    /// @dev A group whose commitments the closing hash leaves out is answered whatever its message is: here the second
    /// of two, whose share makes the exclusive or right.
    function test_EveryGroupsCommitmentsAreHashed() public {
        Rule memory rule = _setOfSize(5);
        Opening memory o = Opening(_random(), 0);
        o.sum = addmod(mulmod(o.r, secret, N), 1000, N);
        bytes memory ciphertext = _ciphertextOf(o);
        bytes32 t0 = keccak256(abi.encode(CTX, keccak256(ciphertext), uint256(0)));
        uint256[5] memory strings = [_random(), _random(), 0, 0, _random()];
        // Branches 1 to 3 with a third seed of 0, so that both groups have the shape of two.
        (bytes memory words, bytes memory first) = _simulate(t0, rule.sets[0], 0, strings[0], strings[1], o);
        strings[3] = strings[0] ^ uint256(keccak256(abi.encodePacked(t0, uint256(0), words)));
        (, bytes memory second) = _simulate(t0, rule.sets[0], 3, strings[3], strings[4], o);
        bytes memory proof = bytes.concat(
            abi.encode(strings[0], strings[1], uint256(0)), first, abi.encode(strings[3], strings[4]), second
        );
        assertFalse(_accepts(rule, CTX, bytes.concat(ciphertext, proof)));
    }

    /// @dev The words of a and b, and the answers, of the group that begins with these branches, made with its
    /// challenges known beforehand. A group of three has a third seed of 0.
    function _simulate(bytes32 t0, uint64[] memory set, uint256 place, uint256 share, uint256 seed, Opening memory o)
        private
        returns (bytes memory words, bytes memory hints)
    {
        uint256[] memory e = new uint256[](set.length);
        e[place] = _challenge(t0, place, _inGroup(t0, share) ^ seed);
        e[place + 1] = _challenge(t0, place + 1, seed);
        if (place + 2 < set.length) e[place + 2] = _challenge(t0, place + 2, 0);
        (uint256 E, uint256 m) = _aggregate(set, e, place / 3);
        uint256 z = _random();
        uint256 b = addmod(mulmod(z, secret, N), addmod(m, N - mulmod(E, o.sum, N), N), N);
        words = abi.encode(vm.addr(addmod(z, N - mulmod(E, o.r, N), N)), vm.addr(b));
        hints = _hints(mulmod(z, Secp256k1.inverse(E, N), N), o.sum);
    }

    /// @dev c1 = w·G makes a's point infinity, and C = w·h + W with W.x ≥ N makes b refused: a verifier that takes
    /// ecrecover's zero for an address knows the whole transcript beforehand, and the total is lost in a message that
    /// nobody knows.
    function test_AZeroOfEcrecoverIsNoAddress() public {
        uint256 w = _random();
        (uint256 dx, uint256 dy) = _pointOf(mulmod(w, secret, N));
        (bytes memory ciphertext, uint256 slope) = _thatIsRefused(w, dx, dy);
        bytes32 t0 = keccak256(abi.encode(CTX, keccak256(ciphertext), uint256(0)));
        uint256 share = uint256(keccak256(abi.encode(t0, uint256(0), uint256(0), uint256(0))));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(ciphertext, abi.encode(share, _random(), w, dx, slope))));
    }

    /// @dev c1 = w·G and C = D + W, W the first point whose x is not below N; and the slope of that sum.
    function _thatIsRefused(uint256 w, uint256 dx, uint256 dy)
        private
        returns (bytes memory ciphertext, uint256 slope)
    {
        uint256 x = N;
        uint256 y;
        do {
            x += 1;
            y = _squareRoot(addmod(mulmod(x, mulmod(x, x, P), P), 7, P));
        } while (!Secp256k1.isOnCurve(x, y));
        (uint256 cx, uint256 cy) = Secp256k1.addExact(dx, dy, x, y);
        (uint256 c1x, uint256 c1y) = _pointOf(w);
        ciphertext = abi.encode(c1x, c1y, cx, cy);
        slope = mulmod(addmod(cy, dy, P), Secp256k1.inverse(addmod(cx, P - dx, P), P), P);
    }

    /// @dev With D free, W = (m − β)/E·G answers for any ciphertext: here one that is worth a thousand.
    function test_APointThatIsNotWTimesTheKeyIsRefused() public {
        uint256 r = _random();
        Opening memory o = Opening(r, addmod(mulmod(r, secret, N), 1000, N));
        bytes memory ciphertext = _ciphertextOf(o);
        bytes32 t0 = keccak256(abi.encode(CTX, keccak256(ciphertext), uint256(0)));
        (uint256 alpha, uint256 beta, uint256 s2) = (_random(), _random(), _random());
        uint256 share = uint256(keccak256(abi.encode(t0, uint256(0), vm.addr(alpha), vm.addr(beta))));
        uint256 m = _challenge(t0, 0, _inGroup(t0, share) ^ s2);
        uint256 inverse = Secp256k1.inverse(addmod(m, _challenge(t0, 1, s2), N), N);
        uint256 w = addmod(r, mulmod(alpha, inverse, N), N);
        // D = C − W, by its logarithm over G; `hints` wants it over h.
        uint256 d = addmod(o.sum, N - mulmod(addmod(m, N - beta, N), inverse, N), N);
        bytes memory answer = _hints(mulmod(d, Secp256k1.inverse(secret, N), N), o.sum);
        bytes memory proof = bytes.concat(abi.encode(share, s2), _withWord(answer, 0, w));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(ciphertext, proof)));
    }

    /// @dev ecrecover reads a parity: the proof of a c1 whose y is wrong by an even amount is otherwise right.
    function test_PointsOffTheCurveAreRefused() public {
        uint256 r = _random();
        Opening[] memory openings = new Opening[](1);
        openings[0] = Opening(r, addmod(mulmod(r, secret, N), 1, N));
        bytes memory ciphertext = _ciphertextOf(openings[0]);
        assertTrue(_accepts(_setOf(1, 0), CTX, bytes.concat(ciphertext, _proofFor(ciphertext, openings))));
        bytes memory bent = _withWord(ciphertext, 1, _wordAt(ciphertext, 1) ^ 2);
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(bent, _proofFor(bent, openings))), "c1");
        bent = _withWord(ciphertext, 1, P - _wordAt(ciphertext, 1));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(bent, _proofFor(bent, openings))), "-c1");
        bent = _withWord(ciphertext, 3, _wordAt(ciphertext, 3) ^ 2);
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(bent, _proofFor(bent, openings))), "C");
        bent = new bytes(128);
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(bent, _proofFor(bent, openings))), "zero");
    }

    function _proofFor(bytes memory ciphertext, Opening[] memory openings) private returns (bytes memory) {
        uint256[] memory messages = new uint256[](1);
        messages[0] = 1;
        return _proofs(_setOf(1, 0), CTX, keccak256(ciphertext), openings, messages);
    }

    /// @dev The group of the branches 4 to 6 is simulated, so its w may be chosen: 5, and 5 + N is the same scalar.
    function test_AScalarHasOneForm() public {
        Rule memory rule = _setOfSize(6);
        forcedNonce = true;
        bytes memory ballot = _ballotOfRandomness(rule, CTX, _random(), 0);
        assertTrue(_accepts(rule, CTX, ballot));
        uint256 place = 4 + (3 + 3) + 3;
        assertEq(_wordAt(ballot, place), 5);
        assertFalse(_accepts(rule, CTX, _withWord(ballot, place, N + 5)));
    }

    function test_WordsOutOfRangeAreRefused() public {
        bytes memory ballot = _honest();
        uint256[5] memory words = [uint256(0), N, P, type(uint256).max, N + 1];
        for (uint256 k; k < WORDS; ++k) {
            for (uint256 l; l < words.length; ++l) {
                assertFalse(_accepts(_setOf(1, 0), CTX, _withWord(ballot, k, words[l])));
            }
            for (uint256 l; l < WORDS; ++l) {
                if (k == l) continue;
                bytes memory swapped = _withWord(_withWord(ballot, k, _wordAt(ballot, l)), l, _wordAt(ballot, k));
                assertFalse(_accepts(_setOf(1, 0), CTX, swapped), "swapped");
                assertFalse(_accepts(_setOf(1, 0), CTX, _withWord(ballot, k, _wordAt(ballot, l))), "doubled");
            }
        }
        assertFalse(_accepts(_setOf(1, 0), CTX, new bytes(288)));
        assertFalse(_accepts(_setOf(1, 0), CTX, _slice(ballot, 0, 287)));
        assertFalse(_accepts(_setOf(1, 0), CTX, bytes.concat(ballot, hex"00")));
    }

    /// @dev D on C's abscissa leaves the slope free.
    function test_AVerticalLineIsRefused() public {
        bytes memory ballot = _honest();
        assertFalse(_accepts(_setOf(1, 0), CTX, _withWord(ballot, 7, _wordAt(ballot, 2))));
    }

    function test_TheSumIsBounded() public {
        Rule memory rule;
        rule.sets = new uint64[][](2);
        (rule.sets[0], rule.sets[1]) = (new uint64[](2), new uint64[](2));
        (rule.sets[0][1], rule.sets[1][0], rule.sets[1][1]) = (1, 1, 2);
        (rule.setOf, rule.sumSet) = (hex"000000", 2);
        for (uint256 pattern; pattern < 8; ++pattern) {
            uint256[] memory branches = new uint256[](3);
            (branches[0], branches[1], branches[2]) = (pattern & 1, (pattern >> 1) & 1, pattern >> 2);
            uint256 sum = branches[0] + branches[1] + branches[2];
            assertEq(_accepts(rule, CTX, _makeBallot(rule, CTX, branches)), sum == 1 || sum == 2);
        }
    }

    /// @dev c1s that cancel: false, not a revert.
    function test_ASumAtInfinityIsRefused() public {
        Rule memory rule = _setOf(1, 0);
        (rule.setOf, rule.sumSet) = (hex"0000", 1);
        uint256 r = _random();
        Opening[] memory openings = new Opening[](2);
        openings[0] = Opening(r, addmod(mulmod(r, secret, N), 1, N));
        openings[1] = Opening(N - r, mulmod(N - r, secret, N));
        uint256[] memory messages = new uint256[](2);
        messages[0] = 1;
        bytes memory ciphertexts = bytes.concat(_ciphertextOf(openings[0]), _ciphertextOf(openings[1]));
        bytes memory proof = new bytes(480);
        assertFalse(_accepts(rule, CTX, bytes.concat(ciphertexts, proof)));
        bytes32 hC = keccak256(ciphertexts);
        for (uint256 i; i < 2; ++i) {
            bytes memory part = _prove(rule.sets[0], i, openings[i], keccak256(abi.encode(CTX, hC, i)));
            for (uint256 k; k < 5; ++k) {
                proof = _withWord(proof, 5 * i + k, _wordAt(part, k));
            }
        }
        assertFalse(_accepts(rule, CTX, bytes.concat(ciphertexts, proof)));
    }

    /// forge-config: default.fuzz.runs = 10000
    function testFuzz_NoFlippedBallotIsAccepted(uint256 seed, uint16 place, uint8 mask, uint8 more) public {
        salt = seed;
        bytes memory ballot = _honest();
        vm.assume(mask != 0);
        ballot[place % ballot.length] ^= bytes1(mask);
        for (uint256 k; k < more % 4; ++k) {
            uint256 other = uint256(keccak256(abi.encode(seed, k)));
            if (other % ballot.length != place % ballot.length) {
                ballot[other % ballot.length] ^= bytes1(uint8(other >> 100));
            }
        }
        assertFalse(_accepts(_setOf(1, 0), CTX, ballot));
    }

    function _squareRoot(uint256 a) private view returns (uint256 root) {
        (, bytes memory answer) = address(5).staticcall(abi.encode(32, 32, 32, a, (P >> 2) + 1, P));
        return abi.decode(answer, (uint256));
    }
}
