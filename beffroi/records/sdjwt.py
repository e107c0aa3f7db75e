"""Papers as SD-JWT VC (RFC 9901), for wallets of the field: out and in, ES256K (RFC 8812), and the status list.

What goes out says what the paper says, under the issuer's signature instead of the chain's root; its status is the
paper's bit on chain. Each export has salts of its own: the seed's salts confirm guesses of the paper's.
"""

import base64
import hashlib
import json
import os
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coincurve import PrivateKey

from beffroi.errors import InputError
from beffroi.records.paper import OwnPaper
from beffroi.signatures import plain
from beffroi.textfile import json_of

TYPE = "dc+sd-jwt"
ALGORITHM = "ES256K"
SALT_BYTES = 16
BITS = 256
"""Papers in a word of marks."""
MOST_BYTES = 2**24
"""Of a status list: 134 million papers."""
_PART = re.compile(r"[A-Za-z0-9_-]+")


class SdJwtError(InputError):
    """What was given is no SD-JWT, or not signed by whom it should be."""


@dataclass(frozen=True)
class SdJwt:
    """A credential as it was read, its signature right.

    Attributes:
        claims: of the payload, without those that can be hidden.
        shown: those that can be hidden and are not.
        signer: the account whose key signed.
    """

    claims: Mapping[str, Any]
    shown: Mapping[str, str]
    signer: str


def export_sdjwt(own: OwnPaper, key: bytes, *, issuer: str, vct: str, issued_at_s: int, status_uri: str) -> str:
    """A paper as an SD-JWT VC, every field of which can be hidden, in the compact form.

    Args:
        own: the paper.
        key: that signs, 32 bytes: the issuer's.
        issuer: a URL by which wallets know it (`iss`).
        vct: the URL of the type of credential.
        issued_at_s: unix seconds.
        status_uri: where the status list is that `status_token` makes.
    """
    said = [(field.name, value) for field, value in zip(own.definition.fields, own.values, strict=True)]
    disclosures = [_part(_json([_text(os.urandom(SALT_BYTES)), name, it])) for name, it in said if it is not None]
    paper = own.paper
    payload = {
        "iss": issuer,
        "iat": issued_at_s,
        "vct": vct,
        "_sd_alg": "sha-256",
        "_sd": sorted(map(_digest, disclosures)),
        "status": {"status_list": {"idx": paper.number, "uri": status_uri}},
        **({"nbf": paper.from_s} if paper.from_s else {}),
        **({"exp": paper.until_s} if paper.until_s else {}),
    }
    return "~".join([_signed({"alg": ALGORITHM, "typ": TYPE}, payload, key), *disclosures, ""])


def hide(token: str, shown: Sequence[str]) -> str:
    """The same credential with these fields alone.

    Raises:
        SdJwtError: it has no such field.
    """
    head, *disclosures = _parts(token)
    named = {_disclosed(it)[0]: it for it in disclosures}
    if missing := set(shown) - named.keys():
        raise SdJwtError(f"it has no {', '.join(sorted(missing))}")
    return "~".join([head, *(named[name] for name in shown), ""])


def read_sdjwt(token: str, signer: str, now_s: int) -> SdJwt:
    """A credential, its signature and times checked.

    Args:
        token: in the compact form, without a key binding.
        signer: the account whose key must have signed.
        now_s: unix seconds.

    Raises:
        SdJwtError: it is none; another signed; it has not begun, or has ended; or a field was changed, added or given
            twice.
    """
    head, *disclosures = _parts(token)
    payload = _verified(head, TYPE, signer)
    if payload.get("_sd_alg", "sha-256") != "sha-256":
        raise SdJwtError(f"its fields are hashed by {payload['_sd_alg']!r:.40}: sha-256 is read here")
    if not isinstance(payload.get("vct"), str):
        raise SdJwtError("it does not say what it is (vct)")
    begins, ends = payload.get("nbf", 0), payload.get("exp", now_s + 1)
    if not isinstance(begins, int | float) or not isinstance(ends, int | float) or not begins <= now_s < ends:
        raise SdJwtError("it does not hold yet, or has ended")
    sealed, shown = payload.get("_sd", []), {}
    for disclosure in disclosures:
        name, value = _disclosed(disclosure)
        if _digest(disclosure) not in sealed:
            raise SdJwtError(f"it does not say {name}: {value!r:.60}; the field was changed or added")
        if name in shown or name in payload:
            raise SdJwtError(f"the field {name} is given twice")
        shown[name] = value
    claims = {name: value for name, value in payload.items() if name not in {"_sd", "_sd_alg"}}
    return SdJwt(claims, shown, signer)


def status_token(words: Sequence[int], key: bytes, *, uri: str, issued_at_s: int) -> str:
    """The status list of a series (Token Status List): a bit for each paper, as it stands on chain.

    Args:
        words: the words of `marksOf`, its revoked bits, from the first.
        key: that signs, 32 bytes.
        uri: where it will be found.
        issued_at_s: unix seconds.
    """
    # Bit by bit from the lowest, in both: the list is the bitmap.
    bits = b"".join(word.to_bytes(BITS // 8, "little") for word in words)
    lists = {"bits": 1, "lst": _text(zlib.compress(bits, 9))}
    payload = {"sub": uri, "iat": issued_at_s, "status_list": lists}
    return _signed({"alg": ALGORITHM, "typ": "statuslist+jwt"}, payload, key)


def is_revoked(token: str, signer: str, number: int) -> bool:
    """Whether a status list says that a paper is revoked.

    Raises:
        SdJwtError: it is none, another signed, or it does not tell of that paper.
    """
    payload = _verified(token, "statuslist+jwt", signer)
    try:
        lists = payload["status_list"]
        bits = zlib.decompressobj().decompress(_bytes(lists["lst"]), MOST_BYTES) if lists["bits"] == 1 else b""
    except (KeyError, TypeError, zlib.error) as error:
        raise SdJwtError("it has no list of a bit for each credential") from error
    if number // 8 >= len(bits):
        raise SdJwtError(f"the list does not tell of number {number}")
    return bool(bits[number // 8] >> number % 8 & 1)


def _signed(header: Mapping[str, Any], payload: Mapping[str, Any], key: bytes) -> str:
    signed = f"{_part(_json(header))}.{_part(_json(payload))}"
    signature = PrivateKey(key).sign_recoverable(signed.encode())[:64]  # of the SHA-256 of it
    return f"{signed}.{_text(signature)}"


def _verified(token: str, kind: str, signer: str) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3:
        raise SdJwtError("it is no JWT: header.payload.signature")
    header, payload = (_object(part) for part in parts[:2])
    if (header.get("alg"), header.get("typ")) != (ALGORITHM, kind):
        raise SdJwtError(f"it is a {header.get('typ')!r:.40} by {header.get('alg')!r:.40}, not {kind} by {ALGORITHM}")
    digest, signature = hashlib.sha256(f"{parts[0]}.{parts[1]}".encode()).digest(), _bytes(parts[2])
    # JWS does not say which of the curve's points was meant, and takes a high s too.
    if not any(plain(signature + bytes([v]), digest, signer) for v in (27, 28)):
        raise SdJwtError(f"{signer} did not sign it, or it was changed")
    return payload


def _parts(token: str) -> list[str]:
    *parts, binding = token.strip().split("~")
    if not parts or binding:
        raise SdJwtError("it is no SD-JWT: JWT~field~…~, and nothing bound to a key after it")
    return parts


def _disclosed(disclosure: str) -> tuple[str, str]:
    value = json_of(_bytes(disclosure).decode(errors="replace"))
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(it, str) for it in value):
        raise SdJwtError("a field is no list of salt, name and text")
    return value[1], value[2]


def _object(part: str) -> dict[str, Any]:
    value = json_of(_bytes(part).decode(errors="replace"))
    if not isinstance(value, dict):
        raise SdJwtError("header and payload are objects")
    return value


def _bytes(part: str) -> bytes:
    if not isinstance(part, str) or not _PART.fullmatch(part):
        raise SdJwtError(f"{part!r:.40} is not base64url")
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _digest(disclosure: str) -> str:
    return _text(hashlib.sha256(disclosure.encode()).digest())


def _part(text: str) -> str:
    return _text(text.encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
