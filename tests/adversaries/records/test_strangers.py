"""What a stranger writes on Attestations, which anybody may, does not keep the town from publishing."""

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.published import tell_records
from beffroi.units import DAY_S
from testbed.town import MAYOR, fund
from tests.records.conftest import BOB, DIPLOMA


@pytest.fixture
def attested(town):
    fund(town.rpc, [BOB])
    return Attested.of(town.rpc, town.manifest)


def sends(town, attested, data, purpose, who=BOB):
    Sender(town.rpc, who).send(Call(attested.contract.address, data, purpose))


def test_a_strangers_schema_whose_name_is_no_utf8_does_not_stop_publishing(town, attested):
    good = attested.contract.encode("openSchema", "zzzz", "")
    sends(town, attested, good.replace(b"zzzz", b"\xff\xfe\xff\xfe"), "open a schema")
    told = tell_records(town.rpc, town.manifest, []).contract
    assert BOB.address not in {it["accreditor"] for it in told["schemas"]}
    *_, event = attested.contract.events(town.rpc, "SchemaOpened", first=attested.start_block)
    assert event.args["name"] == "\ufffd" * 4


def issued_at_once(town, attested, accreditor, count):
    """A series of one batch of so many papers, in three transactions."""
    name = SeriesName(attested.open_schema(accreditor, DIPLOMA), BOB.address)
    attested.accredit(accreditor, name, clock_s(town.rpc) + DAY_S)
    call = attested.contract.encode("issue", name.schema, name.issuer, b"\1" * 32, 0, count, "", 0, b"")
    sends(town, attested, call, "issue")
    return name


@pytest.mark.parametrize("accreditor", [BOB, MAYOR])
def test_a_batch_of_four_billion_papers_does_not_stop_publishing(town, attested, accreditor):
    """A stranger's is not the town's; one that the town accredited is left out, and told."""
    name = issued_at_once(town, attested, accreditor, 2**32 - 1)
    told = tell_records(town.rpc, town.manifest, [])
    assert name.schema not in {it["schema"] for it in told.contract["series"]}
    assert told.left_out == ((name,) if accreditor is MAYOR else ())
