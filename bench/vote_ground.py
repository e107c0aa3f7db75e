"""Consultations on the bench's ground, over rolls of any size of which only the voters' branches are real."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keyfiles import KeyFile, TrusteeSecret
from beffroi.ballots.params import Params
from beffroi.ballots.records import Record, parent, roll_leaf
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import casting, ceremony
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.consultation.subject import Subject
from beffroi.units import DAY_S, HOUR_S
from bench.ground import Deployed, Ground, ours

POSTER = "0x" + "0e" * 20
OPTIONS = ("yes", "no", "blank")
FLOORS = (600, 0, 1, 5, 10_000)
FLOORS_TYPE = "(uint32,uint32,uint32,uint32,uint16)"
"""Of a Rulebook, the lowest that it may have."""
CEILINGS = (366 * DAY_S,) * 4
CEILINGS_TYPE = "(uint32,uint32,uint32,uint32)"
"""And the highest."""


class SparseRoll:
    """A roll of which a few voters are known; other branches are hashes of nobody's. Proofs are as long as real ones.

    Args:
        size: how many stand on it.
        voters: account by index.
    """

    def __init__(self, size: int, voters: dict[int, bytes]) -> None:
        self.size = size
        self._nodes = {2 * size - 2 - index: roll_leaf(index, voter) for index, voter in voters.items()}
        for position in self._climb(sorted(voters)):
            children = (self._node(2 * position + 1), self._node(2 * position + 2))
            self._nodes[position] = parent(*children)

    @property
    def root(self) -> bytes:
        """What a consultation seals."""
        return self._nodes[0]

    def __len__(self) -> int:
        return self.size

    def proof(self, indices: Sequence[int]) -> list[bytes]:
        """The multiproof of these voters, in increasing order; of one, her path."""
        queue, proof = deque(2 * self.size - 2 - index for index in indices), []
        while position := queue.popleft():
            sibling = position - 1 if position % 2 == 0 else position + 1
            if queue and queue[0] == sibling:
                queue.popleft()
            else:
                proof.append(self._node(sibling))
            queue.append((position - 1) >> 1)
        return proof

    def _node(self, position: int) -> bytes:
        return self._nodes.get(position) or keccak(b"nobody" + position.to_bytes(8, "big"))

    def _climb(self, indices: Sequence[int]) -> list[int]:
        """Every inner node above these voters, from the deepest up."""
        level = {2 * self.size - 2 - index for index in indices}
        above: set[int] = set()
        while level := {(position - 1) >> 1 for position in level if position}:
            above |= level
        return sorted(above, reverse=True)


@dataclass
class Poll:
    """A consultation that is open, with voters spread at random over its roll, their ballots made."""

    number: int
    contract: Deployed
    roll: SparseRoll
    slips: list[Record]

    def post(self, slips: Sequence[Record]) -> int:
        """The gas of one batch."""
        batch = sorted(slips, key=lambda it: it.index)
        data = b"".join(it.encode() for it in batch)
        receipt = self._send("castBatch", data, self.roll.proof([it.index for it in batch]))
        if len(receipt["logs"]) != 1:
            raise AssertionError("a ballot of the bench was left out")
        return int(receipt["gasUsed"], 16)

    def _send(self, function: str, *arguments: object) -> dict[str, Any]:
        data = self.contract.calldata(function, self.number, *arguments)
        return self.contract.ground.send(POSTER, self.contract.address, "0x" + data.hex())

    def cast(self, slip: Record) -> int:
        """The gas of a ballot that is posted alone."""
        voter = "0x" + slip.voter.hex()
        call = (self.number, slip.index, voter, slip.ballot, slip.signature, self.roll.proof([slip.index]))
        return self.contract.send(POSTER, "cast", *call)


class Hall:
    """KeyCeremony and Consultations on a ground, with two trustees."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.officer = anvil_account()
        town = ground.deploy(ours("Town"), ("address",), self.officer.address)
        ceremonies = ground.deploy(ours("KeyCeremony"), ("address",), town.address)
        addresses = (town.address, ceremonies.address)
        self.contract = ground.deploy(ours("Consultations"), ("address", "address"), *addresses)
        # The authority stands for rolls: no contract calls a vote here.
        rulebook = ground.deploy(
            ours("Rulebook"), ("address", FLOORS_TYPE, CEILINGS_TYPE), town.address, FLOORS, CEILINGS
        )
        self.contract.send(self.officer.address, "setRulebook", rulebook.address)
        contracts = (Contract.built("KeyCeremony", ceremonies.address), self._built())
        self.polls = Polls(ground.rpc, ground.chain_id, *contracts)
        self.trustees = sorted((anvil_account(1), anvil_account(2)), key=lambda it: it.address.lower())
        self.secrets = [TrusteeSecret.generate(bytes([7 + place]) * 32) for place in range(2)]

    def key(self) -> int:
        """A key for one consultation."""
        accounts = [it.address for it in self.trustees]
        number = ceremony.open_ceremony(self.polls, self.officer, accounts, 2, (HOUR_S,) * 5)
        called = list(zip(self.trustees, self.key_files(number), (Memory(), Memory()), strict=True))
        for _ in range(3):
            for account, key, promise in called:
                ceremony.take_step(self.polls, number, account, key, promise)
        self.ground.pass_time(HOUR_S + 1)
        ceremony.move_on(self.polls, number, self.officer)
        for account, key, promise in called:
            ceremony.take_step(self.polls, number, account, key, promise)
        return number

    def key_files(self, number: int) -> list[KeyFile]:
        """The trustees' for a ceremony."""
        pins = self.polls.pins(number)
        return [KeyFile(secret, pins) for secret in self.secrets]

    def poll(self, options: int, size: int, voters: int) -> Poll:
        """An open consultation of two or three options over a roll of `size`, `voters` of whom are known."""
        chance = random.Random(options * size)
        keys = {index: Key.derived("bench", index) for index in chance.sample(range(size), voters)}
        roll = SparseRoll(size, {index: to_address(key.address) for index, key in keys.items()})
        subject, key = Subject("?", OPTIONS[:options]), self.key()
        opens = self.polls.now_s() + HOUR_S
        terms = (
            key, roll.root, size, opens, opens + HOUR_S, opens + 2 * HOUR_S, 5,
            subject.question_hash, subject.options_hash, subject.data_uri, subject.asked.rule.as_tuple(),
        )  # fmt: skip
        self.contract.send(self.officer.address, "open", terms)
        self.ground.pass_time(HOUR_S)
        params = self.polls.params(self.polls.consultations.read(self.ground.rpc, "consultations"))
        slips = [_slip(params, subject, index, key) for index, key in keys.items()]
        return Poll(params.consultation, self.contract, roll, slips)

    def _built(self) -> Contract:
        return Contract.built("Consultations", self.contract.address)


def _slip(params: Params, subject: Subject, index: int, key: Key) -> Record:
    account = to_address(key.address)
    ballot = make_ballot(params, account, 0, subject.asked.messages(index % len(subject.options)))
    return casting.sign(params, index, ballot, key)
