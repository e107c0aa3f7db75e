"""Who signed a transaction that casts a ballot, by its own bytes: a node's word for who sent it is nobody's signature.

Sources: EIP-155 (legacy, with the chain in v), EIP-2930 (type 1), EIP-1559 (type 2), EIP-7702 (type 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import rlp
from eth_abi import decode  # type: ignore[attr-defined]
from eth_abi.exceptions import DecodingError

from beffroi.ballots.group import N, address, ecrecover
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKET: Final = ("maxPriorityFeePerGas", "maxFeePerGas")
_FEES: Final = {1: ("gasPrice",), 2: _MARKET, 4: _MARKET}
_MALFORMED: Final = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)
"""What comes of reading a transaction of another shape than the standard's."""
_LEGACY_V: Final = 35
"""Of EIP-155: v is this, twice the chain's id and the parity; below, a transaction is of no chain."""

_CAST: Final = keccak(b"cast(uint256,uint256,bytes,bytes32[])")[:4]
_AGAIN: Final = keccak(
    b"castAgain(uint256,uint256,address,bytes,bytes,bytes32[],(uint256,bytes,bytes32[]))",
)[:4]


def cast_in(transaction: Mapping[str, Any]) -> tuple[int, int, bytes] | None:
    """The consultation, the place on its roll and the ballot that a voter casts by a transaction of her own.

    Args:
        transaction: as ``eth_getTransactionByHash`` tells it.

    Returns:
        None where its input is no call of ``cast``, nor of ``castAgain`` without a slip's signature: a ballot that
        stands anywhere else in it was not cast by who signed it.
    """
    try:
        call = _bytes(transaction["input"])
        if call[:4] == _CAST:
            number, index, ballot = decode(["uint256", "uint256", "bytes"], call[4:])
            return number, index, ballot
        if call[:4] == _AGAIN:
            number, index, _, ballot, signature = decode(["uint256", "uint256", "address", "bytes", "bytes"], call[4:])
            return None if signature else (number, index, ballot)
    except (*_MALFORMED, DecodingError):
        return None
    return None


def signer_of(transaction: Mapping[str, Any], chain_id: int) -> bytes | None:
    """The account that signed a transaction for a chain, whoever ``from`` says it is.

    Args:
        transaction: as ``eth_getTransactionByHash`` tells it.
        chain_id: of the chain that it must be for.

    Returns:
        The account's 20 bytes; None where nobody's signature fits, or the transaction is of a kind unknown here.
    """
    try:
        unsigned, odd = _unsigned(transaction, chain_id)
        r, s = (int(transaction[name], 16) for name in ("r", "s"))
    except _MALFORMED:
        return None
    if odd not in {0, 1} or not 0 < r < N or not 0 < s <= N // 2:
        return None
    key = ecrecover(keccak(unsigned), odd, r.to_bytes(32) + s.to_bytes(32))
    return None if key is None else address(key)


def _unsigned(sent: Mapping[str, Any], chain_id: int) -> tuple[bytes, int]:
    """What was signed, and the parity of the signature's point.

    Raises:
        KeyError, TypeError, ValueError: it is of another chain, or of a kind unknown here.
    """
    kind = int(sent.get("type") or "0x0", 16)
    what = [_number(sent["gas"]), _bytes(sent["to"]), _number(sent["value"]), _bytes(sent["input"])]
    if kind == 0:
        parity = int(sent["v"], 16) - _LEGACY_V - 2 * chain_id
        return rlp.encode([_number(sent["nonce"]), _number(sent["gasPrice"]), *what, _int(chain_id), b"", b""]), parity
    fees = [_number(sent[name]) for name in _FEES[kind]]
    listed = sent.get("accessList") or ()
    access = [[_bytes(it["address"]), [_bytes(key) for key in it["storageKeys"]]] for it in listed]
    fields: list[Any] = [_int(chain_id), _number(sent["nonce"]), *fees, *what, access]
    if kind == 4:
        fields.append([_authorization(it) for it in sent["authorizationList"]])
    return bytes([kind]) + rlp.encode(fields), int(sent.get("yParity", sent["v"]), 16)


def _authorization(told: Mapping[str, str]) -> list[bytes]:
    """EIP-7702: another account's leave to run code as its own."""
    signature = [_number(told[name]) for name in ("yParity", "r", "s")]
    return [_number(told["chainId"]), _bytes(told["address"]), _number(told["nonce"]), *signature]


def _int(value: int) -> bytes:
    return value.to_bytes((value.bit_length() + 7) // 8)


def _number(hexadecimal: str) -> bytes:
    return _int(int(hexadecimal, 16))


def _bytes(hexadecimal: str | None) -> bytes:
    return bytes.fromhex((hexadecimal or "").removeprefix("0x"))
