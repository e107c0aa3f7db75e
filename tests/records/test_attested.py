"""Papers on a chain: issued, used, revoked and disowned there, and checked with it; a register of acts, audited."""

import dataclasses

import pytest

from beffroi.chain.sender import TransactionFailedError
from beffroi.chain.signers import anvil_account
from beffroi.errors import InputError
from beffroi.records.actaudit import audit_acts, carried_out
from beffroi.records.attested import Attested, NoSeriesError, SeriesName
from beffroi.records.council import DELIBERATION, act_draft, call_hash, publish_acts, read_acts
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.paperbatch import seal
from beffroi.records.paperslips import hand_slip, issue_slip, use_slip
from beffroi.records.showing import show, signed
from beffroi.records.statuslist import is_revoked, status_token
from beffroi.slips import FOREVER, sign
from beffroi.units import DAY_S
from testbed.town import AUDITOR, CLERK, COMMONS, MAYOR, TREASURER, fund
from tests.records.conftest import ALICE, BOB, DIPLOMA, RECTOR, draft
from tests.records.test_acts import deliberations

NONCE = bytes(range(32))
UNIVERSITY, POSTER = MAYOR, anvil_account(9)


@pytest.fixture
def attested(town):
    fund(town.rpc, [RECTOR, ALICE, BOB])
    return Attested.of(town.rpc, town.manifest)


@pytest.fixture
def now_s(town):
    return int(town.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)


@pytest.fixture
def series(attested, now_s):
    name = SeriesName(attested.open_schema(UNIVERSITY, DIPLOMA), RECTOR.address)
    attested.accredit(UNIVERSITY, name, now_s + 100 * DAY_S)
    return name


@pytest.fixture
def batch(attested, series):
    sealed = seal(DIPLOMA, series.schema, series.issuer, 0, [draft() for _ in range(300)])
    attested.issue(RECTOR, sealed)
    return sealed


def told(attested, own, now_s, **changes):
    showing = show(attested.home, own, ["degree"], "the employer", NONCE, now_s)
    return signed(dataclasses.replace(showing, **changes), ALICE.secret).problems(
        "the employer", NONCE, now_s, attested
    )


def test_a_paper_that_was_issued_holds_for_whoever_asks(attested, series, batch, now_s):
    assert told(attested, batch.paper(299), now_s) == []
    assert attested.definition(series.schema) == DIPLOMA
    (issued,) = attested.batches(series)
    assert (issued.root, issued.first, issued.count) == (batch.root, 0, 300)
    assert attested.next_number(series) == 300


def test_a_paper_that_was_never_issued_is_told_as_such(attested, series, batch, now_s):
    other = seal(DIPLOMA, series.schema, series.issuer, 300, [draft()]).paper(300)
    (problem,) = told(attested, other, now_s)
    assert "no batch of the root" in problem
    moved = seal(DIPLOMA, series.schema, BOB.address, 0, batch.drafts, seeds=batch.seeds).paper(0)
    assert "no batch of the root" in told(attested, moved, now_s)[0]


def test_revoked_and_disowned_papers_are_told_as_such(attested, series, batch, now_s):
    assert attested.revoke(RECTOR, series, {0, 1, 299}) == 3
    assert attested.revoke(UNIVERSITY, series, {1, 2}) == 1
    for number in (0, 1, 2, 299):
        assert told(attested, batch.paper(number), now_s) == [
            f"paper {number} of {RECTOR.address}, schema {series.schema}: it is revoked"
        ]
    words = attested.revoked_words(series)
    assert words == [0b111, 1 << 299 - 256]
    listed = status_token(words, RECTOR.sign, uri="https://x", issued_at_s=now_s)
    for number in range(300):
        (on_chain, _) = attested.contract.read(attested.rpc, "marksOf", series.schema, series.issuer, number // 256)
        assert is_revoked(listed, RECTOR.address, "https://x", number, now_s) == bool(on_chain >> number % 256 & 1)
    attested.disown(UNIVERSITY, series, 10, 20)
    assert "it is disowned" in told(attested, batch.paper(19), now_s)[0]
    assert told(attested, batch.paper(20), now_s) == []
    with pytest.raises(InputError, match="papers 0 to 299"):
        attested.revoke(RECTOR, series, {300})
    with pytest.raises(TransactionFailedError, match="Attestations_NotAccreditor"):
        attested.revoke(BOB, series, {5})


def test_a_paper_whose_parent_is_revoked_is_told_as_such(attested, series, batch, now_s):
    child = seal(DIPLOMA, series.schema, series.issuer, 300, [draft(parents=(batch.paper(7).paper,))])
    attested.issue(RECTOR, child)
    assert told(attested, child.paper(300), now_s) == []
    attested.revoke(RECTOR, series, {7})
    (problem,) = told(attested, child.paper(300), now_s)
    assert problem.startswith("paper 7 ")


def test_a_schema_that_says_something_else_on_chain_is_told(attested, now_s):
    other = Definition("diploma", (*DIPLOMA.fields[:3], SchemaField("mention", required=False)))
    name = SeriesName(attested.open_schema(UNIVERSITY, other), RECTOR.address)
    attested.accredit(UNIVERSITY, name, now_s + DAY_S)
    sealed = seal(DIPLOMA, name.schema, name.issuer, 0, [draft()])
    attested.issue(RECTOR, sealed)
    assert told(attested, sealed.paper(0), now_s) == [
        f"schema {name.schema} is 'diploma' on chain, which says something else"
    ]


def test_anyone_posts_what_issuer_and_holder_signed(attested, series):
    sealed = seal(DIPLOMA, series.schema, series.issuer, 0, [draft()])
    domain = attested.home.domain
    attested.issue(
        POSTER, sealed, "https://x", FOREVER, sign(RECTOR.secret, issue_slip(sealed, "https://x", FOREVER), domain)
    )
    paper, purpose = sealed.paper(0).paper, b"canteen".ljust(32, b"\0")
    slip = sign(ALICE.secret, use_slip(paper, purpose, FOREVER), domain)
    assert not attested.is_used(paper)
    with pytest.raises(TransactionFailedError, match="SlipActs_NotSignedBy"):
        attested.use(POSTER, paper, b"cinema".ljust(32, b"\0"), FOREVER, slip)
    attested.use(POSTER, paper, purpose, FOREVER, slip)
    assert attested.is_used(paper)
    with pytest.raises(TransactionFailedError, match="Attestations_UsedOnce"):
        attested.use(ALICE, paper, purpose)


def test_a_series_goes_on_under_the_key_that_it_is_handed_to(town, attested, series):
    slip = sign(BOB.secret, hand_slip(series.schema, series.issuer, BOB.address, FOREVER), attested.home.domain)
    town.does(RECTOR, attested.contract, "hand", series.schema, series.issuer, BOB.address, FOREVER, slip)
    assert attested.series(series)[0].lower() == BOB.address.lower()
    sealed = seal(DIPLOMA, series.schema, series.issuer, 0, [draft()])
    attested.issue(BOB, sealed)
    assert attested.next_number(series) == 1


def test_what_is_not_there_is_said_to_be_none(attested, series):
    with pytest.raises(NoSeriesError, match="never accredited"):
        attested.next_number(SeriesName(series.schema, BOB.address))
    with pytest.raises(NoSeriesError, match="no schema 99"):
        attested.definition(99)


def test_a_schema_elsewhere_comes_as_a_file(town, attested):
    town.does(UNIVERSITY, attested.contract, "openSchema", "far", "ipfs://far")
    number = attested.contract.read(attested.rpc, "schemas")
    with pytest.raises(DefinitionError, match="bring it as a file"):
        attested.definition(number)


def test_an_act_is_executed_by_the_call_that_it_authorises(town, attested, now_s, tmp_path):
    acts = SeriesName(attested.open_schema(MAYOR, DELIBERATION), CLERK.address)
    attested.accredit(MAYOR, acts, now_s + DAY_S)
    currency, chain_id = town.currency, attested.chain_id
    call = currency.encode("issue", COMMONS.address, 1_000, b"\1" * 32)
    allowed, idle = (call_hash(chain_id, currency.address, it) for it in (call, call + b"\0"))
    voted = deliberations("2026-001", "2026-002", "2026-004")
    drafts = [act_draft(it, authorises=hash_) for it, hash_ in zip(voted, (allowed, idle, None), strict=True)]
    sealed = seal(DELIBERATION, acts.schema, acts.issuer, 0, drafts)
    attested.issue(CLERK, sealed, "https://valombre.example/acts.json")
    publish_acts(tmp_path / "acts.json", attested.home, sealed)

    def audited():
        calls = carried_out(town.rpc, town.manifest)
        return audit_acts([*attested.batches(acts)], [read_acts(tmp_path / "acts.json")], calls)

    town.does(AUDITOR, currency, "attestReserve", 10_000, b"\1" * 32)
    before = audited()
    assert "was not made" in before.acts[0].problems[-1]
    assert before.problems == ("2026-003 is missing",)
    town.does(TREASURER, currency, "issue", COMMONS.address, 1_000, b"\1" * 32)
    town.does(TREASURER, currency, "issue", COMMONS.address, 2_000, b"\2" * 32)
    after = audited()
    assert len(after.acts[0].executed_by) == 1
    assert not after.acts[2].executed_by
    assert "was not made" in after.acts[1].problems[-1]
    assert [it for it in after.problems if "no act authorises LocalCurrency.Issued" in it] == list(after.problems[1:])
    assert len(after.problems) == 2
