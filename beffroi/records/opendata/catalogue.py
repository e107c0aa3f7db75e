"""A catalogue of open data as French local authorities keep it: SCDL *catalogue* 0.1.3, read and written.

A file is read by the schema's own rules (types, patterns, lists of words, its checks), and by two of ours: an
identifier is one word, for it is part of addresses, and stands once.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError, Row
from beffroi.errors import InputError
from beffroi.records.definition import SchemaField
from beffroi.records.scdl import day, matching, require_csv, siret, web_address
from beffroi.spreadsheet import guarded, unguarded

NAMES = (
    "COLL_NOM", "COLL_SIRET", "ID", "TITRE", "DESCRIPTION", "THEME", "PRODUCTEUR_NOM", "PRODUCTEUR_SIRET",
    "COUV_SPAT_MAILLE", "COUV_SPAT_NOM", "COUV_TEMP_DEBUT", "COUV_TEMP_FIN", "DATE_PUBL", "FREQ_MAJ", "DATE_MAJ",
    "MOTS_CLES", "LICENCE", "NOMBRE_RESSOURCES", "FORMAT_RESSOURCES", "URL",
)  # fmt: skip
"""The columns, in the schema's order; all are required."""
LEVELS = ("Infracommunale", "Communale", "Intercommunale", "Cantonale", "Départementale", "Régionale", "Autre")
_EU = "http://publications.europa.eu/resource/authority/"
FREQUENCIES: Mapping[str, str] = {
    word: f"{_EU}frequency/{code}"
    for word, code in {
        "Inconnue": "UNKNOWN", "Ponctuelle": "NEVER", "Irrégulière": "IRREG", "Continuelle": "CONT",
        "Toutes les heures": "HOURLY", "Quotidienne ou plusieurs fois par jour": "DAILY",
        "Hebdomadaire ou plusieurs fois par semaine": "WEEKLY", "Mensuelle ou plusieurs fois par mois": "MONTHLY",
        "Bimestrielle": "BIMONTHLY", "Trimestrielle": "QUARTERLY", "Semestrielle": "ANNUAL_2", "Annuelle": "ANNUAL",
        "Biennale": "BIENNIAL", "Triennale": "TRIENNIAL", "Quinquennale": "QUINQUENNIAL",
    }.items()
}  # fmt: skip
"""SCDL's words, each with the term of the EU's authority table that DCAT-AP asks for."""
LICENCES: Mapping[str, str | None] = {
    "Licence Ouverte-LO": "https://spdx.org/licenses/etalab-2.0",
    "Open Database License-ODBL": "https://spdx.org/licenses/ODbL-1.0",
    "Creative Commons-CC": "https://creativecommons.org/licenses/",
    "Spécifique ou autre": None,
}
"""SCDL's words, each with where the licence is to be read, as far as the word says which it is."""
DataSet = Mapping[str, str]
"""A data set: the text of each column."""


def read_catalogue(path: Path) -> list[DataSet]:
    """The data sets of a file, all of them right.

    Raises:
        CsvError: it is no such file, or breaks a rule; with every line.
    """
    require_csv(path)
    rows = csvfile.read(path, [Column(name, _PARSERS.get(name, _text), unique=name == "ID") for name in NAMES])
    if problems := [f"line {row.line}: {problem}" for row in rows for problem in _across(row)]:
        raise CsvError(path, problems)
    return [{name: row[name] for name in NAMES} for row in rows]


def write_catalogue(data_sets: Sequence[DataSet]) -> str:
    """Data sets as a file of the schema, in UTF-8 with commas, of which no spreadsheet runs anything."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(text) for name, text in it.items()} for it in data_sets)
    return table.getvalue()


def title_in(data_sets: Sequence[DataSet], name: str) -> str:
    """The title of a data set of a catalogue.

    Raises:
        InputError: it has none of that identifier.
    """
    titles = {it["ID"]: it["TITRE"] for it in data_sets}
    if name not in titles:
        raise InputError(f"the catalogue has no data set {name[:60]!r}: {', '.join(titles)}")
    return titles[name]


def words_of(text: str) -> tuple[str, ...]:
    """What stands between semicolons."""
    return tuple(word.strip() for word in text.split(";") if word.strip())


def identifier(text: str) -> str:
    """The name of a data set, which is part of addresses.

    Raises:
        InputError: it is none.
    """
    words = "no identifier of a data set: small letters without accents, digits, -, _ and . between, 100 at most"
    return matching(r"(?=.{1,100}$)[a-z0-9]+([-_.][a-z0-9]+)*", words)(text)


def _text(text: str) -> str:
    value = unguarded(text)
    SchemaField("text").require(value)
    return value


def _one_of(words: Sequence[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise InputError(f"{text[:60]!r} is none of: {', '.join(words)}")
        return text

    return parse


def _resources(text: str) -> str:
    if not (count := csvfile.number(text)):
        raise InputError("a data set has one resource at least")
    return str(count)


_PARSERS: Mapping[str, Callable[[str], str]] = {
    "COLL_SIRET": siret,
    "PRODUCTEUR_SIRET": siret,
    "ID": identifier,
    "COUV_SPAT_MAILLE": _one_of(LEVELS),
    "FREQ_MAJ": _one_of([*FREQUENCIES]),
    "LICENCE": _one_of([*LICENCES]),
    "NOMBRE_RESSOURCES": _resources,
    "URL": web_address,
    **dict.fromkeys(("COUV_TEMP_DEBUT", "COUV_TEMP_FIN", "DATE_PUBL", "DATE_MAJ"), day),
}


def _across(row: Row) -> Iterator[str]:
    for first, last in (("COUV_TEMP_DEBUT", "COUV_TEMP_FIN"), ("DATE_PUBL", "DATE_MAJ")):
        if row[first] and row[last] and row[last] < row[first]:
            yield f"{last}: {row[last]} is before {first}, {row[first]}"
