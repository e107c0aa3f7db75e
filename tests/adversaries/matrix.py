"""Every act that a town has, every actor who may try it, and the ways: read from ABIs and from the chain."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from eth_abi.abi import encode
from eth_abi.grammar import TupleType, parse

from beffroi.chain.abi import selector, types
from beffroi.chain.artifacts import artifact, artifacts
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.reverts import STANDARD
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.town.authority import Authority, read_authority
from beffroi.town.fields import Office
from testbed.town import MAYOR, Town, fund, holder

PEOPLES = tuple(office for office in Office if office.is_named)
"""Offices that people hold."""
_AUTHORITY = "Town"
_SPARE = "0x" + "11" * 20


class Way(StrEnum):
    """How an actor tries an act."""

    DIRECTLY = "directly"
    EXECUTE = "by execute"
    SCHEDULE = "by schedule"


@dataclass(frozen=True)
class Act:
    """A function that may change the state of a contract of the town.

    Attributes:
        contract: its name in the town.
        function: its name.
        item: its ABI.
        address: of the contract.
        office: who alone may call it; None where it is open to everybody, ADMIN where no office may.
    """

    contract: str
    function: str
    item: Mapping[str, Any]
    address: str
    office: Office | None

    @property
    def selector(self) -> bytes:
        """Four bytes."""
        return selector(self.item)

    @property
    def nothing(self) -> bytes:
        """A call with zeroes, and nothing in lists."""
        kinds = types(self.item["inputs"])
        return self.selector + encode(kinds, [_nothing(kind) for kind in kinds])

    def __str__(self) -> str:
        return f"{self.contract}.{self.function}"


@dataclass(frozen=True)
class Actor:
    """Someone who tries.

    Attributes:
        name: as in SECURITY.md.
        key: hers, or the contract that holds an office.
        delays: the offices that she holds, each with the seconds that she must wait.
    """

    name: str
    key: Key | Contract
    delays: Mapping[Office, int]

    @property
    def address(self) -> str:
        """Hers."""
        return self.key.address

    def may(self, act: Act) -> bool:
        """Whether an office of hers allows the act, now or after its delay."""
        return act.office in self.delays


def acts(town: Town) -> list[Act]:
    """Every function of every contract of the town that may change something, but the authority's own."""
    wired = read(town).functions
    found = []
    for name, record in town.manifest.contracts.items():
        if record.contract == _AUTHORITY:
            continue
        for item in artifact(record.contract).abi:
            if item["type"] == "function" and item["stateMutability"] in ("nonpayable", "payable"):
                if item["name"] == "setAuthority":
                    continue  # the authority's own, by `updateAuthority`
                role = wired.get((record.address, selector(item)))
                office = Office(role) if role else _admins(town, record.address, item)
                found.append(Act(name, item["name"], item, record.address, office))
    return found


def read(town: Town) -> Authority:
    """Who may do what, as the chain tells it."""
    return read_authority(town.rpc, town.authority.address, town.manifest.start_block)


def _admins(town: Town, address: str, item: Mapping[str, Any]) -> Office | None:
    """ADMIN where a function that is wired to no office refuses a stranger all the same."""
    act = Act("", item["name"], item, address, None)
    (answer,) = tried(
        town.rpc, town.authority, act, [(Way.DIRECTLY, Actor("", Key.derived("nobody"), {}))], act.nothing
    )
    return Office.ADMIN if answer.startswith("AccessManagedUnauthorized") else None


def appoint(town: Town, resident: Key) -> list[Actor]:
    """One actor for each office, one for each pair of offices, and those who hold none."""
    offices = [(office,) for office in PEOPLES]
    found = [Actor("ADMIN", MAYOR, {Office.ADMIN: 0})]
    found += [_appointed(town, held) for held in [*offices, *combinations(PEOPLES, 2)]]
    nobodies = {name: Key.derived("adversary", name) for name in ("stranger", "poster")}
    found += [Actor(name, key, {}) for name, key in nobodies.items()]
    found += [Actor("thief of a resident's key", resident, {})]
    found += [Actor("conveyance", town.contract("Conveyance"), {Office.CONVEYANCE: 0})]
    found += [Actor("caller", town.contract("Promises"), {Office.CALLER: 0})]
    fund(town.rpc, [actor.key for actor in found])
    return found


def _appointed(town: Town, held: tuple[Office, ...]) -> Actor:
    name = " and ".join(office.name.lower().replace("_", " ") for office in held)
    key, given = Key.derived("adversary", name), town.config.offices.held()
    delays = {office: given[office][holder(office).address] for office in held}
    for office, delay_s in delays.items():
        town.does(MAYOR, town.authority, "grantRole", int(office), key.address, delay_s)
    return Actor(name, key, delays)


def expected(act: Act, actor: Actor, way: Way) -> str:
    """The beginning of the refusal that the authority owes: empty where it owes none, and the contract has the word."""
    if not actor.may(act):
        return "AccessManagedUnauthorized" if way is Way.DIRECTLY else "AccessManagerUnauthorizedCall"
    waits = actor.delays[act.office] > 0
    if way is Way.SCHEDULE:
        return "" if waits else "AccessManagerUnauthorizedCall"
    return "AccessManagerNotScheduled" if waits else ""


def tried(rpc: Rpc, authority: Contract, act: Act, who: list[tuple[Way, Actor]], data: bytes) -> list[str]:
    """What each is told who would call; empty where it would succeed."""
    calls = [_call(authority, act, way, actor, data) for way, actor in who]
    answers = rpc.batch([("eth_call", [call, "latest"]) for call in calls])
    return [error_name(answer) if isinstance(answer, RpcError) else "" for answer in answers]


def error_name(error: RpcError) -> str:
    """Of the custom error that a call ended with; the node's words where it carries none."""
    data = error.data.get("data") if isinstance(error.data, dict) else error.data
    return _names().get(str(data)[2:10], f"{error.message} {data}")


@functools.cache
def _names() -> dict[str, str]:
    """Names of errors by their selectors: of thousands of refusals each is looked up, and no word of it is read."""
    abis = [STANDARD, *(contract.abi for contract in artifacts())]
    return {selector(item).hex(): item["name"] for abi in abis for item in abi if item["type"] == "error"}


def _call(authority: Contract, act: Act, way: Way, actor: Actor, data: bytes) -> dict[str, str]:
    to, sent = act.address, data
    if way is Way.EXECUTE:
        to, sent = authority.address, authority.encode("execute", act.address, data)
    elif way is Way.SCHEDULE:
        to, sent = authority.address, authority.encode("schedule", act.address, data, 0)
    brings = act.item["stateMutability"] == "payable" and way is not Way.SCHEDULE
    return {"from": actor.address, "to": to, "data": "0x" + sent.hex(), "value": hex(brings)}


def everyone(actors: list[Actor]) -> Iterator[tuple[Way, Actor]]:
    """Every actor in every way."""
    return ((way, actor) for actor in actors for way in Way)


def is_of_authority(told: str) -> bool:
    """Whether a refusal is the authority's, not the contract's own."""
    return told.startswith("AccessManage")


def _nothing(kind: str) -> Any:
    found = parse(kind)
    if found.arrlist:
        (*outer,), inner = found.arrlist[-1], found.item_type.to_type_str()
        return [_nothing(inner) for _ in range(outer[0])] if outer else []
    if isinstance(found, TupleType):
        return tuple(_nothing(part.to_type_str()) for part in found.components)
    plain = {"address": _SPARE, "bool": False, "string": ""}
    if kind in plain:
        return plain[kind]
    if found.base == "bytes":
        return bytes(found.sub or 0)
    return 0
