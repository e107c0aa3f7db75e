"""The register of residents: enrolling by thousands, and the roll that is drawn from it."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby

from beffroi.chain.announcing import NotAnnouncedError
from beffroi.chain.bulk import Progress, carry_out, estimated
from beffroi.chain.contract import Contract
from beffroi.chain.headers import clock_s
from beffroi.chain.order import Order, OrderState, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.sizing import most_by_sample
from beffroi.chain.transaction import Signer
from beffroi.csvfile import one_of
from beffroi.errors import InputError
from beffroi.roll import Roll, RollError, Seal

SAMPLE = 10
AT_ONCE_ANNOUNCED = 50
"""Residents in a transaction that must be announced first: what no node can estimate beforehand, and the same each
time that it is asked for."""
NO_COMMITMENT = bytes(32)


class ResidentKind(IntEnum):
    """What an account is to the town, as `IResidents.Kind`; an institution is a contract that holds others' money."""

    CITIZEN = 1
    PROFESSIONAL = 2
    PUBLIC_BODY = 3
    COMMONS = 4
    INSTITUTION = 5


_KIND_WORDS = {kind.name.lower(): kind for kind in ResidentKind if kind != ResidentKind.INSTITUTION}
_KINDS_IN_FRENCH = {
    "citoyen": "citizen",
    "citoyenne": "citizen",
    "professionnel": "professional",
    "professionnelle": "professional",
    "organisme_public": "public_body",
    "commun": "commons",
    "communs": "commons",
}


def kinds_text(kinds: Collection[ResidentKind]) -> str:
    """Kinds as a roll's file states them: `citizen+professional`."""
    return "+".join(kind.name.lower() for kind in sorted(kinds))


def kinds_of(text: str) -> tuple[ResidentKind, ...]:
    """The kinds that a roll's file states.

    Raises:
        RollError: they are none.
    """
    words = text.split("+")
    if not all(word in _KIND_WORDS for word in words) or len(set(words)) != len(words):
        raise RollError(f"a roll is of {', '.join(_KIND_WORDS)}, or of several with + between them, not of {text!r}")
    return tuple(_KIND_WORDS[word] for word in words)


class Standing(IntEnum):
    """Where an account stands in the register, as `IResidents.Standing`."""

    NONE = 0
    ACTIVE = 1
    SUSPENDED = 2
    AWAITING = 3
    LEFT = 4
    REPLACED = 5


_LATER = {"Suspended": Standing.SUSPENDED, "Reinstated": Standing.ACTIVE, "Departed": Standing.LEFT}
"""Where an account stands after each of these events."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone to be enrolled.

    Attributes:
        account: checksummed address.
        kind: what the account is.
        commitment: a salted hash by which the town's own file can be matched; zeroes for none.
    """

    account: str
    kind: ResidentKind
    commitment: bytes = NO_COMMITMENT


@dataclass(frozen=True)
class Enrolments:
    """What an enrolment would do, before anything is sent.

    Attributes:
        to_enrol: not on the register.
        already: on it, as the same kind.
        conflicts: why an account can't be enrolled, by account.
    """

    to_enrol: list[Resident] = field(default_factory=list)
    already: list[Resident] = field(default_factory=list)
    conflicts: dict[str, str] = field(default_factory=dict)


def kind_to_enrol(text: str) -> ResidentKind:
    """A kind that the registrar enrols, from the word for it, English or French.

    Raises:
        InputError: there is none such; or it is an institution's, which ADMIN alone enrols.
    """
    if text.strip().lower() == "institution":
        raise InputError(
            "an institution is no resident: ADMIN enrols a contract that holds money for others, by `ape run deploy`"
        )
    kind: ResidentKind = one_of(_KIND_WORDS, _KINDS_IN_FRENCH)(text)
    return kind


def compare(rpc: Rpc, register: Contract, residents: Sequence[Resident]) -> Enrolments:
    """What is left to enrol: the register itself says who is on it."""
    found = Enrolments()
    records = register.reads(rpc, "residentOf", [(it.account,) for it in residents])
    for resident, (kind, standing, *_) in zip(residents, records, strict=True):
        if standing in (Standing.NONE, Standing.LEFT):
            found.to_enrol.append(resident)
        elif standing in (Standing.ACTIVE, Standing.SUSPENDED) and kind == resident.kind:
            found.already.append(resident)
        else:
            found.conflicts[resident.account] = f"is on the register: {_words(kind, standing)}"
    return found


def enrol(
    rpc: Rpc,
    register: Contract,
    registrar: Signer,
    residents: Sequence[Resident],
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Enrols those that `compare` found missing, as many in a transaction as its gas allows.

    Args:
        rpc: the node.
        register: Residents.
        registrar: who holds that role.
        residents: who is not on the register.
        progress: called with the number of residents enrolled since the last call.

    Returns:
        One outcome for each transaction.

    Raises:
        RevertsError: nobody can be enrolled so, in words (`AccessManagedUnauthorized` when the signer is not the
        registrar).
        NotFundedError: the registrar cannot pay.
        RpcUnreachableError: the node does not answer; start again, who is enrolled is not enrolled twice.
    """
    if not residents:
        return []
    batches = [
        batch
        for _, same in groupby(sorted(residents, key=_kind), _kind)
        for batch in _split(list(same), _at_once(rpc, register, registrar, residents))
    ]
    orders = [_order(register, registrar, batch) for batch in batches]
    sizes = iter([len(batch) for batch in batches])
    return carry_out(rpc, orders, progress=lambda ended: progress(sum(next(sizes) for _ in range(ended))))


def active(rpc: Rpc, register: Contract, kinds: Collection[ResidentKind], block: int, first: int = 0) -> list[str]:
    """Every account of these kinds that is active at the end of a block, in the order of addresses.

    The register's events tell it: no node needs to keep what the register was then.

    Args:
        rpc: the node.
        register: Residents.
        kinds: which.
        block: its number.
        first: a block at or before the register's own.

    Raises:
        RollError: the node's events do not add up: it tells what became of somebody, not that she was enrolled.
    """
    found: dict[str, tuple[int, Standing]] = {}
    for event in register.events(rpc, "Enrolled", "Recovered", *_LATER, first=first, last=block):
        account = event.args["account"]
        if event.name == "Enrolled":
            found[account] = (event.args["kind"], Standing.ACTIVE)
            continue
        if account not in found:
            raise RollError(f"the node tells that {account} {event.name.lower()}, and not that it was enrolled")
        kind, standing = found[account]
        if event.name == "Recovered":
            found[event.args["successor"]] = (kind, standing)
        found[account] = (kind, _LATER.get(event.name, Standing.REPLACED))
    listed = [account for account, (kind, standing) in found.items() if standing == Standing.ACTIVE and kind in kinds]
    return sorted(listed, key=str.lower)


def draw_roll(
    rpc: Rpc, register: Contract, kinds: Collection[ResidentKind], block: int, first: int = 0
) -> tuple[Roll, Seal]:
    """The sealed roll of everyone active at the end of a block: whoever draws it gets the same root.

    Raises:
        RollError: nobody is, or as `active`.
        RpcError: the node refuses, or tells no time of the block.
    """
    roll = Roll.of(active(rpc, register, kinds, block, first))
    return roll, seal_at(rpc, register, roll, block, kinds_text(kinds))


def seal_at(rpc: Rpc, register: Contract, roll: Roll, block: int, kind: str) -> Seal:
    """What the file of a roll states that was drawn at the end of a block.

    Args:
        rpc: the node.
        register: Residents.
        roll: who is on it.
        block: its number.
        kind: of whom it is, as `Seal.kind`.

    Raises:
        RpcError: the node refuses, or tells no time of the block.
    """
    chain, sealed_s = rpc.number("eth_chainId"), clock_s(rpc, hex(block))
    date = dt.datetime.fromtimestamp(sealed_s, dt.UTC).date()
    return Seal.of(roll, chain=chain, contract=register.address, block=block, date=date, kind=kind)


def enrolled(outcomes: Sequence[Outcome], register: Contract) -> int:
    """How many residents these outcomes enrolled, by the events of their receipts."""
    return sum(len(register.logged(it.receipt, "Enrolled")) for it in outcomes if it.state == OrderState.DONE)


def _at_once(rpc: Rpc, register: Contract, registrar: Signer, residents: Sequence[Resident]) -> int:
    """How many fit into one transaction: the node says what a few cost, with all that follows the register here."""
    few = residents[: min(SAMPLE, len(residents))]
    same = [it for it in few if it.kind == few[0].kind]
    try:
        (sample,) = estimated(rpc, [_order(register, registrar, same)])
    except NotAnnouncedError:
        return AT_ONCE_ANNOUNCED
    return most_by_sample(sample.gas, len(same))


def _order(register: Contract, registrar: Signer, batch: Sequence[Resident]) -> Order:
    commitments = [it.commitment for it in batch]
    if set(commitments) == {NO_COMMITMENT}:
        commitments = []
    data = register.encode("enrol", int(batch[0].kind), [it.account for it in batch], commitments)
    return Order(registrar, register.address, data, purpose=f"enrol {len(batch)} from {batch[0].account} on")


def _kind(resident: Resident) -> ResidentKind:
    return resident.kind


def _split(residents: list[Resident], size: int) -> list[list[Resident]]:
    return [residents[start : start + size] for start in range(0, len(residents), size)]


def _words(kind: int, standing: int) -> str:
    return f"{ResidentKind(kind).name.lower()}, {Standing(standing).name.lower()}"
