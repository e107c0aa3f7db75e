"""The contract Clearing: which operations stand there, who is a member, what was stated, contested and held."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Event
from beffroi.currency.keeper import Keeper
from beffroi.errors import StateError
from beffroi.flows.operation import OperationTerms, PeriodStatement


class NoOperationError(StateError):
    """Nobody opened an operation of that name, or nothing was stated there."""


class StatementStatus(IntEnum):
    """Where an operation's last statement stands, as `IClearing.Status`."""

    NONE = 0
    STATED = 1
    DUE = 2
    DEAD = 3
    SETTLED = 4
    VOID = 5

    @property
    def is_open(self) -> bool:
        """Whether it may still be settled."""
        return self in {StatementStatus.STATED, StatementStatus.DUE}


@dataclass(frozen=True)
class OpenedOperation:
    """An operation, and who stands by its terms.

    Attributes:
        terms: what it is.
        openers: whoever opened it, in their order, each once: the first keeps nobody out.
    """

    terms: OperationTerms
    openers: tuple[str, ...]


@dataclass(frozen=True)
class OperationStanding:
    """Where an operation's last statement stands.

    Attributes:
        status: now, by the chain's clock.
        number: of the statement; 0 when there was none.
        period: of the statement.
        settled_period: the last that was settled; 0 when none was.
        statement_hash: of the statement.
        stated_at_s: unix seconds.
        due_at_s: from which anyone settles.
        dead_at_s: from which nobody does.
    """

    status: StatementStatus
    number: int
    period: int
    settled_period: int
    statement_hash: bytes
    stated_at_s: int
    due_at_s: int
    dead_at_s: int


@dataclass(frozen=True)
class MemberAccount:
    """Where an account stands in an operation.

    Attributes:
        balance_cents: its own, to take at any time.
        held_cents: set aside for lines that it contested.
        cap_cents: the most that a period may debit.
        contested: one more than the period settled last when it contested; 0 for never.
        mandated_at: number of the last statement when its cap last rose: that one and those before debit nothing.
    """

    balance_cents: int
    held_cents: int
    cap_cents: int
    contested: int
    mandated_at: int


@dataclass(frozen=True)
class HeldDebit:
    """What is held of a contested line.

    Attributes:
        period: of the line.
        member: whose it is.
        held_cents: of hers.
        rule_by_s: the last unix second at which the arbiter rules; then anyone releases it.
    """

    period: int
    member: str
    held_cents: int
    rule_by_s: int


@dataclass(frozen=True)
class SettledLine:
    """What became of a line.

    Attributes:
        member: whose it was.
        amount_cents: as stated: above 0 owed, below due to it.
        carried_cents: of it, that the organiser paid in its place.
        held_cents: of it, that was held for the arbiter.
    """

    member: str
    amount_cents: int
    carried_cents: int
    held_cents: int

    @property
    def charged_cents(self) -> int:
        """What left its balance, what is held included; below 0 what came to it."""
        return self.amount_cents - self.carried_cents


class Clearings(Keeper):
    """Operations and what is cleared in them; its money is what members prepay."""

    NAME = "Clearing"

    def opened(self) -> list[OpenedOperation]:
        """Every operation, in the order in which they were opened first."""
        return _opened([*self.contract.events(self.rpc, "OperationOpened", first=self.start_block)])

    def found(self, op: bytes) -> OpenedOperation:
        """An operation by its name on chain, and who opened it.

        Raises:
            NoOperationError: nobody opened it.
        """
        told = self.contract.events(self.rpc, "OperationOpened", first=self.start_block, about=int.from_bytes(op))
        found = _opened([*told])
        if not found:
            raise NoOperationError(f"nobody opened an operation 0x{op.hex()}: `energy show` lists those that stand")
        return found[0]

    def terms(self, op: bytes) -> OperationTerms:
        """What an operation is, by its name on chain.

        Raises:
            NoOperationError: nobody opened it.
        """
        return self.found(op).terms

    def standing(self, op: bytes) -> OperationStanding:
        """Where an operation's last statement stands."""
        *_, statement_hash, clock = self.contract.read(self.rpc, "operationOf", op)
        _, _, number, period, settled, stated_at_s, _ = clock
        status = StatementStatus(self.contract.read(self.rpc, "statusOf", op))
        window = self.contract.read(self.rpc, "windowOf", op)
        return OperationStanding(status, number, period, settled, statement_hash, stated_at_s, *window)

    def accounts(self, op: bytes, members: Sequence[str]) -> list[MemberAccount]:
        """Where accounts stand, in order."""
        return [MemberAccount(*it) for it in self.contract.reads(self.rpc, "memberOf", [(op, it) for it in members])]

    def account(self, op: bytes, member: str) -> MemberAccount:
        """Where one account stands."""
        return self.accounts(op, [member])[0]

    def members(self, op: bytes) -> list[str]:
        """Everybody who ever paid in or had a line, in the order in which they came."""
        told = self.told(op, "Deposited", "LineSettled")
        return list(dict.fromkeys(str(it.args["member"]) for it in told))

    def key_of(self, account: str) -> str:
        """The key in force of an account: its own, or that which replaced it."""
        return str(to_checksum_address(self.residents.read(self.rpc, "currentKeyOf", account)))

    def statement(self, op: bytes) -> PeriodStatement:
        """What was stated last.

        Raises:
            NoOperationError: nothing was.
        """
        stated = self.statements(op)
        if not stated:
            raise NoOperationError(f"nothing was stated of the operation 0x{op.hex()} yet")
        return stated[-1]

    def statements(self, op: bytes) -> list[PeriodStatement]:
        """All that was stated, in order."""
        return [PeriodStatement(*it.args["statement"]) for it in self.told(op, "PeriodStated")]

    def contests(self, op: bytes, statement: PeriodStatement) -> dict[str, bytes]:
        """Whose contest counts in a statement, each with the hash of her reason.

        A contest counts in whatever is settled next, however often and for whichever period it is stated anew.
        """
        reasons: dict[str, bytes] = {}
        for it in self.told(op, "PeriodStated", "PeriodSettled", "LineContested"):
            if it.name == "LineContested":
                reasons[str(it.args["member"])] = it.args["reasonHash"]
            elif it.name == "PeriodStated" and PeriodStatement(*it.args["statement"]).number > statement.number:
                break
            elif it.name == "PeriodSettled" and it.args["period"] < statement.period:
                reasons.clear()
        return reasons

    def settled_lines(self, op: bytes, period: int) -> list[SettledLine]:
        """What became of a period's lines, in their order; none before it is settled."""
        carried: dict[str, int] = {}
        held: dict[str, int] = {}
        amounts: dict[str, int] = {}
        for it in self.told(op, "LineSettled", "LineCarried", "LineHeld"):
            if it.args["period"] != period:
                continue
            member = str(it.args["member"])
            if it.name == "LineSettled":
                amounts[member] = it.args["amount_cents"]
            elif it.name == "LineCarried":
                carried[member] = it.args["carried_cents"]
            else:
                held[member] = it.args["held_cents"]
        return [
            SettledLine(member, cents, carried.get(member, 0), held.get(member, 0)) for member, cents in amounts.items()
        ]

    def held(self, op: bytes) -> list[HeldDebit]:
        """What is held now: neither ruled on nor released."""
        told = [(it.args["period"], str(it.args["member"])) for it in self.told(op, "LineHeld")]
        now = self.contract.reads(self.rpc, "heldLineOf", [(op, *it) for it in told])
        return [HeldDebit(*it, *line) for it, line in zip(told, now, strict=True) if line[0]]

    def told(self, op: bytes, *names: str) -> list[Event]:
        """Events of an operation, in order."""
        about = int.from_bytes(op)
        return [*self.contract.events(self.rpc, *names, first=self.start_block, about=about)]


def _opened(events: Sequence[Event]) -> list[OpenedOperation]:
    openers: dict[OperationTerms, dict[str, None]] = {}
    for event in events:
        *parties, contest_h, rule_h, rules_hash = event.args["terms"]
        organiser, arbiter, refuter = (str(to_checksum_address(it)) for it in parties)
        terms = OperationTerms(organiser, arbiter, refuter, contest_h, rule_h, rules_hash)
        if terms.op == event.args["op"]:
            openers.setdefault(terms, {})[event.args["opener"]] = None
    return [OpenedOperation(terms, tuple(who)) for terms, who in openers.items()]
