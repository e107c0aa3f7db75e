"""Events and certificates as the chain has them now: issued or not, revoked, disowned, by whose key."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from beffroi.errors import InputError, StateError
from beffroi.records.attested import BITS, Attested, SeriesName
from beffroi.records.lots.event import EVENT
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent, events_of
from beffroi.records.lots.labels import LotCertificate, certificates_of, is_label
from beffroi.records.lots.lotstory import Story
from beffroi.records.lots.story import follow
from beffroi.records.openbatch import OpenBatch
from beffroi.records.paperfile import hexed
from beffroi.records.published import schemas_of_offices, series_under
from beffroi.town.manifest import Manifest


@dataclass(frozen=True)
class KnownLots:
    """What is published of lots, as it stands now.

    Attributes:
        story: that the events tell together.
        labels: by a label's schema, its name and its certificates.
        towns: the schemas that an office of the town opened; labels of others hold of nothing.
        problems: batches that are not what the chain has, or are NOT of the town; a sentence each.
        unshown: the town's series of lot events with papers on the chain that are in no batch; a sentence each.
    """

    story: Story
    labels: Mapping[int, tuple[str, tuple[LotCertificate, ...]]]
    towns: frozenset[int]
    problems: tuple[str, ...]
    unshown: tuple[str, ...]


@dataclass(frozen=True)
class _Series:
    """What the chain says of a series.

    Attributes:
        key: that signs for it.
        until_s: unix seconds until which it is accredited.
        batches: by root, first and count of each, when it was issued, unix seconds.
        revoked: a bit for each paper, 256 in a word.
        disowned: from which number on, before which.
        problem: why nothing of it can stand; None where it can.
    """

    key: str = ""
    until_s: int = 0
    batches: Mapping[tuple[bytes, int, int], int] = field(default_factory=dict)
    revoked: Sequence[int] = ()
    disowned: tuple[int, int] = (0, 0)
    problem: str | None = None

    def standing(self, number: int) -> PaperStanding:
        """Of a paper that was issued."""
        start, after = self.disowned
        if self.revoked[number // BITS] >> number % BITS & 1:
            return PaperStanding.REVOKED
        return PaperStanding.DISOWNED if start <= number < after else PaperStanding.STANDS


def known_lots(attested: Attested, manifest: Manifest, batches: Sequence[OpenBatch]) -> KnownLots:
    """Asks the chain of what is published of lots.

    Args:
        attested: the contract.
        manifest: of the town, whose offices are asked for.
        batches: of events and of certificates; one that is given again is read once.

    Raises:
        LotError: a batch is of neither, or a paper of it tells no event or names no product.
        RpcError: the node could not say.
    """
    opened = [*attested.contract.events(attested.rpc, "SchemaOpened", first=attested.start_block)]
    towns = frozenset(schemas_of_offices(attested.rpc, manifest, opened))
    series = _all_series(attested, batches)
    events: list[SealedEvent] = []
    labels: dict[int, list[LotCertificate]] = defaultdict(list)
    names: dict[int, str] = {}
    problems: list[str] = []
    for batch in {(it.schema, it.issuer, it.root): it for it in batches}.values():
        told = series[SeriesName(batch.schema, batch.issuer)]
        aside, problem = _aside(attested, batch, told, towns)
        problems += [problem] if problem else []
        issued_s = told.batches.get(_place(batch))
        if is_label(batch.definition):
            names[batch.schema] = batch.definition.name
            labels[batch.schema] += [
                replace(it, standing=aside or told.standing(it.ref.number), accredited_until_s=told.until_s,
                        issued_s=issued_s)
                for it in certificates_of(batch)
            ]  # fmt: skip
        else:
            events += [
                replace(it, standing=aside or told.standing(it.ref.number), issued_s=issued_s)
                for it in events_of(batch)
            ]
    makers = {it.ref.issuer for it in events}
    keys = {name.issuer: told.key for name, told in series.items() if told.key and name.issuer in makers}
    told_labels = {schema: (names[schema], tuple(found)) for schema, found in labels.items()}
    shown = Counter(SeriesName(it.ref.schema, it.ref.issuer) for it in events if not it.is_aside)
    unshown = tuple(_unshown(attested, towns, shown))
    return KnownLots(follow(events, keys), told_labels, towns, tuple(dict.fromkeys(problems)), unshown)


def _unshown(attested: Attested, towns: Collection[int], shown: Mapping[SeriesName, int]) -> Iterator[str]:
    """What is hidden of the town's series of lot events, be anything of them shown or not."""
    for name in series_under(attested, towns, EVENT.__eq__):
        count = attested.next_number(name)
        if hidden := count - shown.get(name, 0):
            whose = f"series {name.schema}:{name.issuer} of the town"
            yield f"{whose}: {hidden} of its {count} papers stand on the chain, and are not shown here"


def chain_problems(attested: Attested, batches: Sequence[OpenBatch]) -> list[str]:
    """What speaks against batches being on the chain as they are, a sentence each.

    Raises:
        RpcError: the node could not say.
    """
    series = _all_series(attested, batches)
    told = [_problem(attested, it, series[SeriesName(it.schema, it.issuer)]) for it in batches]
    return [*dict.fromkeys(it for it in told if it)]


def _all_series(attested: Attested, batches: Sequence[OpenBatch]) -> dict[SeriesName, _Series]:
    return {name: _series(attested, name) for name in {SeriesName(it.schema, it.issuer) for it in batches}}


def _aside(
    attested: Attested, batch: OpenBatch, told: _Series, towns: Collection[int]
) -> tuple[PaperStanding | None, str | None]:
    """How its papers are put aside, and why; None and None where they count."""
    if problem := _problem(attested, batch, told):
        return PaperStanding.UNSEALED, problem
    if batch.schema not in towns:
        words = f"no office of the town opened schema {batch.schema}, {batch.definition.name!r:.60}"
        return PaperStanding.STRANGER, f"series {batch.schema}:{batch.issuer}: NOT of the town: {words}"
    return None, None


def _place(batch: OpenBatch) -> tuple[bytes, int, int]:
    return batch.root, batch.first, len(batch)


def _problem(attested: Attested, batch: OpenBatch, told: _Series) -> str | None:
    whose = f"series {batch.schema}:{batch.issuer}, papers from {batch.first} on"
    if batch.home != attested.home:
        return f"{whose}: of {batch.home.contract} on chain {batch.home.chain_id}, not of this town"
    if told.problem:
        return f"{whose}: {told.problem}"
    defined = attested.definition(batch.schema)
    if defined != batch.definition:
        return f"{whose}: the schema is {defined.name!r:.60} on the chain, not what the file says"
    if _place(batch) not in told.batches:
        return f"{whose}: {hexed(batch.root)} is not on the chain, or the file was changed"
    return None


def _series(attested: Attested, name: SeriesName) -> _Series:
    try:
        attested.definition(name.schema)
        key, until_s, _ = attested.series(name)
    except (StateError, InputError) as error:
        return _Series(problem=str(error))
    batches = {(it.root, it.first, it.count): it.issued_at_s for it in attested.batches(name)}
    start, after = attested.contract.read(attested.rpc, "disownedOf", name.schema, name.issuer)
    return _Series(key, until_s, batches, attested.revoked_words(name), (start, after))


def is_of_lots(batch: OpenBatch) -> bool:
    """Whether a batch is of lot events or of a label's certificates."""
    return batch.definition == EVENT or is_label(batch.definition)
