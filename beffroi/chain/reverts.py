"""What a revert says, in the words of the contract that reverted."""

import functools
import re
from typing import Any

from beffroi.chain.abi import decode, selector, types
from beffroi.chain.artifacts import artifacts
from beffroi.chain.rpc import RpcError
from beffroi.plain import plain

STANDARD = [
    {"type": "error", "name": "Error", "inputs": [{"name": "reason", "type": "string"}]},
    {"type": "error", "name": "Panic", "inputs": [{"name": "code", "type": "uint256"}]},
]

LIBRARIES = (
    "ECDSAInvalidSignature()",
    "ECDSAInvalidSignatureLength(uint256 length)",
    "ECDSAInvalidSignatureS(bytes32 s)",
    "ERC5267ExtensionsNotSupported()",
    "FailedDeployment()",
    "MerkleProofInvalidMultiproof()",
    "MissingPrecompile(address precompile)",
    "SafeCastOverflowedIntDowncast(uint8 bits,int256 value)",
    "SafeCastOverflowedIntToUint(int256 value)",
    "SafeCastOverflowedUintToInt(uint256 value)",
    "SafeERC20FailedDecreaseAllowance(address spender,uint256 currentAllowance,uint256 requestedDecrease)",
    "StringsInsufficientHexLength(uint256 value,uint256 length)",
    "StringsInvalidAddressFormat()",
    "StringsInvalidChar()",
)
"""What OpenZeppelin's libraries revert with: a contract's ABI leaves out the errors of the libraries that it calls."""

_NAMES = ("data", "output", "return", "result")
_CARRIED = re.compile("(?:revert(?:ed)?:? *)?(0x(?:[0-9a-f]{2})*)", re.ASCII | re.IGNORECASE)
_QUOTED = re.compile(r"revert[^\n]*?\b(0x[0-9a-f]{8}(?:[0-9a-f]{2})*)\b", re.ASCII | re.IGNORECASE)


def decode_error(data: bytes) -> str:
    """A revert's data as `Contract_Reason(name=value, …)`, by the errors of every contract in the build.

    Unknown data is given in hexadecimal, none as "no reason given".
    """
    if not data:
        return "reverted, no reason given"
    known = known_errors().get(data[:4])
    if known is None:
        return f"reverted with 0x{data.hex()}, an error of no contract in the build"
    values = decode(types(known["inputs"]), data[4:])
    named = [f"{item['name']}={_shown(value)}" for item, value in zip(known["inputs"], values, strict=True)]
    return f"{known['name']}({', '.join(named)})"


def explain(error: RpcError) -> str:
    """What a node's error says: the decoded revert when it carries one, else the node's message."""
    data = revert_data(error)
    return decode_error(data) if data else plain(error.message)


def revert_data(error: RpcError) -> bytes | None:
    """What a revert came with, wherever the client puts it; None when the node speaks of none.

    go-ethereum and Anvil give it as `data`, Hardhat in an object, Parity and Nethermind behind the word "Reverted",
    Ganache by transaction, and some in their message alone.
    """
    found = _carried(error.data)
    if found is None and (quoted := _QUOTED.search(error.message)):
        found = quoted[1]
    return None if found is None else bytes.fromhex(found[2:])


def is_revert(error: RpcError) -> bool:
    """Whether the node says that the contract reverted, and not for want of gas."""
    data, words = revert_data(error), error.message.lower()
    return bool(data) or ((data is not None or "revert" in words) and "gas" not in words)


def _carried(data: Any) -> str | None:
    if isinstance(data, str):
        return whole[1] if (whole := _CARRIED.fullmatch(data.strip())) else None
    if not isinstance(data, dict):
        return None
    named = (_carried(data[name]) for name in _NAMES if name in data)
    deeper = (_carried(it) for it in data.values() if isinstance(it, dict))
    return next((it for it in (*named, *deeper) if it is not None), None)


@functools.cache
def known_errors() -> dict[bytes, Any]:
    """The ABI of every error that a contract of the build may revert with, by selector."""
    abis = [STANDARD, [_item(text) for text in LIBRARIES], *(contract.abi for contract in artifacts())]
    return {selector(item): item for abi in abis for item in abi if item["type"] == "error"}


def _item(text: str) -> dict[str, Any]:
    name, _, rest = text.rstrip(")").partition("(")
    inputs = [member.split(" ") for member in rest.split(",") if member]
    return {"type": "error", "name": name, "inputs": [{"type": kind, "name": called} for kind, called in inputs]}


def _shown(value: Any) -> str:
    return f"0x{value.hex()}" if isinstance(value, bytes) else plain(str(value))
