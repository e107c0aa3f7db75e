"""Events as papers: each rests on the papers of the events that made what it takes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from beffroi.records.lots.event import EVENT, MAKING, EventKind, LotError, LotEvent, event_of
from beffroi.records.openbatch import OpenBatch, OpenDraft, seal_open
from beffroi.records.paper import PaperRef
from beffroi.records.paperfile import Home


class PaperStanding(StrEnum):
    """What the chain says of a paper now."""

    STANDS = "stands"
    REVOKED = "revoked"
    DISOWNED = "disowned"
    UNSEALED = "unsealed"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """An event with the paper that says so.

    Attributes:
        event: what happened.
        ref: the paper.
        parents: those that it rests on.
        standing: of the paper, now; a stranger's is of a schema that no office of the town opened.
        issued_s: unix seconds of the block in which it was issued; None where that is not known, or not yet done.
    """

    event: LotEvent
    ref: PaperRef
    parents: tuple[PaperRef, ...]
    standing: PaperStanding = PaperStanding.STANDS
    issued_s: int | None = None

    @property
    def counts(self) -> bool:
        """Whether what it says is taken to have happened; what is disowned did, and nobody answers for it."""
        return self.standing in {PaperStanding.STANDS, PaperStanding.DISOWNED}

    @property
    def is_aside(self) -> bool:
        """Whether nobody whom the town let in says it on the chain: it is said, and asked of for nothing else."""
        return self.standing in {PaperStanding.UNSEALED, PaperStanding.STRANGER}

    @property
    def chain_order(self) -> tuple[bool, int, int, str, int]:
        """Its place among all papers, by when they were issued: no teller's clock has a say in it."""
        at_s = self.issued_s
        return at_s is None, at_s or 0, self.ref.schema, self.ref.issuer.lower(), self.ref.number


def seal_events(
    home: Home, schema: int, issuer: str, first: int, events: Sequence[LotEvent], known: Sequence[SealedEvent] = (), *,
    seeds: bytes | None = None,
) -> OpenBatch:  # fmt: skip
    """Seals events in the order of their moments, each on the papers that made what it takes.

    Args:
        home: the contract.
        schema: its number; of `EVENT`.
        issuer: by the name of the series.
        first: the series' next number.
        events: at least one.
        known: those of other batches that these take from.
        seeds: 32 bytes each; drawn anew when None.

    Raises:
        LotError: an event takes what no event is known to have made, or an event was sealed before.
        SealingError: as of `seal_open`.
        PaperError: as of `seal_open`.
    """
    makers = Makers()
    for sealed in known:
        if sealed.counts:
            makers.add(sealed.event, sealed.ref)
    drafts = []
    for place, event in enumerate(events):
        drafts.append(OpenDraft(event.values, makers.of(event)))
        makers.add(event, place)
    return seal_open(home, EVENT, schema, issuer, first, drafts, seeds=seeds)


def events_of(batch: OpenBatch) -> list[SealedEvent]:
    """The events of a batch.

    Raises:
        LotError: it is of another schema, or a paper tells no event; which.
    """
    if batch.definition != EVENT:
        raise LotError(f"the batch's papers are of {batch.definition.name!r}, not of {EVENT.name!r}")
    told = []
    for paper in batch.papers:
        try:
            told.append(SealedEvent(event_of(paper.values), paper.ref, paper.parents))
        except LotError as error:
            raise LotError(f"paper {paper.ref.number}: {error}") from error
    return told


class Makers:
    """Which papers made what, as far as events were added."""

    def __init__(self) -> None:
        self._made: dict[str, list[PaperRef | int]] = defaultdict(list)
        self._packed: dict[str, PaperRef | int] = {}
        self._hashes: set[bytes] = set()

    def add(self, event: LotEvent, paper: PaperRef | int) -> None:
        """Takes note of an event and its paper, or the paper's place.

        Raises:
            LotError: it was added before.
        """
        if event.hash in self._hashes:
            raise LotError(f"the event {event.hash.hex()[:16]}… of {event.at_ms} ms was sealed before: leave it out")
        self._hashes.add(event.hash)
        for amount in event.outputs if event.kind in MAKING else ():
            self._made[amount.name].append(paper)
        if event.kind is EventKind.PACK and event.container is not None:
            self._packed[event.container] = paper

    def of(self, event: LotEvent) -> tuple[PaperRef | int, ...]:
        """The papers that made what an event takes, each once, in the order of what it takes.

        Raises:
            LotError: none did.
        """
        names = [it.name for it in event.inputs]
        names += [event.container] if event.kind is EventKind.UNPACK and event.container is not None else []
        found: dict[PaperRef | int, None] = {}
        for name in names:
            papers = [*self._made.get(name, ()), *([self._packed[name]] if name in self._packed else [])]
            if not papers and event.kind is not EventKind.OBSERVE:
                raise LotError(
                    f"{name} comes from nowhere: no event that is known made or packed it. Give the files of those "
                    "that did, or commission it where it begins"
                )
            found |= dict.fromkeys(papers)
        return tuple(found)
