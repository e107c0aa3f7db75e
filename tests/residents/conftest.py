"""A recovery that the register has announced."""

import pytest
from ape import chain

from testbed.town import RECOVERY_DELAY_S
from tests.support.commune import HASH


@pytest.fixture
def proposed(residents, registrar, citizen, newcomer):
    receipt = residents.proposeRecovery(citizen, newcomer, HASH, sender=registrar)
    return chain.blocks[receipt.block_number].timestamp + RECOVERY_DELAY_S
