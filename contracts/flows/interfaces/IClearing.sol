// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITill} from "../../currency/interfaces/ITill.sol";

/// @title Who owes whom, cleared after a public window
/// @notice Members of an operation prepay. Its organiser states, period by period, what each owes or is owed: lines
/// that sum to zero. Whoever disagrees contests in the window; then anyone applies the lines. A contested debit is held
/// for the arbiter and the organiser advances it; whatever a member cannot or need not pay, the organiser carries:
/// nobody waits for anybody else's money. What is in a member's balance can always be taken.
///
/// An operation is named by the hash of its terms (EIP-712's hashStruct of `Terms`); slips are signed over the terms
/// themselves, so that a wallet shows them. Nobody is bound before her own slip joins. Members, organiser and arbiter
/// are named by the accounts that they joined or were appointed with: whoever replaced a lost key since acts for it and
/// is paid.
interface IClearing is ITill {
    /// @notice What an operation is, for good.
    /// @dev EIP-712 `Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,bytes32
    /// rulesHash)`.
    /// @param organiser who states, and carries what members do not pay
    /// @param arbiter who rules on contested lines
    /// @param refuter the contract that may void a statement which it knows to be false; zero for none. Any account may
    /// be named: read what it is
    /// @param contest_h hours from a statement in which members contest
    /// @param rule_h hours from a settlement in which the arbiter rules; then its silence favours the member
    /// @param rulesHash of how lines are computed, published elsewhere
    struct Terms {
        address organiser;
        address arbiter;
        address refuter;
        uint16 contest_h;
        uint16 rule_h;
        bytes32 rulesHash;
    }

    /// @notice What an organiser says of a period.
    /// @dev EIP-712 `Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32
    /// totalsRoot,string uri)`. Its number makes it one of a kind: what was taken back is not stated again by the same
    /// slip.
    /// @param number of the statement: an operation's are numbered from 1 without a gap
    /// @param period that it is about; above every settled one
    /// @param linesHash keccak256(abi.encode(lines)) of `Line[]`
    /// @param n how many lines
    /// @param readingsRoot what the lines are computed from, as the refuter reads it
    /// @param totalsRoot likewise
    /// @param uri where lines and public figures are published
    struct Statement {
        uint32 number;
        uint32 period;
        bytes32 linesHash;
        uint32 n;
        bytes32 readingsRoot;
        bytes32 totalsRoot;
        string uri;
    }

    /// @notice What one account owes for a period.
    /// @param amount_cents above zero what it pays, below what it is paid
    struct Line {
        address member;
        int64 amount_cents;
    }

    /// @notice Where an operation's last statement stands. `Due` and `Dead` come by the clock alone.
    enum Status {
        None, // nothing was stated
        Stated, // its window is open: members contest
        Due, // anyone settles
        Dead, // nobody settled in time: as if it had not been stated
        Settled,
        Void // refuted, or taken back
    }

    /// @notice An operation's statements, in one slot.
    /// @param contest_h as in the terms
    /// @param rule_h as in the terms
    /// @param number of the last statement
    /// @param period of the last statement
    /// @param settledPeriod the last that was settled
    /// @param statedAt unix seconds of the last statement
    /// @param status `Stated`, `Settled` or `Void` as written; `statusOf` knows the time
    struct Clock {
        uint16 contest_h;
        uint16 rule_h;
        uint32 number;
        uint32 period;
        uint32 settledPeriod;
        uint40 statedAt;
        Status status;
    }

    /// @notice An operation. Without an organiser, nobody opened it.
    /// @param statementHash of the last statement
    struct Operation {
        address organiser;
        address arbiter;
        address refuter;
        bytes32 statementHash;
        Clock clock;
    }

    /// @notice Where an account stands in an operation, in one slot.
    /// @param balance_cents its own, to take at any time
    /// @param held_cents set aside for lines that it contested
    /// @param cap_cents the most that a period may debit; zero when it mandates nothing
    /// @param contested one more than the period settled last when it contested; zero for never. A contest counts in
    /// whatever is settled next
    /// @param mandatedAt number of the operation's last statement when the cap last rose: that one and those before
    /// debit nothing
    struct Member {
        uint64 balance_cents;
        uint64 held_cents;
        uint40 cap_cents;
        uint32 contested;
        uint32 mandatedAt;
    }

    /// @notice What is held for a contested line.
    /// @param held_cents of the member's
    /// @param ruleBy the last unix second at which the arbiter rules; zero when nothing is held
    struct HeldLine {
        uint64 held_cents;
        uint40 ruleBy;
    }

    /// @notice An operation may be joined, and this account stands by its terms: emitted each time that it is opened.
    event OperationOpened(bytes32 indexed op, address indexed opener, Terms terms);
    /// @notice A member paid in, under this cap.
    event Deposited(bytes32 indexed op, address indexed member, uint256 amount_cents, uint256 cap_cents);
    /// @notice A member's cap is another.
    event CapSet(bytes32 indexed op, address indexed member, uint256 cap_cents);
    /// @notice A member took money out of its balance.
    event Taken(bytes32 indexed op, address indexed member, uint256 amount_cents);
    /// @notice A member took all its balance and mandates nothing any more.
    event Left(bytes32 indexed op, address indexed member, uint256 amount_cents);
    /// @notice A period was stated; it may be contested until `dueAt`.
    event PeriodStated(
        bytes32 indexed op, uint256 indexed period, bytes32 indexed statementHash, Statement statement, uint256 dueAt
    );
    /// @notice The organiser took its statement back.
    event StatementRetracted(bytes32 indexed op, uint256 indexed period, bytes32 indexed statementHash);
    /// @notice The refuter found a statement false.
    event StatementVoided(bytes32 indexed op, uint256 indexed period, bytes32 indexed statementHash);
    /// @notice A member contests its line.
    event LineContested(bytes32 indexed op, uint256 indexed period, address indexed member, bytes32 reasonHash);
    /// @notice A line was applied. Of a debit, what `LineCarried` says was not charged, and what `LineHeld` says was
    /// charged and set aside.
    event LineSettled(bytes32 indexed op, address indexed member, uint256 period, int256 amount_cents);
    /// @notice The organiser paid this part of a member's line: the member had no more, or had mandated no more when it
    /// was stated.
    event LineCarried(bytes32 indexed op, address indexed member, uint256 period, uint256 carried_cents);
    /// @notice The organiser advanced a contested line, and this part of it is held for the arbiter.
    event LineHeld(bytes32 indexed op, address indexed member, uint256 period, uint256 held_cents, uint256 ruleBy);
    /// @notice All lines of a period were applied.
    event PeriodSettled(bytes32 indexed op, uint256 indexed period, bytes32 indexed statementHash);
    /// @notice The arbiter ruled: the organiser was given what is due, the member the rest.
    event LineRuled(
        bytes32 indexed op, address indexed member, uint256 period, uint256 due_cents, uint256 returned_cents
    );
    /// @notice The arbiter was silent: the member was given all that was held.
    event LineReleased(bytes32 indexed op, address indexed member, uint256 period, uint256 returned_cents);

    /// @notice Thrown when an operation has no organiser or no arbiter, or one key acts for both, since it was
    /// opened too.
    error Clearing_InvalidParties();
    /// @notice Thrown when the hours to contest or to rule are none, or more than a month has.
    error Clearing_InvalidHours(uint256 most);
    /// @notice Thrown when nobody opened an operation.
    error Clearing_NotOpened(bytes32 op);
    /// @notice Thrown when nothing is paid in or taken out.
    error Clearing_NoAmount();
    /// @notice Thrown when more is taken than an account's balance.
    error Clearing_BalanceTooLow(uint256 balance_cents, uint256 amount_cents);
    /// @notice Thrown when a statement is not the operation's next.
    error Clearing_NotNext(uint256 next, uint256 number);
    /// @notice Thrown when a period is not above the last that was settled.
    error Clearing_PeriodSettled(uint256 settledPeriod);
    /// @notice Thrown when a statement comes while the last one may still be settled.
    error Clearing_StillOpen(uint256 until);
    /// @notice Thrown when a statement has no line, or more than one transaction surely settles.
    error Clearing_LinesOutOfBounds(uint256 n, uint256 most);
    /// @notice Thrown when a statement is not the operation's last.
    error Clearing_OtherStatement(bytes32 statementHash);
    /// @notice Thrown when an act does not fit where the statement stands.
    error Clearing_WrongStatus(Status status);
    /// @notice Thrown when a member contests a period twice, though it was stated anew.
    error Clearing_AlreadyContested(address member);
    /// @notice Thrown when the organiser contests, who would retract, or the arbiter, who would rule on itself, under
    /// whatever name.
    error Clearing_MayNotContest(address account);
    /// @notice Thrown when anyone but its refuter voids a statement.
    error Clearing_OnlyRefuter(address refuter);
    /// @notice Thrown when the lines are not those that were stated.
    error Clearing_OtherLines(bytes32 linesHash);
    /// @notice Thrown when lines are not by increasing member, each once, none zero.
    error Clearing_LinesUnordered(uint256 place);
    /// @notice Thrown when what lines debit is not what they credit.
    error Clearing_NotZeroSum(int256 sum_cents);
    /// @notice Thrown when the organiser cannot pay what it owes, advances and carries: it deposits this, or the
    /// statement dies.
    error Clearing_OrganiserShort(uint256 missing_cents);
    /// @notice Thrown when nothing is held for a line: it was not contested, or is ruled on or released already.
    error Clearing_NothingHeld(address member);
    /// @notice Thrown when the arbiter finds more due than is held.
    error Clearing_DueTooHigh(uint256 due_cents, uint256 held_cents);
    /// @notice Thrown when the arbiter rules too late.
    error Clearing_TooLate(uint256 ruleBy);
    /// @notice Thrown when a held line is released while the arbiter may still rule.
    error Clearing_TooEarly(uint256 ruleBy);

    /// @notice Opens an operation. Anyone may: whoever is named has signed nothing yet. Opening what is open changes
    /// nothing of it, so that who comes first keeps nobody from being told as its opener.
    /// @return op Its name.
    function open(Terms calldata terms) external returns (bytes32 op);

    /// @notice Joins, mandates up to a cap a period, and pays in, which the caller has allowed: the member itself, or
    /// whoever replaced its key. Later deposits are the same; one with another cap changes it. The organiser deposits
    /// so too; its cap, which nothing reads, may be zero. A cap that rises, from zero too, binds from the next
    /// statement on: the organiser carries the whole of the member's debit in one that was made before.
    function deposit(bytes32 op, address member, uint40 cap_cents, uint64 amount_cents) external;

    /// @notice The same by one ERC-3009 `ReceiveWithAuthorization` to this contract that the member signed and anyone
    /// posts. Its nonce is `slipNonce(depositPurpose(op, member, cap_cents), salt)`: it joins no other operation, nor
    /// this one under another cap. Until `validBefore` it may be posted, even once the member has left: whoever thinks
    /// better of it cancels it in the currency.
    function depositBySlip(
        bytes32 op,
        address member,
        uint40 cap_cents,
        uint64 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external;

    /// @notice Sets the most that a period may debit. The cap in force when a period is settled counts: lowered in the
    /// window, it has the organiser carry the rest; raised once a period is stated, all of it.
    /// @dev EIP-712 `SetCap(Terms terms,address member,uint40 cap_cents,uint256 deadline)`.
    function setCap(bytes32 op, address member, uint40 cap_cents, uint256 deadline, bytes calldata signature) external;

    /// @notice Takes from one's balance, at any time: in a statement's window too, and then the organiser carries what
    /// is missing. Where the account may not receive it, it is credited, and goes where its holder says (`withdrawTo`).
    /// @dev EIP-712 `Take(Terms terms,address member,uint64 amount_cents,uint256 deadline)`.
    function take(bytes32 op, address member, uint64 amount_cents, uint256 deadline, bytes calldata signature) external;

    /// @notice Takes all of one's balance and mandates nothing any more. What is held stays until it is ruled on or
    /// released, and is taken then.
    /// @dev EIP-712 `Leave(Terms terms,address member,uint256 deadline)`.
    function leave(bytes32 op, address member, uint256 deadline, bytes calldata signature) external;

    /// @notice The organiser states a period: its own transaction, or its slip. One statement is open at a time. A
    /// period that was voided, taken back or died may be stated again.
    /// @dev EIP-712 `State(Terms terms,Statement statement,uint256 deadline)`.
    function state(bytes32 op, Statement calldata statement, uint256 deadline, bytes calldata signature) external;

    /// @notice The organiser takes its statement back, while it may be contested.
    /// @dev EIP-712 `Retract(Terms terms,Statement statement,uint256 deadline)`, whose member `statement` hashes to
    /// `statementHash`.
    function retract(bytes32 op, bytes32 statementHash, uint256 deadline, bytes calldata signature) external;

    /// @notice The refuter voids a statement that it knows to be false, until it is settled or dead.
    function voidStatement(bytes32 op, bytes32 statementHash) external;

    /// @notice A member contests its line of the statement whose window is open. A debit will be held, not paid; a
    /// credit is paid as stated, and what was missing from it is for a later line. An account without a line contests
    /// in vain. It counts, too, where the period is stated anew, until it is settled or she contests another.
    /// @dev EIP-712 `Contest(Terms terms,Statement statement,address member,bytes32 reasonHash,uint256 deadline)`,
    /// whose member `statement` hashes to `statementHash`.
    function contest(
        bytes32 op,
        bytes32 statementHash,
        address member,
        bytes32 reasonHash,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Applies the lines of a statement whose window is over; open to anyone, for a week. Each debit is charged
    /// up to the member's balance and cap, or not at all where she mandated more since it was stated: the organiser
    /// carries the rest. Each credit is the member's to take.
    function settle(bytes32 op, Statement calldata statement, Line[] calldata lines) external;

    /// @notice The arbiter rules on a contested line: what of the part that is held is due to the organiser, who
    /// advanced it. The member is given the rest. Whose key has come to act for the organiser too rules on nothing.
    /// @dev EIP-712 `Rule(Terms terms,uint32 period,address member,uint64 due_cents,uint256 deadline)`.
    function rule(
        bytes32 op,
        uint32 period,
        address member,
        uint64 due_cents,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Gives a member back what is held for a line on which the arbiter did not rule in time; open to anyone.
    function release(bytes32 op, uint32 period, address member) external;

    /// @notice An operation.
    function operationOf(bytes32 op) external view returns (Operation memory);

    /// @notice Where an operation's last statement stands now.
    function statusOf(bytes32 op) external view returns (Status);

    /// @notice Until when the last statement may be contested, and then settled: unix seconds.
    /// @return dueAt The first second at which anyone settles.
    /// @return deadAt The first at which nobody does any more.
    function windowOf(bytes32 op) external view returns (uint256 dueAt, uint256 deadAt);

    /// @notice Where an account stands in an operation.
    function memberOf(bytes32 op, address member) external view returns (Member memory);

    /// @notice What is held for a contested line.
    function heldLineOf(bytes32 op, uint32 period, address member) external view returns (HeldLine memory);

    /// @notice The name of the operation on these terms, opened or not.
    function nameOf(Terms calldata terms) external view returns (bytes32 op);

    /// @notice The hash of a statement, by which contests, retractions and refutations name it.
    function hashStatement(Statement calldata statement) external view returns (bytes32 statementHash);

    /// @notice What a deposit's slip pays for: the hashStruct of
    /// EIP-712 `Deposit(Terms terms,address member,uint40 cap_cents)`.
    function depositPurpose(bytes32 op, address member, uint40 cap_cents) external view returns (bytes32 purpose);
}
