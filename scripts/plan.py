"""What deploying a town would do: addresses and steps, done or missing. Sends nothing."""

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.accounts import choose_signer
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import town_option
from beffroi.cli.printing import print_plan
from beffroi.town.plan import make_plan
from beffroi.town.session import open_session


@click.command(cls=TownCommand, help=__doc__)
@town_option
@click.option("--account", help="The ape account that would deploy; a test account on a local chain.")
@click.option("--deployer", help="Its address alone, instead.")
@click.option("--keep", multiple=True, metavar="NAME", help="Plan as if this contract were kept as deployed.")
def cli(
    *,
    provider: ProviderAPI,
    ecosystem: EcosystemAPI,
    town: str,
    account: str | None,
    deployer: str | None,
    keep: tuple[str, ...],
) -> None:
    session = open_session(town, str(provider.http_uri))
    founder = deployer or (None if session.manifest else choose_signer(session.chain_id, ecosystem, account).address)
    plan = make_plan(
        session.rpc,
        session.config,
        founder,
        session.manifest,
        keep=frozenset(keep),
    )
    print_plan(plan, session.rpc, Console())
