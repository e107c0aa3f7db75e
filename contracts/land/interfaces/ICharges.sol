// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConcurrence} from "./IConcurrence.sol";
import {ILandRegister} from "./ILandRegister.sol";
import {ITitleFollower} from "./ITitleFollower.sol";

/// @notice A mortgage, in one slot.
/// @param creditor to whom it is owed, as recorded
/// @param amount_cents what is secured
/// @param dueDay days since 1970
/// @param number the inscription's number: later ones are higher
struct Charge {
    address creditor;
    uint40 amount_cents;
    uint24 dueDay;
    uint32 number;
}

/// @title The charges: mortgages on titles, by rank
/// @notice A charge's rank is its place in the title's list, which is the order of inscription until creditors cede
/// rank. When a title is divided its charges lie whole on every child, and end on all at once.
interface ICharges is IConcurrence, ITitleFollower {
    /// @notice Thrown when a charge has no creditor or no amount.
    error Charges_InvalidCharge(address creditor, uint40 amount_cents);
    /// @notice Thrown when a title would bear more charges than a settlement can pay off.
    error Charges_TooMany(uint256 maximum);
    /// @notice Thrown when a charge is not on the title.
    error Charges_NotOnTitle(uint256 id, uint32 number);
    /// @notice Thrown when anyone but the creditor disposes of a charge.
    error Charges_OnlyCreditor(address caller, address creditor);
    /// @notice Thrown when a charge would be raised, or reduced to nothing, by its creditor's word.
    error Charges_InvalidReduction(uint40 amount_cents, uint40 current_cents);
    /// @notice Thrown when rank is ceded to a charge that does not come right after.
    error Charges_NotNext(uint32 senior, uint32 junior);
    /// @notice Thrown when rank is taken that was not offered.
    error Charges_NotOffered(uint32 senior, uint32 junior);
    /// @notice Thrown when a charge is said to have lapsed before it has.
    error Charges_TooEarly(uint256 lapsesAt);
    /// @notice Thrown when anyone but the land register carries charges over.
    error Charges_OnlyRegister(address caller);

    event Inscribed(
        uint256 indexed id,
        uint32 indexed number,
        address indexed creditor,
        uint40 amount_cents,
        uint24 dueDay,
        bytes32 documentHash
    );
    event Ceded(uint32 indexed number, address indexed from, address indexed to);
    event Reduced(uint32 indexed number, uint40 amount_cents);
    event RankOffered(uint256 indexed id, uint32 indexed senior, uint32 indexed junior);
    event RankCeded(uint256 indexed id, uint32 indexed senior, uint32 indexed junior);
    event Released(uint256 indexed id, uint32 indexed number);
    event Discharged(uint256 indexed id, uint32 indexed number, bytes32 documentHash);
    event Lapsed(uint256 indexed id, uint32 indexed number);
    event CarriedOver(uint256 indexed from, uint256 indexed to, uint256 charges);

    /// @notice Inscribes a mortgage after all others, by registrar and notary.
    /// @return number the inscription's number
    function inscribe(uint256 id, address creditor, uint40 amount_cents, uint24 dueDay, bytes32 documentHash)
        external
        returns (uint32 number);

    /// @notice The creditor cedes a charge.
    function cede(uint256 id, uint32 number, address to) external;

    /// @notice The creditor states that less is owed.
    function reduce(uint256 id, uint32 number, uint40 amount_cents) external;

    /// @notice The creditor of a charge offers its rank to the charge right after it.
    function offerRank(uint256 id, uint32 senior, uint32 junior) external;

    /// @notice The creditor of that one takes the rank.
    function takeRank(uint256 id, uint32 senior, uint32 junior) external;

    /// @notice The creditor releases a charge.
    function release(uint256 id, uint32 number) external;

    /// @notice Discharges a charge by registrar and notary, on a judgment or a receipt.
    function discharge(uint256 id, uint32 number, bytes32 documentHash) external;

    /// @notice Ends a charge whose inscription has lapsed, long enough after its due date; open to anyone.
    function lapse(uint256 id, uint32 number) external;

    /// @notice Ends the charges that a sale paid off and inscribes the buyer's. For Conveyance alone.
    /// @param paid a bit per rank, at 1 << rank
    /// @param loan what the buyer's lender secures; no amount when there is none
    function settle(uint256 id, uint256 paid, Charge calldata loan, bytes32 documentHash) external;

    /// @notice The charges on a title, by rank, by the keys under which they were recorded.
    function chargesOf(uint256 id) external view returns (Charge[] memory);

    /// @notice How long after its due date an inscription lapses, in days.
    function lapse_days() external view returns (uint24);

    /// @notice The land register.
    function register() external view returns (ILandRegister);
}
