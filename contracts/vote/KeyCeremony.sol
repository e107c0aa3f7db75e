// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Dleq} from "./Dleq.sol";
import {IKeyCeremony} from "./interfaces/IKeyCeremony.sol";
import {Knowledge} from "./Knowledge.sol";
import {Point} from "./Point.sol";
import {Polynomial} from "./Polynomial.sol";
import {Secp256k1} from "./Secp256k1.sol";

/// @title The key ceremony
/// @notice See `IKeyCeremony`. A deal is never stored: its hash is, and whoever needs it hands it in again.
contract KeyCeremony is IKeyCeremony, AccessManaged {
    /// @dev One slot. `enrolled`, `committed`, `dealt` and `excluded` are bit masks: bit j − 1 is trustee j.
    struct Ceremony {
        Phase phase;
        uint8 threshold;
        uint8 trustees;
        uint16 enrolled;
        uint16 committed;
        uint16 dealt;
        uint16 excluded;
        uint40 endsAt;
        uint32 commitTime;
        uint32 dealTime;
        uint32 complaintTime;
    }

    struct Seat {
        address account;
        bytes32 keyHash;
        bytes32 dealHash;
        Point shareKey;
    }

    /// @inheritdoc IKeyCeremony
    uint256 public constant MAX_TRUSTEES = 16;

    bytes32 private constant TAG_ENROLMENT = keccak256("beffroi.vote.ceremony.enrolment");
    bytes32 private constant TAG_SECRET = keccak256("beffroi.vote.ceremony.secret");
    bytes32 private constant TAG_EPHEMERAL = keccak256("beffroi.vote.ceremony.ephemeral");
    bytes32 private constant TAG_DEAL = keccak256("beffroi.vote.ceremony.deal");
    bytes32 private constant TAG_MASK = keccak256("beffroi.vote.ceremony.mask");
    bytes32 private constant TAG_COMPLAINT = keccak256("beffroi.vote.ceremony.complaint");

    /// @inheritdoc IKeyCeremony
    uint256 public ceremonies;

    mapping(uint256 id => Ceremony) private _ceremonies;
    mapping(uint256 id => mapping(uint256 index => Seat)) private _seats;
    mapping(uint256 id => Point) private _keys;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IKeyCeremony
    function open(address[] calldata accounts, uint8 t, uint32[4] calldata durations)
        external
        restricted
        returns (uint256 id)
    {
        uint256 n = accounts.length;
        require(t > 1 && t <= n && n <= MAX_TRUSTEES, KeyCeremony_BadThreshold(t, n));
        for (uint256 i; i < durations.length; ++i) {
            require(durations[i] != 0, KeyCeremony_ZeroDuration(i));
        }

        id = ++ceremonies;
        address last;
        for (uint256 i; i < n; ++i) {
            require(accounts[i] > last, KeyCeremony_TrusteesNotAscending(i));
            last = accounts[i];
            _seats[id][i + 1].account = last;
        }
        Ceremony storage c = _ceremonies[id];
        c.threshold = t;
        c.trustees = uint8(n);
        (c.commitTime, c.dealTime, c.complaintTime) = (durations[1], durations[2], durations[3]);

        emit CeremonyOpened(id, accounts, t, durations);
        _start(id, c, Phase.Enrolment, durations[0]);
    }

    /// @inheritdoc IKeyCeremony
    function enrol(uint256 id, uint256 index, Point calldata key, Knowledge.Proof calldata proof) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _actor(id, index, Phase.Enrolment);
        require(c.enrolled & bit == 0, KeyCeremony_AlreadyDone(id, index));
        bytes32 ctx = keccak256(abi.encode(TAG_ENROLMENT, block.chainid, address(this), id, index, msg.sender));
        require(Knowledge.verify(ctx, key, proof), KeyCeremony_BadKnowledge(id, index));

        c.enrolled |= bit;
        seat.keyHash = keccak256(abi.encode(key));

        emit Enrolled(id, index, key);
        if (c.enrolled == (1 << c.trustees) - 1) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function commit(uint256 id, uint256 index, bytes32 dealHash) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _actor(id, index, Phase.Commit);
        require(c.enrolled & bit != 0, KeyCeremony_Absent(id, index));
        require(c.committed & bit == 0, KeyCeremony_AlreadyDone(id, index));

        c.committed |= bit;
        seat.dealHash = dealHash;

        emit Committed(id, index, dealHash);
        if (c.committed == c.enrolled) _next(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function deal(uint256 id, uint256 index, Deal calldata opened) external {
        (Ceremony storage c,, uint16 bit) = _actor(id, index, Phase.Deal);
        require(c.committed & bit != 0, KeyCeremony_Absent(id, index));
        require(c.dealt & bit == 0, KeyCeremony_AlreadyDone(id, index));
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

        emit Dealt(id, index, opened);
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
        Dleq.Proof calldata proof
    ) external {
        (Ceremony storage c, Seat storage seat, uint16 bit) = _actor(id, accuser, Phase.Complaints);
        uint16 dealerBit = _bit(dealer);
        require(c.enrolled & bit != 0, KeyCeremony_Absent(id, accuser));
        require(c.dealt & dealerBit != 0, KeyCeremony_Absent(id, dealer));
        require(c.excluded & bit == 0, KeyCeremony_Excluded(id, accuser));
        require(c.excluded & dealerBit == 0, KeyCeremony_Excluded(id, dealer));
        require(seat.keyHash == keccak256(abi.encode(key)), KeyCeremony_NotTheKey(id, accuser));
        _requireDeal(id, dealer, opened);
        bytes32 ctx = keccak256(abi.encode(TAG_COMPLAINT, block.chainid, address(this), id, dealer, accuser));
        require(Dleq.verify(ctx, opened.ephemeral, key, shared, proof), KeyCeremony_BadComplaint(id, accuser, dealer));

        if (Polynomial.opens(opened.commitments, accuser, _unmask(id, dealer, accuser, opened, shared))) {
            c.excluded |= bit;
            emit AccuserExcluded(id, accuser, dealer);
        } else {
            c.excluded |= dealerBit;
            emit DealerExcluded(id, dealer, accuser);
        }
        if (_count(c.dealt & ~c.excluded) < c.threshold) _fail(id, c);
    }

    /// @inheritdoc IKeyCeremony
    function advance(uint256 id) external {
        Ceremony storage c = _ceremonies[id];
        Phase current = c.phase;
        require(current >= Phase.Enrolment && current <= Phase.Deal, KeyCeremony_WrongPhase(id, current));
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
        _start(id, c, Phase.KeyReady, 0);
        emit KeyReady(id, key, shareKeys);
    }

    /// @inheritdoc IKeyCeremony
    function phase(uint256 id) external view returns (Phase current, uint256 endsAt) {
        return (_ceremonies[id].phase, _ceremonies[id].endsAt);
    }

    /// @inheritdoc IKeyCeremony
    function acts(uint256 id)
        external
        view
        returns (uint256 enrolled, uint256 committed, uint256 dealt, uint256 excluded)
    {
        Ceremony storage c = _ceremonies[id];
        return (c.enrolled, c.committed, c.dealt, c.excluded);
    }

    /// @inheritdoc IKeyCeremony
    function trustees(uint256 id) external view returns (uint256) {
        return _ceremonies[id].trustees;
    }

    /// @inheritdoc IKeyCeremony
    function threshold(uint256 id) external view returns (uint256) {
        return _ceremonies[id].threshold;
    }

    /// @inheritdoc IKeyCeremony
    function trustee(uint256 id, uint256 index) external view returns (address) {
        return _seats[id][index].account;
    }

    /// @inheritdoc IKeyCeremony
    function publicKey(uint256 id) external view returns (uint256 x, uint256 y) {
        require(_ceremonies[id].phase == Phase.KeyReady, KeyCeremony_NoKey(id));
        Point storage key = _keys[id];
        return (key.x, key.y);
    }

    /// @inheritdoc IKeyCeremony
    function shareKey(uint256 id, uint256 index) external view returns (uint256 x, uint256 y) {
        Point storage key = _seats[id][index].shareKey;
        (x, y) = (key.x, key.y);
        require(y != 0, KeyCeremony_NoShare(id, index));
    }

    /// @inheritdoc IKeyCeremony
    function hashDeal(uint256 id, uint256 index, Deal calldata opened) public view returns (bytes32) {
        return keccak256(abi.encode(TAG_DEAL, block.chainid, address(this), id, index, opened));
    }

    /// @dev The caller as trustee `index`, in the given phase and before its deadline.
    function _actor(uint256 id, uint256 index, Phase expected)
        private
        view
        returns (Ceremony storage c, Seat storage seat, uint16 bit)
    {
        c = _ceremonies[id];
        seat = _seats[id][index];
        bit = _bit(index);
        require(c.phase == expected, KeyCeremony_WrongPhase(id, c.phase));
        require(block.timestamp < c.endsAt, KeyCeremony_TooLate(id, c.endsAt));
        require(seat.account == msg.sender, KeyCeremony_NotTrustee(id, index, msg.sender));
    }

    /// @dev Leaves Enrolment, Commit or Deal: for the next phase if at least t acted, else for failure.
    function _next(uint256 id, Ceremony storage c) private {
        Phase current = c.phase;
        (uint16 acted, uint32 time) = current == Phase.Enrolment
            ? (c.enrolled, c.commitTime)
            : current == Phase.Commit ? (c.committed, c.dealTime) : (c.dealt, c.complaintTime);
        if (_count(acted) < c.threshold) _fail(id, c);
        else _start(id, c, Phase(uint8(current) + 1), time);
    }

    function _start(uint256 id, Ceremony storage c, Phase next, uint32 time) private {
        c.phase = next;
        c.endsAt = time == 0 ? 0 : uint40(block.timestamp + time);
        emit PhaseStarted(id, next, c.endsAt);
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
        bytes32 ctx = keccak256(
            abi.encode(tag, block.chainid, address(this), id, index, msg.sender, commitmentsHash, opened.ephemeral)
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
