"""Signatures of a key, in every form that wallets give them, are brought to the one that contracts take."""

import json
from pathlib import Path

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from beffroi.chain.keys import Key
from beffroi.chain.signers import sign_typed
from beffroi.signatures import plain, plain_or_same
from tests.support.signatures import forms

LEDGER = json.loads((Path(__file__).parent / "vectors" / "signature-v.json").read_text())
ADA, EVE = Key.derived("ada"), Key.derived("eve")


@given(st.binary(min_size=32, max_size=32))
def test_every_form_of_a_signature_comes_to_the_same_bytes(digest):
    signature = ADA.sign(digest)
    assert {plain(it, digest, ADA.address) for it in forms(signature).values()} == {signature}
    assert {plain_or_same(it, digest, ADA.address) for it in forms(signature).values()} == {signature}


def test_a_wallet_that_counts_v_from_0_signs_as_one_that_counts_from_27():
    signer, digest = LEDGER["signer"], bytes.fromhex(LEDGER["digest"][2:])
    usual, ledger = (bytes.fromhex(LEDGER[f"signature_{it}"][2:]) for it in ("27_28", "0_1"))
    assert usual[64] == 28
    assert ledger[64] == 1
    assert plain(ledger, digest, signer) == plain(usual, digest, signer) == usual


@given(st.binary(min_size=32, max_size=32))
def test_what_another_key_signed_or_what_is_no_such_signature_is_left_as_it_came(digest):
    signature = ADA.sign(digest)
    strange = [
        *forms(EVE.sign(digest)).values(),
        b"",
        b"\0",
        signature[:63],
        signature + b"\0",
        bytes(65),
        b"\xff" * 65,
    ]
    strange += [signature[:64] + bytes([v]) for v in (2, 26, 29, 37)] + [signature[:64] + bytes([55 - signature[64]])]
    for it in strange:
        assert plain(it, digest, ADA.address) is None
        assert plain_or_same(it, digest, ADA.address) == it


def test_a_smart_accounts_signature_is_never_touched_though_it_looks_like_one_of_a_key():
    """A Safe's v of 0 and 1 say that a contract, or a call before, approved."""
    digest = b"\x07" * 32
    for v in (0, 1, 27):
        approved = (b"\0" * 12 + b"\x5a" * 20) + (65).to_bytes(32) + bytes([v])
        assert plain_or_same(approved, digest, "0x" + "5a" * 20) == approved


class LedgerAccount:
    """A hardware wallet, whose v counts from 0."""

    address = ADA.address

    def __init__(self, form):
        self.form = form

    def sign_message(self, message):
        digest = keccak(b"\x19" + message.version + message.header + message.body)
        return type("Signed", (), {"signature": forms(ADA.sign(digest))[self.form]})


@pytest.mark.parametrize("form", forms(ADA.sign(bytes(32))))
def test_a_script_has_a_wallets_signature_in_the_form_that_contracts_take(form):
    expected = sign_typed(ADA, b"\x01" * 32, b"\x02" * 32)
    assert sign_typed(LedgerAccount(form), b"\x01" * 32, b"\x02" * 32) == expected
