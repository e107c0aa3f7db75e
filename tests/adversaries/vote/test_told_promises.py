"""What a node tells of a judgement is believed where the question's hash that is sealed proves it, and nowhere else."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest

from beffroi.ballots.transcript import keccak
from beffroi.chain.contract import Contract, Event
from beffroi.consultation.polls import ConsultationError
from beffroi.credibility.attached import judgement_of
from beffroi.credibility.mandate import Pledge
from beffroi.units import DAY_S
from tests.adversaries.vote.test_out_of_reach import SILENCE_S, STRANGER, citizens, council

__all__ = ("citizens", "council")


@dataclass(frozen=True)
class Lying(Contract):
    """The contract as a node tells of it that changes one event."""

    name: str = ""
    change: Any = None

    def events(self, *args: Any, **about: Any) -> Iterator[Event]:
        for event in super().events(*args, **about):
            told = deepcopy(event)
            if event.name == self.name and self.change(told.args) is False:
                continue
            yield told


@pytest.fixture
def called(council, citizens):
    """A consultation on the first of two promises, that a stranger called."""
    mandate = council.mandate(4_000, 6_000)
    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    council.hall.seal_roll()
    return council.consultation(council.mandates.call(STRANGER, mandate, [0], council.hall.key()))


def other_text(args: dict[str, Any]) -> None:
    """A text and its right hash, that were never promised."""
    _, text_hash, uri, *_ = Pledge.in_full("We only promised to study it", 1, 1).as_tuple()
    args["pledge"] = (args["pledge"][0], text_hash, uri, *args["pledge"][3:])


def other_words(args: dict[str, Any]) -> None:
    """Another text beside the hash that was sealed."""
    args["pledge"] = (
        *args["pledge"][:2],
        Pledge.in_full("We only promised to study it", 1, 1).uri,
        *args["pledge"][3:],
    )


def test_what_an_honest_node_tells_is_what_is_sealed(council, called):
    params = council.hall.polls.params(called)
    found = judgement_of(council.hall.polls, council.promises, params)
    assert found.is_of(params)
    assert found.numbers == (1,)


LIES = {
    "promise": ("EvaluationAttached", lambda args: args.update(promises=bytes([1]))),
    "none such": ("EvaluationAttached", lambda args: args.update(promises=bytes([7]))),
    "none": ("EvaluationAttached", lambda args: args.update(promises=b"")),
    "mid-term": ("EvaluationAttached", lambda args: args.update(midTerm=True)),
    "mandate": ("EvaluationAttached", lambda args: args.update(mandate=9)),
    "official": ("MandateOpened", lambda args: args.update(subject=STRANGER.address)),
    "no mandate": ("MandateOpened", lambda _: False),
    "no promises": ("Pledged", lambda _: False),
    "text": ("Pledged", other_text),
}


@pytest.mark.parametrize(("name", "change"), LIES.values(), ids=LIES)
def test_a_node_that_tells_of_other_promises_is_not_believed(council, called, name, change):
    lying = Lying(council.promises.address, council.promises.abi, name, change)
    with pytest.raises(ConsultationError, match="the node tells"):
        judgement_of(council.hall.polls, lying, council.hall.polls.params(called))


def test_another_text_beside_the_sealed_hash_is_not_shown(council, called):
    lying = Lying(council.promises.address, council.promises.abi, "Pledged", other_words)
    found = judgement_of(council.hall.polls, lying, council.hall.polls.params(called))
    assert "study" not in found.shown
    assert f"the text of keccak256 0x{keccak(b'p0').hex()} is not what the chain carries" in found.shown


def test_a_consultation_that_judges_nothing_is_none_of_theirs(council, called):
    lying = Lying(council.promises.address, council.promises.abi, "EvaluationAttached", lambda _: False)
    assert judgement_of(council.hall.polls, lying, council.hall.polls.params(called)) is None
