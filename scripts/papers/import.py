"""Imports TOKEN, an SD-JWT VC that SIGNER issued, into LIST: a line for `papers seal` under SCHEMA.

\b
SIGNER is the account whose key issues such credentials (ES256K). Checked are its signature, its
times, each field's hash, the schema's types; with --as and --nonce that its holder presented it to
you, just now; with --status that the list which it names does not have it as revoked: a list that
has not ended, or is of the last 31 days where it says no end. Whatever is wrong is named, and
nothing is written.

\b
Example:
  ape run papers import alice.sd-jwt papers.csv --schema diploma.json --signer 0x… --status status.jwt --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import ACCOUNT, EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain
from beffroi.records.definition import Definition
from beffroi.records.listing import write_drafts
from beffroi.records.sdjwt import Asked, read_presented, read_sdjwt
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("token", type=EXISTING)
@click.argument("list", type=FILE)
@click.option("--schema", type=EXISTING, required=True, help="What papers of it say, as `papers schema` takes it.")
@click.option("--signer", type=ACCOUNT, required=True, help="Whose key issued it.")
@click.option("--as", "verifier", help="Your name, as you gave it to who presents it.")
@click.option("--nonce", help="Yours, as you gave it.")
@click.option("--status", type=EXISTING, help="The status list that it names, as it stands there.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, token: Path, list: Path, schema: Path, signer: str,  # noqa: A002
    verifier: str | None, nonce: str | None, status: Path | None, town: str,
) -> None:  # fmt: skip
    if (verifier is None) != (nonce is None):
        raise click.UsageError("say both --as and --nonce, or neither")
    now_s = clock_s(RecordsBureau.open(town, provider, ecosystem).rpc)
    text, definition = read_text(token), Definition.parse(read_text(schema))
    if verifier is not None and nonce is not None:
        read = read_presented(text, signer, Asked(verifier, nonce), now_s)
    else:
        read = read_sdjwt(text, signer, now_s)
    if status is not None:
        read.require_valid(read_text(status).strip(), now_s)
    write_drafts(list, definition, [read.draft])
    for field, value in read.shown.items():
        click.echo(plain(f"{field}: {value}"))
    click.echo(f"Signed by {signer}{'' if status else '; whether it is revoked was not asked'}: {list}")
