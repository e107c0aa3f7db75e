"""What the two contracts told the world, decoded: the audit's only input.

``Decoder`` turns logs, as a node's JSON-RPC or web3.py gives them, into the events below; it needs the contracts' ABIs
and no connection. Source: Contract ABI specification, "Events".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from eth_abi import decode  # type: ignore[attr-defined]

from beffroi.ballots import ceremony_events
from beffroi.ballots.ceremony_events import CeremonyEvent
from beffroi.ballots.params import Params
from beffroi.ballots.proofs import Dleq, unpair
from beffroi.ballots.rules import Rule
from beffroi.ballots.tally import Ciphertext, DecryptionShare
from beffroi.ballots.transcript import tag

if TYPE_CHECKING:
    from beffroi.ballots.group import Point


class RefusedFor(IntEnum):
    """Why a record of a batch was left out, in the contract's order."""

    NONE = 0
    SEQUENCE = 1
    ALREADY_VOTED = 2
    SIGNATURE = 3
    PROOF = 4


@dataclass(frozen=True)
class Opened:
    """A consultation was opened on these terms."""

    consultation: int
    ceremony: int
    params_hash: bytes
    roll_root: bytes
    roll_size: int
    opens_at: int
    closes_at: int
    tally_by: int
    secrecy_minimum: int
    question_hash: bytes
    options_hash: bytes
    rule: Rule

    def params(self, chain_id: int, contract: bytes, ceremonies: bytes, h: Point) -> Params:
        """The parameters to which every ballot is bound."""
        return Params(
            chain_id,
            contract,
            self.consultation,
            ceremonies,
            self.ceremony,
            h,
            self.roll_root,
            self.roll_size,
            self.opens_at,
            self.closes_at,
            self.tally_by,
            self.secrecy_minimum,
            self.question_hash,
            self.options_hash,
            self.rule,
        )


@dataclass(frozen=True)
class BallotsCast:
    """A batch was counted, except its refused records; ``block`` is the number of its block, where known."""

    consultation: int
    batch: int
    root: bytes
    records: bytes
    block: int | None = None


@dataclass(frozen=True)
class BallotRefused:
    """The record at ``position`` of a batch was left out."""

    consultation: int
    batch: int
    position: int
    index: int
    reason: int


@dataclass(frozen=True)
class BallotReplaced:
    """The voter's previous ballot, counted in batch ``replaced``, no longer counts."""

    consultation: int
    index: int
    seq: int
    replaced: int


@dataclass(frozen=True)
class Closed:
    """Voting ended with these totals."""

    consultation: int
    ballots: int
    totals: tuple[Ciphertext, ...]


@dataclass(frozen=True)
class ShareSubmitted:
    """A trustee's share was accepted, with what is said to be her signature."""

    consultation: int
    share: DecryptionShare
    signature: bytes


@dataclass(frozen=True)
class Tallied:
    """The result: two counters for each ciphertext."""

    consultation: int
    ballots: int
    counts: tuple[int, ...]


VoteEvent = Opened | BallotsCast | BallotRefused | BallotReplaced | Closed | ShareSubmitted | Tallied
Event = CeremonyEvent | VoteEvent

Values = Mapping[str, Any]


def _opened(v: Values) -> Opened:
    (ceremony, root, size, opens, closes, tally, minimum, question, options, _, rule) = v["terms"]
    dates = (opens, closes, tally, minimum, question, options)
    return Opened(v["consultation"], ceremony, v["paramsHash"], root, size, *dates, Rule.from_tuple(rule))


def _closed(v: Values) -> Closed:
    points = [unpair(p) for p in v["totals"]]
    return Closed(v["consultation"], v["ballots"], tuple(zip(points[::2], points[1::2], strict=True)))


def _share(v: Values) -> ShareSubmitted:
    proofs = (Dleq(e, w, unpair(p)) for e, w, p in v["proofs"])
    parts = tuple(zip((unpair(p) for p in v["shares"]), proofs, strict=True))
    return ShareSubmitted(v["consultation"], DecryptionShare(v["trustee"], parts), v["signature"])


_BUILDERS: Final[Mapping[str, Callable[[Values], Event]]] = {
    **ceremony_events.BUILDERS,
    "ConsultationOpened": _opened,
    "BallotsCast": lambda v: BallotsCast(v["consultation"], v["batch"], v["root"], v["records"]),
    "BallotRefused": lambda v: BallotRefused(v["consultation"], v["batch"], v["position"], v["index"], v["reason"]),
    "BallotReplaced": lambda v: BallotReplaced(v["consultation"], v["index"], v["seq"], v["replaced"]),
    "ConsultationClosed": _closed,
    "ShareSubmitted": _share,
    "ConsultationTallied": lambda v: Tallied(v["consultation"], v["ballots"], tuple(v["counts"])),
}


def canonical(abi_input: Mapping[str, Any]) -> str:
    """The canonical type of an ABI input, tuples written out: ``(uint256,uint256)[]``."""
    kind: str = abi_input["type"]
    if not kind.startswith("tuple"):
        return kind
    return f"({','.join(canonical(c) for c in abi_input['components'])}){kind.removeprefix('tuple')}"


def _raw(value: Any) -> bytes:
    return bytes.fromhex(value.removeprefix("0x")) if isinstance(value, str) else bytes(value)


class Decoder:
    """Decodes the events above out of raw logs.

    Example:
        >>> decoder = Decoder(consultations_abi + key_ceremony_abi)
        >>> for event in decoder.events(logs): ...
    """

    def __init__(self, abi: Iterable[Mapping[str, Any]]) -> None:
        self._inputs: dict[bytes, tuple[str, Sequence[Mapping[str, Any]]]] = {}
        for entry in abi:
            if entry.get("type") == "event" and entry["name"] in _BUILDERS:
                types = ",".join(canonical(i) for i in entry["inputs"])
                self._inputs[tag(f"{entry['name']}({types})")] = (entry["name"], entry["inputs"])

    @property
    def topics(self) -> list[bytes]:
        """The first topics to ask a node for."""
        return list(self._inputs)

    def event(self, log: Mapping[str, Any]) -> Event | None:
        """The event of a log (``topics`` and ``data`` as hex or bytes), or ``None`` when it is another one."""
        topics = [_raw(topic) for topic in log["topics"]]
        if not topics or topics[0] not in self._inputs:
            return None
        name, inputs = self._inputs[topics[0]]
        indexed = [i for i in inputs if i["indexed"]]
        plain = [i for i in inputs if not i["indexed"]]
        values: dict[str, Any] = {
            i["name"]: decode([canonical(i)], topic)[0] for i, topic in zip(indexed, topics[1:], strict=True)
        }
        decoded = decode([canonical(i) for i in plain], _raw(log["data"]))
        values.update(zip((i["name"] for i in plain), decoded, strict=True))
        return _BUILDERS[name](values)

    def events(self, logs: Iterable[Mapping[str, Any]]) -> Iterator[Event]:
        """The events of a stream of logs, in its order (block, then log index)."""
        for log in logs:
            event = self.event(log)
            if event is not None:
                yield event
