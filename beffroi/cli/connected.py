"""Commands on a network of ape's: `--network`, and errors as sentences."""

from typing import Any

import click
from ape.api import ProviderAPI, SubprocessProvider
from ape.cli import ConnectedProviderCommand
from typing_extensions import override

from beffroi.chain.rpc import Rpc
from beffroi.cli.command import PlainCommand, plain_errors


class TownCommand(PlainCommand, ConnectedProviderCommand):
    """A command that acts on a town by a node that ape knows."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        provider = ctx.params.get("network")
        # Ape tells of a node that does not answer, or is none, by its own lines of code.
        if isinstance(provider, ProviderAPI) and (url := _url_of(provider)):
            with plain_errors():
                Rpc(url).number("eth_chainId")
        return super().invoke(ctx)


def _url_of(provider: ProviderAPI) -> str | None:
    """Where a node is said to be; None where ape starts one itself."""
    if isinstance(provider, SubprocessProvider):
        named = provider.provider_settings.get("uri")
        return str(named) if named else None
    return str(provider.http_uri)
