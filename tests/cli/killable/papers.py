"""Scripts of papers."""

import json

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.admission import Admissions
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import write_batch, write_paper
from beffroi.residents import ResidentKind
from beffroi.units import HOUR_S
from testbed.town import MAYOR, fund
from tests.cli.killable.place import Script, told

BADGE = Definition("badge", (SchemaField("workshop"),))


def attested(place):
    manifest = place.town.manifest
    return Attested(place.rpc, place.town.contract("Attestations"), manifest.chain_id, manifest.start_block)


def series(place):
    """The mayor's own, of badges."""
    name = SeriesName(attested(place).open_schema(MAYOR, BADGE), MAYOR.address)
    attested(place).accredit(MAYOR, name, 2**40 - 1)
    return name


def sealed(place):
    name = series(place)
    drafts = [PaperDraft({"workshop": f"workshop {at}"}, MAYOR.address) for at in range(3)]
    return seal(BADGE, name.schema, name.issuer, 0, drafts)


def issued(place):
    batch = sealed(place)
    attested(place).issue(MAYOR, batch)
    return batch


def schema(place):
    return ["papers", "schema", place.writes("badge.json", json.dumps(BADGE.json))]


def accredit(place):
    name = SeriesName(attested(place).open_schema(MAYOR, BADGE), MAYOR.address)
    return ["papers", "accredit", f"{name.schema}:{name.issuer}", "--until", place.day(30)]


def issue(place):
    path = place.folder / "badges.batch"
    write_batch(path, attested(place).home, sealed(place))
    return ["papers", "issue", path]


def revoke(place):
    batch = issued(place)
    return ["papers", "revoke", f"{batch.schema}:{batch.issuer}", "0,2"]


def use(place):
    path = place.folder / "badge.paper"
    write_paper(path, attested(place).home, issued(place).paper(1))
    return ["papers", "use", path, "open day"]


def admissions(place):
    return Admissions(place.rpc, place.town.contract("Admission"), place.town.manifest.chain_id)


def ask(place):
    name = series(place)
    return ["papers", "ask", "professional", name.schema, name.issuer]


def enrol(place):
    newcomer = Key.derived("newcomer")
    fund(place.rpc, [newcomer])
    name = series(place)
    batch = seal(BADGE, name.schema, name.issuer, 0, [PaperDraft({"workshop": "bakery"}, newcomer.address)])
    attested(place).issue(MAYOR, batch)
    admissions(place).ask(MAYOR, ResidentKind.PROFESSIONAL, name.schema, [name.issuer])
    request = place.folder / "newcomer.json"
    deadline_s = clock_s(place.rpc) + HOUR_S
    admissions(place).request(newcomer, ResidentKind.PROFESSIONAL, [batch.paper(0).paper], deadline_s).write(request)
    return ["papers", "enrol", "--post", request]


SCRIPTS = {
    "papers/schema.py": Script(schema, told("Attestations", "SchemaOpened")),
    "papers/accredit.py": Script(accredit, told("Attestations", "Accredited")),
    "papers/issue.py": Script(issue, told("Attestations", "Issued")),
    "papers/revoke.py": Script(revoke, told("Attestations", "Revoked")),
    "papers/use.py": Script(use, told("Attestations", "Used")),
    "papers/ask.py": Script(ask, told("Admission", "RequirementSet")),
    "papers/enrol.py": Script(enrol, told("Admission", "Admitted")),
}
