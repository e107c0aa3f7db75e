"""The register of acts, one missing; a badge of a workshop, shown without its name; open data; lots; a fact."""

import datetime as dt
import tempfile
from pathlib import Path

from beffroi.chain.keys import Key
from beffroi.demo import facts, lots, opendata
from beffroi.demo.stage import Stage
from beffroi.records.actaudit import audit_acts
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.council import DELIBERATION, act_draft, publish_acts
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.opendata.dataversion import VERSION
from beffroi.records.paper import OwnPaper
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.published import ActsFile
from beffroi.records.scdl import Deliberation
from beffroi.records.showing import show, signed
from beffroi.units import DAY_S

ACTS = (
    (1, "Débat sur les orientations budgétaires"),
    (2, "Tarifs de la cantine scolaire"),
    (4, "Convention avec l'association des producteurs"),
    (5, "Rénovation du lavoir"),
)
"""What the council voted in a month; the third was not published."""
BADGE = Definition("badge", (SchemaField("name"), SchemaField("workshop"), SchemaField("day", "date")))
WORKSHOP = "Réparer un vélo"
YEAR_S = 365 * DAY_S


def tell(stage: Stage) -> None:
    """Lives the story of a month of acts, of one badge, of a data set, of a cheese, and of a price."""
    stage.narrator.chapter("Papers: acts of a month, a badge, open data, a cheese, and a price by two of three")
    attested = Attested.of(stage.rpc, stage.manifest)
    _acts(stage, attested)
    _badge(stage, attested)
    clerk = stage.office("clerk")
    opendata.tell(stage, attested, _series(stage, attested, VERSION, clerk.address), clerk)
    lots.tell(stage, attested)
    facts.tell(stage)


def _acts(stage: Stage, attested: Attested) -> None:
    clerk = stage.office("clerk")
    series = _series(stage, attested, DELIBERATION, clerk.address)
    today = dt.datetime.fromtimestamp(stage.now_s(), dt.UTC).date()
    drafts = [act_draft(_deliberation(number, title, today)) for number, title in ACTS]
    batch = seal(DELIBERATION, series.schema, series.issuer, attested.next_number(series), drafts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acts.json"
        publish_acts(path, attested.home, batch)
        file = ActsFile.read(path)
    attested.issue(clerk, batch, "https://valombre.example/acts.json")
    stage.papers.acts.append(file)
    audited = audit_acts([*attested.batches(series)], [file.batch])
    stage.narrator.table(
        ("act", "voted", "of"),
        [(it.act.number, it.act.values["delib_date"] or "", it.act.values["delib_objet"] or "") for it in audited.acts],
    )
    for problem in audited.problems:
        stage.narrator.tell(problem, mark="The audit:")


def _badge(stage: Stage, attested: Attested) -> None:
    workshop, holder = stage.office("commons"), Key.derived("demo", "badge")
    series = _series(stage, attested, BADGE, workshop.address)
    said = {"name": "Camille Berger", "workshop": WORKSHOP, "day": "2026-03-14"}
    batch = seal(BADGE, series.schema, series.issuer, 0, [PaperDraft(said, holder.address)])
    attested.issue(workshop, batch)
    own, nonce, now_s = batch.paper(0), bytes(range(32)), stage.now_s()
    told = _told(attested, own, holder, nonce, now_s)
    stage.narrator.tell(f"The bicycle kitchen is shown a badge: {told}. The name stays with whom it is about.")
    attested.revoke(workshop, series, {0})
    showing = signed(show(attested.home, own, ["workshop"], "the bicycle kitchen", nonce, now_s), holder.secret)
    (problem,) = showing.problems("the bicycle kitchen", nonce, now_s, attested)
    stage.narrator.tell(f"The workshop revokes it, and whoever checks is told: {problem}.")


def _told(attested: Attested, own: OwnPaper, holder: Key, nonce: bytes, now_s: int) -> str:
    showing = signed(show(attested.home, own, ["workshop"], "the bicycle kitchen", nonce, now_s), holder.secret)
    problems = showing.problems("the bicycle kitchen", nonce, now_s, attested)
    return "; ".join(problems) or ", ".join(f"{it.name} “{it.value}”" for it in showing.claims)


def _series(stage: Stage, attested: Attested, definition: Definition, issuer: str) -> SeriesName:
    """A schema of the mayor's, under which an issuer is accredited for a year."""
    mayor = stage.office("mayor")
    series = SeriesName(attested.open_schema(mayor, definition), issuer)
    attested.accredit(mayor, series, stage.now_s() + YEAR_S)
    return series


def _deliberation(number: int, title: str, day: dt.date) -> Deliberation:
    return {
        "COLL_NOM": "Valombre-sur-Lys",
        "COLL_SIRET": "21000000600010",
        "DELIB_ID": f"{day.year}-{number:03}",
        "DELIB_DATE": day.isoformat(),
        "DELIB_MATIERE_CODE": "5.2",
        "DELIB_MATIERE_NOM": "institutions et vie politique/fonctionnement des assemblées",
        "DELIB_OBJET": title,
    }
