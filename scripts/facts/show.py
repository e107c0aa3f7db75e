"""Shows every fact, or FACT with its history: its value, of when, who signed it, who is named and did not.

Anyone may open a fact: one that no office of the town has opened is shown in red, as NOT of the town.

With --max-age, what a contract is told that wants none older: exits with 1 when there is none.

\b
Examples:
  ape run facts show --network …
  ape run facts show 0x… --max-age 86400 --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.facts import FactsBureau, show_fact_history
from beffroi.cli.options import town_option
from beffroi.plain import plain
from beffroi.records.fact import fact_id


@click.command(cls=TownCommand, help=__doc__)
@click.argument("fact", required=False)
@click.option("--max-age", "max_age_s", type=click.IntRange(min=0), help="In seconds; needs FACT.")
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, fact: str | None, max_age_s: int | None, town: str) -> None:
    if fact is None and max_age_s is not None:
        raise click.UsageError("--max-age is of one FACT")
    bureau = FactsBureau.open(town, provider, ecosystem)
    facts = bureau.facts
    if fact is None:
        for opened in facts.opened():
            bureau.show(opened)
        return
    found = facts.found(fact_id(fact))
    wanted = found.fact
    if max_age_s is not None:
        click.echo(plain(wanted.shown(facts.fresh_value(wanted, max_age_s))))
        return
    bureau.show(found)
    show_fact_history(wanted, facts.history(wanted))
