"""A promise's text, where it stands in full and where its URI only tells the place."""

import pytest

from beffroi.ballots.transcript import keccak
from beffroi.credibility.mandate import Pledge
from beffroi.credibility.mandate_history import Promised


@pytest.mark.parametrize("text", ["Une piscine", "100 % de cantines, d'ici l'été ; « promis »", "a,b?c#d%20e", ""])
def test_a_text_in_full_is_read_back_from_the_event(text):
    _, text_hash, uri, weight_bps, due_at = Pledge.in_full(text, 2_500, 1_800_000_000).as_tuple()
    assert text_hash == keccak(text.encode())
    assert uri.isascii()
    assert " " not in uri
    assert Promised(0, text_hash, uri, weight_bps, 1, due_at).text == text


def test_a_text_elsewhere_is_shown_by_its_place():
    assert Promised(0, bytes(32), "ipfs://bafy", 10_000, 1, 0).text == "ipfs://bafy"
