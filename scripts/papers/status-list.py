"""Writes LIST, the status list of SERIES that its credentials name: a bit for each paper, as it is revoked on chain.

\b
Publish it at that URL, anew after each revocation and before 31 days are over, when it ends. The
series' key signs, as wallets read it (Token Status List); an ape account asks you to confirm. With
--badges the key of the series' badges does, as their verifiers read it (Bitstring Status List).

\b
Example:
  ape run papers status-list 3:0x… status-3.jwt --url https://university.example/status/3 --account rector --network …
  ape run papers status-list 4:0x… badges-4.jwt --url https://workshop.example/status/4 --badges badge.pem --network …
"""

import dataclasses
from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options
from beffroi.cli.records import RecordsBureau, series_name
from beffroi.records.badges import BadgeIssuer, badge_status
from beffroi.records.statuslist import status_token
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("series")
@click.argument("list", type=FILE)
@click.option("--url", required=True, help="Where it will stand, as credentials name it.")
@click.option("--badges", type=EXISTING, metavar="KEY", help="For badges: the private key that signed them, PEM.")
@click.option("--issuer", metavar="DID", help="For badges: did:web:… of the site that publishes the key.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, series: str, list: Path, url: str,  # noqa: A002
    badges: Path | None, issuer: str | None, town: str, account: str | None,
) -> None:  # fmt: skip
    name, bureau = series_name(series), RecordsBureau.open(town, provider, ecosystem)
    words, now_s = bureau.attested.revoked_words(name), clock_s(bureau.rpc)
    if badges is None:
        token = status_token(words, bureau.series_key(name, account), uri=url, issued_at_s=now_s)
    else:
        known = BadgeIssuer.of_key(badges.read_bytes(), "")
        by = dataclasses.replace(known, did=issuer or known.did)
        token = badge_status(words, by, url=url, issued_at_s=now_s)
    write_whole(list, token + "\n")
    click.echo(f"{sum(map(int.bit_count, words))} revoked of {bureau.attested.next_number(name)}: {list}")
