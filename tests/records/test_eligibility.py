"""A consultation's roll drawn by papers: who shows one to the office is on it, and nothing that it says."""

import dataclasses

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.eligibility import Condition, Electorate, admit
from beffroi.records.paper import NOBODY
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.showing import show, signed
from beffroi.residents import ResidentKind, seal_at
from beffroi.roll import Roll, read_csv, write_csv
from beffroi.roll.sealing import origin_of
from beffroi.units import DAY_S
from testbed.town import MAYOR, fund
from tests.records.conftest import RECTOR

OFFICE, NONCE = "Valombre, bureau de vote", bytes.fromhex("ab" * 32)
RESIDENCE = Definition(
    "residence",
    (SchemaField("name"), SchemaField("district"), SchemaField("age", "integer"), SchemaField("born", "date")),
)
ANNE, BRUNO, CHLOE, DENIS, EVE = (Key.derived("electorate", name) for name in ("a", "b", "c", "d", "e"))
PEOPLE = {
    ANNE: ("Anne Nguyen", "Nord", "34", "1992-01-31"),
    BRUNO: ("Bruno Lopez", "Nord", "15", "2011-03-01"),
    CHLOE: ("Chloé Petit", "Sud", "70", "1956-06-06"),
    DENIS: ("Denis Roy", "Nord", "16", "2010-01-01"),
    EVE: ("Eve Stranger", "Nord", "40", "1986-01-01"),
}
"""All but Eve are on the register."""


@pytest.fixture
def attested(town):
    fund(town.rpc, [RECTOR])
    town.enrols(ResidentKind.CITIZEN, ANNE, BRUNO, CHLOE, DENIS)
    return Attested.of(town.rpc, town.manifest)


@pytest.fixture
def series(attested):
    name = SeriesName(attested.open_schema(MAYOR, RESIDENCE), RECTOR.address)
    attested.accredit(MAYOR, name, clock_s(attested.rpc) + 100 * DAY_S)
    return name


def drafted(who, **changes):
    said = dict(zip(("name", "district", "age", "born"), PEOPLE[who], strict=True))
    return PaperDraft(said, **{"subject": who.address} | changes)


@pytest.fixture
def papers(attested, series):
    """A paper of each; then a second of Anne's, one of hers that ends, and one about nobody."""
    ends_s = clock_s(attested.rpc) + 60
    more = [drafted(ANNE), drafted(ANNE, until_s=ends_s), drafted(ANNE, subject=NOBODY)]
    batch = seal(RESIDENCE, series.schema, series.issuer, 0, [*map(drafted, PEOPLE), *more])
    attested.issue(RECTOR, batch)
    return [batch.paper(number) for number in range(len(batch))]


@pytest.fixture
def shows(attested):
    """What somebody shows the office."""

    def shown(own, who, *names, verifier=OFFICE, nonce=NONCE, ago_s=0):
        at_s = clock_s(attested.rpc) - ago_s
        return signed(show(attested.home, own, names or ("district", "age"), verifier, nonce, at_s), who.secret)

    return shown


@pytest.fixture
def electorate(series):
    conditions = tuple(Condition.parse(it, RESIDENCE) for it in ("district=Nord", "age>=16"))
    residents = frozenset(it.address for it in (ANNE, BRUNO, CHLOE, DENIS))
    return Electorate(series.schema, RESIDENCE, conditions, residents, "citizen")


@pytest.fixture
def admits(attested, electorate):
    """Whom the office admits by what was shown, and why not the others."""

    def told(*showings, days=1):
        shown = {f"{number}.json": it for number, it in enumerate(showings)}
        found = admit(electorate, shown, OFFICE, NONCE, days, clock_s(attested.rpc), attested)
        return found.accounts, {name: list(problems) for name, problems in found.refused.items()}

    return told


def only(told):
    """Nobody is admitted by the one file, for one reason."""
    accounts, refused = told
    assert accounts == ()
    ((problem,),) = refused.values()
    return problem


def test_who_meets_all_conditions_is_admitted_and_nobody_else(papers, shows, admits):
    accounts, refused = admits(*(shows(own, who) for own, who in zip(papers, PEOPLE, strict=False)))
    assert set(accounts) == {ANNE.address, DENIS.address}
    assert list(accounts) == sorted(accounts, key=str.lower)
    assert refused == {
        "1.json": ["it does not meet age>=16"],
        "2.json": ["it does not meet district=Nord"],
        "4.json": [f"{EVE.address} is no active citizen in the register"],
    }


def test_what_was_shown_to_another_verifier_or_for_another_nonce_admits_nobody(papers, shows, admits):
    assert "somebody passes it on" in only(admits(shows(papers[0], ANNE, verifier="the employer")))
    assert "somebody passes it on" in only(admits(shows(papers[0], ANNE, nonce=bytes(32))))
    changed = dataclasses.replace(shows(papers[0], ANNE, verifier="the employer"), verifier=OFFICE)
    assert "did not sign it" in only(admits(changed))


def test_a_revoked_paper_admits_nobody(attested, series, papers, shows, admits):
    attested.revoke(RECTOR, series, {0})
    assert "it is revoked" in only(admits(shows(papers[0], ANNE)))


def test_a_disowned_paper_admits_nobody(attested, series, papers, shows, admits):
    attested.disown(MAYOR, series, 0, 1)
    assert "it is disowned" in only(admits(shows(papers[0], ANNE)))


def test_a_paper_that_has_ended_admits_nobody(town, papers, shows, admits):
    town.pass_s(61)
    accounts, refused = admits(shows(papers[6], ANNE))
    assert accounts == ()
    assert "the paper has ended" in refused["0.json"]


def test_a_paper_that_nobody_accredited_issued_admits_nobody(series, shows, admits):
    forged = seal(RESIDENCE, series.schema, BRUNO.address, 0, [drafted(ANNE)]).paper(0)
    assert "no batch of the root" in only(admits(shows(forged, ANNE)))


def test_two_papers_of_one_account_admit_it_once(papers, shows, admits):
    accounts, refused = admits(shows(papers[0], ANNE), shows(papers[5], ANNE))
    assert accounts == (ANNE.address,)
    assert refused == {"1.json": [f"{ANNE.address} is on the roll by 0.json already"]}


def test_a_condition_that_is_not_shown_is_not_met(papers, shows, admits):
    assert only(admits(shows(papers[0], ANNE, "district"))) == "age is not shown"


def test_a_paper_of_another_schema_admits_nobody(attested, papers, shows, admits):
    other = SeriesName(attested.open_schema(MAYOR, RESIDENCE), RECTOR.address)
    attested.accredit(MAYOR, other, clock_s(attested.rpc) + DAY_S)
    batch = seal(RESIDENCE, other.schema, other.issuer, 0, [drafted(ANNE)])
    attested.issue(RECTOR, batch)
    assert f"the paper is of schema {other.schema}" in only(admits(shows(batch.paper(0), ANNE)))


def test_a_paper_about_nobody_or_shown_by_another_admits_nobody(attested, papers, shows, admits):
    about_nobody = show(attested.home, papers[7], ("district", "age"), OFFICE, NONCE, clock_s(attested.rpc))
    accounts, refused = admits(about_nobody)
    assert accounts == ()
    assert "the paper is about nobody" in refused["0.json"][0]
    stolen = dataclasses.replace(shows(papers[0], ANNE), signature=shows(papers[1], BRUNO).signature)
    assert "did not sign it" in only(admits(stolen))


def test_a_value_that_is_not_of_its_type_meets_no_condition(attested, electorate, papers, shows):
    """An issuer's own tool may seal what ours would not."""
    showing = shows(papers[0], ANNE)
    odd = tuple(dataclasses.replace(it, value="abc") if it.name == "age" else it for it in showing.claims)
    assert electorate.problems(dataclasses.replace(showing, claims=odd)) == [
        "age: 'abc' is no integer: a whole number without spaces or leading zeros"
    ]


def test_what_was_shown_long_ago_admits_nobody(papers, shows, admits):
    old = shows(papers[0], ANNE, ago_s=2 * DAY_S)
    assert "not signed in time" in only(admits(old))
    assert admits(old, days=3) == ((ANNE.address,), {})


@pytest.mark.parametrize(
    ("text", "said", "met"),
    [
        ("district=Nord", "Nord", True), ("district=Nord", "nord", False),
        ("age>=16", "16", True), ("age>=16", "9", False), ("age<=9", "10", False), ("age<=10", "9", True),
        ("born<=2010-06-30", "2010-06-30", True), ("born<=2010-06-30", "2010-07-01", False),
        ("born>=2010-06-30", "1999-12-31", False), ("age=16", "16", True),
    ],
)  # fmt: skip
def test_a_condition_compares_as_its_type_does(text, said, met):
    condition = Condition.parse(text, RESIDENCE)
    type_ = RESIDENCE.fields[RESIDENCE.place(condition.field) - 1].type
    assert condition.is_met(said, type_) == met
    assert str(condition) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("district", "is no condition"),
        ("age>16", "is no condition"),
        ("income=1", "no field 'income'"),
        ("age>=sixteen", "is no integer"),
        ("born<=30/06/2010", "is no date"),
        ("district>=Nord", "has no order"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(text, told):
    with pytest.raises(DefinitionError, match=told):
        Condition.parse(text, RESIDENCE)


def test_the_rolls_file_says_what_it_is_and_nothing_that_was_shown(town, papers, shows, electorate, admits, tmp_path):
    accounts, _ = admits(shows(papers[0], ANNE), shows(papers[3], DENIS))
    block = town.rpc.number("eth_blockNumber")
    roll = Roll.of(accounts)
    write_csv(roll, seal_at(town.rpc, town.residents, roll, block, str(electorate)), tmp_path / "roll.csv")
    text = (tmp_path / "roll.csv").read_text()
    kind = f"citizen by papers of schema {electorate.schema} (residence): district=Nord, age>=16"
    assert f"# kind: {kind}\n" in text
    assert not any(secret in text for secret in ("Anne", "34", "Denis") if secret not in kind + "".join(accounts))
    read, stated = read_csv(tmp_path / "roll.csv")
    assert read.root == roll.root
    origin = origin_of(town.rpc, town.residents, stated)
    assert not origin.is_whole
    (warning,) = origin.warnings(0)
    assert warning.startswith("WARNING: nobody has shown that the roll is whole")
    assert kind in warning
    assert "nobody can draw it again" in warning
