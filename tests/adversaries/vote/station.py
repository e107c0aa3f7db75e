"""A town hall whose node an attacker runs: real contracts, people who act by the tools, and what these tell them.

The tools are driven here and nowhere else: an attack says by which node, or at which address, a person acts.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from beffroi.ballots import keyfiles
from beffroi.ballots.ballot import split
from beffroi.ballots.events import BallotsCast
from beffroi.ballots.group import Point
from beffroi.ballots.keyfiles import KeyFile
from beffroi.ballots.parallel import Here
from beffroi.ballots.records import records
from beffroi.ballots.transcript import to_address
from beffroi.chain.rpc import Rpc
from beffroi.cli import keyring
from beffroi.consultation import casting, ceremony, checking, counting, sharing
from beffroi.consultation.polls import Polls
from beffroi.errors import BeffroiError
from testbed.polls import Hall, Trustee, Vote
from tests.adversaries.vote.lying_node import Lie, LyingNode, lying_node

CHOICES = (0, 1, 0, 2, 1, 0)
"""What each of six voters wants: the option's number."""
Ciphertexts = Sequence[tuple[Point, Point]]


@dataclass(frozen=True)
class Loot:
    """What an attacker has got.

    Attributes:
        votes: what single voters voted, the messages of each ballot's ciphertexts by place on the roll.
        key: the consultation's secret key, which no one may hold; 0 where it was not taken.
        verdict: what an auditor reads of it.
    """

    votes: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    key: int = 0
    verdict: str = ""


@dataclass
class Station:
    """Where people vote.

    Attributes:
        hall: the town hall by an honest node, which whoever runs a node has too.
        desk: where trustees keep their files.
        told: every sentence that a tool said to a person.
    """

    hall: Hall
    desk: Path
    told: list[str] = field(default_factory=list)

    @property
    def polls(self) -> Polls:
        return self.hall.polls

    def node(self, *lies: Lie) -> contextlib.AbstractContextManager[LyingNode]:
        """A node of the attacker's before the town's chain."""
        return lying_node(self.polls.rpc.url, *lies)

    def by(self, node: LyingNode | None, consultations: str = "") -> Polls:
        """What someone sees by a node, at the address that she was told."""
        url = self.polls.rpc.url if node is None else node.url
        return Polls.at(Rpc(url), consultations or self.polls.consultations.address, self.polls.first)

    def step(self, number: int, trustee: Trustee, node: LyingNode | None = None) -> None:
        """A trustee gives the ceremony's one command, by a key file made when she was shown the truth."""
        key = self.hall.key_file(number, trustee)
        promise = partial(keyring.promise, self.kept(trustee, key))
        self.tells(lambda: ceremony.take_step(self.by(node), number, trustee.account, key, promise))

    def share(self, vote: Vote, trustee: Trustee, node: LyingNode | None = None, consultations: str = "") -> None:
        """A trustee hands her share in."""
        key = self.hall.key_file(vote.params.ceremony, trustee)
        polls = self.tells(lambda: self.by(node, consultations))
        if polls is not None:
            now_s = self.polls.now_s()
            counted = self.tells(
                lambda: sharing.count(polls, vote.number, key, vote.roll, now_s=now_s, executor=Here())
            )
            if counted is not None:
                self.tells(lambda: self._give(polls, trustee, key, counted))

    def _give(self, polls: Polls, trustee: Trustee, key: KeyFile, counted: sharing.Counted) -> int:
        keyring.remember(self.kept(trustee, key), counted)
        return sharing.give(polls, trustee.account, key, counted)

    def kept(self, trustee: Trustee, key: KeyFile) -> Path:
        path = self.desk / f"ceremony-{key.pins.ceremony}-trustee-{trustee.index}.json"
        if not path.exists():
            keyfiles.save(key, path, "her own", cost=1 << 4)
        return path

    def cast(self, vote: Vote, index: int, choice: int, node: LyingNode | None = None) -> None:
        """A voter casts her ballot by her own transaction."""

        def casts() -> None:
            polls, voter = self.by(node), vote.keys[index]
            params = polls.params(vote.number)
            place, ballot = casting.prepare(
                polls, params, vote.roll, voter.address, self.messages(vote, choice), self.hall.panels
            )
            casting.cast(polls, params, vote.roll, voter, place, ballot)

        self.tells(casts)

    def finalise(self, vote: Vote) -> None:
        """Anyone fixes the result."""
        self.tells(lambda: counting.finalise(self.polls, vote.number, self.hall.clerk) and None)

    def audit(self, vote: Vote, node: LyingNode | None = None) -> str:
        """What an auditor reads, who has the roll; empty where she is told that there is nothing to audit."""

        def audits() -> str:
            polls = self.by(node)
            polls.params(vote.number)
            return checking.verdict_text(checking.audit(polls, vote.number, vote.roll), vote.subject)

        return self.tells(audits) or ""

    def consult(self, key: int) -> tuple[Vote, dict[int, tuple[int, ...]]]:
        """An open vote under a ceremony's key, in which all have voted, and what they voted."""
        vote = self.hall.consult(len(CHOICES), key=key)
        self.hall.post(vote, [vote.slip(index, choice) for index, choice in enumerate(CHOICES)])
        return vote, {index: self.messages(vote, choice) for index, choice in enumerate(CHOICES)}

    def messages(self, vote: Vote, choice: int) -> tuple[int, ...]:
        return vote.subject.asked.messages(choice)

    def ballots(self, vote: Vote) -> dict[int, Ciphertexts]:
        """What everybody sees of every ballot, by place on the roll."""
        rule = vote.params.rule
        cast = [it for it in self.polls.votes(vote.number) if isinstance(it, BallotsCast)]
        return {
            record.index: split(record.ballot, rule.size)
            for event in cast
            for record in records(event.records, rule.ballot_length)
        }

    @property
    def ceremonies(self) -> bytes:
        return to_address(self.polls.ceremonies.address)

    def tells(self, act: Callable[[], Any]) -> Any:
        """What an act gives; the sentences that a person reads of it are kept, a refusal too."""
        try:
            said = act()
        except BeffroiError as error:
            self.told.append(str(error))
            return None
        self.told.extend([said] if isinstance(said, str) else said if isinstance(said, list) else [])
        return said
