"""Signed transactions, sent once whatever happens to the answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from eth_utils.crypto import keccak

from beffroi.chain.errors import explain
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.errors import ChainError

T = TypeVar("T")

MAX_GAS = 16_777_216  # EIP-7825: the most one transaction may use
GAS_MARGIN = 1.2
POLL_S = 0.1
SLOW_POLL_S = 2.0
TIMEOUT_S = 300.0


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
    """

    to: str
    data: bytes
    purpose: str


class TransactionFailedError(ChainError):
    """A transaction would revert, or did."""


class TransactionPendingError(ChainError):
    """A transaction was sent and is not in a block yet."""


class Sender:
    """One account that sends transactions one after another.

    Args:
        rpc: the node.
        signer: who signs and pays.
        confirmations: how many blocks deep a transaction must be to count, its own included.
        timeout_s: how long to wait for a block.
    """

    def __init__(self, rpc: Rpc, signer: Signer, *, confirmations: int = 1, timeout_s: float = TIMEOUT_S) -> None:
        self.rpc = rpc
        self.signer = signer
        self.confirmations = confirmations
        self.timeout_s = timeout_s
        self._next_nonce = 0
        self._chain_id = int(rpc.call("eth_chainId"), 16)

    def settle(self) -> None:
        """Waits for what an earlier run may have sent, so that the chain tells the whole truth.

        Raises:
            TransactionPendingError: something is still pending after the timeout.
        """
        address = self.signer.address
        self._until(
            lambda: self._nonce("pending") <= self._nonce("latest") or None,
            f"{address} has transactions pending: wait for them, or replace them from its wallet, then start again",
        )

    def fee_wei(self) -> int:
        """The most a unit of gas may cost now: twice the base fee and the tip."""
        base, tip = self._fees()
        return 2 * base + tip

    def balance_wei(self) -> int:
        """What the account holds."""
        return int(self.rpc.call("eth_getBalance", self.signer.address, "latest"), 16)

    def send(self, call: Call) -> dict[str, Any]:
        """Sends a transaction and waits for its receipt.

        Raises:
            TransactionFailedError: it would revert, or did; the custom error is named.
            TransactionPendingError: it is not in a block after the timeout; a rerun finds it.
            RpcError: the node refuses it.
            RpcUnreachableError: the node does not answer.
        """
        transaction = self._transaction(call)
        raw = bytes(self.signer.sign_transaction(transaction).raw_transaction)
        transaction_hash = "0x" + keccak(raw).hex()
        self._publish(raw, transaction_hash)
        self._next_nonce = transaction["nonce"] + 1
        receipt = self._receipt(raw, transaction_hash, call.purpose)
        if int(receipt["status"], 16) != 1:
            raise TransactionFailedError(f"{call.purpose}: {self._replayed(call, receipt)} ({transaction_hash})")
        return receipt

    def _transaction(self, call: Call) -> dict[str, Any]:
        base, tip = self._fees()
        return {
            "type": 2,
            "chainId": self._chain_id,
            # One of several nodes behind an URL may lag behind the receipt that another gave.
            "nonce": max(self._nonce("latest"), self._next_nonce),
            "to": call.to,
            "value": 0,
            "data": "0x" + call.data.hex(),
            "gas": self._gas(call),
            "maxFeePerGas": 2 * base + tip,
            "maxPriorityFeePerGas": tip,
        }

    def _gas(self, call: Call) -> int:
        request = {"from": self.signer.address, "to": call.to, "data": "0x" + call.data.hex()}
        try:
            estimate = int(self.rpc.call("eth_estimateGas", request), 16)
        except RpcError as error:
            raise TransactionFailedError(f"{call.purpose}: {explain(error)}; nothing was sent") from error
        return min(int(estimate * GAS_MARGIN), MAX_GAS)

    def _fees(self) -> tuple[int, int]:
        block, tip = self.rpc.batch([("eth_getBlockByNumber", ["latest", False]), ("eth_maxPriorityFeePerGas", [])])
        if isinstance(block, RpcError):
            raise block
        return int(block["baseFeePerGas"], 16), 10**9 if isinstance(tip, RpcError) else int(tip, 16)

    def _nonce(self, block: str) -> int:
        return int(self.rpc.call("eth_getTransactionCount", self.signer.address, block), 16)

    def _publish(self, raw: bytes, transaction_hash: str) -> None:
        """Hands the node the transaction; when it says that it has it, or that the nonce is used, its hash decides."""
        try:
            self.rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
        except RpcError:
            if self.rpc.call("eth_getTransactionByHash", transaction_hash) is None:
                raise

    def _receipt(self, raw: bytes, transaction_hash: str, purpose: str) -> dict[str, Any]:
        def included() -> dict[str, Any] | None:
            receipt = self.rpc.call("eth_getTransactionReceipt", transaction_hash)
            if receipt is None:
                if self.rpc.call("eth_getTransactionByHash", transaction_hash) is None:
                    self._publish(raw, transaction_hash)  # the node forgot it: the same bytes, so never twice
                return None
            depth = int(self.rpc.call("eth_blockNumber"), 16) - int(receipt["blockNumber"], 16) + 1
            return receipt if depth >= self.confirmations else None

        return self._until(included, f"{purpose}: {transaction_hash} is sent and not in a block yet; start again later")

    def _replayed(self, call: Call, receipt: dict[str, Any]) -> str:
        request = {"from": self.signer.address, "to": call.to, "data": "0x" + call.data.hex(), "gas": hex(MAX_GAS)}
        before = hex(int(receipt["blockNumber"], 16) - 1)
        try:
            self.rpc.call("eth_call", request, before)
        except RpcError as error:
            return explain(error)
        return "failed in its block, though it would not have in the one before"

    def _until(self, poll: Callable[[], T | None], otherwise: str) -> T:
        started = time.monotonic()
        while True:
            if (found := poll()) is not None:
                return found
            waited = time.monotonic() - started
            if waited > self.timeout_s:
                raise TransactionPendingError(otherwise)
            time.sleep(POLL_S if waited < SLOW_POLL_S else SLOW_POLL_S)
