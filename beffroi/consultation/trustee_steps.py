"""A trustee's step as she signs it: posted by herself, or handed to whoever posts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eth_abi.abi import decode, encode, is_encodable
from eth_abi.exceptions import DecodingError
from eth_utils.crypto import keccak

from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_slips import ARGUMENTS, Message
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.eip712 import Domain, Slip
from beffroi.textfile import json_of

KINDS = {slips.STEP.name: "trustee_step", slips.ACKNOWLEDGEMENT.name: "acknowledgement"}
"""By what is signed, the post office's name for such a slip."""

_UNREAD: Final = (ArithmeticError, AttributeError, DecodingError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class SignedStep:
    """A step that anyone may post.

    Attributes:
        function: of `KeyCeremony` that takes it.
        arguments: that function's own, without ceremony, trustee and signature.
        slip: what was signed.
        signature: the trustee's.
    """

    function: str
    arguments: tuple[Any, ...]
    slip: Slip
    signature: bytes

    def post(self, polls: Polls, poster: Signer, purpose: str) -> dict[str, Any]:
        """Sends it, and gives the receipt.

        Raises:
            TransactionFailedError: the contract refuses.
        """
        ceremony, trustee = self.slip.values[:2]
        return polls.act(
            poster, polls.ceremonies, self.function, ceremony, trustee, *self.arguments, self.signature, purpose=purpose
        )

    def request(self, domain: Domain) -> dict[str, Any]:
        """As the post office takes it, and as it stands on a line of a file."""
        message = {name: _plain(value) for name, value in self.slip.message.items()}
        return {
            "kind": KINDS[self.slip.purpose],
            "message": message,
            "signature": _plain(self.signature),
            "extra": {"arguments": _plain(encode(ARGUMENTS[self.function], self.arguments))},
            "domain": {"chainId": domain.chain_id, "verifyingContract": domain.contract},
        }


def domain_of(polls: Polls) -> Domain:
    """Where trustees' slips are valid."""
    return slips.domain(polls.chain_id, to_address(polls.ceremonies.address))


def sign(polls: Polls, message: Message, trustee: Signer) -> SignedStep:
    """A trustee signs a step.

    Raises:
        DeclinedError: she declined.
    """
    signature = sign_typed(trustee, domain_of(polls).separator, message.slip.struct_hash)
    return SignedStep(message.function, message.arguments, message.slip, signature)


def to_line(polls: Polls, step: SignedStep) -> str:
    """A step as one line of JSON, to hand to whoever posts."""
    return json.dumps(step.request(domain_of(polls)))


def from_lines(polls: Polls, text: str) -> Iterator[tuple[int, SignedStep | ConsultationError]]:
    """The steps of a file, one a line, each with its line's number; of a line that is none of a trustee here, why."""
    domain = domain_of(polls)
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json_of(line)
            where = int(values["domain"]["chainId"]), to_address(values["domain"]["verifyingContract"])
            step = _step(values)
        except _UNREAD as error:
            yield place, ConsultationError(f"it is not a trustee's step: {type(error).__name__} {error}")
            continue
        if where == (domain.chain_id, to_address(domain.contract)):
            yield place, step
        else:
            yield place, ConsultationError("it is a step in a ceremony of another contract or chain")


def _step(values: Mapping[str, Any]) -> SignedStep:
    kinds = {kind: slip_type for slip_type in (slips.STEP, slips.ACKNOWLEDGEMENT) for kind in [KINDS[slip_type.name]]}
    slip_type, told = kinds[values["kind"]], values["message"]
    message = {name: told[name] if kind == "string" else _whole(told[name], kind) for kind, name in slip_type.fields}
    function = str(message["step"]) if slip_type is slips.STEP else "acknowledge"
    data = bytes.fromhex(values["extra"]["arguments"].removeprefix("0x"))
    if slip_type is slips.STEP and keccak(data) != message["messageHash"]:
        raise ValueError("messageHash is not the hash of what is said")
    signature = bytes.fromhex(values["signature"].removeprefix("0x"))
    return SignedStep(function, tuple(decode(ARGUMENTS[function], data)), slip_type.named(message), signature)


def _whole(text: str, kind: str) -> int | bytes:
    """A value of a field, which its type can hold."""
    value = bytes.fromhex(text.removeprefix("0x")) if kind.startswith("bytes") else int(text)
    if not is_encodable(kind, value):
        raise ValueError(f"{text!r:.80} is no {kind}")
    return value


def _plain(value: Any) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)
