"""Contracts of the vote and of promises keep away from the most bytes of code that a chain takes (EIP-170: 24,576)."""

import pytest

from beffroi.chain.artifacts import artifact
from beffroi.town.modules import module_of

MOST_BYTES = 24_200


@pytest.mark.parametrize("contract", [*module_of("consultations").contracts, *module_of("credibility").contracts])
def test_no_contract_of_votes_or_promises_is_nearly_too_large(contract):
    assert 0 < len(artifact(contract).runtime) <= MOST_BYTES
