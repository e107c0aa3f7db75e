"""Where contracts are measured side by side: one Anvil, any sender, gas from receipts."""

import contextlib
import functools
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_abi.abi import encode
from eth_utils.abi import collapse_if_tuple
from eth_utils.crypto import keccak

from beffroi.chain.anvil import anvil_running
from beffroi.chain.artifacts import ROOT, Artifact, artifact
from beffroi.chain.rpc import Rpc, RpcError

PEERS = ROOT / "build" / "bench"
MOST_GAS = 16_777_216  # of one transaction: EIP-7825


@dataclass
class Deployed:
    """A contract on the ground: `contract(sender).act(…)` sends, and answers with the gas of the receipt."""

    ground: "Ground"
    address: str
    abi: list[dict[str, Any]]

    def send(self, sender: str, function: str, *arguments: Any) -> int:
        """Sends and answers with the gas used; `function` is a name, or a whole signature where there are several.

        Raises:
            RpcError: it reverted.
        """
        return int(
            self.ground.send(sender, self.address, "0x" + self.calldata(function, *arguments).hex())["gasUsed"], 16
        )

    def calldata(self, function: str, *arguments: Any) -> bytes:
        """A call as it is sent."""
        types = self._types(function)
        return self.selector(function) + encode(types, arguments)

    def selector(self, function: str) -> bytes:
        """The four bytes by which a function is called."""
        name = function.split("(", maxsplit=1)[0]
        return keccak(text=f"{name}({','.join(self._types(function))})")[:4]

    def _types(self, function: str) -> list[str]:
        for entry in self.abi:
            if entry.get("type") != "function":
                continue
            types = [collapse_if_tuple(part) for part in entry["inputs"]]
            if function in (entry["name"], f"{entry['name']}({','.join(types)})"):
                return types
        raise KeyError(function)


@dataclass
class Ground:
    """A chain where everyone may send and gas costs nothing."""

    rpc: Rpc

    @functools.cached_property
    def chain_id(self) -> int:
        """EIP-155."""
        return int(self.rpc.call("eth_chainId"), 16)

    def send(self, sender: str, to: str | None, data: str) -> dict[str, Any]:
        """The receipt of a transaction that succeeded.

        Raises:
            RpcError: it reverted.
        """
        transaction = {
            "from": sender,
            "data": data,
            "gas": hex(MOST_GAS),
            "gasPrice": "0x0",
            **({"to": to} if to else {}),
        }
        receipt: dict[str, Any] = {}
        hash_ = self.rpc.call("eth_sendTransaction", transaction)
        while not (receipt := self.rpc.call("eth_getTransactionReceipt", hash_) or {}):
            continue
        if receipt["status"] != "0x1":
            reason = self.rpc.batch([("eth_call", [transaction, "latest"])])[0]
            raise RpcError("eth_sendTransaction", 3, f"reverted: {getattr(reason, 'data', reason)}")
        return receipt

    def deploy(self, built: Artifact, types: tuple[str, ...] = (), *arguments: Any) -> Deployed:
        """The contract at an address of its own; `types` are those of its constructor."""
        initcode = built.initcode + encode(types, arguments)
        receipt = self.send("0x" + "d0" * 20, None, "0x" + initcode.hex())
        return Deployed(self, receipt["contractAddress"], built.abi)

    def pass_time(self, seconds: int) -> None:
        """Lets time pass, and a block."""
        self.rpc.call("evm_increaseTime", seconds)
        self.rpc.call("evm_mine")


@contextlib.contextmanager
def open_ground(*extra: str) -> Iterator[Ground]:
    """A fresh ground, its node with these options too."""
    free = ("--auto-impersonate", "--gas-price", "0", "--block-base-fee-per-gas", "0")
    with anvil_running(extra=(*free, *extra)) as anvil:
        yield Ground(Rpc(anvil.url))


def ours(name: str) -> Artifact:
    """A contract of the suite, as it is deployed."""
    return artifact(name)


@functools.cache
def peer(name: str) -> Artifact:
    """A contract of `bench/contracts`, built by forge with our compiler and settings."""
    _build_peers()
    built = json.loads((PEERS / f"{name}.sol" / f"{name}.json").read_text())
    return Artifact(
        name,
        built["abi"],
        bytes.fromhex(built["bytecode"]["object"][2:]),
        bytes.fromhex(built["deployedBytecode"]["object"][2:]),
    )


@functools.cache
def _build_peers() -> None:
    forge = Path(os.environ.get("VIRTUAL_ENV", ROOT / ".venv")) / "bin" / "forge"
    subprocess.run([forge, "build", "--quiet"], cwd=ROOT, env={**os.environ, "FOUNDRY_PROFILE": "bench"}, check=True)
