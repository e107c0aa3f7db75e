// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {Cred} from "contracts/credibility/Cred.sol";
import {IAppeals} from "contracts/credibility/interfaces/IAppeals.sol";
import {IPromises} from "contracts/credibility/interfaces/IPromises.sol";
import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {VoteRecipes} from "tests/forge/adversaries/VoteRecipes.sol";

/// @title How the acts on promises succeed: Rita's mandates stand for Carol's
abstract contract PromiseRecipes is VoteRecipes {
    uint256 private constant NOTHING_KEPT = 0; // the place of that opinion in the rule's set
    uint256 private constant ONE_OPINION = 1 + 4 * uint256(M); // one opinion, all four levels missing
    bytes internal constant THE_PROMISE = hex"00";

    function setUp() public virtual override {
        super.setUp();
        address at = address(promises);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IPromises.amend.selector, _amendPromise);
        _add(at, IPromises.attachEvaluation.selector, _attachEvaluation);
        _add(at, IPromises.bringCounterEvidence.selector, _bringCounterEvidence);
        _add(at, IPromises.bringEvidence.selector, _bringEvidence);
        _add(at, IPromises.callEvaluation.selector, _callEvaluation);
        _add(at, IPromises.cancelMandate.selector, _cancelMandate);
        _add(at, IPromises.declareUnjudged.selector, _declareUnjudged);
        _add(at, IPromises.endMandate.selector, _endMandate);
        _add(at, IPromises.openMandate.selector, _openMandate);
        _add(at, IPromises.pledge.selector, _pledge);
        _add(at, IPromises.publish.selector, _publish);
        _add(at, IPromises.release.selector, _releaseWithheld);
        _add(at, IPromises.settle.selector, _settlePromise);

        _addSlip("promises", at, _pledgeBySlip);
        _addSlip("another wording", at, _amendPromise);
        _addSlip("evidence", at, _bringEvidenceBySlip);
        _addSlip("counter-evidence", at, _bringCounterEvidence);

        at = address(appeals);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IAppeals.appeal.selector, _appeal);
        _add(at, IAppeals.petition.selector, _petition);
        _add(at, IAppeals.rule.selector, _rulePromise);
        _addSlip("an appeal", at, _appealBySlip);
        _addList("a petition", at, _petition);

        at = address(cred);
        _add(at, Cred.mint.selector, _mintCred);
        _add(at, Cred.burn.selector, _burnCred);
    }

    function _ritas() private returns (uint256 id) {
        id = _pledged(rita);
        _stands(bytes32(id), bytes32(mandate));
    }

    function _signs(bytes memory slip) private view returns (bytes memory) {
        return _signSlip(rita, "Promises", address(promises), keccak256(slip));
    }

    function _signsAppeal(bytes memory slip) private view returns (bytes memory) {
        return _signSlip(rita, "Appeals", address(appeals), keccak256(slip));
    }

    function _openMandate() private view returns (Act memory) {
        uint40 endsAt = uint40(block.timestamp + 400 days);
        return _ofOffice(abi.encodeCall(IPromises.openMandate, (rita, endsAt, IPromises.Supply.FiftyMillion, DEED)));
    }

    function _endMandate() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPromises.endMandate, (_ritas(), DEED)));
    }

    function _cancelMandate() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IPromises.cancelMandate, (_ritas(), DEED)));
    }

    /// @dev What was due, and nobody put it to the vote.
    function _silent(uint256 wait_s) private returns (uint256 id) {
        id = _ritas();
        uint256 at = uint256(promises.promiseOf(id, 0).dueAt) + wait_s;
        if (block.timestamp < at) vm.warp(at);
    }

    function _callEvaluation() private returns (Act memory) {
        uint256 id = _silent(SILENCE_S);
        _citizensRoll();
        return _ofAnyone(abi.encodeCall(IPromises.callEvaluation, (id, THE_PROMISE, 10_000 + box.consultations())));
    }

    /// @dev No roll is current.
    function _declareUnjudged() private returns (Act memory) {
        uint256 id = _silent(SILENCE_S + PATIENCE_S);
        return _ofAnyone(abi.encodeCall(IPromises.declareUnjudged, (id, THE_PROMISE)));
    }

    function _pledge() private returns (Act memory) {
        uint256 id = _mandateOf(rita);
        _stands(bytes32(id), bytes32(mandate));
        return _ofParty(rita, abi.encodeCall(IPromises.pledge, (id, 0, _pledges(), 0, "")));
    }

    function _pledgeBySlip() private returns (Act memory) {
        (uint256 id, uint256 deadline) = (_mandateOf(rita), block.timestamp + 1 days);
        IPromises.Pledge[] memory pledges = _pledges();
        string memory row = "Pledge(string title,bytes32 textHash,string uri,uint16 weight_bps,uint40 dueAt)";
        string memory all = "Pledges(uint256 mandate,uint256 first,Pledge[] pledges,uint256 deadline)";
        IPromises.Pledge memory it = pledges[0];
        bytes32 rowHash = keccak256(
            abi.encode(
                keccak256(bytes(row)),
                keccak256(bytes(it.title)),
                it.textHash,
                keccak256(bytes(it.uri)),
                it.weight_bps,
                it.dueAt
            )
        );
        bytes32 typeHash = keccak256(bytes(string.concat(all, row)));
        bytes memory signature = _signs(abi.encode(typeHash, id, 0, keccak256(abi.encode(rowHash)), deadline));
        return _ofAnyone(abi.encodeCall(IPromises.pledge, (id, 0, pledges, deadline, signature)));
    }

    function _amendPromise() private returns (Act memory) {
        (uint256 id, uint256 deadline) = (_ritas(), block.timestamp + 1 days);
        bytes32 typeHash =
            keccak256("Amendment(uint256 mandate,uint256 promiseId,bytes32 textHash,string uri,uint256 deadline)");
        bytes memory signature = _signs(abi.encode(typeHash, id, 0, DEED, keccak256("ipfs://"), deadline));
        return _ofAnyone(abi.encodeCall(IPromises.amend, (id, 0, DEED, "ipfs://", deadline, signature)));
    }

    function _bringEvidence() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IPromises.bringEvidence, (_ritas(), 0, DEED, "ipfs://", 0, "")));
    }

    function _bringEvidenceBySlip() private returns (Act memory) {
        (uint256 id, uint256 deadline) = (_ritas(), block.timestamp + 1 days);
        bytes32 typeHash =
            keccak256("Evidence(uint256 mandate,uint256 promiseId,bytes32 evidenceHash,string uri,uint256 deadline)");
        bytes memory signature = _signs(abi.encode(typeHash, id, 0, DEED, keccak256("ipfs://"), deadline));
        return _ofAnyone(abi.encodeCall(IPromises.bringEvidence, (id, 0, DEED, "ipfs://", deadline, signature)));
    }

    function _bringCounterEvidence() private returns (Act memory) {
        (uint256 id, uint256 deadline) = (_ritas(), block.timestamp + 1 days);
        bytes32 typeHash = keccak256(
            "CounterEvidence(address resident,uint256 mandate,uint256 promiseId,"
            "bytes32 evidenceHash,string uri,uint256 deadline)"
        );
        bytes memory signature = _signs(abi.encode(typeHash, rita, id, 0, DEED, keccak256("ipfs://"), deadline));
        return
            _ofAnyone(
                abi.encodeCall(IPromises.bringCounterEvidence, (rita, id, 0, DEED, "ipfs://", deadline, signature))
            );
    }

    /// @dev From Rita's leaf, the first of so many, to the root: nobody needs to know where others stand.
    function _ritasPath(uint256 size) private pure returns (bytes32[] memory path) {
        uint256 depth;
        for (uint256 position = 2 * size - 2; position != 0; position = (position - 1) / 2) {
            ++depth;
        }
        path = new bytes32[](depth);
        for (uint256 i; i < depth; ++i) {
            path[i] = keccak256("others");
        }
    }

    /// @dev The citizens' roll, as both offices seal it.
    function _citizensRoll() private returns (bytes32 root, uint32 size) {
        size = uint32(residents.population(Kind.Citizen));
        root = MerkleProof.processProof(_ritasPath(size), _rollLeaf(0, rita));
        if (rolls.isCurrent(Kind.Citizen, root, size)) return (root, size);
        vm.roll(block.number + 2);
        uint64 last = uint64(block.number - 1);
        vm.prank(registrar);
        rolls.proposeRoll(root, size, Kind.Citizen, last);
        vm.prank(officer);
        rolls.sealRoll(root, size, Kind.Citizen, last);
    }

    /// @dev A consultation on a mandate that is about to begin, but for whoever attaches it within an hour.
    function _scheduled(uint256 id) internal returns (uint256) {
        IConsultations.Terms memory terms = _pollTerms();
        terms.opensAt += 1 hours;
        terms.closesAt += 1 hours;
        terms.tallyBy += 1 hours;
        (terms.rollRoot, terms.rollSize) = _citizensRoll();
        terms.questionHash = promises.questionOf(id, THE_PROMISE, false);
        terms.optionsHash = terms.questionHash;
        terms.rule = _evaluation();
        vm.prank(officer);
        return box.open(terms);
    }

    function _attachEvaluation() private returns (Act memory) {
        uint256 id = _ritas();
        vm.prank(rita);
        promises.bringEvidence(id, 0, DEED, "", 0, "");
        (uint256 own, uint256 others) = (_scheduled(id), _scheduled(mandate));
        _stands(bytes32(own), bytes32(others));
        return _ofOffice(abi.encodeCall(IPromises.attachEvaluation, (id, THE_PROMISE, own, false)));
    }

    /// @dev Rita's evaluation, which stands for the one before: of Carol's promise, maybe.
    function _attached() private returns (uint256 evaluation, uint256 consultation) {
        uint256 id = _ritas();
        vm.prank(rita);
        promises.bringEvidence(id, 0, DEED, "", 0, "");
        consultation = _scheduled(id);
        vm.prank(officer);
        evaluation = promises.attachEvaluation(id, THE_PROMISE, consultation, false);
        _stands(bytes32(evaluation), bytes32(evaluation - 1));
    }

    function _tallied(uint256 consultation) internal {
        _opine(consultation);
        _count(consultation);
    }

    /// @dev Rita finds that nothing was kept.
    function _opine(uint256 consultation) private {
        (,,, uint256 opensAt,,,) = box.terms(consultation);
        if (block.timestamp < opensAt) vm.warp(opensAt);
        bytes memory ballot = _makeBallot(box.rule(consultation), _contextOf(consultation, rita, 0), _one(NOTHING_KEPT));
        bytes memory signature = _signSlip(consultation, RITAS_PLACE, 0, ballot);
        box.cast(consultation, 0, rita, ballot, signature, _ritasPath(box.rollSize(consultation)));
    }

    function _end(uint256 consultation) private {
        (,,,, uint256 closesAt,,) = box.terms(consultation);
        if (block.timestamp < closesAt) vm.warp(closesAt);
        box.close(consultation);
    }

    function _count(uint256 consultation) private {
        _end(consultation);
        (bool counted,) = address(box).call(_decryption(consultation, ONE_OPINION));
        require(counted, "one opinion was cast");
    }

    function _published() private returns (uint256 evaluation) {
        uint256 consultation;
        (evaluation, consultation) = _attached();
        _tallied(consultation);
        promises.publish(evaluation);
    }

    function _publish() private returns (Act memory) {
        (uint256 evaluation, uint256 consultation) = _attached();
        uint256 before = promises.evaluationOf(evaluation - 1).consultation;
        bool both = box.status(before) == IResults.Status.Scheduled;
        if (both) _opine(before);
        _opine(consultation);
        if (both) _count(before);
        _count(consultation);
        return _ofAnyone(abi.encodeCall(IPromises.publish, (evaluation)));
    }

    function _appeal() private returns (Act memory) {
        return _ofParty(rita, abi.encodeCall(IAppeals.appeal, (_published(), DEED, 0, "")));
    }

    function _appealBySlip() private returns (Act memory) {
        (uint256 evaluation, uint256 deadline) = (_published(), block.timestamp + APPEAL_S);
        bytes32 typeHash = keccak256("Appeal(uint256 evaluation,bytes32 groundsHash,uint256 deadline)");
        bytes memory signature = _signsAppeal(abi.encode(typeHash, evaluation, DEED, deadline));
        return _ofAnyone(abi.encodeCall(IAppeals.appeal, (evaluation, DEED, deadline, signature)));
    }

    function _petition() private returns (Act memory) {
        uint256 evaluation = _published();
        IAppeals.Petitioner[] memory signers = new IAppeals.Petitioner[](1);
        bytes32 typeHash = keccak256("Petition(uint256 evaluation,address resident)");
        bytes memory signature = _signsAppeal(abi.encode(typeHash, evaluation, rita));
        bytes32[] memory path = _ritasPath(box.rollSize(promises.evaluationOf(evaluation).consultation));
        signers[0] = IAppeals.Petitioner(0, rita, signature, path);
        return _ofAnyone(abi.encodeCall(IAppeals.petition, (evaluation, signers)));
    }

    function _rulePromise() private returns (Act memory) {
        uint256 evaluation = _published();
        vm.prank(rita);
        appeals.appeal(evaluation, DEED, 0, "");
        vm.warp(block.timestamp + APPEAL_S);
        return _ofOffice(abi.encodeCall(IAppeals.rule, (evaluation, IAppeals.Ruling.Confirmed, DEED)));
    }

    function _releaseWithheld() private returns (Act memory) {
        (uint256 evaluation, uint256 consultation) = _attached();
        _end(consultation); // with no ballot, so that none would be alone
        return _ofAnyone(abi.encodeCall(IPromises.release, (evaluation)));
    }

    function _settlePromise() private returns (Act memory) {
        uint256 evaluation = _published();
        vm.warp(block.timestamp + APPEAL_S);
        return _ofAnyone(abi.encodeCall(IPromises.settle, (evaluation)));
    }

    function _mintCred() private view returns (Act memory) {
        return _ofParty(address(promises), abi.encodeCall(Cred.mint, (rita, 1)));
    }

    function _burnCred() private returns (Act memory) {
        _ritas();
        _stands(_word(rita), _word(carol));
        return _ofParty(address(promises), abi.encodeCall(Cred.burn, (rita, 1)));
    }
}
