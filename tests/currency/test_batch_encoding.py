"""A batch of payments is encoded as eth-abi encodes it, from the function's own types."""

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from beffroi import slips
from beffroi.chain.abi import entry, types
from beffroi.chain.artifacts import artifact
from beffroi.currency.posting import encode_slips

BATCH = types(entry(artifact("LocalCurrency").abi, "function", "transferWithAuthorizationBatch")["inputs"])
NUMBERS = st.integers(0, 2**256 - 1)
ACCOUNTS = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())
PAYMENTS = st.builds(slips.transfer, ACCOUNTS, ACCOUNTS, NUMBERS, NUMBERS, after_s=NUMBERS, before_s=NUMBERS)
SIGNED = st.lists(st.tuples(PAYMENTS, st.binary(max_size=130)), max_size=5)


@given(SIGNED)
def test_any_batch_is_encoded_as_by_eth_abi(signed):
    assert encode_slips(signed) == encode(BATCH, [[(*slip.values, signature) for slip, signature in signed]])


def test_a_payment_with_a_value_out_of_range_is_in_no_batch():
    slip = slips.transfer("0x" + "a1" * 20, "0x" + "b0" * 20, 2**256, 0)
    with pytest.raises(ValueError, match="is no uint256"):
        encode_slips([(slip, bytes(65))])
