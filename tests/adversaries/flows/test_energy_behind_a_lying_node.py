"""What is verified behind a node that shows other statements than the contract keeps."""

from dataclasses import replace

import pytest

from beffroi.chain.rpc import Rpc
from beffroi.flows.operation import StatedLine
from beffroi.flows.periodonchain import UnshownStatementError, earlier_files, statement_of
from testbed.operation import ORGANISER, metered
from testbed.town import POSTER, fund
from tests.adversaries.vote.lies import of_logs, swaps
from tests.adversaries.vote.lying_node import lying_node


@pytest.fixture
def twice(town):
    """A street whose true statement was taken back, and one with a cent shifted stated in its place."""
    fund(town.rpc, [POSTER])
    street, curves = metered(town, steps=8)
    file = street.commits(curves)
    street.states(file)
    stated_at = int(town.rpc.call("eth_blockNumber"), 16)
    first, second, *rest = file.lines
    shifted = StatedLine(first.member, first.amount_cents + 1), StatedLine(second.member, second.amount_cents - 1)
    other = replace(file, lines=(*shifted, *rest))
    street.acts.retract(ORGANISER, street.terms)
    street.states(other)
    return street, file, other, stated_at


def behind(street, node):
    return replace(street.clearings, rpc=Rpc(node.url))


def test_a_file_is_not_held_to_a_statement_that_was_taken_back(town, twice):
    street, file, other, stated_at = twice
    stops = of_logs(lambda logs: [it for it in logs if int(it["blockNumber"], 16) <= stated_at])
    with lying_node(town.rpc.url, stops) as node:
        for one in (file, other):
            with pytest.raises(UnshownStatementError, match="ask another node"):
                statement_of(behind(street, node), one)
        node.lies.clear()
        assert statement_of(behind(street, node), file).number == 2


def test_a_file_is_not_held_to_a_statement_that_nobody_made(town, twice):
    street, file, _, _ = twice

    def invent(values):
        *before, uri = values["statement"]
        return values | {"statement": (*before, uri + "?")}

    lie = swaps(street.clearings.contract, "PeriodStated", invent)
    with lying_node(town.rpc.url, lie) as node, pytest.raises(UnshownStatementError, match="ask another node"):
        statement_of(behind(street, node), file)


def test_a_period_is_not_published_twice_because_a_node_hides_that_it_was(town, twice):
    street, file, _, _ = twice
    lie = of_logs(lambda logs: logs[-1:])
    with lying_node(town.rpc.url, lie) as node, pytest.raises(UnshownStatementError, match="ask another node"):
        earlier_files(behind(street, node), file.period, [])
    assert earlier_files(street.clearings, file.period, []) == []
