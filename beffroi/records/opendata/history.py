"""The versions of each data set in their order: one first, each the next of one, one head. What is not so is told.

A version that was taken back and on which nothing rests counts no more: whoever published a wrong one revokes it, and
goes on from the one before.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beffroi.records.opendata.dataversion import Version
from beffroi.records.paper import PaperRef

Children = Mapping[PaperRef, Sequence[Version]]


@dataclass(frozen=True)
class History:
    """A data set by its versions.

    Attributes:
        identifier: of it.
        schema: of its papers.
        issuer: whose papers they are, by the name of the series.
        versions: in the order of their numbers.
        taken_back: those that were revoked or disowned.
        head: the latest; None where there is none, or several could be.
        problems: what is wrong, a sentence each.
    """

    identifier: str
    schema: int
    issuer: str
    versions: tuple[Version, ...]
    taken_back: frozenset[PaperRef]
    head: Version | None
    problems: tuple[str, ...]


def histories(versions: Sequence[Version], taken_back: Collection[PaperRef] = ()) -> list[History]:
    """The data sets that versions are of, by identifier and issuer.

    Args:
        versions: all that are published.
        taken_back: the papers that were revoked or disowned.
    """
    groups: dict[tuple[str, int, str], list[Version]] = defaultdict(list)
    for version in sorted(versions, key=lambda it: it.ref.number):
        groups[version.identifier, version.ref.schema, version.ref.issuer].append(version)
    claimed = Counter(name for name, _, _ in groups)
    known = {it.ref: it for it in versions}
    return [_history(name, own, known, frozenset(taken_back), claimed[name[0]]) for name, own in sorted(groups.items())]


def _history(
    name: tuple[str, int, str], own: Sequence[Version], known: Mapping[PaperRef, Version], back: frozenset[PaperRef],
    claimed: int,
) -> History:  # fmt: skip
    following: dict[PaperRef, list[Version]] = defaultdict(list)
    problems: list[str] = []
    for version in own:
        problems += _unfounded(version, own[0], known)
        for parent in version.parents:
            if parent.number < version.ref.number:
                following[parent].append(version)
    live = _live(own, following, back)
    problems += [*_repeated(own, live), *_forks(own, following, live)]
    heads = [it for it in own if it.ref in live and not any(next_.ref in live for next_ in following[it.ref])]
    if len(heads) > 1:
        problems.append(f"{len(heads)} versions are the latest: {_names(heads)}")
    if not heads:
        problems.append("no version of it holds: all are revoked or disowned")
    if claimed > 1:
        problems.append(f"{claimed} publishers have a data set of this name")
    head = heads[0] if len(heads) == 1 else None
    return History(*name, tuple(own), back & {it.ref for it in own}, head, tuple(problems))


def _unfounded(version: Version, first: Version, known: Mapping[PaperRef, Version]) -> Iterator[str]:
    if not version.parents and version is not first:
        yield f"version {version.name} names no version before it, and is not the first: that is {first.name}"
    if len(version.parents) > 1:
        yield f"version {version.name} names {len(version.parents)} versions before it, where one comes before another"
    for parent in version.parents:
        before = known.get(parent)
        if before is None:
            yield f"version {version.name} rests on paper {parent.number}, which is published nowhere: a gap"
        elif (before.identifier, parent.schema, parent.issuer) != (
            version.identifier, version.ref.schema, version.ref.issuer
        ):  # fmt: skip
            yield f"version {version.name} rests on version {before.name} of {before.identifier}, by {parent.issuer}"
        elif parent.number >= version.ref.number:
            yield f"version {version.name} rests on version {before.name}, which came later"


def _live(own: Sequence[Version], following: Children, back: Collection[PaperRef]) -> set[PaperRef]:
    """Those that hold, and those on which one rests that does."""
    live: set[PaperRef] = set()
    for version in reversed(own):
        if version.ref not in back or any(it.ref in live for it in following.get(version.ref, ())):
            live.add(version.ref)
    return live


def _repeated(own: Sequence[Version], live: Collection[PaperRef]) -> list[str]:
    names = Counter(it.name for it in own if it.ref in live)
    return [f"{times} versions are called {name}" for name, times in names.items() if times > 1]


def _forks(own: Sequence[Version], following: Children, live: Collection[PaperRef]) -> Iterator[str]:
    for version in own:
        after = [it for it in following.get(version.ref, ()) if it.ref in live]
        if len(after) > 1:
            yield f"a fork: versions {_names(after)} all come after version {version.name}"


def _names(versions: Sequence[Version]) -> str:
    return ", ".join(it.name for it in versions)
