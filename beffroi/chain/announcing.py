"""Acts that must wait: an office with a delay announces them, and carries them out later by the same call.

OpenZeppelin's AccessManager keeps what was announced by keccak(caller, target, calldata), for a week from the moment
on at which it may be carried out.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi.chain.abi import decode_result, encode_call, entry, selector
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.reverts import revert_data
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import Call, Signer
from beffroi.errors import ChainError

_AFTER_9999_S = 253_402_300_800
SCHEDULES_AT_ONCE = 40
"""Announcements that share a transaction: each carries the whole calldata of its act, which is written nowhere."""


@dataclass(frozen=True)
class Act:
    """What an office is to do.

    Attributes:
        signer: who holds the office.
        call: what it does.
    """

    signer: Signer
    call: Call


class NotAnnouncedError(ChainError):
    """Acts of an office must wait and were not announced; nothing was sent."""

    def __init__(self, rpc: Rpc, acts: Sequence[Act]) -> None:
        purposes = list(dict.fromkeys(act.call.purpose for act in acts))
        super().__init__(f"such acts must be announced first, and wait: {'; '.join(purposes)}")
        self.rpc, self.acts, self.purposes = rpc, acts, purposes


def must_be_announced(error: object) -> bool:
    """Whether a node's answer to a call says that it was not announced, or so long ago that it ran out."""
    unannounced = {_error("AccessManagerNotScheduled"), _error("AccessManagerExpired")}
    return isinstance(error, RpcError) and (revert_data(error) or b"")[:4] in unannounced


def waiting(rpc: Rpc, act: Act, error: RpcError) -> str:
    """When an act may be carried out that was announced too recently; empty where something else is in its way."""
    if (revert_data(error) or b"")[:4] != _error("AccessManagerNotReady"):
        return ""
    authority = authority_of(rpc, act.call.to)
    (ready_at_s,) = schedules(rpc, authority, str(act.signer.address), [(act.call.to, act.call.data)])
    return f"it is announced, and may be carried out from {moment(ready_at_s)} on: give this very command again then"


def authority_of(rpc: Rpc, contract: str) -> str:
    """The AccessManager that a contract obeys; the contract itself where it is one."""
    form = artifact("Residents").abi
    try:
        answer = rpc.call("eth_call", {"to": contract, "data": "0x" + encode_call(form, "authority").hex()}, "latest")
    except RpcError:
        return contract
    return str(to_checksum_address(decode_result(form, "authority", bytes.fromhex(answer[2:]))))


def schedules(rpc: Rpc, authority: str, caller: str, acts: Sequence[tuple[str, bytes]]) -> list[int]:
    """From when on each act may be carried out, unix seconds; 0 for what is not announced, or was too long ago."""
    asked = [(keccak(encode(["address", "address", "bytes"], [caller, target, data])),) for target, data in acts]
    return list(Contract.built("Town", authority).reads(rpc, "getSchedule", asked))


def announcements(acts: Sequence[tuple[str, bytes]]) -> list[bytes]:
    """The calldata of transactions that announce these acts, as soon as may be."""
    abi = artifact("Town").abi
    calls = [encode_call(abi, "schedule", target, data, 0) for target, data in acts]
    return [
        encode_call(abi, "multicall", calls[start : start + SCHEDULES_AT_ONCE])
        for start in range(0, len(calls), SCHEDULES_AT_ONCE)
    ]


def moment(unix_s: int) -> str:
    """A moment as people read it; a slip of the hand may name one that no calendar here has."""
    if unix_s >= _AFTER_9999_S:
        return "after the year 9999"
    return f"{dt.datetime.fromtimestamp(unix_s, dt.UTC):%Y-%m-%d %H:%M} UTC"


def _error(name: str) -> bytes:
    item: Any = entry(artifact("Town").abi, "error", name)
    return selector(item)
