"""What members and agents of meters sign, as `Meters` hashes it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eth_utils.crypto import keccak

from beffroi.eip712 import Slip, SlipType
from beffroi.flows.operation import TERMS, OperationTerms

WATT_HOUR: Final = 1
"""The one unit whose readings are summed."""
DRAWS, INJECTS = 1, 2
"""Kinds of meters."""

INSTALL = SlipType(
    "Install(Terms terms,address member,bytes32 salt,address agent,uint8 unit,uint8 kind,uint40 since,"
    "uint256 deadline)",
    (TERMS,),
)
REMOVE = SlipType("Remove(Terms terms,bytes32 id,uint256 deadline)", (TERMS,))
ROOT = SlipType("Root(bytes32 id,bytes32 root)")
COMMIT = SlipType(
    "Commit(Terms terms,uint32 period,uint40 start,uint16 step_s,uint16 steps,Root[] roots,uint256 deadline)",
    (TERMS, ROOT),
)


@dataclass(frozen=True)
class NewMeter:
    """A meter that its member and its agent agree on.

    Attributes:
        member: whose it is, by the account that she joined with.
        salt: drawn at random, 32 bytes; never a number that the meter has elsewhere.
        agent: who commits to its readings.
        kind: `DRAWS` or `INJECTS`.
        since_s: unix seconds from which it counts.
    """

    member: str
    salt: bytes
    agent: str
    kind: int
    since_s: int

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it, and as a slip holds it."""
        return self.member, self.salt, self.agent, WATT_HOUR, self.kind, self.since_s

    def id(self, op: bytes) -> bytes:
        """Its name on chain: keccak256(abi.encode(op, member, salt)), 32 bytes."""
        return keccak(op + bytes.fromhex(self.member[2:]).rjust(32, b"\0") + self.salt)


def install_slip(terms: OperationTerms, meter: NewMeter, deadline_s: int) -> Slip:
    """What member and agent sign so that anyone may install their meter, until `deadline_s` (unix seconds)."""
    return INSTALL.of(terms.as_tuple, *meter.as_tuple, deadline_s)


def remove_slip(terms: OperationTerms, id_: bytes, deadline_s: int) -> Slip:
    """What a member signs so that anyone may end her meter."""
    return REMOVE.of(terms.as_tuple, id_, deadline_s)


@dataclass(frozen=True)
class CommittedReadings:
    """What an agent commits to for a period: the steps are signed with the roots, so that nobody reads more in a tree.

    Attributes:
        period: of the operation.
        start_s: when the first step begins, unix seconds.
        step_s: how long each is.
        steps: how many.
        roots: by meter: of the tree of its commitments, 32 bytes.
    """

    period: int
    start_s: int
    step_s: int
    steps: int
    roots: Mapping[bytes, bytes]

    @property
    def as_tuple(self) -> tuple[Any, ...]:
        """As the contract takes it, and as a slip holds it."""
        return self.period, self.start_s, self.step_s, self.steps, [*self.roots.items()]

    def commitment(self, id_: bytes) -> bytes:
        """What the contract keeps of a meter: keccak256(abi.encode(start, step_s, steps, root)), 32 bytes."""
        clock = b"".join(it.to_bytes(32) for it in (self.start_s, self.step_s, self.steps))
        return keccak(clock + self.roots[id_])


def commit_slip(terms: OperationTerms, readings: CommittedReadings, deadline_s: int) -> Slip:
    """What an agent signs so that anyone may post its commitments."""
    return COMMIT.of(terms.as_tuple, *readings.as_tuple, deadline_s)
