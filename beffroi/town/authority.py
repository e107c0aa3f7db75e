"""Who may do what in a town: as its file wants it, as the chain's events tell it, and what lies between the two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.chain.abi import decode_event, encode_call, topic
from beffroi.chain.abi import selector as selector_of
from beffroi.chain.announcing import moment
from beffroi.chain.artifacts import artifact
from beffroi.chain.logs import contract_logs
from beffroi.chain.rpc import Rpc
from beffroi.town.fields import Office
from beffroi.town.manifest import Manifest

Function = tuple[str, bytes]


@dataclass
class Authority:
    """The state of a town's AccessManager. What has its default value is left out.

    Attributes:
        members: role → account → execution delay in seconds.
        functions: (contract, selector) → role; those of ADMIN are left out.
        targets: contracts of which a function was ever any office's, still or no more.
        closed: contracts whose restricted functions nobody may call.
        settings: (setter, role or contract) → value, for role admins, role guardians and delays.
        labels: role → what it is called.
        since: (role, account or setting) that was changed last → from when on it holds so, unix seconds.
    """

    members: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    functions: dict[Function, int] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    settings: dict[tuple[str, int | str], int] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    since: dict[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """What things are called in messages.

    Attributes:
        contracts: address → (name in the town, name in the build).
        offices: role → label.
    """

    contracts: Mapping[str, tuple[str, str]]
    offices: Mapping[int, str]

    def contract(self, address: str) -> str:
        """The name of a contract in the town; its address where it is none of the town's."""
        return self.contracts.get(address, (address, ""))[0]

    def function(self, address: str, selector: bytes) -> str:
        """The name of a contract's function, or its selector."""
        return function_name(self.contracts.get(address, ("", ""))[1], selector)

    def office(self, role: int) -> str:
        """The name of an office, or `role 99`."""
        return Office.ADMIN.name if role == Office.ADMIN else self.offices.get(role, f"role {role}")


@dataclass(frozen=True)
class Difference:
    """One thing that is not on chain as the file has it.

    Attributes:
        subject: the office or contract concerned.
        what: what differs.
        wanted: by the file.
        found: on the chain.
        missing: nothing stands in its place yet.
        drift: something stands there that no deployment of this town put there.
        repair: the call of the town that sets it right.
    """

    subject: str
    what: str
    wanted: str
    found: str
    missing: bool
    drift: bool
    repair: bytes


def read_authority(rpc: Rpc, town: str, start_block: int) -> Authority:
    """The authority as the town's events tell it."""
    events = {topic(item): item for item in _abi() if item["type"] == "event"}
    authority = Authority()
    for log in contract_logs(rpc, town, start_block):
        if (item := events.get(log["topics"][0])) is not None:
            _replay(authority, str(item["name"]), decode_event(item, log))
    return authority


def holders_of_offices(rpc: Rpc, manifest: Manifest) -> set[str]:
    """Who holds an office of a town now.

    Raises:
        RpcError: the node could not say.
    """
    held = read_authority(rpc, manifest.address("Town"), manifest.start_block).members.values()
    return {account for accounts in held for account in accounts}


def _replay(authority: Authority, name: str, event: Mapping[str, Any]) -> None:
    match name:
        case "RoleGranted":
            account = str(to_checksum_address(event["account"]))
            authority.members[event["roleId"]][account] = event["delay"]
            authority.since[event["roleId"], account] = event["since"]
        case "RoleRevoked":
            authority.members[event["roleId"]].pop(to_checksum_address(event["account"]), None)
        case "TargetFunctionRoleUpdated":
            function = (str(to_checksum_address(event["target"])), event["selector"])
            _set(authority.functions, function, event["roleId"])
            authority.targets.add(function[0])
        case "RoleLabel":
            authority.labels[event["roleId"]] = event["label"]
        case "TargetClosed":
            target = to_checksum_address(event["target"])
            (authority.closed.add if event["closed"] else authority.closed.discard)(target)
        case "RoleAdminChanged":
            _set(authority.settings, ("setRoleAdmin", event["roleId"]), event["admin"])
        case "RoleGuardianChanged":
            _set(authority.settings, ("setRoleGuardian", event["roleId"]), event["guardian"])
        case "RoleGrantDelayChanged":
            _set(authority.settings, ("setGrantDelay", event["roleId"]), event["delay"])
            authority.since[event["roleId"], "GrantDelay"] = event["since"]
        case "TargetAdminDelayUpdated":
            _set(authority.settings, ("setTargetAdminDelay", to_checksum_address(event["target"])), event["delay"])


def _set(values: dict[Any, int], key: Any, value: int) -> None:
    if value:
        values[key] = value
    else:
        values.pop(key, None)


def differences(wanted: Authority, found: Authority, applied: Authority, names: Names) -> list[Difference]:
    """All that must change for `found` to be as `wanted`.

    Args:
        wanted: by the town's file.
        found: on the chain.
        applied: by the last deployment: what is still found so is the file's to change, and the rest is drift.
        names: what contracts and offices are called.
    """
    return [
        *_labels(wanted, found),
        *_members(wanted, found, applied, names),
        *_functions(wanted, found, applied, names),
        *_closed(found, names),
        *_settings(wanted, found, applied, names),
    ]


def _labels(wanted: Authority, found: Authority) -> Iterator[Difference]:
    for role, label in wanted.labels.items():
        have = found.labels.get(role, "")
        if have != label:
            repair = _call("labelRole", role, label)
            yield Difference(label, "label", label, have or "none", not have, bool(have), repair)


def _members(wanted: Authority, found: Authority, applied: Authority, names: Names) -> Iterator[Difference]:
    for role in sorted({*wanted.members, *found.members}):
        office, want, have = names.office(role), wanted.members.get(role, {}), found.members.get(role, {})
        for account in _in_order(want, have):
            if want.get(account) == have.get(account):
                continue
            repair = (
                _call("grantRole", role, account, want[account])
                if account in want
                else _call("revokeRole", role, account)
            )
            missing = account not in have
            drift = not missing and applied.members.get(role, {}).get(account) != have[account]
            yield Difference(office, account, _held(want, account), _held(have, account), missing, drift, repair)


def _functions(wanted: Authority, found: Authority, applied: Authority, names: Names) -> Iterator[Difference]:
    for function in _in_order(wanted.functions, found.functions):
        target, selector = function
        want, have = wanted.functions.get(function, 0), found.functions.get(function, 0)
        if want != have:
            what, repair = names.function(target, selector), _call("setTargetFunctionRole", target, [selector], want)
            drift = have != 0 and applied.functions.get(function, 0) != have
            holder, other = names.office(want), names.office(have)
            yield Difference(names.contract(target), what, holder, other, have == 0, drift, repair)


def _closed(found: Authority, names: Names) -> Iterator[Difference]:
    for target in sorted(found.closed):
        repair = _call("setTargetClosed", target, False)  # noqa: FBT003
        yield Difference(names.contract(target), "closed", "open", "closed", missing=False, drift=True, repair=repair)


def _settings(wanted: Authority, found: Authority, applied: Authority, names: Names) -> Iterator[Difference]:
    for setting in _in_order(wanted.settings, found.settings):
        want, have = wanted.settings.get(setting, 0), found.settings.get(setting, 0)
        if want == have:
            continue
        setter, key = setting
        subject = names.office(key) if isinstance(key, int) else names.contract(key)
        drift = have != 0 and applied.settings.get(setting, 0) != have
        what, repair = setter.removeprefix("set"), _call(setter, key, want)
        yield Difference(subject, what, str(want), str(have), have == 0, drift, repair)


def upcoming(found: Authority, names: Names, now_s: int) -> list[tuple[str, str, str]]:
    """What was changed and does not hold yet: the office, what of it, and from when on.

    A shorter delay waits for the difference, and an appointment for its office's grant delay.
    """
    return [
        (names.office(role), what, f"as it is now from {moment(since)} on")
        for (role, what), since in found.since.items()
        if since > now_s and (what == "GrantDelay" or what in found.members.get(role, {}))
    ]


def function_name(contract: str, selector: bytes) -> str:
    """The name of a function of a contract in the build; its selector when `contract` is empty, or has none such."""
    abi = artifact(contract).abi if contract else []
    names = {selector_of(item): str(item["name"]) for item in abi if item["type"] == "function"}
    return names.get(selector, "0x" + selector.hex())


def _held(members: Mapping[str, int], account: str) -> str:
    if account not in members:
        return "not held"
    return f"held, delay {members[account]} s" if members[account] else "held"


def _in_order(*keys: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(key for group in keys for key in group))


def _call(name: str, *arguments: Any) -> bytes:
    return encode_call(_abi(), name, *arguments)


def _abi() -> list[dict[str, Any]]:
    return artifact("Town").abi
