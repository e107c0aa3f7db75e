"""What the sections of a town's file are made of."""

from enum import IntEnum
from typing import Annotated, Any, Literal

from eth_utils.address import is_checksum_address, is_hex_address, to_checksum_address
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from beffroi.chain.address import ZERO_ADDRESS


class Office(IntEnum):
    """The offices of a town, as contracts/access/Town.sol numbers them."""

    ADMIN = 0
    REGISTRAR = 1
    TREASURER = 2
    AUDITOR = 3
    COURT = 4
    GUARDIAN = 5
    RETURNING_OFFICER = 6
    NOTARY = 7
    CLERK = 8
    JURY = 9
    CONVEYANCE = 10
    ADMIN_GUARDIAN = 11
    CALLER = 12

    @property
    def is_named(self) -> bool:
        """Whether the town's file names who holds it: not ADMIN, which is handed over, nor what contracts hold."""
        return self not in (Office.ADMIN, Office.CONVEYANCE, Office.CALLER)


class Section(BaseModel):
    """A part of the file: no key but its own, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def listed(value: Any) -> Any:
    """A section that is there once, or several times, or not, as the list of those that are there."""
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


InstanceName = Annotated[
    StrictStr,
    Field(
        pattern="^[A-Z][A-Za-z0-9]{1,21}$",
        description="the contract's name in this town, where it stands several times: it makes the address",
    ),
]


def _checksummed(value: str) -> str:
    if not is_hex_address(value) or not value.startswith("0x"):
        raise PydanticCustomError("said", "{value} is not an address: 0x and 40 hexadecimal digits", {"value": value})
    if value == ZERO_ADDRESS:
        raise PydanticCustomError("said", "the zero address is nobody's", {})
    if not is_checksum_address(value):
        written = value[2:]
        if written in {written.lower(), written.upper()}:
            right = to_checksum_address(value)
            raise PydanticCustomError(
                "said", "{value} has no checksum: write {right}", {"value": value, "right": right}
            )
        raise PydanticCustomError(
            "said", "the checksum of {value} is wrong: a digit or a capital was mistyped", {"value": value}
        )
    return value


KindName = Literal["citizen", "professional", "public_body", "commons"]
MOST_NAME_BYTES = 31


def _short(name: str) -> str:
    """A name that fits a word with its length, as EIP-712's domain keeps it."""
    if len(name.encode()) > MOST_NAME_BYTES:
        raise PydanticCustomError(
            "said",
            "{name} has {bytes} bytes in UTF-8, where an accented letter counts two, and {most} are allowed",
            {"name": name, "bytes": len(name.encode()), "most": MOST_NAME_BYTES},
        )
    return name


ShortName = Annotated[StrictStr, AfterValidator(_short), Field(min_length=1)]
"""Of a contract, as wallets show it; 31 bytes of UTF-8 at most."""


Address = Annotated[
    StrictStr,
    AfterValidator(_checksummed),
    WithJsonSchema(
        {"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$", "description": "an address, with its checksum (EIP-55)"}
    ),
]
