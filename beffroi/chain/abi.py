"""Calls, constructors and events by a contract's ABI, checked by name and type before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from eth_abi.abi import encode, is_encodable
from eth_abi.codec import ABIDecoder
from eth_abi.decoding import StringDecoder
from eth_abi.registry import registry
from eth_utils.abi import collapse_if_tuple
from eth_utils.crypto import keccak

from beffroi.errors import ChainError

Abi = Sequence[Mapping[str, Any]]


class _Text(StringDecoder):
    """Text as anybody wrote it on chain: what is no UTF-8 has U+FFFD in its place."""

    def __init__(self) -> None:
        super().__init__("replace")  # type: ignore[no-untyped-call]


_KINDS = registry.copy()  # type: ignore[no-untyped-call]
_KINDS.unregister_decoder("string")
_KINDS.register_decoder("string", _Text)
_DECODER = ABIDecoder(_KINDS)


class AbiError(ChainError):
    """What is asked for does not fit the contract's ABI."""


def decode(kinds: Sequence[str], data: bytes) -> tuple[Any, ...]:
    """Values of these types; text that is no UTF-8 has U+FFFD in its place, as anybody may have written it on chain.

    Raises:
        DecodingError: it is none of them.
    """
    return _DECODER.decode(kinds, data)


def entry(abi: Abi, kind: str, name: str) -> Mapping[str, Any]:
    """The one function, event or error of that name.

    Raises:
        AbiError: there is none, or it is overloaded.
    """
    found = [item for item in abi if item["type"] == kind and item.get("name") == name]
    if len(found) != 1:
        raise AbiError(f"the ABI has {len(found)} {kind}s named {name}")
    return found[0]


def types(parameters: Sequence[Mapping[str, Any]]) -> list[str]:
    """The canonical types of inputs or outputs; a struct is a tuple."""
    return [collapse_if_tuple(dict(parameter)) for parameter in parameters]


def signature(item: Mapping[str, Any]) -> str:
    """The canonical signature, as `transfer(address,uint256)`."""
    return f"{item['name']}({','.join(types(item['inputs']))})"


def selector(item: Mapping[str, Any]) -> bytes:
    """The first four bytes of a call of this function, or of the data of this error."""
    return keccak(text=signature(item))[:4]


def topic(item: Mapping[str, Any]) -> str:
    """The first topic of this event, as 0x-hex."""
    return "0x" + keccak(text=signature(item)).hex()


def encode_call(abi: Abi, name: str, *arguments: Any) -> bytes:
    """The calldata of a function's call.

    Raises:
        AbiError: no such function, or the arguments do not fit.
    """
    item = entry(abi, "function", name)
    names = [parameter["name"] or str(position) for position, parameter in enumerate(item["inputs"])]
    if len(names) != len(arguments):
        raise AbiError(f"{name} takes {len(names)} arguments and was given {len(arguments)}")
    values = _values(name, item["inputs"], dict(zip(names, arguments, strict=True)), names)
    return selector(item) + encode(types(item["inputs"]), values)


def decode_result(abi: Abi, name: str, data: bytes) -> Any:
    """What a function returned: the value itself when it is one, else the list of values."""
    values = decode(types(entry(abi, "function", name)["outputs"]), data)
    return values[0] if len(values) == 1 else values


def encode_constructor(contract: str, abi: Abi, arguments: Mapping[str, Any]) -> bytes:
    """The constructor's arguments, which follow the creation code; a struct is given as a mapping.

    Raises:
        AbiError: an argument is missing, unknown, or does not fit its type.
    """
    inputs: Sequence[Mapping[str, Any]] = next((item["inputs"] for item in abi if item["type"] == "constructor"), [])
    values = _values(contract, inputs, arguments, [parameter["name"] for parameter in inputs])
    return encode(types(inputs), values)


def decode_event(item: Mapping[str, Any], log: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a log by name; an indexed string is its hash."""
    topics = [bytes.fromhex(value[2:]) for value in log["topics"][1:]]
    indexed = [parameter for parameter in item["inputs"] if parameter["indexed"]]
    plain = [parameter for parameter in item["inputs"] if not parameter["indexed"]]
    fields = {
        parameter["name"]: decode([kind if _is_static(kind) else "bytes32"], value)[0]
        for parameter, kind, value in zip(indexed, types(indexed), topics, strict=True)
    }
    data = decode(types(plain), bytes.fromhex(log["data"][2:]))
    return fields | {parameter["name"]: value for parameter, value in zip(plain, data, strict=True)}


def _is_static(kind: str) -> bool:
    return kind not in {"string", "bytes"} and "[" not in kind and "(" not in kind


def _values(
    path: str, inputs: Sequence[Mapping[str, Any]], given: Mapping[str, Any], names: Sequence[str]
) -> list[Any]:
    if unknown := [name for name in given if name not in names]:
        raise AbiError(f"{path} takes no {', '.join(unknown)}: it takes {', '.join(names) or 'nothing'}")
    if missing := [name for name in names if name not in given]:
        raise AbiError(f"{path} is not given {', '.join(missing)}")
    return [_value(f"{path}.{name}", parameter, given[name]) for name, parameter in zip(names, inputs, strict=True)]


def _value(path: str, parameter: Mapping[str, Any], value: Any) -> Any:
    if parameter["type"] == "tuple" and isinstance(value, Mapping):
        components = parameter["components"]
        return tuple(_values(path, components, value, [component["name"] for component in components]))
    (kind,) = types([parameter])
    if not is_encodable(kind, value):
        raise AbiError(f"{path} is a {kind}, and was given {value!r}")
    return value
