"""Neighbours who share their sun in a town: an operation that is opened, joined and metered, for tests."""

from dataclasses import dataclass, replace

from beffroi.chain.keys import Key
from beffroi.flows.clearing import Clearings
from beffroi.flows.clearingacts import ClearingActs, deposit_salt
from beffroi.flows.energy.curves import Curves
from beffroi.flows.energy.energyrules import Rules, slots
from beffroi.flows.energy.header import keccak
from beffroi.flows.energy.publicfile import PublicFile
from beffroi.flows.energy.sealperiod import seal_period
from beffroi.flows.energy.verifyperiod import lines_of
from beffroi.flows.meters import MeterBook
from beffroi.flows.meterslips import DRAWS, INJECTS, CommittedReadings, NewMeter, install_slip
from beffroi.flows.operation import OperationTerms, PeriodStatement
from beffroi.residents import ResidentKind
from beffroi.units import DAY_S, HOUR_S
from testbed.energy import RULES, START_S, seed, street_curves
from testbed.town import AUDITOR, TREASURER, Town, fund

ORGANISER, ARBITER, AGENT = (Key.derived("neighbours", who) for who in ("organiser", "arbiter", "agent"))
PERIOD = 202_606
PURSE_CENTS = 500_00
CONTEST_H, RULE_H = 48, 72


def neighbour(number: int) -> Key:
    """One of those who live there."""
    return Key.derived("neighbours", number)


@dataclass(frozen=True)
class Neighbours:
    """An operation in a town.

    Attributes:
        town: where it is.
        terms: of it.
        acts: what is done in it.
        book: of its meters.
        organiser: of the operation.
        agent: of its meters.
    """

    town: Town
    terms: OperationTerms
    acts: ClearingActs
    book: MeterBook
    organiser: Key = ORGANISER
    agent: Key = AGENT

    @property
    def clearings(self) -> Clearings:
        """The contract."""
        return self.acts.clearings

    def balance(self, who: Key) -> int:
        """Someone's money in the operation, cents."""
        return self.clearings.account(self.terms.op, who.address).balance_cents

    def joins(self, who: Key, amount_cents: int, cap_cents: int) -> None:
        """Someone pays in, by a slip that the organiser posts."""
        salt = deposit_salt(self.clearings, self.terms.op, who.address)
        before_s = self.clearings.now_s() + DAY_S
        slip = self.acts.deposit_slip(self.terms, who.address, cap_cents, amount_cents, salt, before_s)
        signature = who.sign(slip.digest(self.clearings.money_domain()))
        self.acts.deposit_by_slip(self.organiser, self.terms, who.address, cap_cents, slip, salt, signature)

    def passes_window(self) -> None:
        """The time to contest goes by."""
        self.town.pass_s(CONTEST_H * HOUR_S + 1)

    def meters(self, curves: Curves, since_s: int = START_S - DAY_S) -> Curves:
        """Installs a meter for each column, and gives the curves by their names: one home draws, and may inject too."""
        named = []
        deadline_s = self.clearings.now_s() + DAY_S
        for place, column in enumerate(curves.columns):
            home = place if column.kind == "draws" else place - len(curves.consumers)
            kind = DRAWS if column.kind == "draws" else INJECTS
            who = neighbour(home)
            salt = keccak(column.id + self.terms.op)
            meter = NewMeter(who.address, salt, self.agent.address, kind, since_s)
            signature = who.sign(install_slip(self.terms, meter, deadline_s).digest(self.book.domain))
            id_ = self.book.install(self.agent, self.terms, meter, deadline_s, signature)
            named.append(replace(column, id=id_, member=who.address))
        return replace(curves, columns=tuple(named))

    def commits(self, curves: Curves, period: int = PERIOD, rules: Rules = RULES) -> PublicFile:
        """The agent commits to curves; what is published of them."""
        seeds = [seed(it.id.hex()) for it in curves.columns]
        sealed = seal_period(self.terms.op, period, curves, seeds, slots(rules, curves), len(rules.slots))
        clock = curves.start_s, curves.step_s, curves.steps
        roots = {it.id: it.root for it in sealed.columns}
        self.book.commit(self.agent, self.terms, CommittedReadings(period, *clock, roots))
        return PublicFile(sealed, rules.canonical(), lines_of(rules, sealed, self.organiser.address))

    def states(self, file: PublicFile, uri: str = "https://rue-du-soleil.example/7.json.gz") -> PeriodStatement:
        """The organiser states a file."""
        roots = file.period.header.root, file.period.totals_tree.root
        drawn = self.acts.next_statement(self.terms, file.period.period, file.lines, *roots, uri)
        self.acts.state(self.organiser, self.terms, drawn)
        return drawn


def neighbours(town: Town, homes: int = 3, purse_cents: int = PURSE_CENTS) -> Neighbours:
    """So many homes, each with money in its purse, none of which has joined yet."""
    people = [ORGANISER, ARBITER, AGENT, *map(neighbour, range(homes))]
    fund(town.rpc, people)
    town.enrols(ResidentKind.CITIZEN, *people)
    town.does(AUDITOR, town.currency, "attestReserve", 1_000_000_00, b"reserve".ljust(32, b"\0"))
    purses = [it.address for it in people], [purse_cents] * len(people), b"purses".ljust(32, b"\0")
    town.does(TREASURER, town.currency, "issueBatch", *purses)
    return operation(town, ORGANISER, ARBITER, AGENT)


def operation(town: Town, organiser: Key, arbiter: Key, agent: Key) -> Neighbours:
    """An operation of these, open, which nobody has joined yet."""
    acts, book = ClearingActs(Clearings.of(town.rpc, town.manifest)), MeterBook.of(town.rpc, town.manifest)
    parties = organiser.address, arbiter.address, book.contract.address
    terms = OperationTerms(*parties, CONTEST_H, RULE_H, RULES.rules_hash)
    acts.open(organiser, terms)
    return Neighbours(town, terms, acts, book, organiser, agent)


def metered(town: Town, consumers: int = 12, producers: int = 2, steps: int = 48) -> tuple[Neighbours, Curves]:
    """Homes that have joined, each with its meters; and what these read on a day in June."""
    street = neighbours(town, consumers)
    for home in range(consumers):
        street.joins(neighbour(home), 100_00, 80_00)
    street.joins(ORGANISER, 300_00, 0)
    return street, street.meters(street_curves(consumers, producers, steps))
