"""What a trustee's key is made for, fixed when it is made: a node that tells anything else later is not believed.

A key file that serves whatever it is shown serves whoever shows it. The phrase, read aloud to another trustee, tells
whether both were shown the same when their keys were made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from beffroi.ballots.transcript import digest, tag, to_address

if TYPE_CHECKING:
    from collections.abc import Mapping

TAG_COUNTED: Final = tag("beffroi.vote.counted")
TAG_PINS: Final = tag("beffroi.vote.trustee.pins")
_GROUPS: Final = 10


def spoken(hash_: bytes) -> str:
    """A hash as people compare it by telephone: ten groups of four digits, 133 bits of it.

    Whoever lies has often chosen a part of both sides that are compared: a trustee her own account, a node the block in
    which a vote was closed. Then two places, lists or counts under one number cost the root of what they otherwise do:
    2^66 hashes here, and 2^40, which is hours, with six groups.
    """
    digits = f"{int.from_bytes(hash_, 'big') % 10 ** (4 * _GROUPS):0{4 * _GROUPS}}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def spoken_count(params_hash: bytes, block: int, block_hash: bytes, ballots: int, totals_hash: bytes) -> str:
    """What trustees and auditors compare of a vote that is closed: other terms, ballots or chain, another number."""
    return spoken(digest(TAG_COUNTED, params_hash, block, block_hash, ballots, totals_hash))


@dataclass(frozen=True)
class Pins:
    """The one place where a trustee's key is of use.

    Attributes:
        chain_id: of the chain.
        genesis: hash of its first block, 32 bytes.
        ceremonies: KeyCeremony.
        consultations: Consultations, which alone may ask for a share.
        ceremony: its number.
        threshold: t, trustees needed to open a total.
        trustees: their n accounts, in ascending order.
        smart: those of them that were contracts when the ceremony opened: what these sign, only a node can tell.
    """

    chain_id: int
    genesis: bytes
    ceremonies: bytes
    consultations: bytes
    ceremony: int
    threshold: int
    trustees: tuple[bytes, ...]
    smart: tuple[bytes, ...] = ()

    @property
    def hash(self) -> bytes:
        """Of all of it, 32 bytes."""
        where: tuple[int | bytes, ...] = (self.chain_id, self.genesis, self.ceremonies, self.consultations)
        where += (self.ceremony, self.threshold, len(self.trustees), *self.trustees)
        return digest(TAG_PINS, *where, len(self.smart), *self.smart)

    @property
    def phrase(self) -> str:
        """What trustees compare by telephone."""
        return spoken(self.hash)

    def words(self) -> list[str]:
        """All of it, a sentence each."""
        return [
            f"Chain {self.chain_id}, whose first block is 0x{self.genesis.hex()}.",
            f"Key ceremony {self.ceremony} of the contract 0x{self.ceremonies.hex()}.",
            f"Its key serves the contract Consultations 0x{self.consultations.hex()} and no other.",
            f"{self.threshold} of {len(self.trustees)} trustees open a result together:",
            *(f"  {index}. 0x{account.hex()}{self._told(account)}" for index, account in enumerate(self.trustees, 1)),
        ]

    def _told(self, account: bytes) -> str:
        return " is a contract: her word is whatever a node says that it is" if account in self.smart else ""

    def differences(self, shown: Pins) -> list[str]:
        """What is shown otherwise than it was pinned, a clause each; empty when all of it is the same.

        Which accounts are contracts is not compared: a node's word for it is not asked a second time.
        """
        return [
            f"{_NAMES[it.name]} is {_said(getattr(shown, it.name))}, and was {_said(getattr(self, it.name))}"
            for it in fields(self)
            if it.name in _NAMES and getattr(shown, it.name) != getattr(self, it.name)
        ]

    def as_dict(self) -> dict[str, Any]:
        """For a key file's JSON."""
        values = {it.name: getattr(self, it.name) for it in fields(self)}
        return {name: _plain(value) for name, value in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Pins:
        """What ``as_dict`` gave.

        Raises:
            KeyError, TypeError, ValueError: it is something else.
        """
        return cls(
            int(values["chain_id"]),
            bytes.fromhex(values["genesis"].removeprefix("0x")),
            to_address(values["ceremonies"]),
            to_address(values["consultations"]),
            int(values["ceremony"]),
            int(values["threshold"]),
            tuple(map(to_address, values["trustees"])),
            tuple(map(to_address, values["smart"])),
        )


_NAMES: Final = {
    "chain_id": "the chain",
    "genesis": "its first block",
    "ceremonies": "the contract KeyCeremony",
    "consultations": "the contract Consultations",
    "ceremony": "the ceremony's number",
    "threshold": "the number of trustees needed",
    "trustees": "the list of trustees",
}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(it) for it in value]
    return "0x" + value.hex() if isinstance(value, bytes) else value


def _said(value: Any) -> str:
    plain = _plain(value)
    return ", ".join(plain) if isinstance(plain, list) else str(plain)
