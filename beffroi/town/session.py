"""What every script starts from: a town's file, a node, the manifest of that town on that chain."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.errors import BeffroiError
from beffroi.town.config import TownConfig
from beffroi.town.load import load_town
from beffroi.town.manifest import (
    DEPLOYMENTS,
    Manifest,
    manifest_path,
    read_manifest,
)
from beffroi.town.plan import chain_identity

TOWNS = ROOT / "towns"


@dataclass(frozen=True)
class Session:
    """A town on a chain.

    Attributes:
        config: the town's file.
        rpc: the node.
        chain_id: of the chain.
        manifest: the record of an earlier run, if any.
    """

    config: TownConfig
    rpc: Rpc
    chain_id: int
    manifest: Manifest | None


def open_session(town: str, url: str, folder: Path = DEPLOYMENTS) -> Session:
    """Opens a town on the chain behind an URL.

    Args:
        town: a path, or the name of a file in towns/.
        url: of the node.
        folder: where manifests are kept.

    Raises:
        ConfigError: the file is not right.
        ChainResetError: the manifest tells of a chain that is gone.
        ManifestError: the manifest cannot be read.
    """
    config = load_town(Path(town) if town.endswith((".yaml", ".yml")) else TOWNS / f"{town}.yaml")
    rpc = Rpc(url)
    chain_id, genesis_hash = chain_identity(rpc)
    manifest = read_manifest(manifest_path(chain_id, config.town, folder), genesis_hash)
    return Session(config, rpc, chain_id, manifest)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Shows what a user can do something about as a message, and leaves the rest its traceback."""
    try:
        yield
    except BeffroiError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}" if error.filename else str(error)) from error
