// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IResidents, Kind, Standing} from "../residents/interfaces/IResidents.sol";
import {IResidentsFollower} from "../residents/interfaces/IResidentsFollower.sol";
import {ParcelId} from "./ParcelId.sol";
import {RightList} from "./RightList.sol";
import {IERC5192} from "./interfaces/IERC5192.sol";
import {IERC7943NonFungible} from "./interfaces/IERC7943.sol";
import {Burden, BurdenKind, ILandRegister, Right, RightKind, Title} from "./interfaces/ILandRegister.sol";

/// @title The titles as stored, and their faces as ERC-721, 4906 and 5192 tokens
/// @dev Rights are recorded by the key of the day and read through Residents: a recovery moves nothing here. Only the
/// count of titles is linked to the new key, which `move` does; it verifies what it is told and is open to anyone.
abstract contract TitleLedger is ILandRegister, IResidentsFollower {
    using RightList for Right[];

    uint8 internal constant LIVE = 1;
    uint8 internal constant UNDER_SALE = 2;
    uint8 internal constant FROZEN = 4;
    uint8 internal constant RETIRED = 8;
    uint8 internal constant CAVEATED = 16;

    /// @dev A division into MAX_PARTS writes at most 8 × (24 + 2 × 8) slots: seven million gas, under the sixteen that
    /// a transaction has.
    uint256 internal constant MAX_RIGHTS = 24;
    uint256 internal constant MAX_BURDENS = 8;
    uint256 internal constant MAX_PARTS = 8;

    bytes4 private constant ERC4906_ID = 0x49064906;

    /// @inheritdoc ILandRegister
    IResidents public immutable residents;
    /// @inheritdoc IERC721Metadata
    string public constant name = "Land register";
    /// @inheritdoc IERC721Metadata
    string public constant symbol = "TITLE";

    mapping(uint256 id => Title) internal _titles;
    mapping(uint256 id => mapping(uint256 index => Right)) private _rights;
    mapping(uint256 id => mapping(uint256 index => Burden)) internal _burdens;
    mapping(address recorded => uint256) private _held;
    mapping(address successor => address) private _predecessors;

    constructor(IResidents residents_) {
        residents = residents_;
    }

    /// @inheritdoc IResidentsFollower
    function follow(address[] calldata, Kind, Standing) external pure {}

    /// @inheritdoc IResidentsFollower
    function move(address from, address to) external {
        IResidents.Resident memory resident = residents.residentOf(from);
        require(resident.standing == Standing.Replaced && resident.successor == to, LandRegister_NotReplaced(from, to));
        _predecessors[to] = from;
    }

    /// @inheritdoc IERC721
    function transferFrom(address, address, uint256) external pure {
        revert LandRegister_OnlyLawfulActs();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256) external pure {
        revert LandRegister_OnlyLawfulActs();
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert LandRegister_OnlyLawfulActs();
    }

    /// @inheritdoc IERC721
    function approve(address, uint256) external pure {
        revert LandRegister_OnlyLawfulActs();
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address, bool) external pure {
        revert LandRegister_OnlyLawfulActs();
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 id) external view returns (address) {
        _requireLive(id);
        return address(0);
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IERC721
    function balanceOf(address account) external view returns (uint256 count) {
        require(account != address(0), ERC721InvalidOwner(account));
        if (_currentKeyOf(account) != account) return 0;
        for (address key = account; key != address(0); key = _predecessors[key]) {
            count += _held[key];
        }
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 id) public view returns (address) {
        return _holderOf(_requireLive(id));
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 id) external view returns (string memory) {
        _requireLive(id);
        return string.concat("urn:fr:cadastre:", ParcelId.toString(id));
    }

    /// @inheritdoc IERC5192
    function locked(uint256 id) external view returns (bool) {
        _requireLive(id);
        return true;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == type(IERC165).interfaceId || id == type(IERC721).interfaceId
            || id == type(IERC721Metadata).interfaceId || id == type(IERC5192).interfaceId
            || id == type(IERC7943NonFungible).interfaceId || id == ERC4906_ID;
    }

    /// @inheritdoc ILandRegister
    function titleOf(uint256 id) external view returns (Title memory) {
        return _titles[id];
    }

    /// @inheritdoc ILandRegister
    function rightsOf(uint256 id) external view returns (Right[] memory) {
        return _rightsOf(id, _requireLive(id));
    }

    /// @inheritdoc ILandRegister
    function burdensOf(uint256 id) external view returns (Burden[] memory burdens) {
        burdens = new Burden[](_titles[id].burdens);
        for (uint256 i; i < burdens.length; ++i) {
            burdens[i] = _burdens[id][i];
        }
    }

    /// @inheritdoc ILandRegister
    function isUnderSale(uint256 id) external view returns (bool) {
        return _titles[id].flags & UNDER_SALE != 0;
    }

    /// @inheritdoc ILandRegister
    function ensureFree(uint256 id) external view {
        _requireFree(id);
    }

    /// @dev Says who holds a title, new or not, and stores it.
    function _restate(uint256 id, Title memory title, uint24 whole, Right[] memory rights) internal {
        address before = _holding(title);
        _record(id, title, whole, rights);
        _store(id, title);
        _pass(id, before, _holding(title));
        emit RightsRestated(id, title.version, whole, rights);
        emit IERC4906.MetadataUpdate(id);
    }

    /// @dev Ends a title. What was recorded of it stays readable; its id is never used again.
    function _retire(uint256 id, Title memory title) internal {
        title.flags = RETIRED;
        _store(id, title);
        _pass(id, _holding(title), address(0));
    }

    /// @dev Stores a title in its next version.
    function _store(uint256 id, Title memory title) internal {
        ++title.version;
        _titles[id] = title;
    }

    function _rightsOf(uint256 id, Title memory title) internal view returns (Right[] memory rights) {
        if (title.rights == 0) {
            rights = new Right[](1);
            rights[0] = Right(title.owner, RightKind.Full, title.whole);
            return rights;
        }
        rights = new Right[](title.rights);
        for (uint256 i; i < rights.length; ++i) {
            rights[i] = _rights[id][i];
        }
    }

    /// @dev Who answers `ownerOf`, today: the one who holds all in full ownership, or the register for those who hold
    /// it together.
    function _holderOf(Title memory title) internal view returns (address) {
        return title.rights == 0 ? _currentKeyOf(title.owner) : address(this);
    }

    function _currentKeyOf(address account) internal view returns (address) {
        return account == address(this) || account == address(0) ? account : residents.currentKeyOf(account);
    }

    function _requireLive(uint256 id) internal view returns (Title memory title) {
        title = _titles[id];
        require(title.flags & RETIRED == 0, LandRegister_Retired(id));
        require(title.flags & LIVE != 0, ERC721NonexistentToken(id));
    }

    function _requireFree(uint256 id) internal view returns (Title memory title) {
        title = _requireLive(id);
        require(title.flags & UNDER_SALE == 0, LandRegister_UnderSale(id));
        _requireUnbarred(id, title);
    }

    function _requireUnbarred(uint256 id, Title memory title) internal view {
        require(title.flags & FROZEN == 0, LandRegister_TitleFrozen(id));
        (bool barred, bytes32 documentHash) = _caveatOn(id, title);
        require(!barred, LandRegister_Caveat(id, documentHash));
    }

    /// @dev A caveat that bars the title today.
    function _caveatOn(uint256 id, Title memory title) internal view returns (bool barred, bytes32 documentHash) {
        for (uint256 i; i < title.burdens && !barred; ++i) {
            Burden storage burden = _burdens[id][i];
            barred = burden.kind == BurdenKind.Caveat && block.timestamp <= burden.until;
            documentHash = burden.documentHash;
        }
    }

    /// @dev The holder, by the key that is in force today.
    function _requireHolder(address holder) internal view returns (address current) {
        require(holder != address(0) && holder != address(this), LandRegister_InvalidHolder(holder));
        return residents.currentKeyOf(holder);
    }

    /// @dev Writes the rights, each holder once per kind and under today's key, as the list then has them; the caller
    /// stores the title.
    function _record(uint256 id, Title memory title, uint24 whole, Right[] memory rights) private {
        for (uint256 i; i < rights.length; ++i) {
            Right memory right = rights[i];
            if (right.shares != 0) right.holder = _requireHolder(right.holder); // who sold it all has none
        }
        rights.merge();
        uint256 n = rights.length;
        require(n <= MAX_RIGHTS, LandRegister_TooManyRights(MAX_RIGHTS));
        (uint256 bare, uint256 use) = rights.sums();
        require(whole != 0 && bare == whole && use == whole, LandRegister_SharesMismatch(bare, use, whole));

        // One right that makes the whole of both is full ownership in one hand.
        uint256 kept = n == 1 ? 0 : n;
        for (uint256 i; i < kept; ++i) {
            _rights[id][i] = rights[i];
        }
        for (uint256 i = kept; i < title.rights; ++i) {
            delete _rights[id][i];
        }
        (title.owner, title.whole, title.rights) = (n == 1 ? rights[0].holder : address(0), whole, uint8(kept));
    }

    /// @dev The token's side of it, when the one who answers `ownerOf` changes.
    function _pass(uint256 id, address from, address to) private {
        if (from == to) return;
        if (from == address(0)) emit Locked(id);
        else --_held[from];
        if (to != address(0)) ++_held[to];
        emit Transfer(_currentKeyOf(from), to, id);
    }

    /// @dev Nobody yet, for a title that is new.
    function _holding(Title memory title) private view returns (address) {
        return title.rights == 0 ? title.owner : address(this);
    }
}
