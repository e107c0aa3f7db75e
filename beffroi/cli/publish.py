"""What `python -m beffroi.publish` and `ape run publish` share: options, and the reading of files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.consultation import published_trustees
from beffroi.cli.options import EXISTING, FOLDER, town_option
from beffroi.cli.records import series_name
from beffroi.land import cadastre
from beffroi.land.levying import read_bills
from beffroi.publish.folder import publish
from beffroi.publish.papers import Papers
from beffroi.records.published import ActsFile, tell_records
from beffroi.roll import read_csv
from beffroi.town.session import open_session


def publish_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both commands."""
    for option in reversed((
        click.argument("folder", type=FOLDER),
        town_option,
        click.option("--browser-rpc", metavar="URL", help="The node as browsers reach it; the same by default."),
        click.option("--post", metavar="URL", help="The post office as browsers reach it."),
        click.option("--parcels", type=EXISTING, help="The cadastre that was imported, as Etalab publishes it."),
        click.option("--bills", type=(int, EXISTING), multiple=True, metavar="YEAR FILE", help="A year of land tax."),
        click.option("--trustees", type=EXISTING, help="The trustees whom voters believe, for a page with it inside."),
        click.option("--acts", type=EXISTING, multiple=True, help="A file that `acts seal` wrote; may be repeated."),
        click.option("--series", multiple=True, metavar="SCHEMA:ISSUER", help="Papers to publish besides those under "
                     "schemas that an office of the town opened; may be repeated."),
        click.option("--roll", "rolls", type=EXISTING, multiple=True, help="A sealed roll as CSV; may be repeated."),
    )):  # fmt: skip
        command = option(command)
    return command


def publish_town(
    url: str, folder: Path, *, town: str, browser_rpc: str | None, post: str | None, parcels: Path | None,
    bills: tuple[tuple[int, Path], ...], rolls: tuple[Path, ...], acts: tuple[Path, ...],
    trustees: Path | None, series: tuple[str, ...],
) -> str:  # fmt: skip
    """Publishes a deployed town from files; what was done, in a sentence.

    Raises:
        BeffroiError: it cannot be; the message says why.
    """
    session = open_session(town, url)
    manifest = session.deployed()
    report = cadastre.read(parcels) if parcels else None
    files = [ActsFile.read(path) for path in acts]
    records = tell_records(session.rpc, manifest, files, {*map(series_name, series)})
    papers = Papers(
        parcels=report.parcels if report else (),
        rolls=[read_csv(path) for path in rolls],
        taxes=[read_bills(path, year) for year, path in bills],
        panels=published_trustees(trustees) if trustees else [],
        records=records,
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    publish(folder, manifest, session.config, papers, rpc=browser_rpc or url, post=post)
    left_out = (
        "".join(f" Left out as too large: {it.schema}:{it.issuer}." for it in records.left_out) if records else ""
    )
    return (
        f"{session.config.name} on chain {session.chain_id} is published in {folder}: "
        f"{len(papers.parcels):,} parcels, sealed rolls: {len(papers.rolls)}, years of land tax: {len(papers.taxes)}."
        f"{left_out}"
    )


@click.command(cls=PlainCommand)
@publish_options
@click.option("--rpc", default="http://127.0.0.1:8545", show_default=True, metavar="URL", help="The node.")
def main(*, rpc: str, **options: Any) -> None:
    """Writes the town folder that a site serves beside the dApp; `ape run publish` does the same on ape's networks."""
    click.echo(publish_town(rpc, **options))
