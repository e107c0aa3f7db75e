"""What the post office answers when it refuses: codes that machines read, each with its one HTTP status."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from beffroi.errors import BeffroiError


class Code(StrEnum):
    """Why a request or a slip is refused. Stable: a code is never given another meaning."""

    MALFORMED_JSON = "malformed_json"
    MALFORMED_REQUEST = "malformed_request"
    BODY_TOO_LARGE = "body_too_large"
    VALUE_OUT_OF_RANGE = "value_out_of_range"
    KIND_NOT_SERVED = "kind_not_served"
    OTHER_CHAIN = "other_chain"
    OTHER_CONTRACT = "other_contract"
    CONTENT_MISMATCH = "content_mismatch"
    INVALID_SIGNATURE = "invalid_signature"
    SLIP_EXPIRED = "slip_expired"
    SLIP_NOT_YET_VALID = "slip_not_yet_valid"
    SLIP_USED = "slip_used"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_SUSPENDED = "account_suspended"
    NOT_A_RESIDENT = "not_a_resident"
    CURRENCY_PAUSED = "currency_paused"
    CONSULTATION_UNKNOWN = "consultation_unknown"
    CONSULTATION_NOT_OPEN = "consultation_not_open"
    NOT_ON_ROLL = "not_on_roll"
    ROLL_UNKNOWN = "roll_unknown"
    BALLOT_COUNTED = "ballot_counted"
    BALLOT_OUT_OF_SEQUENCE = "ballot_out_of_sequence"
    BALLOT_PROOF_INVALID = "ballot_proof_invalid"
    DEED_UNKNOWN = "deed_unknown"
    NOT_A_PARTY = "not_a_party"
    SLIP_UNKNOWN = "slip_unknown"
    REFUSED_BY_CONTRACT = "refused_by_contract"
    RATE_LIMITED = "rate_limited"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_BUSY = "too_busy"
    CHAIN_UNAVAILABLE = "chain_unavailable"
    STORE_UNAVAILABLE = "store_unavailable"
    INTERNAL_ERROR = "internal_error"


STATUS: Mapping[Code, int] = {
    Code.MALFORMED_JSON: 400,
    Code.MALFORMED_REQUEST: 422,
    Code.BODY_TOO_LARGE: 413,
    Code.VALUE_OUT_OF_RANGE: 403,
    Code.KIND_NOT_SERVED: 404,
    Code.OTHER_CHAIN: 409,
    Code.OTHER_CONTRACT: 409,
    Code.CONTENT_MISMATCH: 409,
    Code.INVALID_SIGNATURE: 403,
    Code.SLIP_EXPIRED: 409,
    Code.SLIP_NOT_YET_VALID: 409,
    Code.SLIP_USED: 409,
    Code.INSUFFICIENT_FUNDS: 409,
    Code.ACCOUNT_FROZEN: 403,
    Code.ACCOUNT_SUSPENDED: 403,
    Code.NOT_A_RESIDENT: 403,
    Code.CURRENCY_PAUSED: 409,
    Code.CONSULTATION_UNKNOWN: 404,
    Code.CONSULTATION_NOT_OPEN: 409,
    Code.NOT_ON_ROLL: 404,
    Code.ROLL_UNKNOWN: 404,
    Code.BALLOT_COUNTED: 409,
    Code.BALLOT_OUT_OF_SEQUENCE: 409,
    Code.BALLOT_PROOF_INVALID: 403,
    Code.DEED_UNKNOWN: 404,
    Code.NOT_A_PARTY: 403,
    Code.SLIP_UNKNOWN: 404,
    Code.REFUSED_BY_CONTRACT: 409,
    Code.RATE_LIMITED: 429,
    Code.NOT_FOUND: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.TOO_BUSY: 503,
    Code.CHAIN_UNAVAILABLE: 503,
    Code.STORE_UNAVAILABLE: 503,
    Code.INTERNAL_ERROR: 500,
}


@with_config(ConfigDict(extra="forbid"))
class ProblemAnswer(TypedDict):
    """Why a request or a slip is refused, as JSON has it."""

    code: Code
    message: str
    details: dict[str, Any]


class PostError(BeffroiError):
    """A refusal, as the client is told it.

    Args:
        code: of the enumeration.
        message: one sentence for a person; says nothing that the client did not send or the chain does not show.
        details: for a machine: the path of a member, a custom error's name and arguments, seconds to wait.
    """

    def __init__(self, code: Code, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    @property
    def status(self) -> int:
        """Of HTTP."""
        return STATUS[self.code]

    @property
    def body(self) -> ProblemAnswer:
        """As JSON has it."""
        return {"code": self.code, "message": self.message, "details": self.details}
