// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";
import {CeremonyProver} from "tests/forge/vote/CeremonyProver.sol";

/// @notice The two libraries behind a door.
contract ProofsHarness {
    function equal(bytes32 ctx, Point memory B, Point memory X, Point memory D, Dleq.Proof calldata proof)
        external
        view
        returns (bool)
    {
        return Dleq.verify(ctx, B, X, D, proof);
    }

    function known(bytes32 ctx, Point calldata X, Knowledge.Proof calldata proof) external view returns (bool) {
        return Knowledge.verify(ctx, X, proof);
    }
}

contract DleqTest is CeremonyProver {
    bytes32 internal constant CTX = keccak256("a context");

    ProofsHarness internal proofs = new ProofsHarness();

    // Equality

    function testFuzz_AnHonestProofIsAccepted(uint256 b, uint256 x, bytes32 ctx) public {
        (b, x) = (bound(b, 1, N - 1), bound(x, 1, N - 1));
        Dleq.Proof memory proof = _proveEqual(ctx, b, x);
        assertTrue(proofs.equal(ctx, _times(b), _times(x), _times(_mul(b, x)), proof));
    }

    function testFuzz_AFlippedBitIsRefused(uint256 word, uint256 bit) public {
        Dleq.Proof memory proof = _proveEqual(CTX, 3, 5);
        uint256[11] memory words;
        (Point memory B, Point memory X, Point memory D) = (_times(3), _times(5), _times(15));
        words = [uint256(CTX), B.x, B.y, X.x, X.y, D.x, D.y, proof.e, proof.w, proof.p.x, proof.p.y];
        words[word % 11] ^= 1 << (bit % 256);
        (B, X, D) = (Point(words[1], words[2]), Point(words[3], words[4]), Point(words[5], words[6]));
        proof = Dleq.Proof(words[7], words[8], Point(words[9], words[10]));
        assertFalse(proofs.equal(bytes32(words[0]), B, X, D, proof));
    }

    function testFuzz_AnotherFactorIsRefused(uint256 x, uint256 y) public {
        (x, y) = (bound(x, 1, N - 1), bound(y, 1, N - 1));
        vm.assume(x != y);
        uint256 b = 7;
        Dleq.Proof memory proof = _proveEqual(CTX, b, x);
        assertFalse(proofs.equal(CTX, _times(b), _times(x), _times(_mul(b, y)), proof));
    }

    function test_APointChosenAfterTheChallengeIsRefused() public {
        // A challenge that left D out: pick ω₁ ≠ ω₂, then solve D = (z − ω₂)/e·B.
        (uint256 b, uint256 x, uint256 omega1, uint256 omega2) = (_random(), _random(), _random(), _random());
        Dleq.Proof memory proof;
        {
            bytes memory points = abi.encode(_times(b), _times(x), vm.addr(omega1), vm.addr(_mul(omega2, b)));
            proof.e = uint256(keccak256(bytes.concat(abi.encode(keccak256("beffroi.vote.dleq"), CTX), points))) % N;
        }
        uint256 z = _add(omega1, _mul(proof.e, x));
        uint256 factor = _mul(_sub(z, omega2), _inverse(proof.e));
        assertNotEq(factor, x);
        proof.w = _mul(z, _inverse(proof.e));
        proof.p = _times(_mul(proof.w, b));
        assertFalse(proofs.equal(CTX, _times(b), _times(x), _times(_mul(factor, b)), proof));
    }

    function test_ABaseChosenAfterTheChallengeIsRefused() public {
        // The same with B left out: D = d·G and b = β·G first, then B = (β + e·d)/z·G.
        (uint256 x, uint256 d, uint256 omega, uint256 beta) = (_random(), _random(), _random(), _random());
        uint256 e = uint256(
            keccak256(
                abi.encode(keccak256("beffroi.vote.dleq"), CTX, _times(x), _times(d), vm.addr(omega), vm.addr(beta))
            )
        ) % N;
        uint256 z = _add(omega, _mul(e, x));
        uint256 base = _mul(_add(beta, _mul(e, d)), _inverse(z));
        uint256 w = _mul(z, _inverse(e));
        Dleq.Proof memory proof = Dleq.Proof(e, w, _times(_mul(w, base)));
        assertFalse(proofs.equal(CTX, _times(base), _times(x), _times(d), proof));
    }

    function test_AZeroFromEcrecoverProvesNothing() public {
        // With w = x, a is the "address" of infinity; with D = x·B + Q and N ≤ Q.x, b is a refusal too: e can be known
        // beforehand.
        (uint256 b, uint256 x) = (_random(), _random());
        (uint256 qx, uint256 qy) = _pointWithLargeAbscissa();
        Point memory D = _minusTimes(Point(qx, qy), _sub(0, _mul(b, x)));
        Dleq.Proof memory proof;
        proof.e = _equalityChallenge(CTX, b, _times(x), D, address(0), address(0));
        (proof.w, proof.p) = (x, _times(_mul(b, x)));
        assertFalse(proofs.equal(CTX, _times(b), _times(x), D, proof));
    }

    function test_ScalarsOutOfRangeAreRefused() public {
        Dleq.Proof memory honest = _proveEqual(CTX, 3, 5);
        uint256[3] memory bad = [uint256(0), N, type(uint256).max];
        for (uint256 i; i < bad.length; ++i) {
            assertFalse(proofs.equal(CTX, _times(3), _times(5), _times(15), Dleq.Proof(bad[i], honest.w, honest.p)));
            assertFalse(proofs.equal(CTX, _times(3), _times(5), _times(15), Dleq.Proof(honest.e, bad[i], honest.p)));
        }
    }

    function test_AHintThatIsNotTheProductIsRefused() public {
        // b chosen at will, and p = D − W for the W that gives it: any D would do.
        (uint256 b, uint256 x, uint256 d) = (_random(), _random(), _random());
        (uint256 omega, uint256 beta) = (_random(), _random());
        Dleq.Proof memory proof;
        proof.e = _equalityChallenge(CTX, b, _times(x), _times(d), vm.addr(omega), vm.addr(beta));
        proof.w = _add(_mul(omega, _inverse(proof.e)), x);
        proof.p = _times(_add(d, _mul(beta, _inverse(proof.e))));
        assertFalse(proofs.equal(CTX, _times(b), _times(x), _times(d), proof));
    }

    function test_PointsOffTheCurveAreRefused() public {
        // The proofs are right for the parities of these ordinates, all that ecrecover reads.
        (Point memory B, Point memory X, Point memory D) = (_times(3), _times(5), _times(15));
        B.y ^= 2;
        assertFalse(proofs.equal(CTX, B, X, D, _proveOver(B, X, D)));
        B.y ^= 2;
        X.y ^= 2;
        assertFalse(proofs.equal(CTX, B, X, D, _proveOver(B, X, D)));
        X.y ^= 2;
        assertTrue(proofs.equal(CTX, B, X, D, _proveOver(B, X, D)));
        D = Point(0, 0);
        assertFalse(proofs.equal(CTX, B, X, D, _proveOver(B, X, D)));
    }

    function test_APointWrittenWithACoordinateAboveThePrimeIsRefused() public {
        // D = (1, √8) as (1 + P, √8), the same modulo P: a second writing of one share. B = D/x.
        uint256 x = _random();
        Point memory D = Point(1, _root(8));
        (uint256 bx, uint256 by) = Secp256k1.mulExact(_inverse(x), D.x, D.y);
        assertTrue(Secp256k1.isOnCurve(D.x, D.y));
        for (uint256 i; i < 2; ++i) {
            uint256 omega = _random();
            Dleq.Proof memory proof;
            proof.e = _challenge(Point(bx, by), _times(x), D, vm.addr(omega), _addressOf(omega, bx, by));
            proof.w = _add(_mul(omega, _inverse(proof.e)), x);
            (proof.p.x, proof.p.y) = Secp256k1.mulExact(proof.w, bx, by);
            assertEq(proofs.equal(CTX, Point(bx, by), _times(x), D, proof), i == 0);
            D.x = 1 + P;
        }
    }

    /// @dev The proof that 15·G = 5·(3·G), its challenge over the points as written.
    function _proveOver(Point memory B, Point memory X, Point memory D) private returns (Dleq.Proof memory proof) {
        uint256 omega = _random();
        proof.e = _challenge(B, X, D, vm.addr(omega), vm.addr(_mul(omega, 3)));
        proof.w = _add(_mul(omega, _inverse(proof.e)), 5);
        proof.p = _times(_mul(proof.w, 3));
    }

    function _challenge(Point memory B, Point memory X, Point memory D, address a, address b)
        private
        pure
        returns (uint256)
    {
        return uint256(keccak256(abi.encode(keccak256("beffroi.vote.dleq"), CTX, B, X, D, a, b))) % N;
    }

    function _addressOf(uint256 k, uint256 x, uint256 y) private view returns (address) {
        (x, y) = Secp256k1.mulExact(k, x, y);
        return Secp256k1.toAddress(x, y);
    }

    function test_ABaseWithAnAbscissaThatEcrecoverRefusesIsRefused() public {
        (uint256 qx, uint256 qy) = _pointWithLargeAbscissa();
        Dleq.Proof memory proof = _proveEqual(CTX, 3, 5);
        assertFalse(proofs.equal(CTX, Point(qx, qy), _times(5), _times(15), proof));
        assertFalse(proofs.equal(CTX, _times(3), Point(qx, qy), _times(15), proof));
    }

    function test_TheHintEqualToThePointIsRefused() public {
        // ω = 0: W is infinity.
        Dleq.Proof memory proof = Dleq.Proof(_random(), 5, _times(15));
        assertFalse(proofs.equal(CTX, _times(3), _times(5), _times(15), proof));
    }

    // Knowledge

    function testFuzz_AKnownLogarithmIsAccepted(uint256 x, bytes32 ctx) public {
        x = bound(x, 1, N - 1);
        Knowledge.Proof memory proof = _proveKnowledge(ctx, x);
        assertTrue(proofs.known(ctx, _times(x), proof));
    }

    function testFuzz_AFlippedBitOfKnowledgeIsRefused(uint256 word, uint256 bit) public {
        Knowledge.Proof memory proof = _proveKnowledge(CTX, 5);
        Point memory X = _times(5);
        uint256[5] memory words = [uint256(CTX), X.x, X.y, proof.e, proof.z];
        words[word % 5] ^= 1 << (bit % 256);
        assertFalse(proofs.known(bytes32(words[0]), Point(words[1], words[2]), Knowledge.Proof(words[3], words[4])));
    }

    function test_APointChosenAfterItsChallengeIsRefused() public {
        // A challenge that left X out: a = ω·G and z first, then X = (z − ω)/e·G for any z.
        (uint256 omega, uint256 z) = (_random(), _random());
        uint256 e = uint256(keccak256(abi.encode(keccak256("beffroi.vote.knowledge"), CTX, vm.addr(omega)))) % N;
        Point memory X = _times(_mul(_sub(z, omega), _inverse(e)));
        assertFalse(proofs.known(CTX, X, Knowledge.Proof(e, z)));
    }

    function test_KnowledgeOfAPointThatEcrecoverRefusesProvesNothing() public {
        // The address would be zero: e known beforehand, and no logarithm at all.
        (uint256 qx, uint256 qy) = _pointWithLargeAbscissa();
        uint256 e =
            uint256(keccak256(abi.encode(keccak256("beffroi.vote.knowledge"), CTX, Point(qx, qy), address(0)))) % N;
        assertFalse(proofs.known(CTX, Point(qx, qy), Knowledge.Proof(e, 1)));
    }

    function test_KnowledgeWithScalarsOutOfRangeOrAPointOffTheCurveIsRefused() public {
        Knowledge.Proof memory honest = _proveKnowledge(CTX, 5);
        Point memory X = _times(5);
        uint256[3] memory bad = [uint256(0), N, type(uint256).max];
        for (uint256 i; i < bad.length; ++i) {
            assertFalse(proofs.known(CTX, X, Knowledge.Proof(bad[i], honest.z)));
            assertFalse(proofs.known(CTX, X, Knowledge.Proof(honest.e, bad[i])));
        }
        assertFalse(proofs.known(CTX, Point(0, 0), honest));

        // The proof is right for this y, whose parity alone ecrecover reads.
        X.y ^= 2;
        uint256 omega = _random();
        honest.e = uint256(keccak256(abi.encode(keccak256("beffroi.vote.knowledge"), CTX, X, vm.addr(omega)))) % N;
        honest.z = _add(omega, _mul(honest.e, 5));
        assertFalse(proofs.known(CTX, X, honest));
    }
}
