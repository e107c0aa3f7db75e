"""What a reader of a register of acts must be told: gaps, what came late, acts without call, calls without act."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.chain.contract import Contract, Event
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.records.attested import IssuedBatch
from beffroi.records.council import AUTHORISES, PublishedAct, PublishedBatch, call_hash
from beffroi.records.paper import NOBODY
from beffroi.records.paperfile import hexed
from beffroi.records.wrapped import Unwrapping
from beffroi.town.manifest import Manifest

PUBLISHED_WITHIN_DAYS = 7
"""A council's deliberations are listed within a week (CGCT L2121-25)."""
WATCHED: Mapping[str, tuple[str, ...]] = {
    "LocalCurrency": ("Issued",),
    "LandTax": ("RatesSet",),
    "Planning": ("ZoneOpened",),
    "Promises": ("MandateOpened",),
}
"""The events of acts that a council decides before an office carries them out, by contract."""
_NUMBER = re.compile(r"(.*?)([0-9]+)([A-Za-z]?)")
_YEAR = re.compile(r"(19|20)[0-9]{2}\D+")


@dataclass(frozen=True)
class CarriedOut:
    """A call on the chain that a council decides.

    Attributes:
        what: contract and event.
        hash: of the call, as acts name it; 32 bytes.
        transaction: that carried it out, 0x-hex.
    """

    what: str
    hash: bytes
    transaction: str


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
    issued: Sequence[IssuedBatch], published: Sequence[PublishedBatch], calls: Sequence[CarriedOut] | None = None
) -> ActsAudit:
    """Compares a register with the chain.

    Args:
        issued: every batch of the series, as the chain tells.
        published: the files that the town published.
        calls: what was carried out that a council decides; None leaves calls out.
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
    done: dict[bytes, list[str]] = defaultdict(list)
    for call in calls or ():
        done[call.hash].append(call.transaction)
    acts = tuple(_audited(act, at_s, done, with_calls=calls is not None) for act, at_s in listed)
    authorised = {_authorised(act) for act, _ in listed}
    problems += [f"no act authorises {it.what}, {it.transaction}" for it in calls or () if it.hash not in authorised]
    return ActsAudit(acts, tuple(problems))


def gaps(numbers: Sequence[str]) -> Iterator[str]:
    """What is wrong with the council's own numbers, a sentence each: missing, twice, or none.

    Numbers run within what stands before them, from 1 where that is a year: `2026-001`. A letter after a number says
    that it was put between two: `2026-008B`.
    """
    series: dict[str, list[int]] = defaultdict(list)
    seen: set[str] = set()
    for number in numbers:
        match = _NUMBER.fullmatch(number)
        if match is None:
            yield f"{number!r} is no number: none before or after it can be missed"
            continue
        if number in seen:
            yield f"{number} is given twice"
        seen.add(number)
        series[match[1]].append(int(match[2]))
    for prefix, found in series.items():
        width = max(len(match[2]) for it in seen if (match := _NUMBER.fullmatch(it)) and match[1] == prefix)
        start = 1 if _YEAR.fullmatch(prefix) else min(found)
        for missing in sorted(set(range(start, max(found))) - set(found)):
            yield f"{prefix}{missing:0{width}} is missing"


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
        for (transaction, emitted), answer in zip(told.items(), sent, strict=True):
            if isinstance(answer, RpcError):
                raise answer
            what = f"{name}.{emitted[0].name}"
            made = _made(answer, Unwrapping(rpc, town, emitted[0].block), contract, len(emitted))
            found += [CarriedOut(what, call_hash(manifest.chain_id, *it), transaction) for it in made]
    return found


def _made(sent: Mapping[str, Any], unwrapping: Unwrapping, contract: Contract, count: int) -> list[tuple[str, bytes]]:
    """The calls of a contract in a transaction; the transaction itself where they are not as many as it told of."""
    outer = sent["to"] or NOBODY, bytes.fromhex(sent["input"][2:])
    inner = [it for it in unwrapping.calls(*outer) if it[0].lower() == contract.address.lower()]
    return inner if len(inner) == count else [outer]


def _audited(act: PublishedAct, at_s: int, done: Mapping[bytes, Sequence[str]], *, with_calls: bool) -> AuditedAct:
    problems = []
    voted = dt.date.fromisoformat(act.values["delib_date"] or "")
    late_days = (dt.datetime.fromtimestamp(at_s, dt.UTC).date() - voted).days
    if late_days > PUBLISHED_WITHIN_DAYS:
        problems.append(f"published {late_days} days after the vote, {PUBLISHED_WITHIN_DAYS} at most")
    if late_days < 0:
        problems.append(f"dated {voted}, after it was published")
    authorised = _authorised(act)
    by = tuple(done.get(authorised, ())) if authorised else ()
    if with_calls and authorised and not by:
        problems.append(f"the call that it authorises, {hexed(authorised)}, was not made")
    if len(by) > 1:
        problems.append(f"the call that it authorises was made {len(by)} times")
    return AuditedAct(act, at_s, by, tuple(problems))


def _authorised(act: PublishedAct) -> bytes | None:
    value = act.values.get(AUTHORISES)
    return bytes.fromhex(value[2:]) if value else None


def _day(at_s: int) -> str:
    return dt.datetime.fromtimestamp(at_s, dt.UTC).date().isoformat()
