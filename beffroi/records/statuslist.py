"""Which papers of a series are revoked, as wallets read it (Token Status List): the chain's own bitmap, compressed."""

import zlib
from collections.abc import Sequence
from typing import Any

from beffroi.records import jws
from beffroi.records.jws import JwsError, Sign
from beffroi.units import DAY_S

TYPE = "statuslist+jwt"
BITS = 256
"""Papers in a word of marks."""
MOST_BYTES = 2**24
"""Of a list: 134 million papers."""
RELIED_S = 31 * DAY_S
"""How long a list is relied on that does not say itself until when: a copy of before a revocation serves as long."""


def status_list(words: Sequence[int]) -> dict[str, Any]:
    """A bit for each paper, as it stands on chain.

    Args:
        words: the revoked bits of `marksOf`, from the first word.
    """
    # Bit by bit from the lowest, in both: the list is the bitmap.
    bits = b"".join(word.to_bytes(BITS // 8, "little") for word in words)
    return {"bits": 1, "lst": jws.encoded(zlib.compress(bits, 9))}


def status_token(words: Sequence[int], sign: Sign, *, uri: str, issued_at_s: int) -> str:
    """The list, signed by the series' key.

    Args:
        words: see `status_list`.
        sign: of that key.
        uri: where it will be found, which credentials name.
        issued_at_s: unix seconds.
    """
    times = {"iat": issued_at_s, "exp": issued_at_s + RELIED_S, "ttl": DAY_S}
    return jws.signed(TYPE, {"sub": uri, **times, "status_list": status_list(words)}, sign)


def is_revoked(token: str, signer: str, uri: str, number: int, now_s: int) -> bool:
    """Whether a signed list says that a paper is revoked.

    Args:
        token: the list.
        signer: the account whose key must have signed.
        uri: of the list that the paper's credential names.
        number: of the paper.
        now_s: unix seconds.

    Raises:
        JwsError: it is none, another signed, it is another list, too old, or it does not tell of that paper.
    """
    payload = jws.verified(token, TYPE, signer)
    if payload.get("sub") != uri:
        raise JwsError(f"this is the list of {payload.get('sub')!r:.80}, where the credential names {uri!r:.80}")
    issued_at_s = payload.get("iat")
    if not isinstance(issued_at_s, int | float):
        raise JwsError("the list does not say of when it is (iat)")
    until_s = payload.get("exp", issued_at_s + RELIED_S)
    if not isinstance(until_s, int | float) or now_s >= until_s:
        raise JwsError("the list is out of date: get it anew, and ask its issuer where it is still this one")
    bits = _bits(payload.get("status_list"))
    if number // 8 >= len(bits):
        raise JwsError(f"the list does not tell of number {number}")
    return bool(bits[number // 8] >> number % 8 & 1)


def _bits(listed: Any) -> bytes:
    if not isinstance(listed, dict) or listed.get("bits") != 1:
        raise JwsError("it has no list of a bit for each credential")
    unpacking = zlib.decompressobj()
    try:
        bits = unpacking.decompress(jws.decoded(listed.get("lst")), MOST_BYTES)
    except zlib.error as error:
        raise JwsError("its list is not compressed as zlib does") from error
    if not unpacking.eof:
        raise JwsError(f"its list is cut off, or longer than {MOST_BYTES:,} bytes")
    return bits
