"""How published versions stand on the chain: issued or not, revoked, disowned, whose; what nobody published."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beffroi.errors import InputError, StateError
from beffroi.records.attested import Attested, IssuedBatch, SeriesName
from beffroi.records.openbatch import OpenBatch
from beffroi.records.opendata.dataversion import VERSION, Version, versions_of
from beffroi.records.opendata.history import History, histories
from beffroi.records.opendata.sensorsday import DAY
from beffroi.records.paper import PaperRef
from beffroi.records.paperfile import hexed
from beffroi.records.published import schemas_of_offices, series_under
from beffroi.town.manifest import Manifest


@dataclass(frozen=True)
class DataStanding:
    """Versions as the chain has them.

    Attributes:
        histories: by data set, of what was issued.
        batches: those that were issued, of versions or of anything.
        issued_at_s: of each paper, unix seconds.
        taken_back: those that were revoked or disowned.
        offices: the schemas that an office of the town opened: their series are the town's.
        problems: what is published and not issued, or the other way round; a sentence each.
        hidden: of each series of which something is shown, the last paper that stands on the chain and is not shown.
        left_out: series of the town of which nothing is shown, a sentence each.
    """

    histories: tuple[History, ...]
    batches: tuple[OpenBatch, ...]
    issued_at_s: Mapping[PaperRef, int]
    taken_back: frozenset[PaperRef]
    offices: frozenset[int]
    problems: tuple[str, ...]
    hidden: Mapping[SeriesName, int]
    left_out: tuple[str, ...]

    def batch_of(self, version: Version) -> OpenBatch:
        """The batch of a version that was issued."""
        return next(it for it in self.batches if version.ref in {paper.ref for paper in it.papers})

    def find(self, sha256: bytes) -> list[tuple[History, Version]]:
        """The versions whose file has that hash: the town's first, of them the latest, then those that hold."""
        found = [(history, it) for history in self.histories for it in history.versions if it.sha256 == sha256]
        return sorted(
            found,
            key=lambda it: (it[0].schema not in self.offices, it[0].head != it[1], it[1].ref in self.taken_back),
        )

    def hidden_after(self, version: Version) -> int | None:
        """The last paper of a version's series that comes after it and is not shown; None where there is none."""
        last = self.hidden.get(SeriesName(version.ref.schema, version.ref.issuer), -1)
        return last if last > version.ref.number else None


def standing(attested: Attested, manifest: Manifest, batches: Sequence[OpenBatch]) -> DataStanding:
    """Asks the chain of published batches.

    Args:
        attested: the contract.
        manifest: of the town, whose offices are asked for.
        batches: as they were found.

    Raises:
        RpcError: the node could not say.
    """
    problems: list[str] = []
    series: dict[SeriesName, list[OpenBatch]] = defaultdict(list)
    for batch in batches:
        series[SeriesName(batch.schema, batch.issuer)].append(batch)
    issued: list[tuple[OpenBatch, int]] = []
    hidden: dict[SeriesName, int] = {}
    back: set[PaperRef] = set()
    for name, own in series.items():
        found, told, unshown = _issued(attested, name, own)
        issued += found
        if unshown:
            hidden[name] = max(it.first + it.count - 1 for it in unshown)
        problems += told
        refs = {paper.ref.number: paper.ref for batch, _ in found for paper in batch.papers}
        back |= {refs[number] for number in attested.taken_back(name, refs)}
    versions: list[Version] = []
    for batch, _ in issued:
        if batch.definition == VERSION:
            try:
                versions += versions_of(batch)
            except InputError as error:
                problems.append(str(error))
    opened = [*attested.contract.events(attested.rpc, "SchemaOpened", first=attested.start_block)]
    offices = schemas_of_offices(attested.rpc, manifest, opened)
    return DataStanding(
        tuple(histories(versions, back)),
        tuple(batch for batch, _ in issued),
        {paper.ref: at_s for batch, at_s in issued for paper in batch.papers},
        frozenset(back),
        frozenset(offices),
        tuple(problems),
        hidden,
        tuple(_left_out(attested, offices, series)),
    )


def _left_out(attested: Attested, offices: Collection[int], shown: Collection[SeriesName]) -> Iterator[str]:
    """Series of data under the town's schemas that have papers, and nothing in what is shown."""
    for name in series_under(attested, offices, (VERSION, DAY).__contains__):
        if name not in shown and (count := attested.next_number(name)):
            whose = f"series {name.schema}:{name.issuer} of the town"
            yield f"{whose} has {count} papers, and nothing of it is published here"


def _issued(
    attested: Attested, name: SeriesName, own: Sequence[OpenBatch]
) -> tuple[list[tuple[OpenBatch, int]], list[str], list[IssuedBatch]]:
    """Those batches that stand on the chain, each with when; what is wrong with the series; what is not shown of it."""
    whose = f"series {name.schema}:{name.issuer}"
    if any(batch.home != attested.home for batch in own):
        return [], [f"{whose}: its papers are of another contract, or of another chain"], []
    try:
        definition = attested.definition(name.schema)
        on_chain = [*attested.batches(name)]
    except (StateError, InputError) as error:
        return [], [f"{whose}: {error}"], []
    told: list[str] = []
    by_place = {(it.root, it.first, it.count): it for it in on_chain}
    found: dict[IssuedBatch, OpenBatch] = {}
    for batch in own:
        issued = by_place.get((batch.root, batch.first, len(batch)))
        if batch.definition != definition:
            told.append(f"{whose}: its schema is {definition.name!r:.60} on the chain, not what the file says")
        elif issued is None:
            told.append(f"{whose}: the papers from {batch.first} on, {hexed(batch.root)}, are not on the chain")
        else:
            found[issued] = batch
    hidden = [it for it in on_chain if it not in found]
    told += [
        f"{whose}: paper {it.first}{f' to {it.first + it.count - 1}' if it.count > 1 else ''} stands on the chain, and "
        "is not published here: it may be a later version" for it in hidden
    ]  # fmt: skip
    return [(batch, issued.issued_at_s) for issued, batch in found.items()], told, hidden
