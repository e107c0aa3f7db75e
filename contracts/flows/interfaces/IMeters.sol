// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";
import {IResidents} from "../../residents/interfaces/IResidents.sol";
import {IClearing} from "./IClearing.sol";
import {Allocation, Cell, Claim, Column, Falsity, Total} from "./PeriodTypes.sol";

/// @title Readings as commitments that add up
/// @notice A meter's agent commits to each of its readings; an organiser's statement in `Clearing` rests on sums of
/// such commitments, published without a reading. Whoever finds one step of them false shows it here, and voids the
/// statement while it is open; no true step can be refuted. What makes a step true stands in docs/energy-format.md; why
/// this is enough, and what it leaves to the window, contests and readers, in docs/energy-soundness.md.
///
/// Every tree is `Position`'s; a leaf is keccak256(abi.encode(…)) of its struct. A slip is signed over the operation's
/// `Terms`, as in `Clearing`: Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,
/// bytes32 rulesHash).
interface IMeters is ISlipActs {
    /// @notice A meter in an operation, in two slots. Without an agent, nobody installed it.
    /// @param agent who commits to its readings: its own key, or the grid operator's
    /// @param unit of its readings: 1 the watt-hour; the others are not summed here
    /// @param kind 1 draws, 2 injects; a home with panels has two meters
    /// @param since unix seconds from which it counts
    /// @param until unix seconds from which it does not; zero while it does
    /// @param member whose it is, by the account that installed it
    struct Meter {
        address agent;
        uint8 unit;
        uint8 kind;
        uint40 since;
        uint40 until;
        address member;
    }

    /// @notice What an agent commits to for a period.
    /// @param id of the meter
    /// @param root of the tree whose leaf t is keccak256(abi.encode(uint256 t, C.x, C.y))
    struct Root {
        bytes32 id;
        bytes32 root;
    }

    /// @notice A meter counts in an operation.
    event MeterInstalled(
        bytes32 indexed op,
        bytes32 indexed id,
        address indexed member,
        address agent,
        uint8 unit,
        uint8 kind,
        uint40 since
    );
    /// @notice A meter counts until now.
    event MeterRemoved(bytes32 indexed op, bytes32 indexed id, uint256 until);
    /// @notice An agent committed to a meter's readings of a period, in place of what it had committed to before.
    event ReadingsCommitted(
        bytes32 indexed op,
        bytes32 indexed id,
        uint256 indexed period,
        uint40 start,
        uint16 step_s,
        uint16 steps,
        bytes32 root
    );
    /// @notice A statement was shown to be false, and is void.
    event StatementRefuted(
        bytes32 indexed op, uint256 indexed period, bytes32 indexed statementHash, Falsity falsity, address by
    );

    /// @notice Thrown when nobody opened the operation, or its statements are another's to void.
    error Meters_NotTheRefuter(bytes32 op);
    /// @notice Thrown when a meter has no unit.
    error Meters_NoUnit();
    /// @notice Thrown when a kind is neither 1, which draws, nor 2, which injects.
    error Meters_UnknownKind(uint256 kind);
    /// @notice Thrown when a meter is installed twice.
    error Meters_AlreadyInstalled(bytes32 op, bytes32 id);
    /// @notice Thrown when nobody installed a meter.
    error Meters_NotInstalled(bytes32 op, bytes32 id);
    /// @notice Thrown when a meter was removed already.
    error Meters_AlreadyRemoved(uint256 until);
    /// @notice Thrown when nothing is committed to, or to no tree.
    error Meters_NoRoot(uint256 place);
    /// @notice Thrown when one agent commits for meters of several.
    error Meters_OtherAgent(bytes32 id, address agent);
    /// @notice Thrown when a slip commits for a meter and a period of which something stands: its agent commits anew by
    /// its own transaction.
    error Meters_AlreadyCommitted(bytes32 id);
    /// @notice Thrown when a commitment comes while the period is stated and may be settled.
    error Meters_PeriodStated(uint256 period);
    /// @notice Thrown when a commitment comes for a period that is settled, or before one that is.
    error Meters_PeriodSettled(uint256 settledPeriod);
    /// @notice Thrown when a leaf does not stand at its place under a root.
    error Meters_NotThere(bytes32 root, uint256 place);
    /// @notice Thrown when what is shown is as it should be.
    error Meters_NotFalse(Falsity falsity);

    /// @notice Installs a meter: its member and its agent both agree, each by the same slip or as the caller. Its id is
    /// the member's own, so that nobody takes it before her.
    /// @dev EIP-712 `Install(Terms terms,address member,bytes32 salt,address agent,uint8 unit,uint8 kind,uint40
    /// since,uint256 deadline)`.
    /// @param salt drawn at random, never a number that a meter has elsewhere
    /// @param memberSignature empty when the member calls
    /// @param agentSignature empty when the agent calls
    /// @return id `idOf(op, member, salt)`
    function install(
        bytes32 op,
        address member,
        bytes32 salt,
        address agent,
        uint8 unit,
        uint8 kind,
        uint40 since,
        uint256 deadline,
        bytes calldata memberSignature,
        bytes calldata agentSignature
    ) external returns (bytes32 id);

    /// @notice Ends a meter now, for good: its member by transaction or slip, or its agent by transaction. Periods that
    /// began before keep its column.
    /// @dev EIP-712 `Remove(Terms terms,bytes32 id,uint256 deadline)`.
    function remove(bytes32 op, bytes32 id, uint256 deadline, bytes calldata signature) external;

    /// @notice An agent commits to the readings of one of its meters or of many, step by step. Until the period is
    /// stated it may commit anew, by its own transaction: its slip serves where nothing stands, so that one that was
    /// kept back undoes nothing. What is stated or settled stands.
    /// @dev EIP-712 `Commit(Terms terms,uint32 period,uint40 start,uint16 step_s,uint16 steps,Root[] roots,uint256
    /// deadline)` with EIP-712 `Root(bytes32 id,bytes32 root)`. The steps are signed with the roots: a tree that is
    /// read with more leaves than it has, nobody could belie.
    /// @param start unix seconds
    /// @param step_s how long a step is, in seconds
    /// @param steps how many
    function commit(
        bytes32 op,
        uint32 period,
        uint40 start,
        uint16 step_s,
        uint16 steps,
        Root[] calldata roots,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Refutes a header that is of another operation or period, of a time that is not over, or out of bounds.
    /// Every other refutation names operation and period by the header.
    /// @param op whose statement is refuted
    /// @param period of that statement
    function refuteHeader(bytes32 op, uint32 period, Claim calldata claim) external;

    /// @notice Refutes a column whose meter is not installed, is of another kind or unit, never counted in the period,
    /// or whose root, with the header's steps, is not what its agent committed to.
    function refuteColumn(Claim calldata claim, uint256 place, Column calldata column, bytes32[] calldata proof)
        external;

    /// @notice Refutes two columns of one meter.
    /// @param proof of both, as `PositionPair` asks
    function refuteTwice(
        Claim calldata claim,
        uint256 place,
        Column calldata column,
        uint256 other,
        Column calldata otherColumn,
        bytes32[] calldata proof
    ) external;

    /// @notice Refutes a cell whose reading is not the one that the agent committed to.
    /// @param leaf of the step under the column's root
    function refuteReading(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Column calldata column,
        bytes32[] calldata columnProof,
        Cell calldata cell,
        bytes32[] calldata cellProof,
        bytes32 leaf,
        bytes32[] calldata leafProof
    ) external;

    /// @notice Refutes a cell of which something is no point: off the curve, with a coordinate of P or more, or a
    /// reading that is infinity or whose x is N or more.
    function refutePoint(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        bytes32[] calldata proof
    ) external;

    /// @notice Refutes a sum that is not the one before it in its slot and k · the reading.
    /// @param previous the column at the total's previous step; all zero where there is none
    /// @param proof of both cells, as `PositionPair` asks; of the one where there is one
    function refuteSum(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Total calldata total,
        bytes32[] calldata totalProof,
        Cell calldata cell,
        Cell calldata previous,
        bytes32[] calldata proof
    ) external;

    /// @notice Refutes a column sum that is not the one of the column before it and the reading.
    /// @param before the column before, of the same kind; all zero where there is none
    /// @param proof of both cells, as `PositionPair` asks; of the one where there is one
    function refuteColumnSum(
        Claim calldata claim,
        uint256 place,
        uint256 step,
        Cell calldata cell,
        Cell calldata before,
        bytes32[] calldata proof
    ) external;

    /// @notice Refutes a total that does not open the column sum of the kind's last column.
    /// @param kind 1 what is drawn, 2 what is injected
    /// @param cell of that column; anything, without a proof, where there is no column of the kind
    function refuteTotal(
        Claim calldata claim,
        uint256 step,
        uint256 kind,
        Total calldata total,
        bytes32[] calldata totalProof,
        Cell calldata cell,
        bytes32[] calldata cellProof
    ) external;

    /// @notice Refutes a total with a slot that the tariff does not have, a previous step that is not before, 2⁴⁸
    /// watt-hours or more, or a blinding of N or more.
    function refuteRange(Claim calldata claim, uint256 step, Total calldata total, bytes32[] calldata proof) external;

    /// @notice Refutes a total's previous step by an earlier one: it is that one and of another slot, or that one is of
    /// the same slot and later.
    /// @param proof of both totals, as `PositionPair` asks
    function refuteOrder(
        Claim calldata claim,
        uint256 step,
        Total calldata total,
        uint256 earlier,
        Total calldata earlierTotal,
        bytes32[] calldata proof
    ) external;

    /// @notice Refutes an allocation that does not open the column's sum at its last step, has a last step that there
    /// is not, gives something where there is none, or a value of 2⁹⁶ or a blinding of N or more.
    /// @param cell of the column at the last step; where one of the others is shown, anything, without a proof
    function refuteAllocation(
        Claim calldata claim,
        uint256 place,
        uint256 slot,
        Allocation calldata allocation,
        bytes32[] calldata allocationProof,
        Cell calldata cell,
        bytes32[] calldata cellProof
    ) external;

    /// @notice Refutes an allocation's last step by a total: it is that one and of another slot, or that one is of the
    /// slot and later.
    function refuteLast(
        Claim calldata claim,
        uint256 place,
        uint256 slot,
        Allocation calldata allocation,
        bytes32[] calldata allocationProof,
        uint256 step,
        Total calldata total,
        bytes32[] calldata totalProof
    ) external;

    /// @notice A meter.
    function meterOf(bytes32 op, bytes32 id) external view returns (Meter memory);

    /// @notice What the agent of a meter committed to for a period, keccak256(abi.encode(start, step_s, steps, root));
    /// zero when to nothing.
    function commitmentOf(bytes32 op, bytes32 id, uint32 period) external view returns (bytes32);

    /// @notice The name of a meter, installed or not: keccak256(abi.encode(op, member, salt)).
    function idOf(bytes32 op, address member, bytes32 salt) external pure returns (bytes32 id);

    /// @notice Where statements are made and settled.
    function clearing() external view returns (IClearing);

    /// @notice The register of residents, which knows who replaced a lost key.
    function residents() external view returns (IResidents);
}
