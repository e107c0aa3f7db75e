"""What the money did in a period: the town's figures, and an account's statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.currency.movements import Movement, Nature, block_times, movements
from beffroi.errors import StateError
from beffroi.units import DAY_S

YEAR_S = 365.25 * DAY_S


class StatementError(StateError):
    """The movements do not make the balance that the chain has."""


@dataclass(frozen=True)
class Figures:
    """The town's money over a period.

    Attributes:
        from_s: unix seconds of the first block's start of the period.
        to_s: unix seconds of the last block.
        supply_cents: in circulation at the end.
        reserve_cents: attested, less what was paid out.
        owed_cents: redeemed and not yet paid in euros.
        reserve_ratio: reserve / (supply + owed); None where nothing is out.
        issued_cents: in the period.
        redeemed_cents: in the period, fees not included.
        paid_cents: payments between accounts, in the period; what goes to the commons without a reference is none.
        payments: how many.
        active_accounts: that paid or were paid in the period.
        mean_supply_cents: over the period, weighted by time.
        velocity_per_year: how often a unit was paid in a year, V = PT / M (I. Fisher, The Purchasing Power of Money,
            1911, ch. II): PT the payments of the period carried to a year, M the mean supply; None where M is 0.
    """

    from_s: int
    to_s: int
    supply_cents: int
    reserve_cents: int
    owed_cents: int
    reserve_ratio: float | None
    issued_cents: int
    redeemed_cents: int
    paid_cents: int
    payments: int
    active_accounts: int
    mean_supply_cents: int
    velocity_per_year: float | None


@dataclass(frozen=True)
class Line:
    """A line of a statement.

    Attributes:
        movement: what moved.
        change_cents: what it did to the account.
        balance_cents: after it.
    """

    movement: Movement
    change_cents: int
    balance_cents: int


def figures(rpc: Rpc, currency: Contract, residents: Contract, first: int, last: int) -> Figures:
    """The town's figures from block `first` to the end of block `last`.

    Raises:
        RpcError: the node refuses; an old block needs an archive node.
        StatementError: the events do not explain the supply.
    """
    moved = movements(rpc, currency, residents, first, last)
    supply, reserve, owed = currency.read(rpc, "books", block=last)
    before = _supply_before(rpc, currency, first)
    changes = [(it.at_s, _change_of_supply(it)) for it in moved]
    if before + sum(change for _, change in changes) != supply:
        raise StatementError(f"{supply} cents are in circulation, and the events make another sum")
    times = block_times(rpc, {first, last})
    from_s, to_s = times[first], times[last]
    paid = [it for it in moved if it.nature == Nature.PAID]
    volume, mean = sum(it.amount_cents for it in paid), _mean(before, changes, from_s, to_s)
    return Figures(
        from_s=from_s,
        to_s=to_s,
        supply_cents=supply,
        reserve_cents=reserve,
        owed_cents=owed,
        reserve_ratio=reserve / (supply + owed) if supply + owed else None,
        issued_cents=sum(it.amount_cents for it in moved if it.nature == Nature.ISSUED),
        redeemed_cents=sum(it.amount_cents for it in moved if it.nature == Nature.REDEEMED),
        paid_cents=volume,
        payments=len(paid),
        active_accounts=len({end for payment in paid for end in (payment.payer, payment.payee)}),
        mean_supply_cents=round(mean),
        velocity_per_year=volume / mean * YEAR_S / (to_s - from_s) if mean and to_s > from_s else None,
    )


def statement(
    rpc: Rpc, currency: Contract, moved: Sequence[Movement], account: str, first: int, last: int
) -> list[Line]:
    """An account's lines from block `first` to the end of block `last`; the last balance is the chain's.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        moved: every movement of those blocks.
        account: checksummed address.
        first: block number.
        last: block number.

    Raises:
        StatementError: the movements do not make the balance that the chain has.
    """
    opening = _stored(rpc, currency, account, first - 1)
    balance, lines = opening, []
    for it in moved:
        change = it.amount_cents * ((it.payee == account) - (it.payer == account))
        if account in (it.payer, it.payee):
            balance += change
            lines.append(Line(it, change, balance))
    if balance != (closing := _stored(rpc, currency, account, last)):
        raise StatementError(f"{account} has {closing} cents, and its movements since block {first} make {balance}")
    return lines


def _stored(rpc: Rpc, currency: Contract, account: str, block: int) -> int:
    """The balance in cents as the ledger has it, before any demurrage still due; 0 before the currency existed."""
    if block < 0 or rpc.call("eth_getCode", currency.address, hex(block)) == "0x":
        return 0
    stored: int = currency.read(rpc, "accountOf", account, block=block)[0]
    return stored


def _supply_before(rpc: Rpc, currency: Contract, first: int) -> int:
    if first == 0 or rpc.call("eth_getCode", currency.address, hex(first - 1)) == "0x":
        return 0
    supply: int = currency.read(rpc, "totalSupply", block=first - 1)
    return supply


def _change_of_supply(movement: Movement) -> int:
    return movement.amount_cents * ((movement.payer == ZERO_ADDRESS) - (movement.payee == ZERO_ADDRESS))


def _mean(before: int, changes: Sequence[tuple[int, int]], from_s: int, to_s: int) -> float:
    if to_s <= from_s:
        return float(before + sum(change for _, change in changes))
    weighted, supply, since = 0, before, from_s
    for at_s, change in changes:
        weighted += supply * (at_s - since)
        supply, since = supply + change, at_s
    return (weighted + supply * (to_s - since)) / (to_s - from_s)
