"""A data set published, its second version, a file that somebody got, and the same with one byte changed."""

from collections.abc import Sequence
from pathlib import Path

from eth_account.signers.local import LocalAccount

from beffroi.chain.artifacts import ROOT
from beffroi.demo.stage import Stage
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.openbatch import OpenBatch, seal_open
from beffroi.records.opendata.csvrows import Rows, difference
from beffroi.records.opendata.dataversion import VERSION, DataFile, version_draft
from beffroi.records.opendata.folder import tell_data
from beffroi.records.opendata.issueddata import DataStanding, standing
from beffroi.records.paper import PaperRef

FOLDER = ROOT / "build" / "demo"
BASE = "https://valombre.example/town/data/"
DATA_SET = {
    "COLL_NOM": "Valombre-sur-Lys", "COLL_SIRET": "21000000600010", "ID": "comptages-velos",
    "TITRE": "Comptages de vélos", "DESCRIPTION": "Passages par jour aux trois compteurs de la commune.",
    "THEME": "Transports", "PRODUCTEUR_NOM": "Valombre-sur-Lys", "PRODUCTEUR_SIRET": "21000000600010",
    "COUV_SPAT_MAILLE": "Communale", "COUV_SPAT_NOM": "Valombre-sur-Lys", "COUV_TEMP_DEBUT": "2026-03-01",
    "COUV_TEMP_FIN": "2026-04-30", "DATE_PUBL": "2026-04-01", "FREQ_MAJ": "Mensuelle ou plusieurs fois par mois",
    "DATE_MAJ": "2026-05-01", "MOTS_CLES": "velos;comptages", "LICENCE": "Licence Ouverte-LO",
    "NOMBRE_RESSOURCES": "1", "FORMAT_RESSOURCES": "csv", "URL": "https://valombre.example/donnees/comptages-velos",
}  # fmt: skip
UNSEALED = DATA_SET | {
    "ID": "arbres", "TITRE": "Arbres remarquables", "DESCRIPTION": "Essence, année et lieu de quarante arbres.",
    "THEME": "Environnement", "MOTS_CLES": "arbres", "URL": "https://valombre.example/donnees/arbres",
}  # fmt: skip
PLACES = ("Pont-Neuf, aval", "Gare", "Place du Lavoir")


def tell(stage: Stage, attested: Attested, series: SeriesName, publisher: LocalAccount) -> None:
    """Lives the story of two versions of a data set.

    Args:
        stage: of the demo.
        attested: the town's papers.
        series: of versions of data sets.
        publisher: whose it is.
    """
    files = [DataFile.read(_file(name, days)) for name, days in (("mars", 31), ("avril", 61))]
    batches: list[OpenBatch] = []
    for name, file in zip(("1", "2"), files, strict=True):
        before = batches[-1].papers[0].ref if batches else None
        batches.append(_issue(attested, series, publisher, file, name, before))
    known = standing(attested, stage.manifest, batches)
    stage.papers.data = tell_data(BASE, [DATA_SET, UNSEALED], batches, files, known)
    stage.narrator.table(
        ("version", "rows", "sha256"),
        [(it.name, f"{(it.rows or 1) - 1}", f"{it.sha256.hex()[:16]}…") for it in known.histories[0].versions],
    )
    stage.narrator.tell(f"The file of March is dropped: {_told(known, files[0])}.")
    changed = FOLDER / "changed.csv"
    changed.write_text(files[1].path.read_text(encoding="utf-8").replace("412", "812", 1), encoding="utf-8")
    got = DataFile.read(changed)
    how = difference(Rows.of(got.data), Rows.of(files[1].data))
    stage.narrator.tell(
        f"The file of April with one byte changed: {_told(known, got)}; beside version 2 it has "
        f"{how.words if how else 'nothing in common'}."
    )


def _issue(
    attested: Attested, series: SeriesName, publisher: LocalAccount, file: DataFile, name: str, before: PaperRef | None
) -> OpenBatch:
    draft = version_draft(file, DATA_SET["ID"], name, DATA_SET["TITRE"], before)
    first = attested.next_number(series)
    batch = seal_open(attested.home, VERSION, series.schema, series.issuer, first, [draft])
    attested.issue(publisher, batch, f"{BASE}{name}.json")
    return batch


def _told(known: DataStanding, file: DataFile) -> str:
    found = known.find(file.sha256)
    if not found:
        return "it is none of the published versions"
    history, version = found[0]
    latest = "the latest" if history.head == version else "no more the latest"
    return f"version {version.name} of {version.identifier}, {latest}"


def _file(name: str, days: int) -> Path:
    """Counts of so many days, the same in every run."""
    path = FOLDER / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["jour,lieu,passages", *_rows(days)]) + "\n", encoding="utf-8")
    return path


def _rows(days: int) -> Sequence[str]:
    return [
        f'{"2026-03" if day < 31 else "2026-04"}-{day % 31 + 1:02},"{place}",{412 + 37 * day % 211 - 90 * at}'
        for day in range(days) for at, place in enumerate(PLACES)
    ]  # fmt: skip
