// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CeremonyStore} from "./CeremonyStore.sol";
import {Dleq} from "./Dleq.sol";
import {IKeyCeremony} from "./interfaces/IKeyCeremony.sol";
import {Knowledge} from "./Knowledge.sol";
import {Point} from "./Point.sol";
import {Polynomial} from "./Polynomial.sol";
import {Secp256k1} from "./Secp256k1.sol";
import {SlipSignature} from "../access/SlipSignature.sol";

/// @title The key ceremony
/// @notice See `IKeyCeremony`. This part takes the trustees' steps and computes the keys. A deal is never stored: its
/// hash is, and whoever needs it hands it in again.
contract KeyCeremony is CeremonyStore {
    bytes32 private constant TAG_ENROLMENT = keccak256("beffroi.vote.ceremony.enrolment");
    bytes32 private constant TAG_SECRET = keccak256("beffroi.vote.ceremony.secret");
    bytes32 private constant TAG_EPHEMERAL = keccak256("beffroi.vote.ceremony.ephemeral");
    bytes32 private constant TAG_DEAL = keccak256("beffroi.vote.ceremony.deal");
    bytes32 private constant TAG_MASK = keccak256("beffroi.vote.ceremony.mask");
    bytes32 private constant TAG_COMPLAINT = keccak256("beffroi.vote.ceremony.complaint");
    bytes32 private constant TAG_ACKNOWLEDGEMENT = keccak256("beffroi.vote.ceremony.acknowledgement");

    bytes32 private constant STEP_TYPE_HASH =
        keccak256("TrusteeStep(uint256 ceremony,uint256 trustee,string step,bytes32 messageHash)");
    bytes32 private constant ACKNOWLEDGEMENT_TYPE_HASH = keccak256(
        "Acknowledgement(uint256 ceremony,uint256 trustee,uint256 keyX,uint256 keyY,"
        "uint256 shareX,uint256 shareY,bytes32 settingHash)"
    );

    constructor(address authority) CeremonyStore(authority) {}

    /// @inheritdoc IKeyCeremony
    function enrol(
        uint256 id,
        uint256 index,
        Point calldata key,
        Knowledge.Proof calldata proof,
        bytes calldata signature
    ) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _seat(id, index, Phase.Enrolment);
        require(c.enrolled & bit == 0, KeyCeremony_AlreadyDone(id, index));
        _requireStep(id, index, keccak256("enrol"), keccak256(abi.encode(key, proof)), signature);
        bytes32 ctx = keccak256(abi.encode(TAG_ENROLMENT, block.chainid, address(this), id, index, seat.account));
        require(Knowledge.verify(ctx, key, proof), KeyCeremony_BadKnowledge(id, index));

        c.enrolled |= bit;
        seat.keyHash = keccak256(abi.encode(key));

        emit Enrolled(id, index, key, proof, signature);
        if (c.enrolled == (1 << c.trustees) - 1) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function commit(uint256 id, uint256 index, bytes32 dealHash, uint16 enrolled, bytes calldata signature) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _seat(id, index, Phase.Commit);
        require(c.enrolled & bit != 0, KeyCeremony_Absent(id, index));
        require(c.committed & bit == 0, KeyCeremony_AlreadyDone(id, index));
        require(c.enrolled == enrolled, KeyCeremony_OtherEnrolled(id, index));
        _requireStep(id, index, keccak256("commit"), keccak256(abi.encode(dealHash, enrolled)), signature);

        c.committed |= bit;
        seat.dealHash = dealHash;

        emit Committed(id, index, dealHash, enrolled, signature);
        if (c.committed == c.enrolled) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function deal(uint256 id, uint256 index, Deal calldata opened, bytes calldata signature) external {
        (Ceremony storage c,, uint16 bit) = _seat(id, index, Phase.Deal);
        require(c.committed & bit != 0, KeyCeremony_Absent(id, index));
        require(c.dealt & bit == 0, KeyCeremony_AlreadyDone(id, index));
        _requireStep(id, index, keccak256("deal"), keccak256(abi.encode(opened)), signature);
        _requireDeal(id, index, opened);
        require(
            opened.commitments.length == c.threshold && opened.shares.length == c.trustees,
            KeyCeremony_BadLengths(id, index)
        );
        for (uint256 k; k < opened.commitments.length; ++k) {
            Point calldata point = opened.commitments[k];
            require(Secp256k1.isOnCurve(point.x, point.y), KeyCeremony_OffCurve(id, index));
        }
        _requireKnowledge(TAG_SECRET, id, index, opened, opened.commitments[0], opened.secretProof);
        _requireKnowledge(TAG_EPHEMERAL, id, index, opened, opened.ephemeral, opened.ephemeralProof);

        c.dealt |= bit;

        emit Dealt(id, index, opened, signature);
        if (c.dealt == c.committed) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function complain(
        uint256 id,
        uint256 accuser,
        uint256 dealer,
        Deal calldata opened,
        Point calldata key,
        Point calldata shared,
        Dleq.Proof calldata proof,
        bytes calldata signature
    ) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _seat(id, accuser, Phase.Complaints);
        uint16 dealerBit = _bit(dealer);
        require(accuser != dealer, KeyCeremony_OwnDeal(id, dealer));
        require(c.enrolled & bit != 0, KeyCeremony_Absent(id, accuser));
        require(c.dealt & dealerBit != 0, KeyCeremony_Absent(id, dealer));
        require(c.excluded & bit == 0, KeyCeremony_Excluded(id, accuser));
        require(c.excluded & dealerBit == 0, KeyCeremony_Excluded(id, dealer));
        bytes32 messageHash = keccak256(abi.encode(dealer, opened, key, shared, proof));
        _requireStep(id, accuser, keccak256("complain"), messageHash, signature);
        require(seat.keyHash == keccak256(abi.encode(key)), KeyCeremony_NotTheKey(id, accuser));
        _requireDeal(id, dealer, opened);
        bytes32 ctx = keccak256(abi.encode(TAG_COMPLAINT, block.chainid, address(this), id, dealer, accuser));
        require(Dleq.verify(ctx, opened.ephemeral, key, shared, proof), KeyCeremony_BadComplaint(id, accuser, dealer));

        if (Polynomial.opens(opened.commitments, accuser, _unmask(id, dealer, accuser, opened, shared))) {
            c.excluded |= bit;
            emit AccuserExcluded(id, accuser, dealer, shared, proof, signature);
        } else {
            c.excluded |= dealerBit;
            emit DealerExcluded(id, dealer, accuser, shared, proof, signature);
        }
        if (_count(c.dealt & ~c.excluded) < c.threshold) _fail(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function advance(uint256 id) external {
        Ceremony storage c = _ceremonies[id];
        Phase current = c.phase;
        require(
            current != Phase.None && current != Phase.Complaints && current < Phase.KeyReady,
            KeyCeremony_WrongPhase(id, current)
        );
        require(block.timestamp >= c.endsAt, KeyCeremony_TooEarly(id, c.endsAt));

        _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function conclude(uint256 id, Deal[] calldata deals) external {
        Ceremony storage c = _ceremonies[id];
        require(c.phase == Phase.Complaints, KeyCeremony_WrongPhase(id, c.phase));
        require(block.timestamp >= c.endsAt, KeyCeremony_TooEarly(id, c.endsAt));
        uint256 holders = c.enrolled & ~c.excluded;

        uint256[3][] memory sum = _sum(id, c, deals);
        (Point memory key, bool sound) = _key(sum, 0);
        Point[] memory shareKeys = new Point[](c.trustees);
        for (uint256 j = 1; j <= shareKeys.length && sound; ++j) {
            if (holders & _bit(j) != 0) (shareKeys[j - 1], sound) = _key(sum, j);
        }
        if (!sound) return _fail(id, c);

        _keys[id] = key;
        for (uint256 j = 1; j <= shareKeys.length; ++j) {
            if (holders & _bit(j) != 0) _seats[id][j].shareKey = shareKeys[j - 1];
        }

        emit KeyProposed(id, key, shareKeys);
        _start(id, c, Phase.Acknowledgement, _settings[id].acknowledgementTime);
    }

    /// @inheritdoc IKeyCeremony
    function acknowledge(uint256 id, uint256 index, Knowledge.Proof calldata proof, bytes calldata signature) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _seat(id, index, Phase.Acknowledgement);
        Point memory share = seat.shareKey;
        require(share.y != 0, KeyCeremony_NoShare(id, index));
        require(c.acknowledged & bit == 0, KeyCeremony_AlreadyDone(id, index));
        (Point memory key, bytes32 setting) = (_keys[id], _settings[id].hash);
        bytes32 said = keccak256(abi.encode(ACKNOWLEDGEMENT_TYPE_HASH, id, index, key, share, setting));
        _requireSigned(id, index, said, signature);
        bytes32 ctx = keccak256(
            abi.encode(TAG_ACKNOWLEDGEMENT, block.chainid, address(this), id, index, seat.account, key, setting)
        );
        require(Knowledge.verify(ctx, share, proof), KeyCeremony_BadKnowledge(id, index));

        c.acknowledged |= bit;

        emit Acknowledged(id, index, proof, signature);
        if (c.acknowledged == c.enrolled & ~c.excluded) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function hashDeal(uint256 id, uint256 index, Deal calldata opened) public view returns (bytes32) {
        return keccak256(abi.encode(TAG_DEAL, block.chainid, address(this), id, index, opened));
    }

    /// @dev The seat of trustee `index`, in the given phase and before its deadline.
    function _seat(uint256 id, uint256 index, Phase expected)
        private
        view
        returns (Ceremony storage c, Seat storage seat, uint16 bit)
    {
        c = _ceremonies[id];
        seat = _seats[id][index];
        bit = _bit(index);
        require(c.phase == expected, KeyCeremony_WrongPhase(id, c.phase));
        require(block.timestamp < c.endsAt, KeyCeremony_TooLate(id, c.endsAt));
    }

    function _requireStep(uint256 id, uint256 index, bytes32 step, bytes32 messageHash, bytes calldata signature)
        private
        view
    {
        _requireSigned(id, index, keccak256(abi.encode(STEP_TYPE_HASH, id, index, step, messageHash)), signature);
    }

    function _requireSigned(uint256 id, uint256 index, bytes32 said, bytes calldata signature) private view {
        (address account, bytes32 digest) = (_seats[id][index].account, _hashTypedDataV4(said));
        bool isSigned = _ceremonies[id].contracts & _bit(index) == 0
            ? SlipSignature.isByKey(account, digest, signature)
            : SlipSignature.isValid(account, digest, signature);
        require(isSigned, KeyCeremony_NotSigned(id, index));
    }

    /// @dev Leaves any phase but Complaints: for the next one if at least t acted, else for failure.
    function _next(uint256 id, Ceremony storage c) private {
        Phase current = c.phase;
        (uint16 acted, uint32 time) = current == Phase.Enrolment
            ? (c.enrolled, c.commitTime)
            : current == Phase.Commit
                ? (c.committed, c.dealTime)
                : current == Phase.Deal ? (c.dealt, c.complaintTime) : (c.acknowledged, 0);
        if (_count(acted) < c.threshold) return _fail(id, c);
        _start(id, c, Phase(uint8(current) + 1), time);
        if (current != Phase.Acknowledgement) return;
        if (!_settings[id].reserved) ++available[_settings[id].consumer];
        emit KeyReady(id);
    }

    function _fail(uint256 id, Ceremony storage c) private {
        _start(id, c, Phase.KeyFailed, 0);
        emit KeyFailed(id);
    }

    function _requireDeal(uint256 id, uint256 index, Deal calldata opened) private view {
        require(_seats[id][index].dealHash == hashDeal(id, index, opened), KeyCeremony_NotTheDeal(id, index));
    }

    function _requireKnowledge(
        bytes32 tag,
        uint256 id,
        uint256 index,
        Deal calldata opened,
        Point calldata point,
        Knowledge.Proof calldata proof
    ) private view {
        bytes32 commitmentsHash = keccak256(abi.encode(opened.commitments));
        bytes32 sharesHash = keccak256(abi.encode(opened.shares));
        address account = _seats[id][index].account;
        bytes32 ctx = keccak256(
            abi.encode(
                tag, block.chainid, address(this), id, index, account, commitmentsHash, opened.ephemeral, sharesHash
            )
        );
        require(Knowledge.verify(ctx, point, proof), KeyCeremony_BadKnowledge(id, index));
    }

    function _unmask(uint256 id, uint256 dealer, uint256 j, Deal calldata opened, Point calldata shared)
        private
        view
        returns (uint256)
    {
        bytes32 mask = keccak256(abi.encode(TAG_MASK, block.chainid, address(this), id, dealer, j, shared));
        return addmod(opened.shares[j - 1], Secp256k1.N - uint256(mask) % Secp256k1.N, Secp256k1.N);
    }

    /// @dev The sum of the qualified dealers' polynomials, in the exponent.
    function _sum(uint256 id, Ceremony storage c, Deal[] calldata deals)
        private
        view
        returns (uint256[3][] memory sum)
    {
        uint16 qualified = c.dealt & ~c.excluded;
        uint256 count = _count(qualified);
        require(deals.length == count, KeyCeremony_WrongDeals(id, count, deals.length));

        sum = new uint256[3][](c.threshold);
        uint256 next;
        for (uint256 i = 1; next < count; ++i) {
            if (qualified & _bit(i) == 0) continue;
            _requireDeal(id, i, deals[next]);
            Polynomial.accumulate(sum, deals[next++].commitments);
        }
    }

    /// @dev f(j)·G for the sum f, and whether it can serve as a key: not infinity, and an abscissa that `ecrecover`
    /// takes.
    function _key(uint256[3][] memory sum, uint256 j) private view returns (Point memory key, bool sound) {
        (uint256 x, uint256 y, uint256 z) = Polynomial.evaluate(sum, j);
        (key.x, key.y) = Secp256k1.toAffine(x, y, z);
        sound = z != 0 && key.x < Secp256k1.N;
    }

    function _bit(uint256 index) private pure returns (uint16) {
        return index == 0 || index > MAX_TRUSTEES ? 0 : uint16(1 << (index - 1));
    }

    function _count(uint256 mask) private pure returns (uint256 n) {
        for (; mask != 0; mask &= mask - 1) {
            ++n;
        }
    }
}
