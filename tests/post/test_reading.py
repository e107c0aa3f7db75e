"""What whoever sends a malformed request is told: the member by its path, and what it must be, in our own words."""

import copy
import json

import pytest

from beffroi import slips
from beffroi.chain.contract import Contract
from beffroi.eip712 import Domain
from beffroi.post.codes import PostError
from beffroi.post.deed_types import DEED_REQUEST
from beffroi.post.kinds.currency import Transfer
from beffroi.post.kinds.residents import Veto
from beffroi.post.slip_types import SlipReaders

TOWN = "0x" + "c0" * 20
BOB, CLEO = "0x" + "Ab" * 20, "0x" + "cD" * 20
PAYMENT = {
    "kind": "transfer",
    "message": {
        "from": BOB, "to": CLEO, "value": "100", "validAfter": "0", "validBefore": "9", "nonce": "0x" + "0F" * 32,
    },
    "signature": "0x" + "AB" * 65,
    "domain": {"chainId": 31_337, "verifyingContract": TOWN},
}  # fmt: skip


@pytest.fixture(scope="module")
def transfer():
    return Transfer(Contract.built("LocalCurrency", TOWN), Domain("Valombre", 31_337, TOWN))


@pytest.fixture(scope="module")
def veto():
    return Veto(Contract.built("Residents", TOWN), Domain("Residents", 31_337, TOWN))


@pytest.fixture(scope="module")
def readers(transfer, veto):
    return SlipReaders({"transfer": transfer, "veto": veto}, deeds=True, most=2)


def changed(place, value):
    """The payment with another value there; `...` takes the member out."""
    request = copy.deepcopy(PAYMENT)
    *above, last = place.split(".")
    holder = request
    for name in above:
        holder = holder[name]
    if value is ...:
        del holder[last]
    else:
        holder[last] = value
    return request


TOLD = [
    ("kind", ..., "is missing"),
    ("kind", "telegram", "must be one of transfer, veto, deed"),
    ("kind", ["transfer"], "must be one of transfer, veto, deed"),
    ("message", ..., "is missing"),
    ("message", [], "must be an object"),
    ("message.to", ..., "is missing"),
    ("message.to", "0x12", "must be an address"),
    ("message.value", 5, "must be a whole number of at most 78 digits, as text"),
    ("message.value", str(2**256), "is not below 2^256"),
    ("message.nonce", "0x" + "0f" * 31, "must be 32 bytes as 0x-hex"),
    ("message.nonce", "0x" + "0f" * 31 + "f", "must be 32 bytes as 0x-hex"),
    ("signature", "0x" + "00" * 2_049, "must be 1 to 2048 bytes as 0x-hex"),
    ("domain.chainId", "31337", "must be a whole number from 0 to 9007199254740991"),
    ("domain.chainId", -1, "must be a whole number from 0 to 9007199254740991"),
    ("extra", None, "must be an object"),
]


@pytest.mark.parametrize(("place", "value", "words"), TOLD)
def test_a_wrong_member_is_named_and_told_what_it_must_be_alone_and_in_a_batch(readers, place, value, words):
    request = changed(place, value)
    for reader, body, path in (
        (readers.one, request, place),
        (readers.many, {"slips": [PAYMENT, request]}, f"slips[1].{place}"),
    ):
        with pytest.raises(PostError) as refused:
            reader.json(json.dumps(body).encode())
        assert refused.value.message == f"{path} {words}"
        assert refused.value.details == {"path": path}


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (PAYMENT | {"tip": 1}, "slip takes no member 'tip'"),
        (PAYMENT | {"message": PAYMENT["message"] | {"memo": 1}}, "message takes no member 'memo'"),
        (PAYMENT | {"x" * 500: 1}, f"slip takes no member {'x' * 40!r}"),
        (PAYMENT | {"extra": {"index": 1}}, "extra takes no member 'index'"),
        (5, "slip must be an object"),
        (PAYMENT | {str(number): 1 for number in range(101)}, "slip has 101 faults"),
    ],
)
def test_members_that_do_not_belong_are_named(readers, request_, words):
    with pytest.raises(PostError, match=f"^{words}$"):
        readers.one.json(json.dumps(request_).encode())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"slips": []}, "slips must be a list of at least 1"),
        ({"slips": [PAYMENT] * 3}, "slips must be a list of at most 2"),
        ({"slips": PAYMENT}, "slips must be a list"),
        ({"slip": PAYMENT}, "slips is missing"),
        ({"slips": [PAYMENT], "tip": 1}, "body takes no member 'tip'"),
        ([PAYMENT], "body must be an object"),
    ],
)
def test_a_batch_is_a_list_of_some_slips_and_nothing_else(readers, body, words):
    with pytest.raises(PostError, match=f"^{words}$"):
        readers.many.json(json.dumps(body).encode())


def test_a_member_deep_in_a_deed_is_named():
    right = {"holder": BOB, "kind": "9", "shares": "1"}
    with pytest.raises(PostError, match="must be a kind of right, from 0 to 2") as refused:
        DEED_REQUEST.of({"act": "compromis", "terms": terms(right)})
    assert refused.value.details == {"path": "terms.sold[1].kind"}


def terms(right):
    numbers = (
        "title", "version", "price_cents", "tax_cents", "deposit_cents", "usufruct_bps", "conditions", "depositBy",
        "retractUntil", "conditionsBy", "settleBy",
    )  # fmt: skip
    good = right | {"kind": "0"}
    return dict.fromkeys(numbers, "1") | {
        "documentHash": "0x" + "00" * 32,
        "loan": {"lender": BOB, "amount_cents": "0", "dueDay": "0"},
        "sold": [good, right], "bought": [good], "fees": [], "payoffs": [], "funding": [],
    }  # fmt: skip


def test_a_town_of_one_kind_reads_it_and_says_which_it_is(veto):
    alone = SlipReaders({"veto": veto}, deeds=False, most=2)
    with pytest.raises(PostError, match=r"^this town has no office that takes such a slip$"):
        alone.one.json(json.dumps(PAYMENT).encode())
    with pytest.raises(PostError, match=r"^kind must be one of veto$"):
        alone.one.of(PAYMENT | {"kind": "telegram"})


def test_a_slip_is_the_same_however_its_numbers_and_addresses_are_written(transfer, readers):
    lower = json.loads(json.dumps(PAYMENT).lower().replace('"chainid"', '"chainId"'))
    lower["message"] = dict(zip(PAYMENT["message"], lower["message"].values(), strict=True))
    lower["domain"] = PAYMENT["domain"]
    one, other = (transfer.draft(readers.one.json(json.dumps(it).encode())) for it in (PAYMENT, lower))
    assert one.payload == other.payload
    signed = slips.transfer(BOB, CLEO, 100, int("0f" * 32, 16), before_s=9)
    assert one.id == other.id == signed.digest(transfer.domain)
    assert transfer.opened(one.queued(BOB, 0)) == one, "what is kept is what was read"
