"""Rolls that two offices seal: one proposes what it drew, the other draws it again from events and seals that very one.

Whoever reads a roll's file does as the second office: it is the whole roll of what it states if it can be drawn again.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from beffroi.chain.contract import Contract, Event
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.chain.transport import place_of
from beffroi.plain import plain
from beffroi.residents import ResidentKind, draw_roll, kinds_of, kinds_text
from beffroi.roll.file import BY_PAPERS, Seal
from beffroi.roll.remarks import Remarks, remarks
from beffroi.roll.tree import Roll, RollError
from beffroi.units import DAY_S

CURRENT_DAYS: Final = 365
"""Days for which a sealed roll is current, as Rolls has it."""
_FIRST_DAY: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Provenance:
    """Where a roll comes from, as somebody found who drew it again.

    Attributes:
        is_whole: whether it is the whole roll of what its file states.
        words: that it is, or why nobody knows.
        drawn_at_s: time of the block at whose end it was drawn, unix seconds; 0 where it is not whole.
    """

    is_whole: bool
    words: str
    drawn_at_s: int = 0

    def warnings(self, used_at_s: int) -> list[str]:
        """What a reader must know first of a roll that was used at a time (unix seconds)."""
        if not self.is_whole:
            return [f"WARNING: nobody has shown that the roll is whole: {self.words}."]
        if (days := (used_at_s - self.drawn_at_s) // DAY_S) >= CURRENT_DAYS:
            return [f"WARNING: the roll was {days:,} days old: who came, left or died since is not on it as such."]
        return []


def origin_of(rpc: Rpc, register: Contract, seal: Seal, first: int = 0) -> Provenance:
    """Draws again what a file states, from the register's events, and says whether it is that.

    Args:
        rpc: the node, whose word for the events it is.
        register: the town's Residents.
        seal: what the file states; its root is that of its accounts.
        first: a block at or before the register's own.
    """
    try:
        drawn = redraw(rpc, register, seal, first)
    except (RollError, RpcError) as error:
        return Provenance(is_whole=False, words=plain(f"{error}, as {place_of(rpc.url)} tells"))
    days = (dt.date.fromisoformat(drawn.date) - _FIRST_DAY).days
    words = f"whole roll of kind {seal.kind} at block {seal.block:,} ({drawn.date}) of the register {register.address}"
    words += f", as {place_of(rpc.url)} tells"
    return Provenance(is_whole=True, words=words, drawn_at_s=days * DAY_S)


def redraw(rpc: Rpc, register: Contract, seal: Seal, first: int = 0) -> Seal:
    """The seal of the roll that the register's events give for a kind and a block, which must be the one stated.

    Raises:
        RollError: it is another, or of another register, chain or day; in words.
    """
    if BY_PAPERS in seal.kind:
        raise RollError(
            f"the file says that it is of {seal.kind}; an office checked these papers, kept none of what they say, and "
            "nobody can draw it again"
        )
    if (seal.chain, seal.contract.lower()) != (chain_identity(rpc)[0], register.address.lower()):
        raise RollError(
            f"the file says that it was drawn of {seal.contract} on chain {seal.chain}, and the register here is "
            f"{register.address} on chain {chain_identity(rpc)[0]}"
        )
    if seal.block > (head := rpc.number("eth_blockNumber")):
        raise RollError(f"the file says that it was drawn at block {seal.block:,}, and the chain ends at {head:,}")
    _, drawn = draw_roll(rpc, register, kinds_of(seal.kind), seal.block, first)
    if (drawn.root, drawn.size) != (seal.root.lower(), seal.size):
        raise RollError(
            f"the register's events give {drawn.size:,} accounts of kind {seal.kind} at block {seal.block:,}, under "
            f"the root {drawn.root}, not the {seal.size:,} under {seal.root.lower()}"
        )
    if seal.date and drawn.date != seal.date:
        raise RollError(f"block {seal.block:,} is of {drawn.date}, not of {seal.date}")
    return drawn


@dataclass(frozen=True)
class RollSeals:
    """The contract in which two offices seal rolls.

    Attributes:
        rpc: the node.
        contract: Rolls.
        register: the town's Residents.
        first: a block at or before theirs.
        second: a node that somebody else runs, which must draw the same roll; None where nobody named one.
    """

    rpc: Rpc
    contract: Contract
    register: Contract
    first: int = 0
    second: Rpc | None = None

    @property
    def nodes(self) -> str:
        """Whose word for the register's events a roll rests on."""
        return " and ".join(place_of(it.url) for it in self._nodes)

    @property
    def _nodes(self) -> list[Rpc]:
        return [self.rpc] if self.second is None else [self.rpc, self.second]

    def origin(self, seal: Seal) -> Provenance:
        """Where the roll of a file comes from; the word of the node that has not shown it to be whole, if one has not.

        Args:
            seal: what the file states.
        """
        found = [origin_of(it, self.register, seal, self.first) for it in self._nodes]
        return min(found, key=lambda it: it.is_whole)

    def draw(self, kind: ResidentKind, block: int | None = None) -> tuple[Roll, Seal]:
        """The roll of a kind at the end of a block, the last by default.

        Raises:
            RollError: nobody is on it.
        """
        at = self.rpc.number("eth_blockNumber") if block is None else block
        return draw_roll(self.rpc, self.register, [kind], at, self.first)

    def propose(self, registrar: Signer, seal: Seal) -> None:
        """The registrar proposes a roll, after drawing it again.

        Raises:
            RollError: it is not what the register's events give, or of several kinds.
            TransactionFailedError: the signer is not the registrar, a later roll is sealed, or its block is too old.
        """
        drawn = self._redraw(seal)
        self._send(registrar, "proposeRoll", drawn)

    def proposed(self, kind: ResidentKind) -> Seal | None:
        """What was proposed of a kind last and is not sealed; it does not tell its day."""
        told = list(self.contract.events(self.rpc, "RollProposed", "RollSealed", first=self.first, about=int(kind)))
        return self._seal(told[-1]) if told and told[-1].name == "RollProposed" else None

    def remarks(self, seal: Seal) -> Remarks:
        """Who came or went around a roll's block, by name, as the officer who seals it or whoever verifies it must see.

        Raises:
            RollError: the register's events do not add up.
        """
        return remarks(self.rpc, self.register, seal, self.first)

    def seal(self, officer: Signer, kind: ResidentKind) -> Seal | None:
        """The returning officer seals what the registrar proposed, after drawing it again; None where nothing is.

        Raises:
            RollError: it is not what the register's events give.
            TransactionFailedError: the signer is not the returning officer, the proposal has lapsed, or the roll is
                not about the town as it is now.
        """
        if (proposal := self.proposed(kind)) is None:
            return None
        drawn = self._redraw(proposal)
        self._send(officer, "sealRoll", drawn)
        return drawn

    def standing(self, seal: Seal) -> str:
        """What the contract says of a roll, in words."""
        kinds = kinds_of(seal.kind)
        if len(kinds) > 1:
            return "not sealed: a roll of several kinds never is"
        root = bytes.fromhex(seal.root[2:])
        sealed = [
            it for it in self.contract.events(self.rpc, "RollSealed", first=self.first, about=int(kinds[0]))
            if (it.args["root"], it.args["size"], it.args["atBlock"]) == (root, seal.size, seal.block)
        ]  # fmt: skip
        if not sealed:
            return "not sealed by registrar and returning officer"
        if not self.contract.read(self.rpc, "isCurrent", int(kinds[0]), root, seal.size):
            return (
                f"sealed by registrar and returning officer in block {sealed[-1].block:,}, and no more the current one"
            )
        return f"sealed by registrar and returning officer in block {sealed[-1].block:,}, and current"

    def _redraw(self, seal: Seal) -> Seal:
        drawn = redraw(self.rpc, self.register, seal, self.first)
        if self.second is not None:
            try:
                redraw(self.second, self.register, drawn, self.first)
            except RollError as error:
                raise RollError(f"{error}, as {place_of(self.second.url)} tells: one of the two nodes lies") from error
        return drawn

    def _seal(self, event: Event) -> Seal:
        args: dict[str, Any] = event.args
        return Seal(
            root="0x" + args["root"].hex(),
            size=args["size"],
            chain=chain_identity(self.rpc)[0],
            contract=self.register.address,
            block=args["atBlock"],
            date="",
            kind=kinds_text([ResidentKind(args["kind"])]),
        )

    def _send(self, who: Signer, function: str, seal: Seal) -> None:
        kinds = kinds_of(seal.kind)
        if len(kinds) > 1:
            raise RollError(f"a roll of {seal.kind} is nobody's to seal: a sealed roll is of one kind")
        words = (bytes.fromhex(seal.root[2:]), seal.size, int(kinds[0]), seal.block)
        purpose = f"{'propose' if function == 'proposeRoll' else 'seal'} the roll of kind {seal.kind}"
        Sender(self.rpc, who).send(Call(self.contract.address, self.contract.encode(function, *words), purpose))
