"""What `KeyCeremony` told the world, decoded. Whether its trustees said it, `keycheck` finds out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from beffroi.ballots.ceremony import Deal
from beffroi.ballots.complaints import Complaint
from beffroi.ballots.proofs import Dleq, Knowledge, unpair
from beffroi.ballots.transcript import to_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from beffroi.ballots.group import Point


@dataclass(frozen=True)
class CeremonyOpened:
    """A ceremony began, of a key that one contract may use."""

    id: int
    consumer: bytes
    trustees: tuple[bytes, ...]
    threshold: int


@dataclass(frozen=True)
class Enrolled:
    """A trustee registered its encryption key."""

    id: int
    index: int
    key: Point
    proof: Knowledge
    signature: bytes


@dataclass(frozen=True)
class Committed:
    """A dealer committed to its deal for those who enrolled; bit j − 1 is trustee j."""

    id: int
    index: int
    deal_hash: bytes
    enrolled: int
    signature: bytes


@dataclass(frozen=True)
class Dealt:
    """A dealer opened its deal."""

    id: int
    index: int
    deal: Deal
    signature: bytes


@dataclass(frozen=True)
class Complained:
    """A complaint was judged; which of the two it excluded shows from the deal."""

    id: int
    complaint: Complaint
    signature: bytes


@dataclass(frozen=True)
class KeyProposed:
    """The keys were computed; ``share_keys[j − 1]`` is X_j."""

    id: int
    key: Point
    share_keys: tuple[Point, ...]


@dataclass(frozen=True)
class Acknowledged:
    """A holder signed the key and her share of it."""

    id: int
    index: int
    proof: Knowledge
    signature: bytes


@dataclass(frozen=True)
class KeyReady:
    """The key stands."""

    id: int


CeremonyEvent = CeremonyOpened | Enrolled | Committed | Dealt | Complained | KeyProposed | Acknowledged | KeyReady


def _complained(v: Mapping[str, Any]) -> Complained:
    e, w, p = v["proof"]
    said = Complaint(v["accuser"], v["dealer"], unpair(v["shared"]), Dleq(e, w, unpair(p)))
    return Complained(v["id"], said, v["signature"])


BUILDERS: Final[Mapping[str, Callable[[Mapping[str, Any]], CeremonyEvent]]] = {
    "CeremonyOpened": lambda v: CeremonyOpened(
        v["id"], to_address(v["consumer"]), tuple(map(to_address, v["trustees"])), v["threshold"]
    ),
    "Enrolled": lambda v: Enrolled(v["id"], v["index"], unpair(v["key"]), Knowledge(*v["proof"]), v["signature"]),
    "Committed": lambda v: Committed(v["id"], v["index"], v["dealHash"], v["enrolled"], v["signature"]),
    "Dealt": lambda v: Dealt(v["id"], v["index"], Deal.from_tuple(v["deal"]), v["signature"]),
    "DealerExcluded": _complained,
    "AccuserExcluded": _complained,
    "KeyProposed": lambda v: KeyProposed(v["id"], unpair(v["key"]), tuple(map(unpair, v["shareKeys"]))),
    "Acknowledged": lambda v: Acknowledged(v["id"], v["index"], Knowledge(*v["proof"]), v["signature"]),
    "KeyReady": lambda v: KeyReady(v["id"]),
}
"""By the event's name, what its values make."""
