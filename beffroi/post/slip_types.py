"""The requests that carry slips: which kinds there are is the town's matter, so their union is made when it opens."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from beffroi.post.deed_types import DeedSignatureSlip
from beffroi.post.json_types import Address, Bytes32, record, tagged
from beffroi.post.kinds import SlipKind, known_names
from beffroi.post.reading import Reader

DEED = "deed"
"""The kind of a party's signature under a deed: no contract takes it by itself."""

DIGEST: Reader[bytes] = Reader(TypeAdapter(Bytes32), "id")
ROOT: Reader[bytes] = Reader(TypeAdapter(Bytes32), "root")
ACCOUNT: Reader[str] = Reader(TypeAdapter(Address), "account")
PARTY: Reader[str] = Reader(TypeAdapter(Address), "party")


class SlipReaders:
    """Reads what is handed in to one town.

    Args:
        kinds: that it serves, by name.
        deeds: whether it collects signatures under deeds.
        most: slips in a batch.
    """

    def __init__(self, kinds: Mapping[str, SlipKind], *, deeds: bool, most: int) -> None:
        types = {name: kind.request_type for name, kind in kinds.items()}
        slip: Any = tagged("SlipRequest", "kind", types | ({DEED: DeedSignatureSlip} if deeds else {}))
        slips = Annotated[list[slip], Field(min_length=1, max_length=most, fail_fast=True)]
        batch, names = record("BatchRequest", {"slips": slips}), known_names()
        self.one: Reader[dict[str, Any]] = Reader(TypeAdapter(slip), "slip", tag_at=0, elsewhere=names)
        self.many: Reader[dict[str, Any]] = Reader(TypeAdapter(batch), tag_at=2, elsewhere=names)
