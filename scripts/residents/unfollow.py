"""ADMIN lets MODULE go, a contract that follows the register and stops its acts: it is told of nothing any more.

`check` tells of it until it follows again, which `ape run deploy` sees to. Of the recoveries decided meanwhile it is
never told: what lost keys hold there stays with them.

\b
Example:
  ape run residents unfollow LandRegister --account mayor --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import bureau_options
from beffroi.town.session import open_session


@click.command(cls=TownCommand, help=__doc__)
@click.argument("module")
@bureau_options
def cli(*, provider: ProviderAPI, ecosystem: EcosystemAPI, module: str, town: str, account: str | None) -> None:
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    follower = open_session(town, str(provider.http_uri)).deployed(module).address(module)
    data = bureau.residents.encode("removeFollower", follower)
    Sender(bureau.rpc, bureau.signer(account, None)).send(Call(bureau.residents.address, data, f"let {module} go"))
    click.echo(f"{module} follows the register no more.")
