"""A promise's text, where it stands in full and where its URI only tells the place."""

from dataclasses import replace

import pytest

from beffroi.ballots.transcript import keccak
from beffroi.credibility.mandate import Pledge
from beffroi.credibility.mandate_history import MandateHistory, OtherPledgeError, Promised


@pytest.mark.parametrize("text", ["Une piscine", "100 % de cantines, d'ici l'été ; « promis »", "a,b?c#d%20e", ""])
def test_a_text_in_full_is_read_back_from_the_event(text):
    _, text_hash, uri, weight_bps, due_at = Pledge.in_full(text, 2_500, 1_800_000_000).as_tuple()
    assert text_hash == keccak(text.encode())
    assert uri.isascii()
    assert " " not in uri
    assert Promised(0, text_hash, uri, weight_bps, 1, due_at).text == text


def test_a_text_elsewhere_is_shown_by_its_place():
    assert Promised(0, bytes(32), "ipfs://bafy", 10_000, 1, 0).text == "ipfs://bafy"


POOL = Pledge("A pool", "https://t.example/pool", 2_500, 1_800_000_000)
PATH = Pledge("A cycle path", "https://t.example/path", 5_000, 1_800_000_000)


def fixed(*pledges):
    """A mandate whose first promises are these."""
    history = MandateHistory(1, "0x" + "11" * 20, 1_900_000_000, 2)
    for number, it in enumerate(pledges):
        _, text_hash, uri, weight_bps, due_at = it.as_tuple()
        history.promises.append(Promised(number, text_hash, uri, weight_bps, 1, due_at))
    return history


def test_a_run_that_stopped_goes_on_where_it_stopped_also_between_equal_promises():
    pledges = [POOL, PATH, POOL]
    assert [list(fixed(*pledges[:done]).left(pledges)) for done in range(4)] == [pledges, [PATH, POOL], [POOL], []]


def test_promises_that_are_fixed_otherwise_are_not_added_to():
    for other in ([PATH], [replace(POOL, weight_bps=2_501)], [replace(POOL, due_at=0)], [replace(POOL, uri="")]):
        with pytest.raises(OtherPledgeError, match="promise 1 of mandate 1 is fixed otherwise"):
            fixed(POOL).left(other)
    with pytest.raises(OtherPledgeError, match="more than are given"):
        fixed(POOL, PATH).left([POOL])
