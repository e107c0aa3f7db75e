"""The calls that a transaction makes, unwrapped: through the town's authority, through a Safe, in a bundle of a Safe's.

Whoever holds an office may write a contract that wears a Safe's functions and does otherwise than its calldata says: a
Safe is one by its code, as it stood before that block and after it, and anything else stays wrapped. Owners who swap
that code and put it back within a block do so by an act of the Safe's, which it tells of: where it told of any other
act in that block, or of none after the town's contract did, the call stays wrapped.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from beffroi.chain.abi import entry, selector, types
from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc, RpcError

DEEPEST = 8
"""How many wraps may stand one in another."""
PROXIES = frozenset(map(bytes.fromhex, (
    "b89c1b3bdf2cf8827818646bce9a8f6e372885f8c55e5c07acbd307cb133b000",  # 1.3.0
    "d7d408ebcd99b2b70be43e20253d6d92a8ea8fab29bd3be7f55b10032331fb4c",  # 1.4.1
    "4e381985ca68b3e5d27b4425fa581c19cf33146d3f887a3cfca96f55528ea46f",  # 1.5.0
)))  # fmt: skip
SAFES = frozenset(map(bytes.fromhex, (
    "bba688fbdb21ad2bb58bc320638b43d94e7d100f6f3ebaab0a4e4de6304b1c2e",  # 1.3.0
    "21842597390c4c6e3c1239e434a682b054bd9548eee5e9b1d6a4482731023c0f",  # 1.3.0, L2
    "1fe2df852ba3299d6534ef416eefa406e56ced995bca886ab7a553e6d0c5e1c4",  # 1.4.1
    "b1f926978a0f44a2c0ec8fe822418ae969bd8c3f18d61e5103100339894f81ff",  # 1.4.1, L2
    "dda019cbd7c867a533a2a86e5c53434fdc50b13122b5a5ddb4a8df61b31c20f2",  # 1.5.0
    "180193227186ccb85316c94db1f0d156ed932b14712cfaac78901899178572dc",  # 1.5.0, L2
)))  # fmt: skip
BUNDLES = frozenset(map(bytes.fromhex, (
    "a9865ac2d9c7a1591619b188c4d88167b50df6cc0c5327fcbd1c8c75f7c066ad",  # MultiSendCallOnly 1.3.0
    "ecd5bd14a08c5d2122379900b2f272bdf107a7e92423c10dd5fe3254386c9939",  # MultiSendCallOnly 1.4.1
    "cdbdcec38d2f1c7d961b0029ff8416b7e86e9974d6f0e9c9580c7d17fcfb6663",  # MultiSendCallOnly 1.5.0
    "0208282bd262360d0320862c5ac70f375f5ed3b9d89a83a615b4d398415bdc83",  # MultiSend 1.3.0, which holds its own address
    "0e4f7fc66550a322d1e7688e181b75e217e662a4f3f4d6a29b22bc61217c4b77",  # MultiSend 1.4.1
    "ca1147a12963172a93910c5cb2bfa5ad0e941c7f03fc7eb017dd06a8ea4e5604",  # MultiSend 1.5.0
)))  # fmt: skip
"""Keccak of the code that Safe's own registry of deployments states."""
_EXEC = ["address", "uint256", "bytes", "uint8", "uint256", "uint256", "uint256", "address", "address", "bytes"]
_EXEC_SELECTOR = bytes.fromhex("6a761202")
_MULTI_SEND_SELECTOR = bytes.fromhex("8d80ff0a")
_CALL, _DELEGATECALL = 0, 1
_DONE = "0x" + keccak(text="ExecutionSuccess(bytes32,uint256)").hex()
_ACTED = [
    _DONE,
    "0x" + keccak(text="ExecutionFailure(bytes32,uint256)").hex(),
    "0x" + keccak(text="ExecutionFromModuleSuccess(address)").hex(),
    "0x" + keccak(text="ExecutionFromModuleFailure(address)").hex(),
]
"""What every Safe tells of an act."""
_PACKED = 85
"""Of a call in a bundle, before its data: operation, target, value, length."""


@dataclass(frozen=True)
class Unwrapping:
    """Where wraps are looked at.

    Attributes:
        rpc: the node.
        town: the AccessManager.
        told: the last event that the town's contract told in the transaction.
    """

    rpc: Rpc
    town: Contract
    told: Event

    def calls(self, target: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
        """The calls behind one, in order: itself where it wraps none.

        Args:
            target: whom it calls.
            data: its calldata.
            depth: of wraps around it.
        """
        inner = None if depth > DEEPEST else self._inner(target, data)
        if inner is None:
            yield target, data
            return
        for called, said in inner:
            yield from self.calls(called, said, depth + 1)

    def _inner(self, target: str, data: bytes) -> list[tuple[str, bytes]] | None:
        try:
            if target.lower() == self.town.address.lower():
                return self._by_town(data)
            if data[:4] == _EXEC_SELECTOR and self._is_safe(target):
                return self._by_safe(data)
        except (DecodingError, OverflowError):
            return None
        return None

    def _by_town(self, data: bytes) -> list[tuple[str, bytes]] | None:
        execute, multicall = (entry(self.town.abi, "function", name) for name in ("execute", "multicall"))
        if data[:4] == selector(execute):
            called, said = decode(types(execute["inputs"]), data[4:])
            return [(str(called), bytes(said))]
        if data[:4] == selector(multicall):
            (bundled,) = decode(types(multicall["inputs"]), data[4:])
            return [(self.town.address, bytes(said)) for said in bundled]
        return None

    def _by_safe(self, data: bytes) -> list[tuple[str, bytes]] | None:
        called, _, said, operation, *_ = decode(_EXEC, data[4:])
        if operation == _CALL:
            return [(str(called), bytes(said))]
        is_bundle = operation == _DELEGATECALL and said[:4] == _MULTI_SEND_SELECTOR
        if is_bundle and self._hash(str(called), self.told.block) in BUNDLES:
            (packed,) = decode(["bytes"], said[4:])
            return _unpacked(packed)
        return None

    def _is_safe(self, account: str) -> bool:
        blocks = (self.told.block - 1, self.told.block)
        return all(self._has_code_of_safe(account, it) for it in blocks) and self._acted_once(account)

    def _has_code_of_safe(self, account: str, block: int) -> bool:
        if self._hash(account, block) not in PROXIES:
            return False
        try:
            singleton = str(self.rpc.call("eth_getStorageAt", account, "0x0", hex(block)))
        except RpcError:
            return False
        return self._hash("0x" + singleton[-40:], block) in SAFES

    def _acted_once(self, account: str) -> bool:
        at = hex(self.told.block)
        logs = self.rpc.call("eth_getLogs", {"address": account, "topics": [_ACTED], "fromBlock": at, "toBlock": at})
        acts = [(log["topics"][0], log["transactionHash"], int(log["logIndex"], 16) > self.told.index) for log in logs]
        return acts == [(_DONE, self.told.transaction, True)]

    def _hash(self, account: str, block: int) -> bytes:
        try:
            code = str(self.rpc.call("eth_getCode", account, hex(block)))
        except RpcError:  # a node that has forgotten that block: the call stays wrapped, and is told as such
            return b""
        return keccak(hexstr=code)


def _unpacked(packed: bytes) -> list[tuple[str, bytes]] | None:
    """The calls of a bundle: operation, target, value, length, data, one after another; None where one is none."""
    found, at = [], 0
    while at < len(packed):
        end = at + _PACKED + int.from_bytes(packed[at + 53 : at + _PACKED])
        if packed[at] != _CALL or end > len(packed):
            return None
        found.append(("0x" + packed[at + 1 : at + 21].hex(), packed[at + _PACKED : end]))
        at = end
    return found
