"""`python -m beffroi.post`: a town's post office without ape: a manifest, a node, a database."""

from pathlib import Path
from typing import Any

import click

from beffroi.chain.rpc import Rpc
from beffroi.post.command import post_options, run_post
from beffroi.town.manifest import DEPLOYMENTS, read_manifest
from beffroi.town.plan import chain_identity
from beffroi.town.session import open_session, plain_errors


@click.command(help=__doc__)
@click.option("--town", default="example", show_default=True, help="A file, or its name in towns/.")
@click.option("--manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The town's, instead.")
@click.option("--rpc", "url", default="http://127.0.0.1:8545", show_default=True, help="The node.")
@post_options
def main(*, town: str, manifest: Path | None, url: str, **given: Any) -> None:
    """Finds the town and opens its post office."""
    with plain_errors():
        rpc = Rpc(url)
        if manifest is not None:
            _, genesis_hash = chain_identity(rpc)
            found = read_manifest(manifest, genesis_hash)
        else:
            session = open_session(town, url)
            found = session.manifest
    if found is None:
        raise click.ClickException(f"the town is not deployed there: no manifest in {DEPLOYMENTS}")
    run_post(rpc, found, 1, **given)


if __name__ == "__main__":
    main()
