"""A contract at an address: calldata, reads in batches, events over any range."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from eth_abi.abi import encode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address

from beffroi.chain.abi import Abi, decode, decode_event, encode_call, entry, selector, topic, types
from beffroi.chain.artifacts import artifact
from beffroi.chain.logs import read_logs
from beffroi.chain.rpc import Rpc, RpcError

_UNREAD: Final = (ArithmeticError, DecodingError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Event:
    """A log, decoded.

    Attributes:
        name: of the event.
        args: by name; addresses are checksummed, bytes32 are `bytes`.
        block: its number.
        transaction: its hash.
        index: of the log in its block.
    """

    name: str
    args: dict[str, Any]
    block: int
    transaction: str
    index: int


@dataclass(frozen=True)
class Contract:
    """A contract at an address.

    Attributes:
        address: checksummed.
        abi: its ABI, as JSON.
    """

    address: str
    abi: Abi

    @classmethod
    def built(cls, name: str, address: str) -> "Contract":
        """The compiled contract of that name, at an address.

        Raises:
            NotCompiledError: it is not in the build.
        """
        return cls(to_checksum_address(address), artifact(name).abi)

    def encode(self, function: str, *args: Any) -> bytes:
        """Calldata; see `encode_call`."""
        return encode_call(self.abi, function, *args)

    def read(self, rpc: Rpc, function: str, *args: Any, block: int | str = "latest") -> Any:
        """What a view answers: a value, or a tuple of several.

        Raises:
            RpcError: it reverted, or there is no contract at the address.
        """
        return self.reads(rpc, function, [args], block=block)[0]

    def reads(self, rpc: Rpc, function: str, calls: Sequence[Sequence[Any]], block: int | str = "latest") -> list[Any]:
        """What a view answers to many lists of arguments, in order.

        Raises:
            RpcError: one reverted, or there is no contract at the address.
        """
        abi = entry(self.abi, "function", function)
        four, inputs, outputs = selector(abi), types(abi["inputs"]), types(abi["outputs"])
        tag = hex(block) if isinstance(block, int) else block
        data = ["0x" + (four + encode(inputs, args)).hex() for args in calls]
        answers = rpc.batch([("eth_call", [{"to": self.address, "data": it}, tag]) for it in data])
        return [self._answer(outputs, answer) for answer in answers]

    def events(
        self, rpc: Rpc, *names: str, first: int = 0, last: int | None = None, about: int | None = None
    ) -> Iterator[Event]:
        """The events of these names, in order, from block `first` to block `last` (the latest when None).

        With `about`, only those whose first indexed argument is that number (an address is one). See `read_logs`.

        Raises:
            RpcError: a single block is refused.
        """
        wanted = [topic(entry(self.abi, "event", name)) for name in names]
        topics = [wanted] if about is None else [wanted, ["0x" + about.to_bytes(32).hex()]]
        return map(self._event, read_logs(rpc, self.address, topics, first=first, last=last))

    def logged(self, receipt: Mapping[str, Any], *names: str) -> list[Event]:
        """The events of these names that a receipt holds."""
        wanted = {topic(entry(self.abi, "event", name)) for name in names}
        found = (log for log in receipt["logs"] if wanted.intersection(log["topics"][:1]))
        return [self._event(log) for log in found if to_checksum_address(log["address"]) == self.address]

    @cached_property
    def _events(self) -> dict[str, Mapping[str, Any]]:
        return {topic(item): item for item in self.abi if item["type"] == "event"}

    def _event(self, log: Mapping[str, Any]) -> Event:
        try:
            item = self._events[log["topics"][0]]
            args = decode_event(item, log)
            block, index = int(log["blockNumber"], 16), int(log["logIndex"], 16)
        except _UNREAD as error:
            words = f"log {log.get('logIndex')!r:.20} of {self.address} is not what its ABI says"
            raise RpcError("eth_getLogs", -32603, words) from error
        for parameter in item["inputs"]:
            if parameter["type"] == "address":
                args[parameter["name"]] = to_checksum_address(args[parameter["name"]])
        return Event(item["name"], args, block, log["transactionHash"], index)

    def _answer(self, outputs: list[str], answer: Any) -> Any:
        if isinstance(answer, RpcError):
            raise answer
        if answer == "0x" and outputs:
            raise RpcError("eth_call", -32000, f"there is no contract at {self.address}")
        try:
            values = decode(outputs, bytes.fromhex(answer[2:]))
        except _UNREAD:
            words = f"{self.address} answers {answer!r:.80}: not what its ABI says"
            raise RpcError("eth_call", -32000, words) from None
        return values[0] if len(values) == 1 else values
