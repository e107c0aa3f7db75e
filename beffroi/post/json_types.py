"""The members of slips as JSON carries them: read strictly, written canonically, described as JSON Schema.

Numbers of 256 bits are decimal text, bytes are 0x-hex, addresses are hexadecimal in either case.
"""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.post.codes import Code, PostError

MOST_TEXT = 16_384
"""Characters of a URI, which may hold a document of some pages itself."""
MOST_SIGNATURE = 2_048
"""Bytes: an ECDSA signature has 65, a smart account's may nest several."""

Schema = dict[str, Any]


@dataclass(frozen=True)
class JsonMember:
    """How one type of member is read.

    Attributes:
        read: from JSON, given its path for the error.
        schema: of the JSON.
    """

    read: Callable[[Any, str], Any]
    schema: Schema


@dataclass(frozen=True)
class JsonRecord:
    """An object with exactly these members, all required."""

    members: Mapping[str, JsonMember]
    optional: frozenset[str] = frozenset()
    schema: Schema = field(init=False)

    def __post_init__(self) -> None:
        required = [name for name in self.members if name not in self.optional]
        schema: Schema = {
            "type": "object",
            "properties": {name: member.schema for name, member in self.members.items()},
            "additionalProperties": False,
        }
        if required:
            schema["required"] = required
        object.__setattr__(self, "schema", schema)

    def read(self, value: Any, path: str) -> dict[str, Any]:
        """The members by name.

        Raises:
            PostError: one is missing, unknown, or not what it must be; which is named.
        """
        if type(value) is not dict:
            raise malformed(path, "must be an object")
        members = self.members
        if len(value) != len(members) or value.keys() != members.keys():
            for name in value.keys() - members.keys():
                raise malformed(path, f"takes no member {name[:40]!r}")
            for name in members.keys() - value.keys() - self.optional:
                raise malformed(f"{path}.{name}", "is missing")
        return {name: members[name].read(it, f"{path}.{name}") for name, it in value.items()}


def malformed(path: str, why: str) -> PostError:
    """What is answered to a member that is not what the description says."""
    return PostError(Code.MALFORMED_REQUEST, f"{path} {why}", path=path)


def unsigned(bits: int) -> JsonMember:
    """An unsigned integer of so many bits, as decimal text without leading zeros."""
    most = (1 << bits) - 1
    digits = len(str(most))
    pattern = f"^(0|[1-9][0-9]{{0,{digits - 1}}})$"
    fits = re.compile(pattern, re.ASCII).fullmatch

    def read(value: Any, path: str) -> int:
        if type(value) is not str or not fits(value):
            raise malformed(path, f"must be a whole number of at most {digits} digits, as text")
        number = int(value)
        if number > most:
            raise PostError(Code.VALUE_OUT_OF_RANGE, f"{path} is not below 2^{bits}", path=path)
        return number

    return JsonMember(read, {"type": "string", "pattern": pattern, "maxLength": digits})


def small(most: int) -> JsonMember:
    """An integer from 0 to `most`, as a JSON number."""

    def read(value: Any, path: str) -> int:
        if type(value) is float and value.is_integer():
            value = int(value)  # JSON Schema has one kind of number: 1.0 is an integer
        if type(value) is not int or not 0 <= value <= most:
            raise malformed(path, f"must be a whole number from 0 to {most}")
        return value

    return JsonMember(read, {"type": "integer", "minimum": 0, "maximum": most})


def data(least: int, most: int) -> JsonMember:
    """Bytes, from `least` to `most` of them, as 0x-hex."""
    pattern = f"^0x([0-9a-fA-F]{{2}}){{{least},{most}}}$"
    fits = re.compile("0x[0-9a-fA-F]*", re.ASCII).fullmatch

    def read(value: Any, path: str) -> bytes:
        if type(value) is not str or len(value) % 2 or not 2 * least <= len(value) - 2 <= 2 * most or not fits(value):
            size = str(least) if least == most else f"{least} to {most}"
            raise malformed(path, f"must be {size} bytes as 0x-hex")
        return bytes.fromhex(value[2:])

    return JsonMember(read, {"type": "string", "pattern": pattern})


def text(most: int = MOST_TEXT) -> JsonMember:
    """A string."""

    def read(value: Any, path: str) -> str:
        if type(value) is not str or len(value) > most:
            raise malformed(path, f"must be text of at most {most} characters")
        return value

    return JsonMember(read, {"type": "string", "maxLength": most})


def boolean() -> JsonMember:
    """True or false."""

    def read(value: Any, path: str) -> bool:
        if type(value) is not bool:
            raise malformed(path, "must be true or false")
        return value

    return JsonMember(read, {"type": "boolean"})


def choice(*allowed: str) -> JsonMember:
    """One of a few words."""

    def read(value: Any, path: str) -> str:
        if type(value) is not str or value not in allowed:
            raise malformed(path, f"must be one of {', '.join(allowed)}")
        return value

    return JsonMember(read, {"type": "string", "enum": list(allowed)})


def nested(record: JsonRecord) -> JsonMember:
    """An object."""
    return JsonMember(record.read, record.schema)


def listed(member: JsonMember, most: int, least: int = 0) -> JsonMember:
    """A list."""

    def read(value: Any, path: str) -> list[Any]:
        if type(value) is not list or not least <= len(value) <= most:
            raise malformed(path, f"must be a list of {least} to {most}")
        return [member.read(it, f"{path}[{place}]") for place, it in enumerate(value)]

    return JsonMember(read, {"type": "array", "items": member.schema, "minItems": least, "maxItems": most})


_ADDRESS = re.compile("0x[0-9a-fA-F]{40}", re.ASCII).fullmatch


def _address(value: Any, path: str) -> str:
    if type(value) is not str or not _ADDRESS(value):
        raise malformed(path, "must be an address")
    return _checksummed(value)


@functools.lru_cache(maxsize=65_536)
def _checksummed(value: str) -> str:
    """A hash each time, and the same few accounts again and again."""
    return str(to_checksum_address(value))


ADDRESS = JsonMember(_address, {"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$"})
BYTES32 = data(32, 32)
UINT256 = unsigned(256)
SIGNATURE = data(1, MOST_SIGNATURE)

TYPES: Mapping[str, JsonMember] = {
    "address": ADDRESS,
    "bytes32": BYTES32,
    "string": text(),
    "uint256": UINT256,
    "uint64": unsigned(64),
}
"""How each EIP-712 type of a slip's members is read."""
