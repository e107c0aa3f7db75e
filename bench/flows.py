"""What clearing costs: joined, paid in, stated, contested, settled; beside a signed payment for each member."""

from dataclasses import dataclass, field

from beffroi import slips
from beffroi.flows.operation import OperationTerms, PeriodStatement, StatedLine, hash_lines, ordered_lines
from beffroi.units import HOUR_S
from bench.currency import Stage, raise_stage
from bench.ground import Deployed, open_ground, ours
from bench.row import Row

MODULE, GAS, APART = "flows", "gas", "a signed payment each"
OFFICE, POSTER, NOBODY = "0x" + "0f" * 20, "0x" + "0e" * 20, "0x" + "00" * 20
CAP_CENTS, PREPAID_CENTS, OWED_CENTS, SOLD_CENTS = 10_000, 5_000, 1_250, 4_000
SELLS_EVERY = 10
CONTEST_H, RULE_H = 72, 336
STREETS = {17: 11_000, 64: 9_100, 200: 8_600}
"""Members, and the most that settling a month costs for each."""

Person = tuple[bytes, str]


@dataclass
class _Street:
    """An operation whose members have joined, one in ten a seller.

    Attributes:
        stage: a town with its money.
        clearing: the contract.
        n: lines a month, the organiser's among them.
        number: of the last statement.
    """

    stage: Stage
    clearing: Deployed
    n: int
    number: int = 0
    members: list[Person] = field(init=False)
    organiser: Person = field(init=False)
    terms: OperationTerms = field(init=False)

    def __post_init__(self) -> None:
        self.organiser, *self.members = self.stage.holders(self.n)
        rules = self.n.to_bytes(32, "big")
        self.terms = OperationTerms(self.organiser[1], POSTER, NOBODY, CONTEST_H, RULE_H, rules)

    @property
    def debtor(self) -> str:
        """A member who sells nothing."""
        return self.members[1][1]

    def open(self) -> int:
        """The gas of its opening."""
        return self.clearing.send(POSTER, "open", self.terms.as_tuple)

    def join_all(self) -> None:
        """Everybody pays in, the organiser too."""
        for person in (self.organiser, *self.members):
            self.deposit(person, bytes(32))

    def deposit(self, person: Person, salt: bytes) -> int:
        """The gas of a slip that joins and pays."""
        key, member = person
        nonce = int.from_bytes(slips.till_nonce(self.terms.deposit_purpose(member, CAP_CENTS), salt))
        slip = slips.receive(member, self.clearing.address, PREPAID_CENTS, nonce)
        signature = slips.sign(key, slip, self.stage.domain)
        said = (self.terms.op, member, CAP_CENTS, PREPAID_CENTS, 0, slips.FOREVER, salt, signature)
        return self.clearing.send(POSTER, "depositBySlip", *said)

    def state(self) -> tuple[int, PeriodStatement]:
        """The gas of the next month's statement, and what it says."""
        self.number += 1
        lines = self._lines()
        roots = hash_lines(lines), len(lines), b"\x01" * 32, b"\x02" * 32
        said = PeriodStatement(self.number, self.number, *roots, "ipfs://" + "b" * 59)
        return self.clearing.send(self.organiser[1], "state", self.terms.op, said.as_tuple, 0, b""), said

    def contest(self, said: PeriodStatement) -> int:
        """The gas of a member's own contest."""
        act = self.terms.op, said.hash, self.debtor, b"\x03" * 32
        return self.clearing.send(self.debtor, "contest", *act, 0, b"")

    def settle(self, said: PeriodStatement) -> int:
        """The gas of the month's lines, once the window is over."""
        self.stage.ground.pass_time(CONTEST_H * HOUR_S)
        lines = [(it.member, it.amount_cents) for it in self._lines()]
        return self.clearing.send(POSTER, "settle", self.terms.op, said.as_tuple, lines)

    def rule(self, said: PeriodStatement) -> int:
        """The gas of the arbiter's own ruling."""
        return self.clearing.send(POSTER, "rule", self.terms.op, said.period, self.debtor, 1, 0, b"")

    def take(self) -> int:
        """The gas of a member's own withdrawal."""
        return self.clearing.send(self.debtor, "take", self.terms.op, self.debtor, OWED_CENTS, 0, b"")

    def pay_apart(self) -> float:
        """The gas, for each member, of a payment to the organiser that each signed, posted together."""
        paid = [(key, slips.transfer(member, self.organiser[1], OWED_CENTS, 0)) for key, member in self.members]
        batch = [(*slip.values, slips.sign(key, slip, self.stage.domain)) for key, slip in paid]
        return self.stage.currency.send(POSTER, "transferWithAuthorizationBatch", batch) / len(batch)

    def _lines(self) -> tuple[StatedLine, ...]:
        amounts = [-SOLD_CENTS if at % SELLS_EVERY == 0 else OWED_CENTS for at in range(len(self.members))]
        lines = [StatedLine(it[1], cents) for it, cents in zip(self.members, amounts, strict=True)]
        return ordered_lines([*lines, StatedLine(self.organiser[1], -sum(amounts))])


def rows() -> list[Row]:
    """Every figure."""
    with open_ground() as ground:
        stage = raise_stage(ground)
        money = stage.currency.address, stage.residents.address
        clearing = ground.deploy(ours("Clearing"), ("address", "address"), *money)
        stage.residents.send(OFFICE, "enrolInstitution", clearing.address)
        found = _acts(_Street(stage, clearing, min(STREETS)))
        return found + [_month(_Street(stage, clearing, n), ceiling) for n, ceiling in STREETS.items()]


def _acts(street: _Street) -> list[Row]:
    opened = street.open()
    street.join_all()
    (newcomer,) = street.stage.holders(1)
    joined, paid = street.deposit(newcomer, bytes(32)), street.deposit(newcomer, (1).to_bytes(32, "big"))
    stated, said = street.state()
    contested = street.contest(said)
    street.settle(said)
    ruled, taken = street.rule(said), street.take()
    again, _ = street.state()
    return [
        _row("open an operation", opened, 130_000),
        _row("join and pay, by one slip", joined, 115_000),
        _row("pay again, by a slip", paid, 75_000),
        _row("state an operation's first month", stated, 84_000),
        _row("contest", contested, 55_000),
        _row("rule on a contested line", ruled, 60_000),
        _row("take from a balance", taken, 90_000),
        _row("state a later month", again, 67_000),
    ]


def _month(street: _Street, ceiling: int) -> Row:
    street.open()
    street.join_all()
    settled = street.settle(street.state()[1]) / street.n
    return _row(f"settle a month, each of {street.n}", settled, ceiling, street.pay_apart())


def _row(operation: str, gas: float, ceiling: int, apart: float | None = None) -> Row:
    return Row(MODULE, operation, GAS, gas, {} if apart is None else {APART: apart}, ceiling)
