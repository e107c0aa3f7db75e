"""What mutual credit costs: paid alone, by slip and in batches, mixed with money, vouched for."""

from dataclasses import dataclass
from typing import Any

from beffroi import slips
from beffroi.credit.creditslips import credit_slip, mixed_slip
from beffroi.eip712 import Domain
from beffroi.units import DAY_S
from bench.currency import CITIZEN, COMMONS_ACCOUNT, OFFICE, POSTER, Stage, raise_stage
from bench.ground import Deployed, open_ground, ours
from bench.row import Row

MODULE, GAS, BATCH = "credit", "gas", 100
FLOOR_CENTS, CEILING_CENTS, GROWTH_BPS, MOST_GROWTH_CENTS = 100_000, 500_000, 1_000, 30_000
AMOUNT_CENTS, VOUCHED_CENTS = 1_250, 10_000
POCKET_CENTS, PRICE_CENTS, MOST_CREDIT_CENTS = 4_000, 5_000, 1_000
REF = b"\x01" * 32
_CHARTER = "(string,address,address,address,address,uint8,uint32,uint32,uint16,uint32,uint32,bool)"

Person = tuple[bytes, str]


@dataclass
class _Circle:
    """A circle whose members have money too, and have allowed it to it.

    Attributes:
        stage: a town with its money.
        credit: the contract.
    """

    stage: Stage
    credit: Deployed

    @property
    def domain(self) -> Domain:
        """Where its slips are valid."""
        return Domain("Circle", self.stage.ground.chain_id, self.credit.address)

    def members(self, number: int) -> list[Person]:
        """So many, who have traded in neither."""
        people = self.stage.newcomers(number)
        self.stage.issue([account for _, account in people], POCKET_CENTS)
        for _, account in people:
            self.stage.currency.send(account, "approve", self.credit.address, 2**256 - 1)
        return people

    def signed(self, payer: Person, payee: str, nonce: int = 0) -> tuple[Any, ...]:
        """A payment by slip, as the contract takes it."""
        slip = credit_slip(payer[1], payee, AMOUNT_CENTS, nonce, REF)
        return (*slip.values, slips.sign(payer[0], slip, self.domain))

    def each(self, payers: list[Person], payees: list[str]) -> float:
        """The gas of each of many slips, posted together."""
        batch = [self.signed(payer, payee) for payer, payee in zip(payers, payees, strict=True)]
        return self.credit.send(POSTER, "payBatch", batch) / len(batch)


def rows() -> list[Row]:
    """Every figure."""
    with open_ground() as ground:
        stage = raise_stage(ground)
        charter = (
            "Circle", OFFICE, stage.residents.address, stage.currency.address, COMMONS_ACCOUNT, 1 << CITIZEN,
            FLOOR_CENTS, CEILING_CENTS, GROWTH_BPS, MOST_GROWTH_CENTS, 90 * DAY_S, False,
        )  # fmt: skip
        circle = _Circle(stage, ground.deploy(ours("MutualCredit"), (_CHARTER,), charter))
        stage.residents.send(OFFICE, "addFollower", circle.credit.address)
        stage.residents.send(OFFICE, "inform", circle.credit.address, [COMMONS_ACCOUNT])
        return [*_alone(circle), *_together(circle), *_mixed(circle), *_vouched(circle)]


def _alone(circle: _Circle) -> list[Row]:
    payer, (_, payee) = circle.members(2)
    first, second = (circle.credit.send(POSTER, "payBySlip", circle.signed(payer, payee, nonce)) for nonce in (0, 1))
    return [
        _row("pay", circle.credit.send(payer[1], "pay", payee, AMOUNT_CENTS, REF), 39_500),
        _row("pay by slip, first of a member", first, 48_000),
        _row("pay by slip, second of a member", second, 48_000),
    ]


def _together(circle: _Circle) -> list[Row]:
    ring, shoppers, payers = (circle.members(BATCH) for _ in range(3))
    (_, shop), *_ = circle.members(1)
    payees = [account for _, account in circle.members(BATCH)]
    around = [account for _, account in ring[1:] + ring[:1]]
    what = f"pay by slip, each of {BATCH} at once"
    return [
        _row(f"{what}, in a ring", circle.each(ring, around), 21_000),
        _row(f"{what}, to one shop", circle.each(shoppers, [shop] * BATCH), 21_000),
        Row(MODULE, f"{what}, between 200 members", GAS, circle.each(payers, payees), ceiling=25_000, aim=21_000),
    ]


def _mixed(circle: _Circle) -> list[Row]:
    (_, payer), signer, (_, payee) = circle.members(3)
    own = circle.credit.send(payer, "payMixed", payee, PRICE_CENTS, MOST_CREDIT_CENTS, REF)
    slip = mixed_slip(signer[1], payee, PRICE_CENTS, MOST_CREDIT_CENTS, 0, REF)
    signed = (*slip.values, slips.sign(signer[0], slip, circle.domain))
    return [
        _row("pay mixed", own, 62_000),
        _row("pay mixed, by slip", circle.credit.send(POSTER, "payMixedBySlip", signed), 70_000),
    ]


def _vouched(circle: _Circle) -> list[Row]:
    (_, voucher), (_, member) = circle.members(2)
    return [
        _row(f"{act} a vouch", circle.credit.send(voucher, function, voucher, member, VOUCHED_CENTS, 0, b""), ceiling)
        for act, function, ceiling in (("give", "vouch", 100_000), ("take back", "unvouch", 65_000))
    ]


def _row(operation: str, gas: float, ceiling: int) -> Row:
    return Row(MODULE, operation, GAS, gas, ceiling=ceiling)
