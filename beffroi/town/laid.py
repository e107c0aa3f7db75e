"""What modules lay on the site of a town."""

from dataclasses import dataclass
from typing import Any

from beffroi.chain.rpc import Rpc
from beffroi.town.fields import Office


@dataclass(frozen=True)
class PlannedContract:
    """A contract with its place.

    Attributes:
        name: in the town: that in the build, or what the file calls this instance.
        built: its name in the build.
        address: where CREATE2 puts it.
        arguments: of its constructor.
        salt: keccak256("town/name").
        creation_code: without the arguments.
        initcode: with them; empty for what another contract makes.
        runtime_size: bytes of code on chain.
        maker: the name of the contract that makes it; empty for what is deployed by itself.
    """

    name: str
    built: str
    address: str
    arguments: dict[str, Any]
    salt: bytes
    creation_code: bytes
    initcode: bytes
    runtime_size: int
    maker: str = ""


@dataclass(frozen=True)
class Probe:
    """A question whose answer tells whether a link is there.

    Attributes:
        target: the contract asked.
        data: the call.
        sign: looked for in the answer.
        is_there: whether it tells so by holding the sign, or by lacking it.
    """

    target: str
    data: bytes
    sign: bytes
    is_there: bool = True

    def tells(self, rpc: Rpc) -> bool:
        """Whether the link is there; what is no contract yet tells nothing."""
        answer = bytes.fromhex(rpc.call("eth_call", {"to": self.target, "data": "0x" + self.data.hex()}, "latest")[2:])
        return bool(answer) and (self.sign in answer) == self.is_there


@dataclass(frozen=True)
class Link:
    """An act of the ADMIN beyond roles that ties two contracts together.

    Attributes:
        purpose: in words.
        target: the contract called.
        data: the call.
        probes: of which one that tells so is enough.
        office: which ADMIN must hold to do it, and holds for that one transaction; None for an act of its own.
    """

    purpose: str
    target: str
    data: bytes
    probes: tuple[Probe, ...]
    office: Office | None = None


@dataclass(frozen=True)
class Expectation:
    """What a view function must answer.

    Attributes:
        contract: its name in the town.
        function: asked without or with `arguments`.
        arguments: of the function.
        value: the answer.
        told_by: an event and its argument that tell the answer since, where it may change: of the last such event.
        until: an answer that is as good, before an act that others must prepare; None for none.
    """

    contract: str
    function: str
    arguments: tuple[Any, ...]
    value: Any
    told_by: tuple[str, str] | None = None
    until: Any = None


@dataclass(frozen=True)
class Succession:
    """A contract takes over from another, whose offices last until nothing is left there.

    Attributes:
        old: the name of the one in the town.
        new: that of the other.
    """

    old: str
    new: str
