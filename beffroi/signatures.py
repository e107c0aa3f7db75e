"""Signatures by a key, in whatever form its wallet gives them, brought to the one form that the contracts take.

What is brought there signs the same digest with the same key: nothing is lost, so the contracts can stay strict.
"""

from beffroi.ballots.group import N
from beffroi.ballots.records import signer

WORD = 32
COMPACT = 64
"""EIP-2098: r, and s with v's parity in its highest bit."""
PLAIN = 65


def plain(signature: bytes, digest: bytes, account: str) -> bytes | None:
    """The signature r ‖ s ‖ v with low s and v of 27 or 28, 65 bytes; None when the account's key did not sign it.

    Args:
        signature: in that form, with v of 0 or 1 (Ledger, Frame), with high s, or in 64 bytes (EIP-2098).
        digest: that was signed, 32 bytes.
        account: whose key it must be, 0x-hex.
    """
    form = _brought(signature)
    return form if form is not None and signer(digest, form) == bytes.fromhex(account[2:]) else None


def plain_or_same(signature: bytes, digest: bytes, account: str) -> bytes:
    """As `plain`; what no key of that account signed is left as it came: it may be a smart account's (ERC-1271)."""
    form = _brought(signature)
    if form is None or form == signature:
        return signature
    return plain(form, digest, account) or signature


def _brought(signature: bytes) -> bytes | None:
    r, s = signature[:WORD], int.from_bytes(signature[WORD:COMPACT])
    if len(signature) == COMPACT:
        odd, s = s >> 255, s & ((1 << 255) - 1)
    elif len(signature) == PLAIN and signature[COMPACT] in {0, 1, 27, 28}:
        odd = signature[COMPACT] % 27
    else:
        return None
    if N // 2 < s < N:
        odd, s = 1 - odd, N - s
    return r + s.to_bytes(WORD) + bytes([27 + odd])
