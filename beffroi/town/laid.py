"""What modules lay on the site of a town."""

from dataclasses import dataclass
from typing import Any

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
        initcode: with them.
        runtime_size: bytes of code on chain.
    """

    name: str
    built: str
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
