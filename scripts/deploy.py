"""Deploys a town from its file: sends what is missing, and after a crash the rest."""

import click
from ape.api import EcosystemAPI, NetworkAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.accounts import choose_signer
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import town_option
from beffroi.cli.printing import print_step
from beffroi.town.apply import apply_plan
from beffroi.town.manifest import manifest_path
from beffroi.town.plan import make_plan
from beffroi.town.session import open_session


@click.command(cls=TownCommand, help=__doc__)
@town_option
@click.option("--account", help="The ape account that signs; a test account on a local chain.")
@click.option(
    "--keep", multiple=True, metavar="NAME", help="Keep this contract as deployed, though code or file changed."
)
@click.option("--confirmations", type=click.IntRange(1), help="Blocks that confirm a step; the network's by default.")
def cli(
    *,
    provider: ProviderAPI,
    network: NetworkAPI,
    ecosystem: EcosystemAPI,
    town: str,
    account: str | None,
    keep: tuple[str, ...],
    confirmations: int | None,
) -> None:
    console = Console()
    session = open_session(town, str(provider.http_uri))
    signer = choose_signer(session.chain_id, ecosystem, account)
    plan = make_plan(
        session.rpc,
        session.config,
        signer.address,
        session.manifest,
        keep=frozenset(keep),
    )
    apply_plan(
        plan,
        session.rpc,
        signer,
        confirmations=confirmations or max(network.required_confirmations, 1),
        progress=lambda step, transaction: print_step(step.description, transaction, console),
    )
    console.print(f"{plan.config.name} stands: {manifest_path(plan.chain_id, plan.config.town)}", soft_wrap=True)
