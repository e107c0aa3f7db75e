"""The audit: everything a consultation published, verified again from its events alone, as a stream.

Trusted: the contracts' addresses and chain, and that the events are those of the chain. Not trusted: the contracts'
arithmetic, the town's server, the trustees, whoever posted the ballots. Work goes to every core (or a cluster) in
chunks of batches; results are read in order; memory does not grow with the number of ballots.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from beffroi.ballots import tally
from beffroi.ballots.ballotbox import BallotBox
from beffroi.ballots.ceremony_events import CeremonyEvent
from beffroi.ballots.chunks import ChunkReport, LoggedBatch, Origin, verify_chunk
from beffroi.ballots.events import (
    BallotRefused,
    BallotReplaced,
    BallotsCast,
    Closed,
    Opened,
    ShareSubmitted,
    Tallied,
)
from beffroi.ballots.group import base
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.parallel import pool
from beffroi.ballots.records import roll_root
from beffroi.ballots.rules import M
from beffroi.ballots.tally import Closing
from beffroi.ballots.verdict import AuditOutcome, Findings, Verdict, checks_of, concluded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor, Future

    from beffroi.ballots.events import Event, VoteEvent
    from beffroi.ballots.params import Params

_CHUNK: Final = 1 << 18
"""Bytes of records in a chunk: some hundreds of ballots, some tens of milliseconds."""
_AHEAD: Final = 16
"""Chunks sent before the first report is awaited."""


@dataclass(frozen=True)
class PollSite:
    """Where the consultation is; `smart`: as in `CeremonyReplay`."""

    chain_id: int
    consultations: bytes
    ceremonies: bytes
    consultation: int
    smart: frozenset[bytes] = frozenset()


def audit(
    events: Iterable[Event],
    site: PollSite,
    roll: Sequence[bytes] | None = None,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """Verify a consultation from its events.

    Args:
        events: of both contracts, in the chain's order; other consultations' are passed over. Read once.
        site: where it is.
        roll: the accounts on the roll, in order; without it only the contract vouches for who is on it.
        executor: where chunks are verified; this machine's cores by default (``parallel.pool``, ``cluster``).
        progress: called with the number of records verified so far.
    """
    if executor is not None:
        return _run(events, Auditor(site, roll, executor, progress))
    with pool() as own:
        return _run(events, Auditor(site, roll, own, progress))


def _run(events: Iterable[Event], auditor: Auditor) -> Verdict:
    with closing(auditor):
        for event in events:
            auditor.feed(event)
        return auditor.verdict()


class Auditor:
    """The audit step by step: ``feed`` it every event, then ask for the ``verdict``, then ``close`` it.

    Attributes:
        params: what ballots are bound to, once the opening was fed and where its key is known.
    """

    def __init__(
        self,
        site: PollSite,
        roll: Sequence[bytes] | None,
        executor: Executor,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self._site, self._roll, self._executor, self._progress = site, roll, executor, progress
        self._ceremonies: dict[int, CeremonyReplay] = {}
        self._findings = Findings()
        self.params: Params | None = None
        self._box: BallotBox | None = None
        self._refusals: dict[int, dict[int, tuple[int, int]]] = {}
        self._chunk: list[LoggedBatch] = []
        self._bytes = self._unsigned = 0
        self._pending: deque[Future[ChunkReport]] = deque()
        self._closed: Closed | None = None
        self._shares: dict[int, ShareSubmitted] = {}
        self._tallied: Tallied | None = None

    @property
    def closing(self) -> Closing | None:
        """The totals of the ballots found, by our own sums; None before the vote is closed or where it is not known."""
        if self._closed is None or self._box is None or self.params is None:
            return None
        return Closing.of(self.params, self._box.totals, self._box.ballots)

    def ceremony(self, number: int) -> CeremonyReplay | None:
        """What was said in a key ceremony, of all that was fed."""
        return self._ceremonies.get(number)

    def close(self) -> None:
        """Forget what was kept on disk."""
        if self._box is not None:
            self._box.close()

    def feed(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, CeremonyEvent):
            fresh = CeremonyReplay(self._site.chain_id, self._site.ceremonies, self._site.smart)
            self._ceremonies.setdefault(event.id, fresh).feed(event)
        elif event.consultation == self._site.consultation:
            self._vote(event)

    def _vote(self, event: VoteEvent) -> None:
        match event:
            case Opened():
                self._open(event)
            case BallotRefused():
                reasons = self._refusals.setdefault(event.batch, {})
                reasons[event.position] = (event.index, event.reason)
            case BallotsCast():
                self._cast(event)
            case BallotReplaced():
                if self._box is not None:
                    self._box.replace(event.index, event.seq, event.replaced)
            case _:
                self._finish(event)

    def _finish(self, event: Closed | ShareSubmitted | Tallied) -> None:
        match event:
            case Closed():
                self._send()
                self._drain(0)
                self._closed = event
            case ShareSubmitted():
                if self._closed is None or event.share.trustee in self._shares:
                    self._findings.add("shares", f"trustee {event.share.trustee}: a share before closing, or a second")
                self._shares[event.share.trustee] = event
            case Tallied():
                self._tallied = event

    def _open(self, event: Opened) -> None:
        if self.params is not None:
            self._findings.add("terms", "the consultation is opened twice")
            return
        replay = self._ceremonies.get(event.ceremony)
        keys = replay.keys() if replay is not None else None
        if replay is None or keys is None or (problem := replay.problem()):
            self._findings.add("key", problem if keys is not None else "the key's ceremony is not in the record")
        if keys is None:
            return
        site = self._site
        self.params = event.params(site.chain_id, site.consultations, site.ceremonies, keys.h)
        if self.params.hash != event.params_hash:
            self._findings.add("terms", "the parameters published do not give the hash that ballots are bound to")
        if not event.rule.fits(event.roll_size):
            self._findings.add("terms", "a counter could overflow into the next")
        seats = min(event.roll_size, M if self._roll is None else len(self._roll))
        if self._roll is not None and (len(self._roll) != event.roll_size or roll_root(self._roll) != event.roll_root):
            self._findings.add("roll", "the list given is not the roll that was sealed")
            self._roll = None
        self._box = BallotBox(self.params, self._roll, self._findings, seats)

    def _cast(self, event: BallotsCast) -> None:
        if self._closed is not None:
            self._findings.add("batches", f"batch {event.batch} was cast after closing")
        refused = self._refusals.pop(event.batch, {})
        self._chunk.append(LoggedBatch(event.batch, event.root, event.records, refused))
        self._bytes += len(event.records)
        if self._bytes >= _CHUNK:
            self._send()
            self._drain(_AHEAD)

    def _send(self) -> None:
        if self._chunk and self.params is not None:
            self._pending.append(self._executor.submit(verify_chunk, self.params, self._chunk))
        self._chunk, self._bytes = [], 0

    def _drain(self, leave: int) -> None:
        while len(self._pending) > leave:
            report = self._pending.popleft().result()
            if self._box is not None:
                self._box.take(report)
                if self._progress is not None:
                    self._progress(self._box.records)

    def verdict(self) -> Verdict:
        """What was found, all events having been fed."""
        self._send()
        self._drain(0)
        box, params, findings = self._box, self.params, self._findings
        if box is None or params is None:
            findings.add("terms", "the consultation's opening, or its key, is not in the record")
            return self._conclude(AuditOutcome.REFUTED, (), {"key": "", "terms": ""})
        if box.unmatched():
            findings.add("once", f"{box.unmatched()} replacements are announced and not found, or the reverse")
        if self._refusals:
            findings.add("refused", "refusals are announced for a batch that does not exist")
        said = {
            "key": "",
            "terms": "",
            "roll": f"{params.roll_size:,} accounts." if self._roll is not None else None,
            "proofs": f"{box.records - box.refused:,} proofs.",
            "once": f"{box.ballots:,} voters.",
            "batches": "",
            "refused": f"{box.refused:,} left out.",
        }
        outcome, counts = self._open_totals(box, params, said)
        return self._conclude(outcome, counts, said)

    def _open_totals(
        self, box: BallotBox, params: Params, said: dict[str, str | None]
    ) -> tuple[AuditOutcome, tuple[int, ...]]:
        end, findings, done = self._closed, self._findings, self._tallied
        if end is None:
            return AuditOutcome.UNFINISHED, ()
        said["totals"] = f"{len(box.totals)} totals."
        if end.ballots != box.ballots or list(end.totals) != box.totals:
            findings.add("totals", f"{end.ballots} ballots announced, {box.ballots} found; or the sums differ")
        if box.ballots < params.secrecy_minimum:
            if self._shares or done is not None:
                findings.add("shares", "totals of too few ballots were opened")
            return AuditOutcome.WITHHELD, ()
        replay = self._ceremonies[params.ceremony]
        keys, threshold = replay.keys(), replay.ceremony.threshold if replay.ceremony is not None else 0
        statement = Closing.of(params, box.totals, box.ballots)
        valid, self._unsigned, accounts = [], 0, replay.ceremony.trustees if replay.ceremony is not None else ()
        for trustee, given in sorted(self._shares.items()):
            key = keys.shares.get(trustee) if keys is not None else None
            if key is not None and tally.verify_share(statement, key, given.share):
                valid.append(given.share)
                self._unsigned += not statement.is_signed(given.share, given.signature, accounts[trustee - 1])
            else:
                findings.add("shares", f"the share of trustee {trustee} is false")
        if done is None:
            return AuditOutcome.UNFINISHED, ()
        signed = len(valid) - self._unsigned
        said |= {"shares": f"{len(valid)} trustees, of whom {threshold} are needed; {signed} signed.", "result": ""}
        if len(valid) < threshold:
            findings.add("shares", f"a result with {len(valid)} valid shares out of {threshold}")
            return AuditOutcome.REFUTED, done.counts
        opened = tally.open_totals(statement, valid[:threshold], threshold)
        claimed = [low + high * M for low, high in zip(done.counts[::2], done.counts[1::2], strict=False)]
        small = all(0 <= count < M for count in done.counts) and len(done.counts) == 2 * len(opened)
        if not small or [base(m) for m in claimed] != opened or done.ballots != box.ballots:
            findings.add("result", "the counts announced are not what the totals hold")
        return AuditOutcome.CONFIRMED, done.counts

    def _conclude(self, outcome: AuditOutcome, counts: tuple[int, ...], said: dict[str, str | None]) -> Verdict:
        findings, box, params = self._findings, self._box, self.params
        found: dict[str, Any] = {}
        replay = self._ceremonies.get(params.ceremony) if params is not None else None
        if params is not None and replay is not None and (said_of := replay.ceremony) is not None:
            found = {"trustees": tuple("0x" + it.hex() for it in said_of.trustees), "threshold": said_of.threshold}
            told = {"key": params.h, "roll_root": params.roll_root, "terms": params.hash}
            found |= {name: "0x" + value.hex() for name, value in told.items()}
            found["vouched_trustees"] = tuple(sorted(replay.vouched))
        if box is not None:
            found |= {"totals": "0x" + tally.totals_hash(box.totals).hex(), "ballots": box.ballots}
            found |= {"replaced": box.replaced, "refused": box.refused, "unsigned_shares": self._unsigned}
            found |= {name.name.lower(): box.origins[name] for name in Origin}
        is_vouched = bool(found.get("vouched") or found.get("vouched_trustees"))
        only_vouched = is_vouched or self._unsigned >= found.get("threshold", 0) > 0
        return Verdict(
            chain_id=self._site.chain_id,
            contract="0x" + self._site.consultations.hex(),
            consultation=self._site.consultation,
            outcome=concluded(outcome, findings, only_vouched=only_vouched, has_roll=self._roll is not None),
            checks=checks_of(findings, said, is_open=box is not None),
            roll_size=self.params.roll_size if self.params is not None else 0,
            counts=counts,
            anomalies=tuple(findings.kept),
            **found,
        )
