// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Consultations} from "contracts/vote/Consultations.sol";
import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {Rule} from "contracts/vote/Rule.sol";
import {Secp256k1} from "contracts/vote/Secp256k1.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IRulebook} from "contracts/vote/interfaces/IRulebook.sol";
import {TownFixture} from "tests/forge/support/TownFixture.sol";
import {LaxRulebook} from "tests/forge/vote/LaxRulebook.sol";
import {Prover} from "tests/forge/vote/Prover.sol";

/// @dev A ceremony that has made its key: three trustees, two shares open. The ceremony itself is tested beside
/// KeyCeremony.
contract KeyReadyMock {
    error KeyCeremony_NoShare(uint256 id, uint256 index);
    error KeyCeremony_Used(uint256 id);

    mapping(address consumer => mapping(uint256 id => bool)) private _used;
    mapping(uint256 id => bool) public isReserved;

    mapping(uint256 trustee => Point) private _keys;
    mapping(uint256 trustee => address) private _accounts;

    function set(uint256 trustee_, Point calldata key, address account) external {
        (_keys[trustee_], _accounts[trustee_]) = (key, account);
    }

    function reserve(uint256 id) external {
        isReserved[id] = true;
    }

    function trustee(uint256, uint256 index) external view returns (address) {
        return _accounts[index];
    }

    function use(uint256 id) external returns (Point memory) {
        if (_used[msg.sender][id]) revert KeyCeremony_Used(id);
        _used[msg.sender][id] = true;
        return _keys[0];
    }

    function publicKey(uint256) external view returns (uint256, uint256) {
        return (_keys[0].x, _keys[0].y);
    }

    function shareKey(uint256 id, uint256 index) external view returns (uint256, uint256) {
        if (index == 0 || _keys[index].x == 0) revert KeyCeremony_NoShare(id, index);
        return (_keys[index].x, _keys[index].y);
    }

    function threshold(uint256) external pure returns (uint256) {
        return 2;
    }

    function trustees(uint256) external pure returns (uint256) {
        return 3;
    }
}

/// @dev A town, a roll of voters with known keys, and a consultation.
abstract contract VoteFixture is TownFixture, Prover {
    Consultations internal box;
    KeyReadyMock internal ceremonies;

    uint256 internal rollSize_ = 16;
    bytes32[] internal tree;

    uint40 internal constant OPENS = 2_000_000_000;
    uint40 internal constant CLOSES = 2_000_100_000;
    uint40 internal constant TALLY_BY = 2_000_200_000;

    function setUp() public virtual {
        _foundTown();
        _setUpVote();
        vm.warp(OPENS - 1);
    }

    /// @dev A key that is ready, the contract that takes ballots, and the roll.
    function _setUpVote() internal {
        ceremonies = new KeyReadyMock();
        for (uint256 j; j < 4; ++j) {
            (uint256 x, uint256 y) = _pointOf(_trusteeSecret(j));
            ceremonies.set(j, Point(x, y), vm.addr(_accountKeyOf(j)));
        }
        box = _deploy();
        _plant(rollSize_);
    }

    function _deploy() internal returns (Consultations made) {
        made = Consultations(deployCode("Consultations.sol:Consultations", abi.encode(town, ceremonies)));
        _wire("Consultations", address(made));
        IRulebook lax = new LaxRulebook();
        vm.prank(mayor);
        made.setRulebook(lax);
    }

    function _accountKeyOf(uint256 j) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("trustee", j))) % N;
    }

    function _trusteeSecret(uint256 j) internal view returns (uint256) {
        return addmod(secret, 7 * j, N);
    }

    // Rules

    function _yesNo() internal pure returns (Rule memory rule) {
        rule.sets = new uint64[][](1);
        rule.sets[0] = new uint64[](2);
        rule.sets[0][0] = 1;
        rule.setOf = hex"00";
    }

    function _threeOptions() internal pure returns (Rule memory rule) {
        rule.sets = new uint64[][](1);
        rule.sets[0] = new uint64[](3);
        (rule.sets[0][0], rule.sets[0][1]) = (1, M);
        rule.setOf = hex"00";
    }

    /// @dev A promise's evaluation: levels 4 … 0, or no opinion.
    function _evaluation() internal pure returns (Rule memory rule) {
        rule.sets = new uint64[][](1);
        rule.sets[0] = new uint64[](6);
        for (uint64 l; l < 5; ++l) {
            rule.sets[0][l] = 1 + (4 - l) * M;
        }
        rule.setOf = hex"00";
    }

    /// @dev Approval of 1 to 2 out of 3.
    function _approval() internal pure returns (Rule memory rule) {
        rule.sets = new uint64[][](2);
        rule.sets[0] = new uint64[](2);
        rule.sets[0][1] = 1;
        rule.sets[1] = new uint64[](2);
        (rule.sets[1][0], rule.sets[1][1]) = (1, 2);
        rule.setOf = hex"000000";
        rule.sumSet = 2;
    }

    function _one(uint256 branch) internal pure returns (uint256[] memory branches) {
        branches = new uint256[](1);
        branches[0] = branch;
    }

    // Roll

    function _keyOf(uint256 index) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("voter", index))) % N;
    }

    function _voter(uint256 index) internal view virtual returns (address) {
        return vm.addr(_keyOf(index));
    }

    function _rollLeaf(uint256 index, address who) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(index, who))));
    }

    function _pair(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function _plant(uint256 n) internal {
        rollSize_ = n;
        tree = new bytes32[](2 * n - 1);
        for (uint256 i; i < n; ++i) {
            tree[2 * n - 2 - i] = _rollLeaf(i, _voter(i));
        }
        for (uint256 p = n - 1; p != 0; --p) {
            tree[p - 1] = _pair(tree[2 * p - 1], tree[2 * p]);
        }
    }

    function _rollProof(uint256 index) internal view returns (bytes32[] memory) {
        uint256[] memory indices = new uint256[](1);
        indices[0] = index;
        return _rollProof(indices);
    }

    /// @dev The multiproof by marking: a node's sibling is proof where nothing below it is known.
    function _rollProof(uint256[] memory indices) internal view returns (bytes32[] memory proof) {
        uint256 n = rollSize_;
        bool[] memory known = new bool[](2 * n - 1);
        for (uint256 k; k < indices.length; ++k) {
            known[2 * n - 2 - indices[k]] = true;
        }
        bytes32[] memory found = new bytes32[](2 * n);
        uint256 count;
        for (uint256 p = 2 * n - 2; p > 0; --p) {
            if (!known[p]) continue;
            uint256 sibling = p & 1 == 1 ? p + 1 : p - 1;
            if (!known[sibling]) found[count++] = tree[sibling];
            known[(p - 1) >> 1] = true;
        }
        assembly ("memory-safe") {
            mstore(found, count)
        }
        return found;
    }

    // Consultation

    function _defaultTerms(Rule memory rule) internal view returns (IConsultations.Terms memory terms) {
        terms.ceremonyId = 100 + box.consultations();
        (terms.rollRoot, terms.rollSize) = (tree[0], uint32(rollSize_));
        (terms.opensAt, terms.closesAt, terms.tallyBy, terms.secrecyMinimum) = (OPENS, CLOSES, TALLY_BY, 1);
        (terms.questionHash, terms.optionsHash, terms.uri) = (keccak256("Shall we?"), keccak256("yes, no"), "ipfs://");
        terms.rule = rule;
    }

    function _openWith(Rule memory rule) internal returns (uint256 id) {
        IConsultations.Terms memory terms = _defaultTerms(rule);
        vm.prank(officer);
        id = box.open(terms);
        if (block.timestamp < OPENS) vm.warp(OPENS);
    }

    function _contextOf(uint256 id, address who, uint256 seq) internal view returns (bytes32) {
        return keccak256(abi.encode(box.ballotDomain(id), who, seq));
    }

    function _ballotOf(uint256 id, uint256 index, uint256 seq, uint256[] memory branches)
        internal
        returns (bytes memory)
    {
        return _makeBallot(box.rule(id), _contextOf(id, _voter(index), seq), branches);
    }

    function _ballotHash(uint256 id, uint256 index, uint256 seq, bytes memory ballot) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Ballot(uint256 consultation,address voter,uint256 seq,bytes32 ballotHash)");
        return keccak256(abi.encode(typeHash, id, _voter(index), seq, keccak256(ballot)));
    }

    function _signSlip(uint256 id, uint256 index, uint256 seq, bytes memory ballot)
        internal
        view
        virtual
        returns (bytes memory)
    {
        return _sign(_keyOf(index), _ballotHash(id, index, seq, ballot));
    }

    /// @dev Asks the box nothing: what comes next is what a test expects to revert.
    function _sign(uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        bytes32 separator = _domain("Consultations", address(box));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", separator, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _record(uint256 index, uint256 seq, address who, bytes memory signature, bytes memory ballot)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(uint32(index), uint32(seq), who, uint16(signature.length), signature, ballot);
    }

    function _signedRecord(uint256 id, uint256 index, uint256 branch) internal returns (bytes memory) {
        bytes memory ballot = _ballotOf(id, index, 0, _one(branch));
        return _record(index, 0, _voter(index), _signSlip(id, index, 0, ballot), ballot);
    }

    function _castBy(uint256 id, uint256 index, uint256 branch) internal returns (bytes memory ballot) {
        ballot = _ballotOf(id, index, 0, _one(branch));
        _deliver(id, index, ballot, _rollProof(index));
    }

    /// @dev A ballot that the voter at that place signed.
    function _deliver(uint256 id, uint256 index, bytes memory ballot, bytes32[] memory proof) internal {
        box.cast(id, index, _voter(index), ballot, _signSlip(id, index, 0, ballot), proof);
    }

    // Trustees

    function _shareOf(uint256 id, uint256 j, uint256 i) internal returns (Point memory share, Dleq.Proof memory proof) {
        Point[] memory totals = box.totals(id);
        (Point memory R, Point memory S) = (totals[2 * i], totals[2 * i + 1]);
        if (R.x == 0) return (share, proof);
        uint256 x = _trusteeSecret(j);
        (share.x, share.y) = Secp256k1.mulExact(x, R.x, R.y);
        proof = _dleq(id, j, i, R, S, share, x);
    }

    function _dleq(uint256 id, uint256 j, uint256 i, Point memory R, Point memory S, Point memory D, uint256 x)
        internal
        returns (Dleq.Proof memory proof)
    {
        uint256 omega = _random();
        proof.e = uint256(keccak256(_transcript(_shareContext(id, j, i, S), R, D, x, omega))) % N;
        proof.w = addmod(mulmod(omega, Secp256k1.inverse(proof.e, N), N), x, N);
        (proof.p.x, proof.p.y) = Secp256k1.mulExact(proof.w, R.x, R.y);
    }

    function _shareContext(uint256 id, uint256 j, uint256 i, Point memory S) private view returns (bytes32) {
        (Point memory key, uint256 ceremonyId,,,,,) = box.terms(id);
        bytes32 purpose = keccak256("beffroi.vote.tally.share");
        return keccak256(
            bytes.concat(
                abi.encode(purpose, block.chainid, address(box), address(ceremonies), ceremonyId, id, j, i),
                abi.encode(key, S, box.ballots(id))
            )
        );
    }

    function _transcript(bytes32 ctx, Point memory R, Point memory D, uint256 x, uint256 omega)
        private
        returns (bytes memory)
    {
        (uint256 bx, uint256 by) = Secp256k1.mulExact(omega, R.x, R.y);
        Point memory X;
        (X.x, X.y) = _pointOf(x);
        return abi.encode(keccak256("beffroi.vote.dleq"), ctx, R, X, D, vm.addr(omega), Secp256k1.toAddress(bx, by));
    }

    function _signShare(uint256 id, uint256 j, Point[] memory shares) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256("Share(uint256 consultation,uint256 trustee,bytes32 sharesHash)");
        bytes32 structHash = keccak256(abi.encode(typeHash, id, j, keccak256(abi.encode(shares))));
        return _sign(_accountKeyOf(j), structHash);
    }

    function _submit(uint256 id, uint256 j) internal returns (Point[] memory shares) {
        uint256 n = box.rule(id).setOf.length;
        shares = new Point[](n);
        Dleq.Proof[] memory given = new Dleq.Proof[](n);
        for (uint256 i; i < n; ++i) {
            (shares[i], given[i]) = _shareOf(id, j, i);
        }
        box.submitShare(id, j, shares, given, _signShare(id, j, shares));
    }

    /// @dev Closes, submits two shares, and finalises with these results.
    function _tally(uint256 id, uint256[] memory results) internal {
        vm.warp(CLOSES);
        box.close(id);
        uint256[] memory indices = new uint256[](2);
        (indices[0], indices[1]) = (1, 3);
        Point[][] memory shares = new Point[][](2);
        (shares[0], shares[1]) = (_submit(id, 1), _submit(id, 3));
        box.finalise(id, indices, shares, results);
    }

    /// @dev A batch of one is taken, and its ballot left out for this reason.
    function _assertRefused(uint256 consultation, bytes memory one_, IConsultations.Refusal reason) internal {
        uint256 index = uint32(bytes4(one_));
        uint256 before = box.ballots(consultation);
        vm.expectEmit();
        emit IConsultations.BallotRefused(consultation, box.batches(consultation), 0, index, reason);
        box.castBatch(consultation, one_, _rollProof(index));
        assertEq(box.ballots(consultation), before);
        assertEq(box.batchRoot(consultation, box.batches(consultation) - 1), 0);
    }

    /// @dev A total's plaintext, by the secret and by trying.
    function _isTotal(uint256 id, uint256 i, uint256 m) internal returns (bool) {
        Point[] memory totals = box.totals(id);
        (Point memory R, Point memory S) = (totals[2 * i], totals[2 * i + 1]);
        (uint256 x, uint256 y) = Secp256k1.mulExact(secret, R.x, R.y);
        if (m != 0) {
            (uint256 mx, uint256 my) = _pointOf(m);
            (x, y) = Secp256k1.addExact(x, y, mx, my);
        }
        return x == S.x && y == S.y;
    }
}
