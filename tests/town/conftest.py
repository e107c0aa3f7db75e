from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.town.apply import apply_plan
from beffroi.town.config import TownConfig
from beffroi.town.load import load_town
from beffroi.town.manifest import Manifest, manifest_path, read_manifest, write_manifest
from beffroi.town.plan import Plan, make_plan
from testbed.anvil import anvil
from testbed.town import CONFIG
from tests.town.hall import Hall

EXAMPLE = ROOT / "towns" / "example.yaml"


def town(**changes: Any) -> TownConfig:
    """The example town with its register and money alone, with sections or single keys changed."""
    without = dict.fromkeys(("credit", "consultations", "credibility", "land", "records", "flows", "programmes"))
    content = load_town(EXAMPLE).model_dump() | without
    (content["currency"],) = content["currency"]
    for key, value in changes.items():
        content[key] = {**content[key], **value} if isinstance(value, dict) else value
    return TownConfig.model_validate(content)


class Deployer:
    """Whoever deploys the example town on one chain, again and again."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.rpc = Rpc(url)
        self.signer = anvil_account()

    def manifest(self, config: TownConfig | None = None) -> Manifest | None:
        chain_id, genesis_hash = chain_identity(self.rpc)
        return read_manifest(manifest_path(chain_id, (config or town()).town, self.folder), genesis_hash)

    def plan(self, config: TownConfig | None = None, **options: Any) -> Plan:
        config = config or town()
        return make_plan(self.rpc, config, self.signer.address, self.manifest(config), **options)

    def deploy(
        self,
        config: TownConfig | None = None,
        *,
        keep: set[str] | None = None,
        **options: Any,
    ) -> Manifest:
        plan = self.plan(config, keep=frozenset(keep or ()))
        return apply_plan(plan, self.rpc, self.signer, folder=self.folder, **options)

    def forget(self) -> None:
        """Loses the manifest."""
        manifest_path(31337, town().town, self.folder).unlink()

    def sent(self) -> int:
        return int(self.rpc.call("eth_getTransactionCount", self.signer.address, "latest"), 16)


@pytest.fixture
def node() -> Iterator[str]:
    with anvil() as url:
        yield url


@pytest.fixture
def deployer(node: str, tmp_path: Path) -> Deployer:
    return Deployer(node, tmp_path / "deployments")


@pytest.fixture
def hall(estate, tmp_path):
    write_manifest(manifest_path(31337, CONFIG.town, tmp_path), estate.manifest)
    return Hall(estate.rpc, tmp_path)
