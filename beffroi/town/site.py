"""Where a town is laid out before anything is sent: contracts at their future addresses, who may call what."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from eth_utils.crypto import keccak

from beffroi.chain.abi import encode_call, encode_constructor, entry, selector
from beffroi.chain.artifacts import artifact
from beffroi.chain.create2 import create2_address, made_address
from beffroi.errors import StateError
from beffroi.residents import ResidentKind, Standing
from beffroi.town.drift import Drift, contract_drift
from beffroi.town.fields import Office
from beffroi.town.laid import Expectation, Link, PlannedContract, Probe, Succession
from beffroi.town.manifest import ContractRecord

if TYPE_CHECKING:
    from beffroi.town.authority import Function


class NothingToSucceedError(StateError):
    """A contract is to follow one that was never deployed."""


class Site:
    """The ground on which modules lay out a town.

    Args:
        name: the town's short name.
        deployer: the first admin.
        deployed: what the manifest records.
        keep: contracts to leave as they were deployed, though the build or the file has changed.
        followed: which contract took over from which, by the last deployment.
    """

    def __init__(
        self,
        name: str,
        deployer: str,
        deployed: Mapping[str, ContractRecord],
        keep: frozenset[str] = frozenset(),
        followed: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.contracts: dict[str, PlannedContract] = {}
        self.functions: dict[Function, int] = {}
        self.appointed: dict[int, dict[str, int]] = {}
        self.labels = {int(office): office.name for office in Office if office != Office.ADMIN}
        self._own_roles: dict[tuple[str, Office], int] = {}
        self.followers: list[str] = []
        self.links: list[Link] = []
        self.expectations: list[Expectation] = []
        self.successions: list[Succession] = []
        self.drift: list[Drift] = []
        self._deployed, self._keep = deployed, keep
        self._before = {new: old for old, new in (followed or {}).items()}
        self.town = self.place("Town", admin=deployer)

    def place(self, contract: str, *, as_: str | None = None, **arguments: Any) -> str:
        """Gives a contract its place, by its name, its code and its constructor's arguments.

        Args:
            contract: its name in the build.
            as_: its name in the town, where it stands there several times; that in the build by default.
            arguments: of its constructor.

        Returns:
            Its address; the recorded one where the contract has drifted.

        Raises:
            AbiError: the arguments do not fit the constructor.
        """
        name, built = as_ or contract, artifact(contract)
        salt = keccak(text=f"{self.name}/{name}")
        initcode = built.initcode + encode_constructor(name, built.abi, arguments)
        address = create2_address(salt, initcode)
        record = self._deployed.get(name)
        if record is not None and record.address != address:
            if name not in self._keep:
                self.drift += contract_drift(name, record, built.initcode, arguments) or [
                    Drift(name, f"address: recorded {record.address}, its code and arguments make {address}")
                ]
            address = record.address
        self.contracts[name] = PlannedContract(
            name, contract, address, arguments, salt, built.initcode, initcode, len(built.runtime)
        )
        return address

    def find(self, contract: str, maker: str, place: int, **arguments: Any) -> str:
        """Gives its place to a contract that another makes in its constructor, and that has offices of its own.

        Args:
            contract: its name in the build, and in the town.
            maker: the name of the one that makes it.
            place: among all that it makes, from 1.
            arguments: of its constructor.

        Returns:
            Its address.
        """
        built, address = artifact(contract), made_address(self.address(maker), place)
        self.contracts[contract] = PlannedContract(
            contract, contract, address, arguments, b"", built.initcode, b"", len(built.runtime), maker
        )
        return address

    def succeed(self, contract: str, old: str, new: str) -> list[str]:
        """Has a contract take over from one of an earlier deployment, which stands as the manifest records it.

        Args:
            contract: what both are in the build.
            old: the name of the one that stands.
            new: that of the other.

        Returns:
            The names of whom it takes over from and whom those did, the latest first.

        Raises:
            NothingToSucceedError: the manifest records none of that name.
        """
        line = []
        before: str | None = old
        while before is not None:
            self._stand(contract, before)
            self.successions.append(Succession(before, new))
            line.append(before)
            new, before = before, self._before.get(before)
        return line

    def _stand(self, contract: str, name: str) -> None:
        record = self._deployed.get(name)
        if record is None or record.contract != contract:
            raise NothingToSucceedError(
                f"{name} is to be succeeded, and the manifest knows no {contract} of that name. If nothing took over "
                "from it yet, deploy the town's file as it was before. If something did, bring back a copy of the "
                "manifest (deployments/, where the town was deployed last), which cannot be written anew from then on"
            )
        built, salt = artifact(contract), keccak(text=f"{self.name}/{name}")
        self.contracts[name] = PlannedContract(
            name, contract, record.address, record.arguments, salt, built.initcode, b"", len(built.runtime)
        )

    def end(self, name: str) -> None:
        """Leaves a contract without offices: those that act on it, its own, and those that it holds."""
        address = self.address(name)
        self.functions = {function: role for function, role in self.functions.items() if function[0] != address}
        for own in [role for (contract, _), role in self._own_roles.items() if contract == name]:
            del self.appointed[own], self.labels[own]
        for holders in self.appointed.values():
            holders.pop(address, None)

    def is_succeeded(self, address: str) -> bool:
        """Whether another contract takes over from the one at this address."""
        return any(self.address(it.old) == address for it in self.successions)

    def address(self, name: str) -> str:
        """The place of a contract that a module before this one laid."""
        return self.contracts[name].address

    def instance(self, contract: str, name: str | None = None) -> str:
        """The place of an instance of a contract in the build: the one of that name, the first by default.

        Raises:
            KeyError: there is none such.
        """
        for placed in self.contracts.values():
            if placed.built == contract and name in {None, placed.name}:
                return placed.address
        raise KeyError(name or contract)

    def allow(self, contract: str, office: Office, *functions: str) -> None:
        """Lets an office, and nobody else, call these functions: the contract's own office where it has one."""
        abi = artifact(self.contracts[contract].built).abi
        role = self._own_roles.get((contract, office), int(office))
        for function in functions:
            self.functions[(self.address(contract), selector(entry(abi, "function", function)))] = role

    def staff(self, contract: str, holders: Mapping[Office, Mapping[str, int]]) -> None:
        """Gives a contract offices of its own, beside the town's of the same name; before it allows them anything.

        Args:
            contract: its name in the town.
            holders: for each office who holds it, with a delay in seconds; one that nobody holds stays the town's.
        """
        for office, accounts in holders.items():
            if accounts:
                role = own_role(contract, office)
                self._own_roles[(contract, office)] = role
                self.appointed[role] = dict(accounts)
                self.labels[role] = own_label(contract, office)

    def appoint(self, contract: str, office: Office) -> None:
        """Gives an office to a contract."""
        self.appointed.setdefault(int(office), {})[self.address(contract)] = 0

    def follow_residents(self, contract: str) -> None:
        """Lets a contract be told of every change in the register of residents."""
        self.followers.append(self.address(contract))
        self.follow("Residents", contract)

    def follow(self, leader: str, contract: str) -> None:
        """Lets a contract be told of what another decides."""
        abi, follower = artifact(self.contracts[leader].built).abi, self.address(contract)
        target = self.address(leader)
        self.links.append(
            Link(
                purpose=f"{contract} follows {leader}",
                target=target,
                data=encode_call(abi, "addFollower", follower),
                probes=(Probe(target, encode_call(abi, "followers"), bytes.fromhex(follower[2:])),),
            )
        )

    def enrol_institution(self, contract: str) -> None:
        """Has ADMIN enrol a contract that holds money for others, whose place no key can ever take."""
        abi, account = artifact("Residents").abi, self.address(contract)
        residents = self.address("Residents")
        self.links.append(
            Link(
                purpose=f"{contract} is enrolled as an institution",
                target=residents,
                data=encode_call(abi, "enrolInstitution", account),
                probes=(Probe(residents, encode_call(abi, "isInstitution", account), _word(1)),),
            )
        )
        self.expect("Residents", "isInstitution", True, account)  # noqa: FBT003, the answer

    def enrol_account(self, account: str, kind: ResidentKind, who: str) -> None:
        """Enrols an account with the residents, once for all modules that need it; one replaced by a new key was.

        Args:
            account: its address.
            kind: what it is to the town.
            who: it is, in words.
        """
        abi, residents = artifact("Residents").abi, self.address("Residents")
        if any(expected.arguments == (account,) and expected.function == "isActive" for expected in self.expectations):
            return
        self.links.append(
            Link(
                purpose=f"{who} is enrolled",
                target=residents,
                data=encode_call(abi, "enrol", kind, [account], []),
                probes=(
                    Probe(residents, encode_call(abi, "isActive", account), _word(1)),
                    Probe(residents, encode_call(abi, "residentOf", account), _word(kind) + _word(Standing.REPLACED)),
                ),
                office=Office.REGISTRAR,
            )
        )
        self.expect("Residents", "isActive", True, account)  # noqa: FBT003, the answer

    def inform_of_commons(self, contract: str, commons: str) -> None:
        """Tells a currency of its own commons at once: a key that is replaced before could never be told to it.

        Args:
            contract: the currency's name in the town; it follows the register, where the commons is enrolled.
            commons: the account, as its charter names it.
        """
        currency, money = self.address(contract), artifact(self.contracts[contract].built).abi
        told = _word(ResidentKind.COMMONS) + _word(0)
        self.links.append(
            Link(
                purpose=f"{contract} is told of its commons",
                target=self.address("Residents"),
                data=encode_call(artifact("Residents").abi, "inform", currency, [commons]),
                probes=(
                    Probe(currency, encode_call(money, "accountOf", commons), told),
                    Probe(currency, encode_call(money, "commons"), bytes.fromhex(commons[2:]), is_there=False),
                ),
            )
        )

    def expect(
        self,
        contract: str,
        function: str,
        value: Any,
        *arguments: Any,
        told_by: tuple[str, str] | None = None,
        until: Any = None,
    ) -> None:
        """States what a view function must answer; `check` asks it."""
        self.expectations.append(Expectation(contract, function, arguments, value, told_by, until))


def _word(number: int) -> bytes:
    return number.to_bytes(32, "big")


def own_label(contract: str, office: Office) -> str:
    """What an office of one contract alone is called on chain."""
    return f"{contract}/{office.name}"


def own_role(contract: str, office: Office) -> int:
    """The role of an office of one contract alone: 48 bits of its label's hash, which JavaScript reads without loss."""
    return int.from_bytes(keccak(text=own_label(contract, office))[:6])
