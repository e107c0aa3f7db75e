"""Checks SHOWN, what somebody shows of a paper, against your own name and nonce; says what it says, or why not.

\b
Give each who shows a paper a new nonce: 0x and 64 hexadecimal digits, as
`openssl rand -hex 32` draws them. Exits with 1 where anything is wrong. With --offline nothing
is asked of the chain but its clock: it is not known whether the paper was issued, revoked or
disowned. Anybody can make a file that passes so, wherefore it exits with 3. The chain proves when
and by whom, not that it is true.

\b
Example:
  ape run papers check shown.json --as "the employer" --nonce 0x… --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi import csvfile
from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.plain import plain
from beffroi.records.showing import read_showing


@click.command(cls=TownCommand, help=__doc__)
@click.argument("shown", type=EXISTING)
@click.option("--as", "verifier", required=True, help="Your name, as you gave it.")
@click.option("--nonce", required=True, help="Yours: 0x and 64 hexadecimal digits.")
@click.option("--offline", is_flag=True, help="Ask the chain for its clock alone.")
@town_option
@click.pass_context
def cli(
    context: click.Context, *, provider: ProviderAPI, ecosystem: EcosystemAPI, shown: Path, verifier: str, nonce: str,
    offline: bool, town: str,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    showing = read_showing(shown)
    bureau.require_home(showing.home)
    now_s, asked = clock_s(bureau.rpc), None if offline else bureau.attested
    problems = showing.problems(verifier, csvfile.bytes32(nonce), now_s, asked)
    for claim in showing.claims:
        click.echo(plain(f"{claim.name}: {'none' if claim.value is None else claim.value}"))
    paper = showing.paper
    click.echo(plain(f"Paper {paper.number} of {paper.issuer}, schema {paper.schema} ({showing.definition.name})."))
    for problem in problems:
        click.secho(plain(f"NOT SO: {problem}."), fg="red")
    if problems:
        context.exit(1)
    if offline:
        click.echo("The file is whole. NOT ASKED: whether it was issued, and is neither revoked nor disowned.")
        context.exit(3)
    click.echo("All of it holds.")
