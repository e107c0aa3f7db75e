// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Till} from "../currency/Till.sol";
import {IResidents} from "../residents/interfaces/IResidents.sol";
import {ClearingSlips} from "./ClearingSlips.sol";
import {IClearing} from "./interfaces/IClearing.sol";

/// @title Who owes whom, cleared after a public window
contract Clearing is ClearingSlips, Till {
    using SafeCast for uint256;

    uint256 private constant MOST_HOURS = 30 * 24;
    uint256 private constant SETTLE_S = 7 days;
    /// @dev So many are settled in one transaction (EIP-7825) though everybody contests.
    uint256 private constant MOST_LINES = 450;

    uint256 private constant HELD_AT = 64;
    uint256 private constant CAP_AT = 128;
    uint256 private constant CONTESTED_AT = 168;
    uint256 private constant MANDATED_AT = 200;

    /// @dev What every line asks of the statement: in whole words, which cost no mask.
    struct Settling {
        uint256 number;
        uint256 contested;
        uint256 period;
        uint256 ruleBy;
    }

    mapping(bytes32 op => Operation) private _operations;
    mapping(bytes32 op => mapping(address member => Member)) private _members;
    mapping(bytes32 op => mapping(uint32 period => mapping(address member => HeldLine))) private _held;

    constructor(IERC20 token_, IResidents residents_) Till(token_, residents_) {
        // Whoever has lost the town's manifest finds by its logs when a contract was born.
        emit EIP712DomainChanged();
    }

    /// @inheritdoc IClearing
    function open(Terms calldata terms) external returns (bytes32 op) {
        require(terms.organiser != address(0) && terms.arbiter != address(0), Clearing_InvalidParties());
        require(
            residents.currentKeyOf(terms.organiser) != residents.currentKeyOf(terms.arbiter), Clearing_InvalidParties()
        );
        _requireHours(terms.contest_h);
        _requireHours(terms.rule_h);

        op = nameOf(terms);
        Operation storage operation = _operations[op];
        if (operation.organiser == address(0)) {
            (operation.organiser, operation.arbiter, operation.refuter) =
            (terms.organiser, terms.arbiter, terms.refuter);
            (operation.clock.contest_h, operation.clock.rule_h) = (terms.contest_h, terms.rule_h);
        }
        emit OperationOpened(op, msg.sender, terms);
    }

    /// @inheritdoc IClearing
    function deposit(bytes32 op, address member, uint40 cap_cents, uint64 amount_cents) external nonReentrant {
        address key = residents.currentKeyOf(member);
        require(msg.sender == key, SlipActs_NotSignedBy(key));
        _enter(op, member, cap_cents, amount_cents);
        _payIn(amount_cents);
    }

    /// @inheritdoc IClearing
    function depositBySlip(
        bytes32 op,
        address member,
        uint40 cap_cents,
        uint64 amount_cents,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        bytes calldata signature
    ) external nonReentrant {
        _enter(op, member, cap_cents, amount_cents);
        bytes32 purpose = depositPurpose(op, member, cap_cents);
        _payInBySlip(purpose, member, amount_cents, validAfter, validBefore, salt, signature);
    }

    /// @inheritdoc IClearing
    function setCap(bytes32 op, address member, uint40 cap_cents, uint256 deadline, bytes calldata signature) external {
        bytes32 slip = keccak256(abi.encode(_setCapTypeHash, op, member, cap_cents, deadline));
        _requireActs(residents.currentKeyOf(member), slip, deadline, signature);

        _mandate(op, _members[op][member], cap_cents);
        emit CapSet(op, member, cap_cents);
    }

    /// @inheritdoc IClearing
    function take(bytes32 op, address member, uint64 amount_cents, uint256 deadline, bytes calldata signature)
        external
        nonReentrant
    {
        require(amount_cents != 0, Clearing_NoAmount());
        uint64 balance_cents = _members[op][member].balance_cents;
        require(amount_cents <= balance_cents, Clearing_BalanceTooLow(balance_cents, amount_cents));
        bytes32 slip = keccak256(abi.encode(_takeTypeHash, op, member, amount_cents, deadline));
        _requireActs(residents.currentKeyOf(member), slip, deadline, signature);

        _members[op][member].balance_cents = balance_cents - amount_cents;
        emit Taken(op, member, amount_cents);
        _payOut(uint256(op), member, amount_cents);
    }

    /// @inheritdoc IClearing
    function leave(bytes32 op, address member, uint256 deadline, bytes calldata signature) external nonReentrant {
        bytes32 slip = keccak256(abi.encode(_leaveTypeHash, op, member, deadline));
        _requireActs(residents.currentKeyOf(member), slip, deadline, signature);

        Member storage leaver = _members[op][member];
        uint256 amount_cents = leaver.balance_cents;
        (leaver.balance_cents, leaver.cap_cents) = (0, 0);
        emit Left(op, member, amount_cents);
        _payOut(uint256(op), member, amount_cents);
    }

    /// @inheritdoc IClearing
    function state(bytes32 op, Statement calldata statement, uint256 deadline, bytes calldata signature) external {
        Operation storage operation = _operations[op];
        Clock memory clock = operation.clock;
        address organiser = _organiserOf(op);
        Status status = _statusAt(clock);
        require(status != Status.Stated && status != Status.Due, Clearing_StillOpen(_dueAt(clock) + SETTLE_S));
        require(statement.number == clock.number + 1, Clearing_NotNext(clock.number + 1, statement.number));
        require(statement.period > clock.settledPeriod, Clearing_PeriodSettled(clock.settledPeriod));
        require(statement.n != 0 && statement.n <= MOST_LINES, Clearing_LinesOutOfBounds(statement.n, MOST_LINES));
        bytes32 statementHash = hashStatement(statement);
        bytes32 slip = keccak256(abi.encode(_stateTypeHash, op, statementHash, deadline));
        _requireBy(residents.currentKeyOf(organiser), slip, deadline, signature);

        (clock.number, clock.period) = (statement.number, statement.period);
        (clock.statedAt, clock.status) = (uint40(block.timestamp), Status.Stated);
        (operation.statementHash, operation.clock) = (statementHash, clock);
        emit PeriodStated(op, statement.period, statementHash, statement, _dueAt(clock));
    }

    /// @inheritdoc IClearing
    function retract(bytes32 op, bytes32 statementHash, uint256 deadline, bytes calldata signature) external {
        Clock memory clock = _requireStated(op, statementHash);
        bytes32 slip = keccak256(abi.encode(_retractTypeHash, op, statementHash, deadline));
        _requireBy(residents.currentKeyOf(_operations[op].organiser), slip, deadline, signature);

        _operations[op].clock.status = Status.Void;
        emit StatementRetracted(op, clock.period, statementHash);
    }

    /// @inheritdoc IClearing
    function voidStatement(bytes32 op, bytes32 statementHash) external {
        address refuter = _operations[op].refuter;
        require(msg.sender == refuter, Clearing_OnlyRefuter(refuter));
        Clock memory clock = _requireLast(op, statementHash);
        Status status = _statusAt(clock);
        require(status == Status.Stated || status == Status.Due, Clearing_WrongStatus(status));

        _operations[op].clock.status = Status.Void;
        emit StatementVoided(op, clock.period, statementHash);
    }

    /// @inheritdoc IClearing
    function contest(
        bytes32 op,
        bytes32 statementHash,
        address member,
        bytes32 reasonHash,
        uint256 deadline,
        bytes calldata signature
    ) external {
        Clock memory clock = _requireStated(op, statementHash);
        address key = residents.currentKeyOf(member);
        require(!_isParty(op, key), Clearing_MayNotContest(member));
        uint32 contested = clock.settledPeriod + 1;
        require(_members[op][member].contested != contested, Clearing_AlreadyContested(member));
        bytes32 slip = keccak256(abi.encode(_contestTypeHash, op, statementHash, member, reasonHash, deadline));
        _requireBy(key, slip, deadline, signature);

        _members[op][member].contested = contested;
        emit LineContested(op, clock.period, member, reasonHash);
    }

    /// @inheritdoc IClearing
    function settle(bytes32 op, Statement calldata statement, Line[] calldata lines) external {
        bytes32 statementHash = hashStatement(statement);
        Clock memory clock = _requireLast(op, statementHash);
        Status status = _statusAt(clock);
        require(status == Status.Due, Clearing_WrongStatus(status));
        bytes32 linesHash = _hashOf(lines);
        require(linesHash == statement.linesHash && lines.length == statement.n, Clearing_OtherLines(linesHash));

        Clock storage stored = _operations[op].clock;
        (stored.status, stored.settledPeriod) = (Status.Settled, clock.period);
        address organiser = _operations[op].organiser;
        int256 owed_cents = _apply(op, organiser, clock, lines);
        int256 left_cents = int256(uint256(_members[op][organiser].balance_cents)) - owed_cents;
        require(left_cents >= 0, Clearing_OrganiserShort(uint256(-left_cents)));
        _members[op][organiser].balance_cents = uint256(left_cents).toUint64();
        emit PeriodSettled(op, clock.period, statementHash);
    }

    /// @inheritdoc IClearing
    function rule(
        bytes32 op,
        uint32 period,
        address member,
        uint64 due_cents,
        uint256 deadline,
        bytes calldata signature
    ) external {
        HeldLine memory line = _requireHeld(op, period, member);
        require(block.timestamp <= line.ruleBy, Clearing_TooLate(line.ruleBy));
        require(due_cents <= line.held_cents, Clearing_DueTooHigh(due_cents, line.held_cents));
        address key = residents.currentKeyOf(_operations[op].arbiter);
        require(key != residents.currentKeyOf(_operations[op].organiser), Clearing_InvalidParties());
        bytes32 slip = keccak256(abi.encode(_ruleTypeHash, op, period, member, due_cents, deadline));
        _requireBy(key, slip, deadline, signature);

        _return(op, period, member, line.held_cents, due_cents);
        _members[op][_operations[op].organiser].balance_cents += due_cents;
        emit LineRuled(op, member, period, due_cents, line.held_cents - due_cents);
    }

    /// @inheritdoc IClearing
    function release(bytes32 op, uint32 period, address member) external {
        HeldLine memory line = _requireHeld(op, period, member);
        require(block.timestamp > line.ruleBy, Clearing_TooEarly(line.ruleBy));

        _return(op, period, member, line.held_cents, 0);
        emit LineReleased(op, member, period, line.held_cents);
    }

    /// @inheritdoc IClearing
    function operationOf(bytes32 op) external view returns (Operation memory) {
        return _operations[op];
    }

    /// @inheritdoc IClearing
    function statusOf(bytes32 op) external view returns (Status) {
        return _statusAt(_operations[op].clock);
    }

    /// @inheritdoc IClearing
    function windowOf(bytes32 op) external view returns (uint256 dueAt, uint256 deadAt) {
        dueAt = _dueAt(_operations[op].clock);
        deadAt = dueAt + SETTLE_S;
    }

    /// @inheritdoc IClearing
    function memberOf(bytes32 op, address member) external view returns (Member memory) {
        return _members[op][member];
    }

    /// @inheritdoc IClearing
    function heldLineOf(bytes32 op, uint32 period, address member) external view returns (HeldLine memory) {
        return _held[op][period][member];
    }

    /// @dev Takes note of a payment before it is made; reverts with it.
    function _enter(bytes32 op, address member, uint40 cap_cents, uint64 amount_cents) private {
        require(amount_cents != 0, Clearing_NoAmount());
        _organiserOf(op);

        Member storage payer = _members[op][member];
        payer.balance_cents += amount_cents;
        _mandate(op, payer, cap_cents);
        emit Deposited(op, member, amount_cents, cap_cents);
    }

    /// @dev What a mandate adds binds in no statement that was made without it: its window may be over.
    function _mandate(bytes32 op, Member storage member, uint40 cap_cents) private {
        if (cap_cents > member.cap_cents) member.mandatedAt = _operations[op].clock.number;
        member.cap_cents = cap_cents;
    }

    /// @dev Every line but for the organiser's share of it: its own, what it advances and what it carries, in sum.
    function _apply(bytes32 op, address organiser, Clock memory clock, Line[] calldata lines)
        private
        returns (int256 owed_cents)
    {
        mapping(address => Member) storage members = _members[op];
        Settling memory at = Settling(
            clock.number,
            uint256(clock.settledPeriod) + 1,
            clock.period,
            block.timestamp + uint256(clock.rule_h) * 1 hours
        );
        uint256 period = clock.period;
        address last;
        int256 sum_cents;
        for (uint256 i; i < lines.length; ++i) {
            Line calldata line = lines[i];
            (address member, int256 amount_cents) = (line.member, line.amount_cents);
            require(member > last, Clearing_LinesUnordered(i));
            last = member;
            unchecked {
                // A few hundred amounts of 64 bits.
                sum_cents += amount_cents;
                if (member == organiser) owed_cents += amount_cents;
                else if (amount_cents <= 0) _credit(members[member], uint256(-amount_cents));
                else owed_cents += int256(_charge(op, members[member], member, at, uint256(amount_cents)));
            }
            emit LineSettled(op, member, period, amount_cents);
        }
        require(sum_cents == 0, Clearing_NotZeroSum(sum_cents));
    }

    /// @dev Charges a debit up to balance and cap, or sets that much aside; nothing to whoever mandated more since it
    /// was stated. Returns what the organiser pays meanwhile.
    function _charge(bytes32 op, Member storage debtor, address member, Settling memory at, uint256 due_cents)
        private
        returns (uint256 owed_cents)
    {
        // The slot as a word: its fields, one by one, would be read twice. Least significant first, as declared.
        uint256 word;
        assembly ("memory-safe") {
            word := sload(debtor.slot)
        }
        uint256 charged_cents;
        uint256 held_cents;
        unchecked {
            // The field of when she mandated is the highest, and needs no mask.
            charged_cents = uint40(word >> CAP_AT) * SafeCast.toUint(word >> MANDATED_AT < at.number);
            if (charged_cents > uint64(word)) charged_cents = uint64(word);
            if (charged_cents > due_cents) charged_cents = due_cents;
            held_cents = charged_cents * SafeCast.toUint(uint32(word >> CONTESTED_AT) == at.contested);
            // At most the balance, the lowest field, and a cap, of which the field of what is held has room for 2²⁴.
            word = word - charged_cents + (held_cents << HELD_AT);
            owed_cents = due_cents - charged_cents;
        }
        assembly ("memory-safe") {
            sstore(debtor.slot, word)
        }
        if (owed_cents != 0) emit LineCarried(op, member, at.period, owed_cents);
        if (held_cents == 0) return owed_cents;

        _held[op][uint32(at.period)][member] = HeldLine(uint64(held_cents), uint40(at.ruleBy));
        emit LineHeld(op, member, at.period, held_cents, at.ruleBy);
        return due_cents;
    }

    function _credit(Member storage creditor, uint256 amount_cents) private {
        creditor.balance_cents += uint64(amount_cents);
    }

    /// @dev A held line ends; the member is given all of it but what is due.
    function _return(bytes32 op, uint32 period, address member, uint64 held_cents, uint64 due_cents) private {
        delete _held[op][period][member];
        Member storage contester = _members[op][member];
        contester.held_cents -= held_cents;
        contester.balance_cents += held_cents - due_cents;
    }

    /// @dev Whether this key acts for organiser or arbiter, by whatever name.
    function _isParty(bytes32 op, address key) private view returns (bool) {
        Operation storage operation = _operations[op];
        return key == residents.currentKeyOf(operation.organiser) || key == residents.currentKeyOf(operation.arbiter);
    }

    function _organiserOf(bytes32 op) private view returns (address organiser) {
        organiser = _operations[op].organiser;
        require(organiser != address(0), Clearing_NotOpened(op));
    }

    function _requireLast(bytes32 op, bytes32 statementHash) private view returns (Clock memory) {
        require(statementHash == _operations[op].statementHash, Clearing_OtherStatement(statementHash));
        return _operations[op].clock;
    }

    function _requireStated(bytes32 op, bytes32 statementHash) private view returns (Clock memory clock) {
        clock = _requireLast(op, statementHash);
        Status status = _statusAt(clock);
        require(status == Status.Stated, Clearing_WrongStatus(status));
    }

    function _requireHeld(bytes32 op, uint32 period, address member) private view returns (HeldLine memory line) {
        line = _held[op][period][member];
        require(line.held_cents != 0, Clearing_NothingHeld(member));
    }

    function _statusAt(Clock memory clock) private view returns (Status) {
        uint256 dueAt = _dueAt(clock);
        if (clock.status != Status.Stated || block.timestamp < dueAt) return clock.status;
        return block.timestamp < dueAt + SETTLE_S ? Status.Due : Status.Dead;
    }

    function _dueAt(Clock memory clock) private pure returns (uint256) {
        return uint256(clock.statedAt) + uint256(clock.contest_h) * 1 hours;
    }

    function _requireHours(uint16 hours_) private pure {
        require(hours_ != 0 && hours_ <= MOST_HOURS, Clearing_InvalidHours(MOST_HOURS));
    }
}
