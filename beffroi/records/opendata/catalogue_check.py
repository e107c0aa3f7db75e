"""Where a catalogue says what papers do not: whoever serves it may have changed a word, a hash, or where a link leads.

The catalogue is written again, from the papers and from its own words on what no paper tells; every key that is another
is named, and every one that is too many. So nothing can be told beside what is compared, under whatever name.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.records.opendata.catalogue import FREQUENCIES, LICENCES, DataSet
from beffroi.records.opendata.dataversion import Version
from beffroi.records.opendata.dcat import CONTEXT, LANGUAGES, Publication, catalogue_json
from beffroi.records.opendata.history import History
from beffroi.records.paperfile import Home

_WORDS = {
    "dct:title": "the title", "spdx:checksumValue": "the sha256", "dcat:byteSize": "the size",
    "dcat:mediaType": "the media type", "seal:contract": "the contract", "adms:status": "the status",
}  # fmt: skip
_FILE, _VERSIONS, _DATA_SETS = "catalogue.jsonld", "dcat:hasVersion", "dcat:dataset"
_PAPER = ("seal:schema", "seal:issuer", "seal:number")


def base_of(catalogue: Any) -> str:
    """The address below which a catalogue's links lead, as it says itself."""
    return _text(catalogue, "@id").removesuffix(_FILE)


def catalogue_problems(
    catalogue: Any, known: Sequence[History], home: Home, batches: Mapping[Version, str]
) -> list[str]:
    """What is wrong in a catalogue, a sentence each.

    Args:
        catalogue: JSON as it was read.
        known: what the town's papers say.
        home: the contract that the papers are of.
        batches: where each version's batch stands, below the base.
    """
    told, papers = _list(catalogue, _DATA_SETS), {it.identifier: it for it in known}
    names = [_text(it, "dct:identifier") for it in told]
    found = [f"{it}: the catalogue does not tell of it" for it in papers if it not in names]
    if _at(catalogue, "@context") != CONTEXT:
        found.append("the catalogue's context is another: its words may mislead")
    found += [f"{name!r:.60} stands in the catalogue {count} times" for name, count in Counter(names).items()
              if count > 1]  # fmt: skip
    if not told:
        return [*found, "the catalogue has no data set"]
    owner = _at(catalogue, "dct:publisher")
    data_sets = [_data_set(it, owner, papers.get(name)) for it, name in zip(told, names, strict=True)]
    language = next((it for it, uri in LANGUAGES.items() if uri == _at(catalogue, "dct:language")), "fr")
    listed = [papers[it] for it in papers if it in names]
    expected = catalogue_json(Publication(home, base_of(catalogue), language), data_sets, listed, batches)
    around, papers_around = (_without(it, "@context", _DATA_SETS) for it in (catalogue, expected))
    found += _differences(around, papers_around, "the catalogue: ")
    for name, own, papers_own in zip(names, told, expected[_DATA_SETS], strict=True):
        found += _of_data_set(f"{name!r:.60}" if name not in papers else name, own, papers_own)
    return found


def _of_data_set(name: str, told: Any, expected: Any) -> Iterator[str]:
    yield from _differences(_without(told, _VERSIONS), _without(expected, _VERSIONS), f"{name}: ")
    listed = Counter(_text(it, "dcat:version") for it in _list(told, _VERSIONS))
    own = {_text(it, "dcat:version"): it for it in _list(told, _VERSIONS)}
    versions = {it["dcat:version"]: it for it in _list(expected, _VERSIONS)}
    yield from (f"{name}: version {it!r:.60} of the catalogue has no paper" for it in own if it not in versions)
    yield from (f"{name}: version {it!r:.60} stands {count} times" for it, count in listed.items() if count > 1)
    for version, said in versions.items():
        if version in own:
            yield from _differences(own[version], said, f"{name}: version {version}: ")
        else:
            yield f"{name}: the catalogue does not tell of version {version}"


def _differences(told: Any, expected: Any, where: str, key: str = "") -> Iterator[str]:
    """Every key of which what is told is another, or that is told and expected by nothing."""
    if isinstance(told, Mapping) and isinstance(expected, Mapping):
        for name in sorted(told.keys() | expected.keys()):
            inner = key if name in LANGUAGES else name
            yield from _differences(told.get(name), expected.get(name), where, inner)
    elif isinstance(told, list) and isinstance(expected, list) and len(told) == len(expected):
        for one, other in zip(told, expected, strict=True):
            yield from _differences(one, other, where, key)
    elif told != expected or type(told) is not type(expected):
        word = "the paper's place" if key in _PAPER else _WORDS.get(key, key)
        yield f"{where}{word:.60} is {told!r:.100} in the catalogue, and {expected!r:.100} on paper"


def _data_set(told: Any, owner: Any, history: History | None) -> DataSet:
    """A data set by the catalogue's own words, its title by the paper."""
    place, _, level = _said(_at(told, "dct:spatial"), "skos:prefLabel").removesuffix(")").rpartition(" (")
    time, producer = _at(told, "dct:temporal"), _at(told, "dct:publisher")
    files = [file for version in _list(told, _VERSIONS) for file in _list(version, "dcat:distribution")]
    licence = _at(files[0], "dct:license") if files else None
    keywords = _at(told, "dcat:keyword")
    words = [it for many in keywords.values() if isinstance(many, list) for it in many] \
        if isinstance(keywords, Mapping) else []  # fmt: skip
    return {
        "COLL_NOM": _text(owner, "foaf:name"), "COLL_SIRET": _text(owner, "dct:identifier"),
        "ID": _text(told, "dct:identifier"),
        "TITRE": history.head.title if history and history.head else _said(told, "dct:title"),
        "DESCRIPTION": _said(told, "dct:description"), "THEME": _said(_at(told, "dcat:theme"), "skos:prefLabel"),
        "PRODUCTEUR_NOM": _text(producer, "foaf:name"), "PRODUCTEUR_SIRET": _text(producer, "dct:identifier"),
        "COUV_SPAT_MAILLE": level, "COUV_SPAT_NOM": place,
        "COUV_TEMP_DEBUT": _text(time, "dcat:startDate"), "COUV_TEMP_FIN": _text(time, "dcat:endDate"),
        "DATE_PUBL": _text(told, "dct:issued"), "DATE_MAJ": _text(told, "dct:modified"),
        "FREQ_MAJ": next((it for it, uri in FREQUENCIES.items() if uri == _at(told, "dct:accrualPeriodicity")),
                         "Inconnue"),
        "MOTS_CLES": ";".join(map(str, words)), "URL": _text(told, "dcat:landingPage"),
        "LICENCE": next((it for it, uri in LICENCES.items() if uri == licence), "Spécifique ou autre"),
    }  # fmt: skip


def _without(value: Any, *keys: str) -> Any:
    return {key: it for key, it in value.items() if key not in keys} if isinstance(value, Mapping) else value


def _at(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _list(value: Any, key: str) -> list[Any]:
    found = _at(value, key)
    return found if isinstance(found, list) else []


def _text(value: Any, key: str) -> str:
    found = _at(value, key)
    return found if isinstance(found, str) else ""


def _said(value: Any, key: str) -> str:
    """A text in the first language that has one."""
    found = _at(value, key)
    first = next(iter(found.values()), "") if isinstance(found, Mapping) else ""
    return first if isinstance(first, str) else ""
