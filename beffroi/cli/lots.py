"""What commands on lots show: what happened, who has what, what does not add up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from beffroi.chain.announcing import moment
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.lots import naming
from beffroi.records.lots.event import EVENT, Amount, EventKind, LotEvent, Yield
from beffroi.records.lots.lotsfolder import document_problems, find_lots
from beffroi.records.lots.lotstanding import KnownLots, known_lots
from beffroi.records.lots.quantities import decimal, require_known_unit, shown
from beffroi.records.lots.recall import Recalled
from beffroi.records.lots.stock import Spot, State

ANY = click.Path(exists=True, path_type=Path)
LIMIT = "The chain proves who said so and when, and that nothing was changed since; not that it is true."
_WHERE = {State.HELD: "at {}", State.TRANSIT: "on the way to {}", State.CONSUMED: "consumed at {}",
          State.CLAIMED: "not there, and claimed by {}"}  # fmt: skip


@dataclass(frozen=True)
class ReadLots:
    """What is published of lots, and how far it is to be relied on.

    Attributes:
        known: as it stands on the chain.
        problems: what is wrong with the files, a sentence each; that a town's folder does not show all is.
        notes: what files that were picked do not show, a sentence each.
        undocumented: batches of events to which no document of the field was given.
    """

    known: KnownLots
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    undocumented: int


def read_lots(bureau: RecordsBureau, paths: Sequence[Path]) -> ReadLots:
    """What is published of lots in files and folders, as it stands on the chain; and what is wrong with them.

    Raises:
        InputError: a file is none.
        RpcError: the node could not say.
    """
    found = find_lots(paths)
    known = known_lots(bureau.attested, bureau.manifest, found.batches)
    altered = [told for batch, document in found.documents for told in document_problems(batch, document)]
    problems = dict.fromkeys([*known.problems, *altered])
    documented = {batch.root for batch, _ in found.documents}
    undocumented = {it.root for it in found.batches if it.definition == EVENT} - documented
    is_whole = any(it.is_dir() for it in paths)
    problems |= dict.fromkeys(known.unshown if is_whole else ())
    return ReadLots(known, tuple(problems), () if is_whole else known.unshown, len(undocumented))


def tell_trust(lots: ReadLots) -> bool:
    """Shows what was not read as it is published, in red, and what was not given; gives whether anything is wrong."""
    for it in lots.notes:
        click.echo(plain(f"{it}."))
    return tell_problems(lots.problems)


def tell_problems(problems: Sequence[str]) -> bool:
    """Shows, in red, what was not read as it is published; gives whether anything was."""
    for it in problems:
        click.secho(plain(f"{it}."), fg="red")
    return bool(problems)


def lot_name(text: str) -> str:
    """A lot as it is named here, from whatever way to write it.

    Raises:
        InputError: it is no URI.
    """
    return naming.uri(text)


def read_yield(text: str) -> Yield:
    """A yield as it is written: KGM/LTR=0.12, at most so much of the first comes out of one of the second.

    Raises:
        InputError: it is none.
    """
    match = re.fullmatch("([A-Z0-9]{2,3})/([A-Z0-9]{2,3})=(.{1,30})", text)
    if match is None:
        raise InputError(f"{text!r:.60} is no yield: KGM/LTR=0.12, what comes out of one of what goes in")
    return Yield(require_known_unit(match[1]), require_known_unit(match[2]), decimal(match[3]))


def tell_event(number: int, event: LotEvent) -> None:
    """Shows what happened."""
    names = dict(event.names)
    click.echo(f"{number}. {moment(event.at_ms // 1000)}  {event.hash.hex()}")
    parts = [str(event.kind), "at" if event.partner is None else "by", called(names, event.holder)]
    parts += ["with", called(names, event.partner)] if event.partner else []
    parts += ["in", called(names, event.container)] if event.container else []
    click.echo(plain(f"   {' '.join(parts)}"))
    for amounts, mark in ((event.inputs, "-"), (event.outputs, "+")):
        for it in amounts:
            click.echo(plain(f"   {mark} {_amount(names, it)}"))


def tell_alone(events: Sequence[LotEvent]) -> None:
    """Says which lots no certificate can be about that serves those of a year: they tell of no product."""
    begun = [it.name for event in events if event.kind is EventKind.COMMISSION for it in event.outputs]
    if alone := [it for it in begun if naming.product(it) == it and not naming.is_gs1(it)]:
        more = f" and {len(alone) - 1} more" if len(alone) > 1 else ""
        click.echo(
            plain(
                f"{alone[0]}{more}: each is a product of its own, so that no label's certificate can be about all lots "
                "of a year. Name lots by a GTIN for that: https://id.gs1.org/01/<GTIN>/10/<lot>."
            )
        )


def tell_recalled(names: Mapping[str, str], told: Sequence[Recalled]) -> None:
    """Shows whom a recall must reach, with how much."""
    for it in told:
        click.echo(plain(called(names, it.lot)))
        for spot, quantity in it.at:
            click.echo(plain(f"   {shown(quantity)} {it.unit} {where(names, spot)}"))
        if not it.at:
            click.echo("   nobody has any of it")


def where(names: Mapping[str, str], spot: Spot) -> str:
    """Where goods are, in words."""
    return _WHERE[spot.state].format(called(names, spot.who) if spot.who else "nobody named")


def called(names: Mapping[str, str], uri: str) -> str:
    """What people call something, with its URI; the lot's number with the name of its product."""
    name = names.get(uri) or names.get(naming.product(uri))
    return f"{name} ({uri})" if name else uri


def _amount(names: Mapping[str, str], amount: Amount) -> str:
    return f"{shown(amount.quantity)} {amount.unit} of {called(names, amount.name)}"
