"""A sponsor's programme in the town: aid for people of its own, for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eth_utils.crypto import keccak

from beffroi.chain.contract import Contract
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.chain.reverts import decode_error
from beffroi.programmes.programmekeys import key_of
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import grant_slip, spend_slip
from beffroi.residents import ResidentKind
from beffroi.slips import FOREVER
from beffroi.units import DAY_S, HOUR_S
from testbed.town import AUDITOR, POSTER, TREASURER, Town, fund

PROGRAMMES = "Programmes"
FOOD, BICYCLES = 1, 2

Bought = tuple[Key, Key, int, int]
"""Holder, merchant, units, nonce."""


@dataclass(frozen=True)
class Shape:
    """What a programme is, but for its roll.

    Attributes:
        periods: how many.
        period_h: hours of each.
        unit_cents: 0 for stamps.
        daily_cap: units; 0 for none.
        category: of merchants.
        title: its hash is the salt.
        rule: its hash is sealed.
    """

    periods: int
    period_h: int = 720
    unit_cents: int = 1
    daily_cap: int = 0
    category: int = FOOD
    title: str = "Aide alimentaire"
    rule: str = "Quarante euros par mois et par personne."

    @property
    def salt(self) -> bytes:
        """32 bytes."""
        return keccak(text=self.title)

    @property
    def rule_hash(self) -> bytes:
        """32 bytes."""
        return keccak(text=self.rule)


@dataclass(frozen=True)
class Aid:
    """A programme that is open and funded, and its holders' keys.

    Attributes:
        town: where it is.
        contract: Programmes.
        sponsor: whose it is.
        shape: what it is.
        name: its own, 32 bytes.
        seeds: units a period, by the seed of each holder's key.
        opens_at_s: unix seconds.
    """

    town: Town
    contract: Contract
    sponsor: Key
    shape: Shape
    name: bytes
    seeds: Mapping[bytes, int]
    opens_at_s: int
    keys: Sequence[Key] = field(init=False)
    roll: ProgrammeRoll | None = field(init=False)

    def __post_init__(self) -> None:
        keys = [key_of(seed, self.name) for seed in self.seeds]
        units = {key.address: each for key, each in zip(keys, self.seeds.values(), strict=True)}
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "roll", ProgrammeRoll(self.name, self.shape.rule_hash, units) if units else None)

    @property
    def announced(self) -> int:
        """Units of the roll in all periods."""
        return self.roll.total * self.shape.periods if self.roll else 0

    def does(self, who: Key, function: str, *args: object) -> dict[str, Any]:
        """An act in it, and its receipt."""
        return self.town.does(who, self.contract, function, self.name, *args)

    def accredits(self, *merchants: Key, category: int | None = None) -> None:
        """The sponsor says who sells what it pays for, or something else."""
        accounts = [it.address for it in merchants]
        self.does(self.sponsor, "accredit", accounts, [category or self.shape.category] * len(accounts))

    def spend(self, holder: Key, merchant: Key, units: int, nonce: int) -> tuple[Any, ...]:
        """A spend that its holder signed, for an hour."""
        deadline_s = clock_s(self.town.rpc) + HOUR_S
        slip = spend_slip(self.name, holder.address, merchant.address, units, nonce, deadline_s)
        return (*slip.values[1:], holder.sign(slip.digest(self.town.domain(self.contract))))

    def spends(self, bought: Sequence[Bought], *, shown: Sequence[Key] = ()) -> list[str]:
        """Spends, posted together with the places of those shown; the errors of those that were refused, in order."""
        domain, deadline_s = self.town.domain(self.contract), clock_s(self.town.rpc) + HOUR_S
        rows = []
        for holder, merchant, units, nonce in bought:
            slip = spend_slip(self.name, holder.address, merchant.address, units, nonce, deadline_s)
            rows.append((*slip.values[1:], holder.sign(slip.digest(domain))))
        assert self.roll or not shown, "nobody stands on a roll"
        places = [self.roll.place(holder.address) for holder in shown if self.roll]
        receipt = self.does(POSTER, "spendBatch", rows, places)
        refused = self.contract.logged(receipt, "SpendRefused")
        return [decode_error(it.args["reason"]).partition("(")[0] for it in refused]

    def grant(self, granter: Key, holder: Key, units: int, act: bytes) -> tuple[Any, ...]:
        """A grant that its granter signed."""
        slip = grant_slip(self.name, granter.address, holder.address, units, act, FOREVER)
        return (*slip.values[1:], granter.sign(slip.digest(self.town.domain(self.contract))))

    def funds(self, units: int) -> None:
        """The sponsor is given money for so many, and pays it in."""
        town, cents = self.town, units * self.shape.unit_cents
        _, reserve_cents, _ = town.currency.read(town.rpc, "books")
        reference = keccak(self.name + reserve_cents.to_bytes(32))
        town.does(AUDITOR, town.currency, "attestReserve", reserve_cents + cents, reference)
        town.does(TREASURER, town.currency, "issue", self.sponsor.address, cents, reference)
        town.does(self.sponsor, town.currency, "approve", self.contract.address, cents)
        self.does(self.sponsor, "fund", cents)

    def reaches(self, period: int) -> None:
        """Time goes by until the second hour of a period, from 0; the last one's end for all of them."""
        starts_at_s = self.opens_at_s + period * self.shape.period_h * HOUR_S
        self.town.pass_s(starts_at_s + HOUR_S - clock_s(self.town.rpc))

    def balance(self, who: Key | Contract) -> int:
        """What somebody has, in cents."""
        return int(self.town.currency.read(self.town.rpc, "balanceOf", who.address))


def aid(town: Town, sponsor: Key, shape: Shape, seeds: Mapping[bytes, int]) -> Aid:
    """A programme that opens tomorrow, funded for all that its roll announces."""
    contract = town.contract(PROGRAMMES)
    name = name_of(town.rpc.number("eth_chainId"), contract.address, sponsor.address, shape.salt)
    opened = Aid(town, contract, sponsor, shape, name, seeds, clock_s(town.rpc) + DAY_S)
    fund(town.rpc, [sponsor])
    town.enrols(ResidentKind.PUBLIC_BODY, sponsor)
    roll = (opened.roll.total, opened.roll.root) if opened.roll else (0, bytes(32))
    when, what = (opened.opens_at_s, shape.period_h, shape.periods), (shape.unit_cents, shape.daily_cap, shape.category)
    terms = (sponsor.address, shape.salt, *when, *what, *roll, shape.rule_hash, "ipfs://roll")
    town.does(sponsor, contract, "open", terms)
    if opened.announced and shape.unit_cents:
        opened.funds(opened.announced)
    return opened
