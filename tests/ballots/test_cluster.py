"""The audit over a Dask cluster of this machine's processes finds what one process finds."""

from dataclasses import replace

import pytest

from beffroi.ballots import audit as audit_module
from beffroi.ballots.audit import audit
from beffroi.ballots.cluster import cluster
from beffroi.ballots.events import Tallied
from beffroi.ballots.parallel import Here
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.rules import single_choice
from beffroi.ballots.verdict import AuditOutcome


@pytest.fixture(scope="module")
def town():
    question = single_choice(3)
    town = rehearse(20)
    town.open(question.rule)
    for first in range(0, 20, 5):
        ballots = [(i, town.ballot(i, question.messages(i % 3))) for i in range(first, first + 5)]
        town.cast([town.record(i, ballot) for i, ballot in ballots])
    town.close()
    town.share(1, 2, 3)
    town.finalise()
    return town


def test_a_cluster_confirms_and_refutes_as_one_process_does(town, monkeypatch):
    monkeypatch.setattr(audit_module, "_CHUNK", 1000)
    false = [replace(e, counts=(7, 6)) if isinstance(e, Tallied) else e for e in town.events]
    false[-1] = replace(false[-1], counts=(6, 7))
    with cluster(workers=2) as executor:
        assert audit(town.events, town.site, town.roll, executor) == audit(town.events, town.site, town.roll, Here())
        assert audit(false, town.site, town.roll, executor).outcome is AuditOutcome.REFUTED
    assert audit(town.events, town.site, town.roll, Here()).outcome is AuditOutcome.CONFIRMED


def test_a_scheduler_already_running_is_used(town):
    with cluster(workers=1) as executor:
        address = executor._client.scheduler.address
        with cluster(address) as other:
            assert audit(town.events, town.site, town.roll, other).outcome is AuditOutcome.CONFIRMED
