"""A catalogue as the world's portals read it: DCAT-AP 3 in JSON-LD, with its one context inside and no other.

What a paper says of a file is told of its distribution, beside the paper's place;
`catalogue_check` compares them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.records.opendata.catalogue import FREQUENCIES, LICENCES, DataSet, words_of
from beffroi.records.opendata.dataversion import Version
from beffroi.records.opendata.history import History
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import Home

_EU = "http://publications.europa.eu/resource/authority/"
LANGUAGES: Mapping[str, str] = {"fr": f"{_EU}language/FRA", "en": f"{_EU}language/ENG"}
STATUS = f"{_EU}distribution-status/"
MEDIA = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
CONTEXT: Mapping[str, Any] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "seal": "urn:beffroi:seal:",
    "dct:title": {"@container": "@language"},
    "dct:description": {"@container": "@language"},
    "dcat:keyword": {"@container": "@language"},
    "skos:prefLabel": {"@container": "@language"},
    **{
        f"{term}": {"@type": "@id"}
        for term in (
            "adms:status", "dcat:accessURL", "dcat:downloadURL", "dcat:landingPage", "dcat:mediaType",
            "dcat:hasCurrentVersion", "dcat:isVersionOf", "dcat:previousVersion", "dct:accrualPeriodicity",
            "dct:language", "dct:license", "spdx:algorithm", "seal:batch",
        )
    },
    **{
        f"{term}": {"@type": "xsd:date"}
        for term in ("dcat:startDate", "dcat:endDate", "dct:issued", "dct:modified")
    },
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary"},
}  # fmt: skip
"""Fixed: nobody fetches one, and nobody can change what the words mean by serving another."""


@dataclass(frozen=True)
class Publication:
    """How a catalogue is published.

    Attributes:
        home: the contract that the papers are of.
        base: the address of the folder of published data, with a `/` at its end.
        language: of the texts: a key of `LANGUAGES`.
    """

    home: Home
    base: str
    language: str = "fr"

    @property
    def contract(self) -> str:
        """The contract on its chain, as CAIP-10 writes it."""
        return f"eip155:{self.home.chain_id}:{self.home.contract}"


def catalogue_json(
    published: Publication, data_sets: Sequence[DataSet], known: Sequence[History], batches: Mapping[Version, str]
) -> dict[str, Any]:
    """A catalogue, as JSON.

    Args:
        published: how.
        data_sets: of the catalogue, at least one.
        known: the versions that are published, of data sets in the catalogue.
        batches: where each version's batch stands, below the base.

    Raises:
        PaperError: a data set with versions is not in the catalogue or has another title there, or two publishers
            claim it.
    """
    by_name = {it.identifier: it for it in known}
    listed = {it["ID"] for it in data_sets}
    if len(by_name) != len(known):
        raise PaperError("two publishers have a data set of one name: publish one of them")
    for name in by_name.keys() - listed:
        raise PaperError(f"{name} has versions, and the catalogue has no such data set: {', '.join(sorted(listed))}")
    for told in data_sets:
        if (own := by_name.get(told["ID"])) and own.head and own.head.title != told["TITRE"]:
            raise PaperError(
                f"{told['ID']}: the catalogue calls it {told['TITRE']!r:.80}, the paper of its latest version "
                f"{own.head.title!r:.80}: keep that title, or seal a version under the new one"
            )
    owner = data_sets[0]
    return {
        "@context": dict(CONTEXT),
        "@id": f"{published.base}catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {published.language: f"Données ouvertes : {owner['COLL_NOM']}"},
        "dct:description": {published.language: "Chaque fichier a sa preuve : une attestation sur la chaîne."},
        "dct:publisher": _agent(owner["COLL_NOM"], owner["COLL_SIRET"]),
        "dct:language": LANGUAGES[published.language],
        "dcat:dataset": [_data_set(published, it, by_name.get(it["ID"]), batches) for it in data_sets],
    }


def _data_set(
    published: Publication, told: DataSet, history: History | None, batches: Mapping[Version, str]
) -> dict[str, Any]:
    language = published.language
    frequency = FREQUENCIES[told["FREQ_MAJ"]]
    found: dict[str, Any] = {
        "@id": _id(published, told["ID"]),
        "@type": "dcat:Dataset",
        "dct:identifier": told["ID"],
        "dct:title": {language: told["TITRE"]},
        "dct:description": {language: told["DESCRIPTION"]},
        "dct:publisher": _agent(told["PRODUCTEUR_NOM"], told["PRODUCTEUR_SIRET"]),
        "dct:language": LANGUAGES[language],
        "dcat:theme": {"@type": "skos:Concept", "skos:prefLabel": {language: told["THEME"]}},
        "dcat:keyword": {language: [*words_of(told["MOTS_CLES"])]},
        "dct:spatial": {
            "@type": "dct:Location",
            "skos:prefLabel": {language: f"{told['COUV_SPAT_NOM']} ({told['COUV_SPAT_MAILLE'].lower()})"},
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": told["COUV_TEMP_DEBUT"],
            "dcat:endDate": told["COUV_TEMP_FIN"],
        },
        "dct:issued": told["DATE_PUBL"],
        "dct:modified": told["DATE_MAJ"],
        "dct:accrualPeriodicity": frequency,
        "dcat:landingPage": told["URL"],
    }
    if history is None:
        return found
    licence = LICENCES[told["LICENCE"]]
    if history.head:
        head = _id(published, told["ID"], history.head)
        found |= {"dcat:hasCurrentVersion": head, "dcat:distribution": [{"@id": f"{head}/file"}]}
    found["dcat:hasVersion"] = [_version(published, told, it, history, licence, batches[it]) for it in history.versions]
    return found


def _version(
    published: Publication, told: DataSet, version: Version, history: History, licence: str | None, batch: str
) -> dict[str, Any]:
    own, language = _id(published, told["ID"], version), published.language
    file = f"{published.base}{version.place}"
    withdrawn = version.ref in history.taken_back
    distribution: dict[str, Any] = {
        "@id": f"{own}/file",
        "@type": "dcat:Distribution",
        "dcat:accessURL": told["URL"],
        "dcat:downloadURL": file,
        "dcat:byteSize": str(version.size_bytes),
        "dcat:mediaType": MEDIA + version.media_type,
        "adms:status": STATUS + ("WITHDRAWN" if withdrawn else "COMPLETED"),
        "spdx:checksum": {
            "@type": "spdx:Checksum", "spdx:algorithm": SHA256, "spdx:checksumValue": version.sha256.hex()
        },
        "seal:paper": {
            "seal:contract": published.contract, "seal:schema": version.ref.schema,
            "seal:issuer": version.ref.issuer, "seal:number": version.ref.number,
            "seal:batch": f"{published.base}{batch}",
        },
    }  # fmt: skip
    if licence:
        distribution["dct:license"] = licence
    names = {it.ref: it for it in history.versions}
    before = [_id(published, told["ID"], names[it]) for it in version.parents if it in names]
    return {
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:title": {language: version.title},
        "dct:description": {language: told["DESCRIPTION"]},
        "dcat:version": version.name,
        "dcat:isVersionOf": _id(published, told["ID"]),
        **({"dcat:previousVersion": before} if before else {}),
        "dcat:distribution": [distribution],
    }


def _agent(name: str, siret: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "foaf:name": name, "dct:identifier": siret}


def _id(published: Publication, data_set: str, version: Version | None = None) -> str:
    base = f"{published.base}catalogue.jsonld#{data_set}"
    return base if version is None else f"{base}/{version.name}"
