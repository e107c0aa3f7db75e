"""Slips of papers, from the wallet to the block: a batch by its issuer, a use by whom the paper is about."""

import pytest

from beffroi import slips
from beffroi.chain.headers import clock_s
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paper import parents_root
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import hexed
from beffroi.records.paperslips import issue_slip, use_slip
from beffroi.units import DAY_S
from testbed.town import MAYOR
from tests.post.test_api_kinds import carried_out

TICKET = Definition("ticket", (SchemaField("meal"),))
PURPOSE = b"lunch".ljust(32, b"\0")


@pytest.fixture
def attested(counter):
    manifest = counter.estate.town.manifest
    return Attested(counter.rpc, counter.contract("Attestations"), manifest.chain_id, manifest.start_block)


@pytest.fixture
def tickets(counter, attested):
    """A batch of meal tickets of Bob's, that Cleo may issue."""
    series = SeriesName(attested.open_schema(MAYOR, TICKET), counter.estate.cleo.address)
    attested.accredit(MAYOR, series, clock_s(counter.rpc) + DAY_S)
    drafts = [PaperDraft({"meal": f"day {at}"}, counter.estate.bob.address) for at in range(3)]
    return seal(TICKET, series.schema, series.issuer, 0, drafts)


def issue(counter, batch, who=None):
    return counter.request("paper_issue", issue_slip(batch, "", slips.FOREVER), who or counter.estate.cleo)


def use(counter, batch, number, who=None):
    paper = batch.paper(number).paper
    rest = {
        "root": hexed(paper.root), "subject": paper.subject, "claims": hexed(paper.claims_root),
        "parents": hexed(parents_root(paper.parents)), "starts": str(paper.from_s), "ends": str(paper.until_s),
        "proof": [*map(hexed, paper.proof)],
    }  # fmt: skip
    return counter.request("paper_use", use_slip(paper, PURPOSE, slips.FOREVER), who or counter.estate.bob, rest)


def test_papers_are_issued_and_used_by_slip(counter, attested, tickets):
    assert counter.refused(issue(counter, tickets, counter.estate.bob)) == (403, "invalid_signature")
    assert counter.refused(use(counter, tickets, 1)) == (409, "refused_by_contract")
    carried_out(counter, issue(counter, tickets))
    assert attested.next_number(SeriesName(tickets.schema, tickets.issuer)) == 3
    assert counter.refused(use(counter, tickets, 1, counter.estate.cleo)) == (403, "invalid_signature")
    carried_out(counter, use(counter, tickets, 1))
    assert attested.is_used(tickets.paper(1).paper)
    assert not attested.is_used(tickets.paper(2).paper)


def test_what_nobody_was_accredited_for_is_refused(counter, tickets):
    other = seal(TICKET, 99, tickets.issuer, 0, tickets.drafts)
    assert counter.refused(issue(counter, other)) == (409, "refused_by_contract")


def test_a_paper_of_another_root_is_refused(counter, tickets):
    carried_out(counter, issue(counter, tickets))
    forged = use(counter, tickets, 1)
    forged["extra"]["claims"] = "0x" + "00" * 32
    assert counter.refused(forged) == (409, "refused_by_contract")
