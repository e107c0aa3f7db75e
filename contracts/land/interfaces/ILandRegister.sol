// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IResidents} from "../../residents/interfaces/IResidents.sol";
import {IConcurrence} from "./IConcurrence.sol";
import {IERC5192} from "./IERC5192.sol";
import {IERC7943NonFungible} from "./IERC7943.sol";
import {ITitleFollower} from "./ITitleFollower.sol";

/// @notice Full ownership is the bare ownership and the usufruct in one hand.
enum RightKind {
    Full,
    Bare,
    Usufruct
}

/// @notice A holder's share of a title, out of the title's whole.
/// @dev EIP-712 `Right(address holder,uint8 kind,uint24 shares)`
struct Right {
    address holder;
    RightKind kind;
    uint24 shares;
}

/// @notice By what act rights are restated outside a sale.
enum Act {
    Succession,
    Gift,
    Judgment,
    Partition,
    Correction
}

enum BurdenKind {
    Easement,
    Restriction,
    Caveat
}

/// @notice What lies on a title besides mortgages.
/// @param documentHash the deed that grounds it
/// @param kind a caveat, alone, bars the title from moving
/// @param until unix seconds; 0 for ever (a caveat always ends)
/// @param dominant for an easement, the title that it serves
struct Burden {
    bytes32 documentHash;
    BurdenKind kind;
    uint64 until;
    uint112 dominant;
}

/// @notice A parcel as the cadastre describes it.
/// @param id the 14 ASCII characters of the French parcel id, as a number
/// @param area_m2 the area that the cadastre states
/// @param geometryHash hash of the canonical geometry
struct Parcel {
    uint256 id;
    uint32 area_m2;
    bytes32 geometryHash;
}

/// @notice A title, in one slot.
/// @param owner who holds the whole in full ownership, as recorded; 0 when the rights are several
/// @param area_m2 the area
/// @param whole the shares that make a whole
/// @param version counts every change of rights or of the sale lock; what was signed for another version is void
/// @param rights how many rights are recorded apart; 0 when `owner` holds all
/// @param burdens how many easements, restrictions and caveats lie on it
/// @param flags LIVE 1, UNDER_SALE 2, FROZEN 4, RETIRED 8, CAVEATED 16: the registrar has barred it alone before
struct Title {
    address owner;
    uint32 area_m2;
    uint24 whole;
    uint16 version;
    uint8 rights;
    uint8 burdens;
    uint8 flags;
}

/// @title The land register: titles that only lawful acts can move
/// @notice A mirror of the legal register; on its own it has no legal force. The token id is the parcel's id. `ownerOf`
/// is the one who holds all of it in full ownership; when several hold it, the register holds it for them. Whoever lost
/// a key is found under the new one. Full + bare shares, and full + usufruct shares, each make exactly the whole.
interface ILandRegister is IERC721Metadata, IERC721Errors, IERC5192, IERC7943NonFungible, IConcurrence {
    /// @notice Thrown when an id is not the 14 characters of a parcel id.
    error LandRegister_InvalidId(uint256 id);
    /// @notice Thrown when a title was issued under this id before, even if it was retired since.
    error LandRegister_IdUsed(uint256 id);
    /// @notice Thrown when a parcel has no area.
    error LandRegister_NoArea(uint256 id);
    /// @notice Thrown when a batch has more or fewer holders than parcels, or none.
    error LandRegister_BatchMismatch(uint256 parcels, uint256 holders);
    /// @notice Thrown when nobody, or the register itself, would hold a right.
    error LandRegister_InvalidHolder(address holder);
    /// @notice Thrown when the shares of the bare ownership or of the use don't make the whole.
    error LandRegister_SharesMismatch(uint256 bare, uint256 use, uint256 whole);
    /// @notice Thrown when a title would have more holders than an act can carry over.
    error LandRegister_TooManyRights(uint256 maximum);
    /// @notice Thrown when a title would have more burdens than an act can carry over.
    error LandRegister_TooManyBurdens(uint256 maximum);
    /// @notice Thrown when a title was divided or merged away.
    error LandRegister_Retired(uint256 id);
    /// @notice Thrown when a title is under sale.
    error LandRegister_UnderSale(uint256 id);
    /// @notice Thrown when a title is not under sale.
    error LandRegister_NotUnderSale(uint256 id);
    /// @notice Thrown when a court froze the title.
    error LandRegister_TitleFrozen(uint256 id);
    /// @notice Thrown when a caveat bars the title.
    error LandRegister_Caveat(uint256 id, bytes32 documentHash);
    /// @notice Thrown when an act was drawn up for an earlier state of the title.
    error LandRegister_Stale(uint256 id, uint16 version);
    /// @notice Thrown when someone gives a right that is not recorded as theirs.
    error LandRegister_NotHeld(uint256 id, address holder, RightKind kind, uint24 shares);
    /// @notice Thrown when the areas don't add up.
    error LandRegister_AreaMismatch(uint256 stated_m2, uint256 expected_m2);
    /// @notice Thrown when a division or a merger has too few or too many parts.
    error LandRegister_InvalidParts(uint256 parts, uint256 maximum);
    /// @notice Thrown when titles that merge are not held alike.
    error LandRegister_HoldersDiffer(uint256 first, uint256 other);
    /// @notice Thrown when a burden is not on the title.
    error LandRegister_NoBurden(uint256 id, bytes32 documentHash);
    /// @notice Thrown when a burden is already on the title.
    error LandRegister_BurdenExists(uint256 id, bytes32 documentHash);
    /// @notice Thrown when a caveat would never end, end at once, or last longer than allowed; or another burden would
    /// be over already.
    error LandRegister_InvalidUntil(uint64 until);
    /// @notice Thrown when the registrar alone bars a title a second time: it takes the notary's word (`burden`), or a
    /// court's order (`setFrozenTokens`).
    error LandRegister_CaveatedBefore(uint256 id);
    /// @notice Thrown when a caveat is lifted by one office before its end, or anything else is swept.
    error LandRegister_NotOver(uint256 id, bytes32 documentHash);
    /// @notice Thrown when a factor of 0 or 1, or one that overflows the whole, rescales shares.
    error LandRegister_InvalidFactor(uint256 factor);
    /// @notice Thrown when a title moves by anything but a lawful act.
    error LandRegister_OnlyLawfulActs();
    /// @notice Thrown when a key is said to be replaced that is not.
    error LandRegister_NotReplaced(address from, address to);
    /// @notice Thrown when there is no room for another follower, or it follows already, or has no code.
    error LandRegister_InvalidFollower(ITitleFollower follower);

    event Registered(uint256 indexed id, uint32 area_m2, bytes32 geometryHash);
    /// @notice The rights on a title are these from now on.
    event RightsRestated(uint256 indexed id, uint16 version, uint24 whole, Right[] rights);
    event Enacted(uint256 indexed id, Act indexed act, bytes32 documentHash);
    event Burdened(uint256 indexed id, BurdenKind indexed kind, bytes32 documentHash, uint64 until, uint256 dominant);
    event BurdenLifted(uint256 indexed id, bytes32 documentHash);
    event Divided(uint256 indexed parent, uint256[] children, bytes32 documentHash);
    event Merged(uint256[] parents, uint256 indexed child, bytes32 documentHash);
    event AreaCorrected(uint256 indexed id, uint32 before_m2, uint32 after_m2, bytes32 documentHash);
    event SaleLocked(uint256 indexed id, uint16 version);
    event SaleUnlocked(uint256 indexed id, uint16 version);
    event FollowerAdded(ITitleFollower indexed follower);

    /// @notice Registers a parcel to one holder: by the registrar alone until `foundingEndsAt`, then by registrar and
    /// notary, as all that follows.
    function register(Parcel calldata parcel, address holder) external;

    /// @notice Registers many parcels, each to one holder; all or nothing; by the same offices.
    function registerMany(Parcel[] calldata parcels, address[] calldata holders) external;

    /// @notice Registers a parcel that several hold, by the same offices.
    function registerShared(Parcel calldata parcel, uint24 whole, Right[] calldata rights) external;

    /// @notice Restates the rights on a title by an act that registrar and notary concur in.
    function enact(Act act, uint256 id, uint16 version, uint24 whole, Right[] calldata rights, bytes32 documentHash)
        external;

    /// @notice Multiplies every share and the whole: the fractions stay, and can be cut finer.
    function rescale(uint256 id, uint24 factor) external;

    /// @notice Corrects the area after a new survey, by registrar and notary.
    function correctArea(uint256 id, uint16 version, uint32 area_m2, bytes32 documentHash) external;

    /// @notice Lays an easement or a restriction on a title, by registrar and notary.
    function burden(uint256 id, uint16 version, Burden calldata burden_) external;

    /// @notice Bars a title from moving for a while, by the registrar alone: once in the title's life.
    function caveat(uint256 id, uint64 until, bytes32 documentHash) external;

    /// @notice Lifts a burden before its end, by registrar and notary.
    function lift(uint256 id, bytes32 documentHash) external;

    /// @notice Clears away a burden whose time is over; open to anyone.
    function sweep(uint256 id, bytes32 documentHash) external;

    /// @notice Divides a title, by registrar and notary. Every right and burden, and what the followers keep, lies on
    /// each child.
    function divide(uint256 id, uint16 version, Parcel[] calldata children, bytes32 documentHash) external;

    /// @notice Merges titles that the same people hold in the same shares, by registrar and notary.
    function merge(uint256[] calldata ids, uint16[] calldata versions, Parcel calldata child, bytes32 documentHash)
        external;

    /// @notice Puts a title under sale: each of `sold` must be held. For Conveyance alone.
    /// @return next the version that the title has from now on
    function lock(uint256 id, uint16 version, Right[] calldata sold) external returns (uint16 next);

    /// @notice Ends a sale that came to nothing. For Conveyance alone.
    function unlock(uint256 id) external;

    /// @notice Ends a sale: what was sold passes to those who bought. For Conveyance alone.
    function convey(uint256 id, Right[] calldata sold, Right[] calldata bought) external;

    /// @notice Adds a module that carries something over when titles divide or merge.
    function addFollower(ITitleFollower follower) external;

    /// @notice Reverts unless the title exists, is not retired, frozen, under sale or barred by a caveat.
    function ensureFree(uint256 id) external view;

    /// @notice A title as it is stored.
    function titleOf(uint256 id) external view returns (Title memory);

    /// @notice The rights on a title, by the keys under which they were recorded.
    function rightsOf(uint256 id) external view returns (Right[] memory);

    /// @notice The burdens on a title.
    function burdensOf(uint256 id) external view returns (Burden[] memory);

    /// @notice Whether a sale is open on the title.
    function isUnderSale(uint256 id) external view returns (bool);

    /// @notice The modules that carry something over.
    function followers() external view returns (ITitleFollower[] memory);

    /// @notice The register of residents, which knows who replaced a lost key.
    function residents() external view returns (IResidents);

    /// @notice Until when the cadastre is brought in, by the registrar alone. Unix seconds; before the first title as
    /// if that were registered now.
    function foundingEndsAt() external view returns (uint64);

    /// @notice The longest that a caveat may bar a title, in seconds.
    function longestCaveat_s() external view returns (uint64);
}
