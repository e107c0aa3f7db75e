"""The steps of a deployment. Each knows whether it is done on chain, and the transaction that does it."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from typing_extensions import override

from beffroi.chain.abi import encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.create2 import PROXY, code_at
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.errors import StateError
from beffroi.town.admin import admin_delay_s, grant_delay_s, is_admin
from beffroi.town.authority import Authority, Difference, Names, differences, read_authority
from beffroi.town.fields import Office
from beffroi.town.laid import Link, PlannedContract
from beffroi.units import HOUR_S

# Generous: only the balance asked for beforehand rests on these; a transaction's gas is estimated when it is sent.
GAS_PER_CODE_BYTE = 200  # EVM code deposit
GAS_PER_DATA_BYTE = 16
GAS_PER_DEPLOYMENT = 700_000
GAS_PER_ACT = 70_000
GAS_PER_TRANSACTION = 100_000


class NotEnrolledError(StateError):
    """What a module needs enrolled is not, and ADMIN cannot do so at once any more."""


class Step(Protocol):
    """A step of the plan, done by one transaction."""

    @property
    def key(self) -> str:
        """Names it in the manifest and in messages."""
        ...

    @property
    def description(self) -> str:
        """What it does, in words."""
        ...

    @property
    def gas(self) -> int:
        """A ceiling of what it may use."""
        ...

    def is_done(self, rpc: Rpc) -> bool:
        """Whether the chain has it already."""
        ...

    def call(self, rpc: Rpc) -> Call:
        """The transaction that does what is missing of it."""
        ...


@dataclass(frozen=True)
class AdminStep(Step):
    """A step that only ADMIN takes, as one transaction or, where ADMIN's acts wait, by announcing each.

    Attributes:
        town: the AccessManager.
    """

    town: str

    @abstractmethod
    def acts(self, rpc: Rpc) -> list[tuple[str, bytes]]:
        """What is missing of it, in order: contracts, the town among them, and what is called there."""

    def require_ready(self, rpc: Rpc) -> None:
        """Lets it wait for what others must do first, and says what that is; most wait for nobody."""

    @override
    def is_done(self, rpc: Rpc) -> bool:
        return bool(code_at(rpc, self.town)) and not self.acts(rpc)

    @override
    def call(self, rpc: Rpc) -> Call:
        acts = [data if target == self.town else _town_call("execute", target, data) for target, data in self.acts(rpc)]
        return Call(self.town, _town_call("multicall", acts), self.description)


@dataclass(frozen=True)
class Deploy(Step):
    """Creates a contract at its place; anyone may."""

    contract: PlannedContract

    @property
    @override
    def key(self) -> str:
        return f"deploy {self.contract.name}"

    @property
    @override
    def description(self) -> str:
        made = f"create {self.contract.name} at {self.contract.address}"
        return f"{made}, with {self.contract.maker}" if self.contract.maker else made

    @property
    @override
    def gas(self) -> int:
        code, data = self.contract.runtime_size, len(self.contract.initcode)
        return GAS_PER_DEPLOYMENT + GAS_PER_CODE_BYTE * code + GAS_PER_DATA_BYTE * data

    @override
    def is_done(self, rpc: Rpc) -> bool:
        return bool(code_at(rpc, self.contract.address))

    @override
    def call(self, rpc: Rpc) -> Call:
        return Call(PROXY, self.contract.salt + self.contract.initcode, self.description)


@dataclass(frozen=True)
class Wire(AdminStep):
    """Gives every function its office and every office its holders, and ties contracts together: one call of ADMIN.

    Attributes:
        town: the AccessManager.
        wanted: who may do what, by the file.
        applied: the same by the last deployment.
        links: what else ADMIN does.
        names: what contracts and offices are called.
        start_block: before it, the town has no event.
        founders: who may hold ADMIN while the town is being built, the first before the last.
    """

    wanted: Authority
    applied: Authority
    links: tuple[Link, ...]
    names: Names
    start_block: int
    founders: tuple[str, ...]

    @property
    @override
    def key(self) -> str:
        return "wire"

    @property
    @override
    def description(self) -> str:
        holders = sum(len(accounts) for accounts in self.wanted.members.values())
        functions, links = len(self.wanted.functions), len(self.links)
        return f"wire in one multicall: functions {functions}, office holders {holders}, links {links}"

    @property
    @override
    def gas(self) -> int:
        acts = len(self.wanted.functions) + len(self.links) + sum(map(len, self.wanted.members.values()))
        return GAS_PER_TRANSACTION + GAS_PER_ACT * (acts + len(self.wanted.settings))

    def drift(self, rpc: Rpc) -> list[Difference]:
        """What stands on chain otherwise than the file has it, and was put there by no deployment."""
        return [item for item in self._differences(rpc) if item.drift]

    def changes(self, rpc: Rpc) -> list[Difference]:
        """What an earlier deployment put there and the file has otherwise now."""
        return [item for item in self._differences(rpc) if not item.missing and not item.drift]

    @override
    def acts(self, rpc: Rpc) -> list[tuple[str, bytes]]:
        # What is taken from one office before it is given to another; no appointment once appointments wait.
        differing = sorted((item for item in self._differences(rpc) if not item.drift), key=lambda item: item.missing)
        delays = [item for item in differing if item.what == "GrantDelay"]
        links = [link for link in self.links if not _is_linked(rpc, link)]
        tied = [act for link in links for act in self._linking(rpc, link)]
        return [*self._of_town(item for item in differing if item not in delays), *tied, *self._of_town(delays)]

    def _of_town(self, items: Iterable[Difference]) -> list[tuple[str, bytes]]:
        return [(self.town, item.repair) for item in items]

    def _linking(self, rpc: Rpc, link: Link) -> list[tuple[str, bytes]]:
        admin = next((one for one in self.founders if admin_delay_s(rpc, self.town, one) is not None), self.founders[0])
        act = (link.target, link.data)
        if link.office is None or admin in self.wanted.members.get(int(link.office), {}):
            return [act]
        if admin_delay_s(rpc, self.town, admin):
            raise NotEnrolledError(
                f"{link.purpose}? No, and ADMIN's acts wait: the {link.office.name.lower()} does it first, by "
                "`ape run residents enrol`"
            )
        office = int(link.office)
        grant, revoke = _town_call("grantRole", office, admin, 0), _town_call("revokeRole", office, admin)
        return [(self.town, grant), act, (self.town, revoke)]

    def _differences(self, rpc: Rpc) -> list[Difference]:
        found = read_authority(rpc, self.town, self.start_block)
        admins = found.members.get(Office.ADMIN, {})
        settings = dict(self.wanted.settings)
        own = ("setGrantDelay", int(Office.ADMIN))
        if own not in found.settings:
            settings.pop(own, None)  # set when ADMIN is bound, last of all
        wanted = Authority(
            members={
                **self.wanted.members,
                Office.ADMIN: {account: delay for account, delay in admins.items() if account in self.founders},
            },
            functions=self.wanted.functions,
            settings=settings,
            labels=self.wanted.labels,
        )
        return differences(wanted, found, self.applied, self.names)


@dataclass(frozen=True)
class BindAdmin(AdminStep):
    """Makes the Safe ADMIN, and has ADMIN wait: the last thing that the town's founder does at once.

    Attributes:
        town: the AccessManager.
        admin: the Safe, or the founder where the file names none.
        founder: who is ADMIN until then.
        delay_s: between announcing an act of ADMIN and carrying it out.
        grant_delay_s: before an appointment as ADMIN takes effect.
    """

    admin: str
    founder: str
    delay_s: int
    grant_delay_s: int

    @property
    @override
    def key(self) -> str:
        return "hand over"

    @property
    @override
    def gas(self) -> int:
        return 2 * GAS_PER_TRANSACTION

    @property
    @override
    def description(self) -> str:
        waits = f", whose acts wait {self.delay_s // HOUR_S} h" if self.delay_s else ""
        return f"give ADMIN to {self.admin}{waits}"

    @override
    def acts(self, rpc: Rpc) -> list[tuple[str, bytes]]:
        role = int(Office.ADMIN)
        grant, delay = (
            _town_call("grantRole", role, self.admin, self.delay_s),
            _town_call("setGrantDelay", role, self.grant_delay_s),
        )
        granted = admin_delay_s(rpc, self.town, self.admin) == self.delay_s
        delayed = grant_delay_s(rpc, self.town, Office.ADMIN) == self.grant_delay_s
        # A Safe is appointed before appointments wait; the founder itself waits only after it has said that others do.
        acts = (
            [(grant, granted), (delay, delayed)] if self.admin != self.founder else [(delay, delayed), (grant, granted)]
        )
        return [(self.town, data) for data, is_done in acts if not is_done]


@dataclass(frozen=True)
class Renounce(Step):
    """Takes ADMIN from the deployer, once the Safe has it."""

    town: str
    admin: str
    deployer: str

    @property
    @override
    def key(self) -> str:
        return "renounce"

    @property
    @override
    def gas(self) -> int:
        return GAS_PER_TRANSACTION

    @property
    @override
    def description(self) -> str:
        return f"{self.deployer} renounces ADMIN"

    @override
    def is_done(self, rpc: Rpc) -> bool:
        return is_admin(rpc, self.town, self.admin) and not is_admin(rpc, self.town, self.deployer)

    @override
    def call(self, rpc: Rpc) -> Call:
        return Call(self.town, _town_call("renounceRole", int(Office.ADMIN), self.deployer), self.description)


def _is_linked(rpc: Rpc, link: Link) -> bool:
    return any(probe.tells(rpc) for probe in link.probes)


def _town_call(name: str, *arguments: object) -> bytes:
    return encode_call(artifact("Town").abi, name, *arguments)
