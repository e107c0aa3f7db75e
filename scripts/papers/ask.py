"""Asks papers of whoever would be enrolled as KIND without the registrar: of SCHEMA, one of each of ISSUERS.

KIND is citizen, professional, public_body or commons. ISSUERS are accounts, by the names of
their series; together they let people in: name two. Without any, the registrar alone
enrols them. ADMIN's act.

\b
Examples:
  ape run papers ask citizen 3 0x… 0x… --account mayor --network …
  ape run papers ask citizen 3 --account mayor --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi import csvfile
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.residents import kind_to_enrol


@click.command(cls=TownCommand, help=__doc__)
@click.argument("kind")
@click.argument("schema", type=click.IntRange(min=1))
@click.argument("issuers", nargs=-1)
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: str, schema: int, issuers: tuple[str, ...], town: str,
    account: str | None,
) -> None:  # fmt: skip
    asked_of = kind_to_enrol(kind)
    bureau = RecordsBureau.open(town, provider, ecosystem)
    bureau.admissions.ask(bureau.signer(account), asked_of, schema, [*map(csvfile.address, issuers)])
    name = asked_of.name.lower()
    if issuers:
        click.echo(f"Whoever shows papers of {len(issuers)} issuers under schema {schema} is enrolled as {name}.")
    else:
        click.echo(f"The registrar alone enrols as {name}.")
