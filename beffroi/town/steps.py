"""The steps of a deployment. Each knows whether it is done on chain, and the transaction that does it."""

from dataclasses import dataclass
from typing import Protocol

from typing_extensions import override

from beffroi.chain.abi import decode_result, encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.create2 import PROXY, code_at
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Call
from beffroi.town.authority import Authority, Difference, Names, differences, read_authority
from beffroi.town.fields import Office
from beffroi.town.site import Link, PlannedContract

# Generous: only the balance asked for beforehand rests on these; a transaction's gas is estimated when it is sent.
GAS_PER_CODE_BYTE = 200  # EVM code deposit
GAS_PER_DATA_BYTE = 16
GAS_PER_DEPLOYMENT = 700_000
GAS_PER_ACT = 70_000
GAS_PER_TRANSACTION = 100_000


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
        return f"create {self.contract.name} at {self.contract.address}"

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
class Wire(Step):
    """Gives every function its office and every office its holders, and ties contracts together: one call of ADMIN.

    Attributes:
        town: the AccessManager.
        wanted: who may do what, by the file.
        links: what else ADMIN does.
        names: what contracts and offices are called.
        start_block: before it, the town has no event.
        founders: who may hold ADMIN while the town is being built, the first before the last.
        accept: offices and contracts whose drift is to be set right.
    """

    town: str
    wanted: Authority
    links: tuple[Link, ...]
    names: Names
    start_block: int
    founders: tuple[str, ...]
    accept: frozenset[str]

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
        return GAS_PER_TRANSACTION + GAS_PER_ACT * acts

    @override
    def is_done(self, rpc: Rpc) -> bool:
        return bool(code_at(rpc, self.town)) and not self._acts(rpc)

    @override
    def call(self, rpc: Rpc) -> Call:
        return Call(self.town, _town_call("multicall", self._acts(rpc)), self.description)

    def drift(self, rpc: Rpc) -> list[Difference]:
        """What stands on chain otherwise than the file has it, and was not accepted."""
        found = self._differences(rpc)
        return [item for item in found if not item.missing and item.subject not in self.accept]

    def _acts(self, rpc: Rpc) -> list[bytes]:
        differing = [item for item in self._differences(rpc) if item.missing or item.subject in self.accept]
        # Drift first: what is taken from one office before it is given to another.
        repairs = [item.repair for item in sorted(differing, key=lambda item: item.missing)]
        links = [link for link in self.links if not _is_linked(rpc, link)]
        return repairs + [act for link in links for act in self._linking(rpc, link)]

    def _linking(self, rpc: Rpc, link: Link) -> list[bytes]:
        act = _town_call("execute", link.target, link.data)
        admin = next((founder for founder in self.founders if is_admin(rpc, self.town, founder)), self.founders[0])
        if link.office is None or admin in self.wanted.members.get(int(link.office), {}):
            return [act]
        office = int(link.office)
        return [_town_call("grantRole", office, admin, 0), act, _town_call("revokeRole", office, admin)]

    def _differences(self, rpc: Rpc) -> list[Difference]:
        found = read_authority(rpc, self.town, self.start_block)
        admins = found.members.get(Office.ADMIN, {})
        wanted = Authority(
            members={
                **self.wanted.members,
                Office.ADMIN: {account: delay for account, delay in admins.items() if account in self.founders},
            },
            functions=self.wanted.functions,
            labels=self.wanted.labels,
        )
        return differences(wanted, found, self.names)


@dataclass(frozen=True)
class HandOver(Step):
    """Makes the Safe ADMIN."""

    town: str
    admin: str

    @property
    @override
    def key(self) -> str:
        return "hand over"

    @property
    @override
    def gas(self) -> int:
        return GAS_PER_TRANSACTION

    @property
    @override
    def description(self) -> str:
        return f"give ADMIN to {self.admin}"

    @override
    def is_done(self, rpc: Rpc) -> bool:
        return is_admin(rpc, self.town, self.admin)

    @override
    def call(self, rpc: Rpc) -> Call:
        return Call(self.town, _town_call("grantRole", int(Office.ADMIN), self.admin, 0), self.description)


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


def is_admin(rpc: Rpc, town: str, account: str) -> bool:
    """Whether an account is ADMIN of a town and needs not wait; of a town that is not there, nobody is."""
    data = _town_call("hasRole", int(Office.ADMIN), account)
    answer = rpc.call("eth_call", {"to": town, "data": "0x" + data.hex()}, "latest")
    if answer == "0x":
        return False
    member, delay_s = decode_result(artifact("Town").abi, "hasRole", bytes.fromhex(answer[2:]))
    return bool(member) and delay_s == 0


def _is_linked(rpc: Rpc, link: Link) -> bool:
    answer = rpc.call("eth_call", {"to": link.target, "data": "0x" + link.probe.hex()}, "latest")
    return link.sign in bytes.fromhex(answer[2:])


def _town_call(name: str, *arguments: object) -> bytes:
    return encode_call(artifact("Town").abi, name, *arguments)
