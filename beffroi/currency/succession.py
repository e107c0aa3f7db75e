"""One currency after another: who is told to the new one, and what is carried over, by whoever starts it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.residents import Standing

AT_ONCE = 100
"""Accounts that share a transaction: about 5 M gas."""


@dataclass(frozen=True)
class Passage:
    """How far a succession is.

    Attributes:
        unknown: accounts that the new currency does not know as the register does; none that a new key has replaced,
            of which the register says nothing any more.
        held: accounts of which the old one still holds money, or a freeze by order.
        is_retired: whether the old one pays and issues no more.
        supply_cents: what the old one still holds for others.
        owed_cents: what it owes in euros.
    """

    unknown: list[str]
    held: list[str]
    is_retired: bool
    supply_cents: int
    owed_cents: int

    @property
    def is_over(self) -> bool:
        """Whether the old currency is empty, so that its offices may end."""
        return self.is_retired and not self.supply_cents and not self.owed_cents and not self.held


def standing(rpc: Rpc, residents: Contract, old: Contract, new: Contract, first: int) -> Passage:
    """How far the succession of `old` by `new` is; reads only.

    Args:
        rpc: the node.
        residents: the register that both follow.
        old: the currency that retires.
        new: the one that follows.
        first: a block at or before the register's own.

    Raises:
        RpcUnreachableError: the node does not answer.
    """
    accounts = [*dict.fromkeys(_residents(rpc, residents, first))]
    asked = [(account,) for account in accounts]
    there, here = old.reads(rpc, "accountOf", asked), new.reads(rpc, "accountOf", asked)
    both = list(zip(accounts, there, here, strict=True))
    records = residents.reads(rpc, "residentOf", asked)
    supply_cents, _, owed_cents = old.read(rpc, "books")
    return Passage(
        unknown=[
            account
            for (account, _, now), (kind, standing_, *_) in zip(both, records, strict=True)
            if standing_ != Standing.REPLACED and tuple(now[1:3]) != _told(kind, Standing(standing_))
        ],
        held=[account for account, was, now in both if was[0] or (was[3] and not now[3])],
        is_retired=int(old.read(rpc, "successor"), 16) != 0,
        supply_cents=supply_cents,
        owed_cents=owed_cents,
    )


def inform(
    rpc: Rpc,
    residents: Contract,
    new: Contract,
    poster: Signer,
    accounts: Sequence[str],
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Tells the new currency of residents that it does not know; errors as of `carry_out`."""
    return _sent(rpc, residents, poster, "inform", accounts, progress, new.address)


def carry_over(
    rpc: Rpc, old: Contract, poster: Signer, accounts: Sequence[str], progress: Progress = lambda _: None
) -> list[Outcome]:
    """Carries accounts over, those that are seized or institutions excepted; errors as of `carry_out`."""
    return _sent(rpc, old, poster, "carryOver", accounts, progress)


def batches(accounts: Sequence[str]) -> int:
    """Transactions that these accounts take."""
    return -(-len(accounts) // AT_ONCE)


def _told(kind: int, standing_: Standing) -> tuple[int, bool]:
    """Kind and suspension of an account, as a currency has them once the register has told it of this standing."""
    is_registered = standing_ in (Standing.ACTIVE, Standing.SUSPENDED, Standing.AWAITING)
    return kind if is_registered else 0, standing_ in (Standing.SUSPENDED, Standing.AWAITING)


def _residents(rpc: Rpc, residents: Contract, first: int) -> Iterator[str]:
    """Every account that was ever enrolled, or took a lost key's place."""
    for event in residents.events(rpc, "Enrolled", "Recovered", first=first):
        yield event.args["account" if event.name == "Enrolled" else "successor"]


def _sent(
    rpc: Rpc,
    contract: Contract,
    poster: Signer,
    function: str,
    accounts: Sequence[str],
    progress: Progress,
    *before: str,
) -> list[Outcome]:
    parts = [accounts[start : start + AT_ONCE] for start in range(0, len(accounts), AT_ONCE)]
    orders = [
        Order(poster, contract.address, contract.encode(function, *before, part), purpose=f"{function} {len(part)}")
        for part in parts
    ]
    return carry_out(rpc, orders, progress=progress)
