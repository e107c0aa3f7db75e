"""A real currency, lived again: the accounts of Sarafu (Kenya, May 2020), their balances, and payments as they traded.

The file has totals, not a log (see its SOURCE.md). So balances are the real ones to the cent; payments are drawn: payer
and payee with the weights of their real trade counts, the amount the payer's real mean trade, or what it has left where
that is less. Every account signs its own payments with its own key, as ERC-3009 slips that the town hall posts: nobody
in town has ether.
"""

import csv
import io
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

from beffroi import residents as register_of
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import OrderState, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.currency import issuing
from beffroi.currency.issuing import Grant
from beffroi.currency.posting import post
from beffroi.eip712 import Domain, Slip
from beffroi.errors import InputError
from beffroi.residents import Resident, ResidentKind
from beffroi.slips import transfer
from beffroi.textfile import read_text

SEED = 20_200_512  # the day of the export
PAYMENTS = 20_000
FILE = "accounts.csv"

Step = Callable[[str, int], Callable[[int], object]]
"""Told of each step and how much it has to do; gives what is called as it is done."""


class ReplayError(InputError):
    """What is on chain is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Member:
    """An account of the file.

    Attributes:
        number: its own there.
        kind: savings groups are commons, shops professionals, the operator's public bodies, all others citizens.
        balance_cents: what it had.
        trades_in: how often it was paid.
        trades_out: how often it paid.
        mean_trade_cents: what it paid on average, rounded down; at least 1.
    """

    number: int
    kind: ResidentKind
    balance_cents: int
    trades_in: int
    trades_out: int
    mean_trade_cents: int

    def key(self) -> Key:
        """Its key here, the same each time."""
        return Key.derived("sarafu-accounts-2020", self.number)


@dataclass(frozen=True)
class DrawnPayment:
    """A payment drawn: places in the list of members, and cents."""

    payer: int
    payee: int
    amount_cents: int


@dataclass
class ReplayReport:
    """What a replay did and how long it took.

    Attributes:
        figures: counts, sums and oddities of the file, by name.
        seconds: of each step.
    """

    figures: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Enters how long a step takes."""
        started = time.perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started


@dataclass(frozen=True)
class ReplayOffices:
    """Who acts for the town, and on which contracts."""

    residents: Contract
    currency: Contract
    registrar: Signer
    treasurer: Signer
    auditor: Signer
    poster: Signer


def read(folder: Path) -> list[Member]:
    """The members of the file, in its order.

    Raises:
        InputError: an amount is negative or finer than a cent: nothing is rounded in silence.
    """
    return [_member(row) for row in csv.DictReader(io.StringIO(read_text(folder / FILE), newline=""))]


def oddities(members: Sequence[Member]) -> dict[str, int]:
    """What in the file asks for a decision, counted: each is enrolled all the same."""
    return {
        "accounts without money (enrolled, nothing is issued)": sum(it.balance_cents == 0 for it in members),
        "accounts that never paid (never drawn as payer)": sum(it.trades_out == 0 for it in members),
        "accounts that were never paid (never drawn as payee)": sum(it.trades_in == 0 for it in members),
        "the largest balance, in cents": max(it.balance_cents for it in members),
    }


def settle_in(
    rpc: Rpc,
    offices: ReplayOffices,
    members: Sequence[Member],
    report: ReplayReport,
    step: Step = lambda *_: lambda _: None,
) -> list[Key]:
    """Enrols every member and gives each its balance, then compares the chain with the file.

    Returns:
        The members' keys, in their order.

    Raises:
        ReplayError: a transaction failed, or a balance on chain is not the file's.
    """
    with report.timed("keys"):
        keys = [member.key() for member in members]
    with report.timed("enrol"):
        wanted = [Resident(key.address, member.kind) for key, member in zip(keys, members, strict=True)]
        found = register_of.compare(rpc, offices.residents, wanted)
        if found.conflicts:
            raise ReplayError(f"{len(found.conflicts)} accounts are enrolled otherwise: {found.conflicts}")
        progress = step("enrol", len(found.to_enrol))
        _require_done(register_of.enrol(rpc, offices.residents, offices.registrar, found.to_enrol, progress))
    with report.timed("issue"):
        grants = [
            Grant(key.address, member.balance_cents)
            for key, member in zip(keys, members, strict=True)
            if member.balance_cents
        ]
        left = issuing.compare(rpc, offices.currency, grants, issuing.reference("sarafu-accounts-2020"))
        others = _supply(rpc, offices.currency) - sum(part.amount_cents for part in left.already)
        progress = step("issue", sum(len(part.grants) for part in left.to_issue))
        _require_done(issuing.issue(rpc, offices.currency, offices.treasurer, left.to_issue, progress))
    with report.timed("compare balances"):
        _require_balances(rpc, offices.currency, keys, [member.balance_cents for member in members], others)
    report.figures["residents"] = len(members)
    report.figures["issued, in cents"] = sum(member.balance_cents for member in members)
    return keys


def draw(members: Sequence[Member], count: int = PAYMENTS, seed: int = SEED) -> list[DrawnPayment]:
    """Payments that every payer can afford, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311, not a secret
    places = range(len(members))
    pays = list(accumulate(it.trades_out for it in members))
    earns = list(accumulate(it.trades_in for it in members))
    has = [it.balance_cents for it in members]
    drawn: list[DrawnPayment] = []
    while len(drawn) < count:
        payer, payee = (
            chance.choices(places, cum_weights=pays)[0],
            chance.choices(places, cum_weights=earns)[0],
        )
        amount = min(members[payer].mean_trade_cents, has[payer])
        if payer == payee or amount == 0:
            continue
        has[payer] -= amount
        has[payee] += amount
        drawn.append(DrawnPayment(payer, payee, amount))
    return drawn


def pay(
    rpc: Rpc,
    offices: ReplayOffices,
    members: Sequence[Member],
    keys: Sequence[Key],
    payments: Sequence[DrawnPayment],
    report: ReplayReport,
    step: Step = lambda *_: lambda _: None,
) -> None:
    """Signs every payment by its payer's key, posts them in batches, and compares every balance with the arithmetic.

    Raises:
        ReplayError: a payment was refused, or a balance is not what the payments make it.
    """
    others = _supply(rpc, offices.currency) - sum(member.balance_cents for member in members)
    with report.timed("sign"):
        signed = signatures(_domain(rpc, offices.currency), keys, payments)
    with report.timed("post"):
        progress = step("pay", len(signed))
        posted = post(rpc, offices.currency, offices.poster, signed, progress=progress)
    if posted.refused:
        raise ReplayError(f"{len(posted.refused)} payments were refused: {set(posted.refused.values())}")
    has = [member.balance_cents for member in members]
    for payment in payments:
        has[payment.payer] -= payment.amount_cents
        has[payment.payee] += payment.amount_cents
    with report.timed("compare balances"):
        _require_balances(rpc, offices.currency, keys, has, others)
    report.figures["payments"] = len(payments)
    report.figures["paid, in cents"] = sum(it.amount_cents for it in payments)
    report.figures["gas of a payment"] = posted.gas_used // len(payments)


def signatures(domain: Domain, keys: Sequence[Key], payments: Sequence[DrawnPayment]) -> list[tuple[Slip, bytes]]:
    """Each payment as a slip with the next nonce of its payer, and the payer's signature."""
    used: Counter[int] = Counter()
    signed = []
    for payment in payments:
        payer, payee = keys[payment.payer], keys[payment.payee]
        slip = transfer(payer.address, payee.address, payment.amount_cents, used[payment.payer])
        used[payment.payer] += 1
        signed.append((slip, payer.sign(slip.digest(domain))))
    return signed


def _domain(rpc: Rpc, currency: Contract) -> Domain:
    return Domain(currency.read(rpc, "name"), int(rpc.call("eth_chainId"), 16), currency.address)


def _member(row: dict[str, str]) -> Member:
    volume, trades = _cents(row["trade_vol_out"], row), int(row["trades_out"])
    return Member(
        number=int(row["account"]),
        kind=_kind(row),
        balance_cents=_cents(row["balance"], row),
        trades_in=int(row["trades_in"]),
        trades_out=trades,
        mean_trade_cents=max(1, volume // trades if trades else 0),
    )


def _kind(row: dict[str, str]) -> ResidentKind:
    if row["roles"] == "GROUP_ACCOUNT":
        return ResidentKind.COMMONS
    by_trade = {
        "Shop": ResidentKind.PROFESSIONAL,
        "System": ResidentKind.PUBLIC_BODY,
        "Staff": ResidentKind.PUBLIC_BODY,
    }
    return by_trade.get(row["business_type"], ResidentKind.CITIZEN)


def _cents(amount: str, row: dict[str, str]) -> int:
    cents = Decimal(amount) * 100
    if cents < 0 or cents != cents.to_integral_value():
        raise InputError(f"account {row['account']}: {amount} is not a number of cents")
    return int(cents)


def _require_done(outcomes: Sequence[Outcome]) -> None:
    if wrong := [it for it in outcomes if it.state != OrderState.DONE]:
        raise ReplayError(f"{len(wrong)} transactions are not done; the first: {wrong[0].state}, {wrong[0].reason}")


def _supply(rpc: Rpc, currency: Contract) -> int:
    return int(currency.read(rpc, "totalSupply"))


def _require_balances(rpc: Rpc, currency: Contract, keys: Sequence[Key], expected: Sequence[int], others: int) -> None:
    """Each balance is the one expected, and all that circulates is theirs or the others' who were there before."""
    found = currency.reads(rpc, "balanceOf", [(key.address,) for key in keys])
    if wrong := [key.address for key, has, due in zip(keys, found, expected, strict=True) if has != due]:
        raise ReplayError(f"{len(wrong)} balances on chain are not the file's, first {wrong[0]}'s")
    supply, total = _supply(rpc, currency), sum(expected) + others
    if supply != total:
        raise ReplayError(f"{supply} cents are in circulation, and the accounts sum to {total}")
