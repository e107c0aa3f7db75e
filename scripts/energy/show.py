"""Shows every operation, or OP with its members' money, its meters, its statements and what is held.

Anyone may open an operation: one that no office of the town opened is shown in red, as NOT of the town.

\b
Examples:
  ape run energy show --network …
  ape run energy show 0x… --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import OPERATION, town_option
from beffroi.flows.meterslips import DRAWS
from beffroi.plain import plain


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION, required=False)
@town_option
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes | None, town: str) -> None:
    bureau = EnergyBureau.open(town, provider, ecosystem)
    if op is None:
        for opened in bureau.clearings.opened():
            bureau.show(opened)
        return
    bureau.show(bureau.clearings.found(op))
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
