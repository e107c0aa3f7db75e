"""The bureau of facts: who opens one, its issuers, who posts what they signed, who reads it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import click

from beffroi.chain.code import contracts_among
from beffroi.chain.headers import clock_s
from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain
from beffroi.records.fact import Fact
from beffroi.records.factact import FactAct
from beffroi.records.paperfile import hexed
from beffroi.records.statedfacts import FactRecord, OpenedFact, StatedFacts, ToldAct
from beffroi.town.authority import holders_of_offices
from beffroi.units import DAY_S, HOUR_S, MINUTE_S

MOST_DAYS = 365
"""In which what issuers sign may be posted: for longer, whoever holds it could wait until it suits."""
DAYS = click.IntRange(1, MOST_DAYS)


@dataclass(frozen=True)
class FactsBureau(RecordsBureau):
    """Where someone acts on facts."""

    @cached_property
    def facts(self) -> StatedFacts:
        """The town's contract Facts."""
        return StatedFacts.of(self.rpc, self.manifest)

    @cached_property
    def holders(self) -> set[str]:
        """Who holds an office of the town now."""
        return holders_of_offices(self.rpc, self.manifest)

    def show(self, opened: OpenedFact) -> None:
        """Shows where a fact stands, and in red that no office of the town opened it, or that no value stands."""
        record, now_s = self.facts.record(opened.fact), clock_s(self.rpc)
        show_fact(record, now_s, contracts_among(self.rpc, opened.fact.issuers))
        if self.holders.isdisjoint(opened.openers):
            click.secho(f"  NOT of the town: opened by {', '.join(opened.openers)}", fg="red")


def show_fact_act(act: FactAct) -> None:
    """Says in words what issuers sign."""
    it, fact = act.stated, act.fact
    said = "NO VALUE: the last is taken back" if it is None else f"{fact.shown(it.value)}, on {moment(it.at_s)}"
    click.echo(plain(f"{fact.name}, act {act.number}: {said}."))
    click.echo(f"It takes {fact.m} of {', '.join(fact.issuers)}; it may be posted until {moment(act.deadline_s)}.")
    click.echo(f"Source {hexed(act.source)}; fact {hexed(act.fact.id)}.")


def show_fact(record: FactRecord, now_s: int, contracts: Collection[str]) -> None:
    """Shows where a fact stands, in red that no value does, and which issuers are contracts."""
    fact = record.fact
    click.echo(plain(f"{fact.name}: {fact.m} of {len(fact.issuers)} issuers, {hexed(fact.id)}"))
    if record.stands and record.stated is not None:
        value, at_s = fact.shown(record.stated.value), record.stated.at_s
        click.echo(plain(f"  {value}, on {moment(at_s)}, {_age(now_s - at_s)} ago (act {record.number})"))
    else:
        click.secho("  no value", fg="red")
    for issuer in fact.issuers:
        if issuer not in record.seated:
            word = "has resigned"
        else:
            word = "signed" if issuer in record.signers else "did not sign"
        click.echo(f"  {issuer}{' (a contract)' if issuer in contracts else ''} {word}")


def show_fact_history(fact: Fact, history: Iterable[ToldAct]) -> None:
    """Shows all that happened to a fact."""
    for it in history:
        who = ", ".join(it.signers)
        if it.what == "Resigned":
            click.echo(f"{moment(it.at_s)}  {who} resigned  {it.transaction}")
        elif it.stated is None:
            click.echo(f"{moment(it.at_s)}  {it.number}: taken back, source {hexed(it.source)}, by {who}")
        else:
            said = f"{fact.shown(it.stated.value)}, on {moment(it.stated.at_s)}"
            click.echo(plain(f"{moment(it.at_s)}  {it.number}: {said}, source {hexed(it.source)}, by {who}"))


def moment(at_s: int) -> str:
    """A time for people, however far away."""
    try:
        return f"{dt.datetime.fromtimestamp(at_s, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError):
        return f"unix second {at_s}"


def _age(seconds: int) -> str:
    for unit_s, name in ((DAY_S, "days"), (HOUR_S, "hours"), (MINUTE_S, "minutes")):
        if seconds >= 2 * unit_s:
            return f"{seconds // unit_s} {name}"
    return f"{seconds} seconds"
