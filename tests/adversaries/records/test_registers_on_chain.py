"""A thief of the register's key, a treasurer before his council, and what the audit says of them."""

import datetime as dt

import pytest

from beffroi.chain.headers import clock_s
from beffroi.records.actaudit import audit_acts, carried_out
from beffroi.records.attested import Attested, NoSeriesError, SeriesName
from beffroi.records.council import DELIBERATION, act_draft, call_hash, publish_acts, read_acts
from beffroi.records.paper import PaperError
from beffroi.records.paperbatch import seal
from beffroi.records.published import ActsFile, tell_records
from beffroi.units import DAY_S
from testbed.town import AUDITOR, CLERK, COMMONS, MAYOR, TREASURER, fund
from tests.records.conftest import BOB
from tests.records.test_acts import deliberations


@pytest.fixture
def attested(town):
    return Attested.of(town.rpc, town.manifest)


@pytest.fixture
def register(town, attested):
    name = SeriesName(attested.open_schema(MAYOR, DELIBERATION), CLERK.address)
    attested.accredit(MAYOR, name, clock_s(town.rpc) + 100 * DAY_S)
    return name


def today(town):
    return dt.datetime.fromtimestamp(clock_s(town.rpc), dt.UTC).date().isoformat()


def issues_money(town, amount):
    town.does(AUDITOR, town.currency, "attestReserve", 10_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", COMMONS.address, amount, b"\1" * 32)
    return town.currency.encode("issue", COMMONS.address, amount, b"\1" * 32)


def act_of(town, attested, register, tmp_path, data):
    hash_ = call_hash(attested.chain_id, town.currency.address, data)
    drafts = [act_draft(it, authorises=hash_) for it in deliberations("1", day=today(town))]
    batch = seal(DELIBERATION, register.schema, register.issuer, attested.next_number(register), drafts)
    attested.issue(CLERK, batch)
    publish_acts(tmp_path / "acts.json", attested.home, batch)
    return read_acts(tmp_path / "acts.json")


def told_of(town, attested, register, file, amount):
    data = town.currency.encode("issue", COMMONS.address, amount, b"\1" * 32)
    wanted = call_hash(attested.chain_id, town.currency.address, data)
    calls = [it for it in carried_out(town.rpc, town.manifest) if it.hash == wanted]
    assert len(calls) == 1
    return audit_acts([*attested.batches(register)], [file], calls, attested.taken_back(register, {0}))


@pytest.mark.parametrize("undo", ["disown", "revoke"])
def test_an_act_that_the_accreditor_took_back_authorises_nothing(town, attested, register, tmp_path, undo):
    """The clerk's key was stolen: the thief's act allows an issue of money; the accreditor takes the act back."""
    data = issues_money(town, 777)
    file = act_of(town, attested, register, tmp_path, data)
    if undo == "disown":
        attested.disown(MAYOR, register, 0, 1)
    else:
        attested.revoke(MAYOR, register, {0})
    told = told_of(town, attested, register, file, 777)
    assert told.acts[0].problems == ("it is revoked or disowned: it authorises nothing",)
    assert told.acts[0].executed_by == ()
    assert told.problems[0].startswith("no act authorises LocalCurrency.Issued")


def test_a_call_that_was_made_before_its_act_is_told(town, attested, register, tmp_path):
    """The treasurer issues; a month later the clerk publishes an act that allows it."""
    data = issues_money(town, 778)
    town.pass_s(30 * DAY_S)
    file = act_of(town, attested, register, tmp_path, data)
    (problem,) = told_of(town, attested, register, file, 778).acts[0].problems
    assert "before it was published" in problem


def test_an_act_that_stands_authorises_a_call_that_came_after_it(town, attested, register, tmp_path):
    data = town.currency.encode("issue", COMMONS.address, 779, b"\1" * 32)
    file = act_of(town, attested, register, tmp_path, data)
    issues_money(town, 779)
    assert told_of(town, attested, register, file, 779).is_clean


def test_a_strangers_register_is_not_published_as_the_towns(town, attested, tmp_path):
    """Bob opens a schema of the same words and accredits himself; the clerk is handed his file."""
    fund(town.rpc, [BOB])
    name = SeriesName(attested.open_schema(BOB, DELIBERATION), BOB.address)
    attested.accredit(BOB, name, clock_s(town.rpc) + DAY_S)
    batch = seal(DELIBERATION, name.schema, name.issuer, 0, [*map(act_draft, deliberations("1", day=today(town)))])
    attested.issue(BOB, batch)
    publish_acts(tmp_path / "acts.json", attested.home, batch)
    files = [ActsFile.read(tmp_path / "acts.json")]
    assert name.schema not in {it["schema"] for it in tell_records(town.rpc, town.manifest, []).contract["series"]}
    with pytest.raises(PaperError, match="nobody accredited it who holds an office"):
        tell_records(town.rpc, town.manifest, files)
    told = tell_records(town.rpc, town.manifest, files, {name}).contract
    assert [it["issuer"] for it in told["registers"]] == [BOB.address], "the town names it"
    assert name.schema in {it["schema"] for it in told["schemas"]}
    with pytest.raises(NoSeriesError, match="never accredited"):
        tell_records(town.rpc, town.manifest, [], {SeriesName(name.schema, MAYOR.address)})
