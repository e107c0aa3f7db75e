"""Enrols the account whom PAPERS are about as KIND, where the town asks such papers (`papers ask`).

KIND is citizen, professional, public_body or commons. With --slip the account signs a request
instead, which needs no ether and tells nothing of what the papers say; anyone posts it
with --post, at the town hall's desk for instance. Whoever the register has known asks its registrar.

\b
Examples:
  ape run papers enrol citizen lease.paper school.paper --account alice --network …
  ape run papers enrol citizen lease.paper school.paper --slip alice.json --account alice --network …
  ape run papers enrol --post alice.json --account desk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.headers import clock_s
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options
from beffroi.cli.records import RecordsBureau
from beffroi.records.admission import AdmissionRequest
from beffroi.records.paperfile import read_paper
from beffroi.residents import kind_to_enrol
from beffroi.units import DAY_S

SIGNED_FOR_DAYS = 7


@click.command(cls=TownCommand, help=__doc__)
@click.argument("kind", required=False)
@click.argument("papers", type=EXISTING, nargs=-1)
@click.option("--slip", type=FILE, help=f"Sign a request into this file instead; it serves for {SIGNED_FOR_DAYS} days.")
@click.option("--post", "request_path", type=EXISTING, help="Send the request in this file.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: str | None, papers: tuple[Path, ...], slip: Path | None,
    request_path: Path | None, town: str, account: str | None,
) -> None:  # fmt: skip
    if (kind is None or not papers) != (request_path is not None):
        raise click.UsageError("say KIND and PAPERS, or --post FILE")
    bureau = RecordsBureau.open(town, provider, ecosystem)
    if request_path is not None:
        request = AdmissionRequest.read(request_path)
        bureau.admissions.post(bureau.signer(account), request)
        enrolled_as, who = request.who
        click.echo(f"{who} is enrolled as {enrolled_as.name.lower()}.")
        return
    wanted = kind_to_enrol(str(kind))
    shown = []
    for home, own in map(read_paper, papers):
        bureau.require_home(home)
        shown.append(own.paper)
    if slip is not None:
        deadline_s = clock_s(bureau.rpc) + SIGNED_FOR_DAYS * DAY_S
        bureau.admissions.request(bureau.chosen(account, None), wanted, shown, deadline_s).write(slip)
        click.echo(f"Signed, and not done: whoever has {slip} may have you enrolled within {SIGNED_FOR_DAYS} days.")
        return
    holder = bureau.signer(account)
    bureau.admissions.admit(holder, wanted, shown)
    click.echo(f"{holder.address} is enrolled as {wanted.name.lower()}.")
