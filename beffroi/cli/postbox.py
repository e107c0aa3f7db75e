"""Handing a slip to the town's post office, as the dApp does."""

from collections.abc import Mapping
from typing import Any

import requests

from beffroi.errors import SetupError
from beffroi.plain import plain

TIMEOUT_S = 30.0


def hand_in(url: str, slip: Mapping[str, Any]) -> str:
    """Hands a slip in, and gives the number by which the post office knows it.

    Args:
        url: of the post office.
        slip: as `POST /v1/slips` takes it (docs/post-office.md).

    Raises:
        SetupError: it does not answer, or refuses, in its own words.
    """
    try:
        answer = requests.post(f"{url.rstrip('/')}/v1/slips", json=slip, timeout=TIMEOUT_S)
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise SetupError(f"the post office {url} does not answer: {error}; with --slip, somebody else posts") from error
    fields = told if isinstance(told, dict) else {}
    if not answer.ok:
        raise SetupError(f"the post office refuses: {plain(str(fields.get('message', answer.reason)))}")
    if not isinstance(fields.get("id"), str):
        words = f"the post office {url} gives no number by which it knows this"
        raise SetupError(f"{words}; with --slip, somebody else posts")
    return plain(fields["id"])
