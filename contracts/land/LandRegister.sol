// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

import {IResidents} from "../residents/interfaces/IResidents.sol";
import {Concurrence} from "./Concurrence.sol";
import {Founding} from "./Founding.sol";
import {ParcelId} from "./ParcelId.sol";
import {RightList} from "./RightList.sol";
import {TitleLedger} from "./TitleLedger.sol";
import {IERC7943NonFungible} from "./interfaces/IERC7943.sol";
import {Act, Burden, BurdenKind, ILandRegister, Parcel, Right, RightKind, Title} from "./interfaces/ILandRegister.sol";
import {ITitleFollower} from "./interfaces/ITitleFollower.sol";

/// @title The land register: the acts that move titles
contract LandRegister is Founding, TitleLedger, Concurrence {
    using RightList for Right[];

    uint256 private constant MAX_FOLLOWERS = 4;

    /// @inheritdoc ILandRegister
    uint64 public immutable longestCaveat_s;

    ITitleFollower[] private _followers;

    /// @dev Who first holds a parcel the registrar says alone while the cadastre is brought in.
    modifier foundingOrConcurring() {
        if (!_isFounding()) _concur();
        _;
    }

    constructor(address authority, IResidents residents_, uint64 longestCaveat_s_, uint64 founding_s)
        AccessManaged(authority)
        Founding(founding_s)
        TitleLedger(residents_)
    {
        longestCaveat_s = longestCaveat_s_;
    }

    /// @inheritdoc ILandRegister
    function register(Parcel calldata parcel, address holder) external restricted foundingOrConcurring {
        _issue(parcel, holder);
    }

    /// @inheritdoc ILandRegister
    function registerMany(Parcel[] calldata parcels, address[] calldata holders)
        external
        restricted
        foundingOrConcurring
    {
        bool isBatch = parcels.length == holders.length && parcels.length != 0;
        require(isBatch, LandRegister_BatchMismatch(parcels.length, holders.length));
        for (uint256 i; i < parcels.length; ++i) {
            _issue(parcels[i], holders[i]);
        }
    }

    /// @inheritdoc ILandRegister
    function registerShared(Parcel calldata parcel, uint24 whole, Right[] calldata rights)
        external
        restricted
        foundingOrConcurring
    {
        _restate(parcel.id, _open(parcel), whole, rights);
    }

    /// @inheritdoc ILandRegister
    function enact(Act act, uint256 id, uint16 version, uint24 whole, Right[] calldata rights, bytes32 documentHash)
        external
        restricted
        concurring
    {
        Title memory title = _requireFreeAt(id, version);

        _restate(id, title, whole, rights);
        emit Enacted(id, act, documentHash);
    }

    /// @inheritdoc ILandRegister
    function rescale(uint256 id, uint24 factor) external restricted {
        Title memory title = _requireFree(id);
        uint256 whole = uint256(title.whole) * factor;
        require(factor > 1 && whole <= type(uint24).max, LandRegister_InvalidFactor(factor));

        Right[] memory rights = _rightsOf(id, title);
        for (uint256 i; i < rights.length; ++i) {
            rights[i].shares *= factor;
        }
        _restate(id, title, uint24(whole), rights);
    }

    /// @inheritdoc ILandRegister
    function correctArea(uint256 id, uint16 version, uint32 area_m2, bytes32 documentHash)
        external
        restricted
        concurring
    {
        Title memory title = _requireFreeAt(id, version);
        require(area_m2 != 0, LandRegister_NoArea(id));

        emit AreaCorrected(id, title.area_m2, area_m2, documentHash);
        title.area_m2 = area_m2;
        _store(id, title);
        emit IERC4906.MetadataUpdate(id);
    }

    /// @inheritdoc ILandRegister
    function burden(uint256 id, uint16 version, Burden calldata burden_) external restricted concurring {
        require(burden_.until == 0 || burden_.until >= block.timestamp, LandRegister_InvalidUntil(burden_.until));
        // A caveat always ends, whoever lodges it.
        if (burden_.kind == BurdenKind.Caveat) _requireCaveatEnds(burden_.until);
        _lay(id, _requireFreeAt(id, version), burden_);
    }

    /// @inheritdoc ILandRegister
    function caveat(uint256 id, uint64 until, bytes32 documentHash) external restricted {
        _requireCaveatEnds(until);
        Title memory title = _requireLive(id);
        require(title.flags & CAVEATED == 0, LandRegister_CaveatedBefore(id));

        _titles[id].flags = title.flags | CAVEATED;
        _lay(id, title, Burden(documentHash, BurdenKind.Caveat, until, 0));
    }

    /// @inheritdoc ILandRegister
    function lift(uint256 id, bytes32 documentHash) external restricted concurring {
        Title memory title = _requireLive(id);
        _removeBurden(id, title, _findBurden(id, title, documentHash));
    }

    /// @inheritdoc ILandRegister
    function sweep(uint256 id, bytes32 documentHash) external {
        Title memory title = _requireLive(id);
        uint256 place = _findBurden(id, title, documentHash);
        uint64 until = _burdens[id][place].until;
        require(until != 0 && block.timestamp > until, LandRegister_NotOver(id, documentHash));
        _removeBurden(id, title, place);
    }

    /// @inheritdoc ILandRegister
    function divide(uint256 id, uint16 version, Parcel[] calldata children, bytes32 documentHash)
        external
        restricted
        concurring
    {
        _requireParts(children.length);
        Title memory parent = _requireFreeAt(id, version);
        Right[] memory rights = _rightsOf(id, parent);

        _retire(id, parent);
        uint256 area_m2;
        uint256[] memory ids = new uint256[](children.length);
        for (uint256 i; i < children.length; ++i) {
            ids[i] = children[i].id;
            area_m2 += children[i].area_m2;
            Title memory child = _open(children[i]);
            _copyBurdens(id, parent, children[i].id, child);
            _restate(children[i].id, child, parent.whole, rights);
        }
        require(area_m2 == parent.area_m2, LandRegister_AreaMismatch(area_m2, parent.area_m2));
        emit Divided(id, ids, documentHash);

        for (uint256 i; i < _followers.length; ++i) {
            _followers[i].divided(id, ids);
        }
    }

    /// @inheritdoc ILandRegister
    function merge(uint256[] calldata ids, uint16[] calldata versions, Parcel calldata child, bytes32 documentHash)
        external
        restricted
        concurring
    {
        _requireParts(ids.length);
        require(ids.length == versions.length, LandRegister_BatchMismatch(ids.length, versions.length));
        Title memory first = _requireFreeAt(ids[0], versions[0]);
        Right[] memory rights = _rightsOf(ids[0], first);
        bytes32 held = keccak256(abi.encode(first.whole, rights));
        Title memory title = _open(child);

        uint256 area_m2;
        for (uint256 i; i < ids.length; ++i) {
            Title memory parent = _requireFreeAt(ids[i], versions[i]);
            require(
                keccak256(abi.encode(parent.whole, _rightsOf(ids[i], parent))) == held,
                LandRegister_HoldersDiffer(ids[0], ids[i])
            );
            area_m2 += parent.area_m2;
            _copyBurdens(ids[i], parent, child.id, title);
            _retire(ids[i], parent);
        }
        require(area_m2 == child.area_m2, LandRegister_AreaMismatch(child.area_m2, area_m2));
        _restate(child.id, title, first.whole, rights);
        emit Merged(ids, child.id, documentHash);

        for (uint256 i; i < _followers.length; ++i) {
            _followers[i].merged(ids, child.id);
        }
    }

    /// @inheritdoc ILandRegister
    function lock(uint256 id, uint16 version, Right[] calldata sold) external restricted returns (uint16 next) {
        Title memory title = _requireFreeAt(id, version);
        _without(id, title, sold);

        title.flags |= UNDER_SALE;
        _store(id, title);
        next = title.version;
        emit SaleLocked(id, next);
    }

    /// @inheritdoc ILandRegister
    function unlock(uint256 id) external restricted {
        Title memory title = _requireUnderSale(id);

        title.flags &= ~UNDER_SALE;
        _store(id, title);
        emit SaleUnlocked(id, title.version);
    }

    /// @inheritdoc ILandRegister
    function convey(uint256 id, Right[] calldata sold, Right[] calldata bought) external restricted {
        Title memory title = _requireUnderSale(id);
        _requireUnbarred(id, title);

        Right[] memory rights = _without(id, title, sold).joined(bought);
        title.flags &= ~UNDER_SALE;
        _restate(id, title, title.whole, rights);
        emit SaleUnlocked(id, title.version);
    }

    /// @inheritdoc IERC7943NonFungible
    function setFrozenTokens(address account, uint256 id, bool frozen) external restricted returns (bool) {
        Title memory title = _requireLive(id);
        require(account == _holderOf(title), LandRegister_NotHeld(id, account, RightKind.Full, title.whole));

        title.flags = frozen ? title.flags | FROZEN : title.flags & ~FROZEN;
        _titles[id].flags = title.flags;
        emit Frozen(account, id, frozen);
        return true;
    }

    /// @inheritdoc IERC7943NonFungible
    function forcedTransfer(address from, address to, uint256 id) external restricted returns (bool) {
        Title memory title = _requireLive(id);
        require(from == _holderOf(title), LandRegister_NotHeld(id, from, RightKind.Full, title.whole));
        require(title.flags & UNDER_SALE == 0, LandRegister_UnderSale(id));
        require(canReceive(to), ERC7943CannotReceive(to));

        if (title.flags & FROZEN != 0) {
            title.flags &= ~FROZEN;
            emit Frozen(from, id, false);
        }
        _restate(id, title, title.whole, _solely(to, title.whole));
        emit ForcedTransfer(from, to, id);
        return true;
    }

    /// @inheritdoc ILandRegister
    function addFollower(ITitleFollower follower) external restricted {
        bool known;
        for (uint256 i; i < _followers.length; ++i) {
            known = known || address(_followers[i]) == address(follower);
        }
        require(
            !known && address(follower).code.length != 0 && _followers.length < MAX_FOLLOWERS,
            LandRegister_InvalidFollower(follower)
        );
        _followers.push(follower);
        emit FollowerAdded(follower);
    }

    /// @inheritdoc ILandRegister
    function followers() external view returns (ITitleFollower[] memory) {
        return _followers;
    }

    /// @inheritdoc IERC7943NonFungible
    function canSend(address account) public view returns (bool) {
        return account != address(0) && _currentKeyOf(account) == account;
    }

    /// @inheritdoc IERC7943NonFungible
    function canReceive(address account) public view returns (bool) {
        return account != address(this) && canSend(account);
    }

    /// @inheritdoc IERC7943NonFungible
    function getFrozenTokens(address account, uint256 id) external view returns (bool) {
        Title memory title = _titles[id];
        return title.flags & FROZEN != 0 && account == _holderOf(title);
    }

    /// @inheritdoc IERC7943NonFungible
    function canTransfer(address from, address to, uint256 id) external view returns (bool) {
        Title memory title = _titles[id];
        if (title.flags & (LIVE | UNDER_SALE | FROZEN) != LIVE) return false;
        (bool barred,) = _caveatOn(id, title);
        return !barred && from == _holderOf(title) && canReceive(to);
    }

    function _issue(Parcel calldata parcel, address holder) private {
        _restate(parcel.id, _open(parcel), 1, _solely(holder, 1));
    }

    /// @dev All of it, in one hand.
    function _solely(address holder, uint24 whole) private pure returns (Right[] memory rights) {
        rights = new Right[](1);
        rights[0] = Right(holder, RightKind.Full, whole);
    }

    /// @dev A new title, not stored yet: a lawful id that was never used, and an area.
    function _open(Parcel calldata parcel) private returns (Title memory title) {
        require(ParcelId.isValid(parcel.id), LandRegister_InvalidId(parcel.id));
        require(_titles[parcel.id].flags == 0, LandRegister_IdUsed(parcel.id));
        require(parcel.area_m2 != 0, LandRegister_NoArea(parcel.id));

        (title.area_m2, title.whole, title.flags) = (parcel.area_m2, 1, LIVE);
        emit Registered(parcel.id, parcel.area_m2, parcel.geometryHash);
    }

    /// @dev Lays on a new title, not stored yet, what lay on one that it comes from.
    function _copyBurdens(uint256 from, Title memory parent, uint256 to, Title memory child) private {
        uint256 n = child.burdens;
        require(n + parent.burdens <= MAX_BURDENS, LandRegister_TooManyBurdens(MAX_BURDENS));
        for (uint256 i; i < parent.burdens; ++i) {
            _burdens[to][n++] = _burdens[from][i];
        }
        child.burdens = uint8(n);
    }

    function _lay(uint256 id, Title memory title, Burden memory burden_) private {
        uint256 n = title.burdens;
        require(n < MAX_BURDENS, LandRegister_TooManyBurdens(MAX_BURDENS));
        for (uint256 i; i < n; ++i) {
            require(
                _burdens[id][i].documentHash != burden_.documentHash,
                LandRegister_BurdenExists(id, burden_.documentHash)
            );
        }

        _burdens[id][n] = burden_;
        _titles[id].burdens = uint8(n + 1);
        emit Burdened(id, burden_.kind, burden_.documentHash, burden_.until, burden_.dominant);
        emit IERC4906.MetadataUpdate(id);
    }

    function _removeBurden(uint256 id, Title memory title, uint256 place) private {
        uint256 last = title.burdens - 1;
        emit BurdenLifted(id, _burdens[id][place].documentHash);
        if (place != last) _burdens[id][place] = _burdens[id][last];
        delete _burdens[id][last];
        _titles[id].burdens = uint8(last);
        emit IERC4906.MetadataUpdate(id);
    }

    function _findBurden(uint256 id, Title memory title, bytes32 documentHash) private view returns (uint256 i) {
        while (i < title.burdens && _burdens[id][i].documentHash != documentHash) ++i;
        require(i < title.burdens, LandRegister_NoBurden(id, documentHash));
    }

    /// @dev The rights on a title less those that are sold, each of which must be recorded.
    function _without(uint256 id, Title memory title, Right[] calldata sold)
        private
        view
        returns (Right[] memory rights)
    {
        rights = _rightsOf(id, title);
        for (uint256 i; i < sold.length; ++i) {
            (address holder, RightKind kind, uint24 shares) = (sold[i].holder, sold[i].kind, sold[i].shares);
            uint256 place = rights.indexOf(rights.length, holder, kind);
            require(
                place < rights.length && rights[place].shares >= shares, LandRegister_NotHeld(id, holder, kind, shares)
            );
            rights[place].shares -= shares;
        }
    }

    function _requireFreeAt(uint256 id, uint16 version) private view returns (Title memory title) {
        title = _requireFree(id);
        require(title.version == version, LandRegister_Stale(id, title.version));
    }

    function _requireUnderSale(uint256 id) private view returns (Title memory title) {
        title = _requireLive(id);
        require(title.flags & UNDER_SALE != 0, LandRegister_NotUnderSale(id));
    }

    function _requireCaveatEnds(uint64 until) private view {
        uint256 now_ = block.timestamp;
        require(until > now_ && until - now_ <= longestCaveat_s, LandRegister_InvalidUntil(until));
    }

    function _requireParts(uint256 parts) private pure {
        require(parts > 1 && parts <= MAX_PARTS, LandRegister_InvalidParts(parts, MAX_PARTS));
    }
}
