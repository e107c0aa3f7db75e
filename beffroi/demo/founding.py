"""Chapter one: the town is founded from its file."""

from pathlib import Path

from eth_account.signers.local import LocalAccount
from rich.console import Console
from rich.table import Table

from beffroi.chain.rpc import Rpc
from beffroi.town.apply import apply_plan
from beffroi.town.load import load_town
from beffroi.town.manifest import DEPLOYMENTS, Manifest, manifest_path
from beffroi.town.plan import make_plan
from beffroi.town.report import print_step
from beffroi.town.session import TOWNS


def found(console: Console, rpc: Rpc, mayor: LocalAccount, folder: Path = DEPLOYMENTS) -> Manifest:
    """Deploys `towns/example.yaml` step by step, then once more to show that nothing is sent twice."""
    config = load_town(TOWNS / "example.yaml")
    console.rule(f"[bold]{config.name} is founded", align="left", style="blue")
    plan = make_plan(rpc, config, mayor.address)
    manifest_path(plan.chain_id, config.town, folder).unlink(missing_ok=True)  # of an earlier demo, whose chain is gone
    manifest = apply_plan(
        plan, rpc, mayor, folder=folder,
        progress=lambda step, transaction: print_step(step, transaction, console),
    )  # fmt: skip
    sent = int(rpc.call("eth_getTransactionCount", mayor.address, "latest"), 16)
    again = make_plan(rpc, config, mayor.address, manifest)
    apply_plan(again, rpc, mayor, folder=folder)
    repeated = int(rpc.call("eth_getTransactionCount", mayor.address, "latest"), 16) - sent
    console.print(f"  {sent} transactions founded the town; the same plan applied again sends {repeated}.")
    table = Table("contract", "address", "block", box=None, padding=(0, 2))
    for name, record in manifest.contracts.items():
        table.add_row(name, record.address, str(record.block))
    console.print(table)
    return manifest
