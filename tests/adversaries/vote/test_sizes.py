"""Sizes that a node invents: nothing is asked or reserved for them."""

import tracemalloc
from dataclasses import replace

import pytest

from beffroi.ballots.ceremony import MOST_TRUSTEES
from beffroi.ballots.parallel import Here
from beffroi.ballots.verdict import AuditOutcome
from beffroi.chain.abi import entry, selector
from beffroi.consultation import checking
from tests.adversaries.vote.lies import alters, swaps

MOST_VOTERS = 2**32 - 1
MEMORY_bytes = 256 << 20


def test_of_more_trustees_than_there_may_be_none_is_asked_about(station, vote):
    lie = alters(station.polls.ceremonies, "contracts", lambda _: [2**256 - 1])
    four = "0x" + selector(entry(station.polls.ceremonies.abi, "function", "trustee")).hex()
    with station.node(lie) as node:
        station.by(node).ceremony(vote.params.ceremony)
    asked = [it for it in node.heard if it.method == "eth_call" and str(it.params[0].get("data")).startswith(four)]
    assert len(asked) == MOST_TRUSTEES


@pytest.mark.parametrize("has_roll", [True, False])
def test_of_a_roll_larger_than_any_no_room_is_made(station, vote, has_roll):
    false = replace(vote.params, roll_size=MOST_VOTERS)

    def larger(values):
        root, size = values["terms"][1:3]
        assert size == vote.params.roll_size
        return values | {
            "terms": (values["terms"][0], root, MOST_VOTERS, *values["terms"][3:]),
            "paramsHash": false.hash,
        }

    with station.node(swaps(station.polls.consultations, "ConsultationOpened", larger)) as node:
        tracemalloc.start()
        found = checking.audit(station.by(node), vote.number, vote.roll if has_roll else None, Here())
        _, peak_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found.outcome is AuditOutcome.REFUTED
    assert peak_bytes < MEMORY_bytes
