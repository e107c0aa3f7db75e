"""Brings the document FILE for promise PROMISE (from 1) of mandate NUMBER, by its subject; only its hash goes on chain.

With --counter a resident brings it against the promise, once.

\b
Example:
  ape run cred evidence 1 3 minutes.pdf --uri https://… --account mayor --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.credibility import CredBureau
from beffroi.cli.options import EXISTING, bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("promise", type=click.IntRange(1))
@click.argument("file", type=EXISTING)
@bureau_options
@click.option("--uri", default="", help="Where the document is.")
@click.option("--counter", is_flag=True, help="Against the promise, by a resident.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, promise: int, file: Path, town: str,
    account: str | None, uri: str, counter: bool,
) -> None:  # fmt: skip
    document = keccak(file.read_bytes())
    bureau = CredBureau.open(town, provider, ecosystem)
    bureau.mandates.bring(bureau.signer(account), number, promise - 1, document, uri, counter=counter)
    click.echo(f"0x{document.hex()} is brought {'against' if counter else 'for'} promise {promise}.")
