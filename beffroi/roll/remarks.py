"""What the second office must see before it seals: a roll may be right of its block, and the block chosen ill.

The registrar chooses the block, and may suspend somebody, or enrol, for that one alone: the register's events tell.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from beffroi.chain.contract import Contract, Event
from beffroi.chain.headers import clock_s
from beffroi.chain.rpc import Rpc
from beffroi.residents import active, kinds_of
from beffroi.roll.file import Seal
from beffroi.units import DAY_S

AROUND_DAYS: Final = 3
"""Before its block, and from then on until now, within which nobody should have come or gone unseen."""
_SHOWN: Final = 10
_BARRED: Final = {"Suspended": "suspended", "Departed": "struck off"}
_MOVES: Final = {**_BARRED, "Enrolled": "enrolled"}


@dataclass(frozen=True)
class Remarks:
    """What was found around a roll's block, in sentences that name accounts.

    Attributes:
        doubts: who is missing on it, is on it and should not be, or was barred around its block: ask before you seal.
        arrivals: who was enrolled lately, as people are every day.
    """

    doubts: list[str]
    arrivals: list[str]


def remarks(rpc: Rpc, register: Contract, seal: Seal, first: int = 0) -> Remarks:
    """Who is on a roll or off it that should make its reader look twice.

    Args:
        rpc: the node, whose word for the events it is.
        register: the town's Residents.
        seal: of the roll; its block and kind are read.
        first: a block at or before the register's own.

    Raises:
        RollError: the events do not add up, or the seal's kind is none.
    """
    kinds, head = kinds_of(seal.kind), rpc.number("eth_blockNumber")
    then, now = (set(active(rpc, register, kinds, block, first)) for block in (seal.block, head))
    moved: dict[str, set[str]] = {name: set() for name in _MOVES}
    for event in _around(rpc, register, seal, first, head):
        moved[event.name].add(event.args["account"])
    since = f"since {AROUND_DAYS} days before its block"
    found = {"are active now and not on it": now - then, "are on it and not active now": then - now}
    found |= {f"were {word} {since}": moved[name] for name, word in _BARRED.items()}
    return Remarks(
        [f"LOOK: {len(accounts):,} {what}: {_listed(accounts)}." for what, accounts in found.items() if accounts],
        [f"{len(here):,} on it were enrolled {since}: {_listed(here)}."] if (here := moved["Enrolled"] & then) else [],
    )


def _around(rpc: Rpc, register: Contract, seal: Seal, first: int, head: int) -> Iterator[Event]:
    """Moves since some days before the roll's block, latest first."""
    since_s = clock_s(rpc, hex(seal.block)) - AROUND_DAYS * DAY_S
    times_s: dict[int, int] = {}
    for event in reversed([*register.events(rpc, *_MOVES, first=first, last=head)]):
        if event.block not in times_s:
            times_s[event.block] = clock_s(rpc, hex(event.block))
        if times_s[event.block] < since_s:
            return
        yield event


def _listed(accounts: Collection[str]) -> str:
    shown = sorted(accounts, key=str.lower)[:_SHOWN]
    return ", ".join(shown) + (f" and {more:,} more" if (more := len(accounts) - len(shown)) else "")
