"""A circle on chain: where its members stand, in its unit, and what its events tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain
from beffroi.residents import Standing
from beffroi.town.manifest import Manifest
from beffroi.units import euros

CIRCLE = "MutualCredit"
"""A circle's contract, by its name in the build."""


@dataclass(frozen=True)
class CreditStanding:
    """Where a member stands, in the circle's unit.

    Attributes:
        balance: above 0 what she is owed, below what she owes.
        most_debt: what she may owe today; 0 unless she is active.
        floor: of her limits, before growth and vouching.
        ceiling: the most that she may be owed.
        earned: since her limits were set.
        vouched: by others for her, less by her for others.
        vouched_for: by others for her.
        standing: as the register told it last.
        left_at_s: unix seconds of her last departure; 0 for none.
    """

    balance: int
    most_debt: int
    floor: int
    ceiling: int
    earned: int
    vouched: int
    vouched_for: int
    standing: Standing
    left_at_s: int


@dataclass(frozen=True)
class Circle:
    """MutualCredit, through a node.

    Attributes:
        rpc: the node.
        contract: MutualCredit, or another instance of it.
        residents: the register that it follows.
        first: a block at or before the circle's own.
    """

    rpc: Rpc
    contract: Contract
    residents: Contract
    first: int = 0

    @classmethod
    def of(cls, rpc: Rpc, manifest: Manifest, name: str = CIRCLE) -> "Circle":
        """The circle of that name in a town."""
        register = Contract.built("Residents", manifest.address("Residents"))
        return cls(rpc, Contract.built(CIRCLE, manifest.address(name)), register, manifest.start_block)

    def standings(self, members: Sequence[str]) -> list[CreditStanding]:
        """Where these stand, by their keys in force, in their order."""
        told = self.contract.reads(self.rpc, "memberOf", [(member,) for member in members])
        return [_standing(it) for it in told]

    def standing(self, member: str) -> CreditStanding:
        """Where one stands."""
        return self.standings([member])[0]

    def key_of(self, member: str) -> str:
        """The key that acts for a member."""
        return self.keys_of([member])[0]

    def keys_of(self, members: Sequence[str]) -> list[str]:
        """The same for several."""
        asked = [(member,) for member in members]
        return [Contract.built(CIRCLE, it).address for it in self.residents.reads(self.rpc, "currentKeyOf", asked)]

    def told(self, *names: str, about: str | None = None) -> Iterator[Event]:
        """Events of the circle, those whose first account is `about` where one is named."""
        number = None if about is None else int(about, 16)
        return self.contract.events(self.rpc, *names, first=self.first, about=number)

    def domain(self) -> Domain:
        """Where its slips are valid."""
        name = self.contract.read(self.rpc, "name")
        return Domain(name, self.rpc.number("eth_chainId"), self.contract.address)

    @property
    def is_in_minutes(self) -> bool:
        """Whether it counts minutes, which no money is mixed with, and not cents."""
        return int(self.contract.read(self.rpc, "currency"), 16) == int(ZERO_ADDRESS, 16)


def shown(amount: int, *, in_minutes: bool) -> str:
    """An amount of a circle as people read it: 1,234.50, or 90 min."""
    return f"{amount:,} min" if in_minutes else euros(amount)


def written(amount: int, *, in_minutes: bool) -> str:
    """The same in a file for a spreadsheet, which sums it: 1234.50, or 90."""
    return str(amount) if in_minutes else euros(amount, grouping="")


def _standing(told: Sequence[int]) -> CreditStanding:
    """What `memberOf` answers."""
    balance, most_debt, floor, ceiling, earned, vouched, vouched_for, standing, left_at_s = told
    limits = most_debt, floor, ceiling
    return CreditStanding(balance, *limits, earned, vouched, vouched_for, Standing(standing), left_at_s)
