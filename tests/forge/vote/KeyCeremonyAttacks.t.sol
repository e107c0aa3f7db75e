// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Dleq} from "contracts/vote/Dleq.sol";
import {KeyCeremony} from "contracts/vote/KeyCeremony.sol";
import {Knowledge} from "contracts/vote/Knowledge.sol";
import {Point} from "contracts/vote/Point.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {KeyCeremonyFixture} from "tests/forge/vote/KeyCeremonyFixture.sol";

/// @notice Attacks of a trustee on the others. Each passes as soon as the check it meets is taken away.
contract KeyCeremonyAttacksTest is KeyCeremonyFixture {
    // Rushing and copying

    function test_ADealerWhoWaitedToSeeTheOthersCannotDealAnythingNew() public {
        uint256 id = _toDeal(2, 3);
        _deal(id, MAJORITY);
        _deal(id, OPPOSITION);

        secrets[id][CLERK].polynomial[0] = _random();
        IKeyCeremony.Deal memory chosenAfterwards = _honest(id, CLERK);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, CLERK));
        _deal(id, CLERK, chosenAfterwards);
    }

    function test_ACommitmentCopiedFromAnotherDealerOpensNothing() public {
        uint256 id = _toCommit(2, 3);
        _commit(id, MAJORITY);
        IKeyCeremony.Deal memory copied = _dealt(id, MAJORITY);
        _commitTo(id, CLERK, _hash(id, MAJORITY, copied));
        _commit(id, OPPOSITION);
        _deal(id, MAJORITY);

        _expectDealReverts(id, CLERK, copied, IKeyCeremony.KeyCeremony_NotTheDeal.selector);
    }

    function test_ADealLeakedBeforeTheCommitCannotBeDealtByAnother() public {
        uint256 id = _toCommit(2, 3);
        IKeyCeremony.Deal memory leaked = _honest(id, MAJORITY);
        _commit(id, MAJORITY, leaked);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, leaked);
        _deal(id, MAJORITY);

        _expectDealReverts(id, CLERK, leaked, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    function test_ADealerCannotCancelAnothersCommitment() public {
        // C_{3,0} = q·G − C_{1,0} − C_{2,0} would make h = q·G, its secret q known to the clerk alone.
        uint256 id = _toCommit(2, 3);
        uint256 q = _random();
        uint256 others = _add(secrets[id][1].polynomial[0], secrets[id][2].polynomial[0]);
        IKeyCeremony.Deal memory rogue = _honest(id, CLERK);
        rogue.commitments[0] = _times(_sub(q, others));
        rogue.secretProof = _proveKnowledge(_dealContext("beffroi.vote.ceremony.secret", id, CLERK, rogue), q);
        rogue.ephemeralProof = _proveKnowledge(
            _dealContext("beffroi.vote.ceremony.ephemeral", id, CLERK, rogue), secrets[id][CLERK].ephemeral
        );
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, rogue);

        _expectDealReverts(id, CLERK, rogue, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    // Keys copied

    function test_AnEncryptionKeyCannotBeCopiedWithinACeremony() public {
        uint256 id = _open(2, 3);
        _enrol(id, MAJORITY);
        Point memory key = _times(secrets[id][MAJORITY].key);
        Knowledge.Proof memory copied = _proveKnowledge(_enrolmentContext(id, MAJORITY), secrets[id][MAJORITY].key);
        _expectEnrolReverts(id, CLERK, key, copied);
    }

    function test_AnEncryptionKeyCannotBeTakenFromAnotherCeremony() public {
        uint256 first = _open(2, 3);
        uint256 second = _open(2, 3);
        Point memory key = _times(secrets[first][CLERK].key);
        Knowledge.Proof memory copied = _proveKnowledge(_enrolmentContext(first, CLERK), secrets[first][CLERK].key);
        _expectEnrolReverts(second, CLERK, key, copied);
    }

    function test_AProofMadeForAnotherChainOrContractIsRefused() public {
        uint256 id = _open(2, 3);
        uint256 secret = secrets[id][CLERK].key;
        Point memory key = _times(secret);
        Knowledge.Proof memory here = _proveKnowledge(_enrolmentContext(id, CLERK), secret);
        vm.chainId(block.chainid + 1);
        _expectEnrolReverts(id, CLERK, key, here);
        vm.chainId(block.chainid - 1);

        KeyCeremony other = _deploy();
        bytes32 elsewhere = keccak256(
            abi.encode(
                keccak256("beffroi.vote.ceremony.enrolment"), block.chainid, address(other), id, CLERK, _account(CLERK)
            )
        );
        Knowledge.Proof memory there = _proveKnowledge(elsewhere, secret);
        _expectEnrolReverts(id, CLERK, key, there);
        _enrol(id, CLERK);
    }

    function test_AnEphemeralKeyCannotBeCopiedWithinACeremony() public {
        // With the majority's E and junk for the opposition, the opposition's true complaint would show DH, which
        // unmasks the majority's share.
        uint256 id = _toCommit(2, 3);
        IKeyCeremony.Deal memory honest = _honest(id, MAJORITY);
        IKeyCeremony.Deal memory thief = _honest(id, CLERK);
        thief.ephemeral = honest.ephemeral;
        thief.shares[OPPOSITION - 1] = 1;
        _prove(id, CLERK, thief);
        _commit(id, MAJORITY, honest);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, thief);
        _expectDealReverts(id, CLERK, thief, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    function test_AnEphemeralKeyCannotBeCopiedWithItsProof() public {
        uint256 id = _toCommit(2, 3);
        IKeyCeremony.Deal memory honest = _honest(id, MAJORITY);
        IKeyCeremony.Deal memory thief = _honest(id, CLERK);
        thief.ephemeral = honest.ephemeral;
        _prove(id, CLERK, thief);
        thief.ephemeralProof = honest.ephemeralProof;
        _commit(id, MAJORITY, honest);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, thief);
        _expectDealReverts(id, CLERK, thief, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    function test_AnEphemeralKeyCannotBeCopiedAcrossCeremonies() public {
        // The same dealer's seat, the same key, the proof from the first ceremony.
        uint256 first = _toCommit(2, 3);
        IKeyCeremony.Deal memory honest = _honest(first, CLERK);
        uint256 id = _toCommit(2, 3);
        secrets[id][CLERK].polynomial = secrets[first][CLERK].polynomial;
        IKeyCeremony.Deal memory thief = _honest(id, CLERK);
        thief.ephemeral = honest.ephemeral;
        _prove(id, CLERK, thief);
        thief.ephemeralProof = honest.ephemeralProof;
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, thief);
        _expectDealReverts(id, CLERK, thief, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    function test_AProofServesOnlyTheCommitmentsItWasMadeFor() public {
        uint256 id = _toCommit(2, 3);
        IKeyCeremony.Deal memory made = _honest(id, CLERK);
        made.commitments[1] = _times(_random());
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, made);
        _expectDealReverts(id, CLERK, made, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    function test_AProofServesOnlyTheMaskedSharesItWasMadeFor() public {
        for (uint256 j; j < 3; ++j) {
            uint256 id = _toCommit(2, 3);
            IKeyCeremony.Deal memory made = _honest(id, CLERK);
            made.shares[j] ^= 1;
            _commit(id, MAJORITY);
            _commit(id, OPPOSITION);
            _commit(id, CLERK, made);
            _expectDealReverts(id, CLERK, made, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
        }
    }

    function test_TheSecretsProofDoesNotServeForTheEphemeralKey() public {
        uint256 id = _toCommit(2, 3);
        secrets[id][CLERK].ephemeral = secrets[id][CLERK].polynomial[0];
        IKeyCeremony.Deal memory made = _honest(id, CLERK);
        made.ephemeralProof = made.secretProof;
        _commit(id, MAJORITY);
        _commit(id, OPPOSITION);
        _commit(id, CLERK, made);
        _expectDealReverts(id, CLERK, made, IKeyCeremony.KeyCeremony_BadKnowledge.selector);
    }

    // Wrong shares, false complaints

    function test_AWrongShareExcludesItsDealerWhoeverReceivesIt() public {
        (Point memory none, Dleq.Proof memory proof) = _unread();
        for (uint256 j = 1; j <= 3; ++j) {
            uint256 dealer = j % 3 + 1;
            uint256 id = _toCommit(2, 3);
            IKeyCeremony.Deal memory wrong = _honest(id, dealer);
            wrong.shares[j - 1] = _add(wrong.shares[j - 1], 1);
            _prove(id, dealer, wrong);
            for (uint256 i = 1; i <= 3; ++i) {
                if (i == dealer) _commit(id, i, wrong);
                else _commit(id, i);
            }
            for (uint256 i = 1; i <= 3; ++i) {
                _deal(id, i);
            }

            vm.expectEmit(true, true, true, false);
            emit IKeyCeremony.DealerExcluded(id, dealer, j, none, proof, "");
            _complain(id, j, dealer);
            _pass(id);
            _conclude(id);
            _acknowledge(id);
            _assertKeys(id);
        }
    }

    function test_NobodyTakesTheirOwnDealBack() public {
        uint256 id = _toComplaints(2, 3);
        (uint256 key, uint256 ephemeral) = (secrets[id][CLERK].key, secrets[id][CLERK].ephemeral);
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, CLERK, CLERK), ephemeral, key);
        (Point memory shown, Point memory shared) = (_times(key), _times(_mul(key, ephemeral)));
        IKeyCeremony.Deal memory own = _dealt(id, CLERK);
        bytes memory signature = _step(id, CLERK, "complain", abi.encode(CLERK, own, shown, shared, proof));
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_OwnDeal.selector, id, CLERK));
        ceremony.complain(id, CLERK, CLERK, own, shown, shared, proof, signature);
    }

    function test_AFalseComplaintExcludesItsAuthor() public {
        uint256 id = _toComplaints(2, 3);
        (uint256 key, uint256 ephemeral) = (secrets[id][CLERK].key, secrets[id][MAJORITY].ephemeral);
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, CLERK, MAJORITY), ephemeral, key);
        (Point memory shown, Point memory shared) = (_times(key), _times(_mul(key, ephemeral)));
        IKeyCeremony.Deal memory accused = _dealt(id, MAJORITY);
        bytes memory signature = _step(id, CLERK, "complain", abi.encode(MAJORITY, accused, shown, shared, proof));
        vm.expectEmit();
        emit IKeyCeremony.AccuserExcluded(id, CLERK, MAJORITY, shared, proof, signature);
        ceremony.complain(id, CLERK, MAJORITY, accused, shown, shared, proof, signature);

        _pass(id);
        _conclude(id);
        _acknowledge(id);
        _assertKeys(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NoShare.selector, id, CLERK));
        ceremony.shareKey(id, CLERK);
    }

    function test_AnAccuserCannotMakeAGoodShareLookWrong() public {
        // Any other Diffie–Hellman point unmasks junk: it takes a proof, and the proofs at hand don't fit.
        uint256 id = _toComplaints(2, 3);
        uint256 key = secrets[id][CLERK].key;
        uint256 ephemeral = secrets[id][MAJORITY].ephemeral;
        bytes32 ctx = _complaintContext(id, CLERK, MAJORITY);
        Point memory truth = _times(_mul(key, ephemeral));
        Dleq.Proof memory ofTruth = _proveEqual(ctx, ephemeral, key);
        Dleq.Proof memory ofAnotherKey = _proveEqual(ctx, ephemeral, _add(key, 1));
        Dleq.Proof memory ofAnotherBase = _proveEqual(ctx, _add(ephemeral, 1), key);
        _expectBadComplaint(id, Point(truth.x, P - truth.y), ofTruth);
        _expectBadComplaint(id, Point(0, 0), ofTruth);
        _expectBadComplaint(id, _times(_mul(_add(key, 1), ephemeral)), ofAnotherKey);
        _expectBadComplaint(id, _times(_mul(key, _add(ephemeral, 1))), ofAnotherBase);
    }

    function test_AComplaintProofServesOneAccuserDealerCeremonyChainAndContract() public {
        uint256 id = _toComplaints(2, 3);
        uint256 key = secrets[id][CLERK].key;
        uint256 ephemeral = secrets[id][MAJORITY].ephemeral;
        Point memory truth = _times(_mul(key, ephemeral));
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id + 1, CLERK, MAJORITY), ephemeral, key);
        _expectBadComplaint(id, truth, proof);
        proof = _proveEqual(_complaintContext(id, OPPOSITION, MAJORITY), ephemeral, key);
        _expectBadComplaint(id, truth, proof);
        proof = _proveEqual(_complaintContext(id, CLERK, OPPOSITION), ephemeral, key);
        _expectBadComplaint(id, truth, proof);
        bytes32 elsewhere = keccak256(
            abi.encode(keccak256("beffroi.vote.ceremony.complaint"), block.chainid, address(town), id, MAJORITY, CLERK)
        );
        proof = _proveEqual(elsewhere, ephemeral, key);
        _expectBadComplaint(id, truth, proof);
    }

    function test_AComplaintAgainstADoctoredDealIsRefused() public {
        uint256 id = _toComplaints(2, 3);
        IKeyCeremony.Deal memory doctored = _dealt(id, MAJORITY);
        doctored.shares[CLERK - 1] = _add(doctored.shares[CLERK - 1], 1);
        uint256 key = secrets[id][CLERK].key;
        uint256 ephemeral = secrets[id][MAJORITY].ephemeral;
        Point memory keyPoint = _times(key);
        Point memory shared = _times(_mul(key, ephemeral));
        Dleq.Proof memory proof = _proveEqual(_complaintContext(id, CLERK, MAJORITY), ephemeral, key);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, MAJORITY));
        _complain(id, CLERK, MAJORITY, doctored, keyPoint, shared, proof);
    }

    function test_TheExcludedNeitherAccuseNorAreAccusedAgain() public {
        uint256 id = _toComplaints(2, 4);
        _complain(id, CLERK, MAJORITY);
        _expectComplaintReverts(id, CLERK, OPPOSITION, IKeyCeremony.KeyCeremony_Excluded.selector, CLERK);
        _expectComplaintReverts(id, OPPOSITION, CLERK, IKeyCeremony.KeyCeremony_Excluded.selector, CLERK);
    }

    // Collisions of addresses

    function test_AWrongShareWhosePointSharesAnAddressWithTheRightOneIsStillWrong() public {
        (Point memory none, Dleq.Proof memory proof) = _unread();
        // The dealer chooses f(j) = A and sends B, A·G and B·G alike in 24 bits of address: by address the honest
        // accuser would be excluded.
        uint256 id = _toCommit(2, 3);
        Secrets storage own = secrets[id][MAJORITY];
        own.polynomial[1] = _mul(_sub(TWIN_A, own.polynomial[0]), _inverse(CLERK));
        IKeyCeremony.Deal memory made = _honest(id, MAJORITY);
        made.shares[CLERK - 1] = _add(TWIN_B, _mask(id, MAJORITY, CLERK));
        _prove(id, MAJORITY, made);
        _commit(id, MAJORITY, made);
        _commit(id, OPPOSITION);
        _commit(id, CLERK);
        for (uint256 i = 1; i <= 3; ++i) {
            _deal(id, i);
        }
        vm.expectEmit(true, true, true, false);
        emit IKeyCeremony.DealerExcluded(id, MAJORITY, CLERK, none, proof, "");
        _complain(id, CLERK, MAJORITY);
    }

    function test_CommitmentsWithTheSameAddressDoNotMakeAnotherKey() public {
        uint256 id = _toCommit(2, 3);
        secrets[id][MAJORITY].polynomial[1] = TWIN_A;
        for (uint256 i = 1; i <= 3; ++i) {
            _commit(id, i);
        }
        for (uint256 i = 1; i <= 3; ++i) {
            _deal(id, i);
        }
        IKeyCeremony.Deal[] memory deals = _qualifiedDeals(id);
        deals[0].commitments[1] = _times(TWIN_B);
        _pass(id);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_NotTheDeal.selector, id, MAJORITY));
        ceremony.conclude(id, deals);
        _conclude(id);
        _acknowledge(id);
        _assertKeys(id);
    }

    /// @dev For what an expected event holds beside its indices, which is not compared.
    function _unread() private pure returns (Point memory none, Dleq.Proof memory proof) {}

    function _expectEnrolReverts(uint256 id, uint256 j, Point memory key, Knowledge.Proof memory proof) private {
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_BadKnowledge.selector, id, j));
        ceremony.enrol(id, j, key, proof, _step(id, j, "enrol", abi.encode(key, proof)));
    }

    function _expectDealReverts(uint256 id, uint256 i, IKeyCeremony.Deal memory made, bytes4 error_) private {
        vm.expectRevert(abi.encodeWithSelector(error_, id, i));
        _deal(id, i, made);
    }

    /// @dev The clerk's complaint against the majority with this point and this proof.
    function _expectBadComplaint(uint256 id, Point memory shared, Dleq.Proof memory proof) private {
        IKeyCeremony.Deal memory accused = _dealt(id, MAJORITY);
        Point memory key = _times(secrets[id][CLERK].key);
        vm.expectRevert(abi.encodeWithSelector(IKeyCeremony.KeyCeremony_BadComplaint.selector, id, CLERK, MAJORITY));
        _complain(id, CLERK, MAJORITY, accused, key, shared, proof);
    }

    function _expectComplaintReverts(uint256 id, uint256 accuser, uint256 dealer, bytes4 error_, uint256 who) private {
        IKeyCeremony.Deal memory accused = _dealt(id, dealer);
        Dleq.Proof memory proof;
        vm.expectRevert(abi.encodeWithSelector(error_, id, who));
        _complain(id, accuser, dealer, accused, Point(0, 0), Point(0, 0), proof);
    }
}
