"""Arguments are checked by name and type before anything is sent."""

import pytest

from beffroi.chain.abi import AbiError, encode_call, encode_constructor, entry, signature
from beffroi.chain.artifacts import artifact

TREASURER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
CHARTER = {
    "name": "Lys",
    "symbol": "LYS",
    "authority": TREASURER,
    "residents": TREASURER,
    "commons": TREASURER,
    "redeemableKinds": 4,
    "redemptionFee_bps": 300,
    "leastRedemption_cents": 1_000,
    "keptPerDay": 0,
    "seizureDelay_s": 86_400,
    "predecessor": TREASURER,
}


def construct(**arguments):
    return encode_constructor("LocalCurrency", artifact("LocalCurrency").abi, arguments)


def test_a_constructor_takes_its_struct_by_names_in_any_order():
    assert construct(charter=CHARTER) == construct(charter=dict(reversed(CHARTER.items())))


def test_an_argument_that_is_missing_is_named():
    with pytest.raises(AbiError, match=r"LocalCurrency\.charter is not given symbol, keptPerDay"):
        construct(charter={name: value for name, value in CHARTER.items() if name not in {"symbol", "keptPerDay"}})


def test_an_argument_that_is_unknown_is_named():
    with pytest.raises(AbiError, match=r"LocalCurrency\.charter takes no fee: it takes name, symbol"):
        construct(charter={**CHARTER, "fee": 1})
    with pytest.raises(AbiError, match="LocalCurrency takes no chartre: it takes charter"):
        construct(chartre=CHARTER)


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("keptPerDay", 2**128, "uint128"),
        ("redeemableKinds", -1, "uint8"),
        ("commons", "0x12", "address"),
        ("name", 7, "string"),
        ("redemptionFee_bps", "300", "uint16"),
    ],
)
def test_an_argument_of_another_type_is_named(name, value, kind):
    with pytest.raises(AbiError, match=rf"LocalCurrency\.charter\.{name} is a {kind}, and was given"):
        construct(charter={**CHARTER, name: value})


def test_a_call_is_checked_too():
    abi = artifact("LocalCurrency").abi
    with pytest.raises(AbiError, match="transfer takes 2 arguments and was given 1"):
        encode_call(abi, "transfer", TREASURER)
    with pytest.raises(AbiError, match=r"transfer\.value is a uint256"):
        encode_call(abi, "transfer", TREASURER, -1)
    with pytest.raises(AbiError, match="0 functions named fly"):
        encode_call(abi, "fly")


def test_a_call_begins_with_the_standard_selector():
    abi = artifact("LocalCurrency").abi
    assert signature(entry(abi, "function", "transfer")) == "transfer(address,uint256)"
    assert encode_call(abi, "transfer", TREASURER, 1).hex().startswith("a9059cbb")
