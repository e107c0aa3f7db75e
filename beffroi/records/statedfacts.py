"""The contract Facts: which facts stand there, who stated what when, who takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from beffroi import csvfile
from beffroi.chain.contract import Contract, Event
from beffroi.chain.erc1271 import SLIP_GAS, Claim, false_claims
from beffroi.chain.headers import times_s
from beffroi.chain.reverts import decode_error, revert_data
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.errors import InputError, StateError
from beffroi.records.fact import Fact, FactError
from beffroi.records.factact import FactAct, StatedValue
from beffroi.records.paperfile import hexed
from beffroi.signatures import plain_or_same
from beffroi.town.manifest import Manifest

ACTS = ("Stated", "Withdrawn", "Resigned")


class NoFactError(StateError):
    """Nobody opened a fact of that name."""


class NoValueError(StateError):
    """A fact has no value, or none that is fresh enough."""


@dataclass(frozen=True)
class OpenedFact:
    """A fact, and who stands by its definition.

    Attributes:
        fact: what it is.
        openers: whoever opened it, in their order, each once: the first keeps nobody out.
    """

    fact: Fact
    openers: tuple[str, ...]


@dataclass(frozen=True)
class FactRecord:
    """Where a fact stands.

    Attributes:
        fact: what it is.
        number: of its last act; 0 when there was none.
        stated: its last value, whether it stands or not; None when there was none.
        signers: who signed that.
        seated: who may sign.
        stands: whether the value stands: it was not withdrawn, and m of its signers have kept their seats.
    """

    fact: Fact
    number: int
    stated: StatedValue | None
    signers: tuple[str, ...]
    seated: tuple[str, ...]
    stands: bool


@dataclass(frozen=True)
class ToldAct:
    """What happened to a fact.

    Attributes:
        what: `Stated`, `Withdrawn` or `Resigned`.
        number: of the act; 0 of a resignation.
        stated: the value; None of any other act.
        source: the hash of where it is from, or of why; empty of a resignation.
        signers: who signed, or who resigned.
        block: in which.
        at_s: the block's time, unix seconds.
        transaction: 0x-hex.
    """

    what: str
    number: int
    stated: StatedValue | None
    source: bytes
    signers: tuple[str, ...]
    block: int
    at_s: int
    transaction: str


@dataclass(frozen=True)
class StatedFacts:
    """The contract, through a node.

    Attributes:
        rpc: the node.
        contract: Facts.
        chain_id: of the chain.
        start_block: before which it was not there.
    """

    rpc: Rpc
    contract: Contract
    chain_id: int
    start_block: int = 0

    @classmethod
    def of(cls, rpc: Rpc, manifest: Manifest) -> "StatedFacts":
        """A town's.

        Raises:
            KeyError: it has none.
        """
        contract = Contract.built("Facts", manifest.address("Facts"))
        return cls(rpc, contract, manifest.chain_id, manifest.start_block)

    def opened(self, last: int | None = None) -> list[OpenedFact]:
        """Every fact up to a block, the latest when None, in the order in which they were opened first.

        One whose words are no text is left out: what its issuers would sign is not what the node tells.
        """
        return _opened([*self.contract.events(self.rpc, "FactOpened", first=self.start_block, last=last)])

    def found(self, name: bytes) -> OpenedFact:
        """A fact by its name on chain, and who opened it.

        Raises:
            NoFactError: nobody opened it.
        """
        about = int.from_bytes(name)
        found = _opened([*self.contract.events(self.rpc, "FactOpened", first=self.start_block, about=about)])
        if not found:
            raise NoFactError(f"nobody opened a fact {hexed(name)}")
        return found[0]

    def fact(self, name: bytes) -> Fact:
        """What a fact is, by its name on chain.

        Raises:
            NoFactError: nobody opened it.
        """
        return self.found(name).fact

    def record(self, fact: Fact, block: int | str = "latest") -> FactRecord:
        """Where a fact stands.

        Raises:
            NoFactError: nobody opened it.
        """
        value, at_s, number, signers, seats, m = self.contract.read(self.rpc, "recordOf", fact.id, block=block)
        if not m:
            raise NoFactError(f"nobody opened the fact {fact.name}, {hexed(fact.id)}")
        stated = StatedValue(value, at_s) if number else None
        stands = (signers & seats).bit_count() >= m
        return FactRecord(fact, number, stated, (*fact.places(signers),), (*fact.places(seats),), stands)

    def history(self, fact: Fact, last: int | None = None) -> list[ToldAct]:
        """All that happened to a fact up to a block, the latest when None, in order."""
        about = int.from_bytes(fact.id)
        events = [*self.contract.events(self.rpc, *ACTS, first=self.start_block, last=last, about=about)]
        times = times_s(self.rpc, sorted({it.block for it in events}))
        return [_told(fact, it, times[it.block]) for it in events]

    def statement(self, fact: Fact, stated: StatedValue | None, source: bytes, deadline_s: int) -> FactAct:
        """The next act, for its issuers to sign: a statement, or a withdrawal when nothing is stated.

        Raises:
            NoFactError: nobody opened it.
            StateError: fewer than m issuers are left, the value is of before the last one's time, or none stands that
                could be withdrawn.
        """
        now = self.record(fact)
        if len(now.seated) < fact.m:
            raise StateError(f"{len(now.seated)} issuers of {fact.name} are left, and it takes {fact.m}")
        if stated is None and not now.stands:
            raise NoValueError(f"{fact.name} has no value that could be withdrawn")
        if stated is not None and now.stated is not None and stated.at_s < now.stated.at_s:
            raise StateError(f"{fact.name} was stated of a later time already: unix second {now.stated.at_s}")
        return FactAct(self.chain_id, self.contract.address, fact, now.number + 1, source, deadline_s, stated)

    def open(self, opener: Signer, fact: Fact) -> None:
        """Opens a fact, or stands by one that is open: whoever came first keeps nobody from it."""
        self._send(opener, "open", fact.as_tuple, purpose=f"open the fact {hexed(fact.id)}")

    def post(self, poster: Signer, act: FactAct) -> None:
        """Posts what issuers signed, all of them: `accepted` leaves out who would make it fail.

        Raises:
            TransactionFailedError: the contract refuses: another act came before, it is late, there are too few, a
                signer has resigned or did not sign so.
        """
        signed = act.fact.bits(act.signers), [act.signatures[it] for it in act.signers]
        name, it, purpose = act.fact.id, act.stated, f"act {act.number} of the fact {hexed(act.fact.id)}"
        if it is None:
            said = name, act.number, act.source, act.deadline_s
            self._send(poster, "withdraw", *said, *signed, purpose=purpose)
        else:
            statement = name, act.number, it.value, it.at_s, act.source, act.deadline_s
            self._send(poster, "state", statement, *signed, purpose=purpose)

    def resign(self, poster: Signer, fact: Fact, issuer: str, deadline_s: int = 0, signature: bytes = b"") -> None:
        """Gives an issuer's seat up for good: the issuer itself, or whoever posts its slip (`Fact.resign_slip`).

        Raises:
            FactError: it is no issuer.
            TransactionFailedError: it has resigned already, or did not sign so.
        """
        if issuer not in fact.issuers:
            raise FactError(f"{issuer} is no issuer of {fact.name}: {', '.join(fact.issuers)} are")
        seat = fact.issuers.index(issuer)
        self._send(poster, "resign", fact.id, seat, deadline_s, signature, purpose="resign as issuer of a fact")

    def fresh_value(self, fact: Fact, max_age_s: int) -> int:
        """A value as the contract tells it to contracts that want none older than so many seconds.

        Raises:
            NoValueError: none stands, or it is older.
            RpcError: the node could not say.
        """
        try:
            return int(self.contract.read(self.rpc, "freshValueOf", fact.id, max_age_s))
        except RpcError as error:
            why = decode_error(revert_data(error) or b"")
            if not why.startswith("Facts_"):
                raise
            missing = f"of the last {max_age_s:,} seconds" if why.startswith("Facts_Stale") else "now"
            raise NoValueError(f"{fact.name} has no value {missing} ({why})") from error

    def require_here(self, act: FactAct) -> None:
        """Lets no act of another contract pass.

        Raises:
            InputError: it is of another.
        """
        if (act.chain_id, act.contract) != (self.chain_id, self.contract.address):
            there = f"{act.contract} on chain {act.chain_id}"
            raise InputError(f"the act is of {there}; the town's facts are of {self.contract.address}")

    def accepted(self, act: FactAct) -> FactAct:
        """An act with those signatures alone that the contract would take now: of whoever is seated, each its own.

        Raises:
            InputError: it is of another contract, or too few are left.
            NoFactError: nobody opened its fact.
            RpcError: the node could not say.
        """
        self.require_here(act)
        seated = [it for it in act.signers if it in self.record(act.fact).seated]
        claims = [Claim(it, act.digest, act.signatures[it], SLIP_GAS) for it in seated]
        false = false_claims(self.rpc, claims)
        true = [it for place, it in enumerate(seated) if place not in false]
        kept = {it: plain_or_same(act.signatures[it], act.digest, it) for it in true}
        if len(kept) < act.fact.m:
            gone = [f"{it} has resigned" for it in act.signers if it not in seated]
            gone += [f"the signature of {seated[it]} is not its own, or of another act" for it in sorted(false)]
            why = "; ".join([f"{len(kept)} issuers signed, and it takes {act.fact.m}", *gone])
            raise InputError(f"{why}: gather more (`facts sign`)")
        return replace(act, signatures=kept)

    def _send(self, who: Signer, function: str, *args: object, purpose: str) -> dict[str, Any]:
        call = Call(self.contract.address, self.contract.encode(function, *args), purpose)
        return Sender(self.rpc, who).send(call)


def _definition(event: Event) -> Fact:
    name, unit, decimals, uri, issuers, m = event.args["definition"]
    return Fact(name, unit, decimals, uri, tuple(map(csvfile.address, issuers)), m)


def _opened(events: Sequence[Event]) -> list[OpenedFact]:
    openers: dict[Fact, dict[str, None]] = {}
    for event in events:
        fact = _definition(event)
        if fact.id == event.args["fact"]:
            openers.setdefault(fact, {})[event.args["opener"]] = None
    return [OpenedFact(fact, tuple(who)) for fact, who in openers.items()]


def _told(fact: Fact, event: Event, at_s: int) -> ToldAct:
    told = event.args
    if event.name == "Resigned":
        return ToldAct(event.name, 0, None, b"", (told["issuer"],), event.block, at_s, event.transaction)
    stated = StatedValue(told["value"], told["at"]) if event.name == "Stated" else None
    signers = (*fact.places(told["signers"]),)
    return ToldAct(event.name, told["number"], stated, told["source"], signers, event.block, at_s, event.transaction)
