"""Anvil, started by a test and always stopped."""

import contextlib
from collections.abc import Iterator

from beffroi.chain.anvil import anvil_running


@contextlib.contextmanager
def anvil(*options: str, chain_id: int = 31337) -> Iterator[str]:
    """The URL of a fresh chain; further options go to Anvil as they are."""
    with anvil_running(chain_id=chain_id, extra=options) as node:
        yield node.url
