"""Sends what is missing of a plan, one confirmed step after another, and keeps the manifest."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from beffroi.chain.announcing import Act, NotAnnouncedError, moment, schedules
from beffroi.chain.artifacts import compiler_version
from beffroi.chain.create2 import code_at, code_hash
from beffroi.chain.headers import clock_s
from beffroi.chain.identity import chain_identity
from beffroi.chain.logs import contract_logs
from beffroi.chain.pending import TIMEOUT_S
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import refuse_test_accounts
from beffroi.chain.transaction import Call, Signer
from beffroi.errors import ChainError, StateError
from beffroi.town.admin import admin_delay_s, is_admin
from beffroi.town.applied import authority_record
from beffroi.town.laid import PlannedContract
from beffroi.town.manifest import (
    DEPLOYMENTS,
    ContractRecord,
    Manifest,
    manifest_path,
    read_manifest,
    recorded,
    write_manifest,
)
from beffroi.town.plan import Plan, require_no_drift
from beffroi.town.steps import AdminStep, Deploy, Renounce, Step, Wire
from beffroi.units import ETHER

Progress = Callable[[Step, str | None], None]


class WrongChainError(ChainError):
    """The node no longer answers for the chain that the plan was made for."""


class FundsError(StateError):
    """The account cannot pay for what is missing."""


class MustWaitError(StateError):
    """Acts of ADMIN were announced, and their time has not come."""


class NotAdminError(StateError):
    """A step is ADMIN's to do, and the account is not ADMIN."""


class NoBirthError(ChainError):
    """The node does not tell when a contract that stands was created."""


def _silent(step: Step, transaction: str | None) -> None:
    """Reports nothing."""


def apply_plan(
    plan: Plan,
    rpc: Rpc,
    signer: Signer,
    *,
    folder: Path = DEPLOYMENTS,
    confirmations: int = 1,
    timeout_s: float = TIMEOUT_S,
    progress: Progress = _silent,
) -> Manifest:
    """Builds the town: sends what the chain does not have yet. After a crash, again; a town that stands costs nothing.

    Args:
        plan: made on the same chain.
        rpc: the node.
        signer: who signs and pays.
        folder: where manifests are kept.
        confirmations: how many blocks deep a step must be before the next.
        timeout_s: how long to wait for a block.
        progress: told of each step once recorded, with its transaction, or None when it was done already.

    Raises:
        WrongChainError: the chain changed since the plan was made.
        DriftError: something differs from the file and from every deployment.
        NotAnnouncedError: ADMIN's acts wait, and these were not announced; `announce` them first.
        MustWaitError: they were, too recently.
        NoBirthError: a contract stands that no manifest knows, and the node has no log of its creation.
        TestAccountError: the signer's key is public, and so is the chain.
        FundsError: the account holds too little.
        NotAdminError: what is missing is ADMIN's to do.
        NotPausedError: a currency is to retire that the guardian has not paused.
        RetiredForAnotherError: a currency has retired, and not for the one that the file has.
        TransactionFailedError, TransactionPendingError, RpcError, RpcUnreachableError: see Sender.send.
    """
    require_no_drift(plan)
    _require_same_chain(plan, rpc)
    refuse_test_accounts(plan.chain_id, {signer.address})
    sender = Sender(rpc, signer, confirmations=confirmations, timeout_s=timeout_s)
    sender.settle()
    missing = {step.key for step in plan.steps if not step.is_done(rpc)}
    _require_admin(plan, rpc, signer.address, missing)
    _require_funds(plan, sender, missing)

    record = _Record(plan, rpc, folder)
    for step in plan.steps:
        receipt = None
        if step.key in missing and not step.is_done(rpc):
            _require_same_chain(plan, rpc)
            if isinstance(step, AdminStep):
                _require_announced(step, rpc, signer)
                step.require_ready(rpc)
            receipt = sender.send(step.call(rpc))
        record.enter(step, receipt)
        progress(step, receipt["transactionHash"] if receipt else None)
    return record.manifest()


def _require_same_chain(plan: Plan, rpc: Rpc) -> None:
    chain_id, genesis_hash = chain_identity(rpc)
    if (chain_id, genesis_hash) != (plan.chain_id, plan.genesis_hash):
        raise WrongChainError(
            f"the plan was made on chain {plan.chain_id} ({plan.genesis_hash}) and the node now answers for chain "
            f"{chain_id} ({genesis_hash}): nothing more is sent; plan again on the right one"
        )


def _require_admin(plan: Plan, rpc: Rpc, address: str, missing: set[str]) -> None:
    if "deploy Town" in missing:
        if missing - {step.key for step in plan.steps if isinstance(step, Deploy)} and address != plan.deployer:
            raise NotAdminError(
                f"{plan.deployer} is to be the town's first admin, and {address} signs: let the former sign"
            )
        return
    theirs = [step for step in plan.steps if step.key in missing and not isinstance(step, Deploy)]
    if any(isinstance(step, Renounce) for step in theirs) and address != plan.deployer:
        raise NotAdminError(f"only {plan.deployer} can renounce its ADMIN: let it sign")
    if theirs and not is_admin(rpc, plan.site.town, address):
        raise NotAdminError(
            f"{address} is not ADMIN of {plan.site.town}, which must do: "
            + "; ".join(step.description for step in theirs)
            + ". `plan` prints the call for the Safe, once every contract is there"
        )


def _require_announced(step: AdminStep, rpc: Rpc, signer: Signer) -> None:
    """Lets ADMIN do at once what it may do at once, and the rest once it was announced long enough ago."""
    if not admin_delay_s(rpc, step.town, str(signer.address)):
        return
    acts = step.acts(rpc)
    ready_s = schedules(rpc, step.town, str(signer.address), acts)
    if not all(ready_s):
        raise NotAnnouncedError(rpc, [Act(signer, Call(target, data, step.description)) for target, data in acts])
    if max(ready_s) > clock_s(rpc):
        raise MustWaitError(
            f"{step.description}: it is announced, and may be carried out from {moment(max(ready_s))} on: give this "
            "very command again then"
        )


def _require_funds(plan: Plan, sender: Sender, missing: set[str]) -> None:
    gas = sum(step.gas for step in plan.steps if step.key in missing)
    need, have = gas * sender.fee_wei(), sender.balance_wei()
    if have < need:
        raise FundsError(
            f"{sender.signer.address} holds {have / ETHER:.6f} ETH on chain {plan.chain_id}, and the {len(missing)} "
            f"steps that are missing may cost up to {need / ETHER:.6f} ETH: "
            f"send it {(need - have) / ETHER:.6f} ETH first"
        )


class _Record:
    """The manifest as it grows; written after each confirmed step, and only when it says something new."""

    def __init__(self, plan: Plan, rpc: Rpc, folder: Path) -> None:
        self._plan, self._rpc = plan, rpc
        self._path = manifest_path(plan.chain_id, plan.config.town, folder)
        self._written = read_manifest(self._path, plan.genesis_hash)
        former = self._written or plan.manifest
        self._contracts = dict(former.contracts) if former else {}
        self._acts = dict(former.acts) if former else {}
        self._authority = former.authority if former else None
        self._successions = dict(former.successions) if former else {}

    def enter(self, step: Step, receipt: dict[str, Any] | None) -> None:
        if isinstance(step, Deploy):
            known = self._contracts.get(step.contract.name)
            if known is None or known.address != step.contract.address:
                self._contracts[step.contract.name] = self._contract(step.contract, receipt)
        if isinstance(step, Wire):
            self._authority = authority_record(step.wanted)
            self._successions |= {it.old: it.new for it in self._plan.site.successions}
        if receipt is not None and not isinstance(step, Deploy):
            self._acts[step.key] = receipt["transactionHash"]
        if (manifest := self.manifest()) != self._written:
            write_manifest(self._path, manifest)
            self._written = manifest

    def manifest(self) -> Manifest:
        return Manifest(
            town=self._plan.config.town,
            name=self._plan.config.name,
            chain_id=self._plan.chain_id,
            genesis_hash=self._plan.genesis_hash,
            deployer=self._plan.deployer,
            solc=self._written.solc if self._written else compiler_version("Town"),
            start_block=self._contracts["Town"].block,
            contracts=self._contracts,
            acts=self._acts,
            authority=self._authority,
            successions=self._successions,
        )

    def _contract(self, contract: PlannedContract, receipt: dict[str, Any] | None) -> ContractRecord:
        birth = receipt or next(iter(contract_logs(self._rpc, contract.address)), None)
        if birth is None:  # every contract of ours logs at its creation
            raise NoBirthError(
                f"{contract.name} stands at {contract.address}, and the node has no log of its creation: it keeps no "
                "old blocks, or has not all of them yet; ask a node that has, and start again"
            )
        return ContractRecord(
            contract=contract.built,
            address=contract.address,
            arguments=recorded(contract.arguments),
            creation_code_hash=code_hash(contract.creation_code),
            initcode_hash=code_hash(contract.initcode),
            runtime_code_hash=code_hash(code_at(self._rpc, contract.address)),
            block=int(birth["blockNumber"], 16),
            transaction=birth["transactionHash"],
        )
