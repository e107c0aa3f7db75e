// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {IResidents} from "../residents/interfaces/IResidents.sol";
import {Concurrence} from "./Concurrence.sol";
import {Charge, ICharges} from "./interfaces/ICharges.sol";
import {ILandRegister} from "./interfaces/ILandRegister.sol";
import {ITitleFollower} from "./interfaces/ITitleFollower.sol";

/// @title The charges: mortgages on titles, by rank
/// @dev A title's list is its ranks: no gaps but shared charges that have ended, which the next reading leaves out. A
/// charge that a division laid on several titles is kept once, in `_shared`; the lists then hold its number and no
/// creditor.
contract Charges is ICharges, Concurrence {
    /// @dev What a settlement looks through, and a division writes eight times: under two million gas.
    uint256 private constant MAX_CHARGES = 8;

    /// @inheritdoc ICharges
    ILandRegister public immutable register;
    /// @inheritdoc ICharges
    uint24 public immutable lapse_days;
    IResidents private immutable _residents;

    mapping(uint256 id => mapping(uint256 rank => Charge)) private _ranks;
    mapping(uint32 number => Charge) private _shared;
    mapping(uint256 id => uint64 seniorAndJunior) private _offers;

    modifier onlyRegister() {
        require(msg.sender == address(register), Charges_OnlyRegister(msg.sender));
        _;
    }

    constructor(address authority, ILandRegister register_, uint24 lapse_days_) AccessManaged(authority) {
        register = register_;
        lapse_days = lapse_days_;
        _residents = register_.residents();
    }

    /// @inheritdoc ICharges
    function inscribe(uint256 id, address creditor, uint40 amount_cents, uint24 dueDay, bytes32 documentHash)
        external
        restricted
        concurring
        returns (uint32 number)
    {
        register.ensureFree(id);
        // Most titles bear none, which one reading tells.
        uint256 rank = _ranks[id][0].number == 0 ? 0 : _end(id, chargesOf(id), 0);
        return _inscribe(id, rank, creditor, amount_cents, dueDay, documentHash);
    }

    /// @inheritdoc ICharges
    function cede(uint256 id, uint32 number, address to) external {
        (Charge[] memory list, uint256 rank) = _find(id, number);
        Charge memory charge = list[rank];
        _requireCreditor(charge);
        require(to != address(0), Charges_InvalidCharge(to, charge.amount_cents));

        address from = charge.creditor;
        charge.creditor = to;
        delete _offers[id];
        _update(id, rank, charge);
        emit Ceded(number, from, to);
    }

    /// @inheritdoc ICharges
    function reduce(uint256 id, uint32 number, uint40 amount_cents) external {
        (Charge[] memory list, uint256 rank) = _find(id, number);
        Charge memory charge = list[rank];
        _requireCreditor(charge);
        require(
            amount_cents != 0 && amount_cents < charge.amount_cents,
            Charges_InvalidReduction(amount_cents, charge.amount_cents)
        );

        charge.amount_cents = amount_cents;
        _update(id, rank, charge);
        emit Reduced(number, amount_cents);
    }

    /// @inheritdoc ICharges
    function offerRank(uint256 id, uint32 senior, uint32 junior) external {
        (Charge[] memory list, uint256 rank) = _find(id, senior);
        _requireCreditor(list[rank]);
        _requireNext(list, rank, junior);

        _offers[id] = _pair(senior, junior);
        emit RankOffered(id, senior, junior);
    }

    /// @inheritdoc ICharges
    function takeRank(uint256 id, uint32 senior, uint32 junior) external {
        require(_offers[id] == _pair(senior, junior), Charges_NotOffered(senior, junior));
        (Charge[] memory list, uint256 rank) = _find(id, senior);
        _requireNext(list, rank, junior);
        _requireCreditor(list[rank + 1]);

        delete _offers[id];
        (list[rank], list[rank + 1]) = (list[rank + 1], list[rank]);
        _rewrite(id, list);
        emit RankCeded(id, senior, junior);
    }

    /// @inheritdoc ICharges
    function release(uint256 id, uint32 number) external {
        (Charge[] memory list, uint256 rank) = _find(id, number);
        _requireCreditor(list[rank]);

        _end(id, list, 1 << rank);
        emit Released(id, number);
    }

    /// @inheritdoc ICharges
    function discharge(uint256 id, uint32 number, bytes32 documentHash) external restricted concurring {
        (Charge[] memory list, uint256 rank) = _find(id, number);

        _end(id, list, 1 << rank);
        emit Discharged(id, number, documentHash);
    }

    /// @inheritdoc ICharges
    function lapse(uint256 id, uint32 number) external {
        (Charge[] memory list, uint256 rank) = _find(id, number);
        uint256 lapsesAt = (uint256(list[rank].dueDay) + lapse_days) * 1 days;
        require(block.timestamp > lapsesAt, Charges_TooEarly(lapsesAt));

        _end(id, list, 1 << rank);
        emit Lapsed(id, number);
    }

    /// @inheritdoc ICharges
    function settle(uint256 id, uint256 paid, Charge calldata loan, bytes32 documentHash) external restricted {
        Charge[] memory list = chargesOf(id);
        for (uint256 rank; rank < list.length; ++rank) {
            if ((paid >> rank) & 1 != 0) emit Discharged(id, list[rank].number, documentHash);
        }
        uint256 next = _end(id, list, paid);
        if (loan.amount_cents != 0) {
            _inscribe(id, next, loan.creditor, loan.amount_cents, loan.dueDay, documentHash);
        }
    }

    /// @inheritdoc ITitleFollower
    function divided(uint256 parent, uint256[] calldata children) external onlyRegister {
        Charge[] memory list = chargesOf(parent);
        for (uint256 rank; rank < list.length; ++rank) {
            _shared[list[rank].number] = list[rank];
        }
        for (uint256 i; list.length != 0 && i < children.length; ++i) {
            _rewrite(children[i], list);
            emit CarriedOver(parent, children[i], list.length);
        }
        _rewrite(parent, new Charge[](0));
    }

    /// @inheritdoc ITitleFollower
    /// @dev In the order of inscription, but as each parent's creditors ordered theirs; a charge on several parents
    /// lies on the child once.
    function merged(uint256[] calldata parents, uint256 child) external onlyRegister {
        Charge[] memory list = new Charge[](0);
        for (uint256 i; i < parents.length; ++i) {
            Charge[] memory more = chargesOf(parents[i]);
            if (more.length == 0) continue;
            list = _interleaved(list, more);
            _rewrite(parents[i], new Charge[](0));
            emit CarriedOver(parents[i], child, more.length);
        }
        _rewrite(child, list);
    }

    /// @inheritdoc ICharges
    function chargesOf(uint256 id) public view returns (Charge[] memory list) {
        uint256 stored;
        while (stored < MAX_CHARGES && _ranks[id][stored].number != 0) ++stored;
        list = new Charge[](stored);
        uint256 n;
        for (uint256 rank; rank < stored; ++rank) {
            Charge memory charge = _ranks[id][rank];
            if (charge.creditor == address(0)) charge = _shared[charge.number];
            if (charge.number != 0) list[n++] = charge;
        }
        _truncate(list, n);
    }

    function _inscribe(
        uint256 id,
        uint256 rank,
        address creditor,
        uint40 amount_cents,
        uint24 dueDay,
        bytes32 documentHash
    ) private returns (uint32 number) {
        require(creditor != address(0) && amount_cents != 0, Charges_InvalidCharge(creditor, amount_cents));
        require(rank < MAX_CHARGES, Charges_TooMany(MAX_CHARGES));

        number = ++_numbered;
        Charge storage place = _ranks[id][rank];
        (place.creditor, place.amount_cents, place.dueDay, place.number) = (creditor, amount_cents, dueDay, number);
        emit Inscribed(id, number, creditor, amount_cents, dueDay, documentHash);
    }

    /// @dev Ends the charges whose ranks have a bit in `ended`, on every title that they lie on, and closes the gaps.
    /// Returns how many stay.
    function _end(uint256 id, Charge[] memory list, uint256 ended) private returns (uint256 kept) {
        for (uint256 rank; rank < list.length; ++rank) {
            Charge memory charge = list[rank];
            if ((ended >> rank) & 1 == 0) list[kept++] = charge;
            else if (_placeOf(id, rank, charge.number).creditor == address(0)) delete _shared[charge.number];
        }
        _truncate(list, kept);
        _rewrite(id, list);
    }

    /// @dev Writes where a charge changed: once for all its titles when it is shared.
    function _update(uint256 id, uint256 rank, Charge memory charge) private {
        Charge storage place = _placeOf(id, rank, charge.number);
        if (place.creditor == address(0)) place = _shared[charge.number];
        (place.creditor, place.amount_cents) = (charge.creditor, charge.amount_cents);
    }

    /// @dev Where a charge stands: at its rank, or further when shared charges before it have ended. Without a creditor
    /// it is in `_shared`.
    function _placeOf(uint256 id, uint256 rank, uint32 number) private view returns (Charge storage place) {
        place = _ranks[id][rank];
        while (place.number != number) place = _ranks[id][++rank];
    }

    /// @dev Makes a title's list this one, writing only what differs.
    function _rewrite(uint256 id, Charge[] memory list) private {
        for (uint256 rank; rank < MAX_CHARGES; ++rank) {
            uint32 stored = _ranks[id][rank].number;
            if (rank >= list.length) {
                if (stored == 0) return;
                delete _ranks[id][rank];
            } else if (stored != list[rank].number) {
                bool shared = _shared[list[rank].number].number != 0;
                _ranks[id][rank] = shared ? Charge(address(0), 0, 0, list[rank].number) : list[rank];
            }
        }
    }

    /// @dev Two lists in one that keeps the order of each and puts the older inscription first where it may choose.
    function _interleaved(Charge[] memory a, Charge[] memory b) private pure returns (Charge[] memory list) {
        list = new Charge[](a.length + b.length);
        uint256 n;
        uint256 i;
        uint256 j;
        while (i < a.length || j < b.length) {
            bool first = j == b.length || (i < a.length && a[i].number < b[j].number);
            Charge memory next = first ? a[i++] : b[j++];
            if (!_contains(list, n, next.number)) list[n++] = next;
        }
        require(n <= MAX_CHARGES, Charges_TooMany(MAX_CHARGES));
        _truncate(list, n);
    }

    function _contains(Charge[] memory list, uint256 n, uint32 number) private pure returns (bool) {
        for (uint256 i; i < n; ++i) {
            if (list[i].number == number) return true;
        }
        return false;
    }

    function _find(uint256 id, uint32 number) private view returns (Charge[] memory list, uint256 rank) {
        list = chargesOf(id);
        while (rank < list.length && list[rank].number != number) ++rank;
        require(rank < list.length, Charges_NotOnTitle(id, number));
    }

    function _requireCreditor(Charge memory charge) private view {
        address creditor = _residents.currentKeyOf(charge.creditor);
        require(msg.sender == creditor, Charges_OnlyCreditor(msg.sender, creditor));
    }

    function _requireNext(Charge[] memory list, uint256 rank, uint32 junior) private pure {
        require(rank + 1 < list.length && list[rank + 1].number == junior, Charges_NotNext(list[rank].number, junior));
    }

    function _pair(uint32 senior, uint32 junior) private pure returns (uint64) {
        return (uint64(senior) << 32) | junior;
    }

    function _truncate(Charge[] memory list, uint256 n) private pure {
        assembly ("memory-safe") {
            mstore(list, n)
        }
    }
}
