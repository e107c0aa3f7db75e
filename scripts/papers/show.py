"""Shows FIELDS of PAPER to one verifier, by her name and the nonce that she gave: writes SHOWN, a file for her.

\b
FIELDS are names between commas. The account whom the paper is about signs; a paper about nobody
is shown by whoever has it. Nobody but her can be convinced by the file, and she for ten minutes.
She learns what you show, by whom it was issued, and which paper it is: two who saw it can tell
that it was the same one.

\b
Example:
  ape run papers show alice.paper degree shown.json --to "the employer" --nonce 0x… --account alice --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi import csvfile
from beffroi.chain.headers import clock_s
from beffroi.chain.signers import sign_typed
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.records.paper import NOBODY
from beffroi.records.paperfile import read_paper
from beffroi.records.showing import show, with_signature, write_showing


@click.command(cls=TownCommand, help=__doc__)
@click.argument("paper", type=EXISTING)
@click.argument("fields")
@click.argument("shown", type=FILE)
@click.option("--to", "verifier", required=True, help="To whom, as she calls herself.")
@click.option("--nonce", required=True, help="Hers: 0x and 64 hexadecimal digits.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, paper: Path, fields: str, shown: Path, verifier: str,
    nonce: str, town: str, account: str | None,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    home, own = read_paper(paper)
    bureau.require_home(home)
    names = [name.strip() for name in fields.split(",")]
    showing = show(home, own, names, verifier, csvfile.bytes32(nonce), clock_s(bureau.rpc))
    if own.paper.subject != NOBODY:
        signer = bureau.chosen(account, None)
        if str(signer.address) != own.paper.subject:
            raise InputError(f"the paper is about {own.paper.subject}: that account signs (--account)")
        showing = with_signature(showing, sign_typed(signer, home.domain.separator, showing.slip.struct_hash))
    write_showing(shown, showing)
    click.echo(f"{shown} shows {', '.join(names)} to {verifier}.")
