"""The fast signature and the wallet's are one and the same, for every kind of slip and for members of any type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi import slips
from beffroi.eip712 import Domain, SlipType

KEY = bytes(range(1, 33))
ALICE, BOB = slips.address_of(KEY), "0x" + "b0" * 20
DOMAIN = Domain("Beffroi", 100, "0x" + "bE" * 20)
INNER = SlipType("Inner(string text)")
MIDDLE = SlipType("Middle(Inner within,uint64 number)", (INNER,))
SLIPS = [
    slips.transfer(ALICE, BOB, 1_250, 2**255, after_s=1, before_s=2**40),
    slips.receive(ALICE, BOB, 1_250, 0),
    slips.cancel(ALICE, 63),
    slips.redeem(ALICE, 10_000, 5),
    slips.permit(ALICE, BOB, 2**256 - 1, 3, deadline_s=2**33),
    slips.veto_recovery(ALICE, BOB, 1_800_000_000),
    SlipType("Anything(string text,bytes data,uint256[] numbers,bytes32[] roots,bool yes)").of(
        "café", b"\x01\x02\x03", (1, 2, 3), (b"\x05" * 32,), True
    ),
    SlipType("Short(uint8 kind,uint24 shares,bytes4 selector,address[] who)").of(
        255, 3, b"\x01\x02\x03\x04", (ALICE, BOB)
    ),
    SlipType("Outer(Middle[] many,Inner one)", (MIDDLE, INNER)).of([(("deep",), 7)], ("flat",)),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.purpose)
def test_a_wallet_signs_the_same(slip):
    assert slips.sign(KEY, slip, DOMAIN) == slips.sign_by_wallet(KEY, slip, DOMAIN)


@settings(max_examples=50)
@given(
    key=st.binary(min_size=32, max_size=32).filter(any),
    value=st.integers(0, 2**256 - 1),
    nonce=st.integers(0, 2**256 - 1),
)
def test_a_wallet_signs_the_same_for_any_key_and_number(key, value, nonce):
    if int.from_bytes(key, "big") >= 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141:
        return
    slip = slips.transfer(slips.address_of(key), BOB, value, nonce)
    signature = slips.sign(key, slip, DOMAIN)
    assert signature == slips.sign_by_wallet(key, slip, DOMAIN)
    v, r, s = slips.split(signature)
    assert (r + s + bytes([v]), len(signature)) == (signature, 65)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("uint64", 2**64),
        ("uint8", -1),
        ("uint256", True),
        ("uint256", "1"),
        ("bool", 1),
        ("bytes32", b"\x05" * 31),
        ("bytes4", "0x01020304"),
        ("address", "0x" + "b0" * 19),
        ("address", "0x" + "b0" * 20 + " "),
        ("address", b"\xb0" * 20),
        ("uint8[]", (1, 256)),
    ],
)
def test_a_value_that_is_not_of_its_type_is_not_hashed(kind, value):
    with pytest.raises(ValueError, match="is no "):
        SlipType(f"Anything({kind} member)").of(value).digest(DOMAIN)


def test_each_word_and_the_domain_change_the_digest():
    slip = SLIPS[0]
    others = [
        slips.transfer(ALICE, BOB, 1_251, 2**255, after_s=1, before_s=2**40),
        slips.receive(*slip.values[:3], 2**255),
    ]
    domains = [
        Domain("Beffroi", 101, DOMAIN.contract),
        Domain("Other", 100, DOMAIN.contract),
        Domain("Beffroi", 100, BOB),
    ]
    digests = {slip.digest(DOMAIN), *(o.digest(DOMAIN) for o in others), *(slip.digest(d) for d in domains)}
    assert len(digests) == 1 + len(others) + len(domains)
