"""What a town hands over to be published beside its manifest, and what may not be."""

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from beffroi.chain.keys import Key
from beffroi.errors import StateError
from beffroi.land.report import Parcel
from beffroi.land.roll import TaxRoll
from beffroi.roll import Roll, Seal
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.holders import Roster
from beffroi.town.manifest import Manifest
from beffroi.town.site import own_role

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
        wallets: toys, on a local chain alone.
    """

    parcels: Sequence[Parcel] = ()
    rolls: list[tuple[Roll, Seal]] = field(default_factory=list)
    taxes: list[TaxRoll] = field(default_factory=list)
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
        for problem in self._problems(manifest):
            raise PublishError(problem)

    def _problems(self, manifest: Manifest) -> Iterator[str]:
        register = manifest.contracts["Residents"].address
        for roll, seal in self.rolls:
            if (seal.chain, seal.contract.lower()) != (manifest.chain_id, register.lower()):
                yield (
                    f"the roll {seal.root} was drawn from {seal.contract} on chain {seal.chain}, and the town's "
                    f"register is {register} on chain {manifest.chain_id}"
                )
            if seal.root.lower() != "0x" + roll.root.hex():
                yield f"the roll 0x{roll.root.hex()} is sealed as {seal.root}"
        years = [roll.year for roll in self.taxes]
        if len(set(years)) != len(years):
            yield "a year has two rolls of the land tax"
        addresses = [wallet.address for wallet in self.wallets]
        if len(set(addresses)) != len(addresses):
            yield "two demo wallets have one key"


def town_facts(manifest: Manifest, config: TownConfig, papers: Papers, rpc: str, post: str | None) -> dict[str, Any]:
    """What `town.json` says: where everything is. Addresses and names, nothing that the chain could tell better."""
    return {
        "format": FORMAT,
        "manifest": manifest.model_dump(by_alias=True),
        "rpc": rpc,
        "post": post,
        "currency": {"name": config.currency[0].name, "symbol": config.currency[0].symbol} if config.currency else None,
        "currencies": [
            {
                "contract": money.contract,
                "name": money.name,
                "symbol": money.symbol,
                "offices": _offices(money.offices, functools.partial(own_role, money.contract)),
            }
            for money in config.currency
        ],
        "offices": _offices(config.offices, int),
        "parcels": len(papers.parcels),
        "rolls": [{"root": seal.root, "size": seal.size, "block": seal.block} for _, seal in papers.rolls],
        "taxes": [
            {"year": roll.year, "root": "0x" + roll.root.hex(), "bills": len(roll.bills)} for roll in papers.taxes
        ],
        "demoWallets": bool(papers.wallets),
    }


def _offices(roster: Roster, role_of: Callable[[Office], int]) -> dict[str, Any]:
    """Those of a roster that somebody holds, by name: the role that acts for each, and who."""
    return {
        office.name.lower(): {
            "role": role_of(office),
            "holders": [{"account": account, "delayS": delay_s} for account, delay_s in holders.items()],
        }
        for office, holders in roster.held().items()
        if holders
    }
