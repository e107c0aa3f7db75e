"""Merchants pay each other by owing: money first and credit for the rest, in one slip, within limits."""

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.reverts import decode_error
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.credit.circle import CIRCLE, Circle
from beffroi.credit.creditslips import credit_slip, mixed_slip
from beffroi.demo.stage import Stage
from beffroi.post.kinds.base import overloaded
from beffroi.units import euros

OWED_CENTS = 45_00
AROUND_CENTS = (30_00, 30_00, 75_00, 200_00)
"""From each of four shops to the next; the last one's is more than she may owe."""


def tell(stage: Stage) -> None:
    """Lives the circle's story."""
    stage.narrator.chapter("Merchants pay each other by owing; what one owes, others are owed")
    circle = Circle.of(stage.rpc, stage.manifest)
    shops = stage.people["merchant"][10 : 10 + len(AROUND_CENTS)]
    _mixed(stage, circle, shops[0], shops[1])
    _around(stage, circle, shops)
    standings = circle.standings([shop.address for shop in shops])
    rows = [
        (f"shop {number}", f"{euros(it.balance):>10}", f"{euros(it.most_debt):>10}", f"{euros(it.ceiling):>10}")
        for number, it in enumerate(standings, 1)
    ]
    stage.narrator.table(("", "is owed", "may owe", "may be owed"), rows)
    stage.narrator.tell(f"The balances sum to {euros(sum(it.balance for it in standings))}: nothing was issued.")


def _mixed(stage: Stage, circle: Circle, payer: Key, payee: Key) -> None:
    """She lets the circle take her money once and for all, then one slip pays with both."""
    currency, clerk = stage.contract("LocalCurrency"), stage.office("clerk")
    allowed = slips.permit(
        payer.address, circle.contract.address, 2**256 - 1, currency.read(stage.rpc, "nonces", payer.address)
    )
    form = overloaded(currency, "permit", "bytes")
    owner, spender, value, _, deadline_s = allowed.values
    signature = payer.sign(allowed.digest(stage.domain("LocalCurrency")))
    data = form.encode("permit", owner, spender, value, deadline_s, signature)
    Sender(stage.rpc, clerk).send(Call(form.address, data, "post an allowance"))
    price_cents = currency.read(stage.rpc, "balanceOf", payer.address) + OWED_CENTS
    backed_cents, credit_cents = circle.contract.read(stage.rpc, "split", payer.address, price_cents)
    slip = mixed_slip(payer.address, payee.address, price_cents, OWED_CENTS, 0)
    row = (*slip.values, payer.sign(slip.digest(circle.domain())))
    receipt = stage.act(clerk, CIRCLE, "payMixedBySlip", row, purpose="post a mixed payment")
    stage.narrator.tell(
        f"A carpenter pays {euros(price_cents)} for timber: {euros(backed_cents)} of money + {euros(credit_cents)} of "
        f"credit, by one slip, all or nothing, for {int(receipt['gasUsed'], 16):,} gas."
    )


def _around(stage: Stage, circle: Circle, shops: list[Key]) -> None:
    """Each pays the next, and the last one would owe too much."""
    domain, rows = circle.domain(), []
    for payer, payee, cents in zip(shops, shops[1:] + shops[:1], AROUND_CENTS, strict=True):
        slip = credit_slip(payer.address, payee.address, cents, 1)
        rows.append((*slip.values, payer.sign(slip.digest(domain))))
    receipt = stage.act(stage.office("clerk"), CIRCLE, "payBatch", rows, purpose="post payments in credit")
    refused = [it.args["reason"] for it in circle.contract.logged(receipt, "CreditSlipRefused")]
    paid = sum(AROUND_CENTS[: len(rows) - len(refused)])
    stage.narrator.tell(f"{len(rows) - len(refused)} payments in credit, {euros(paid)}, without any money.")
    for reason in refused:
        stage.narrator.tell(f"One was left out, for nobody owes more than she may: {decode_error(reason)}")
