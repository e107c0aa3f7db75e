"""Takes BADGE, an Open Badge 3.0 of the field, into LIST: a line for `papers seal` under the schema of badges.

\b
BADGE is a VC-JWT (RS256, ES256, EdDSA) or JSON with a Data Integrity proof (eddsa-rdfc-2022). It is
checked whole: its proof by the issuer's DID or public key, its form, its times, and to whom it was
given; with --status that it is not revoked, by the very list that it names, which has not ended, or
is of the last 31 days where it says no end. Whatever is wrong is named, and nothing is written.
Papers of badges are of the schema `--print-schema`, which `papers schema` opens.

\b
Example:
  ape run papers badge-in --print-schema > badge.schema.json
  ape run papers badge-in teamwork.json badges.csv --issuer did:key:z6Mk… --recipient mailto:a@example.org --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau, print_schema_option
from beffroi.plain import plain
from beffroi.records.badges import BADGE, read_badge
from beffroi.records.listing import write_drafts
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("badge", type=EXISTING)
@click.argument("list", type=FILE)
@click.option("--issuer", required=True, help="Whose it must be: did:key:… or did:web:…, which is fetched.")
@click.option("--key", type=EXISTING, help="Instead of asking its DID: the public key, PEM, that you know to be its.")
@click.option("--recipient", required=True, help="To whom it must have been given: a DID, or mailto:…")
@click.option("--status", type=EXISTING, help="The status list that it names, as it stands there.")
@print_schema_option(BADGE)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, badge: Path, list: Path, issuer: str,  # noqa: A002
    key: Path | None, recipient: str, status: Path | None, town: str,
) -> None:  # fmt: skip
    now_s = clock_s(RecordsBureau.open(town, provider, ecosystem).rpc)
    pem, listed = (None if file is None else file.read_bytes() for file in (key, status))
    drafted = read_badge(read_text(badge), issuer, recipient, now_s, key=pem, status=listed)
    write_drafts(list, BADGE, [drafted])
    for field, value in drafted.values.items():
        click.echo(plain(f"{field}: {value}"))
    click.echo(f"It holds{'' if status else '; whether it is revoked was not asked'}: {list}")
