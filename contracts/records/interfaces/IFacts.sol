// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISlipActs} from "../../access/interfaces/ISlipActs.sol";

/// @title Facts
/// @notice A value that m of n named issuers signed, with its time, for contracts to read. Nothing but the signatures
/// of m issuers moves it. The chain tells who said it and of when, not that it is true, nor that two issuers are not
/// one: whoever relies on a fact has read whom it names.
///
/// A fact is named by the hash of its definition (EIP-712's hashStruct of `Fact`): whoever reads one by its name reads
/// what those issuers say of that quantity in that unit, and other issuers make another fact. What issuers sign holds
/// the definition itself, so that their wallet shows it.
interface IFacts is ISlipActs {
    /// @notice What a fact is, for good.
    /// @dev EIP-712 `Fact(string name,string unit,uint8 decimals,string uri,address[] issuers,uint8 m)`.
    /// @param name what is stated
    /// @param unit in which
    /// @param decimals how many of its value's last digits are behind the point
    /// @param uri how it is established; empty when that is published nowhere
    /// @param issuers who may state it, by increasing address
    /// @param m how many of them it takes: more than half, so that no two values have each an issuer of its own only
    struct Fact {
        string name;
        string unit;
        uint8 decimals;
        string uri;
        address[] issuers;
        uint8 m;
    }

    /// @notice What issuers say of a fact.
    /// @param fact by its name
    /// @param number of the act: a fact's acts are numbered from 1 without a gap
    /// @param value in 10^-decimals of the unit
    /// @param at unix seconds of when it was so
    /// @param source the hash of what it is taken from
    /// @param deadline the last unix second at which it may be posted
    struct Statement {
        bytes32 fact;
        uint32 number;
        int128 value;
        uint40 at;
        bytes32 source;
        uint256 deadline;
    }

    /// @notice Where a fact stands, in one slot. Issuers are bits here, by their places in the definition.
    /// @param value the last that was stated
    /// @param at unix seconds of when it was so
    /// @param number of the last act
    /// @param signers who signed the value; none when it was withdrawn
    /// @param seats who may sign
    /// @param m how many it takes; zero when nobody opened it
    struct Record {
        int128 value;
        uint40 at;
        uint32 number;
        uint24 signers;
        uint24 seats;
        uint8 m;
    }

    /// @notice A fact may be stated, and this account stands by its definition: emitted each time that it is opened.
    event FactOpened(bytes32 indexed fact, address indexed opener, Fact definition);
    /// @notice A value was stated, by these signers.
    event Stated(
        bytes32 indexed fact, uint256 indexed number, int256 value, uint256 at, bytes32 source, uint256 signers
    );
    /// @notice The value was taken back, by these signers.
    event Withdrawn(bytes32 indexed fact, uint256 indexed number, bytes32 source, uint256 signers);
    /// @notice An issuer signs no more, and what it signed last is not its word any more.
    event Resigned(bytes32 indexed fact, address indexed issuer);

    /// @notice Thrown when a definition names nothing.
    error Facts_NoName();
    /// @notice Thrown when more issuers are named than a fact may have.
    error Facts_TooManyIssuers(uint256 most);
    /// @notice Thrown when m is not more than half of the issuers, or more than all.
    error Facts_NoMajority(uint256 m, uint256 issuers);
    /// @notice Thrown when issuers are not named by increasing address, each once, none zero.
    error Facts_IssuersUnordered(uint256 place);
    /// @notice Thrown when nobody opened a fact.
    error Facts_NotOpened(bytes32 fact);
    /// @notice Thrown when an act is not the fact's next.
    error Facts_NotNext(uint256 next, uint256 number);
    /// @notice Thrown when a value is of a time that has not come.
    error Facts_NotYet(uint256 at);
    /// @notice Thrown when a value is of before the last one's time.
    error Facts_BeforeTheLast(uint256 last, uint256 at);
    /// @notice Thrown when signers are named who have no seat: not issuers, or resigned.
    error Facts_NotSeated(uint256 signers);
    /// @notice Thrown when fewer signers are named than it takes.
    error Facts_TooFewSigners(uint256 m, uint256 signers);
    /// @notice Thrown when there is not one signature for each signer.
    error Facts_SignaturesAsked(uint256 signers, uint256 signatures);
    /// @notice Thrown when no value stands: none was stated since the last was withdrawn, or so many of its signers
    /// resigned that fewer than m are left.
    error Facts_NoValue(bytes32 fact);
    /// @notice Thrown when the value is older than the reader accepts.
    error Facts_Stale(uint256 at, uint256 maxAge);

    /// @notice Opens a fact. Anyone may: whoever is named has signed nothing yet. Opening what is open changes nothing
    /// of it, so that who comes first keeps nobody from being told as its opener.
    /// @return fact Its name.
    function open(Fact calldata definition) external returns (bytes32 fact);

    /// @notice States a value, by the signatures of m issuers or more; anyone posts them. One of the same time as the
    /// last corrects it.
    /// @dev EIP-712 `State(Fact fact,uint32 number,int128 value,uint40 at,bytes32 source,uint256 deadline)`, whose
    /// member `fact` hashes to the fact's name. Whoever signs two statements of one number lets the poster choose.
    /// @param signers A bit for each signer's place among the issuers.
    /// @param signatures One for each, in the order of places, from the lowest bit.
    function state(Statement calldata statement, uint24 signers, bytes[] calldata signatures) external;

    /// @notice Takes the value back, by the signatures of m issuers or more: there is none until the next. What one
    /// issuer alone may do is to resign.
    /// @dev EIP-712 `Withdraw(Fact fact,uint32 number,bytes32 source,uint256 deadline)`.
    /// @param number Of this act: the fact's next.
    /// @param source The hash of what says why.
    function withdraw(
        bytes32 fact,
        uint32 number,
        bytes32 source,
        uint256 deadline,
        uint24 signers,
        bytes[] calldata signatures
    ) external;

    /// @notice Gives an issuer's seat up for good, and its word on the value that stands: for a key that was lost or
    /// stolen. The others need still m: when fewer are left, nothing is stated any more. The issuer, or anyone with its
    /// slip.
    /// @dev EIP-712 `Resign(Fact fact,address issuer,uint256 deadline)`.
    /// @param seat The issuer's place.
    function resign(bytes32 fact, uint256 seat, uint256 deadline, bytes calldata signature) external;

    /// @notice The value that stands.
    /// @return value In 10^-decimals of the unit.
    /// @return at Unix seconds of when it was so.
    /// @return number Of the act that stated it.
    function valueOf(bytes32 fact) external view returns (int256 value, uint256 at, uint256 number);

    /// @notice The value that stands, if it is no older than `maxAge` seconds.
    function freshValueOf(bytes32 fact, uint256 maxAge) external view returns (int256 value);

    /// @notice Where a fact stands, whether it has a value or not.
    function recordOf(bytes32 fact) external view returns (Record memory);

    /// @notice Who may state a fact, by place.
    function issuersOf(bytes32 fact) external view returns (address[] memory);

    /// @notice A definition's name, opened or not: a contract that relies on a fact checks by it what it reads.
    function nameOf(Fact calldata definition) external pure returns (bytes32 fact);
}
