"""The description of the API (OpenAPI 3.1): its routes, with components made of the types that read and answer."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import getdoc
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from beffroi.post.answers import (
    BatchAnswer,
    CostsAnswer,
    HealthAnswer,
    PlaceAnswer,
    ReadinessAnswer,
    SlipAnswer,
    TownAnswer,
)
from beffroi.post.codes import STATUS, Code, ProblemAnswer
from beffroi.post.deed_types import DEED_ANSWER, DEED_REQUEST, DEEDS_ANSWER
from beffroi.post.json_types import Address, Bytes32, Schema
from beffroi.post.slip_types import SlipReaders

DESCRIPTION = """Slips that citizens sign (EIP-712) are taken, checked as the contracts would, kept, and posted in
batches at the town hall's expense. The post office can refuse a slip and can never change or forge one; its signer may
post it herself at any time. Numbers of 256 bits are decimal text, bytes are 0x-hex."""

Handler = Callable[[Request], Awaitable[Response]]

VERSION = "1.0.0"
TEXT: Schema = {"type": "string"}
COMPONENT = "#/components/schemas/{model}"
ANSWERS = (
    SlipAnswer, BatchAnswer, ProblemAnswer, PlaceAnswer, TownAnswer, HealthAnswer, ReadinessAnswer, CostsAnswer,
)  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """What is done at a path, and its description.

    Attributes:
        method: of HTTP.
        path: as Starlette and OpenAPI write it.
        handler: does it.
        summary: in a few words.
        responses: as `answers` makes them.
        body: the component that is handed in; empty for none.
        parameters: of the path and the query.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    responses: Mapping[int | str, Schema]
    body: str = ""
    parameters: Sequence[Schema] = ()

    @property
    def described(self) -> Schema:
        """OpenAPI's Operation Object."""
        found: Schema = {"summary": self.summary, "description": getdoc(self.handler)}
        found["operationId"] = getattr(self.handler, "__name__", self.path)
        if self.parameters:
            found["parameters"] = [*self.parameters]
        if self.body:
            found["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref(self.body)}}}
        return found | {"responses": {str(status): it for status, it in self.responses.items()}}


class Untitled(GenerateJsonSchema):
    """Pydantic's generator, without a title for each member that says its name again."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def ref(name: str | type) -> Schema:
    """A component by name, or by the type that it is made of."""
    return {"$ref": COMPONENT.format(model=name if isinstance(name, str) else name.__name__)}


def parameter(name: str, where: str, type_: Any, description: str, *, required: bool = True) -> dict[str, Any]:
    """A parameter of a path or a query."""
    schema = TypeAdapter(type_).json_schema()
    return {"name": name, "in": where, "required": required, "schema": schema, "description": description}


def answers(good: Mapping[int, tuple[str, Schema]], *codes: Code) -> dict[int | str, dict[str, Any]]:
    """The responses of an operation: the good ones, and those of these codes."""
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "content": {"application/json": {"schema": schema}}}
        for status, (words, schema) in good.items()
    }
    every = {*codes, Code.RATE_LIMITED, Code.TOO_BUSY, Code.CHAIN_UNAVAILABLE, Code.STORE_UNAVAILABLE}
    problem = {"application/problem+json": {"schema": ref(ProblemAnswer)}}
    for status in sorted({STATUS[code] for code in every}):
        named = ", ".join(sorted(code for code in every if STATUS[code] == status))
        found[status] = {"description": named, "content": problem}
        if status in {429, 503}:
            seconds = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
            found[status]["headers"] = {"Retry-After": seconds}
    return found


def document(title: str, operations: Iterable[Operation], schemas: Mapping[str, Schema]) -> Schema:
    """The whole description.

    Args:
        title: of the API.
        operations: all of them.
        schemas: every component by name; `components`.
    """
    paths: dict[str, Schema] = {}
    for it in operations:
        paths.setdefault(it.path, {})[it.method.lower()] = it.described
    info = {"title": title, "description": DESCRIPTION, "version": VERSION}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def components(readers: SlipReaders, *, deeds: bool) -> dict[str, Schema]:
    """Every schema by name.

    Args:
        readers: of what is handed in.
        deeds: whether the town has a land register.
    """
    named: dict[str, TypeAdapter[Any]] = {it.__name__: TypeAdapter(it) for it in ANSWERS}
    named |= {"SlipRequest": readers.one.adapter, "BatchRequest": readers.many.adapter}
    if deeds:
        named |= {it.__name__: TypeAdapter(it) for it in (DEED_ANSWER, DEEDS_ANSWER)}
        named |= {"DeedRequest": DEED_REQUEST.adapter}
    as_read: Literal["validation"] = "validation"
    inputs = [(name, as_read, adapter) for name, adapter in named.items()]
    made, found = TypeAdapter.json_schemas(inputs, ref_template=COMPONENT, schema_generator=Untitled)
    schemas: dict[str, Schema] = found["$defs"]
    return {name: schema for (name, _), schema in made.items()} | schemas  # a name that nothing refers to has no $def


ROOT = parameter("root", "path", Bytes32, "The sealed roll's Merkle root.")
ACCOUNT = parameter("account", "path", Address, "Whose place.")
ID = parameter("id", "path", Bytes32, "The slip's EIP-712 digest.")
