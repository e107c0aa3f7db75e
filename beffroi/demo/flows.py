"""A month in a street that shares its sun: prepaid, stated, one bill contested, and a false statement that falls."""

import dataclasses
import math
from dataclasses import dataclass
from datetime import UTC, datetime

from beffroi.ballots.group import G, add
from beffroi.ballots.parallel import Here
from beffroi.chain.keys import Key
from beffroi.currency import issuing
from beffroi.demo.stage import Stage
from beffroi.eip712 import Slip
from beffroi.flows.clearing import Clearings
from beffroi.flows.clearingacts import ClearingActs, SignedAct, deposit_salt
from beffroi.flows.energy.clockdays import month_clock
from beffroi.flows.energy.curves import Curves, MeterColumn, MeterKind, shared
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, Rules, TariffSlot, slots
from beffroi.flows.energy.exposure import require_hidden
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.publicfile import PublicFile, public_bytes
from beffroi.flows.energy.sealperiod import seal_period
from beffroi.flows.energy.verifyperiod import lines_of, verify_period
from beffroi.flows.meters import MeterBook
from beffroi.flows.meterslips import DRAWS, INJECTS, CommittedReadings, NewMeter, install_slip
from beffroi.flows.operation import OperationTerms, contest_slip, take_slip
from beffroi.flows.periodonchain import period_on_chain, statement_of
from beffroi.units import DAY_S, HOUR_S, euros

HOMES, ROOFS = 12, 3
PURSE_CENTS, PREPAID_CENTS, CAP_CENTS, ADVANCED_CENTS = 80_00, 60_00, 50_00, 150_00
CONTEST_H, RULE_H = 48, 360
REASON = b"the meter stood still".ljust(32, b"\0")
URI = "https://rue-du-soleil.example/{period}.json.gz"
RULES = Rules(
    name="Rue du Soleil", timezone="Europe/Paris", key="default",
    slots=(TariffSlot(name="heures creuses", hours=((0, 360), (1320, 1440))), TariffSlot(name="heures pleines")),
    elements=(
        PriceElement(name="énergie", to="producers", rates=(100_000, 130_000)),
        PriceElement(name="acheminement", to="organiser", rates=(25_000, 40_000), vat_bp=2_000),
    ),
    fees=(MeterFee(name="gestion", by="each", cents=100, vat_bp=2_000),),
)  # fmt: skip


@dataclass(frozen=True)
class _Street:
    """What the story goes on with."""

    stage: Stage
    terms: OperationTerms
    acts: ClearingActs
    book: MeterBook
    homes: list[Key]
    meters: list[tuple[MeterKind, Key, bytes]]

    @property
    def clearings(self) -> Clearings:
        """The contract."""
        return self.acts.clearings

    def signed(self, who: Key, slip: Slip) -> SignedAct:
        """An act that its signer leaves to whoever posts it."""
        return SignedAct(slip.values[-1], who.sign(slip.digest(self.clearings.domain)))

    def sealed(self, period: int, first_s: int, steps: int) -> PublicFile:
        """What the meters read from then on, committed to by their agent, and published without a reading."""
        curves = Curves(first_s, HOUR_S, tuple(self._column(place, first_s, steps) for place in range(HOMES + ROOFS)))
        seeds = [Key.derived("demo", "seed", it.id).secret for it in curves.columns]
        made = seal_period(self.terms.op, period, curves, seeds, slots(RULES, curves), len(RULES.slots), Here())
        require_hidden(made, curves)
        clock = curves.start_s, curves.step_s, curves.steps
        agent, roots = self.stage.office("commons"), {it.id: it.root for it in made.columns}
        self.book.commit(agent, self.terms, CommittedReadings(period, *clock, roots))
        drawn, injected, kept = (sum(it) / 1_000 for it in (curves.demand, curves.supply, shared(curves)))
        self.stage.narrator.tell(
            f"Period {period}: {drawn:,.0f} kWh drawn, {injected:,.0f} kWh injected, {kept:,.0f} kWh shared next door."
        )
        return PublicFile(made, RULES.canonical(), lines_of(RULES, made, self.terms.organiser))

    def _column(self, place: int, first_s: int, steps: int) -> MeterColumn:
        """A home that draws most in the evening, or a roof under some clouds."""
        kind, who, id_ = self.meters[place]
        chance, read = self.stage.chance, []
        for step in range(steps):
            hour = datetime.fromtimestamp(first_s + step * HOUR_S, UTC).hour
            sun, evening = math.sin((hour - 6) * math.pi / 12), math.cos((hour - 19) * math.pi / 12)
            wh = 340 + 220 * evening if kind == "draws" else max(0.0, 2_600 * sun) * chance.random()
            read.append(int(wh * (0.5 + chance.random())))
        return MeterColumn(id_, who.address, kind, tuple(read))

    def state(self, file: PublicFile) -> None:
        """The organiser states what is published."""
        roots = file.period.header.root, file.period.totals_tree.root
        uri = URI.format(period=file.period.period)
        drawn = self.acts.next_statement(self.terms, file.period.period, file.lines, *roots, uri)
        self.acts.state(self.stage.office("commons"), self.terms, drawn)


def tell(stage: Stage) -> None:
    """Lives the story of one street's sun."""
    stage.narrator.chapter("Neighbours share their sun: anyone verifies a bill, nobody reads a curve")
    street = _opened(stage)
    year, month = divmod(_month(stage) - 1, 12)
    clock = month_clock(year, month + 1, RULES.timezone, HOUR_S)
    file = street.sealed(year * 100 + month + 1, clock.start_s, clock.steps)
    street.state(file)
    _verified(street, file)
    _contested_and_settled(street, file)
    _refuted(street, street.sealed(year * 100 + month + 2, clock.end_s, 7 * 24))


def _month(stage: Stage) -> int:
    """The last month but one, of which a week more is over, counted from year 0."""
    now = datetime.fromtimestamp(stage.now_s(), UTC)
    return now.year * 12 + now.month - 2


def _opened(stage: Stage) -> _Street:
    """The street's people, their operation, what they prepay, and their meters."""
    homes = stage.people["citizen"][-HOMES:]
    _purses(stage, homes)
    organiser, arbiter, clerk = map(stage.office, ("commons", "court", "clerk"))
    acts, book = ClearingActs(Clearings.of(stage.rpc, stage.manifest)), MeterBook.of(stage.rpc, stage.manifest)
    parties = organiser.address, arbiter.address, book.contract.address
    terms = OperationTerms(*parties, CONTEST_H, RULE_H, RULES.rules_hash)
    acts.open(organiser, terms)
    street = _Street(stage, terms, acts, book, homes, [])
    before_s, money = stage.now_s() + DAY_S, acts.clearings.money_domain()
    for home in homes:
        salt = deposit_salt(acts.clearings, terms.op, home.address)
        slip = acts.deposit_slip(terms, home.address, CAP_CENTS, PREPAID_CENTS, salt, before_s)
        signature = home.sign(slip.digest(money))
        acts.deposit_by_slip(clerk, terms, home.address, CAP_CENTS, slip, salt, signature)
    acts.deposit(organiser, terms, organiser.address, 0, ADVANCED_CENTS, REASON)
    for place in range(HOMES + ROOFS):
        kind: MeterKind = "draws" if place < HOMES else "injects"
        who, salt = homes[place % HOMES], Key.derived("demo", "meter", place).secret
        number, since_s = DRAWS if kind == "draws" else INJECTS, stage.now_s() - 100 * DAY_S
        meter = NewMeter(who.address, salt, organiser.address, number, since_s)
        signature = who.sign(install_slip(terms, meter, before_s).digest(book.domain))
        street.meters.append((kind, who, book.install(organiser, terms, meter, before_s, signature)))
    stage.narrator.tell(
        f"{HOMES} homes, {ROOFS} with panels, each by one slip: joined, {euros(PREPAID_CENTS)} paid in, a period may "
        f"debit {euros(CAP_CENTS)} at most. {HOMES + ROOFS} meters, each with an agent who commits to its readings."
    )
    return street


def _purses(stage: Stage, homes: list[Key]) -> None:
    """Given money against their euros."""
    payees = [*(home.address for home in homes), stage.office("commons").address]
    _, reserve_cents, _ = stage.contract("LocalCurrency").read(stage.rpc, "books")
    purses = [PURSE_CENTS] * HOMES + [ADVANCED_CENTS]
    attested = reserve_cents + sum(purses), issuing.reference("statement of the reserve, the street")
    stage.act(stage.office("auditor"), "LocalCurrency", "attestReserve", *attested, purpose="attest the reserve")
    for payee, cents in zip(payees, purses, strict=True):
        paid = payee, cents, issuing.reference(f"euros of {payee}, the street")
        stage.act(stage.office("treasurer"), "LocalCurrency", "issue", *paid, purpose="issue")


def _verified(street: _Street, file: PublicFile) -> None:
    """A stranger, with the file and a node."""
    statement = statement_of(street.clearings, file)
    findings = verify_period(file, period_on_chain(street.clearings, street.book, file, statement))
    if findings:
        raise AssertionError(findings[0].words)
    cells, size = len(file.period.columns) * file.period.steps, len(public_bytes(file))
    street.stage.narrator.tell(
        f"A stranger verifies {cells:,} committed readings, every total, allocation and bill, from {size // 1_000:,} "
        "kB and the chain, and reads not one of them."
    )


def _contested_and_settled(street: _Street, file: PublicFile) -> None:
    stage, acts, terms, clerk = street.stage, street.acts, street.terms, street.stage.office("clerk")
    contester = street.homes[ROOFS]
    slip = contest_slip(terms, statement_of(street.clearings, file), contester.address, REASON, stage.now_s() + DAY_S)
    period = acts.contest(clerk, terms, contester.address, REASON, street.signed(contester, slip))
    stage.pass_days(CONTEST_H // 24 + 1)
    settled, _ = acts.settle(clerk, terms, file.lines)
    names = {home.address: f"home {place + 1}" for place, home in enumerate(street.homes)}
    names |= {terms.organiser: "the organiser"}
    rows = [
        (names[it.member], f"{euros(-it.amount_cents):>9}", "held for the arbiter" if it.held_cents else "")
        for it in sorted(settled, key=lambda it: it.amount_cents)
    ]
    stage.narrator.table(("of whom", "euros", ""), rows)
    held = acts.held(terms, period, contester.address)
    due_cents = held.held_cents // 2
    acts.rule(stage.office("court"), terms, period, contester.address, due_cents)
    stage.narrator.tell(
        f"One bill is contested: {euros(held.held_cents)} are held, the organiser advanced them, all others were "
        f"settled. The arbiter finds {euros(due_cents)} due, and the rest is the member's again."
    )
    producer = street.homes[0]
    cents = street.clearings.account(terms.op, producer.address).balance_cents
    acts.take(clerk, terms, producer.address, cents, street.signed(
        producer, take_slip(terms, producer.address, cents, stage.now_s() + DAY_S)
    ))  # fmt: skip
    stage.narrator.tell(f"A producer takes {euros(cents)} out, by a slip: what is hers waits for nobody.")


def _refuted(street: _Street, file: PublicFile) -> None:
    """The organiser moves one sum by a hair, and somebody looks."""
    place, period, stage = file.period.steps * 4 + 12, file.period, street.stage
    cell = period.cell(4, 12)
    moved = cell[:POINT] + add(cell[POINT : 2 * POINT], G) + cell[2 * POINT :]
    false = dataclasses.replace(file, period=dataclasses.replace(period, odd={place: moved}))
    street.state(false)
    statement = statement_of(street.clearings, false)
    findings = verify_period(false, period_on_chain(street.clearings, street.book, false, statement))
    refutation = next(it.refutation for it in findings if it.refutation)
    said = refutation.arguments(statement, false.period.header)
    receipt = street.book.refute(stage.office("auditor"), refutation.function, said)
    stage.narrator.tell(
        f"The next statement has one false step among {len(period.columns) * period.steps:,}: a passer-by refutes it, "
        f"for {int(receipt['gasUsed'], 16):,} gas, and nobody owes anything by it."
    )
