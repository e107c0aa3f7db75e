"""What a revert says, in the words of the contract that reverted."""

from typing import Any

from eth_abi.abi import decode

from beffroi.chain.abi import selector, types
from beffroi.chain.artifacts import artifacts
from beffroi.chain.rpc import RpcError

STANDARD = [
    {"type": "error", "name": "Error", "inputs": [{"name": "reason", "type": "string"}]},
    {"type": "error", "name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
]


def decode_error(data: bytes) -> str:
    """A revert's data as `Contract_Reason(name=value, …)`, by the errors of every contract in the build.

    Unknown data is given in hexadecimal, none as "no reason given".
    """
    if not data:
        return "reverted, no reason given"
    known = _errors().get(data[:4])
    if known is None:
        return f"reverted with 0x{data.hex()}, an error of no contract in the build"
    values = decode(types(known["inputs"]), data[4:])
    named = [f"{item['name']}={_shown(value)}" for item, value in zip(known["inputs"], values, strict=True)]
    return f"{known['name']}({', '.join(named)})"


def explain(error: RpcError) -> str:
    """What a node's error says: the decoded revert when it carries one, else the node's message."""
    data = error.data.get("data") if isinstance(error.data, dict) else error.data
    if isinstance(data, str) and data.startswith("0x") and len(data) > 2:
        return decode_error(bytes.fromhex(data[2:]))
    return error.message


def _errors() -> dict[bytes, Any]:
    abis = [STANDARD, *(contract.abi for contract in artifacts())]
    return {selector(item): item for abi in abis for item in abi if item["type"] == "error"}


def _shown(value: Any) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else str(value)
