"""From a town's file to the ordered steps that build it, with every address known before anything is sent."""

from dataclasses import dataclass

from beffroi.chain.create2 import code_at, require_proxy
from beffroi.chain.identity import chain_identity
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import LOCAL_CHAIN_IDS, refuse_test_accounts
from beffroi.errors import StateError
from beffroi.town.applied import applied_authority
from beffroi.town.authority import Authority, Names, read_authority
from beffroi.town.config import TownConfig
from beffroi.town.drift import Drift
from beffroi.town.fields import Office
from beffroi.town.governance import missing_on_a_public_chain
from beffroi.town.lineage import left_out, require_known
from beffroi.town.manifest import Manifest
from beffroi.town.modules import MODULES
from beffroi.town.retiring import Retire, remains
from beffroi.town.site import Site
from beffroi.town.steps import BindAdmin, Deploy, Renounce, Step, Wire


class PlanError(StateError):
    """The town cannot be deployed as it is asked for."""


class DriftError(StateError):
    """What is deployed is neither what the file and the build have, nor what an earlier deployment made."""


@dataclass(frozen=True)
class Plan:
    """How a town is built on one chain.

    Attributes:
        config: the town's file.
        chain_id: of the chain that it was made for.
        genesis_hash: of that chain.
        deployer: the first admin.
        site: the contracts at their places, and what `check` expects of them.
        steps: in order.
        wiring: the step among them that wires offices.
        drift: what differs from the file and from every deployment; nothing is sent while there is any.
        manifest: the record of an earlier run.
    """

    config: TownConfig
    chain_id: int
    genesis_hash: str
    deployer: str
    site: Site
    steps: tuple[Step, ...]
    wiring: Wire
    drift: tuple[Drift, ...]
    manifest: Manifest | None


def make_plan(
    rpc: Rpc,
    config: TownConfig,
    deployer: str | None,
    manifest: Manifest | None = None,
    *,
    keep: frozenset[str] = frozenset(),
) -> Plan:
    """Plans a town. Reads the chain, sends nothing.

    Args:
        rpc: the node.
        config: the town's file.
        deployer: the first admin; the manifest's, where there is one, comes before it.
        manifest: the record of an earlier run.
        keep: names of contracts to leave as deployed, though the build or the file has changed.

    Raises:
        PlanError: this chain is not one of the town's, there is no deployer, or the admin is no contract.
        TestAccountError: an account whose key everybody has, on a public chain.
        NoProxyError: the chain has no CREATE2 proxy.
        AbiError: a constructor's arguments do not fit.
        NothingToSucceedError: a contract is to follow one that the manifest or the chain does not know.
    """
    chain_id, genesis_hash = chain_identity(rpc)
    founder = manifest.deployer if manifest else deployer
    if founder is None:
        raise PlanError("no manifest tells who deployed the town: name the deployer, on whom its addresses depend")
    _require_chain(config, chain_id)
    refuse_test_accounts(chain_id, {founder, *config.addresses()})
    require_proxy(rpc)
    _require_watched(config, chain_id)
    if config.admin and not code_at(rpc, config.admin):
        raise PlanError(f"admin {config.admin} has no code on chain {chain_id}: ADMIN would go to no Safe and be lost")

    site = lay_out(config, founder, manifest, keep)
    start_block = _start_block(rpc, site.town, manifest)
    found, names = read_authority(rpc, site.town, start_block), names_of(site, manifest)
    require_known(site, found)
    for old in [it.old for it in site.successions if not remains(rpc, site, it.old, start_block)]:
        site.end(old)
    wiring = Wire(
        town=site.town,
        wanted=wanted_authority(config, site),
        applied=applied_authority(manifest),
        links=tuple(site.links),
        names=names,
        start_block=start_block,
        founders=(founder, config.admin or founder),
    )
    steps: list[Step] = [*(Deploy(contract) for contract in site.contracts.values()), wiring]
    followed = [(site.contracts[it.old], site.contracts[it.new]) for it in site.successions]
    steps += [Retire(site.town, old, new) for old, new in followed if old.built == "LocalCurrency"]
    rules = config.governance
    if config.admin or rules.admin_delay_s or rules.grant_delay_s:
        admin = config.admin or founder
        steps.append(BindAdmin(site.town, admin, founder, rules.admin_delay_s, rules.grant_delay_s))
    if config.admin:
        steps.append(Renounce(site.town, config.admin, founder))
    roles = [
        Drift(item.subject, f"{item.what}: {item.found}, the file has: {item.wanted}", item.repair)
        for item in wiring.drift(rpc)
    ]
    drift = (*site.drift, *left_out(site, found, names), *roles)
    return Plan(config, chain_id, genesis_hash, founder, site, tuple(steps), wiring, drift, manifest)


def lay_out(
    config: TownConfig,
    founder: str,
    manifest: Manifest | None = None,
    keep: frozenset[str] = frozenset(),
) -> Site:
    """Every module of the town on its site; pure."""
    deployed, followed = (manifest.contracts, manifest.successions) if manifest else ({}, {})
    site = Site(config.town, founder, deployed, keep, followed)
    for module in MODULES:
        for section in config.sections(module.section):
            module.lay(section, site)
    return site


def wanted_authority(config: TownConfig, site: Site) -> Authority:
    """Who may do what by the file; ADMIN's holder left out."""
    members: dict[int, dict[str, int]] = {int(office): {**holders} for office, holders in config.offices.held().items()}
    for role, contracts in site.appointed.items():
        members.setdefault(role, {}).update(contracts)
    return Authority(
        members=members,
        functions=site.functions,
        settings=_settings(config, site),
        labels=site.labels,
    )


def _settings(config: TownConfig, site: Site) -> dict[tuple[str, int | str], int]:
    """Delays of appointments and guardians, by the file; what is 0 left out."""
    rules = config.governance
    guardians = rules.role_guardians().items()
    settings: dict[tuple[str, int | str], int] = {
        ("setRoleGuardian", int(office)): int(guardian) for office, guardian in guardians
    }
    roles = {*map(int, Office), *site.appointed} if rules.grant_delay_s else set()
    return settings | {("setGrantDelay", role): rules.grant_delay_s for role in sorted(roles)}


def names_of(site: Site, manifest: Manifest | None) -> Names:
    """What the town's contracts and offices are called, those that the manifest alone still knows included."""
    known = manifest.contracts if manifest else {}
    recorded = {record.address: (name, record.contract) for name, record in known.items()}
    placed = {contract.address: (contract.name, contract.built) for contract in site.contracts.values()}
    return Names(recorded | placed, site.labels)


def require_no_drift(plan: Plan) -> None:
    """Lets nothing be sent while something differs.

    Raises:
        DriftError: something does; the message says what, and what can be done.
    """
    if plan.drift:
        shown = "\n".join(f"  {item.subject}: {item.what}" for item in plan.drift)
        raise DriftError(
            f"what is deployed differs from {plan.config.town}'s file and the build:\n{shown}\n"
            "Nothing is sent. An office that ADMIN changed by hand: write it in the file, or have ADMIN undo it "
            "(`plan` prints how). A contract is never replaced, for all that it holds would be lost: keep it as it is "
            "(--keep NAME), or put the file back"
        )


def _require_chain(config: TownConfig, chain_id: int) -> None:
    if chain_id not in config.chains:
        allowed = ", ".join(map(str, config.chains))
        raise PlanError(
            f"this is chain {chain_id}, and {config.town} may be deployed on {allowed}: choose another network, "
            "or add the id to `chains` in the town's file"
        )


def _require_watched(config: TownConfig, chain_id: int) -> None:
    """Lets no town be built on a public chain whose ADMIN could take every office unseen."""
    lacks = missing_on_a_public_chain(config.governance, config.offices)
    if lacks and chain_id not in LOCAL_CHAIN_IDS:
        listed = "\n".join(f"  {lack}" for lack in lacks)
        raise PlanError(f"chain {chain_id} is public, and {config.town}'s file leaves ADMIN unwatched:\n{listed}")


def _start_block(rpc: Rpc, town: str, manifest: Manifest | None) -> int:
    if manifest and manifest.contracts.get("Town") and manifest.address("Town") == town:
        return manifest.start_block
    return 0 if code_at(rpc, town) else int(rpc.call("eth_blockNumber"), 16)
