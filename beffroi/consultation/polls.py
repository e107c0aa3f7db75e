"""Where consultations are held: two contracts behind a node, and all that they ever said."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Any

from beffroi.ballots.audit import PollSite
from beffroi.ballots.ceremony import MOST_TRUSTEES
from beffroi.ballots.events import BallotsCast, Closed, Decoder, Event, Opened
from beffroi.ballots.keycheck import CeremonyReplay, replay, too_smart
from beffroi.ballots.params import Params
from beffroi.ballots.pins import Pins
from beffroi.ballots.proofs import unpair
from beffroi.ballots.transcript import to_address
from beffroi.chain.abi import entry, topic
from beffroi.chain.contract import Contract
from beffroi.chain.headers import clock_s
from beffroi.chain.identity import chain_identity
from beffroi.chain.logs import read_logs
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import LOCAL_CHAIN_IDS
from beffroi.chain.transaction import Call, Signer
from beffroi.consultation.told import event_of, member
from beffroi.errors import StateError


class ConsultationError(StateError):
    """Something asked of a consultation cannot be done, in words for whoever asked."""


class PollStatus(IntEnum):
    """Where a consultation stands, as `IResults.Status`."""

    UNKNOWN = 0
    SCHEDULED = 1
    OPEN = 2
    ENDED = 3
    CLOSED = 4
    DECRYPTING = 5
    STALLED = 6
    TALLIED = 7
    WITHHELD = 8


WORDS = {
    PollStatus.UNKNOWN: "does not exist",
    PollStatus.SCHEDULED: "has not begun",
    PollStatus.OPEN: "is open: people are voting",
    PollStatus.ENDED: "has ended and waits for anyone to close it (`ape run vote close`)",
    PollStatus.CLOSED: "is closed and waits for the trustees' shares (`ape run vote share`)",
    PollStatus.DECRYPTING: "is being opened: some trustees have handed in their share",
    PollStatus.STALLED: "waits for trustees who are late; a late share is still accepted",
    PollStatus.TALLIED: "has its result",
    PollStatus.WITHHELD: "had too few ballots for votes to stay secret: it has no result and never will",
}


@dataclass(frozen=True)
class Polls:
    """KeyCeremony and Consultations on a chain.

    Attributes:
        rpc: the node.
        chain_id: of the chain.
        ceremonies: KeyCeremony.
        consultations: Consultations.
        first: a block at or before the contracts' own.
    """

    rpc: Rpc
    chain_id: int
    ceremonies: Contract
    consultations: Contract
    first: int = 0

    @classmethod
    def at(cls, rpc: Rpc, consultations: str, first: int = 0) -> "Polls":
        """The polls of the contract Consultations at an address; it names its KeyCeremony itself.

        Raises:
            RpcError: there is no such contract.
            NotCompiledError: the contracts are not in the build.
        """
        contract = Contract.built("Consultations", consultations)
        ceremonies = Contract.built("KeyCeremony", contract.read(rpc, "CEREMONIES"))
        return cls(rpc, rpc.number("eth_chainId"), ceremonies, contract, first)

    def now_s(self) -> int:
        """The chain's clock, unix seconds."""
        return clock_s(self.rpc)

    def own_clock_s(self) -> int:
        """This computer's clock, unix seconds, which no node moves; of a local chain, moved by hand, the chain's."""
        return self.now_s() if self.chain_id in LOCAL_CHAIN_IDS else int(time.time())

    def act(self, who: Signer, contract: Contract, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        """Sends one act and gives its receipt.

        Raises:
            TransactionFailedError: it would revert, or did.
        """
        return Sender(self.rpc, who).send(Call(contract.address, contract.encode(function, *args), purpose))

    def status(self, number: int) -> PollStatus:
        """Where a consultation stands."""
        return member(PollStatus, self.consultations.read(self.rpc, "status", number))

    def require(self, number: int, *allowed: PollStatus) -> PollStatus:
        """Where a consultation stands, which must be one of these.

        Raises:
            ConsultationError: it stands elsewhere, in words.
        """
        status = self.status(number)
        if status not in allowed:
            raise ConsultationError(f"consultation {number} {WORDS[status]}")
        return status

    def site(self, number: int, smart: frozenset[bytes] | None = None) -> PollSite:
        """The consultation, as an audit names it; `smart` as for `ceremony`."""
        where = to_address(self.consultations.address), to_address(self.ceremonies.address)
        if smart is None:
            smart = self._smart(self.consultations.read(self.rpc, "terms", number)[1])
        return PollSite(self.chain_id, *where, number, smart)

    def ceremony(self, number: int, smart: frozenset[bytes] | None = None) -> CeremonyReplay:
        """All that trustees said in a key ceremony.

        Args:
            number: of the ceremony.
            smart: the trustees' accounts that were contracts when it opened, where they are pinned: else the node is
                asked.

        Raises:
            ConsultationError: there is none of that number.
        """
        words = [topic(item) for item in self.ceremonies.abi if item["type"] == "event"]
        said = self._events(self.ceremonies.address, [words, [_word(number)]])
        where = self.chain_id, to_address(self.ceremonies.address)
        found = replay(said, *where, number, self._smart(number) if smart is None else smart)
        if found.ceremony is None:
            raise ConsultationError(f"there is no key ceremony {number}")
        return found

    def _smart(self, ceremony: int) -> frozenset[bytes]:
        """The trustees' accounts that were contracts when a ceremony opened, as this node tells."""
        mask = self.ceremonies.read(self.rpc, "contracts", ceremony)
        told = [(ceremony, index) for index in range(1, MOST_TRUSTEES + 1) if mask >> (index - 1) & 1]
        return frozenset(map(to_address, self.ceremonies.reads(self.rpc, "trustee", told)))

    def pins(self, number: int) -> Pins:
        """What a trustee's key for a ceremony is made for, as this node tells it.

        Raises:
            ConsultationError: there is none, its key is for another contract, or too many trustees are smart accounts.
        """
        said = self.ceremony(number)
        self._require_consumer(said)
        found = self._pins(said)
        if doubt := too_smart([f"0x{it.hex()}" for it in found.smart], found.threshold):
            raise ConsultationError(doubt)
        return found

    def _pins(self, replayed: CeremonyReplay) -> Pins:
        said = replayed.ceremony
        if said is None:
            raise ConsultationError("the ceremony's opening is not on the chain")
        genesis = bytes.fromhex(chain_identity(self.rpc)[1].removeprefix("0x"))
        contracts = said.address, to_address(self.consultations.address)
        smart = tuple(it for it in said.trustees if it in replayed.smart)
        return Pins(self.chain_id, genesis, *contracts, said.id, said.threshold, said.trustees, smart)

    def _require_consumer(self, replayed: CeremonyReplay) -> None:
        said, here = replayed.ceremony, self.consultations.address
        if said is not None and said.consumer != to_address(here):
            raise ConsultationError(
                f"the key of ceremony {said.id} is for the contract 0x{said.consumer.hex()}, and no other may use it, "
                f"not {here}. Nothing was sent"
            )

    def require_pinned(self, number: int, pins: Pins) -> CeremonyReplay:
        """Lets no key be used anywhere but where it was made for; gives what was compared.

        A node may tell otherwise when it is asked again.

        Raises:
            ConsultationError: the chain, a contract, the ceremony, its trustees or how many are needed are others, or
                something is told of trustees that they did not sign.
        """
        said = self.ceremony(number, frozenset(pins.smart))
        if found := pins.differences(self._pins(said)):
            raise ConsultationError(
                f"this is not what your key file was made for: {'; '.join(found)}. Nothing was sent. Ask another "
                f"trustee by telephone: her key file's number must be {pins.phrase}"
            )
        self._require_consumer(said)
        if doubt := said.disbelief():
            raise ConsultationError(
                f"in ceremony {number}, {doubt}. Nothing was sent, and nothing of your key has left this computer: "
                "look by another node, and ask the other trustees"
            )
        return said

    def params(self, number: int) -> Params:
        """What every ballot of a consultation is bound to.

        Raises:
            ConsultationError: there is none of that number, or the node does not tell the truth about it.
        """
        opened = topic(entry(self.consultations.abi, "event", "ConsultationOpened"))
        for event in self._events(self.consultations.address, [[opened], [_word(number)]]):
            if isinstance(event, Opened):
                key = unpair(self.consultations.read(self.rpc, "terms", number)[0])
                where = (to_address(self.consultations.address), to_address(self.ceremonies.address))
                params = event.params(self.chain_id, *where, key)
                if params.hash != event.params_hash:
                    raise ConsultationError(f"consultation {number}: what it shows is not what ballots are bound to")
                return params
        raise ConsultationError(f"there is no consultation {number}")

    def events(self, number: int) -> Iterator[Event]:
        """Everything that both contracts said of a consultation and of its ceremony, in order: the audit's input.

        Of whatever else has one of their two numbers too, which an audit passes over.
        """
        words = ["0x" + it.hex() for it in self._decoder.topics]
        ceremony = self.consultations.read(self.rpc, "terms", number)[1]
        addresses = [self.consultations.address, self.ceremonies.address]
        return self._events(addresses, [words, [_word(number), _word(ceremony)]])

    def votes(self, number: int) -> Iterator[Event]:
        """What Consultations said of one consultation, in order."""
        words = [topic(item) for item in self.consultations.abi if item["type"] == "event" and _is_vote(item)]
        return self._events(self.consultations.address, [words, [_word(number)]])

    def closed_in(self, number: int) -> tuple[int, bytes, Closed]:
        """The number and the hash of the block in which a consultation was closed, and what was told there.

        Raises:
            ConsultationError: it is not closed, as this node tells.
        """
        closed = topic(entry(self.consultations.abi, "event", "ConsultationClosed"))
        for log in read_logs(self.rpc, self.consultations.address, [[closed], [_word(number)]], first=self.first):
            event = event_of(self._decoder, log)
            if isinstance(event, Closed):
                return int(log["blockNumber"], 16), bytes.fromhex(log["blockHash"].removeprefix("0x")), event
        raise ConsultationError(f"consultation {number} is not closed yet")

    @cached_property
    def _decoder(self) -> Decoder:
        return Decoder([*self.consultations.abi, *self.ceremonies.abi])

    def _events(self, address: str | list[str], topics: Sequence[Sequence[str]]) -> Iterator[Event]:
        for log in read_logs(self.rpc, address, topics, first=self.first):
            event = event_of(self._decoder, log)
            if isinstance(event, BallotsCast):
                event = replace(event, block=int(log["blockNumber"], 16))
            if event is not None:
                yield event


def _is_vote(item: Any) -> bool:
    return bool(item["inputs"]) and item["inputs"][0]["name"] == "consultation"


def _word(number: int) -> str:
    return f"0x{number:064x}"
