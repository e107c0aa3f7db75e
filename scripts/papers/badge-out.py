"""Gives PAPER, of the schema of badges, out as BADGE, an Open Badge 3.0 with a VC-JWT proof.

\b
Verifiers of badges know no key of the chain: KEY is one of theirs, of whoever issues the series, as
`openssl genpkey -algorithm ed25519 -out badge.pem` makes it. It is known by itself (did:key), or by
--issuer did:web:…, whose site publishes it. Where the list stands that `papers status-list --badges`
writes is a URL of yours.

\b
Example:
  ape run papers badge-out alice.paper alice.badge.jwt --key badge.pem --name "L'atelier" \\
      --status https://workshop.example/status/3 --network …
"""

import dataclasses
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, town_option
from beffroi.cli.records import RecordsBureau
from beffroi.errors import StateError
from beffroi.records.badges import BadgeIssuer, export_badge
from beffroi.records.paperfile import read_paper
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("paper", type=EXISTING)
@click.argument("badge", type=FILE)
@click.option("--key", type=EXISTING, required=True, help="The private key, PEM: Ed25519 or P-256.")
@click.option("--name", required=True, help="Who issues, in words.")
@click.option("--issuer", metavar="DID", help="did:web:… of the site that publishes the key; did:key by default.")
@click.option("--status", required=True, metavar="URL", help="Where the status list will stand.")
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, paper: Path, badge: Path, key: Path, name: str,
    issuer: str | None, status: str, town: str,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    home, own = read_paper(paper)
    bureau.require_home(home)
    if problems := bureau.attested.problems(own.paper):
        raise StateError(f"no badge of a paper that does not hold: {'; '.join(problems)}")
    known = BadgeIssuer.of_key(key.read_bytes(), name)
    by = dataclasses.replace(known, did=issuer or known.did)
    write_whole(badge, export_badge(own, by, bureau.chain_id, clock_s(bureau.rpc), status) + "\n")
    click.echo(f"{badge} is a badge by {by.did}.")
