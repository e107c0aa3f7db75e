"""Shows every operation, or OP with its members' money, its meters, its statements and what is held.

Anyone may open an operation, on terms of her own: in red is that no office of the town opened it, and that another
than the town's Meters voids its statements. Read that, and the hours to contest, before you join.
--rules tells what a shared kWh will cost before anybody joins, by slot and through --day, if they are the
rules whose hash OP's members sign: as the organiser wrote them, or as `energy open --out` did.

\b
Examples:
  ape run energy show --network …
  ape run energy show 0x… --network …
  ape run energy show 0x… --rules rules.json --day 2026-12-24 --network …
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.energybills import tell_tariff
from beffroi.cli.options import DAY, EXISTING, OPERATION, town_option
from beffroi.errors import InputError
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.flows.meterslips import DRAWS
from beffroi.plain import plain


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION, required=False)
@click.option("--rules", "rules_path", type=EXISTING, help="Tell the tariff, if they are OP's.")
@click.option("--day", type=DAY, help="Of the tariff, by its clock; tomorrow by default.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes | None, rules_path: Path | None, day: datetime | None,
    town: str,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    if op is None:
        if rules_path is not None:
            raise InputError("whose rules are they? Name the operation")
        for opened in bureau.clearings.opened():
            bureau.show(opened)
        return
    bureau.show(bureau.clearings.found(op))
    if rules_path is not None:
        rules = read_rules(rules_path)
        if rules.rules_hash != bureau.clearings.terms(op).rules_hash:
            raise InputError(f"{rules_path.name} are not the rules that the operation's members sign")
        tell_tariff(rules, (day or datetime.now(UTC) + timedelta(days=1)).date())
    bureau.show_members(op)
    for it in bureau.meters.installed(op):
        ended = " ended" if it.until_s else ""
        click.echo(f"  meter 0x{it.id.hex()} {'draws' if it.kind == DRAWS else 'injects'}, of {it.member}{ended}")
    for stated in bureau.clearings.statements(op):
        contests = bureau.clearings.contests(op, stated)
        told = f", contested by {', '.join(contests)}" if contests else ""
        click.echo(
            plain(f"  statement {stated.number} of period {stated.period}, {stated.n} lines, {stated.uri}{told}")
        )
