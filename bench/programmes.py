"""What programmes cost: opened, spent alone and in batches, given back, reclaimed; beside grants of ERC-1155 units."""

from dataclasses import dataclass, field
from typing import Any

from beffroi import slips
from beffroi.eip712 import Domain
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeslips import grant_slip, spend_slip
from beffroi.units import DAY_S, HOUR_S
from bench.currency import OFFICE, POSTER, Stage, raise_stage
from bench.ground import Deployed, open_ground, ours, peer
from bench.row import Row

MODULE, GAS, BATCH = "programmes", "gas", 100
ERC1155 = "OpenZeppelin's ERC-1155"
HOLDERS, AT_ONCE, SHOPS = 4_096, 256, 50
SALT, RULE_HASH, ACT = b"food".ljust(32, b"\0"), b"\x07" * 32, b"\x09" * 32
PERIOD_H, PERIODS, EACH_CENTS, SPENT_CENTS, GIVEN_BACK_CENTS = 720, 3, 4_000, 520, 120
FOOD, GRANTS_CENTS = 1, 100_000
FOUNDED_AT_S = 1_800_000_000
OPENS_AT_S = FOUNDED_AT_S + DAY_S
"""Moments are a part of what is sent: another day's zero bytes would make another figure."""

Person = tuple[bytes, str]


@dataclass
class _Aid:
    """A sponsor's programme for thousands, of whom a hundred have keys here, and the same as ERC-1155 units.

    Attributes:
        stage: a town with its money.
        programmes: the contract.
        units: the other.
        name: the programme's.
        roll: who may spend.
    """

    stage: Stage
    programmes: Deployed
    units: Deployed
    holders: list[Person] = field(init=False)
    sponsor: str = field(init=False)
    shops: list[str] = field(init=False)
    name: bytes = field(init=False)
    roll: ProgrammeRoll = field(init=False)

    def __post_init__(self) -> None:
        self.holders = self.stage.citizens.some(BATCH)
        ((_, self.sponsor), *others) = self.stage.holders(1 + SHOPS)
        self.shops = [account for _, account in others]
        self.name = name_of(self.stage.ground.chain_id, self.programmes.address, self.sponsor, SALT)
        unkeyed = [f"0x{0xBEFF << 144 | number:040x}" for number in range(HOLDERS - BATCH)]
        self.roll = ProgrammeRoll(
            self.name, RULE_HASH, dict.fromkeys([*(account for _, account in self.holders), *unkeyed], EACH_CENTS)
        )

    @property
    def accounts(self) -> list[str]:
        """Everybody on the roll."""
        return [account for account, _ in self.roll.entries]

    def open(self) -> int:
        """The gas of its opening; it is funded for what it announces and what granters may grant, and has begun."""
        terms = (
            self.sponsor, SALT, OPENS_AT_S, PERIOD_H, PERIODS, 1, 0, FOOD, self.roll.total, self.roll.root,
            RULE_HASH, "ipfs://" + "b" * 59,
        )  # fmt: skip
        gas = self.programmes.send(self.sponsor, "open", terms)
        funds_cents = self.roll.total * PERIODS + GRANTS_CENTS
        self.stage.issue([self.sponsor], funds_cents)
        self.stage.currency.send(self.sponsor, "approve", self.programmes.address, funds_cents)
        self.programmes.send(self.sponsor, "fund", self.name, funds_cents)
        self.programmes.send(self.sponsor, "accredit", self.name, self.shops, [FOOD] * SHOPS)
        self.stage.ground.pass_time(DAY_S)
        return gas

    def spend(self, holder: Person, shop: str, nonce: int) -> tuple[Any, ...]:
        """A spend that its holder signed."""
        deadline_s = OPENS_AT_S + DAY_S
        slip = spend_slip(self.name, holder[1], shop, SPENT_CENTS, nonce, deadline_s)
        domain = Domain("Programmes", self.stage.ground.chain_id, self.programmes.address)
        return (*slip.values[1:], slips.sign(holder[0], slip, domain))

    def each(self, shops: int, nonce: int, *, is_first: bool = False) -> float:
        """The gas of each of a hundred spends, neighbours at one shop."""
        spends = [self.spend(holder, self.shops[at * shops // BATCH], nonce) for at, holder in enumerate(self.holders)]
        places = [self.roll.place(account) for _, account in self.holders] if is_first else []
        return self.programmes.send(POSTER, "spendBatch", self.name, spends, places) / BATCH


def rows() -> list[Row]:
    """Every figure."""
    with open_ground("--timestamp", str(FOUNDED_AT_S)) as ground:
        stage = raise_stage(ground)
        money = stage.currency.address, stage.residents.address
        programmes = ground.deploy(ours("Programmes"), ("address", "address"), *money)
        units = ground.deploy(peer("GrantedUnits"), ("address", "address"), OFFICE, stage.currency.address)
        stage.residents.send(OFFICE, "enrolInstitution", programmes.address)
        stage.enrol([units.address])
        aid = _Aid(stage, programmes, units)
        return [_opened(aid), *_spent(aid), *_ended(aid)]


def _opened(aid: _Aid) -> Row:
    opened = aid.open()
    granted = sum(
        aid.units.send(OFFICE, "grantBatch", aid.accounts[at : at + AT_ONCE], period, EACH_CENTS)
        for period in range(PERIODS)
        for at in range(0, HOLDERS, AT_ONCE)
    )
    for shop in aid.shops:
        aid.units.send(OFFICE, "accredit", shop)
    aid.stage.issue([aid.units.address], HOLDERS * EACH_CENTS)
    what = f"open for {HOLDERS:,} holders, {PERIODS} periods"
    return Row(MODULE, what, GAS, opened, {ERC1155: granted}, 150_000)


def _spent(aid: _Aid) -> list[Row]:
    """Who spends ERC-1155 units sends a transaction of her own: there is no batch of them."""
    shop = aid.shops[0]
    first, *_ = aid.holders
    own = [aid.units.send(account, "spend", shop, 0, SPENT_CENTS) for _, account in (first, first)]
    alone = [_alone(aid, nonce, is_first=nonce == 0) for nonce in (0, 1)]
    batches = aid.each(1, 2, is_first=True), aid.each(1, 3), (aid.each(SHOPS, 4), aid.each(SHOPS, 5))[1]
    each = f"each of {BATCH}"
    return [
        Row(MODULE, "spend, first", GAS, alone[0], {ERC1155: own[0]}, 108_000),
        Row(MODULE, "spend, later", GAS, alone[1], {ERC1155: own[1]}, 66_000),
        Row(MODULE, f"spend, first, {each}", GAS, batches[0], {ERC1155: own[0]}, 56_000),
        Row(MODULE, f"spend, later, {each} at one shop", GAS, batches[1], {ERC1155: own[1]}, 20_000),
        Row(MODULE, f"spend, later, {each} over {SHOPS} shops", GAS, batches[2], {ERC1155: own[1]}, 26_000, 24_000),
    ]


def _alone(aid: _Aid, nonce: int, *, is_first: bool) -> int:
    *_, holder = aid.holders
    places = [aid.roll.place(holder[1])] if is_first else []
    return aid.programmes.send(POSTER, "spend", aid.name, aid.spend(holder, aid.shops[0], nonce), places)


def _ended(aid: _Aid) -> list[Row]:
    *_, holder = aid.holders
    shop, granter = aid.shops[0], aid.shops[1]
    given_back = aid.spend(holder, shop, 0)
    aid.stage.currency.send(shop, "approve", aid.programmes.address, GIVEN_BACK_CENTS)
    refunded = aid.programmes.send(shop, "refund", aid.name, given_back, GIVEN_BACK_CENTS)
    aid.programmes.send(aid.sponsor, "allow", aid.name, granter, GRANTS_CENTS)
    said = grant_slip(aid.name, granter, holder[1], GIVEN_BACK_CENTS, ACT, 0)
    granted = aid.programmes.send(granter, "grant", aid.name, (*said.values[1:], b""))
    aid.stage.ground.pass_time(PERIODS * PERIOD_H * HOUR_S)
    return [
        Row(MODULE, "refund", GAS, refunded, ceiling=105_000),
        Row(MODULE, "grant, by the granter herself", GAS, granted, ceiling=100_000),
        Row(MODULE, "reclaim", GAS, aid.programmes.send(POSTER, "reclaim", aid.name), ceiling=50_000),
    ]
