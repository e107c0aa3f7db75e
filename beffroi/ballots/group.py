"""The group secp256k1, over libsecp256k1 (coincurve), with as little Python as possible between two calls.

A point is 64 bytes, ``x ‖ y`` big-endian, exactly as contracts hash it and ballots carry it; the point at infinity is
64 zero bytes. A scalar is an ``int``. The low-level functions of libsecp256k1 are called directly: the object layer of
coincurve costs more than the shorter of the operations themselves.

Sources: SEC 2 v2.0 §2.4.1 (curve, generator, order); SEC 1 v2.0 §4.1.6 (public key recovery, which ``recover`` turns
into a linear combination); Ethereum yellow paper, appendix E (``ecrecover``, precompile 1).
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from coincurve._libsecp256k1 import ffi, lib
from coincurve.context import GLOBAL_CONTEXT
from sha3 import keccak_256

N: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""Order of the group (prime)."""
P: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F
"""The field's prime; ``y² = x³ + 7`` over it."""

_CTX: Final[Any] = GLOBAL_CONTEXT.ctx
_UNCOMPRESSED: Final[int] = lib.SECP256K1_EC_UNCOMPRESSED
_new: Final[Any] = ffi.new
_buffer: Final[Any] = ffi.buffer
_parse: Final[Any] = lib.secp256k1_ec_pubkey_parse
_serialize: Final[Any] = lib.secp256k1_ec_pubkey_serialize
_parse_signature: Final[Any] = lib.secp256k1_ecdsa_recoverable_signature_parse_compact
_recover: Final[Any] = lib.secp256k1_ecdsa_recover

_POINT: Final = "secp256k1_pubkey *"
_SIGNATURE: Final = "secp256k1_ecdsa_recoverable_signature *"

Point = bytes

INFINITY: Final[Point] = bytes(64)
G: Final[Point] = bytes.fromhex(
    "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
)


def _load(point: Point) -> Any:
    key = _new(_POINT)
    if not _parse(_CTX, key, b"\x04" + point, 65):
        raise ValueError("not a point of secp256k1")
    return key


def _dump(key: Any) -> Point:
    out = _new("unsigned char[65]")
    _serialize(_CTX, out, _new("size_t *", 65), key, _UNCOMPRESSED)
    return bytes(_buffer(out, 65)[1:])


def is_point(data: bytes) -> bool:
    """Whether ``data`` is 64 bytes holding a point of the curve other than infinity (coordinates below the prime)."""
    return len(data) == 64 and bool(_parse(_CTX, _new(_POINT), b"\x04" + data, 65))


def point(x: int, y: int) -> Point:
    """The 64 bytes of the coordinates ``(x, y)``; nothing is checked."""
    return x.to_bytes(32, "big") + y.to_bytes(32, "big")


def x_of(p: Point) -> int:
    """First coordinate of ``p``."""
    return int.from_bytes(p[:32], "big")


def y_of(p: Point) -> int:
    """Second coordinate of ``p``."""
    return int.from_bytes(p[32:], "big")


def random_scalar() -> int:
    """A scalar drawn uniformly from [1, N − 1] by the system's generator."""
    return secrets.randbelow(N - 1) + 1


def base(k: int) -> Point:
    """``k·G``, in constant time (``secp256k1_ec_pubkey_create``); ``k`` is taken modulo N."""
    k %= N
    if not k:
        return INFINITY
    key = _new(_POINT)
    lib.secp256k1_ec_pubkey_create(_CTX, key, k.to_bytes(32, "big"))
    return _dump(key)


def mul(k: int, p: Point) -> Point:
    """``k·P``, in variable time: for public scalars only (``mul_secret`` for the others)."""
    k %= N
    if not k or p == INFINITY:
        return INFINITY
    key = _load(p)
    lib.secp256k1_ec_pubkey_tweak_mul(_CTX, key, k.to_bytes(32, "big"))
    return _dump(key)


def mul_secret(k: int, p: Point) -> Point:
    """``k·P`` for a secret ``k``, as ``ρ·P + (k − ρ)·P`` with a fresh ρ.

    libsecp256k1 multiplies an arbitrary point in variable time; split so, each of the two multiplications sees a
    uniform scalar, and their durations say nothing of ``k`` (additive blinding: Clavier & Joye, CHES 2001).
    """
    blind = random_scalar()
    return add(mul(blind, p), mul(k - blind, p))


def add(*points: Point) -> Point:
    """The sum of any number of points; equal, opposite and infinite ones included."""
    keys = [_load(p) for p in points if p != INFINITY]
    if not keys:
        return INFINITY
    total = _new(_POINT)
    # combine answers 0 for a sum at infinity, and only then: every term was parsed.
    return _dump(total) if lib.secp256k1_ec_pubkey_combine(_CTX, total, keys, len(keys)) else INFINITY


def add_secret(p: Point, k: int) -> Point:
    """``P + k·G`` for a secret ``k``, as ``P + (k + ρ)·G − ρ·G`` with a fresh ρ: 0 takes the steps of every other."""
    blind = random_scalar()
    return sub(add(p, base(k + blind)), base(blind))


def neg(p: Point) -> Point:
    """``−P``."""
    return p if p == INFINITY else p[:32] + (P - y_of(p)).to_bytes(32, "big")


def sub(p: Point, q: Point) -> Point:
    """``P − Q``."""
    return add(p, neg(q))


def ecrecover(digest: bytes, odd: int, compact: bytes) -> Point | None:
    """The public key whose ECDSA signature ``r ‖ s`` (64 bytes) of ``digest`` this is; R's ordinate has parity ``odd``.

    Answers nothing (``None``) when r or s is out of [1, N − 1], no point has the abscissa r, or the key is infinite.
    """
    signature, key = _new(_SIGNATURE), _new(_POINT)
    if not _parse_signature(_CTX, signature, compact, odd) or not _recover(_CTX, key, signature, digest):
        return None
    return _dump(key)


def recover(x: int, odd: int, a: int, b: int) -> Point | None:
    """``a·R + b·G`` where R is the point of abscissa ``x`` whose ordinate has parity ``odd``: what ``ecrecover`` does.

    ECDSA's recovery returns ``r⁻¹(s·R − z·G)``; with ``r = x``, ``s = a·x`` and ``z = −b·x`` that is ``a·R + b·G``
    (SEC 1 §4.1.6). As the precompile does, it answers nothing (``None``) when x or a·x is 0 modulo N, when x ≥ N,
    when no point has that abscissa, and when the sum is at infinity.
    """
    if x >= N:
        return None
    compact = x.to_bytes(32, "big") + (a * x % N).to_bytes(32, "big")
    return ecrecover((-b * x % N).to_bytes(32, "big"), odd, compact)


def lincomb(a: int, r: Point, b: int) -> Point:
    """``a·R + b·G`` exactly, for any point and scalars, in variable time."""
    x = x_of(r)
    if r == INFINITY or not a % N or x >= N:
        return add(mul(a, r), base(b))
    return recover(x, r[63] & 1, a % N, b % N) or INFINITY


def address(p: Point) -> bytes:
    """The 20-byte Ethereum address of the point: last 20 bytes of keccak256(x ‖ y)."""
    digest: bytes = keccak_256(p).digest()
    return digest[12:]
