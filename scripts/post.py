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
from ape.cli import ConnectedProviderCommand

from beffroi.post.command import post_options, run_post
from beffroi.town.session import open_session, plain_errors


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.option("--town", default="example", show_default=True, help="A file, or its name in towns/.")
@post_options
def cli(*, provider: ProviderAPI, network: NetworkAPI, town: str, **given: Any) -> None:
    with plain_errors():
        session = open_session(town, str(provider.http_uri))
    if session.manifest is None:
        raise click.ClickException(f"{session.config.name} is not deployed there: `ape run deploy --town {town}` first")
    confirmations = network.required_confirmations
    run_post(session.rpc, session.manifest, confirmations, **given)
