"""Compares a town on chain with its file, its manifest and the build. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eth_abi.exceptions import DecodingError
from eth_utils.address import is_hex_address

from beffroi.chain.abi import decode_result, encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.create2 import code_at, code_hash
from beffroi.chain.headers import clock_s
from beffroi.chain.reverts import explain
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.town.authority import Authority, differences, read_authority, upcoming
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.laid import Expectation, PlannedContract
from beffroi.town.lineage import require_known
from beffroi.town.manifest import Manifest
from beffroi.town.plan import PlanError, lay_out, names_of, wanted_authority
from beffroi.town.retiring import remains
from beffroi.town.site import Site


@dataclass(frozen=True)
class Check:
    """One thing compared.

    Attributes:
        topic: code, succession, offices or parameters.
        subject: the contract or office.
        what: is compared.
        wanted: by the file, the manifest or the build.
        found: on chain.
    """

    topic: str
    subject: str
    what: str
    wanted: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the chain is as it should be."""
        return self.wanted == self.found


def check_town(rpc: Rpc, config: TownConfig, manifest: Manifest | None, deployer: str | None = None) -> list[Check]:
    """Everything compared: code, successions, offices, parameters. What does not hold is for the reader to find.

    Args:
        rpc: the node.
        config: the town's file.
        manifest: the record of its deployment.
        deployer: the first admin, where no manifest tells it.

    Raises:
        PlanError: neither a manifest nor a deployer tells where the town is.
        NothingToSucceedError: a contract is to follow one that the manifest or the chain does not know.
    """
    founder = manifest.deployer if manifest else deployer
    if founder is None:
        raise PlanError("no manifest tells who deployed the town: name the deployer, on whom its addresses depend")
    site = lay_out(config, founder, manifest)
    first = manifest.start_block if manifest else 0
    codes = {contract.name: code_at(rpc, contract.address) for contract in site.contracts.values()}
    checks = [*_code(site, codes, manifest)]
    if codes["Town"]:
        found = read_authority(rpc, site.town, first)
        require_known(site, found)
        checks += [*_successions(rpc, site, found, first)]
        checks += _offices(rpc, config, site, manifest, founder, found)
    return checks + [
        _parameter(rpc, site.contracts[item.contract], item, first)
        for item in site.expectations
        if codes[item.contract]
    ]


def _code(site: Site, codes: dict[str, bytes], manifest: Manifest | None) -> Iterator[Check]:
    for contract in site.contracts.values():
        code, record = codes[contract.name], manifest.contracts.get(contract.name) if manifest else None
        if not code:
            yield Check("code", contract.name, f"at {contract.address}", "a contract", "nothing")
        elif record is not None:
            yield Check(
                "code", contract.name, "on chain and in the manifest", record.runtime_code_hash, code_hash(code)
            )
        else:
            # The address commits to the code and the arguments (EIP-1014).
            yield Check("code", contract.name, f"at {contract.address}", "as built", "as built")
    for drift in site.drift:
        yield Check("code", drift.subject, "build and file", "as deployed", drift.what)


def _successions(rpc: Rpc, site: Site, found: Authority, first: int) -> Iterator[Check]:
    """What is left where another contract took over; offices may still be there until the next deployment."""
    for it in site.successions:
        said = remains(rpc, site, it.old, first)
        if not said:
            is_wired = any(target == site.address(it.old) for target, _ in found.functions)
            said = "nothing is left there: " + ("`ape run deploy` ends its offices" if is_wired else "it has ended")
            if not is_wired:
                site.end(it.old)
        yield Check("succession", it.old, f"followed by {it.new}", said, said)


def _offices(
    rpc: Rpc, config: TownConfig, site: Site, manifest: Manifest | None, founder: str, found: Authority
) -> Iterator[Check]:
    wanted = wanted_authority(config, site)
    wanted.members[Office.ADMIN] = {config.admin or founder: config.governance.admin_delay_s}
    names = names_of(site, manifest)
    differing = differences(wanted, found, Authority(), names)
    for item in differing:
        yield Check("offices", item.subject, item.what, item.wanted, item.found)
    subjects = {item.subject for item in differing}
    for role, office in {int(Office.ADMIN): Office.ADMIN.name, **site.labels}.items():
        if office not in subjects:
            holders = ", ".join(sorted(wanted.members.get(role, {}))) or "nobody"
            yield Check("offices", office, "holders and delays", holders, holders)
    for office, what, since in upcoming(found, names, clock_s(rpc)):
        yield Check("offices", office, what, since, since)
    for contract in site.contracts.values():
        wired = sum(target == contract.address for target, _ in wanted.functions)
        if wired and contract.name not in subjects:
            yield Check("offices", contract.name, "functions and their offices", f"{wired} wired", f"{wired} wired")


def _parameter(rpc: Rpc, contract: PlannedContract, expected: Expectation, first: int) -> Check:
    abi = artifact(contract.built).abi
    data = encode_call(abi, expected.function, *expected.arguments)
    try:
        answer = rpc.call("eth_call", {"to": contract.address, "data": "0x" + data.hex()}, "latest")
        found = decode_result(abi, expected.function, bytes.fromhex(answer[2:]))
    except RpcError as error:
        found = explain(error)
    except DecodingError:
        found = "no such answer"
    what = f"{expected.function}({', '.join(map(str, expected.arguments))})"
    wanted = found if found == expected.until else _since(rpc, contract, expected, first)
    is_set = isinstance(expected.value, list)
    return Check("parameters", contract.name, what, _shown(wanted, is_set=is_set), _shown(found, is_set=is_set))


def _since(rpc: Rpc, contract: PlannedContract, expected: Expectation, first: int) -> Any:
    """What must be answered: as the file has it, or as an event has told since."""
    if expected.told_by is None:
        return expected.value
    event, argument = expected.told_by
    told = Contract.built(contract.built, contract.address).events(rpc, event, first=first)
    return next((it.args[argument] for it in reversed([*told])), expected.value)


def _shown(value: Any, *, is_set: bool = False) -> str:
    if isinstance(value, list | tuple):
        items = [_shown(item) for item in value]
        return ", ".join(sorted(items) if is_set else items) or "none"
    return str(value).lower() if is_hex_address(value) else str(value)
