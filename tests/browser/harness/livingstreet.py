"""A street that shares its sun in the town of the browser's tests, and what people do with its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from beffroi.chain.keys import Key
from beffroi.currency import issuing
from beffroi.demo.serving import Served
from beffroi.demo.stage import Stage
from beffroi.flows.energy.privatefile import PrivateMonth, write_private
from beffroi.flows.energy.publicfile import PublicFile, write_public
from beffroi.residents import ResidentKind
from testbed.browser.person import Person
from testbed.browser.setback import set_back
from testbed.energy import seed, street_curves
from testbed.operation import AGENT, ARBITER, ORGANISER, PERIOD, Neighbours, neighbour, operation
from testbed.town import fund

HOMES, ROOFS, STEPS = 12, 2, 144
NEWCOMER, CONTESTER = neighbour(HOMES - 1), neighbour(3)
PURSE_CENTS = 500_00
GOOD = "Vos relevés, votre part et votre facture concordent avec le fichier publié et la chaîne."
TRUE = "Tout ce qui est vérifiable est juste."


@dataclass(frozen=True)
class Living:
    """A street whose period is stated.

    Attributes:
        street: its operation.
        file: what is published of it.
        folder: with its public file, and each member's own.
    """

    street: Neighbours
    file: PublicFile
    folder: Path

    @property
    def op(self) -> str:
        """Its name on chain, in hexadecimal."""
        return "0x" + self.street.terms.op.hex()

    @property
    def public(self) -> Path:
        """The published file."""
        return self.folder / "period.json.gz"

    def own(self, at: int) -> Path:
        """The file of a meter."""
        return self.folder / f"own-{at}.json"

    def due(self, who: Key) -> int:
        """What someone pays, cents; below 0 what she is paid."""
        return next(it.amount_cents for it in self.file.lines if it.member == who.address)

    def path(self, view: str = "") -> str:
        """Of a view of the operation."""
        return f"/energy/{self.op}{view}"


@contextmanager
def lived_in(stage: Stage, town: Served, folder: Path) -> Iterator[Living]:
    """Twelve homes, two roofs, three days in June; all have joined but one."""
    with set_back(stage.rpc, town.office):
        _purses(stage, [ORGANISER, ARBITER, AGENT, *map(neighbour, range(HOMES))])
        street = operation(stage, ORGANISER, ARBITER, AGENT)
        street.joins(ORGANISER, 300_00, 0)
        for home in range(HOMES - 1):
            street.joins(neighbour(home), 100_00, 80_00)
        curves = street.meters(street_curves(HOMES, ROOFS, STEPS))
        file = street.commits(curves)
        street.states(file)
        write_public(folder / "period.json.gz", file)
        for at, column in enumerate(curves.columns):
            month = PrivateMonth(street.terms.op, PERIOD, curves.start_s, curves.step_s, column, seed(column.id.hex()))
            write_private(folder / f"own-{at}.json", month)
        yield Living(street, file, folder)


def _purses(stage: Stage, people: list[Key]) -> None:
    addresses = [it.address for it in people]
    fund(stage.rpc, people)
    enrolled = ResidentKind.CITIZEN, addresses, []
    stage.act(stage.office("registrar"), "Residents", "enrol", *enrolled, purpose="enrol a street")
    _, reserve_cents, _ = stage.contract("LocalCurrency").read(stage.rpc, "books")
    attested = reserve_cents + PURSE_CENTS * len(people), issuing.reference("the street's euros")
    stage.act(stage.office("auditor"), "LocalCurrency", "attestReserve", *attested, purpose="attest the reserve")
    issued = addresses, [PURSE_CENTS] * len(people), issuing.reference("the street's purses")
    stage.act(stage.office("treasurer"), "LocalCurrency", "issueBatch", *issued, purpose="issue")


def opens(person: Person, own: Path, public: Path) -> Person:
    """Chooses one's own file and the published one."""
    person.field("Mon fichier").set_input_files(own)
    person.field("Fichier publié de la période").set_input_files(public)
    return person


def drops(person: Person, public: Path) -> Person:
    """Chooses a published file, to verify it."""
    person.field("Ouvrir le fichier publié").set_input_files(public)
    return person


def euros(cents: int) -> str:
    """An amount as the page writes it."""
    return f"{cents // 100},{cents % 100:02}\u00a0LYS"
