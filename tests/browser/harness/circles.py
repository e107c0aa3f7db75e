"""A town with two circles of mutual credit at its site: firms that owe cents, neighbours who owe minutes."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from ruamel.yaml import YAML

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.cli.narrator import TerminalNarrator
from beffroi.credit.circle import Circle
from beffroi.demo.serving import Served, served
from beffroi.demo.stage import Stage
from beffroi.publish import Papers, Wallet
from beffroi.residents import ResidentKind
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.circle import Members
from testbed.estate import PAPER
from testbed.town import AUDITOR, TREASURER, Town, found, fund

BAKER, GARAGE, PRINTER = FIRMS = [Key.derived("credit page", name) for name in ("baker", "garage", "printer")]
NEIGHBOUR, STRANGER = (Key.derived("credit page", name) for name in ("neighbour", "stranger"))
HOURS = {
    "instance": "Hours",
    "name": "Heures de Valombre",
    "unit": "minutes",
    "commons": "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
    "member_kinds": ["citizen"],
    "floor": 600,
    "ceiling": 1_200,
}


@dataclass(frozen=True)
class Circles:
    """A town with two circles, at its site.

    Attributes:
        places: where it is served.
        firms: those who pay by owing cents, 100.00 at most each.
        hours: the circle of minutes.
    """

    places: Served
    firms: Members
    hours: Members

    @property
    def town(self) -> Town:
        return self.firms.town


@contextmanager
def opened(built: Path, folder: Path) -> Iterator[Circles]:
    """The town, with the dApp as it was built, in a folder of its own."""
    yaml = YAML(typ="safe")
    file = yaml.load((TOWNS / "example.yaml").read_text())
    file["credit"] = [file["credit"], HOURS]
    with (folder / "town.yaml").open("w") as target:
        yaml.dump(file, target)
    shutil.copytree(built, folder / "site")
    with anvil() as url, open(os.devnull, "w") as silence:
        town = found(Rpc(url), folder / "town.yaml", folder)
        fund(town.rpc, [*FIRMS, NEIGHBOUR, STRANGER])
        town.enrols(ResidentKind.PROFESSIONAL, *FIRMS)
        town.enrols(ResidentKind.CITIZEN, NEIGHBOUR)
        town.does(AUDITOR, town.currency, "attestReserve", 1_000_00, PAPER)
        circles = [Members(town, Circle.of(town.rpc, town.manifest, it)) for it in ("MutualCredit", "Hours")]
        papers = Papers(wallets=[Wallet("citizen", "Une voisine", "A neighbour", NEIGHBOUR.secret)])
        stage = Stage(TerminalNarrator(Console(file=silence)), town.rpc, town.manifest, papers=papers)
        with served(stage, town.config, folder / "site") as places:
            yield Circles(places, *circles)


def dialog(person):
    """The signing screen."""
    return person.page.get_by_role("dialog")


def fills(person, to, amount):
    """The form of a payment, as it stands in the page."""
    person.field("À qui").fill(to)
    person.field("Montant").fill(amount)
    return person


def has(circles, who, cents):
    """The treasurer issues her money."""
    town = circles.town
    town.does(TREASURER, town.currency, "issue", who.address, cents, who.address.encode()[:32])


def lets(circles, who):
    """She lets the circle take her money, whatever she pays."""
    town = circles.town
    town.does(who, town.currency, "approve", circles.firms.circle.contract.address, 2**256 - 1)


def bar(person):
    """What the bar says to whoever does not see it."""
    return person.page.get_by_role("img", name=re.compile("Vous pouvez devoir"))
