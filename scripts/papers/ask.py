"""Asks papers of whoever would be enrolled as KIND without the registrar: of SCHEMA, by so many ISSUERS.

KIND is citizen, professional, public_body or commons. Of 0 issuers, none: the registrar alone
enrols them. Whoever issues under the schema then lets people in: ask two. ADMIN's act.

\b
Example:
  ape run papers ask citizen 3 2 --account mayor --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.records.enrolment import MOST_ISSUERS
from beffroi.residents import kind_to_enrol


@click.command(cls=TownCommand, help=__doc__)
@click.argument("kind")
@click.argument("schema", type=click.IntRange(min=1))
@click.argument("issuers", type=click.IntRange(0, MOST_ISSUERS))
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: str, schema: int, issuers: int, town: str,
    account: str | None,
) -> None:  # fmt: skip
    asked_of = kind_to_enrol(kind)
    bureau = RecordsBureau.open(town, provider, ecosystem)
    bureau.admissions.ask(bureau.signer(account), asked_of, schema, issuers)
    name = asked_of.name.lower()
    if issuers:
        click.echo(f"Whoever shows papers of {issuers} issuers under schema {schema} is enrolled as {name}.")
    else:
        click.echo(f"The registrar alone enrols as {name}.")
