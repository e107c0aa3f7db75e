"""Calldata from what people type: the same bytes as by values, and each wrong word named."""

import pytest

from beffroi.chain.abi import AbiError, encode_call
from beffroi.chain.spoken import encode_words
from beffroi.errors import InputError

ADA = "0x5FbDB2315678afecb367f032d93F642f64180aa3"


def parameter(name, kind, *components):
    return {"name": name, "type": kind, "components": list(components)}


ABI = [
    {"type": "function", "name": "pay", "inputs": [
        parameter("to", "address"), parameter("cents", "uint256"), parameter("ref", "bytes32"),
        parameter("now", "bool"), parameter("why", "string"),
    ]},
    {"type": "function", "name": "rates", "inputs": [
        parameter("brackets", "tuple[]", parameter("from", "uint64"), parameter("bps", "int16")),
        parameter("days", "uint16[]"), parameter("one", "tuple", parameter("who", "address")),
    ]},
    {"type": "function", "name": "pause", "inputs": []},
]  # fmt: skip
REF = "0x" + "ab" * 32


def test_words_become_the_calldata_of_their_values():
    spoken = encode_words(ABI, "pay", [ADA, "2500", REF, "true", "le lavoir"])
    assert spoken == encode_call(ABI, "pay", ADA, 2500, bytes.fromhex(REF[2:]), True, "le lavoir")
    assert encode_words(ABI, "pay", [ADA, "0x10", REF, "false", ""])[36:68] == (16).to_bytes(32)
    assert encode_words(ABI, "pause", []) == encode_call(ABI, "pause")


def test_lists_and_structs_are_json():
    structs = '[{"from": 0, "bps": -5}, [100, "7"]]'
    spoken = encode_words(ABI, "rates", [structs, "[1, 2]", f'{{"who": "{ADA}"}}'])
    assert spoken == encode_call(ABI, "rates", [(0, -5), (100, 7)], [1, 2], (ADA,))


@pytest.mark.parametrize(
    ("place", "word", "told"),
    [
        (0, ADA[:-1], "to: .* is no address"),
        (0, ADA.replace("5F", "5f"), "wrong checksum"),
        (1, "12,50", "cents: '12,50' is no uint256"),
        (2, "0xzz", "ref: '0xzz' is no bytes32"),
        (2, "0xabcd", "ref: '0xabcd' is no bytes32: it has 2 bytes"),
        (3, "yes", "now: 'yes' is no bool"),
    ],
)
def test_a_word_of_another_type_is_named(place, word, told):
    words = [ADA, "2500", REF, "true", "why"]
    words[place] = word
    with pytest.raises(InputError, match=told):
        encode_words(ABI, "pay", words)


def test_what_does_not_fit_is_refused():
    for words, told in [([], "takes to .address., cents"), ([ADA, "-1", REF, "true", ""], "cents is a uint256"),
                        ([ADA, str(2**256), REF, "true", ""], "cents is a uint256")]:  # fmt: skip
        with pytest.raises(AbiError, match=told):
            encode_words(ABI, "pay", words)
    with pytest.raises(AbiError, match="0 functions named paid"):
        encode_words(ABI, "paid", [])
    with pytest.raises(InputError, match="a list stands in"):
        encode_words(ABI, "rates", ["[]", "3", "[]"])
    with pytest.raises(InputError, match="one: "):
        encode_words(ABI, "rates", ["[]", "[]", "[]"])
