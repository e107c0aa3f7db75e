"""EIP-712: typed messages as a wallet shows, hashes and signs them.

Pure, and light: a worker of an audit starts with it, and a post office hashes every slip. A type is declared once, by
the text that its contract hashes (`SlipType`); everything that names its members asks the declaration.
"""

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sha3 import keccak_256

Fields = tuple[tuple[str, str], ...]
_TYPE = re.compile(r"(\w+)\(((?:[\w\[\]]+ \w+,)*[\w\[\]]+ \w+)\)")
_ADDRESS = re.compile("0x[0-9a-fA-F]{40}").fullmatch


def _keccak(data: bytes) -> bytes:
    digest: bytes = keccak_256(data).digest()
    return digest


def _address(value: Any) -> bytes:
    if not isinstance(value, str) or not _ADDRESS(value):
        raise ValueError(f"{value!r} is no address")
    return bytes(12) + bytes.fromhex(value[2:])


def _bool(value: Any) -> bytes:
    if value is not True and value is not False:
        raise ValueError(f"{value!r} is no bool")
    return value.to_bytes(32, "big")


def _unsigned(bits: int) -> Callable[[Any], bytes]:
    def word(value: Any) -> bytes:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << bits:
            raise ValueError(f"{value!r} is no uint{bits}")
        return value.to_bytes(32, "big")

    return word


def _signed(bits: int) -> Callable[[Any], bytes]:
    def word(value: Any) -> bytes:
        if isinstance(value, bool) or not isinstance(value, int) or not -1 << bits - 1 <= value < 1 << bits - 1:
            raise ValueError(f"{value!r} is no int{bits}")
        return value.to_bytes(32, "big", signed=True)

    return word


def _fixed(size: int) -> Callable[[Any], bytes]:
    def word(value: Any) -> bytes:
        if not isinstance(value, bytes) or len(value) != size:
            raise ValueError(f"{value!r} is no bytes{size}")
        return value.ljust(32, b"\0")

    return word


_WORDS: Mapping[str, Callable[[Any], bytes]] = {
    "address": _address,
    "bool": _bool,
    "bytes": _keccak,
    "string": lambda text: _keccak(text.encode()),
    **{f"uint{8 * size}": _unsigned(8 * size) for size in range(1, 33)},
    **{f"int{8 * size}": _signed(8 * size) for size in range(1, 33)},
    **{f"bytes{size}": _fixed(size) for size in range(1, 33)},
}
"""How EIP-712's encodeData lays out a value of each type that names no other: in 32 bytes."""


@dataclass(frozen=True)
class SlipType:
    """A type of message, whose members are addresses, bools, integers, bytes, strings, structs, and arrays.

    Attributes:
        text: its name and members as EIP-712's encodeType writes them, without the structs: `Mail(address to)`.
        structs: the types of the structs that it names.
    """

    text: str
    structs: tuple["SlipType", ...] = ()

    def __post_init__(self) -> None:
        if not _TYPE.fullmatch(self.text):
            raise ValueError(f"{self.text!r} is no type: Name(type member,…)")
        for kind, name in self.fields:
            if (plain := kind.replace("[]", "")) not in _WORDS and plain not in self.known:
                raise ValueError(f"{self.text!r} has a member {name} of no known type: {kind}")

    @functools.cached_property
    def name(self) -> str:
        """Of the type; a message's primary type."""
        return self.text.partition("(")[0]

    @functools.cached_property
    def fields(self) -> Fields:
        """(type, name) of each member, in order."""
        members = [member.split(" ") for member in self.text.partition("(")[2].rstrip(")").split(",")]
        return tuple((kind, name) for kind, name in members)

    @functools.cached_property
    def known(self) -> Mapping[str, "SlipType"]:
        """Every struct within it, at any depth, by name, in EIP-712's order."""
        found: dict[str, SlipType] = {}
        for struct in self.structs:
            found |= {struct.name: struct, **struct.known}
        return dict(sorted(found.items()))

    @functools.cached_property
    def encoded(self) -> str:
        """EIP-712's encodeType: the text that the contract hashes."""
        return self.text + "".join(struct.text for struct in self.known.values())

    @functools.cached_property
    def hash(self) -> bytes:
        """EIP-712's typeHash, 32 bytes."""
        return _keccak(self.encoded.encode())

    def of(self, *values: Any) -> "Slip":
        """A message of this type; values in the members' order, a struct's as a tuple."""
        return Slip(self, values)

    def named(self, members: Mapping[str, Any]) -> "Slip":
        """The same from values by name."""
        return Slip(self, tuple(members[name] for _, name in self.fields))

    def hash_struct(self, values: Sequence[Any]) -> bytes:
        """EIP-712's hashStruct, 32 bytes.

        Raises:
            ValueError: a value is not of its member's type, or there are more or fewer than members.
        """
        return _keccak(self.hash + self.encode_data(values))

    def encode_data(self, values: Sequence[Any]) -> bytes:
        """EIP-712's encodeData, without the type's hash: a word of 32 bytes for each member.

        Raises:
            ValueError: as `hash_struct`.
        """
        words = [self._word(kind, value) for (kind, _), value in zip(self.fields, values, strict=True)]
        return b"".join(words)

    def message(self, values: Sequence[Any]) -> dict[str, Any]:
        """Values by their members' names, structs as mappings too."""
        return {name: self._shown(kind, value) for (kind, name), value in zip(self.fields, values, strict=True)}

    def ordered(self, message: Mapping[str, Any]) -> tuple[Any, ...]:
        """Values in the members' order from a message; the inverse of `message`."""
        return tuple(self._ordered(kind, message[name]) for kind, name in self.fields)

    def described(self) -> dict[str, list[dict[str, str]]]:
        """It and its structs as `eth_signTypedData_v4` takes types."""
        return {
            slip_type.name: [{"name": name, "type": kind} for kind, name in slip_type.fields]
            for slip_type in (self, *self.known.values())
        }

    def _word(self, kind: str, value: Any) -> bytes:
        if kind.endswith("[]"):
            return _keccak(b"".join(self._word(kind[:-2], member) for member in value))
        struct = self.known.get(kind)
        return _WORDS[kind](value) if struct is None else struct.hash_struct(value)

    def _ordered(self, kind: str, value: Any) -> Any:
        if kind.endswith("[]"):
            return [self._ordered(kind[:-2], member) for member in value]
        struct = self.known.get(kind)
        return value if struct is None else struct.ordered(value)

    def _shown(self, kind: str, value: Any) -> Any:
        if kind.endswith("[]"):
            return [self._shown(kind[:-2], member) for member in value]
        struct = self.known.get(kind)
        return value if struct is None else struct.message(value)


DOMAIN = SlipType("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")


@dataclass(frozen=True)
class Domain:
    """Where a slip is valid: one contract on one chain (EIP-712, ERC-5267).

    Attributes:
        name: the contract's own, as `eip712Domain()` tells it.
        chain_id: EIP-155.
        contract: its address.
        version: of its slips.
    """

    name: str
    chain_id: int
    contract: str
    version: str = "1"

    @property
    def values(self) -> tuple[str, str, int, str]:
        """As `DOMAIN` orders them."""
        return self.name, self.version, self.chain_id, self.contract

    @functools.cached_property
    def separator(self) -> bytes:
        """EIP-712's domainSeparator, 32 bytes."""
        return DOMAIN.hash_struct(self.values)


@dataclass(frozen=True)
class Slip:
    """A typed message.

    Attributes:
        type: what it is, which binds it to one use.
        values: one for each member; a struct's are a tuple.
    """

    type: SlipType
    values: tuple[Any, ...]

    @property
    def purpose(self) -> str:
        """EIP-712's primary type."""
        return self.type.name

    @property
    def message(self) -> Mapping[str, Any]:
        """Its members by name."""
        return self.type.message(self.values)

    @property
    def encoded_data(self) -> bytes:
        """EIP-712's encodeData of it, without the type's hash."""
        return self.type.encode_data(self.values)

    @property
    def struct_hash(self) -> bytes:
        """EIP-712's hashStruct of it, 32 bytes."""
        return self.type.hash_struct(self.values)

    def digest(self, domain: Domain) -> bytes:
        """What is signed: keccak(0x1901 ‖ domainSeparator ‖ hashStruct), EIP-712; 32 bytes."""
        return _keccak(b"\x19\x01" + domain.separator + self.struct_hash)

    def typed_data(self, domain: Domain) -> dict[str, Any]:
        """The full message, as `eth_signTypedData_v4` and eth-account take it."""
        return {
            "types": DOMAIN.described() | self.type.described(),
            "domain": DOMAIN.message(domain.values),
            "primaryType": self.purpose,
            "message": dict(self.message),
        }
