"""Where a catalogue says of files what their papers do not: whoever serves it may have changed a word or a hash.

A catalogue is read by its fixed keys, as `dcat` writes them, whatever else stands in it; its context is not asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.records.opendata.dataversion import Version
from beffroi.records.opendata.dcat import CONTEXT, MEDIA
from beffroi.records.opendata.history import History
from beffroi.records.paperfile import Home


def catalogue_problems(catalogue: Any, known: Sequence[History], home: Home) -> list[str]:
    """What is wrong in a catalogue, a sentence each.

    Args:
        catalogue: JSON as it was read.
        known: what the papers say.
        home: the contract that the papers are of.
    """
    found = (
        [] if _at(catalogue, "@context") == CONTEXT else ["the catalogue's context is another: its words may mislead"]
    )
    data_sets = {_text(it, "dct:identifier"): it for it in _list(catalogue, "dcat:dataset")}
    for history in known:
        told = data_sets.get(history.identifier)
        if told is None:
            found.append(f"{history.identifier}: the catalogue does not tell of it")
            continue
        found += [f"{history.identifier}: {it}" for it in _of_data_set(told, history, home)]
    known_names = {it.identifier for it in known}
    for name, told in data_sets.items():
        if name not in known_names and _list(told, "dcat:hasVersion"):
            found.append(f"{name!r:.60}: no paper says what its files are")
    return found


def _of_data_set(told: Any, history: History, home: Home) -> Iterator[str]:
    if history.head and history.head.title not in (titles := _texts(told, "dct:title")):
        yield f"the catalogue calls it {titles!r:.100}, and its latest paper {history.head.title!r:.80}"
    listed = {_text(it, "dcat:version"): it for it in _list(told, "dcat:hasVersion")}
    for version in history.versions:
        said = listed.pop(version.name, None)
        if said is None:
            yield f"the catalogue does not tell of version {version.name}"
            continue
        for what, mine, papers in _facts(said, version, home):
            if mine != papers:
                yield f"version {version.name}: {what} is {mine!r:.100} in the catalogue, and {papers!r:.100} on paper"
    for name in listed:
        yield f"version {name!r:.60} of the catalogue has no paper"


def _facts(said: Any, version: Version, home: Home) -> Iterator[tuple[str, object, object]]:
    """What is told, how the catalogue has it, and how the paper."""
    distributions = _list(said, "dcat:distribution")
    file = distributions[0] if len(distributions) == 1 else None
    seal = _at(file, "seal:paper")
    paper = version.ref
    yield "the title", _texts(said, "dct:title"), [version.title]
    yield "the sha256", _text(_at(file, "spdx:checksum"), "spdx:checksumValue"), version.sha256.hex()
    yield "the size", _text(file, "dcat:byteSize"), str(version.size_bytes)
    yield "the media type", _text(file, "dcat:mediaType"), MEDIA + version.media_type
    yield "the contract", _text(seal, "seal:contract"), f"eip155:{home.chain_id}:{home.contract}"
    place = [_at(seal, f"seal:{name}") for name in ("schema", "issuer", "number")]
    yield "the paper's place", place, [paper.schema, paper.issuer, paper.number]


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _list(value: Any, key: str) -> list[Any]:
    found = _at(value, key)
    return found if isinstance(found, list) else []


def _text(value: Any, key: str) -> str:
    found = _at(value, key)
    return found if isinstance(found, str) else ""


def _texts(value: Any, key: str) -> list[Any]:
    found = _at(value, key)
    return [*found.values()] if isinstance(found, Mapping) else []
