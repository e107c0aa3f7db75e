"""The description of the API, exact: what it takes is what is read, what it gives is what is answered."""

from collections.abc import Mapping
from typing import Any

from beffroi.post.codes import STATUS, Code
from beffroi.post.config import Limits
from beffroi.post.json_types import ADDRESS, BYTES32, SIGNATURE, UINT256, Schema
from beffroi.post.kinds import SlipKind
from beffroi.post.model import SlipState

DESCRIPTION = """Slips that citizens sign (EIP-712) are taken, checked as the contracts would, kept, and posted in
batches at the town hall's expense. The post office can refuse a slip and can never change or forge one; its signer may
post it herself at any time. Numbers of 256 bits are decimal text, bytes are 0x-hex."""

DIGEST = BYTES32.schema
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
DECIMAL: Schema = {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}
ARGUMENTS: Schema = {
    "type": "array",
    "description": "Of a custom error, in its order; integers as text, bytes as 0x-hex.",
}
CHECKSUMMED: Schema = {"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$"}


def ref(name: str) -> Schema:
    """A component by name."""
    return {"$ref": f"#/components/schemas/{name}"}


def an(object_: Mapping[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """An object that has these members."""
    required = [name for name in object_ if name not in optional]
    return {"type": "object", "properties": dict(object_), "required": required, "additionalProperties": False}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of that."""
    return {"type": "array", "items": schema}


def parameter(name: str, where: str, schema: Schema, description: str, *, required: bool = True) -> dict[str, Any]:
    """A parameter of a path or a query."""
    return {"name": name, "in": where, "required": required, "schema": schema, "description": description}


def answers(good: Mapping[int, tuple[str, Schema]], *codes: Code) -> dict[int | str, dict[str, Any]]:
    """The responses of an operation: the good ones, and those of these codes."""
    found: dict[int | str, dict[str, Any]] = {
        status: {"description": words, "content": {"application/json": {"schema": schema}}}
        for status, (words, schema) in good.items()
    }
    every = {*codes, Code.RATE_LIMITED, Code.TOO_BUSY, Code.CHAIN_UNAVAILABLE, Code.STORE_UNAVAILABLE}
    for status in sorted({STATUS[code] for code in every}):
        named = ", ".join(sorted(code for code in every if STATUS[code] == status))
        found[status] = {"description": named, "content": {"application/problem+json": {"schema": ref("Problem")}}}
        if status in {429, 503}:
            seconds = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
            found[status]["headers"] = {"Retry-After": seconds}
    return found


def components(kinds: Mapping[str, SlipKind], deeds: Mapping[str, Schema], limits: Limits) -> dict[str, Schema]:
    """Every schema by name.

    Args:
        kinds: that are served.
        deeds: the schemas of collected deeds, when the town has a land register.
        limits: on what is asked.
    """
    named = {_title(kind.name): kind.schema for kind in kinds.values()}
    if deeds:
        named["DeedSignatureSlip"] = deed_slip()
    mapping = {schema["properties"]["kind"]["const"]: f"#/components/schemas/{name}" for name, schema in named.items()}
    request = {"oneOf": [ref(name) for name in named], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    batch = {"type": "array", "items": ref("SlipRequest"), "minItems": 1, "maxItems": limits.batch}
    return {
        **named,
        "SlipRequest": request,
        "BatchRequest": an({"slips": batch}),
        "BatchAnswer": an({"answers": many({"oneOf": [_answer("slip", "Slip"), _answer("error", "Problem")]})}),
        "Slip": SLIP,
        "Problem": PROBLEM,
        "Place": an({"index": WHOLE, "size": WHOLE, "proof": many(DIGEST)}),
        "Town": TOWN,
        "Health": an({"status": {"type": "string", "enum": ["ok"]}}),
        "Readiness": an({"ready": {"type": "boolean"}, "parts": {"type": "object", "additionalProperties": TEXT}}),
        **deeds,
    }


def deed_slip() -> Schema:
    """A party's signature under a deed that is being collected."""
    message = an({"deed": BYTES32.schema, "party": ADDRESS.schema})
    members = {"kind": {"const": "deed"}, "message": message, "signature": SIGNATURE.schema}
    return an(members)


def _title(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Slip"


def _answer(member: str, component: str) -> Schema:
    return an({"status": {"type": "integer"}, member: ref(component)})


PROBLEM = an(
    {
        "code": {"type": "string", "enum": [str(code) for code in Code]},
        "message": TEXT,
        "details": {"type": "object"},
    }
)
SLIP = an(
    {
        "id": DIGEST,
        "kind": TEXT,
        "state": {"type": "string", "enum": [str(state) for state in SlipState]},
        "receivedAt": WHOLE,
        "changedAt": WHOLE,
        "deadline": maybe(DECIMAL),
        "transaction": maybe(DIGEST),
        "block": maybe(WHOLE),
        "gas": maybe(WHOLE),
        "feeWei": maybe(DECIMAL),
        "error": maybe(an({"code": TEXT, "name": TEXT, "args": ARGUMENTS, "message": TEXT})),
    }
)
TOWN = an(
    {
        "town": TEXT,
        "name": TEXT,
        "chainId": WHOLE,
        "contracts": {"type": "object", "additionalProperties": CHECKSUMMED},
        "kinds": many(TEXT),
        "rolls": many(DIGEST),
        "senders": many(CHECKSUMMED),
        "limits": {"type": "object", "additionalProperties": {"type": "number"}},
    }
)
ROOT = parameter("root", "path", DIGEST, "The sealed roll's Merkle root.")
ACCOUNT = parameter("account", "path", ADDRESS.schema, "Whose place.")
ID = parameter("id", "path", DIGEST, "The slip's EIP-712 digest.")
SALE = UINT256.schema
