"""Papers and acts by their commands alone: an accreditor's, an issuer's, a holder's, a verifier's, a reader's."""

import json

import pytest
from openbadgeslib.keys import KeyEd25519
from openbadgeslib.ob3 import did_key_from_pem

from beffroi.chain.contract import Contract
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.admission import Admissions, NotAskedError
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import read_paper, write_paper
from beffroi.records.scdl import write_scdl
from beffroi.residents import ResidentKind
from beffroi.roll import read_csv
from beffroi.town.manifest import DEPLOYMENTS, read_manifest
from testbed.town import MAYOR, fund
from tests.journeys.conftest import NAME
from tests.records.conftest import DIPLOMA
from tests.records.test_acts import deliberations

NONCE = "0x" + "42" * 32
NEWCOMER, SCHOOL = Key.derived("newcomer"), Key.derived("school")
RESIDENCE = Definition("residence", (SchemaField("street"),))
PAPERS = f"""account;name;born;degree;grade;until;copies
{MAYOR.address};Alice Martin;2000-02-29;Licence de droit;17;2099-12-31;2
;Bob Noël;1999-01-31;Licence de droit;;;
"""


def test_papers_and_acts_by_their_commands(tmp_path, does):
    diploma, listed, batch = tmp_path / "diploma.json", tmp_path / "papers.csv", tmp_path / "papers.batch"
    alice, shown = tmp_path / "alice.paper", tmp_path / "shown.json"
    series = f"1:{MAYOR.address}"
    diploma.write_text(json.dumps(DIPLOMA.json))
    assert "has number 1" in does("papers", "schema", diploma)
    assert "may issue under schema 1 until" in does("papers", "accredit", series, "--until", "2099-12-31")
    listed.write_text(PAPERS.replace("2000-02-29", "29/02/2000"))
    assert "papers.csv has 1 problem" in does("papers", "seal", series, listed, batch, code=1)
    assert "there is no schema 9" in does("papers", "seal", f"9:{MAYOR.address}", listed, batch, code=1)
    listed.write_text(PAPERS)
    assert "3 papers, numbers 0 to 2" in does("papers", "seal", series, listed, batch)
    assert "exists" in does("papers", "seal", series, listed, batch, code=1)
    assert "Papers 0 to 2 are issued" in does("papers", "issue", batch)

    does("papers", "give", batch, 0, alice)
    asked = ("--to", "the employer", "--nonce", NONCE)
    assert "shows degree to the employer" in does("papers", "show", alice, "degree", shown, *asked)
    check = ("papers", "check", shown, "--as", "the employer", "--nonce", NONCE)
    told = does(*check)
    assert "degree: Licence de droit" in told
    assert "Alice" not in told
    assert "NOT ASKED: whether it was issued" in does(*check, "--offline", code=3)
    assert "somebody passes it on" in does(*check[:-1], "0x" + "43" * 32, code=1)
    assert "is used: canteen" in does("papers", "use", alice, "canteen")
    assert "2 revoked, 0 were already" in does("papers", "revoke", series, "0-1")
    assert "0 revoked, 1 were already" in does("papers", "revoke", series, "1")
    assert "it is revoked" in does(*check, code=1)
    assert "never held" in does("papers", "accredit", series, "--end", "--disown", "2")

    _wallets(tmp_path, does, alice, shown, diploma)
    _acts(tmp_path, does)
    _badges(tmp_path, does)
    _roll(tmp_path, does, bob=tmp_path / "again.batch")


def _wallets(tmp_path, does, alice, shown, diploma):
    """The third of the batch goes out to a wallet, is presented, comes in again, and is revoked."""
    bob, token, presented = tmp_path / "bob.paper", tmp_path / "bob.sd-jwt", tmp_path / "bob.shown"
    series, listed, url = f"1:{MAYOR.address}", tmp_path / "status.jwt", "https://university.example/status/1"
    named = ("--issuer", "https://university.example", "--type", "https://university.example/diploma", "--status", url)
    assert "no credential of a paper that does not hold" in does("papers", "export", alice, token, *named, code=1)
    again, batch = tmp_path / "again.csv", tmp_path / "again.batch"
    again.write_text(PAPERS)
    does("papers", "accredit", series, "--until", "2099-12-31")
    does("papers", "seal", series, again, batch)
    does("papers", "issue", batch)
    does("papers", "give", batch, 3, bob)
    assert "would be bound to 0x0000" in does("papers", "export", bob, token, *named, code=1)
    does("papers", "show", bob, "degree", shown, "--to", "university", "--nonce", NONCE)
    assert "for its holder alone" in does("papers", "export", bob, token, *named, "--holder", shown)
    told = does("papers", "present", token, "degree,name,born,grade", presented, "--to", "town", "--nonce", "n1")
    assert "shows degree, name, born, grade to town" in told
    assert "2 revoked of 6" in does("papers", "status-list", series, listed, "--url", url)
    taken, asked = tmp_path / "taken.csv", ("--schema", diploma, "--signer", MAYOR.address, "--as", "town", "--nonce")
    told = does("papers", "import", presented, taken, *asked, "n1", "--status", listed)
    assert "degree: Licence de droit" in told
    assert MAYOR.address in taken.read_text()
    assert "somebody passes it on" in does("papers", "import", presented, taken, *asked, "n2", code=1)
    does("papers", "revoke", series, "3")
    assert "3 revoked of 6" in does("papers", "status-list", series, listed, "--url", url)
    told = does("papers", "import", presented, taken, *asked, "n1", "--status", listed, code=1)
    assert "number 3 is revoked" in told


def _acts(tmp_path, does):
    schema, table, batch = tmp_path / "acts.schema.json", tmp_path / "march.csv", tmp_path / "march.batch"
    acts, series = tmp_path / "march.acts.json", f"2:{MAYOR.address}"
    schema.write_text(does("acts", "seal", "--print-schema"))
    does("papers", "schema", schema)
    does("papers", "accredit", series, "--until", "2099-12-31")
    today = deliberations("2026-001", "2026-003", "2026-004", day="2026-01-15")
    table.write_bytes(write_scdl(today).encode("cp1252"))
    seal = ("acts", "seal", series, table, batch, acts, "--individual", "2026-003")
    assert "Windows-1252" in does(*seal, code=1)
    table.write_text(write_scdl(today))
    assert "has no act 2026-009" in does(*seal, "--individual", "2026-009", code=1)
    assert "is not that of acts" in does("acts", "seal", f"1:{MAYOR.address}", table, batch, acts, code=1)
    assert "has no contract Currency" in does("acts", "call", "Currency", "pause", code=1)
    assert "cents: 'ten' is no uint" in does(
        "acts", "call", "LocalCurrency", "issue", MAYOR.address, "ten", NONCE, code=1
    )
    told = does("acts", "call", "LocalCurrency", "issue", MAYOR.address, "1000", NONCE)
    allowed = told.split()[-1]
    assert "stands in no DELIB_OBJET" in does(*seal, "--occult", "Mme Martin", code=1)
    assert "3 acts under" in does(*seal, "--authorises", f"2026-001={allowed}", "--occult", "l'école")
    assert "école" not in acts.read_text()
    assert "acts 0 to 2 of" not in does("acts", "audit", series, "--no-calls")
    does("papers", "issue", batch)
    assert "are published nowhere" in does("acts", "audit", series, code=1)
    told = does("acts", "audit", series, acts, code=1)
    assert "2026-002 is missing" in told
    assert f"the call that it authorises, {allowed}, was not made" in told
    assert "days after the vote" in told
    assert "2 acts written, 1 individual ones left out" in does("acts", "export", acts, tmp_path / "out.csv")
    site = tmp_path / "site" / "town"
    does("publish", site, "--acts", acts)
    told = json.loads((site / "records.json").read_text())
    (register,) = told["registers"]
    assert (site / register["acts"][0]).read_text() == acts.read_text()
    assert (site / register["scdl"]).read_text() == (tmp_path / "out.csv").read_text()
    acts.write_text(acts.read_text().replace("2026/2027", "2026/2028"))
    assert "are not on chain, or were changed" in does("publish", site, "--acts", acts, code=1)


def _badges(tmp_path, does):
    """A paper goes out as a badge of the field, comes in again as a line to be sealed, and is revoked."""
    schema, key, listed, status = (tmp_path / it for it in ("badge.schema.json", "badge.pem", "in.csv", "badges.jwt"))
    batch, paper, badge, series = tmp_path / "b.batch", tmp_path / "b.paper", tmp_path / "b.jwt", f"3:{MAYOR.address}"
    schema.write_text(does("papers", "badge-in", "--print-schema"))
    does("papers", "schema", schema)
    does("papers", "accredit", series, "--until", "2099-12-31")
    listed.write_text(f"account,achievement,name,description\n{MAYOR.address},https://x.example/1,Vélo,Réparer\n")
    does("papers", "seal", series, listed, batch)
    private, public = KeyEd25519().generate_keypair()
    key.write_bytes(private)
    does("papers", "issue", batch)
    does("papers", "give", batch, 0, paper)
    url, did = "https://workshop.example/status/3", did_key_from_pem(public)
    out = ("papers", "badge-out", paper, badge, "--key", key, "--name", "L'atelier", "--status", url)
    assert f"is a badge by {did}" in does(*out)
    assert "0 revoked of 1" in does("papers", "status-list", series, status, "--url", url, "--badges", key)
    taken = ("papers", "badge-in", badge, listed, "--status", status, "--issuer", did, "--recipient")
    told = does(*taken, f"did:pkh:eip155:31337:{MAYOR.address}")
    assert "name: Vélo" in told
    assert MAYOR.address in listed.read_text()
    assert "Recipient mismatch" in does(*taken, "mailto:bob@example.org", code=1)
    does("papers", "revoke", series, "0")
    does("papers", "status-list", series, status, "--url", url, "--badges", key)
    assert "'revocation' is set" in does(*taken, f"did:pkh:eip155:31337:{MAYOR.address}", code=1)
    assert "no badge of a paper that does not hold" in does(*out, code=1)


def _roll(tmp_path, does, bob):
    """An office draws a roll by what was shown to it: one paper meets its conditions, another one does not."""
    shown, file, paper = tmp_path / "shown", tmp_path / "nord.csv", tmp_path / "of-mayor.paper"
    shown.mkdir()
    does("papers", "give", bob, 4, paper)
    does("papers", "show", paper, "degree", shown / "a.json", "--to", "bureau", "--nonce", NONCE)
    draw = ("vote", "roll", "draw", file, "--kind", "professional")
    by = ("--papers", shown, "--schema", 1, "--as", "bureau", "--nonce", NONCE, "--where")
    assert "--papers needs --as, --nonce too" in does(*draw, "--papers", shown, "--schema", 1, code=2)
    assert "go with --papers FOLDER" in does(*draw, "--where", "grade>=10", code=2)
    assert "a.json: it does not meet degree=Licence" in does(*draw, *by, "degree=Licence", code=1)
    assert "nobody is admitted" in does(*draw, *by, "degree=Licence", "--leave-out", code=1)
    assert not file.exists()
    (shown / "b.json").write_text("{}")
    assert "b.json: what is shown of a paper is an object of" in does(*draw, *by, "degree=Licence de droit", code=1)
    told = does(*draw, *by, "degree=Licence de droit", "--leave-out")
    assert "b.json: " in told
    assert "1 accounts of kind professional by papers of schema 1 (diploma): degree=Licence de droit" in told
    roll, _ = read_csv(file)
    assert [*roll.accounts()] == [MAYOR.address]
    assert "nobody can draw it again" in does("vote", "roll", "verify", file, code=1)


def _certificates(rpc, folder):
    """Certificates of residence of a newcomer's, of two issuers, as files."""
    attested = Attested.of(rpc, read_manifest(DEPLOYMENTS / "31337" / f"{NAME}.json"))
    schema = attested.open_schema(MAYOR, RESIDENCE)
    for place, issuer in enumerate((MAYOR, SCHOOL)):
        fund(rpc, [issuer])
        attested.accredit(MAYOR, SeriesName(schema, str(issuer.address)), 2**40 - 1)
        draft = PaperDraft({"street": "rue de la Halle"}, NEWCOMER.address)
        batch = seal(RESIDENCE, schema, str(issuer.address), 0, [draft])
        attested.issue(issuer, batch)
        path = folder / f"residence-{place}.paper"
        write_paper(path, attested.home, batch.paper(0))
        yield path


def test_a_newcomer_is_enrolled_by_papers_of_two_issuers(tmp_path, chain, does):
    one, two = _certificates(chain, tmp_path)
    request, other = tmp_path / "request.json", tmp_path / "other.json"

    asked = ("papers", "ask", "citizen", 1, MAYOR.address, SCHOOL.address)
    assert "a paper is about 0x" in does("papers", "enrol", "citizen", one, two, code=1)
    contract = Contract.built("Admission", read_manifest(DEPLOYMENTS / "31337" / f"{NAME}.json").address("Admission"))
    admissions, papers = Admissions(chain, contract, 31337), [read_paper(it)[1].paper for it in (one, two)]
    until_s = clock_s(chain) + 3_600
    with pytest.raises(NotAskedError, match="enrols no citizen by papers"):
        admissions.request(NEWCOMER, ResidentKind.CITIZEN, papers, until_s)
    assert "Admission_IssuersUnordered" in does(*asked, SCHOOL.address, code=1)
    assert "papers of 2 issuers" in does(*asked)
    with pytest.raises(NotAskedError, match="of each of 0x"):
        admissions.request(NEWCOMER, ResidentKind.CITIZEN, papers[:1], until_s)
    admissions.request(NEWCOMER, ResidentKind.CITIZEN, papers, until_s).write(request)
    assert "Halle" not in request.read_text()
    said = json.loads(request.read_text())
    for told, change in (
        ("is no admission", {"call": "0x" + "00" * 68}),
        ("what it would send is no admission", {"call": "0x00"}),
        ("not for this town", {"chain": 1}),
        ("hexadecimal", {"call": "zz"}),
    ):
        other.write_text(json.dumps(said | change))
        assert told in does("papers", "enrol", "--post", other, code=1)
    assert f"{NEWCOMER.address} is enrolled as citizen" in does("papers", "enrol", "--post", request)
    assert "Admission_Known" in does("papers", "enrol", "--post", request, code=1)
    assert "The registrar alone enrols as citizen" in does("papers", "ask", "citizen", 1)
