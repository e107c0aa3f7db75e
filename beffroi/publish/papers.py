"""What a town hands over to be published beside its manifest, and what may not be."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beffroi.ballots.acknowledged import Panel
from beffroi.chain.keys import Key
from beffroi.errors import StateError
from beffroi.land.cadastre_report import Parcel
from beffroi.land.roll import TaxRoll
from beffroi.programmes.toldprogrammes import ToldProgramme
from beffroi.records.lots.lotsfolder import ToldLots
from beffroi.records.opendata.folder import ToldData
from beffroi.records.published import ActsFile, ToldRecords
from beffroi.roll import Roll, Seal
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.holders import Roster
from beffroi.town.manifest import Manifest
from beffroi.town.modules import rooms

FORMAT = "beffroi-town-1"
TOY_CHAIN_ID = 31337
"""Anvil's. Keys are published for a chain that nobody else can see, and for no other."""


class PublishError(StateError):
    """Something may not be published; the message says what, and why."""


@dataclass(frozen=True)
class Wallet:
    """A key that anyone may play with.

    Attributes:
        role: by which the dApp tells it from the others: `citizen`, `notary`, …
        label_fr: who it is, as a French page shows it.
        label_en: the same in English.
        key: 32 bytes.
    """

    role: str
    label_fr: str
    label_en: str
    key: bytes = field(repr=False)

    @property
    def address(self) -> str:
        """The account of the key."""
        return Key(self.key).address


@dataclass
class Papers:
    """What the chain does not tell, or tells only as a hash. A demo fills it in chapter by chapter.

    Attributes:
        parcels: those of the register, as the cadastre draws them.
        rolls: the sealed rolls of the consultations.
        taxes: the rolls of the land tax, one for each year.
        panels: the trustees whom voters believe: of use in a page that is built with this folder inside, and on a
            local chain.
        acts: the files of the registers of acts.
        records: papers and acts, to be read without a node; None where nobody asked one (`tell_records`).
        data: open data, each file with its proof.
        lots: what happened to lots, and the labels of makers' products.
        programmes: what their sponsors wrote, and their rolls.
        wallets: toys, on a local chain alone.
    """

    parcels: Sequence[Parcel] = ()
    rolls: list[tuple[Roll, Seal]] = field(default_factory=list)
    taxes: list[TaxRoll] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    acts: list[ActsFile] = field(default_factory=list)
    records: ToldRecords | None = None
    data: ToldData | None = None
    lots: ToldLots | None = None
    programmes: list[ToldProgramme] = field(default_factory=list)
    wallets: list[Wallet] = field(default_factory=list)

    def require_publishable(self, manifest: Manifest) -> None:
        """Lets nothing of another town out, and no key on a chain that others see.

        Raises:
            PublishError: it would be.
        """
        if self.wallets and manifest.chain_id != TOY_CHAIN_ID:
            raise PublishError(
                f"chain {manifest.chain_id} is not a toy: keys are published on chain {TOY_CHAIN_ID} alone"
            )
        addresses = [wallet.address for wallet in self.wallets]
        if len(set(addresses)) != len(addresses):
            raise PublishError("two demo wallets have one key")
        for part in parts():
            for problem in part.problems(self, manifest):
                raise PublishError(problem)


def _no_problem(_: Papers, __: Manifest) -> Iterable[str]:
    return ()


def _no_paper(_: Path, __: Papers) -> None:
    return


@dataclass(frozen=True)
class PublishedPart:
    """What a module has published of itself.

    Attributes:
        facts: its members of `town.json`: addresses and names, nothing that the chain could tell better.
        problems: what keeps its papers from being published, a sentence each.
        write: puts its papers into a folder.
    """

    facts: Callable[[TownConfig, Papers, Manifest], dict[str, Any]]
    problems: Callable[[Papers, Manifest], Iterable[str]] = _no_problem
    write: Callable[[Path, Papers], None] = _no_paper


def parts() -> list[PublishedPart]:
    """What each module has published, in the order of modules."""
    return [room.PART for room in rooms("papers")]


def town_facts(manifest: Manifest, config: TownConfig, papers: Papers, rpc: str, post: str | None) -> dict[str, Any]:
    """What `town.json` says: where everything is."""
    facts: dict[str, Any] = {
        "format": FORMAT,
        "manifest": manifest.model_dump(by_alias=True),
        "rpc": rpc,
        "post": post,
        "offices": office_facts(config.offices, int),
    }
    for part in parts():
        facts |= part.facts(config, papers, manifest)
    return facts | {"demoWallets": bool(papers.wallets)}


def office_facts(roster: Roster, role_of: Callable[[Office], int]) -> dict[str, Any]:
    """The offices of a roster that somebody holds, by name: the role that acts for each, and who."""
    return {
        office.name.lower(): {
            "role": role_of(office),
            "holders": [{"account": account, "delayS": delay_s} for account, delay_s in holders.items()],
        }
        for office, holders in roster.held().items()
        if holders
    }
