"""Facts: what is stated, in which unit, by whom; and what their issuers sign, as `Facts` hashes it (EIP-712). Pure."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from beffroi.csvfile import address
from beffroi.eip712 import Slip, SlipType
from beffroi.errors import InputError
from beffroi.plain import STRANGE
from beffroi.records.paperfile import Parse, exactly, members, text, whole
from beffroi.textfile import json_of

FORMAT = "beffroi-fact-1"
MOST_ISSUERS = 24
MOST_DECIMALS = 18
VALUE_BITS = 128
_VALUE = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)

FACT = SlipType("Fact(string name,string unit,uint8 decimals,string uri,address[] issuers,uint8 m)")
STATE = SlipType("State(Fact fact,uint32 number,int128 value,uint40 at,bytes32 source,uint256 deadline)", (FACT,))
WITHDRAW = SlipType("Withdraw(Fact fact,uint32 number,bytes32 source,uint256 deadline)", (FACT,))
RESIGN = SlipType("Resign(Fact fact,address issuer,uint256 deadline)", (FACT,))


class FactError(InputError):
    """A definition of a fact is none, or a value is not one of its fact."""


@dataclass(frozen=True)
class Fact:
    """What is stated, for good: a fact of other issuers is another fact.

    Attributes:
        name: what.
        unit: in which; may be empty.
        decimals: how many of a value's last digits are behind the point.
        uri: how it is established; empty when that is published nowhere.
        issuers: who may state it, checksummed, by increasing address.
        m: how many of them it takes.
    """

    name: str
    unit: str
    decimals: int
    uri: str
    issuers: tuple[str, ...]
    m: int

    @classmethod
    def parse(cls, said: str) -> "Fact":
        """A definition, from its file.

        Raises:
            FactError: it is none, or the contract would refuse it.
        """
        return cls.of(json_of(said))

    @classmethod
    def of(cls, value: Any) -> "Fact":
        """A definition, from its JSON; issuers may come in any order.

        Raises:
            FactError: it is none, or the contract would refuse it.
        """
        parsers: dict[str, Parse] = {"format": exactly(FORMAT), "name": _words, "unit": _words, "decimals": whole}
        read = members(value, parsers | {"uri": _words, "issuers": _accounts, "m": whole}, "a fact")
        fact = cls(read["name"], read["unit"], read["decimals"], read["uri"], read["issuers"], read["m"])
        fact._require()
        return fact

    @cached_property
    def json(self) -> dict[str, Any]:
        """As `of` takes it."""
        return {
            "format": FORMAT, "name": self.name, "unit": self.unit, "decimals": self.decimals, "uri": self.uri,
            "issuers": [*self.issuers], "m": self.m,
        }  # fmt: skip

    @cached_property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it, and as a slip holds it."""
        return self.name, self.unit, self.decimals, self.uri, [*self.issuers], self.m

    @cached_property
    def id(self) -> bytes:
        """The fact's name on chain: EIP-712's hashStruct of its definition, 32 bytes."""
        return FACT.hash_struct(self.as_tuple)

    def value(self, said: str) -> int:
        """A value of it as people write it, `-1.5`, in 10^-decimals of the unit.

        Raises:
            FactError: it is no number, has more decimals than the fact, or does not fit.
        """
        match = _VALUE.fullmatch(said)
        if match is None:
            raise FactError(f"{said[:60]!r} is no number as 1234.56: no spaces, no commas, no leading zeros")
        sign, units, rest = match[1], match[2], match[3] or ""
        if len(rest) > self.decimals:
            raise FactError(f"{said[:60]} has more than the {self.decimals} decimals of {self.name}")
        value = int(f"{sign}{units}{rest.ljust(self.decimals, '0')}")
        if not -1 << VALUE_BITS - 1 <= value < 1 << VALUE_BITS - 1:
            raise FactError(f"{said[:60]} does not fit in {VALUE_BITS} bits")
        return value

    def written(self, value: int) -> str:
        """The inverse of `value`: all of its decimals, without the unit."""
        digits = str(abs(value)).rjust(self.decimals + 1, "0")
        units, rest = (digits[: -self.decimals], digits[-self.decimals :]) if self.decimals else (digits, "")
        return f"{'-' if value < 0 else ''}{units}{'.' if rest else ''}{rest}"

    def shown(self, value: int) -> str:
        """A value with its unit, for people."""
        return f"{self.written(value)} {self.unit}".strip()

    def places(self, bits: int) -> list[str]:
        """The issuers whose bits are set: the lowest is the first's."""
        return [issuer for place, issuer in enumerate(self.issuers) if bits >> place & 1]

    def bits(self, issuers: Sequence[str]) -> int:
        """The inverse of `places`."""
        return sum(1 << self.issuers.index(issuer) for issuer in issuers)

    def resign_slip(self, issuer: str, deadline_s: int) -> Slip:
        """What an issuer signs so that anyone may give its seat up, until `deadline_s` (unix seconds)."""
        return RESIGN.of(self.as_tuple, issuer, deadline_s)

    def _require(self) -> None:
        n = len(self.issuers)
        if not self.name:
            raise FactError("a fact has a name")
        if self.decimals > MOST_DECIMALS:
            raise FactError(f"{self.decimals} decimals: {MOST_DECIMALS} at most")
        if not 0 < n <= MOST_ISSUERS:
            raise FactError(f"a fact has 1 to {MOST_ISSUERS} issuers, not {n}")
        if not n < 2 * self.m <= 2 * n:
            raise FactError(f"m is {self.m} of {n} issuers: it must be more than half, so that no two values can stand")


def fact_id(said: str) -> bytes:
    """A fact's name on chain, as people hand it on.

    Raises:
        FactError: it is none.
    """
    if not re.fullmatch("0x[0-9a-f]{64}", said):
        raise FactError(
            f"{said[:70]!r} names no fact: 0x and 64 hexadecimal digits, as `facts open` and `facts show` tell"
        )
    return bytes.fromhex(said[2:])


def _words(value: Any) -> str:
    said = text(value)
    if STRANGE.search(said):
        raise FactError(f"{said!r:.60} has characters that move what is shown")
    return said


def _accounts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise FactError(f"{value!r:.60} is no list of accounts")
    accounts = sorted((address(text(it)) for it in value), key=lambda it: int(it, 16))
    for issuer, following in itertools.pairwise(accounts):
        if issuer == following:
            raise FactError(f"{issuer} is named twice: it has one seat")
    return tuple(accounts)
