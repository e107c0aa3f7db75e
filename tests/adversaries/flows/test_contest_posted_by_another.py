"""A contest that somebody else posted is told as done, as every other slip is."""

from eth_utils.crypto import keccak

from beffroi.post.checks import DONE
from beffroi.post.kinds.reasons import of_revert

INES = bytes(31) + b"\1"


def test_a_contest_that_another_posted_is_looked_for_on_chain_before_it_is_refused():
    told = of_revert(keccak(text="Clearing_AlreadyContested(address)")[:4] + INES)

    assert told.code in DONE
