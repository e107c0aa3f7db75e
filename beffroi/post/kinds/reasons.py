"""What a contract's custom error means to whoever posted the slip: one code of ours for each that has a meaning."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address

from beffroi.chain.abi import types
from beffroi.chain.reverts import is_revert, known_errors, revert_data
from beffroi.chain.rpc import RpcError
from beffroi.post.codes import Code
from beffroi.post.model import Refusal

CODES: Mapping[str, Code] = {
    "LocalCurrency_SlipNotYetValid": Code.SLIP_NOT_YET_VALID,
    "LocalCurrency_SlipExpired": Code.SLIP_EXPIRED,
    "LocalCurrency_SlipUsed": Code.SLIP_USED,
    "LocalCurrency_InvalidSignature": Code.INVALID_SIGNATURE,
    "LocalCurrency_NotRegistered": Code.NOT_A_RESIDENT,
    "LocalCurrency_Frozen": Code.ACCOUNT_FROZEN,
    "LocalCurrency_Suspended": Code.ACCOUNT_SUSPENDED,
    "LocalCurrency_Paused": Code.CURRENCY_PAUSED,
    "ERC20InsufficientBalance": Code.INSUFFICIENT_FUNDS,
    "Residents_NoRecovery": Code.SLIP_USED,
    "Residents_Vetoed": Code.SLIP_USED,
    "SlipActs_SlipExpired": Code.SLIP_EXPIRED,
    "SlipActs_SlipSpent": Code.SLIP_USED,
    "MutualCredit_SlipUsed": Code.SLIP_USED,
    "Clearing_AlreadyContested": Code.SLIP_USED,
    "Meters_AlreadyCommitted": Code.SLIP_USED,
    "Programmes_ActGranted": Code.SLIP_USED,
    "Programmes_NonceUsed": Code.SLIP_USED,
    "Programmes_NotOnRoll": Code.NOT_ON_ROLL,
    "Programmes_NotYet": Code.SLIP_NOT_YET_VALID,
    "Programmes_Over": Code.SLIP_EXPIRED,
    "Promises_PledgedOnce": Code.SLIP_USED,
    "Appeals_Once": Code.SLIP_USED,
    "Promises_CounterEvidenceOnce": Code.SLIP_USED,
    "SlipActs_NotSignedBy": Code.INVALID_SIGNATURE,
    "Conveyance_InvalidSignature": Code.INVALID_SIGNATURE,
    "Conveyance_OnlyBuyer": Code.NOT_A_PARTY,
    "Conveyance_TooLate": Code.SLIP_EXPIRED,
    "Consultations_NotOnRoll": Code.NOT_ON_ROLL,
    "Consultations_WrongPhase": Code.CONSULTATION_NOT_OPEN,
}

PASSING = frozenset({Code.SLIP_NOT_YET_VALID, Code.INSUFFICIENT_FUNDS, Code.CURRENCY_PAUSED})
"""What may well be otherwise in a minute."""

STARVED = frozenset(
    {
        "LocalCurrency_OutOfGas",
        "MutualCredit_OutOfGas",
        "Programmes_OutOfGas",
        "Secp256k1_OutOfGas",
        "SlipSignature_OutOfGas",
    }
)
"""Errors of a transaction that was given too little gas: they say nothing of a slip."""

SENTENCES: Mapping[Code, str] = {
    Code.SLIP_NOT_YET_VALID: "the slip is not valid yet",
    Code.SLIP_EXPIRED: "the slip's time is over",
    Code.SLIP_USED: "the slip was carried out or cancelled already",
    Code.INVALID_SIGNATURE: "the slip is not signed by the account that it binds",
    Code.NOT_A_RESIDENT: "an account is not on the town's register",
    Code.ACCOUNT_FROZEN: "an account is frozen by order",
    Code.ACCOUNT_SUSPENDED: "the account that would receive is suspended",
    Code.CURRENCY_PAUSED: "the currency is paused",
    Code.INSUFFICIENT_FUNDS: "the account does not hold that much",
    Code.NOT_ON_ROLL: "the account does not stand there on the sealed roll",
    Code.NOT_A_PARTY: "the account is no party to this sale",
    Code.CONSULTATION_NOT_OPEN: "the consultation takes no ballots now",
}

UNTOLD = Refusal(
    str(Code.CHAIN_UNAVAILABLE),
    message="the chain does not answer: nothing was taken in, come again",
    passing=True,
    untold=True,
)
"""What is said of a slip when the chain said nothing of it."""


def refusal(code: Code, message: str = "", *, name: str = "", args: Mapping[str, Any] | None = None) -> Refusal:
    """A refusal of that code, in our words when none are given."""
    words = message or SENTENCES.get(code, "the contract would refuse this slip")
    return Refusal(str(code), name, args or {}, words, passing=code in PASSING)


def of_revert(data: bytes) -> Refusal:
    """What a revert's data says; data of no known error is given in hexadecimal."""
    if not data:
        return refusal(Code.REFUSED_BY_CONTRACT, "the contract reverts and gives no reason")
    item = known_errors().get(data[:4])
    try:
        values = decode(types(item["inputs"]), data[4:]) if item else ()
    except DecodingError:
        item = None
    if item is None:
        return refusal(Code.REFUSED_BY_CONTRACT, args={"data": "0x" + data[:256].hex()})
    name = str(item["name"])
    args = {it["name"]: _plain(it["type"], value) for it, value in zip(item["inputs"], values, strict=True)}
    if name in STARVED:
        return replace(UNTOLD, name=name, args=args)
    code = CODES.get(name, Code.REFUSED_BY_CONTRACT)
    words = f"the contract refuses: {name}" if code == Code.REFUSED_BY_CONTRACT else ""
    return refusal(code, words, name=name, args=args)


def of_error(error: RpcError) -> Refusal:
    """What a node's answer to a simulated call says; `UNTOLD` when it speaks of no revert, or of gas."""
    if not is_revert(error):
        return UNTOLD
    data = revert_data(error)
    return refusal(Code.REFUSED_BY_CONTRACT) if data is None else of_revert(data)


def _plain(kind: str, value: Any) -> Any:
    if kind == "address":
        return to_checksum_address(value)
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
