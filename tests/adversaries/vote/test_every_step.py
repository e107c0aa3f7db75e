"""Every step of a vote behind every lie of its node: no secret leaves, nothing false comes to be, and she reads why.

The table is `told_trustees` and `told_voters`: by act, what is read of each lie that touches it. Acts are in
`acts_of_…`, lies in `columns`.
"""

import contextlib
import re

import pytest

from beffroi.chain.sender import Sender
from testbed.polls import hall_of
from testbed.town import Foundation
from tests.adversaries.vote import acts
from tests.adversaries.vote.acts_of_everybody import EVERYBODY
from tests.adversaries.vote.acts_of_trustees import TRUSTEES
from tests.adversaries.vote.acts_of_voters import VOTERS
from tests.adversaries.vote.columns import COLUMNS, TRUTH
from tests.adversaries.vote.station import Station
from tests.adversaries.vote.told_trustees import PASSES, TOLD_TRUSTEES, UNSEEN, Later, OtherNumber
from tests.adversaries.vote.told_voters import TOLD_EVERYBODY, TOLD_VOTERS

ACTS = TRUSTEES | VOTERS | EVERYBODY
TOLD = TOLD_TRUSTEES | TOLD_VOTERS | TOLD_EVERYBODY
CELLS = [(name, lie) for name, row in TOLD.items() for lie in {TRUTH: PASSES} | row]
KINDS = {"delays", "replays", "answers", "swaps", "alters", "hides"}
BY_A_SECOND_NODE = {"share, by two nodes", "verify a roll that lacks somebody", "seal a roll that lacks somebody"}
NUMBER = re.compile(r"\d{4}(?: \d{4}){5,}")
PATIENCE_S = 0.3


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    """The same town on a chain of another beginning, whose contracts have the same addresses."""
    with Foundation.lay().standing() as town:
        yield Station(hall_of(town), tmp_path_factory.mktemp("twin"))


@pytest.fixture(scope="module")
def at(polling, twin, tmp_path_factory):
    """The moment of an act; one at a time, for all the lies that are told of it."""
    moments = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as passing:
        patch.setitem(Sender.__init__.__kwdefaults__, "timeout_s", PATIENCE_S)

        def at(name):
            if name not in moments:
                passing.close()
                moments.clear()
                desk = tmp_path_factory.mktemp("desk")
                moments[name] = passing.enter_context(
                    acts.moment(ACTS[name], Station(hall_of(polling), desk), twin, desk)
                )
            return moments[name]

        yield at


@pytest.mark.parametrize(("name", "lie"), CELLS, ids=[f"{name}-{lie}" for name, lie in CELLS])
def test_behind_a_lie_no_secret_leaves_nothing_false_comes_to_be_and_she_reads_why(at, name, lie, tmp_path):
    told, moment = TOLD[name].get(lie, PASSES), at(name)
    found = moment.done(tmp_path, COLUMNS[lie](moment))
    assert moment.leaks(found.heard) == []
    if told == PASSES:
        assert (found.came, found.told) == (True, moment.honestly.told)
    elif told == UNSEEN:
        assert (found.came, found.told) == (False, moment.honestly.told)
    elif isinstance(told, Later):
        assert told.phrase in found.told
        assert found.came
    elif isinstance(told, OtherNumber):
        assert told.phrase in found.told
        assert NUMBER.findall(found.told) != NUMBER.findall(moment.honestly.told)
    else:
        assert told in found.told
        assert not found.came


def test_every_act_is_tried_by_every_kind_of_lie():
    lacks = {name: KINDS - {lie.partition(":")[0] for lie in row} for name, row in TOLD.items()}
    assert {name: it for name, it in lacks.items() if it and name not in BY_A_SECOND_NODE} == {}
    assert all(any(lie.startswith("differs") for lie in TOLD[name]) for name in BY_A_SECOND_NODE)
    assert TOLD.keys() == ACTS.keys()
    assert {lie for row in TOLD.values() for lie in row} | {TRUTH} == COLUMNS.keys()
