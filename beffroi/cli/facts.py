"""The bureau of facts: who opens one, its issuers, who posts what they signed, who reads it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import click

from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain
from beffroi.records.fact import Fact
from beffroi.records.factact import FactAct
from beffroi.records.paperfile import hexed
from beffroi.records.statedfacts import FactRecord, StatedFacts, ToldAct
from beffroi.units import DAY_S, HOUR_S, MINUTE_S


@dataclass(frozen=True)
class FactsBureau(RecordsBureau):
    """Where someone acts on facts."""

    @cached_property
    def facts(self) -> StatedFacts:
        """The town's contract Facts."""
        return StatedFacts.of(self.rpc, self.manifest)


def show_fact_act(act: FactAct) -> None:
    """Says in words what issuers sign."""
    it = act.stated
    said = "NO VALUE: the last is taken back" if it is None else f"{act.fact.shown(it.value)}, on {_moment(it.at_s)}"
    click.echo(plain(f"{act.fact.name}, act {act.number}: {said}."))
    click.echo(f"Source {hexed(act.source)}; fact {hexed(act.fact.id)}.")


def show_fact(record: FactRecord, now_s: int) -> None:
    """Shows where a fact stands, and in red that no value does."""
    fact = record.fact
    click.echo(plain(f"{fact.name}: {fact.m} of {len(fact.issuers)} issuers, {hexed(fact.id)}"))
    if record.stands and record.stated is not None:
        value, at_s = fact.shown(record.stated.value), record.stated.at_s
        click.echo(plain(f"  {value}, on {_moment(at_s)}, {_age(now_s - at_s)} ago (act {record.number})"))
    else:
        click.secho("  no value", fg="red")
    for issuer in fact.issuers:
        if issuer not in record.seated:
            word = "has resigned"
        else:
            word = "signed" if issuer in record.signers else "did not sign"
        click.echo(f"  {issuer} {word}")


def show_fact_history(fact: Fact, history: Iterable[ToldAct]) -> None:
    """Shows all that happened to a fact."""
    for it in history:
        who = ", ".join(it.signers)
        if it.what == "Resigned":
            click.echo(f"{_moment(it.at_s)}  {who} resigned  {it.transaction}")
        elif it.stated is None:
            click.echo(f"{_moment(it.at_s)}  {it.number}: taken back, source {hexed(it.source)}, by {who}")
        else:
            said = f"{fact.shown(it.stated.value)}, on {_moment(it.stated.at_s)}"
            click.echo(plain(f"{_moment(it.at_s)}  {it.number}: {said}, source {hexed(it.source)}, by {who}"))


def _moment(at_s: int) -> str:
    try:
        return f"{dt.datetime.fromtimestamp(at_s, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError):
        return f"unix second {at_s}"


def _age(seconds: int) -> str:
    for unit_s, name in ((DAY_S, "days"), (HOUR_S, "hours"), (MINUTE_S, "minutes")):
        if seconds >= 2 * unit_s:
            return f"{seconds // unit_s} {name}"
    return f"{seconds} seconds"
