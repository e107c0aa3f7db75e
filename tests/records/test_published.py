"""What a town publishes of papers and acts says what the chain says, and nothing that is not on it."""

import csv
import dataclasses
import io
import zlib

import pytest

from beffroi.chain.headers import clock_s
from beffroi.records import jws
from beffroi.records.actaudit import audit_acts
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.council import DELIBERATION, act_draft, acts_of, call_hash, publish_acts
from beffroi.records.definition import Definition
from beffroi.records.paper import PaperError
from beffroi.records.paperbatch import seal
from beffroi.records.published import ActsFile, tell_records
from beffroi.textfile import json_of
from beffroi.units import DAY_S
from testbed.town import AUDITOR, CLERK, COMMONS, MAYOR, TREASURER, fund
from tests.records.conftest import ALICE, BOB, DIPLOMA, RECTOR, draft
from tests.records.test_acts import deliberations

COUNT = 300


@pytest.fixture
def attested(town):
    fund(town.rpc, [RECTOR])
    return Attested.of(town.rpc, town.manifest)


@pytest.fixture
def now_s(town):
    return clock_s(town.rpc)


@pytest.fixture
def series(attested, now_s):
    name = SeriesName(attested.open_schema(MAYOR, DIPLOMA), RECTOR.address)
    attested.accredit(MAYOR, name, now_s + 100 * DAY_S)
    attested.issue(RECTOR, seal(DIPLOMA, name.schema, name.issuer, 0, [draft() for _ in range(COUNT)]), "https://x")
    attested.revoke(RECTOR, name, {3, 299})
    attested.disown(MAYOR, name, 10, 20)
    return name


@pytest.fixture
def register(attested, now_s, tmp_path):
    """A register of three acts, the second individual."""
    name = SeriesName(attested.open_schema(MAYOR, DELIBERATION), CLERK.address)
    attested.accredit(MAYOR, name, now_s + 100 * DAY_S)
    drafts = [*map(act_draft, deliberations("2026-001", "2026-002", "2026-003"))]
    batch = seal(DELIBERATION, name.schema, name.issuer, 0, drafts)
    attested.issue(CLERK, batch)
    publish_acts(tmp_path / "acts.json", attested.home, batch, {"2026-002"})
    return name, ActsFile.read(tmp_path / "acts.json")


def told_of(told, name):
    (found,) = (it for it in told["series"] if (it["schema"], it["issuer"]) == (name.schema, name.issuer))
    return found


def test_a_series_is_told_as_it_stands_on_chain(town, attested, series, now_s):
    told = tell_records(town.rpc, town.manifest, []).contract
    assert (told["chain"], told["contract"]) == (attested.chain_id, attested.contract.address)
    assert told["block"] == town.rpc.number("eth_blockNumber")
    assert told["at"] >= now_s
    found = told_of(told, series)
    assert (found["key"], found["until"], found["next"]) == attested.series(series)
    assert found["disowned"] == [10, 20]
    (batch,) = found["batches"]
    assert (batch["first"], batch["count"], batch["uri"]) == (0, COUNT, "https://x")
    assert found["revoked"]["bits"] == 1
    listed = zlib.decompress(jws.decoded(found["revoked"]["lst"]))
    assert {number for number in range(8 * len(listed)) if listed[number // 8] >> number % 8 & 1} == {3, 299}
    (schema,) = (it for it in told["schemas"] if it["schema"] == series.schema)
    assert (schema["name"], schema["accreditor"]) == ("diploma", MAYOR.address)
    assert Definition.of(schema["definition"]) == DIPLOMA


def test_a_schema_that_stands_elsewhere_has_no_definition(town, attested):
    town.does(MAYOR, attested.contract, "openSchema", "far", "ipfs://far")
    assert tell_records(town.rpc, town.manifest, []).contract["schemas"][-1]["definition"] is None


def test_acts_are_published_with_their_scdl_and_the_calls(town, attested, register):
    name, file = register
    town.does(AUDITOR, town.currency, "attestReserve", 10_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", COMMONS.address, 1_000, b"\1" * 32)
    told = tell_records(town.rpc, town.manifest, [file])
    (listed,) = told.contract["registers"]
    assert (listed["schema"], listed["issuer"], listed["acts"]) == (name.schema, CLERK.address, [f"acts/{file.name}"])
    read = acts_of(json_of(told.files[listed["acts"][0]]), "acts")
    assert audit_acts([*attested.batches(name)], [read]).problems == ()
    rows = [*csv.DictReader(io.StringIO(told.files[listed["scdl"]]))]
    assert [row["DELIB_ID"] for row in rows] == ["2026-001", "2026-003"]
    data = town.currency.encode("issue", COMMONS.address, 1_000, b"\1" * 32)
    call = listed["calls"][-1]
    assert call["hash"] == "0x" + call_hash(attested.chain_id, town.currency.address, data).hex()
    assert call["what"] == "LocalCurrency.Issued"


def test_acts_that_are_not_on_chain_are_not_published(town, attested, register):
    _, file = register
    moved = dataclasses.replace(file.batch, first=1)
    other = dataclasses.replace(file.batch, root=bytes(32))
    elsewhere = dataclasses.replace(file.batch, home=dataclasses.replace(attested.home, contract=BOB.address))
    stranger = dataclasses.replace(file.batch, issuer=ALICE.address)
    for batch, problem in [
        (moved, "not on chain"), (other, "not on chain"), (stranger, "nobody accredited it"),
        (elsewhere, "not of this town"),
    ]:  # fmt: skip
        with pytest.raises(PaperError, match=problem):
            tell_records(town.rpc, town.manifest, [dataclasses.replace(file, batch=batch)])
    with pytest.raises(PaperError, match="given twice"):
        tell_records(town.rpc, town.manifest, [file, file])
