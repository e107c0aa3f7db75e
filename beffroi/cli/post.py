"""What starts a post office, with ape or without: the same options, the same work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from beffroi.chain.artifacts import ROOT
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import LOCAL_CHAIN_IDS
from beffroi.cli.command import PlainCommand
from beffroi.cli.options import EXISTING, FOLDER, town_option
from beffroi.post.config import GAS_OF_SIGNER, Limits, PostConfig
from beffroi.post.limits import Rate
from beffroi.post.office import open_office
from beffroi.post.payers import fund_toys, sender_keys
from beffroi.post.sending import SendingTerms
from beffroi.post.serving import Listen, serve
from beffroi.town.manifest import Manifest, ManifestError, read_manifest
from beffroi.town.session import open_session
from beffroi.units import ETHER, GWEI

DATA = ROOT / ".data"


def post_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a post office."""
    listed = (
        click.option("--database", help="SQLAlchemy's URL: sqlite:////… or postgresql://…; a file by default."),
        click.option("--rolls", type=FOLDER, help="The folder of sealed rolls, <root>.csv."),
        click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen."),
        click.option("--port", type=click.IntRange(1, 65_535), default=8600, show_default=True),
        click.option("--origin", multiple=True, help="A web page's origin that may ask (CORS); all by default."),
        click.option("--proxy", multiple=True, help="A proxy's address whose X-Forwarded-For is believed."),
        click.option("--account", multiple=True, metavar="ALIAS", help="An ape account that pays, one a worker."),
        click.option(
            "--workers", type=click.IntRange(0), default=1, show_default=True, help="Who post; 0: HTTP alone."
        ),
        click.option("--api/--no-api", default=True, show_default=True, help="Answer HTTP, or post alone."),
        click.option("--confirmations", type=click.IntRange(1), help="Blocks that confirm; the network's by default."),
        click.option("--most-fee-gwei", type=float, default=500.0, show_default=True, help="For a unit of gas."),
        click.option(
            "--most-fee-times",
            type=click.FloatRange(min=1.25),
            default=10.0,
            show_default=True,
            help="What is stuck is raised to this multiple of the market's price, at most.",
        ),
        click.option("--low-ether", type=float, default=0.1, show_default=True, help="A balance that is an alert."),
        click.option(
            "--client-rate", type=float, default=20.0, show_default=True, help="Requests/s of an address; 0: any."
        ),
        click.option("--signer-rate", type=float, default=2.0, show_default=True, help="Slips/s of a signer; 0: any."),
        click.option(
            "--signer-gas",
            type=click.IntRange(0),
            default=GAS_OF_SIGNER,
            show_default=True,
            help="Gas of a signer's slips in a day, at the town's expense; 0: any.",
        ),
    )
    for option in reversed(listed):
        command = option(command)
    return command


def run_post(rpc: Rpc, manifest: Manifest, required_confirmations: int, **given: Any) -> None:
    """Opens the post office of a town and works there until told to end.

    Args:
        rpc: the node.
        manifest: of the town.
        required_confirmations: the network's own.
        given: the options, by name.

    Raises:
        BeffroiError: what the operator can do something about, in words.
        click.ClickException: the database is not there, or not as it should be.
    """
    limits = Limits(
        client=Rate(given["client_rate"], 10 * given["client_rate"]),
        signer=Rate(given["signer_rate"], 30 * given["signer_rate"]),
        signer_gas=given["signer_gas"],
    )
    config = PostConfig(
        database=given["database"] or _file(manifest),
        rolls=given["rolls"],
        origins=given["origin"] or ("*",),
        limits=limits,
    )
    terms = SendingTerms(
        confirmations=given["confirmations"] or max(required_confirmations, 1),
        most_fee_wei=int(given["most_fee_gwei"] * GWEI),
        most_fee_times=given["most_fee_times"],
        low_wei=int(given["low_ether"] * ETHER),
    )
    listen = Listen(given["host"], given["port"], given["proxy"]) if given["api"] else None
    keys = sender_keys(manifest.chain_id, given["account"], given["workers"])
    if manifest.chain_id in LOCAL_CHAIN_IDS:
        fund_toys(rpc, keys)
    try:
        office = open_office(config, rpc, manifest, senders=[key.address for key in keys])
        serve(office, keys, terms, listen)
    except SQLAlchemyError as error:
        raise click.ClickException(f"the database: {type(error).__name__}: {_brief(error)}") from error


def _file(manifest: Manifest) -> str:
    DATA.mkdir(exist_ok=True)
    return f"sqlite:///{DATA / f'post-{manifest.chain_id}-{manifest.town}.db'}"


def _brief(error: Exception) -> str:
    return str(error).partition("\n")[0]


@click.command(cls=PlainCommand)
@town_option
@click.option("--manifest", "path", type=EXISTING, help="The town's, instead.")
@click.option("--rpc", "url", default="http://127.0.0.1:8545", show_default=True, help="The node.")
@post_options
def main(*, town: str, path: Path | None, url: str, **given: Any) -> None:
    """`python -m beffroi.post`: a town's post office without ape: a manifest, a node, a database."""
    rpc = Rpc(url)
    found = open_session(town, url).deployed() if path is None else read_manifest(path, chain_identity(rpc)[1])
    if found is None:
        raise ManifestError(f"{path} has gone")
    run_post(rpc, found, 1, **given)
