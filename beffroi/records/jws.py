"""Signed JSON of wallets (JWS, RFC 7515) by the chain's own curve: ES256K (RFC 8812), in the compact form."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from beffroi.ballots import group
from beffroi.errors import InputError
from beffroi.signatures import plain
from beffroi.textfile import json_of

ALGORITHM = "ES256K"
Sign = Callable[[bytes], bytes]
"""Signs a hash of 32 bytes: r ‖ s and whatever follows, which JWS leaves away. `Key.sign` is one."""
_PART = re.compile(r"[A-Za-z0-9_-]+")


class JwsError(InputError):
    """What was given is no signed JSON, or not signed by whom it should be."""


def signed(kind: str, payload: Mapping[str, Any], sign: Sign) -> str:
    """Signs JSON.

    Args:
        kind: its media type, `typ`.
        payload: what is said.
        sign: of the key that says so.
    """
    header = {"alg": ALGORITHM, "typ": kind}
    said = f"{encoded(json_bytes(header))}.{encoded(json_bytes(payload))}"
    return f"{said}.{encoded(sign(_digest(said))[:64])}"


def verified(token: str, kind: str, signer: str) -> dict[str, Any]:
    """What signed JSON says.

    Raises:
        JwsError: it is none, of another kind or algorithm, or not signed by that account's key.
    """
    parts = token.split(".")
    if len(parts) != 3:
        raise JwsError("it is no JWT: header.payload.signature")
    header, payload = (object_of(part) for part in parts[:2])
    if (header.get("alg"), header.get("typ")) != (ALGORITHM, kind):
        raise JwsError(f"it is a {header.get('typ')!r:.40} by {header.get('alg')!r:.40}, not {kind} by {ALGORITHM}")
    digest, signature = _digest(f"{parts[0]}.{parts[1]}"), decoded(parts[2])
    # JWS does not say which of the curve's points was meant, and takes a high s too.
    if not any(plain(signature + bytes([v]), digest, signer) for v in (27, 28)):
        raise JwsError(f"{signer} did not sign it, or it was changed")
    return payload


def jwk(public_key: bytes) -> dict[str, str]:
    """A public key, x ‖ y in 64 bytes, as wallets write it (RFC 8812)."""
    return {"kty": "EC", "crv": "secp256k1", "x": encoded(public_key[:32]), "y": encoded(public_key[32:])}


def account_of(key: Any) -> str:
    """The account of a public key that `jwk` wrote.

    Raises:
        JwsError: it is none of the chain's curve.
    """
    if not isinstance(key, dict) or (key.get("kty"), key.get("crv")) != ("EC", "secp256k1"):
        raise JwsError("the key is not one of secp256k1, the chain's curve")
    x, y = (decoded(key.get(it)) for it in "xy")
    if not group.is_point(x + y):
        raise JwsError("the key's x and y are no point of the curve")
    return "0x" + group.address(x + y).hex()


def key_behind(signature: bytes, digest: bytes, account: str) -> bytes | None:
    """The public key, x ‖ y in 64 bytes, by which an account signed a hash; None where no key of its own did."""
    form = plain(signature, digest, account)
    return None if form is None else group.ecrecover(digest, form[64] - 27, form[:64])


def encoded(data: bytes) -> str:
    """As base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(part: Any) -> bytes:
    """The inverse of `encoded`.

    Raises:
        JwsError: it is no such text.
    """
    if not isinstance(part, str) or not _PART.fullmatch(part) or len(part) % 4 == 1:
        raise JwsError(f"{part!r:.40} is not base64url")
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def object_of(part: str) -> dict[str, Any]:
    """An object of JSON in base64url.

    Raises:
        JwsError: it is none.
    """
    value = json_of(decoded(part).decode(errors="replace"))
    if not isinstance(value, dict):
        raise JwsError("header and payload are objects")
    return value


def json_bytes(value: Any) -> bytes:
    """JSON without spaces, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def sha256(text: str) -> str:
    """SHA-256 of a text, in base64url."""
    return encoded(_digest(text))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
