"""What every script starts from: a town's file, a node, the manifest of that town on that chain."""

from dataclasses import dataclass
from pathlib import Path

from beffroi.chain.artifacts import ROOT
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import Rpc
from beffroi.errors import StateError
from beffroi.town.config import TownConfig
from beffroi.town.load import load_town
from beffroi.town.manifest import (
    DEPLOYMENTS,
    Manifest,
    manifest_path,
    read_manifest,
)

TOWNS = ROOT / "towns"


class NotDeployedError(StateError):
    """The town, or a part of it, does not stand on that chain."""


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

    def deployed(self, *contracts: str) -> Manifest:
        """The manifest of what stands on the chain.

        Args:
            contracts: by name, without which the caller can do nothing.

        Raises:
            NotDeployedError: nothing stands there, or one of those contracts does not.
        """
        if self.manifest is None:
            raise NotDeployedError(
                f"{self.config.name} is not deployed on chain {self.chain_id}: `ape run deploy --network …` first"
            )
        if missing := [name for name in contracts if name not in self.manifest.contracts]:
            raise NotDeployedError(
                f"{self.config.name} has no {', '.join(missing)} on chain {self.chain_id}: add the section to the "
                "town's file, then `ape run deploy --network …`"
            )
        return self.manifest


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
