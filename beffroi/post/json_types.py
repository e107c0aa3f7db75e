"""The members of requests: pydantic's types for what JSON carries, from which both reading and description are made.

Numbers of 256 bits are decimal text, bytes are 0x-hex, addresses are hexadecimal in either case. What is made of them
are integers, bytes and checksummed addresses.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from eth_utils.address import to_checksum_address
from pydantic import ConfigDict, GetCoreSchemaHandler, Strict, with_config
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from typing_extensions import TypeAliasType, TypedDict

from beffroi.post.codes import Code

MOST_TEXT = 16_384
"""Characters of a URI, which may hold a document of some pages itself."""
MOST_SIGNATURE = 2_048
"""Bytes: an ECDSA signature has 65, a smart account's may nest several."""
CLOSED = ConfigDict(extra="forbid")
"""Of records that take no member but their own."""

Schema = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A value that JSON carries as text.

    Attributes:
        pattern: of the text.
        least: characters.
        most: characters.
        words: what whoever sends another text is told.
        made: the value, of a text that fits.
        text: of a value.
        described: the pattern that the API's description gives, where it says the length too.
    """

    pattern: str
    least: int
    most: int
    words: str
    made: Callable[[str], Any]
    text: Callable[[Any], str] = str
    described: str = ""

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> CoreSchema:
        fits = core_schema.str_schema(pattern=self.pattern, min_length=self.least, max_length=self.most)
        serialization = core_schema.plain_serializer_function_ser_schema(self.text)
        return core_schema.no_info_after_validator_function(
            self.made, told(fits, self.words), serialization=serialization
        )

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: Any) -> Schema:
        if self.described:
            return {"type": "string", "pattern": self.described}
        return {"type": "string", "pattern": self.pattern, "maxLength": self.most}


@dataclass(frozen=True)
class Whole:
    """An integer from 0 to `most`, as a JSON number."""

    most: int

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> CoreSchema:
        fits = core_schema.int_schema(strict=True, ge=0, le=self.most)
        read = core_schema.no_info_before_validator_function(_integer, fits)
        return told(read, f"must be a whole number from 0 to {self.most}")


@dataclass(frozen=True)
class Text:
    """A string of at most so many characters."""

    most: int = MOST_TEXT

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> CoreSchema:
        fits = core_schema.str_schema(strict=True, max_length=self.most)
        return told(fits, f"must be text of at most {self.most} characters")


def told(schema: CoreSchema, words: str) -> CoreSchema:
    """The same, of whose rules whoever breaks them is told these words instead of pydantic's."""
    return core_schema.custom_error_schema(schema, str(Code.MALFORMED_REQUEST), custom_error_message=words)


def unsigned(bits: int) -> Written:
    """An unsigned integer of so many bits, as decimal text without leading zeros."""
    most = (1 << bits) - 1
    digits = len(str(most))

    def made(text: str) -> int:
        number = int(text)
        if number > most:
            raise PydanticCustomError(str(Code.VALUE_OUT_OF_RANGE), "is not below 2^{bits}", {"bits": bits})
        return number

    words = f"must be a whole number of at most {digits} digits, as text"
    return Written(f"^(0|[1-9][0-9]{{0,{digits - 1}}})$", 1, digits, words, made)


def data(least: int, most: int) -> Written:
    """Bytes, from `least` to `most` of them, as 0x-hex."""
    fixed = least == most
    size = str(least) if fixed else f"{least} to {most}"
    return Written(
        "^0x([0-9a-fA-F]{2})*$", 2 + 2 * least, 2 + 2 * most, f"must be {size} bytes as 0x-hex", _unhex, _hex,
        described=f"^0x[0-9a-fA-F]{{{2 * least}}}$" if fixed else f"^0x([0-9a-fA-F]{{2}}){{{least},{most}}}$",
    )  # fmt: skip


def _unhex(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


@functools.lru_cache(maxsize=65_536)
def _checksummed(text: str) -> str:
    """A hash each time, and the same few accounts again and again."""
    return str(to_checksum_address(text))


def _integer(value: Any) -> Any:
    """JSON Schema has one kind of number: 1.0 is an integer."""
    return int(value) if type(value) is float and value.is_integer() else value


Address = Annotated[str, Written("^0x[0-9a-fA-F]{40}$", 42, 42, "must be an address", _checksummed)]
Bytes32 = Annotated[bytes, data(32, 32)]
UInt256 = Annotated[int, unsigned(256)]
Signature = Annotated[bytes, data(1, MOST_SIGNATURE)]

TYPES: Mapping[str, Any] = {
    "address": Address,
    "bool": Annotated[bool, Strict()],
    "bytes32": Bytes32,
    "string": Annotated[str, Text()],
    "uint16": Annotated[int, unsigned(16)],
    "uint24": Annotated[int, unsigned(24)],
    "uint32": Annotated[int, unsigned(32)],
    "uint256": UInt256,
    "uint40": Annotated[int, unsigned(40)],
    "uint64": Annotated[int, unsigned(64)],
}
"""How each EIP-712 type of a slip's members is read."""


@dataclass(frozen=True)
class Tagged:
    """One of several records, told apart by one member: pydantic's discriminated union, be there one or twenty.

    Attributes:
        tag: the member's name.
        types: by its value.
    """

    tag: str
    types: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        choices = {value: handler.generate_schema(it) for value, it in self.types.items()}
        return core_schema.tagged_union_schema(choices, self.tag)


def tagged(name: str, tag: str, types: Mapping[str, Any]) -> Any:
    """The union of these records under that name; `Tagged`."""
    return TypeAliasType(name, Annotated[Any, Tagged(tag, types)])


def record(name: str, members: Mapping[str, Any]) -> Any:
    """A closed record whose members are known only when the town is; what is read of it is a dictionary."""
    made: Any = TypedDict
    return with_config(CLOSED)(made(name, dict(members)))
