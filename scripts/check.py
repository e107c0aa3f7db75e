"""Compares a town on chain with its file, manifest and build. Reads only; exit status 1 when anything differs."""

import sys

import click
from ape.api import ProviderAPI
from ape.cli import ConnectedProviderCommand
from rich.console import Console

from beffroi.town.check import check_town
from beffroi.town.report import print_checks
from beffroi.town.session import open_session, plain_errors


@click.command(cls=ConnectedProviderCommand, help=__doc__)
@click.option("--town", default="example", show_default=True, help="A file, or its name in towns/.")
@click.option("--deployer", help="Who deployed it, where there is no manifest.")
def cli(*, provider: ProviderAPI, town: str, deployer: str | None) -> None:
    with plain_errors():
        session = open_session(town, str(provider.http_uri))
        checks = check_town(session.rpc, session.config, session.manifest, deployer)
    holds = print_checks(checks, f"{session.config.name} on chain {session.chain_id}", Console())
    sys.exit(0 if holds else 1)
