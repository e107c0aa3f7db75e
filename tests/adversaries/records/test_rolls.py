"""One file among those that people showed does not stop a roll from being drawn: it is refused by its name."""

import dataclasses

import pytest

from beffroi.chain.headers import clock_s
from beffroi.records.paper import PaperError
from beffroi.records.paperbatch import seal
from beffroi.records.showing import show, showing_json, showing_of
from testbed.town import fund
from tests.records.test_eligibility import (  # noqa: F401
    ANNE,
    DENIS,
    EVE,
    NONCE,
    OFFICE,
    RESIDENCE,
    admits,
    attested,
    drafted,
    electorate,
    papers,
    series,
    shows,
)  # fmt: skip


def admitted_beside(admits, good, bad):  # noqa: F811
    """The good one is admitted, the other refused."""
    accounts, refused = admits(good, showing_of(showing_json(bad)))
    assert accounts == (ANNE.address,)
    assert [*refused] == ["1.json"]


def test_a_field_that_the_schema_has_not(papers, shows, admits):  # noqa: F811
    right = shows(papers[3], DENIS)
    odd = dataclasses.replace(right, claims=(dataclasses.replace(right.claims[0], name="income"),))
    admitted_beside(admits, shows(papers[0], ANNE), odd)


def test_a_schema_that_nobody_opened(attested, papers, shows, admits):  # noqa: F811
    own = seal(RESIDENCE, 999, EVE.address, 0, [drafted(EVE)]).paper(0)
    admitted_beside(admits, shows(papers[0], ANNE), shows(own, EVE))


def test_a_date_that_no_clock_shows(papers, shows):  # noqa: F811
    right = shows(papers[3], DENIS)
    odd = dataclasses.replace(right, paper=dataclasses.replace(right.paper, until_s=2**41))
    with pytest.raises(PaperError, match="until: 2199023255552 is no time"):
        showing_of(showing_json(odd))


def test_a_schema_whose_uri_is_no_json(town, attested, papers, shows, admits):  # noqa: F811
    fund(town.rpc, [EVE])
    town.does(EVE, attested.contract, "openSchema", "x", "data:application/json;charset=utf-8,{")
    schema = attested.contract.read(town.rpc, "schemas")
    own = seal(RESIDENCE, schema, EVE.address, 0, [drafted(EVE)]).paper(0)
    admitted_beside(admits, shows(papers[0], ANNE), shows(own, EVE))


def test_a_subject_that_is_a_contract_which_does_not_know_signatures(town, attested, papers, shows, admits):  # noqa: F811
    own = seal(RESIDENCE, 1, EVE.address, 0, [drafted(EVE, subject=town.currency.address)]).paper(0)
    bare = show(attested.home, own, ("age",), OFFICE, NONCE, clock_s(attested.rpc))
    admitted_beside(admits, shows(papers[0], ANNE), dataclasses.replace(bare, signature=b"\1" * 65))
