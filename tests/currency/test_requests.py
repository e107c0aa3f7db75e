"""A payment request: one name, paid by a slip or by a transaction, and once."""

import json
from pathlib import Path

import pytest
from eth_account.messages import encode_typed_data
from hypothesis import given
from hypothesis import strategies as st

from beffroi.chain.keys import Key
from beffroi.chain.rpc import RpcError
from beffroi.currency.paying import Payment, compare
from beffroi.currency.posting import post
from beffroi.currency.requests import PaymentRequest, RequestError, ask, parse
from beffroi.slips import FOREVER
from testbed.town import AUDITOR, MAYOR, REGISTRAR, TREASURER, fund

MERCHANT = Key.derived("requests", "merchant")
CURRENCY = Key.derived("requests", "currency").address
REQUEST = PaymentRequest(31337, CURRENCY, MERCHANT.address, 1250, "2 cafés & une «tarte»?", 1_900_000_000, b"\7" * 32)

requests = st.builds(
    PaymentRequest,
    st.integers(1, 2**32),
    st.just(CURRENCY),
    st.just(MERCHANT.address),
    st.integers(1, 2**80 - 1),
    st.text(max_size=50),
    st.one_of(st.just(FOREVER), st.integers(1, 2**40)),
    st.binary(min_size=32, max_size=32),
)


@given(requests)
def test_a_request_survives_its_qr(request_):
    assert parse(request_.uri()) == request_


def test_its_uri_is_an_erc_681_call_of_pay_request():
    assert REQUEST.uri() == (
        f"ethereum:{CURRENCY}@31337/payRequest?address={MERCHANT.address}&uint256=1250&bytes32=0x{REQUEST.hash.hex()}"
        f"&memo=2%20caf%C3%A9s%20%26%20une%20%C2%ABtarte%C2%BB%3F&before=1900000000&salt=0x{'07' * 32}"
    )


def test_its_hash_is_eth_accounts_struct_hash():
    fields = [
        ("chainId", "uint256"),
        ("currency", "address"),
        ("payee", "address"),
        ("amount", "uint256"),
        ("memo", "string"),
        ("validBefore", "uint256"),
        ("salt", "bytes32"),
    ]
    values = (31337, CURRENCY, MERCHANT.address, 1250, REQUEST.memo, REQUEST.before_s, REQUEST.salt)
    theirs = encode_typed_data(
        full_message={
            "types": {"EIP712Domain": [], "PaymentRequest": [{"name": name, "type": kind} for name, kind in fields]},
            "domain": {},
            "primaryType": "PaymentRequest",
            "message": dict(zip([name for name, _ in fields], values, strict=True)),
        }
    )
    assert theirs.body == REQUEST.hash


@pytest.mark.parametrize(
    ("found", "instead", "complaint"),
    [
        ("uint256=1250", "uint256=1251", "was changed"),
        ("@31337", "@1", "was changed"),
        (MERCHANT.address, CURRENCY, "was changed"),
        ("before=1900000000", "before=1900000001", "was changed"),
        ("uint256=1250", "uint256=1.25e3", "is not a number"),
        ("uint256=1250", "uint256=0", "cannot be paid"),
        ("uint256=1250", "uint256=1250&uint256=1", "twice"),
        ("&salt=0x", "&sel=0x", "lacks a field"),
        ("&salt=0x", "&salt=0y", "cannot be read"),
        ("/payRequest?", "/pay?", "not a payment request"),
    ],
)
def test_a_request_that_was_changed_is_refused(found, instead, complaint):
    assert found in REQUEST.uri()
    with pytest.raises(RequestError, match=complaint):
        parse(REQUEST.uri().replace(found, instead, 1))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"payee": "0x12"}, "by address"),
        ({"amount_cents": 0}, "cannot be paid"),
        ({"amount_cents": 2**80}, "cannot be paid"),
        ({"memo": "é" * 101}, "202 bytes, 200 at most"),
        ({"before_s": 0}, "no time"),
        ({"salt": b"short"}, "5 bytes, not 32"),
    ],
)
def test_a_request_that_nobody_could_pay_is_refused(changes, complaint):
    fields = {"chain_id": 1, "currency": CURRENCY, "payee": MERCHANT.address, "amount_cents": 1} | changes
    with pytest.raises(RequestError, match=complaint):
        PaymentRequest(**fields)


def test_two_requests_for_the_same_coffee_differ():
    assert ask(1, CURRENCY, MERCHANT.address, 150).hash != ask(1, CURRENCY, MERCHANT.address, 150).hash


def test_whoever_accepted_a_request_once_cannot_pay_it_twice(town):
    citizen = Key.derived("requests", "citizen")
    town.does(REGISTRAR, town.residents, "enrol", 1, [citizen.address, MERCHANT.address], [])
    town.does(AUDITOR, town.currency, "attestReserve", 10_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", citizen.address, 10_000, b"\2" * 32)
    request = ask(31337, town.currency.address, MERCHANT.address, 1250, "café")
    slip = parse(request.uri()).slip(citizen.address)
    signed = (slip, citizen.sign(slip.digest(town.domain(town.currency))))

    posted = post(town.rpc, town.currency, MAYOR, [signed, signed])

    assert posted.carried_out == 1
    assert list(posted.refused) == [1]
    assert "LocalCurrency_SlipUsed" in posted.refused[1]
    assert town.currency.read(town.rpc, "balanceOf", MERCHANT.address) == 1250
    assert town.currency.read(town.rpc, "authorizationState", citizen.address, request.nonce)


def test_one_payer_pays_one_request_once_however_she_pays(town):
    """By her own transaction, by a slip, again: her nonce is spent; another's is not."""
    ada, bob = Key.derived("requests", "ada"), Key.derived("requests", "bob")
    fund(town.rpc, [ada, bob])
    town.does(REGISTRAR, town.residents, "enrol", 1, [ada.address, bob.address, MERCHANT.address], [])
    town.does(AUDITOR, town.currency, "attestReserve", 20_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issueBatch", [ada.address, bob.address], [10_000, 10_000], b"\2" * 32)
    request = ask(31337, town.currency.address, MERCHANT.address, 1250, "café")
    words = (MERCHANT.address, 1250, request.hash)

    receipt = town.does(ada, town.currency, "payRequest", *words)
    told = {it.name: it.args for it in town.currency.logged(receipt, "AuthorizationUsed", "Paid")}
    assert told["AuthorizationUsed"] == {"authorizer": ada.address, "nonce": request.nonce}
    assert told["Paid"]["ref"] == request.hash
    slip = request.slip(ada.address)
    posted = post(town.rpc, town.currency, MAYOR, [(slip, ada.sign(slip.digest(town.domain(town.currency))))])
    assert "LocalCurrency_SlipUsed" in posted.refused[0]
    again = {"from": ada.address, "to": town.currency.address}
    with pytest.raises(RpcError, match="revert"):
        town.rpc.call("eth_call", again | {"data": "0x" + town.currency.encode("payRequest", *words).hex()}, "latest")

    town.does(bob, town.currency, "payRequest", MERCHANT.address, 1, request.hash)  # a cent under its name pays nothing
    town.does(bob, town.currency, "payRequest", *words)
    assert town.currency.read(town.rpc, "balanceOf", MERCHANT.address) == 2 * 1250 + 1


def test_a_request_that_is_paid_without_a_slip_is_told_once(town):
    ada = Key.derived("requests", "ada")
    fund(town.rpc, [ada])
    town.does(REGISTRAR, town.residents, "enrol", 1, [ada.address, MERCHANT.address], [])
    town.does(AUDITOR, town.currency, "attestReserve", 20_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", ada.address, 10_000, b"\2" * 32)
    request = ask(31337, town.currency.address, MERCHANT.address, 1250)
    town.does(ada, town.currency, "payRequest", MERCHANT.address, 1250, request.hash)

    bill = Payment(MERCHANT.address, 1250, request.hash)
    found = compare(town.rpc, town.currency, ada.address, [bill])
    assert (found.already, found.repeated) == ([bill], {})


def test_the_vectors_that_the_dapp_reads_are_still_ours():
    written = json.loads(Path("tests/vectors/payment-requests.json").read_text(encoding="utf-8"))
    for it in written:
        request_ = parse(it["uri"])
        told = (request_.uri(), "0x" + request_.hash.hex(), "0x" + request_.nonce.hex(), request_.memo)
        assert told == (it["uri"], it["hash"], it["nonce"], it["memo"])


@pytest.mark.parametrize(
    ("chain", "complaint"),
    [
        ("0", "no chain"),
        (str(2**256), "no chain"),
        ("9" * 78, "no chain"),
        ("9" * 100, "not a number"),
        ("9" * 5_000, "not a number"),
        ("٣", "not a payment request"),
    ],
)
def test_a_chain_that_cannot_be_is_refused_in_words(chain, complaint):
    uri = PaymentRequest(1, "0x" + "11" * 20, "0x" + "22" * 20, 5).uri().replace("@1/", f"@{chain}/")
    with pytest.raises(RequestError, match=complaint):
        parse(uri)
