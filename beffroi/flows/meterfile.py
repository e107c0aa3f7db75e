"""A meter to be installed, as a file that goes from its member to its agent: what both sign, and her signature."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.eip712 import Domain, Slip
from beffroi.errors import InputError
from beffroi.flows.meterslips import DRAWS, INJECTS, NewMeter, install_slip
from beffroi.flows.operation import OperationTerms
from beffroi.records.paperfile import Parse, account, exactly, hexed, members, moment, octets, text, whole, word
from beffroi.textfile import read_json, write_whole

FORMAT = "beffroi-meter-1"
KINDS = {"draws": DRAWS, "injects": INJECTS}


class MeterFileError(InputError):
    """A file is none of a meter to be installed, or is of another operation; the message says why."""


@dataclass(frozen=True)
class MeterFile:
    """A meter that its member has agreed to.

    Attributes:
        chain_id: EIP-155.
        contract: Meters.
        op: of which operation, 32 bytes.
        meter: what it is.
        deadline_s: the last unix second at which it may be installed.
        signature: the member's.
    """

    chain_id: int
    contract: str
    op: bytes
    meter: NewMeter
    deadline_s: int
    signature: bytes = b""

    @property
    def domain(self) -> Domain:
        """Where it is valid."""
        return Domain("Meters", self.chain_id, self.contract)

    @cached_property
    def id(self) -> bytes:
        """The meter's name on chain, 32 bytes."""
        return self.meter.id(self.op)

    def slip(self, terms: OperationTerms) -> Slip:
        """What member and agent sign.

        Raises:
            MeterFileError: the terms are another operation's.
        """
        if terms.op != self.op:
            raise MeterFileError(f"the meter is of the operation 0x{self.op.hex()}, not of 0x{terms.op.hex()}")
        return install_slip(terms, self.meter, self.deadline_s)

    def signed(self, member: Signer, terms: OperationTerms) -> "MeterFile":
        """With the member's signature.

        Raises:
            DeclinedError: its holder declined.
        """
        signature = sign_typed(member, self.domain.separator, self.slip(terms).struct_hash)
        return MeterFile(self.chain_id, self.contract, self.op, self.meter, self.deadline_s, signature)

    def write(self, path: Path) -> None:
        """Writes it whole or not at all."""
        it = self.meter
        value = {
            "format": FORMAT, "chain": self.chain_id, "contract": self.contract, "op": hexed(self.op),
            "member": it.member, "salt": hexed(it.salt), "agent": it.agent,
            "kind": next(name for name, kind in KINDS.items() if kind == it.kind), "since": it.since_s,
            "deadline": self.deadline_s, "signature": hexed(self.signature),
        }  # fmt: skip
        write_whole(path, json.dumps(value, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "MeterFile":
        """A meter from its file.

        Raises:
            MeterFileError: it is none; why.
            OSError: it cannot be read.
        """
        value = read_json(path, MeterFileError, "a meter's file")
        parsers: dict[str, Parse] = {
            "format": exactly(FORMAT), "chain": whole, "contract": account, "op": word, "member": account,
            "salt": word, "agent": account, "kind": _kind, "since": moment, "deadline": moment, "signature": octets,
        }  # fmt: skip
        try:
            read = members(value, parsers, "a meter's file")
        except InputError as error:
            raise MeterFileError(f"{path.name}: {error}") from error
        meter = NewMeter(read["member"], read["salt"], read["agent"], read["kind"], read["since"])
        return cls(read["chain"], read["contract"], read["op"], meter, read["deadline"], read["signature"])


def _kind(value: Any) -> int:
    if text(value) not in KINDS:
        raise MeterFileError(f"{value!r:.40} is no kind of meter: {' or '.join(KINDS)}")
    return KINDS[value]
