"""Chapter one: the town is founded from its file."""

from pathlib import Path

from eth_account.signers.local import LocalAccount

from beffroi.chain.rpc import Rpc
from beffroi.demo.narrator import Narrator
from beffroi.town.apply import apply_plan
from beffroi.town.load import load_town
from beffroi.town.manifest import DEPLOYMENTS, Manifest, manifest_path
from beffroi.town.plan import make_plan
from beffroi.town.session import TOWNS


def found(narrator: Narrator, rpc: Rpc, mayor: LocalAccount, folder: Path = DEPLOYMENTS) -> Manifest:
    """Deploys `towns/example.yaml` step by step, then once more to show that nothing is sent twice."""
    config = load_town(TOWNS / "example.yaml")
    narrator.chapter(f"{config.name} is founded")
    plan = make_plan(rpc, config, mayor.address)
    manifest_path(plan.chain_id, config.town, folder).unlink(missing_ok=True)  # of an earlier demo, whose chain is gone
    manifest = apply_plan(
        plan, rpc, mayor, folder=folder,
        progress=lambda step, transaction: narrator.step(step.description, transaction),
    )  # fmt: skip
    sent = int(rpc.call("eth_getTransactionCount", mayor.address, "latest"), 16)
    again = make_plan(rpc, config, mayor.address, manifest)
    apply_plan(again, rpc, mayor, folder=folder)
    repeated = int(rpc.call("eth_getTransactionCount", mayor.address, "latest"), 16) - sent
    narrator.tell(f"{sent} transactions founded the town; the same plan applied again sends {repeated}.")
    rows = [(name, record.address, str(record.block)) for name, record in manifest.contracts.items()]
    narrator.table(("contract", "address", "block"), rows)
    return manifest
