// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {Tally} from "contracts/vote/Tally.sol";
import {TallyHarness} from "tests/forge/harness/TallyHarness.sol";
import {CeremonyProver} from "tests/forge/vote/CeremonyProver.sol";

contract TallyTest is CeremonyProver {
    uint256 internal constant M = 1 << 24;

    TallyHarness internal tally = TallyHarness(deployCode("TallyHarness.sol:TallyHarness", ""));

    address internal ceremony = makeAddr("ceremony");
    uint256 internal r = _random();
    uint256[] internal polynomial;

    // Interpolation

    function testFuzz_WeightsAreTheLagrangeCoefficientsWithoutDenominators(uint16 mask) public view {
        vm.assume(mask != 0);
        uint256[] memory indices = _indices(mask);
        (uint256[] memory weights, bool[] memory negative, uint256 delta) = tally.lagrange(indices);
        assertLt(delta, 1 << 18);
        for (uint256 a; a < indices.length; ++a) {
            assertLt(weights[a], 1 << 24);
            uint256 coefficient = 1;
            for (uint256 b; b < indices.length; ++b) {
                if (a == b) continue;
                uint256 factor = _mul(indices[b], _inverse(_sub(indices[b], indices[a])));
                coefficient = _mul(coefficient, factor);
            }
            uint256 weight = negative[a] ? _sub(0, weights[a]) : weights[a];
            assertEq(_mul(coefficient, delta), weight);
        }
    }

    function test_AnyThreeOfFiveOpenTheTotal() public {
        _share(3);
        uint256 m = 41 + 1_000 * M;
        for (uint256 mask = 1; mask < 32; ++mask) {
            uint256[] memory indices = _indices(mask);
            assertEq(tally.opens(indices, _shares(indices), _total(m), m), indices.length >= 3);
        }
    }

    function testFuzz_TwoOfThreeOpenAnyCount(uint24 first, uint24 second, uint256 without) public {
        _share(2);
        uint256[] memory indices = _indices(7 ^ (1 << (without % 3)));
        uint256 m = first + second * M;
        assertTrue(tally.opens(indices, _shares(indices), _total(m), m));
        assertFalse(tally.opens(indices, _shares(indices), _total(m), m + 1));
        assertFalse(tally.opens(indices, _shares(indices), _total(m), m ^ M));
    }

    function test_SixteenOfSixteenOpenTheTotal() public {
        _share(16);
        uint256[] memory indices = _indices(type(uint16).max);
        uint256 m = (M - 1) * M + M - 1;
        assertTrue(tally.opens(indices, _shares(indices), _total(m), m));
        assertFalse(tally.opens(indices, _shares(indices), _total(m), m - 1));
    }

    function test_InfiniteTotalsOpenToo() public {
        _share(2);
        uint256[] memory indices = _indices(3);
        // R = ∞: no shares, S = m·G.
        assertTrue(tally.opens(new uint256[](0), new Point[](0), _times(12), 12));
        assertFalse(tally.opens(new uint256[](0), new Point[](0), _times(12), 13));
        assertTrue(tally.opens(new uint256[](0), new Point[](0), Point(0, 0), 0));
        // S = ∞ beside a finite R: r·h = −m·G.
        uint256 m = 5;
        r = _mul(_sub(0, m), _inverse(polynomial[0]));
        assertTrue(tally.opens(indices, _shares(indices), Point(0, 0), m));
        assertFalse(tally.opens(indices, _shares(indices), Point(0, 0), 0));
    }

    function test_AWrongShareOpensNothing() public {
        _share(2);
        uint256[] memory indices = _indices(5);
        Point[] memory shares = _shares(indices);
        shares[1] = _times(_random());
        assertFalse(tally.opens(indices, shares, _total(9), 9));
    }

    function test_AShareUnderAnothersIndexOpensNothing() public {
        _share(2);
        Point[] memory shares = _shares(_indices(3));
        assertFalse(tally.opens(_indices(5), shares, _total(9), 9));
    }

    // Two shares of one trustee, or out of order

    function test_IndicesTwiceUnorderedZeroOrTooLargeAreRefused() public {
        _share(2);
        _expectBadIndex(2, 2, 1, 2);
        _expectBadIndex(3, 1, 1, 1);
        _expectBadIndex(0, 1, 0, 0);
        _expectBadIndex(1, 17, 1, 17);
        _expectBadIndex(1, type(uint256).max, 1, type(uint256).max);
    }

    function test_AsManySharesAsIndices() public {
        _share(2);
        uint256[] memory indices = _indices(3);
        Point[] memory shares = _shares(_indices(7));
        vm.expectRevert(abi.encodeWithSelector(Tally.Tally_BadLengths.selector, 2, 3));
        tally.opens(indices, shares, _total(1), 1);
    }

    // Collisions

    function test_ACountWhosePointSharesAnAddressWithTheTruthIsRefused() public {
        // 24 bits of an address here, 160 for who can afford 2⁸⁰: a test by address would take either count.
        assertEq(uint24(uint160(vm.addr(TWIN_A))), uint24(uint160(vm.addr(TWIN_B))));
        _share(2);
        uint256[] memory indices = _indices(3);
        Point[] memory shares = _shares(indices);
        assertTrue(tally.opens(indices, shares, _total(TWIN_A), TWIN_A));
        assertFalse(tally.opens(indices, shares, _total(TWIN_A), TWIN_B));
        assertTrue(new TruncatedTallyMock().opens(_times(TWIN_A), TWIN_B));
    }

    // Shares

    function test_AShareIsAcceptedWithItsProof() public {
        (Tally.Statement memory about, Point memory D, Dleq.Proof memory proof) = _proved();
        assertTrue(tally.isShare(about, D, proof));
    }

    function test_AShareServesOneStatementOnly() public {
        for (uint256 field; field < 16; ++field) {
            (Tally.Statement memory about, Point memory D, Dleq.Proof memory proof) = _proved();
            if (field == 0) about.ceremony = address(this);
            if (field == 1) ++about.ceremonyId;
            if (field == 2) ++about.consultation;
            if (field == 3) ++about.trustee;
            if (field == 4) ++about.index;
            if (field == 5) ++about.ballots;
            if (field == 6) about.key = _times(77);
            if (field == 7) about.shareKey = _times(77);
            if (field == 8) about.R = _times(77);
            if (field == 9) about.S = _times(77);
            if (field == 10) D = _times(77);
            if (field == 11) about.key.y = P - about.key.y;
            if (field == 12) about.S = Point(0, 0);
            if (field == 13) D.y = P - D.y;
            if (field == 14) vm.chainId(block.chainid + 1);
            if (field == 15) tally = TallyHarness(deployCode("TallyHarness.sol:TallyHarness", ""));
            assertFalse(tally.isShare(about, D, proof), vm.toString(field));
        }
    }

    function test_AShareByAFactorOtherThanTheTrusteesIsRefused() public {
        (Tally.Statement memory about,,) = _proved();
        uint256 other = _random();
        Dleq.Proof memory proof = _proveEqual(_context(about), r, other);
        assertFalse(tally.isShare(about, _times(_mul(r, other)), proof));
    }

    function _proved() private returns (Tally.Statement memory about, Point memory D, Dleq.Proof memory proof) {
        uint256 x = _random();
        about = Tally.Statement(ceremony, 3, 9, 2, 1, 2_597, _times(_random()), _times(x), _times(r), _times(_random()));
        D = _times(_mul(r, x));
        proof = _proveEqual(_context(about), r, x);
    }

    function _context(Tally.Statement memory about) private view returns (bytes32) {
        bytes32 purpose = keccak256("beffroi.vote.tally.share");
        bytes memory where = abi.encode(purpose, block.chainid, address(tally), about.ceremony, about.ceremonyId);
        bytes memory what = abi.encode(about.consultation, about.trustee, about.index);
        return keccak256(bytes.concat(where, what, abi.encode(about.key, about.S, about.ballots)));
    }

    function _share(uint256 t) private {
        for (uint256 k; k < t; ++k) {
            polynomial.push(_random());
        }
    }

    function _indices(uint256 mask) private pure returns (uint256[] memory indices) {
        uint256 count;
        indices = new uint256[](16);
        for (uint256 j = 1; j <= 16; ++j) {
            if ((mask >> (j - 1)) & 1 == 1) indices[count++] = j;
        }
        assembly ("memory-safe") {
            mstore(indices, count)
        }
    }

    function _shares(uint256[] memory indices) private returns (Point[] memory shares) {
        shares = new Point[](indices.length);
        for (uint256 i; i < indices.length; ++i) {
            shares[i] = _times(_mul(r, _evaluate(polynomial, indices[i])));
        }
    }

    /// @dev S = r·h + m·G.
    function _total(uint256 m) private returns (Point memory) {
        return _times(_add(_mul(r, polynomial[0]), m));
    }

    function _expectBadIndex(uint256 a, uint256 b, uint256 position, uint256 index) private {
        uint256[] memory indices = new uint256[](2);
        (indices[0], indices[1]) = (a, b);
        Point[] memory shares = _shares(_indices(3));
        Point memory S = _total(1);
        vm.expectRevert(abi.encodeWithSelector(Tally.Tally_BadIndex.selector, position, index));
        tally.opens(indices, shares, S, 1);
    }
}

/// @notice A tally that compares S − Σ λ_j·D_j with m·G by address, addresses being cut to 24 bits so that the attack
/// is affordable here.
contract TruncatedTallyMock is CeremonyProver {
    function opens(Point memory difference, uint256 m) external pure returns (bool) {
        address claimed = vm.addr(m);
        address found = address(uint160(uint256(keccak256(abi.encode(difference)))));
        return uint24(uint160(claimed)) == uint24(uint160(found));
    }
}
