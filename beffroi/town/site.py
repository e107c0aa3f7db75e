"""Where a town is laid out before anything is sent: contracts at their future addresses, who may call what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eth_utils.crypto import keccak

from beffroi.chain.abi import encode_call, encode_constructor, entry, selector
from beffroi.chain.artifacts import artifact
from beffroi.chain.create2 import code_hash, create2_address
from beffroi.town.fields import Office
from beffroi.town.manifest import ContractRecord, recorded

if TYPE_CHECKING:
    from beffroi.town.authority import Function


@dataclass(frozen=True)
class Contract:
    """A contract with its place.

    Attributes:
        name: in the build.
        address: where CREATE2 puts it.
        arguments: of its constructor.
        salt: keccak256("town/Name").
        creation_code: without the arguments.
        initcode: with them.
        runtime_size: bytes of code on chain.
    """

    name: str
    address: str
    arguments: dict[str, Any]
    salt: bytes
    creation_code: bytes
    initcode: bytes
    runtime_size: int


@dataclass(frozen=True)
class Link:
    """An act of the ADMIN beyond roles that ties two contracts together.

    Attributes:
        purpose: in words.
        target: the contract called.
        data: the call.
        probe: a call of `target` whose answer tells whether it is done: it holds `sign`.
        sign: looked for in that answer.
        office: which ADMIN must hold to do it, and holds for that one transaction; None for an act of its own.
    """

    purpose: str
    target: str
    data: bytes
    probe: bytes
    sign: bytes
    office: Office | None = None


@dataclass(frozen=True)
class Expectation:
    """What a view function must answer.

    Attributes:
        contract: its name.
        function: asked without or with `arguments`.
        arguments: of the function.
        value: the answer.
    """

    contract: str
    function: str
    arguments: tuple[Any, ...]
    value: Any


@dataclass(frozen=True)
class Drift:
    """Something that is there and is not what the file or the build has.

    Attributes:
        subject: the contract or office, by which drift is accepted.
        what: in words.
    """

    subject: str
    what: str


class Site:
    """The ground on which modules lay out a town.

    Args:
        name: the town's short name.
        deployer: the first admin.
        deployed: what the manifest records.
        accept: contracts to deploy anew, beside what the manifest records.
        keep: contracts to leave as they were deployed, though the build or the file has changed.
    """

    def __init__(
        self,
        name: str,
        deployer: str,
        deployed: Mapping[str, ContractRecord],
        accept: frozenset[str] = frozenset(),
        keep: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self.contracts: dict[str, Contract] = {}
        self.functions: dict[Function, int] = {}
        self.appointed: dict[int, dict[str, int]] = {}
        self.followers: list[str] = []
        self.links: list[Link] = []
        self.expectations: list[Expectation] = []
        self.drift: list[Drift] = []
        self._deployed, self._accept, self._keep = deployed, accept, keep
        self.town = self.place("Town", admin=deployer)

    def place(self, name: str, **arguments: Any) -> str:
        """Gives a contract its place, by its code and its constructor's arguments.

        Returns:
            Its address; the recorded one where the contract has drifted and was not accepted.

        Raises:
            AbiError: the arguments do not fit the constructor.
        """
        built = artifact(name)
        salt = keccak(text=f"{self.name}/{name}")
        initcode = built.initcode + encode_constructor(name, built.abi, arguments)
        address = create2_address(salt, initcode)
        record = self._deployed.get(name)
        if record is not None and record.address != address and name not in self._accept:
            if name not in self._keep:
                self.drift += _contract_drift(name, record, built.initcode, arguments) or [
                    Drift(name, f"address: recorded {record.address}, its code and arguments make {address}")
                ]
            address = record.address
        self.contracts[name] = Contract(name, address, arguments, salt, built.initcode, initcode, len(built.runtime))
        return address

    def address(self, name: str) -> str:
        """The place of a contract that a module before this one laid."""
        return self.contracts[name].address

    def allow(self, contract: str, office: Office, *functions: str) -> None:
        """Lets an office, and nobody else, call these functions."""
        abi = artifact(contract).abi
        for function in functions:
            self.functions[(self.address(contract), selector(entry(abi, "function", function)))] = int(office)

    def appoint(self, contract: str, office: Office) -> None:
        """Gives an office to a contract, and to nobody else."""
        self.appointed[int(office)] = {self.address(contract): 0}

    def follow_residents(self, contract: str) -> None:
        """Lets a contract be told of every change in the register of residents."""
        self.followers.append(self.address(contract))
        self.follow("Residents", contract)

    def follow(self, leader: str, contract: str) -> None:
        """Lets a contract be told of what another decides."""
        abi, follower = artifact(leader).abi, self.address(contract)
        self.links.append(
            Link(
                purpose=f"{contract} follows {leader}",
                target=self.address(leader),
                data=encode_call(abi, "addFollower", follower),
                probe=encode_call(abi, "followers"),
                sign=bytes.fromhex(follower[2:]),
            )
        )

    def enrol(self, contract: str, kind: int) -> None:
        """Enrols a contract with the residents, so that it may hold the town's money.

        Args:
            contract: its name.
            kind: as `IResidents.Kind`.
        """
        abi, account = artifact("Residents").abi, self.address(contract)
        self.links.append(
            Link(
                purpose=f"{contract} is enrolled",
                target=self.address("Residents"),
                data=encode_call(abi, "enrol", kind, [account], []),
                probe=encode_call(abi, "isActive", account),
                sign=(1).to_bytes(32, "big"),
                office=Office.REGISTRAR,
            )
        )
        self.expect("Residents", "isActive", True, account)  # noqa: FBT003, the answer

    def expect(self, contract: str, function: str, value: Any, *arguments: Any) -> None:
        """States what a view function must answer; `check` asks it."""
        self.expectations.append(Expectation(contract, function, arguments, value))


def _contract_drift(
    name: str, record: ContractRecord, creation_code: bytes, arguments: Mapping[str, Any]
) -> list[Drift]:
    drift = [
        Drift(name, f"{key}: deployed with {was}, the file now gives {now}")
        for key, was, now in _changed(record.arguments, recorded(dict(arguments)))
    ]
    if code_hash(creation_code) != record.creation_code_hash:
        drift.append(Drift(name, f"code: deployed {record.creation_code_hash}, built {code_hash(creation_code)}"))
    return drift


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    changed: list[tuple[str, Any, Any]] = []
    for key in dict.fromkeys([*was, *now]):
        before, after = was.get(key), now.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            changed += _changed(before, after)
        elif before != after:
            changed.append((key, before, after))
    return changed
