"""A street that shares its sun, for tests and measurements: curves of made-up homes, and a period of them as stated."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from beffroi.chain.keys import Key
from beffroi.flows.energy.cells import PublicPeriod
from beffroi.flows.energy.curves import Curves, MeterColumn, MeterKind
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, Rules, TariffSlot, slots
from beffroi.flows.energy.header import keccak
from beffroi.flows.energy.privatefile import PrivateMonth
from beffroi.flows.energy.publicfile import PublicFile
from beffroi.flows.energy.sealperiod import seal_period
from beffroi.flows.energy.verifyperiod import CommittedMeter, StatedPeriod, lines_of
from beffroi.flows.operation import OperationTerms, PeriodStatement, hash_lines

START_S = 1_780_264_800  # 2026-06-01, midnight in Paris
ORGANISER, ARBITER, METERS = (Key.derived("energy", who).address for who in ("organiser", "arbiter", "meters"))
RULES = Rules(
    name="Rue du Soleil", timezone="Europe/Paris", key="default",
    slots=(
        TariffSlot(name="nuit", hours=((0, 360), (1320, 1440))),
        TariffSlot(name="midi", hours=((660, 900),)),
        TariffSlot(name="jour"),
    ),
    elements=(
        PriceElement(name="énergie", to="producers", rates=(90_000, 110_000, 130_000), vat_bp=2_000),
        PriceElement(name="marge", to="organiser", rates=(5_000, 5_000, 5_000)),
    ),
    fees=(MeterFee(name="gestion", by="each", cents=50, vat_bp=2_000),),
)  # fmt: skip
"""Three slots: night, midday, the rest of the day."""


def seed(name: object) -> bytes:
    """A meter's seed."""
    return Key.derived("energy", f"seed of {name}").secret


def meter_salt(name: object) -> bytes:
    """By which a meter is named on chain."""
    return Key.derived("energy", f"salt of {name}").secret


def street_curves(
    consumers: int, producers: int, steps: int, *, rules: Rules = RULES, step_s: int = 1800, draw: int = 1
) -> Curves:
    """Homes that draw more in the evening, roofs that inject by day; now and then nobody does either."""
    rnd = random.Random(draw)
    hours = [(step * step_s / 3600) % 24 for step in range(steps)]
    evening = [180 + 140 * math.cos((hour - 20) * math.pi / 12) for hour in hours]
    sun = [max(0.0, 900 * math.sin((hour - 6) * math.pi / 12)) for hour in hours]
    columns: list[tuple[MeterKind, tuple[int, ...]]] = []
    for at in range(consumers + producers):
        draws = at < consumers
        wh = (rnd.random() * (e if draws else s * consumers / 9) for e, s in zip(evening, sun, strict=True))
        columns.append(("draws" if draws else "injects", tuple(map(int, wh))))
    return curves_of(columns, rules=rules, step_s=step_s)


def curves_of(columns: Sequence[tuple[MeterKind, tuple[int, ...]]], *, rules: Rules = RULES, step_s: int) -> Curves:
    """Curves of meters whose members each have a home, and some a roof, named as the contract names them."""
    op, made = terms_of(rules).op, list[MeterColumn]()
    for kind, wh in columns:
        number = sum(it.kind == kind for it in made)
        member, salt = Key.derived("energy", f"member {number}").address, meter_salt(f"{kind} {number}")
        id_ = keccak(op + bytes.fromhex(member[2:]).rjust(32, b"\0") + salt)
        made.append(MeterColumn(id_, member, kind, wh))
    return Curves(START_S, step_s, tuple(made))


def terms_of(rules: Rules) -> OperationTerms:
    """The operation's."""
    return OperationTerms(ORGANISER, ARBITER, METERS, 48, 48, rules.rules_hash)


@dataclass(frozen=True)
class Street:
    """A period that was stated.

    Attributes:
        curves: what was read.
        file: what was published.
        stated: what stands on chain.
    """

    curves: Curves
    file: PublicFile
    stated: StatedPeriod

    @property
    def period(self) -> PublicPeriod:
        """What everybody has of it."""
        return self.file.period

    def month(self, at: int) -> PrivateMonth:
        """A member's own file."""
        column = self.curves.columns[at]
        period = self.period
        return PrivateMonth(period.op, period.period, period.start_s, period.step_s, column, seed(column.id.hex()))

    def restated(self, **changes: object) -> "Street":
        """The same with a period of which something was changed, stated as it then is."""
        return self.published(replace(self.file, period=replace(self.period, **changes)))

    def published(self, file: PublicFile) -> "Street":
        """The same with another file, stated as it is."""
        statement, meters = replace(statement_of(file), period=self.stated.statement.period), self.stated.meters
        if clock_of(file.period) != (self.curves.start_s, self.curves.step_s, self.curves.steps):
            meters = {it.id: replace(meters[it.id], root=self.kept(it.id)) for it in self.curves.columns}
        return replace(self, file=file, stated=replace(self.stated, statement=statement, meters=meters))

    def kept(self, id_: bytes) -> bytes:
        """What `Meters` keeps of a commitment: keccak(abi.encode(start, step_s, steps, root)), 32 bytes."""
        return kept_of((self.curves.start_s, self.curves.step_s, self.curves.steps), self.stated.meters[id_].root)


def street(
    consumers: int = 12, producers: int = 2, steps: int = 48, *, rules: Rules = RULES, draw: int = 1, **shape: int
) -> Street:
    """A true period."""
    return sealed_street(street_curves(consumers, producers, steps, rules=rules, draw=draw, **shape), rules)


def sealed_street(curves: Curves, rules: Rules = RULES) -> Street:
    """A true period of some curves."""
    terms = terms_of(rules)
    seeds = [seed(it.id.hex()) for it in curves.columns]
    period = seal_period(terms.op, 7, curves, seeds, slots(rules, curves), len(rules.slots))
    file = PublicFile(period, rules.canonical(), lines_of(rules, period, ORGANISER))
    meters = {
        it.id: CommittedMeter(it.member, 1, it.kind, curves.start_s - 86_400, 0, it.root) for it in period.columns
    }
    stated = StatedPeriod(terms, statement_of(file), meters, curves.end_s + 86_400)
    return Street(curves, file, stated)


def clock_of(period: PublicPeriod) -> tuple[int, int, int]:
    """When a period begins, how long its steps are, and how many."""
    return period.start_s, period.step_s, period.steps


def kept_of(clock: tuple[int, int, int], root: bytes) -> bytes:
    """What `Meters` keeps of the root of a tree of so many steps: keccak(abi.encode(start, step_s, steps, root))."""
    return keccak(b"".join(it.to_bytes(32) for it in clock) + root)


def statement_of(file: PublicFile) -> PeriodStatement:
    """What is stated of a file."""
    period = file.period
    hashed = hash_lines(file.lines), len(file.lines)
    roots = period.header.root, period.totals_tree.root
    return PeriodStatement(3, period.period, *hashed, *roots, "https://rue-du-soleil.example/7.json.gz")
