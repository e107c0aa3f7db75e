"""Anvil, started by a test and always stopped."""

import contextlib
import os
from collections.abc import Iterator

from beffroi.chain.anvil import anvil_running
from beffroi.chain.fees import GWEI


@contextlib.contextmanager
def anvil(*options: str, chain_id: int = 31337) -> Iterator[str]:
    """The URL of a fresh chain, unlike any that another process starts; further options go to Anvil as they are."""
    # Anvil's first block tells but the second and the fee: of two lanes' chains, scripts would share the journals.
    base_fee_wei = str(GWEI + os.getpid())
    with anvil_running(chain_id=chain_id, extra=("--block-base-fee-per-gas", base_fee_wei, *options)) as node:
        yield node.url
