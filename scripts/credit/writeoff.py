"""Ends the account of MEMBER, who left: her vouchers bear their part, the commons the rest.

Anyone may, once the charter's delay since she left is over. MEMBER is any name that she
had in the circle. A run that was interrupted is started again; done again it does nothing.

\b
Examples:
  ape run credit writeoff 0x… --check --network …
  ape run credit writeoff 0x… --account treasurer --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.credit import CreditBureau, circle_option
from beffroi.cli.options import ACCOUNT, bureau_options
from beffroi.credit.departures import departure, write_off


@click.command(cls=TownCommand, help=__doc__)
@click.argument("member", type=ACCOUNT)
@bureau_options
@circle_option
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, member: str, town: str, account: str | None, circle: str | None,
    check: bool,
) -> None:  # fmt: skip
    bureau = CreditBureau.open(town, provider, ecosystem, circle=circle)
    anyone = None if check else bureau.signer(account, resumes=True)
    left = departure(bureau.circle, member)
    vouchers = sum(len(some) for some in left.vouchers.values())
    click.echo(f"{member} {bureau.owing(left.balance)}; {vouchers} vouch for her")
    if anyone is None:
        return
    sent = write_off(bureau.circle, anyone, left)
    click.echo(f"Ended in {sent} transactions; the commons has the rest." if sent else "There is nothing to end.")
