"""Events and certificates as the chain has them now: issued or not, revoked, disowned, by whose key."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from beffroi.errors import InputError, StateError
from beffroi.records.attested import BITS, Attested, SeriesName
from beffroi.records.lots.event import EVENT
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent, events_of
from beffroi.records.lots.labels import LotCertificate, certificates_of, is_label
from beffroi.records.lots.story import follow
from beffroi.records.lots.walk import Story
from beffroi.records.openbatch import OpenBatch
from beffroi.records.paperfile import hexed


@dataclass(frozen=True)
class KnownLots:
    """What is published of lots, as it stands now.

    Attributes:
        story: that the events tell together.
        labels: by a label's schema, its name and its certificates.
        problems: batches that are not what the chain has, a sentence each.
    """

    story: Story
    labels: Mapping[int, tuple[str, tuple[LotCertificate, ...]]]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class _Series:
    """What the chain says of a series.

    Attributes:
        key: that signs for it.
        until_s: unix seconds until which it is accredited.
        batches: root, first and count of each.
        revoked: a bit for each paper, 256 in a word.
        disowned: from which number on, before which.
        problem: why nothing of it can stand; None where it can.
    """

    key: str = ""
    until_s: int = 0
    batches: frozenset[tuple[bytes, int, int]] = frozenset()
    revoked: Sequence[int] = ()
    disowned: tuple[int, int] = (0, 0)
    problem: str | None = None

    def standing(self, number: int) -> PaperStanding:
        """Of a paper that was issued."""
        start, after = self.disowned
        if self.revoked[number // BITS] >> number % BITS & 1:
            return PaperStanding.REVOKED
        return PaperStanding.DISOWNED if start <= number < after else PaperStanding.STANDS


def known_lots(attested: Attested, batches: Sequence[OpenBatch]) -> KnownLots:
    """Asks the chain of what is published of lots.

    Args:
        attested: the contract.
        batches: of events and of certificates.

    Raises:
        LotError: a batch is of neither, or a paper of it tells no event or names no product.
        RpcError: the node could not say.
    """
    series = {name: _series(attested, name) for name in {SeriesName(it.schema, it.issuer) for it in batches}}
    events: list[SealedEvent] = []
    labels: dict[int, list[LotCertificate]] = defaultdict(list)
    names: dict[int, str] = {}
    problems: list[str] = []
    for batch in batches:
        told = series[SeriesName(batch.schema, batch.issuer)]
        problem = _problem(attested, batch, told)
        problems += [problem] if problem else []
        if is_label(batch.definition):
            names[batch.schema] = batch.definition.name
            for it in certificates_of(batch):
                standing = PaperStanding.UNSEALED if problem else told.standing(it.ref.number)
                labels[batch.schema].append(replace(it, standing=standing, accredited_until_s=told.until_s))
        else:
            for sealed in events_of(batch):
                standing = PaperStanding.UNSEALED if problem else told.standing(sealed.ref.number)
                events.append(replace(sealed, standing=standing))
    keys = {name.issuer: told.key for name, told in series.items() if told.key}
    makers = {it.ref.issuer for it in events}
    story = follow(events, {issuer: key for issuer, key in keys.items() if issuer in makers})
    told_labels = {schema: (names[schema], tuple(found)) for schema, found in labels.items()}
    return KnownLots(story, told_labels, tuple(dict.fromkeys(problems)))


def _problem(attested: Attested, batch: OpenBatch, told: _Series) -> str | None:
    whose = f"series {batch.schema}:{batch.issuer}, papers from {batch.first} on"
    if batch.home != attested.home:
        return f"{whose}: of {batch.home.contract} on chain {batch.home.chain_id}, not of this town"
    if told.problem:
        return f"{whose}: {told.problem}"
    defined = attested.definition(batch.schema)
    if defined != batch.definition:
        return f"{whose}: the schema is {defined.name!r:.60} on the chain, not what the file says"
    if (batch.root, batch.first, len(batch)) not in told.batches:
        return f"{whose}: {hexed(batch.root)} is not on the chain, or the file was changed"
    return None


def _series(attested: Attested, name: SeriesName) -> _Series:
    try:
        attested.definition(name.schema)
        key, until_s, _ = attested.series(name)
    except (StateError, InputError) as error:
        return _Series(problem=str(error))
    batches = frozenset((it.root, it.first, it.count) for it in attested.batches(name))
    start, after = attested.contract.read(attested.rpc, "disownedOf", name.schema, name.issuer)
    return _Series(key, until_s, batches, attested.revoked_words(name), (start, after))


def is_of_lots(batch: OpenBatch) -> bool:
    """Whether a batch is of lot events or of a label's certificates."""
    return batch.definition == EVENT or is_label(batch.definition)
