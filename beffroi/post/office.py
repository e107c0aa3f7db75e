"""A post office: a town, its chain, its database, and whoever works there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc, RpcUnreachableError
from beffroi.post.checks import Checker
from beffroi.post.clock import Clock
from beffroi.post.config import PostConfig
from beffroi.post.deedbook import DeedBook
from beffroi.post.deeds import DeedDesk
from beffroi.post.gather import Gather
from beffroi.post.intake import Answer, Intake
from beffroi.post.kinds import Draft, SlipKind, kinds_of
from beffroi.post.kinds.land import Rescission, Retraction
from beffroi.post.limits import Limiter
from beffroi.post.metrics import Metrics, Queue
from beffroi.post.model import Kind, SlipStatus
from beffroi.post.rolls import Rolls
from beffroi.post.store import Store
from beffroi.post.watch import Watch
from beffroi.town.manifest import Manifest

SLIPS_AT_ONCE = 500
"""Slips that are checked together: one simulation of as many payments stays under a block's gas."""
READS_AT_ONCE = 2_000
READERS = 4
"""Questions that may wait, for each slip that may: they are cheap."""


@dataclass
class PostOffice:
    """All that answers a request; made by `open_office`.

    Attributes:
        config: what it was told.
        manifest: of the town.
        rpc: the node.
        rolls: sealed, at hand.
        kinds: of slips that are handed in, by name.
        posted: of slips that workers post: those, and what the office makes of deeds.
        store: of slips.
        metrics: its figures.
        senders: the accounts that pay, checksummed.
        intake: checks and stores slips.
        desk: of deeds; None where the town has no land register.
    """

    config: PostConfig
    manifest: Manifest
    rpc: Rpc
    rolls: Rolls
    kinds: dict[str, SlipKind]
    posted: dict[str, Kind]
    store: Store
    metrics: Metrics
    senders: tuple[str, ...]
    intake: Intake
    desk: DeedDesk | None
    take: Gather[Draft, Answer] = field(init=False)
    statuses: Gather[bytes, SlipStatus | None] = field(init=False)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        limits = self.config.limits
        outages = (RpcUnreachableError, SQLAlchemyError)
        self.take = Gather(self.intake.take, most=SLIPS_AT_ONCE, waiting=limits.waiting, everybodys=outages)
        waiting = READERS * limits.waiting
        self.statuses = Gather(self._statuses, most=READS_AT_ONCE, waiting=waiting, everybodys=outages)
        self.watch = Watch(self.store.statuses, limits.pollers)
        self.metrics.watch(Queue(self.store.counts, self.store.oldest_waiting_s, self.store.senders))

    async def status(self, id_: bytes) -> SlipStatus | None:
        """What became of a slip."""
        (status,) = await self.statuses([id_])
        return status

    async def in_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        """Something that blocks, off the event loop."""
        return await asyncio.to_thread(work, *args)

    def close(self) -> None:
        """Ends its threads and its connections."""
        self.take.close()
        self.statuses.close()
        self.store.close()

    def _statuses(self, ids: Sequence[bytes]) -> list[SlipStatus | None]:
        found = self.store.statuses(set(ids))
        return [found.get(id_) for id_ in ids]


def open_office(
    config: PostConfig,
    rpc: Rpc,
    manifest: Manifest,
    *,
    senders: Sequence[str] = (),
) -> PostOffice:
    """Opens a town's post office.

    Args:
        config: what it is told.
        rpc: the node.
        manifest: of the town.
        senders: the accounts that pay.

    Raises:
        RpcUnreachableError: the node does not answer.
        RpcError: the contracts are not there.
        SQLAlchemyError: the database does not open.
    """
    rolls = Rolls(config.rolls)
    kinds = kinds_of(rpc, manifest, rolls)
    posted: dict[str, Kind] = dict(kinds)
    rescissions = _rescissions(kinds, manifest)
    posted |= {kind.name: kind for kind in rescissions}
    store, clock = Store(config.database), Clock(rpc)
    intake = Intake(kinds, Checker(rpc, clock, kinds), store, Limiter(config.limits.signer), config.limits.signer_gas)
    desk = _desk(rpc, clock, manifest, rescissions, store) if rescissions else None
    return PostOffice(config, manifest, rpc, rolls, kinds, posted, store, Metrics(), tuple(senders), intake, desk)


def _rescissions(kinds: Mapping[str, SlipKind], manifest: Manifest) -> list[Rescission]:
    """Of each contract of sales, that which opens them first."""
    made = [Rescission(it.contract, it.domain, it.instance) for it in kinds.values() if isinstance(it, Retraction)]
    order = [manifest.address(name) for name in manifest.instances("Conveyance")]
    return sorted(made, key=lambda kind: order.index(kind.contract.address))


def _desk(rpc: Rpc, clock: Clock, manifest: Manifest, conveyances: Sequence[Rescission], store: Store) -> DeedDesk:
    charges, residents = (Contract.built(name, manifest.address(name)) for name in ("Charges", "Residents"))
    return DeedDesk(rpc, clock, conveyances, charges, residents, DeedBook(store.engine), store)
