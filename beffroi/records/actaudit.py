"""What a reader of a register of acts must be told: gaps, what came late, acts without call, calls without act."""

import datetime as dt
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.chain.contract import Contract, Event
from beffroi.chain.headers import times_s
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.records.attested import IssuedBatch
from beffroi.records.council import AUTHORISES, PublishedAct, PublishedBatch, call_hash
from beffroi.records.paper import NOBODY
from beffroi.records.paperfile import hexed
from beffroi.records.wrapped import Unwrapping
from beffroi.town.manifest import Manifest

PUBLISHED_WITHIN_DAYS = 7
"""A council's deliberations are listed within a week (CGCT L2121-25)."""
TAKEN_BACK = "it is revoked or disowned: it authorises nothing"
WATCHED: Mapping[str, tuple[str, ...]] = {
    "LocalCurrency": ("Issued",),
    "LandTax": ("RatesSet",),
    "Planning": ("ZoneOpened",),
    "Promises": ("MandateOpened",),
}
"""The events of acts that a council decides before an office carries them out, by contract."""
_NUMBER = re.compile(r"(.*?)([0-9]+)([A-Za-z]?)")
_YEAR = re.compile(r"(.*\D)?(19|20)[0-9]{2}\D+")
MOST_DIGITS = 15
"""Of a number of the council's own; whoever reads it in a browser counts no further."""
MOST_TOLD = 20
"""Missing numbers in a row that are told one by one; of more, the first and the last."""


@dataclass(frozen=True)
class CarriedOut:
    """A call on the chain that a council decides.

    Attributes:
        what: contract and event.
        hash: of the call, as acts name it; 32 bytes.
        transaction: that carried it out, 0x-hex.
        at_s: when, unix seconds.
    """

    what: str
    hash: bytes
    transaction: str
    at_s: int


@dataclass(frozen=True)
class AuditedAct:
    """An act, and what is wrong with it.

    Attributes:
        act: as published.
        issued_at_s: unix seconds.
        executed_by: the transactions that carried it out.
        problems: a sentence each.
    """

    act: PublishedAct
    issued_at_s: int
    executed_by: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class ActsAudit:
    """A register, audited.

    Attributes:
        acts: in the order of the chain.
        problems: of the register as a whole, a sentence each.
    """

    acts: tuple[AuditedAct, ...]
    problems: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems and not any(it.problems for it in self.acts)


def audit_acts(
    issued: Sequence[IssuedBatch], published: Sequence[PublishedBatch], calls: Sequence[CarriedOut] | None = None,
    taken_back: Collection[int] = (),
) -> ActsAudit:  # fmt: skip
    """Compares a register with the chain.

    Args:
        issued: every batch of the series, as the chain tells.
        published: the files that the town published.
        calls: what was carried out that a council decides; None leaves calls out.
        taken_back: places of acts that are revoked or disowned, which authorise nothing (`Attested.taken_back`).
    """
    by_root = {batch.root: batch for batch in published}
    problems, listed = [], []
    for batch in issued:
        known = by_root.pop(batch.root, None)
        if known is None or (known.first, len(known.acts)) != (batch.first, batch.count):
            last = batch.first + batch.count - 1
            problems.append(f"acts {batch.first} to {last} of {_day(batch.issued_at_s)} are published nowhere")
        else:
            listed += [(act, batch.issued_at_s) for act in known.acts]
    problems += [f"a published batch of {len(it.acts)} acts, {hexed(root)}, is not on chain, or was changed"
                 for root, it in by_root.items()]  # fmt: skip
    problems += gaps([act.number for act, _ in listed])
    made: dict[bytes, list[CarriedOut]] = defaultdict(list)
    for call in calls or ():
        made[call.hash].append(call)
    authorised = Counter(hash_ for act, _ in listed if act.place not in taken_back and (hash_ := _authorised(act)))
    acts = tuple(
        AuditedAct(act, at_s, (), (*_dated(act, at_s), TAKEN_BACK)) if act.place in taken_back
        else _audited(act, at_s, None if calls is None else made, authorised)
        for act, at_s in listed
    )  # fmt: skip
    problems += [f"no act authorises {it.what}, {it.transaction}" for it in calls or () if it.hash not in authorised]
    return ActsAudit(acts, tuple(problems))


def gaps(numbers: Sequence[str]) -> Iterator[str]:
    """What is wrong with the council's own numbers, a sentence each: missing, twice, or none.

    Numbers run within what stands before them, from 1 where that is a year: `2026-001`. A letter after a number says
    that it was put between two, and stands for none of them: `2026-008B`.
    """
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    widths: dict[str, int] = defaultdict(int)
    for number in numbers:
        match = _NUMBER.fullmatch(number)
        if match is None or len(match[2]) > MOST_DIGITS:
            yield f"{number!r:.80} is no number: none before or after it can be missed"
            continue
        prefix, digits, letter = match.groups()
        if (said := (int(digits), letter.upper())) in found[prefix]:
            yield f"{number} is given twice"
        found[prefix].add(said)
        widths[prefix] = max(widths[prefix], len(digits))
    for prefix, told in found.items():
        bare = sorted(at for at, letter in told if not letter)
        first = 1 if _YEAR.fullmatch(prefix) else min(told)[0]
        for start, end in itertools.pairwise([first - 1, *bare, max(told)[0] + 1]):
            yield from _missing(prefix, range(start + 1, end), widths[prefix])


def _missing(prefix: str, numbers: range, width: int) -> Iterator[str]:
    if len(numbers) > MOST_TOLD:
        yield f"{prefix}{numbers[0]:0{width}} to {prefix}{numbers[-1]:0{width}} are missing"
    else:
        yield from (f"{prefix}{at:0{width}} is missing" for at in numbers)


def carried_out(rpc: Rpc, manifest: Manifest) -> list[CarriedOut]:
    """The calls that a council decides, as the chain has them; those made through the town's authority or a Safe too.

    Args:
        rpc: the node.
        manifest: of the town, whose contracts of `WATCHED` are looked at, each instance.

    Raises:
        RpcError: the node could not say.
    """
    town, found = Contract.built("Town", manifest.address("Town")), []
    watched = [(name, events) for built, events in WATCHED.items() for name in manifest.instances(built)]
    for name, events in watched:
        contract = Contract.built(manifest.contracts[name].contract, manifest.address(name))
        told: dict[str, list[Event]] = defaultdict(list)
        for event in contract.events(rpc, *events, first=manifest.start_block):
            told[event.transaction].append(event)
        sent = rpc.batch([("eth_getTransactionByHash", [it]) for it in told])
        times = times_s(rpc, sorted({emitted[0].block for emitted in told.values()}))
        for (transaction, emitted), answer in zip(told.items(), sent, strict=True):
            if isinstance(answer, RpcError):
                raise answer
            what, at_s = f"{name}.{emitted[0].name}", times[emitted[0].block]
            made = _made(answer, Unwrapping(rpc, town, emitted[-1]), contract, len(emitted))
            found += [CarriedOut(what, call_hash(manifest.chain_id, *it), transaction, at_s) for it in made]
    return found


def _made(sent: Mapping[str, Any], unwrapping: Unwrapping, contract: Contract, count: int) -> list[tuple[str, bytes]]:
    """The calls of a contract in a transaction; the transaction itself where they are not as many as it told of."""
    outer = sent["to"] or NOBODY, bytes.fromhex(sent["input"][2:])
    inner = [it for it in unwrapping.calls(*outer) if it[0].lower() == contract.address.lower()]
    return inner if len(inner) == count else [outer]


def _audited(
    act: PublishedAct, at_s: int, made: Mapping[bytes, Sequence[CarriedOut]] | None, authorised: Mapping[bytes, int]
) -> AuditedAct:
    problems = [*_dated(act, at_s)]
    hash_ = _authorised(act)
    if hash_ is None or made is None:
        return AuditedAct(act, at_s, (), tuple(problems))
    calls, acts = made.get(hash_, ()), authorised[hash_]
    if not calls:
        problems.append(f"the call that it authorises, {hexed(hash_)}, was not made")
    if len(calls) > acts:
        problems.append(f"the call that it authorises was made {len(calls)} times")
    if 0 < len(calls) < acts:
        problems.append(f"the call that it authorises is authorised by {acts} acts")
    if early := [it for it in calls if it.at_s < at_s]:
        problems.append(f"the call that it authorises was made on {_day(early[0].at_s)}, before it was published")
    return AuditedAct(act, at_s, tuple(it.transaction for it in calls), tuple(problems))


def _dated(act: PublishedAct, at_s: int) -> Iterator[str]:
    voted = dt.date.fromisoformat(act.values["delib_date"] or "")
    late_days = (dt.datetime.fromtimestamp(at_s, dt.UTC).date() - voted).days
    if late_days > PUBLISHED_WITHIN_DAYS:
        yield f"published {late_days} days after the vote, {PUBLISHED_WITHIN_DAYS} at most"
    if late_days < 0:
        yield f"dated {voted}, after it was published"


def _authorised(act: PublishedAct) -> bytes | None:
    value = act.values.get(AUTHORISES)
    return bytes.fromhex(value[2:]) if value else None


def _day(at_s: int) -> str:
    return dt.datetime.fromtimestamp(at_s, dt.UTC).date().isoformat()
