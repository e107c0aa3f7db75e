"""What `python -m beffroi.publish` and `ape run publish` share: options, and the reading of files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from beffroi.cli.command import PlainCommand
from beffroi.cli.consultation import published_trustees
from beffroi.cli.options import EXISTING, FOLDER, town_option
from beffroi.cli.programme import PROGRAMME, read_merchants
from beffroi.cli.records import series_name
from beffroi.errors import InputError
from beffroi.land import cadastre
from beffroi.land.levying import read_bills
from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmeroll import read_roll
from beffroi.programmes.programmeterms import read_programme
from beffroi.programmes.toldprogrammes import ToldProgramme, tell_programme
from beffroi.publish.folder import publish
from beffroi.publish.papers import Papers
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.lots.epcis import read_epcis
from beffroi.records.lots.lotsfolder import ToldLots, tell_lots
from beffroi.records.openbatch import OpenBatch, read_open
from beffroi.records.opendata.catalogue import read_catalogue
from beffroi.records.opendata.dataversion import DataFile
from beffroi.records.opendata.folder import ToldData, tell_data
from beffroi.records.opendata.issueddata import standing
from beffroi.records.published import ActsFile, tell_records
from beffroi.records.scdl import web_address
from beffroi.roll import read_csv
from beffroi.town.manifest import Manifest
from beffroi.town.session import Session, open_session

OfProgramme = tuple[bytes, Path]
"""A file, and the programme that it is of."""


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
        click.option("--catalogue", type=EXISTING, help="The catalogue of open data, as SCDL; with --data."),
        click.option("--data", type=EXISTING, multiple=True, help="A batch that `data seal` wrote; may be repeated."),
        click.option("--data-file", "data_files", type=EXISTING, multiple=True, help="The file of a version; may be "
                     "repeated."),
        click.option("--data-url", metavar="URL", help="Where the folder's data/ will stand, for the catalogue."),
        click.option("--lots", type=EXISTING, multiple=True, help="A batch that `lots seal` or `certify` wrote; may be "
                     "repeated."),
        click.option("--epcis", type=EXISTING, multiple=True, help="The EPCIS document of a batch of --lots; may be "
                     "repeated."),
        click.option("--programme", "programmes", type=(PROGRAMME, EXISTING), multiple=True, metavar="NAME FILE",
                     help="A programme's file, as `programme open` took it; may be repeated."),
        click.option("--programme-roll", "programme_rolls", type=(PROGRAMME, EXISTING), multiple=True,
                     metavar="NAME FILE", help="Its roll, as `programme open` wrote it."),
        click.option("--shops", type=(PROGRAMME, EXISTING), multiple=True, metavar="NAME FILE", help="How its "
                     "merchants are called: the file of `programme accredit`, with labels."),
        click.option("--series", multiple=True, metavar="SCHEMA:ISSUER", help="Papers to publish besides those under "
                     "schemas that an office of the town opened; may be repeated."),
        click.option("--roll", "rolls", type=EXISTING, multiple=True, help="A sealed roll as CSV; may be repeated."),
    )):  # fmt: skip
        command = option(command)
    return command


def publish_town(
    url: str, folder: Path, *, town: str, browser_rpc: str | None, post: str | None, parcels: Path | None,
    bills: tuple[tuple[int, Path], ...], rolls: tuple[Path, ...], acts: tuple[Path, ...],
    trustees: Path | None, series: tuple[str, ...], catalogue: Path | None, data: tuple[Path, ...],
    data_files: tuple[Path, ...], data_url: str | None, lots: tuple[Path, ...], epcis: tuple[Path, ...],
    programmes: tuple[OfProgramme, ...], programme_rolls: tuple[OfProgramme, ...], shops: tuple[OfProgramme, ...],
) -> str:  # fmt: skip
    """Publishes a deployed town from files; what was done, in a sentence.

    Raises:
        BeffroiError: it cannot be; the message says why.
    """
    session = open_session(town, url)
    manifest = session.deployed()
    report = cadastre.read(parcels) if parcels else None
    files = [ActsFile.read(path) for path in acts]
    told = [read_open(path) for path in lots]
    named = {*map(series_name, series), *(SeriesName(it.schema, it.issuer) for it in told)}
    records = tell_records(session.rpc, manifest, files, named)
    papers = Papers(
        parcels=report.parcels if report else (),
        rolls=[read_csv(path) for path in rolls],
        taxes=[read_bills(path, year) for year, path in bills],
        panels=published_trustees(trustees) if trustees else [],
        records=records,
        data=_data(session, manifest, catalogue, data_url, data, data_files),
        lots=_lots(session, told, epcis),
        programmes=_programmes(session, dict(programmes), dict(programme_rolls), dict(shops)),
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


def _data(
    session: Session, manifest: Manifest, catalogue: Path | None, url: str | None, batches: Sequence[Path],
    files: Sequence[Path],
) -> ToldData | None:  # fmt: skip
    if not batches and not files and catalogue is None:
        return None
    if catalogue is None or url is None:
        raise InputError("open data need --catalogue FILE and --data-url URL: where data/ of the folder will stand")
    read = [read_open(path) for path in batches]
    known = standing(Attested.of(session.rpc, session.deployed("Attestations")), manifest, read)
    return tell_data(f"{web_address(url).rstrip('/')}/", read_catalogue(catalogue), read,
                     [DataFile.read(path) for path in files], known)  # fmt: skip


def _lots(session: Session, batches: Sequence[OpenBatch], epcis: Sequence[Path]) -> ToldLots | None:
    if not batches and not epcis:
        return None
    attested = Attested.of(session.rpc, session.deployed("Attestations"))
    return tell_lots(attested, batches, [read_epcis(path) for path in epcis])


def _programmes(
    session: Session, files: Mapping[bytes, Path], rolls: Mapping[bytes, Path], shops: Mapping[bytes, Path]
) -> list[ToldProgramme]:
    if unsaid := {*rolls, *shops} - {*files}:
        raise InputError(f"say what 0x{min(unsaid).hex()} is, by --programme")
    if not files:
        return []
    book = ProgrammeBook.of(session.rpc, session.deployed("Programmes"))
    return [
        tell_programme(
            book, name, read_programme(path), read_roll(rolls[name], name) if name in rolls else None,
            {it["account"]: it["label"] for it in read_merchants(shops[name]) if it["label"]} if name in shops else {},
        )
        for name, path in files.items()
    ]  # fmt: skip


@click.command(cls=PlainCommand)
@publish_options
@click.option("--rpc", default="http://127.0.0.1:8545", show_default=True, metavar="URL", help="The node.")
def main(*, rpc: str, **options: Any) -> None:
    """Writes the town folder that a site serves beside the dApp; `ape run publish` does the same on ape's networks."""
    click.echo(publish_town(rpc, **options))
