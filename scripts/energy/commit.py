"""A meters' agent commits to their readings of MONTH in OP, and writes each member's own file of it.

\b
MONTH is 2026-06, by the local clock. METERS is the agent's own list (CSV: meter, id, member, kind and
more), READINGS are one or several CSV files: docs/energy.md. A step without a reading counts zero, and is
told; a meter that is another agent's is left out. In --folder stand, for the agent's eyes alone,
the secret seed of each meter, which is drawn once and must be kept, and <month>/*.json, one a meter: give
each to its member, over a channel that nobody reads, and all of them to the organiser. Until
the month is stated the agent may commit anew, from corrected readings; from then on its files stay as
they are. A home that draws at few of the steps that a slot shares would have its readings there public:
--rules, for an agent of all the operation's meters, counts them as zero, and marks them as missing; their
Wh are not shared then.

\b
Example:
  ape run energy commit 0x… 2026-06 meters.csv june.csv --folder agent --minutes 30 --account agent --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import MINUTES, MONTH, EnergyBureau, LocalMonth, timezone_option, workers
from beffroi.cli.options import EXISTING, FOLDER, OPERATION, bureau_options
from beffroi.errors import InputError
from beffroi.flows.agentfolder import committed, is_closed, write_months
from beffroi.flows.energy.clockdays import month_clock
from beffroi.flows.energy.energyrules import slots
from beffroi.flows.energy.gathering import gather_files
from beffroi.flows.energy.lonereadings import withheld, withheld_wh
from beffroi.flows.energy.metersfile import read_meters
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.plain import plain
from beffroi.units import MINUTE_S


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("month", type=MONTH)
@click.argument("meters", type=EXISTING)
@click.argument("readings", type=EXISTING, nargs=-1, required=True)
@click.option("--folder", type=FOLDER, required=True, help="The agent's own: seeds, and files of members.")
@click.option("--minutes", type=MINUTES, default="60", show_default=True, help="Of a step.")
@click.option("--rules", "rules_path", type=EXISTING, help="Count as zero what a share in a slot would give away.")
@timezone_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, month: LocalMonth, meters: Path,
    readings: tuple[Path, ...], folder: Path, minutes: str, timezone: str, rules_path: Path | None, town: str,
    account: str | None,
) -> None:  # fmt: skip
    listed, clock = read_meters(meters), month_clock(*month, timezone, int(minutes) * MINUTE_S)
    bureau, console = EnergyBureau.open(town, provider, ecosystem), Console()
    terms, agent = bureau.clearings.terms(op), bureau.signer(account, resumes=True)
    installed = {it.id for it in bureau.meters.installed(op) if it.agent == agent.address}
    if not (own := [it for it in listed if it.id in installed]):
        raise InputError(f"none of {meters.name}'s meters is installed with {agent.address} as agent: `energy install`")
    for it in (it for it in listed if it.id not in installed):
        click.echo(plain(f"Left out: {it.label}, which is another agent's, or is not installed."))
    gathered = gather_files(readings, own, clock)
    for said in gathered.told:
        click.echo(plain(said))
    curves = gathered.curves
    if rules_path is not None:
        rules = read_rules(rules_path)
        curves = withheld(curves, slots(rules, curves), len(rules.slots))
    for id_, wh in withheld_wh(gathered.curves, curves):
        click.echo(f"Counted as zero, or it would be public: {wh:,} Wh of the meter 0x{id_.hex()}.")
    closed = is_closed(bureau.clearings.standing(op), month.period)
    months = write_months(folder, op, month.period, curves, is_closed=closed)
    with console.status("committing to readings"), workers(len(months) * clock.steps) as executor:
        sealed = committed(months, executor)
    sent = bureau.meters.commit(agent, terms, sealed)
    click.echo(
        f"{len(months)} meters, {clock.steps} steps; {len(sent)} committed now. Their files: {folder}/{month.period}"
    )
