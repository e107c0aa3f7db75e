"""What trustees sign (EIP-712): each step of a ceremony, and at its end the key (`docs/ceremony-format.md`).

A step is a call of `KeyCeremony` whose last argument is the signature; what is signed holds a hash of the arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eth_abi import encode  # type: ignore[attr-defined]

from beffroi.ballots.ceremony import DEAL_ABI, Ceremony, Deal
from beffroi.ballots.proofs import Knowledge, pair
from beffroi.ballots.transcript import keccak
from beffroi.eip712 import Domain, Slip, SlipType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from beffroi.ballots.complaints import Complaint
    from beffroi.ballots.group import Point

STEP: Final = SlipType("TrusteeStep(uint256 ceremony,uint256 trustee,string step,bytes32 messageHash)")
ACKNOWLEDGEMENT: Final = SlipType(
    "Acknowledgement(uint256 ceremony,uint256 trustee,uint256 keyX,uint256 keyY,"
    "uint256 shareX,uint256 shareY,bytes32 settingHash)"
)

ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "enrol": ("(uint256,uint256)", "(uint256,uint256)"),
    "commit": ("bytes32", "uint16"),
    "deal": (DEAL_ABI,),
    "complain": (
        "uint256", DEAL_ABI, "(uint256,uint256)", "(uint256,uint256)", "(uint256,uint256,(uint256,uint256))",
    ),
    "acknowledge": ("(uint256,uint256)",),
}  # fmt: skip
"""By step, the ABI's types of what a trustee says in it: the function's arguments after the two numbers."""


@dataclass(frozen=True)
class Message:
    """What a trustee says in a step, before she signs it.

    Attributes:
        function: of `KeyCeremony`.
        arguments: its own, without ceremony, trustee and signature.
        slip: what is signed.
    """

    function: str
    arguments: tuple[Any, ...]
    slip: Slip


def domain(chain_id: int, address: bytes) -> Domain:
    """Where trustees' slips are valid: the contract KeyCeremony at an address, 20 bytes."""
    return Domain("KeyCeremony", chain_id, "0x" + address.hex())


def enrolment(ceremony: Ceremony, index: int, key: Point, proof: Knowledge) -> Message:
    """Message 1."""
    return _step(ceremony, index, "enrol", pair(key), proof.as_tuple())


def commitment(ceremony: Ceremony, index: int, deal_hash: bytes, enrolled: int) -> Message:
    """Message 2: the deal's hash, and for whom it is, as `mask` tells it."""
    return _step(ceremony, index, "commit", deal_hash, enrolled)


def mask(indices: Iterable[int]) -> int:
    """Trustees as bits: j − 1 is trustee j."""
    return sum(1 << (j - 1) for j in indices)


def dealing(ceremony: Ceremony, index: int, deal: Deal) -> Message:
    """Message 3."""
    return _step(ceremony, index, "deal", deal.as_tuple())


def complaint(ceremony: Ceremony, said: Complaint, key: Point, deal: Deal) -> Message:
    """Message 4.

    Args:
        ceremony: the ceremony.
        said: what the accuser shows.
        key: the accuser's, as enrolled.
        deal: the dealer's, as dealt.
    """
    arguments = (said.dealer, deal.as_tuple(), pair(key), pair(said.dh), said.proof.as_tuple())
    return _step(ceremony, said.accuser, "complain", *arguments)


def acknowledgement(ceremony: Ceremony, index: int, key: Point, share_key: Point, proof: Knowledge) -> Message:
    """Message 6: the key, and the trustee's own share of it."""
    return Message("acknowledge", (proof.as_tuple(),), acknowledged(ceremony, index, key, share_key))


def acknowledged(ceremony: Ceremony, index: int, key: Point, share_key: Point) -> Slip:
    """What a trustee signs of h and her X_j."""
    return ACKNOWLEDGEMENT.of(ceremony.id, index, *pair(key), *pair(share_key), ceremony.setting_hash)


def _step(ceremony: Ceremony, index: int, step: str, *arguments: Any) -> Message:
    hash_ = keccak(encode(ARGUMENTS[step], arguments))
    return Message(step, arguments, STEP.of(ceremony.id, index, step, hash_))
