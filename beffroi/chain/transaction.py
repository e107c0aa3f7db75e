"""A transaction, from what it does to the bytes that a node takes: one builder for all who send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from eth_utils.crypto import keccak

from beffroi.chain.fees import Fees
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.errors import ChainError

MAX_GAS = 16_777_216  # EIP-7825: the most one transaction may use
GAS_MARGIN = 1.2


class Signed(Protocol):
    """A signed transaction, as eth-account returns it."""

    @property
    def raw_transaction(self) -> bytes:
        """The bytes that a node takes."""
        ...


class Signer(Protocol):
    """Whoever signs, with eth-account's semantics: a local account, or an adaptor of ape's."""

    @property
    def address(self) -> Any:
        """The account, checksummed."""
        ...

    def sign_transaction(self, transaction_dict: Any) -> Signed:
        """Signs an EIP-1559 transaction given as a dictionary."""
        ...


@dataclass(frozen=True)
class Call:
    """What a transaction does.

    Attributes:
        to: the contract called.
        data: calldata.
        purpose: in words, for whoever reads the error.
        value_wei: what it brings along.
    """

    to: str
    data: bytes
    purpose: str
    value_wei: int = 0


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed transaction, known by its own hash before any node has seen it.

    Attributes:
        raw: its bytes.
        hash: theirs, as 0x-hex.
    """

    raw: bytes
    hash: str


class TooMuchGasError(ChainError):
    """A transaction asks for more gas than one may use; nothing was sent."""


def seal(
    signer: Signer, *, chain_id: int, nonce: int, to: str, data: bytes, gas: int, fees: Fees, value_wei: int = 0
) -> Sealed:
    """Signs a call as an EIP-1559 transaction."""
    transaction = {
        "type": 2,
        "chainId": chain_id,
        "nonce": nonce,
        "to": to,
        "value": value_wei,
        "data": "0x" + data.hex(),
        "gas": gas,
        "maxFeePerGas": fees.most_wei,
        "maxPriorityFeePerGas": fees.tip_wei,
    }
    raw = bytes(signer.sign_transaction(transaction).raw_transaction)
    return Sealed(raw, "0x" + keccak(raw).hex())


def request(sender: str, to: str, data: bytes, gas: int | None = None, value_wei: int = 0) -> dict[str, Any]:
    """The same call as `eth_call` and `eth_estimateGas` take it."""
    asked = {"from": sender, "to": to, "data": "0x" + data.hex()}
    if value_wei:
        asked["value"] = hex(value_wei)
    return asked if gas is None else asked | {"gas": hex(gas)}


def gas_limits(rpc: Rpc, requests: Sequence[dict[str, Any]]) -> list[int | RpcError]:
    """What each of these calls would use, by the node's estimate, with a margin; the node's error where it fails.

    Raises:
        RpcUnreachableError: the node does not answer.
    """
    return [_limit(it) for it in rpc.batch([("eth_estimateGas", [asked]) for asked in requests])]


def _limit(estimate: Any) -> int | RpcError:
    if isinstance(estimate, RpcError):
        return estimate
    try:
        return with_margin(int(estimate, 16))
    except (TypeError, ValueError):
        return RpcError("eth_estimateGas", -32000, f"the node answers {estimate!r:.80}, which is no quantity")


def with_margin(estimate: int) -> int:
    """A limit for an estimate: up to a transaction's most, which only the estimate itself may exceed."""
    return max(estimate, min(int(estimate * GAS_MARGIN), MAX_GAS))


def require_gas(gas: int, purpose: str) -> None:
    """Lets nothing pass that no block would take.

    Raises:
        TooMuchGasError: the limit is above EIP-7825's.
    """
    if gas > MAX_GAS:
        raise TooMuchGasError(f"{purpose}: {gas:,} gas, {MAX_GAS:,} at most")
