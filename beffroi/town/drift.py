"""What is there and is not what the file or the build has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beffroi.chain.create2 import code_hash
from beffroi.town.manifest import ContractRecord, recorded


@dataclass(frozen=True)
class Drift:
    """Something that is there and is not what the file or the build has.

    Attributes:
        subject: the contract or office.
        what: in words.
        repair: the call of the town by which ADMIN sets it right; none for a contract, whose state would be lost.
    """

    subject: str
    what: str
    repair: bytes = b""


def contract_drift(
    name: str, record: ContractRecord, creation_code: bytes, arguments: Mapping[str, Any]
) -> list[Drift]:
    """What of a contract, its code or its constructor's arguments, is not as it was deployed."""
    drift = [
        Drift(name, f"{key}: deployed with {was}, the file now gives {now}")
        for key, was, now in _changed(record.arguments, recorded(dict(arguments)))
    ]
    if code_hash(creation_code) != record.creation_code_hash:
        drift.append(Drift(name, f"code: deployed {record.creation_code_hash}, built {code_hash(creation_code)}"))
    return drift


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    changed: list[tuple[str, Any, Any]] = []
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key), now.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            changed += _changed(before, after)
        elif before != after:
            changed.append((key, before, after))
    return changed
