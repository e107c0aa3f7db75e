"""An operation that is cleared: its terms, what is stated of a period, and what is signed, as `Clearing` hashes it.

Pure. Whoever signs for an operation signs its terms, so that a wallet shows them; their hash is its name on chain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from eth_utils.crypto import keccak

from beffroi import csvfile
from beffroi.eip712 import Slip, SlipType
from beffroi.errors import InputError

MOST_HOURS: Final = 30 * 24
"""To contest, or to rule."""
WORD: Final = 32

TERMS = SlipType(
    "Terms(address organiser,address arbiter,address refuter,uint16 contest_h,uint16 rule_h,bytes32 rulesHash)"
)
STATEMENT = SlipType(
    "Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,"
    "string uri)"
)
DEPOSIT = SlipType("Deposit(Terms terms,address member,uint40 cap_cents)", (TERMS,))
SET_CAP = SlipType("SetCap(Terms terms,address member,uint40 cap_cents,uint256 deadline)", (TERMS,))
TAKE = SlipType("Take(Terms terms,address member,uint64 amount_cents,uint256 deadline)", (TERMS,))
LEAVE = SlipType("Leave(Terms terms,address member,uint256 deadline)", (TERMS,))
STATE_PERIOD = SlipType("State(Terms terms,Statement statement,uint256 deadline)", (TERMS, STATEMENT))
RETRACT = SlipType("Retract(Terms terms,Statement statement,uint256 deadline)", (TERMS, STATEMENT))
CONTEST = SlipType(
    "Contest(Terms terms,Statement statement,address member,bytes32 reasonHash,uint256 deadline)", (TERMS, STATEMENT)
)
RULE = SlipType("Rule(Terms terms,uint32 period,address member,uint64 due_cents,uint256 deadline)", (TERMS,))


class OperationError(InputError):
    """Terms, lines or a statement are none that the contract takes; the message says why."""


@dataclass(frozen=True)
class OperationTerms:
    """What an operation is, for good.

    Attributes:
        organiser: who states, and carries what members do not pay.
        arbiter: who rules on contested lines.
        refuter: the contract that may void a false statement; the zero address for none.
        contest_h: hours from a statement in which members contest.
        rule_h: hours from a settlement in which the arbiter rules.
        rules_hash: of how lines are computed, 32 bytes.
    """

    organiser: str
    arbiter: str
    refuter: str
    contest_h: int
    rule_h: int
    rules_hash: bytes

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it, and as a slip holds it."""
        return self.organiser, self.arbiter, self.refuter, self.contest_h, self.rule_h, self.rules_hash

    @cached_property
    def op(self) -> bytes:
        """The operation's name on chain: EIP-712's hashStruct of its terms, 32 bytes."""
        return TERMS.hash_struct(self.as_tuple)

    def require_sound(self) -> None:
        """Lets no terms pass that the contract would refuse.

        Raises:
            OperationError: they are such.
        """
        if self.organiser == self.arbiter:
            raise OperationError("the arbiter rules on the organiser's lines: name another account")
        for name, hours in (("contest", self.contest_h), ("rule", self.rule_h)):
            if not 0 < hours <= MOST_HOURS:
                raise OperationError(f"{hours} hours to {name}: 1 to {MOST_HOURS}, thirty days")

    def deposit_purpose(self, member: str, cap_cents: int) -> bytes:
        """See `deposit_purpose`."""
        return deposit_purpose(self.op, member, cap_cents)


@dataclass(frozen=True)
class StatedLine:
    """What one account owes for a period.

    Attributes:
        member: checksummed.
        amount_cents: above 0 what it pays, below what it is paid.
    """

    member: str
    amount_cents: int


def ordered_lines(lines: Sequence[StatedLine]) -> tuple[StatedLine, ...]:
    """Lines in the contract's order, by increasing member.

    Raises:
        OperationError: a member stands twice, a line is of nothing, or they do not sum to zero.
    """
    found = tuple(sorted(lines, key=lambda it: int(it.member, 16)))
    members = [it.member for it in found]
    if twice := {it for it in members if members.count(it) > 1}:
        raise OperationError(f"{', '.join(sorted(twice))} stands twice among the lines: one line an account")
    if nothing := [it.member for it in found if not it.amount_cents]:
        raise OperationError(f"the line of {nothing[0]} is of nothing: leave it out")
    if rest := sum(it.amount_cents for it in found):
        raise OperationError(f"the lines sum to {rest} cents, not to zero: what members owe, others are owed")
    return found


def hash_lines(lines: Sequence[StatedLine]) -> bytes:
    """keccak256(abi.encode(lines)) of `Line[]`, 32 bytes."""
    words = [WORD, len(lines)]
    for it in lines:
        words += [int(it.member, 16), it.amount_cents % 2**256]
    return keccak(b"".join(word.to_bytes(WORD) for word in words))


@dataclass(frozen=True)
class PeriodStatement:
    """What an organiser says of a period.

    Attributes:
        number: of the statement; an operation's are numbered from 1.
        period: that it is about.
        lines_hash: of its lines, 32 bytes.
        n: how many lines.
        readings_root: what the lines are computed from, 32 bytes.
        totals_root: likewise.
        uri: where lines and public figures are published.
    """

    number: int
    period: int
    lines_hash: bytes
    n: int
    readings_root: bytes
    totals_root: bytes
    uri: str

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it, and as a slip holds it."""
        roots = self.lines_hash, self.n, self.readings_root, self.totals_root
        return self.number, self.period, *roots, self.uri

    @cached_property
    def hash(self) -> bytes:
        """By which contests, retractions and refutations name it: EIP-712's hashStruct, 32 bytes."""
        return STATEMENT.hash_struct(self.as_tuple)

    def says(self, other: "PeriodStatement") -> bool:
        """Whether both say the same of the same period, whatever their numbers."""
        return self.as_tuple[1:] == other.as_tuple[1:]


def operation_name(said: str) -> bytes:
    """An operation's name on chain, as people hand it on.

    Raises:
        OperationError: it is none.
    """
    try:
        return csvfile.bytes32(said)
    except InputError as error:
        raise OperationError(f"{error}: `energy open` and `energy show` tell an operation's name") from error


def deposit_purpose(op: bytes, member: str, cap_cents: int) -> bytes:
    """What a deposit's payment is for, 32 bytes: hashStruct of `DEPOSIT`, whose first member hashes to `op`."""
    words = op, bytes.fromhex(member[2:]).rjust(WORD, b"\0"), cap_cents.to_bytes(WORD)
    return keccak(DEPOSIT.hash + b"".join(words))


def set_cap_slip(terms: OperationTerms, member: str, cap_cents: int, deadline_s: int) -> Slip:
    """What a member signs so that anyone may post another cap, until `deadline_s` (unix seconds)."""
    return SET_CAP.of(terms.as_tuple, member, cap_cents, deadline_s)


def take_slip(terms: OperationTerms, member: str, amount_cents: int, deadline_s: int) -> Slip:
    """The same for what it takes from its balance."""
    return TAKE.of(terms.as_tuple, member, amount_cents, deadline_s)


def leave_slip(terms: OperationTerms, member: str, deadline_s: int) -> Slip:
    """The same for leaving."""
    return LEAVE.of(terms.as_tuple, member, deadline_s)


def state_slip(terms: OperationTerms, statement: PeriodStatement, deadline_s: int) -> Slip:
    """What an organiser signs so that anyone may post its statement."""
    return STATE_PERIOD.of(terms.as_tuple, statement.as_tuple, deadline_s)


def retract_slip(terms: OperationTerms, statement: PeriodStatement, deadline_s: int) -> Slip:
    """The same for taking it back."""
    return RETRACT.of(terms.as_tuple, statement.as_tuple, deadline_s)


def contest_slip(
    terms: OperationTerms, statement: PeriodStatement, member: str, reason_hash: bytes, deadline_s: int
) -> Slip:
    """The same for contesting its line of a statement."""
    return CONTEST.of(terms.as_tuple, statement.as_tuple, member, reason_hash, deadline_s)


def rule_slip(terms: OperationTerms, period: int, member: str, due_cents: int, deadline_s: int) -> Slip:
    """What an arbiter signs so that anyone may post its ruling."""
    return RULE.of(terms.as_tuple, period, member, due_cents, deadline_s)
