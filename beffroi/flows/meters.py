"""The contract Meters: which meters count in an operation, what their agents committed to, and what is refuted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.eip712 import Domain
from beffroi.errors import StateError
from beffroi.flows.energy.clockdays import StepClock
from beffroi.flows.meterslips import CommittedReadings, NewMeter
from beffroi.flows.operation import OperationTerms
from beffroi.town.manifest import Manifest

MOST_AT_ONCE = 100
"""Roots in one transaction."""


class NoMeterError(StateError):
    """Nobody installed a meter of that name in the operation."""


@dataclass(frozen=True)
class InstalledMeter:
    """A meter that counts, or counted, in an operation.

    Attributes:
        id: its name on chain, 32 bytes.
        member: whose it is.
        agent: who commits to its readings.
        unit: of its readings; 1 is the watt-hour.
        kind: 1 draws, 2 injects.
        since_s: unix seconds from which it counts.
        until_s: from which it does not; 0 while it does.
    """

    id: bytes
    member: str
    agent: str
    unit: int
    kind: int
    since_s: int
    until_s: int


@dataclass(frozen=True)
class MeterBook:
    """The contract, through a node.

    Attributes:
        rpc: the node.
        contract: Meters.
        chain_id: of the chain.
        start_block: before which it was not there.
    """

    rpc: Rpc
    contract: Contract
    chain_id: int
    start_block: int = 0

    @classmethod
    def of(cls, rpc: Rpc, manifest: Manifest) -> "MeterBook":
        """A town's.

        Raises:
            KeyError: it has none.
        """
        contract = Contract.built("Meters", manifest.address("Meters"))
        return cls(rpc, contract, manifest.chain_id, manifest.start_block)

    @property
    def domain(self) -> Domain:
        """Where slips for it are valid."""
        return Domain("Meters", self.chain_id, self.contract.address)

    def installed(self, op: bytes) -> list[InstalledMeter]:
        """Every meter of an operation, those that were removed too, in the order in which they came."""
        about = int.from_bytes(op)
        told = self.contract.events(self.rpc, "MeterInstalled", first=self.start_block, about=about)
        return self.meters(op, [it.args["id"] for it in told])

    def meters(self, op: bytes, ids: Sequence[bytes]) -> list[InstalledMeter]:
        """Meters by their names.

        Raises:
            NoMeterError: nobody installed one of them.
        """
        found = []
        told = self.contract.reads(self.rpc, "meterOf", [(op, id_) for id_ in ids])
        for id_, (agent, unit, kind, since_s, until_s, member) in zip(ids, told, strict=True):
            if not int(agent, 16):
                raise NoMeterError(f"no meter 0x{id_.hex()} is installed in the operation 0x{op.hex()}")
            who, by = str(to_checksum_address(member)), str(to_checksum_address(agent))
            found.append(InstalledMeter(id_, who, by, unit, kind, since_s, until_s))
        return found

    def commitments(self, op: bytes, ids: Sequence[bytes], period: int) -> list[bytes]:
        """What the contract keeps of meters' readings of a period, in order; zeros of those that have none."""
        return self.contract.reads(self.rpc, "commitmentOf", [(op, id_, period) for id_ in ids])

    def clocks(self, op: bytes) -> dict[tuple[bytes, int], StepClock]:
        """The steps of the readings that agents committed to last, by meter and period."""
        about = int.from_bytes(op)
        told = self.contract.events(self.rpc, "ReadingsCommitted", first=self.start_block, about=about)
        args = [it.args for it in told]
        return {(it["id"], it["period"]): StepClock(it["start"], it["step_s"], it["steps"]) for it in args}

    def install(
        self, poster: Signer, terms: OperationTerms, meter: NewMeter, deadline_s: int = 0,
        member_signature: bytes = b"", agent_signature: bytes = b"",
    ) -> bytes:  # fmt: skip
        """Installs a meter that member and agent agree on (`install_slip`); its name on chain.

        Raises:
            TransactionFailedError: one did not sign so, or the operation's statements are not this contract's to void.
        """
        agreed = *meter.as_tuple, deadline_s, member_signature, agent_signature
        self._send(poster, "install", terms.op, *agreed, purpose="install a meter")
        return meter.id(terms.op)

    def remove(
        self, poster: Signer, terms: OperationTerms, id_: bytes, deadline_s: int = 0, signature: bytes = b""
    ) -> None:
        """Ends a meter: its member, its agent, or whoever posts the member's slip (`remove_slip`)."""
        self._send(poster, "remove", terms.op, id_, deadline_s, signature, purpose=f"remove the meter 0x{id_.hex()}")

    def commit(self, agent: Signer, terms: OperationTerms, readings: CommittedReadings) -> list[bytes]:
        """An agent commits to its meters' readings; of which it was sent: the same is not committed twice.

        Raises:
            TransactionFailedError: the period is stated or settled, or a meter is another agent's.
        """
        ids = [*readings.roots]
        known = self.commitments(terms.op, ids, readings.period)
        left = [id_ for id_, stands in zip(ids, known, strict=True) if stands != readings.commitment(id_)]
        for first in range(0, len(left), MOST_AT_ONCE):
            part = replace(readings, roots={id_: readings.roots[id_] for id_ in left[first : first + MOST_AT_ONCE]})
            said = f"commit to readings of period {readings.period}"
            self._send(agent, "commit", terms.op, *part.as_tuple, 0, b"", purpose=said)
        return left

    def refute(self, anyone: Signer, function: str, arguments: Sequence[Any]) -> dict[str, Any]:
        """Shows that a statement is false, which voids it; the receipt.

        Args:
            anyone: who sends it.
            function: of the contract, `refuteSum` and others.
            arguments: of the function.

        Raises:
            TransactionFailedError: what is shown is as it should be, or the statement is not open any more.
        """
        return self._send(anyone, function, *arguments, purpose="refute a statement")

    def _send(self, who: Signer, function: str, *args: object, purpose: str) -> dict[str, Any]:
        return Sender(self.rpc, who).send(Call(self.contract.address, self.contract.encode(function, *args), purpose))
