"""Presents FIELDS of TOKEN, your credential, to one verifier by her name and nonce: writes SHOWN, a file for her.

\b
FIELDS are names between commas; `""` shows none, and that you hold it. The key that the credential
is bound to signs; an ape account asks you to confirm. She learns what you show, by whom it was
issued, and which credential it is: two who saw it can tell that it was the same one.

\b
Example:
  ape run papers present alice.sd-jwt degree shown.sd-jwt --to https://employer.example --nonce K2x… \\
      --account alice --network …
"""

import functools
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.chain.signers import sign_hash
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.records.sdjwt import Asked, present
from beffroi.textfile import read_text, write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("token", type=EXISTING)
@click.argument("fields")
@click.argument("shown", type=FILE)
@click.option("--to", "verifier", required=True, help="To whom, as she calls herself.")
@click.option("--nonce", required=True, help="Hers.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, token: Path, fields: str, shown: Path, verifier: str,
    nonce: str, town: str, account: str | None,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    names = [name.strip() for name in fields.split(",") if name.strip()]
    sign = functools.partial(sign_hash, bureau.chosen(account, None))
    said = present(read_text(token), names, Asked(verifier, nonce), sign, clock_s(bureau.rpc))
    write_whole(shown, said + "\n")
    click.echo(f"{shown} shows {', '.join(names) or 'no field'} to {verifier}.")
