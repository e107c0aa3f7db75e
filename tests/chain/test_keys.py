"""Fast keys give the bytes that eth-account gives."""

from eth_account import Account
from eth_account.messages import encode_defunct
from hypothesis import given
from hypothesis import strategies as st

from beffroi.chain.keys import Key

PAYEE = Account.from_key(b"\7" * 32).address

secrets = st.integers(1, 2**250).map(lambda it: it.to_bytes(32))
words = st.one_of(st.sampled_from([0, 1, 127, 128, 255, 256]), st.integers(0, 2**64))
calldata = st.one_of(st.sampled_from([b"", b"\0", b"\x7f", b"\x80"]), st.binary(max_size=400))


@given(secrets, st.integers(1, 2**40), words, words, words, words, words, calldata)
def test_a_transaction_is_signed_as_eth_account_signs_it(secret, chain_id, nonce, gas, fee, tip, value, data):
    transaction = {
        "type": 2,
        "chainId": chain_id,
        "nonce": nonce,
        "to": PAYEE,
        "value": value,
        "data": "0x" + data.hex(),
        "gas": gas,
        "maxFeePerGas": fee,
        "maxPriorityFeePerGas": tip,
    }
    theirs = Account.from_key(secret).sign_transaction(transaction).raw_transaction
    assert Key(secret).sign_transaction(transaction).raw_transaction == bytes(theirs)


def test_a_long_transaction_is_signed_as_eth_account_signs_it():
    transaction = {
        "type": 2,
        "chainId": 1,
        "nonce": 0,
        "to": PAYEE,
        "value": 0,
        "data": "0x" + "ab" * 70_000,
        "gas": 1,
        "maxFeePerGas": 1,
        "maxPriorityFeePerGas": 1,
    }
    theirs = Account.from_key(b"\1" * 32).sign_transaction(transaction).raw_transaction
    assert Key(b"\1" * 32).sign_transaction(transaction).raw_transaction == bytes(theirs)


@given(secrets, st.binary(min_size=1, max_size=64))
def test_a_digest_is_signed_as_eth_account_signs_it(secret, message):
    theirs = Account.sign_message(encode_defunct(message), secret)
    assert Key(secret).sign(bytes(theirs.message_hash)) == bytes(theirs.signature)


@given(secrets)
def test_an_address_is_eth_accounts(secret):
    assert Key(secret).address == Account.from_key(secret).address


def test_a_derived_key_is_the_same_each_time_and_another_for_another_name():
    assert Key.derived("town", 1).address == Key.derived("town", 1).address
    assert Key.derived("town", 1).address != Key.derived("town", 2).address
