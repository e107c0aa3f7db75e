"""Exports PAPER as TOKEN, an SD-JWT VC for wallets of the field, signed ES256K by its series' key.

\b
A paper about an account is bound to that account's key, which its holder proves by SHOWN: what
`papers show PAPER FIELD SHOWN` wrote for you. Every field can be hidden by the holder. Where the
status list stands that `papers status-list` writes, and which type of credential it is, are
URLs of yours. An ape account asks you to confirm, since what is signed is no slip of the chain.

\b
Example:
  ape run papers export alice.paper alice.sd-jwt --holder shown.json --issuer https://univ.example \\
      --type https://univ.example/diploma --status https://univ.example/status/3 --account rector --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.errors import StateError
from beffroi.records.attested import SeriesName
from beffroi.records.paperfile import read_paper
from beffroi.records.sdjwt import Credential, export_sdjwt
from beffroi.records.showing import read_showing
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("paper", type=EXISTING)
@click.argument("token", type=FILE)
@click.option("--holder", type=EXISTING, metavar="SHOWN", help="What the holder showed you of that paper.")
@click.option("--issuer", required=True, metavar="URL", help="By which wallets know who issues.")
@click.option("--type", "vct", required=True, metavar="URL", help="Of the type of credential.")
@click.option("--status", required=True, metavar="URL", help="Where the status list will stand.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, paper: Path, token: Path, holder: Path | None, issuer: str,
    vct: str, status: str, town: str, account: str | None,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    home, own = read_paper(paper)
    bureau.require_home(home)
    if problems := bureau.attested.problems(own.paper):
        raise StateError(f"no credential of a paper that does not hold: {'; '.join(problems)}")
    sign = bureau.series_key(SeriesName(own.paper.schema, own.paper.issuer), account)
    said = Credential(issuer, vct, status, clock_s(bureau.rpc))
    key = None if holder is None else read_showing(holder).public_key(own.paper)
    write_whole(token, export_sdjwt(own, sign, said, key) + "\n", mode=0o600)
    click.echo(f"{token} is for its holder alone: whoever has it reads all that it says.")
