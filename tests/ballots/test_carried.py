"""Who signed a transaction, by its bytes as a node tells them, and not by the node's word for it."""

import json
from pathlib import Path

import pytest

from beffroi.ballots.carried import cast_in, signer_of
from tests.vectors.make_carried import CHAIN, KINDS, VOTER, calls, vectors

FILE = Path(__file__).parents[1] / "vectors" / "carried.json"


@pytest.fixture(params=KINDS)
def told(request):
    """A transaction that the voter signed, as a node tells it."""
    return vectors()["transactions"][request.param]


def test_the_vectors_are_still_what_is_made_here():
    assert json.loads(FILE.read_text()) == vectors()


def test_the_signer_is_found_whoever_the_node_says_it_was(told):
    assert signer_of(told, CHAIN) == bytes.fromhex(VOTER.address[2:])


@pytest.mark.parametrize("name", ["nonce", "gas", "value", "r"])
def test_a_bit_of_it_altered_is_another_signers_or_nobodys(told, name):
    assert signer_of(told | {name: hex(int(told[name], 16) ^ 1)}, CHAIN) != bytes.fromhex(VOTER.address[2:])


def test_other_calldata_another_contract_or_chain_are_not_what_she_signed(told):
    others = ({"input": told["input"][:-2] + "ac"}, {"to": "0x" + "12" * 20})
    assert bytes.fromhex(VOTER.address[2:]) not in [signer_of(told | it, CHAIN) for it in others]
    assert signer_of(told, 1) != bytes.fromhex(VOTER.address[2:])


def test_what_nobody_signed_has_no_signer(told):
    lacking = {name: it for name, it in told.items() if name != "r"}
    for it in (
        lacking,
        told | {"type": "0x7f"},
        told | {"r": "0x0"},
        told | {"s": "0x" + "f" * 64},
        told | {"s": None},
    ):
        assert signer_of(it, CHAIN) is None


@pytest.mark.parametrize(
    "altered",
    [
        *({"gas": "-0x1"}, {"input": None}, {"to": 7}, {"nonce": ["0x1"]}, {"r": -1}, {"value": 3}, {"input": "0xzz"}),
        *({"type": 2}, {"s": "0x" + "f" * 80}),
    ],
    ids=str,
)
def test_a_transaction_of_another_shape_is_not_what_she_signed(told, altered):
    assert signer_of(told | altered, CHAIN) != bytes.fromhex(VOTER.address[2:])


def test_a_malformed_list_of_places_has_no_signer():
    listed = {"accessList": [{"address": 7, "storageKeys": []}]}
    assert signer_of(vectors()["transactions"]["market"] | listed, CHAIN) is None


@pytest.mark.parametrize("told", [{}, {"input": None}, {"input": 7}, {"input": "0xzz"}], ids=str)
def test_a_transaction_without_input_casts_nothing(told):
    assert cast_in(told) is None


@pytest.mark.parametrize("call", calls(), ids=lambda it: it["input"][:10])
def test_a_voter_casts_what_her_call_names_and_nothing_that_rides_in_another(call):
    casts = call["casts"]
    expected = casts and (casts["consultation"], casts["index"], bytes.fromhex(casts["ballot"][2:]))
    assert cast_in({"input": call["input"]}) == expected
