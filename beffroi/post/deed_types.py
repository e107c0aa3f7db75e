"""What is asked and answered about deeds: pydantic's types, which follow from what the parties sign."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from beffroi.eip712 import SlipType
from beffroi.land.deeds import KINDS, TERMS, SaleTerms
from beffroi.post.answers import Count, Digest
from beffroi.post.json_types import CLOSED, TYPES, Address, Bytes32, Signature, UInt256, Written, record, tagged
from beffroi.post.reading import Reader

MOST_RIGHTS, MOST_FEES, MOST_CHARGES, MOST_FUNDERS = 24, 4, 16, 32
_LISTS: Mapping[str, tuple[int, int]] = {
    "sold": (1, MOST_RIGHTS), "bought": (1, MOST_RIGHTS), "fees": (0, MOST_FEES), "payoffs": (0, MOST_CHARGES),
    "funding": (0, MOST_FUNDERS),
}  # fmt: skip
_RIGHT_KINDS = Written(f"^[0-{len(KINDS) - 1}]$", 1, 1, f"must be a kind of right, from 0 to {len(KINDS) - 1}", int)


def _struct(slip_type: SlipType) -> Any:
    return record(slip_type.name, {name: _member(slip_type, kind, name) for kind, name in slip_type.fields})


def _member(slip_type: SlipType, kind: str, name: str) -> Any:
    if kind == "uint8":
        return Annotated[int, _RIGHT_KINDS]
    if kind.endswith("[]"):
        least, most = _LISTS[name]
        row: Any = _struct(slip_type.known[kind.removesuffix("[]")])
        return Annotated[list[row], Field(min_length=least, max_length=most)]
    struct = slip_type.known.get(kind)
    return TYPES[kind] if struct is None else _struct(struct)


SALE_TERMS = _struct(TERMS)
"""A sale's terms by EIP-712's names."""


def _request(act: str, members: Mapping[str, Any]) -> Any:
    named: Any = Literal
    return record(f"{act.capitalize()}Draft", {"act": named[act]} | dict(members) | {"terms": SALE_TERMS})


ACTS: Mapping[str, Any] = {
    "compromis": _request("compromis", {}),
    "amendment": _request("amendment", {"sale": UInt256, "from": Bytes32}),
    "deed": _request("deed", {"sale": UInt256}),
    "rescission": _request("rescission", {"sale": UInt256}),
}
DEED_REQUEST: Reader[dict[str, Any]] = Reader(TypeAdapter(tagged("DeedRequest", "act", ACTS)), tag_at=0)


@with_config(CLOSED)
class DeedSigning(TypedDict):
    """Which deed is signed, and for whom."""

    deed: Bytes32
    party: Address


@with_config(CLOSED)
class DeedSignatureSlip(TypedDict):
    """A party's signature under a deed that is being collected."""

    kind: Literal["deed"]
    message: DeedSigning
    signature: Signature


DEED_ANSWER: Any = record(
    "DeedAnswer",
    {
        "id": Digest,
        "act": Literal["compromis", "amendment", "deed", "rescission"],
        "sale": UInt256 | None,
        "from": Digest | None,
        "terms": SALE_TERMS,
        "parties": list[Address],
        "signed": list[Address],
        "complete": bool,
        "signatures": list[Signature | None],
        "draftedAt": Count,
    },
)
DEEDS_ANSWER = record("DeedsAnswer", {"deeds": list[DEED_ANSWER]})


def terms_of(request: Mapping[str, Any]) -> SaleTerms:
    """The terms in a request that was read."""
    return SaleTerms.of(TERMS.ordered(request["terms"]))
