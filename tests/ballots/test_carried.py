"""Who signed a transaction, by its bytes as a node tells them, and not by the node's word for it."""

import pytest
from eth_account import Account
from eth_utils.crypto import keccak

from beffroi.ballots.carried import rlp, signer_of

CHAIN = 31337
VOTER = Account.from_key(b"\x11" * 32)
TO = "0x" + "11" * 20
COMMON = {"nonce": 3, "gas": 90_000, "to": TO, "value": 0, "data": "0x" + "ab" * 80}
LISTED = [{"address": TO, "storageKeys": ["0x" + "00" * 32]}]
MARKET = {"maxFeePerGas": 10**9, "maxPriorityFeePerGas": 0}
KINDS = {
    "legacy": COMMON | {"chainId": CHAIN, "gasPrice": 10**9},
    "access list": COMMON | {"type": 1, "chainId": CHAIN, "gasPrice": 10**9, "accessList": LISTED},
    "market": COMMON | MARKET | {"type": 2, "chainId": CHAIN, "accessList": LISTED},
    "authorizing": COMMON | MARKET | {
        "type": 4, "chainId": CHAIN, "authorizationList": [
            VOTER.sign_authorization({"chainId": CHAIN, "address": TO, "nonce": 0})
        ],
    },
}  # fmt: skip


@pytest.fixture(params=KINDS)
def told(request):
    """A transaction that the voter signed, as a node tells it."""
    asked = KINDS[request.param]
    signed = VOTER.sign_transaction(asked)
    numbers = {name: hex(it) for name, it in asked.items() if isinstance(it, int)}
    listed = [
        {"chainId": hex(it.chain_id), "address": TO, "nonce": hex(it.nonce), "yParity": hex(it.y_parity),
         "r": hex(it.r), "s": hex(it.s)}
        for it in asked.get("authorizationList", ())
    ]  # fmt: skip
    return {
        **numbers, "to": TO, "input": asked["data"], "accessList": asked.get("accessList", []),
        "authorizationList": listed, "v": hex(signed.v), "r": hex(signed.r), "s": hex(signed.s), "from": TO,
    }  # fmt: skip


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


def test_lengths_are_as_the_yellow_paper_has_them():
    assert rlp([]) == b"\xc0"
    assert rlp(b"\x7f") == b"\x7f"
    assert rlp(b"\x80") == b"\x81\x80"
    assert rlp([b"cat", b"dog"]) == b"\xc8\x83cat\x83dog"
    assert rlp(b"a" * 56) == b"\xb8\x38" + b"a" * 56
    assert keccak(rlp(b"")).hex() == "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
