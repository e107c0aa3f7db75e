"""A town's post office: citizens' slips come in by HTTP, batches go out to the chain, and the town hall pays.

\b
Example, on a local chain, with Anvil's last accounts as payers:
  ape run post --network ethereum:local:foundry --rolls site/town/rolls
On a public one, with keyfiles whose passphrases are in the environment:
  APE_ACCOUNTS_post1_PASSPHRASE=… ape run post --account post1 --network ethereum:sepolia:node
"""

from typing import Any

import click
from ape.api import NetworkAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import town_option
from beffroi.cli.post import post_options, run_post
from beffroi.town.session import open_session


@click.command(cls=TownCommand, help=__doc__)
@town_option
@post_options
def cli(*, provider: ProviderAPI, network: NetworkAPI, town: str, **given: Any) -> None:
    session = open_session(town, str(provider.http_uri))
    run_post(session.rpc, session.deployed(), network.required_confirmations, **given)
