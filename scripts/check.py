"""Compares a town on chain with its file, manifest and build. Reads only; exit status 1 when anything differs."""

import sys

import click
from ape.api import ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import town_option
from beffroi.cli.printing import print_checks
from beffroi.town.check import check_town
from beffroi.town.session import open_session


@click.command(cls=TownCommand, help=__doc__)
@town_option
@click.option("--deployer", help="Who deployed it, where there is no manifest.")
def cli(*, provider: ProviderAPI, town: str, deployer: str | None) -> None:
    session = open_session(town, str(provider.http_uri))
    checks = check_town(session.rpc, session.config, session.manifest, deployer)
    holds = print_checks(checks, f"{session.config.name} on chain {session.chain_id}", Console())
    sys.exit(0 if holds else 1)
