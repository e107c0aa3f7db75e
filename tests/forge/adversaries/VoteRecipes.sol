// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Kind} from "contracts/residents/interfaces/IResidents.sol";
import {IRolls} from "contracts/residents/interfaces/IRolls.sol";
import {Dleq} from "contracts/vote/Dleq.sol";
import {Point} from "contracts/vote/Point.sol";
import {IConsultations} from "contracts/vote/interfaces/IConsultations.sol";
import {IKeyCeremony} from "contracts/vote/interfaces/IKeyCeremony.sol";
import {IResults} from "contracts/vote/interfaces/IResults.sol";
import {Act} from "tests/forge/adversaries/Acts.sol";
import {SaleRecipes} from "tests/forge/adversaries/SaleRecipes.sol";
import {LaxRulebook} from "tests/forge/vote/LaxRulebook.sol";

/// @title How the acts of ceremonies and consultations succeed: Rita's polls stand for that in which Carol voted
abstract contract VoteRecipes is SaleRecipes {
    uint256 internal constant RITAS_PLACE = 1;
    uint256 private constant WALLETS_PLACE = 2;
    uint256 private constant CIPHERTEXT_BYTES = 128;

    function setUp() public virtual override {
        super.setUp();
        address at = address(rolls);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IRolls.proposeRoll.selector, _proposeRoll);
        _add(at, IRolls.sealRoll.selector, _sealRoll);

        at = address(ceremony);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IKeyCeremony.acknowledge.selector, _acknowledge);
        _add(at, IKeyCeremony.advance.selector, _advance);
        _add(at, IKeyCeremony.commit.selector, _commitDeal);
        _add(at, IKeyCeremony.complain.selector, _complain);
        _add(at, IKeyCeremony.conclude.selector, _conclude);
        _add(at, IKeyCeremony.deal.selector, _deal);
        _add(at, IKeyCeremony.enrol.selector, _enrolTrustee);
        _add(at, IKeyCeremony.open.selector, _openCeremony);
        _add(at, IKeyCeremony.use.selector, _useKey);

        _addSlip("a trustee's step", at, _enrolTrustee);
        _addSlip("a trustee's acknowledgement", at, _acknowledge);

        at = address(box);
        _add(at, _sel("setAuthority(address)"), _changeAuthority);
        _add(at, IConsultations.cast.selector, _cast);
        _add(at, IConsultations.castAgain.selector, _castAgain);
        _add(at, IConsultations.castBatch.selector, _castBatch);
        _add(at, IConsultations.call.selector, _callConsultation);
        _add(at, IConsultations.setRulebook.selector, _setRulebook);
        _add(at, IConsultations.close.selector, _close);
        _add(at, IConsultations.finalise.selector, _finalise);
        _add(at, IConsultations.open.selector, _openConsultation);
        _add(at, IConsultations.submitShare.selector, _submitShare);

        _addList("a ballot", at, _castBatch);
        _addList("a smart account's ballot", at, _castBatchOfWallet);
        _addSlip("a ballot in another's place", at, _castAgain);
    }

    function _proposeRoll() private returns (Act memory) {
        vm.roll(block.number + 2);
        (bytes32 root, uint64 last) = (_paper(), uint64(block.number - 1));
        return _ofOffice(abi.encodeCall(IRolls.proposeRoll, (root, uint32(VOTERS), Kind.Citizen, last)));
    }

    function _sealRoll() private returns (Act memory) {
        vm.roll(block.number + 2);
        (bytes32 root, uint64 last) = (_paper(), uint64(block.number - 1));
        uint32 size = uint32(residents.population(Kind.Citizen));
        vm.prank(registrar);
        rolls.proposeRoll(root, size, Kind.Citizen, last);
        return _ofOffice(abi.encodeCall(IRolls.sealRoll, (root, size, Kind.Citizen, last)));
    }

    function _openCeremony() private view returns (Act memory) {
        return _ofOffice(trustees.toOpen());
    }

    function _enrolTrustee() private returns (Act memory) {
        return _ofAnyone(trustees.toEnrol());
    }

    function _commitDeal() private returns (Act memory) {
        return _ofAnyone(trustees.toCommit());
    }

    function _deal() private returns (Act memory) {
        return _ofAnyone(trustees.toDeal());
    }

    function _complain() private returns (Act memory) {
        return _ofAnyone(trustees.toComplain());
    }

    function _advance() private returns (Act memory) {
        return _ofAnyone(trustees.toAdvance());
    }

    function _conclude() private returns (Act memory) {
        return _ofAnyone(trustees.toConclude());
    }

    function _acknowledge() private returns (Act memory) {
        return _ofAnyone(trustees.toAcknowledge());
    }

    function _useKey() private returns (Act memory) {
        (address consumer, bytes memory data) = trustees.toUse();
        return _ofParty(consumer, data);
    }

    function _openConsultation() private view returns (Act memory) {
        return _ofOffice(abi.encodeCall(IConsultations.open, (_pollTerms())));
    }

    /// @dev The office is held by a contract alone.
    function _callConsultation() private view returns (Act memory) {
        return _ofParty(address(promises), abi.encodeCall(IConsultations.call, (_pollTerms())));
    }

    function _setRulebook() private returns (Act memory) {
        return _ofOffice(abi.encodeCall(IConsultations.setRulebook, (new LaxRulebook())));
    }

    function _ritasPoll() private returns (uint256 id) {
        id = _openPoll();
        _stands(bytes32(id), bytes32(poll));
        _stands(bytes32(RITAS_PLACE), 0);
        _stands(_word(rita), _word(carol));
    }

    function _ballot(uint256 id, uint256 seq) private returns (bytes memory) {
        return _ballotOf(id, RITAS_PLACE, seq, _one(uint256(0)));
    }

    /// @dev In Carol's poll while it lasts: Rita may vote there too, once.
    function _cast() private returns (Act memory) {
        (bool voted,) = box.turnout(poll, RITAS_PLACE);
        bool lasts = box.status(poll) == IResults.Status.Open;
        uint256 id = voted || !lasts ? _ritasPoll() : poll;
        bytes memory ballot = _ballot(id, 0);
        bytes memory signature = _signSlip(id, RITAS_PLACE, 0, ballot);
        bytes32[] memory proof = _rollProof(RITAS_PLACE);
        return _ofAnyone(abi.encodeCall(IConsultations.cast, (id, RITAS_PLACE, rita, ballot, signature, proof)));
    }

    function _voted() private returns (uint256 id, bytes memory ballot) {
        id = _ritasPoll();
        ballot = _castBy(id, RITAS_PLACE, 0);
    }

    /// @dev The only ballot of its batch is that batch's root.
    function _castAgain() private returns (Act memory) {
        (uint256 id, bytes memory old) = _voted();
        IConsultations.Replaced memory replaced =
            IConsultations.Replaced(0, _slice(old, 0, CIPHERTEXT_BYTES), new bytes32[](0));
        bytes memory ballot = _ballot(id, 1);
        bytes memory signature = _signSlip(id, RITAS_PLACE, 1, ballot);
        bytes32[] memory proof = _rollProof(RITAS_PLACE);
        return _ofAnyone(
            abi.encodeCall(IConsultations.castAgain, (id, RITAS_PLACE, rita, ballot, signature, proof, replaced))
        );
    }

    function _castBatch() private returns (Act memory) {
        return _castBatchOf(RITAS_PLACE);
    }

    function _castBatchOfWallet() private returns (Act memory) {
        return _castBatchOf(WALLETS_PLACE);
    }

    function _castBatchOf(uint256 index) private returns (Act memory) {
        uint256 id = _ritasPoll();
        bytes memory ballot = _ballotOf(id, index, 0, _one(uint256(0)));
        bytes memory records = _record(index, 0, _voter(index), _signSlip(id, index, 0, ballot), ballot);
        return _ofAnyone(abi.encodeCall(IConsultations.castBatch, (id, records, _rollProof(index))));
    }

    function _ended(bool closed) private returns (uint256 id) {
        (id,) = _voted();
        vm.warp(block.timestamp + VOTE_S);
        if (closed) box.close(id);
    }

    function _close() private returns (Act memory) {
        return _ofAnyone(abi.encodeCall(IConsultations.close, (_ended(false))));
    }

    function _submitShare() private returns (Act memory) {
        uint256 id = _ended(true);
        (Point[] memory shares, Dleq.Proof[] memory proofs) = (new Point[](1), new Dleq.Proof[](1));
        (shares[0], proofs[0]) = _shareOf(id, 1, 0);
        bytes memory signature = _signShare(id, 1, shares);
        return _ofAnyone(abi.encodeCall(IConsultations.submitShare, (id, 1, shares, proofs, signature)));
    }

    function _finalise() private returns (Act memory) {
        return _ofAnyone(_decryption(_ended(true), 1));
    }

    /// @dev Two trustees gave their shares: the call that opens the only total.
    function _decryption(uint256 id, uint256 total) internal returns (bytes memory) {
        uint256[] memory who = new uint256[](2);
        (who[0], who[1]) = (1, 3);
        Point[][] memory shares = new Point[][](2);
        (shares[0], shares[1]) = (_submit(id, 1), _submit(id, 3));
        return abi.encodeCall(IConsultations.finalise, (id, who, shares, _one(total)));
    }
}
