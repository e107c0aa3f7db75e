"""Papers as SD-JWT VC (RFC 9901), for wallets of the field: out and in, ES256K (RFC 8812), bound to the holder's key.

What goes out says what the paper says, under the issuer's signature instead of the chain's root; its status is the
paper's bit on chain. Each export has salts of its own: the seed's salts confirm guesses of the paper's.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.records import jws
from beffroi.records.jws import JwsError, Sign
from beffroi.records.paper import NOBODY, OwnPaper
from beffroi.records.paperbatch import PaperDraft
from beffroi.records.statuslist import is_revoked
from beffroi.textfile import json_of

TYPE, BINDING = "dc+sd-jwt", "kb+jwt"
SALT_BYTES = 16
FRESH_S = 600
"""How long after it was signed a presentation is taken."""
_RESERVED = frozenset({"_sd", "_sd_alg", "iss", "nbf", "exp", "iat", "cnf", "vct", "status"})
"""What an issuer may not let a holder hide (SD-JWT VC)."""


class SdJwtError(JwsError):
    """What was given is no SD-JWT, or does not say what it should."""


@dataclass(frozen=True)
class Credential:
    """Who issues what, as wallets of the field name it.

    Attributes:
        issuer: a URL by which wallets know who issues (`iss`).
        vct: the URL of the type of credential.
        status_uri: where the status list is that `status_token` makes.
        issued_at_s: unix seconds.
    """

    issuer: str
    vct: str
    status_uri: str
    issued_at_s: int


@dataclass(frozen=True)
class Asked:
    """What a verifier asks of whoever presents a credential.

    Attributes:
        audience: herself, as she calls herself.
        nonce: that she gave.
    """

    audience: str
    nonce: str


@dataclass(frozen=True)
class SdJwt:
    """A credential as it was read, its signature right.

    Attributes:
        claims: of the payload, without those that can be hidden.
        shown: those that can be hidden and are not.
        signer: the account whose key signed.
        holder: the account whose key it is bound to, in small letters; None where it is bound to none.
    """

    claims: Mapping[str, Any]
    shown: Mapping[str, str]
    signer: str
    holder: str | None

    @property
    def draft(self) -> PaperDraft:
        """The same as a paper before it is sealed."""
        from_s, until_s = (int(self.claims.get(name, 0)) for name in ("nbf", "exp"))
        return PaperDraft(self.shown, to_checksum_address(self.holder) if self.holder else NOBODY, from_s, until_s)

    def require_valid(self, listed: str, now_s: int) -> None:
        """Lets no credential pass that its status list has as revoked.

        Args:
            listed: the list that it names, signed by the same key.
            now_s: unix seconds.

        Raises:
            JwsError: it names none, this is another or out of date, or it is revoked.
        """
        try:
            place = self.claims["status"]["status_list"]
            number, uri = int(place["idx"]), str(place["uri"])
        except (KeyError, TypeError, ValueError) as error:
            raise SdJwtError("it names no status list") from error
        if number < 0 or is_revoked(listed, self.signer, uri, number, now_s):
            raise SdJwtError(f"number {number} is revoked, by the list {uri}")


def export_sdjwt(own: OwnPaper, sign: Sign, said: Credential, holder: bytes | None = None) -> str:
    """A paper as an SD-JWT VC, every field of which can be hidden, in the compact form.

    Args:
        own: the paper.
        sign: of the issuer's key.
        said: by whom, of which type.
        holder: the public key of the account that the paper is about, x ‖ y in 64 bytes; None for one about nobody.

    Raises:
        SdJwtError: the key is another's, or lacks; or a field has a name that an SD-JWT VC keeps for itself.
    """
    paper = own.paper
    bound = NOBODY if holder is None else jws.account_of(jws.jwk(holder))
    if bound != paper.subject.lower():
        raise SdJwtError(f"the paper is about {paper.subject}, and the credential would be bound to {bound}")
    told = [(field.name, value) for field, value in zip(own.definition.fields, own.values, strict=True)]
    if kept := _RESERVED & {name for name, _ in told}:
        raise SdJwtError(f"an SD-JWT VC keeps {', '.join(sorted(kept))} for itself: the schema cannot go out as one")
    disclosures = [_disclosure(name, value) for name, value in told if value is not None]
    payload = {
        "iss": said.issuer,
        "iat": said.issued_at_s,
        "vct": said.vct,
        "_sd_alg": "sha-256",
        "_sd": sorted(map(jws.sha256, disclosures)),
        "status": {"status_list": {"idx": paper.number, "uri": said.status_uri}},
        **({"cnf": {"jwk": jws.jwk(holder)}} if holder else {}),
        **({"nbf": paper.from_s} if paper.from_s else {}),
        **({"exp": paper.until_s} if paper.until_s else {}),
    }
    return "~".join([jws.signed(TYPE, payload, sign), *disclosures, ""])


def hide(token: str, shown: Sequence[str]) -> str:
    """The same credential with these fields alone.

    Raises:
        SdJwtError: it has no such field, or one is named twice.
    """
    head, *disclosures = _parts(token)
    named = {_disclosed(it)[0]: it for it in disclosures}
    if missing := set(shown) - named.keys():
        raise SdJwtError(f"it has no {', '.join(sorted(missing))}")
    if len(set(shown)) != len(shown):
        raise SdJwtError("a field is shown once")
    return "~".join([head, *(named[name] for name in shown), ""])


def present(token: str, shown: Sequence[str], asked: Asked, sign: Sign, at_s: int) -> str:
    """A credential with these fields alone, for one verifier with her nonce: bound to the holder's key.

    Args:
        token: the credential, all of it.
        shown: names of fields.
        asked: by her.
        sign: of the holder's key.
        at_s: unix seconds.

    Raises:
        SdJwtError: it has no such field.
    """
    short = hide(token, shown)
    said = {"iat": at_s, "aud": asked.audience, "nonce": asked.nonce, "sd_hash": jws.sha256(short)}
    return short + jws.signed(BINDING, said, sign)


def read_sdjwt(token: str, signer: str, now_s: int) -> SdJwt:
    """A credential, its signature and times checked.

    Args:
        token: in the compact form, without a key binding.
        signer: the account whose key must have signed.
        now_s: unix seconds.

    Raises:
        JwsError: it is none; another signed; it has not begun, or has ended; or a field was changed, added or given
            twice.
    """
    head, *disclosures = _parts(token)
    payload = jws.verified(head, TYPE, signer)
    if payload.get("_sd_alg", "sha-256") != "sha-256":
        raise SdJwtError(f"its fields are hashed by {payload['_sd_alg']!r:.40}: sha-256 is read here")
    if not isinstance(payload.get("vct"), str):
        raise SdJwtError("it does not say what it is (vct)")
    begins, ends = payload.get("nbf", 0), payload.get("exp", now_s + 1)
    if not isinstance(begins, int | float) or not isinstance(ends, int | float) or not begins <= now_s < ends:
        raise SdJwtError("it does not hold yet, or has ended")
    shown = _shown(payload, disclosures)
    claims = {name: value for name, value in payload.items() if name not in {"_sd", "_sd_alg"}}
    return SdJwt(claims, shown, signer, _holder(payload))


def read_presented(token: str, signer: str, asked: Asked, now_s: int) -> SdJwt:
    """A credential that its holder presents to one verifier: what `read_sdjwt` checks, and that it is for her, now.

    Args:
        token: the credential with its key binding.
        signer: the account whose key must have signed the credential.
        asked: by her.
        now_s: unix seconds.

    Raises:
        JwsError: as of `read_sdjwt`; or whoever shows it is not its holder, showed it to another, for another nonce,
            not just now, or with other fields than are here.
    """
    short, tilde, binding = token.strip().rpartition("~")
    if not binding:
        raise SdJwtError("nobody presents it: it is bound to no verifier's nonce")
    read = read_sdjwt(short + tilde, signer, now_s)
    if read.holder is None:
        raise SdJwtError("it is bound to no holder's key: whoever has it shows it")
    said = jws.verified(binding, BINDING, read.holder)
    if (said.get("aud"), said.get("nonce")) != (asked.audience, asked.nonce):
        raise SdJwtError(f"it was shown to {said.get('aud')!r:.80}, or for another nonce: somebody passes it on")
    if said.get("sd_hash") != jws.sha256(short + tilde):
        raise SdJwtError("its holder showed other fields than are here: one was added or left out since")
    at_s = said.get("iat")
    if not isinstance(at_s, int) or abs(now_s - at_s) > FRESH_S:
        raise SdJwtError("it was not signed just now: ask for it again, and see that both clocks are right")
    return read


def _shown(payload: Mapping[str, Any], disclosures: Sequence[str]) -> dict[str, str]:
    sealed, shown = payload.get("_sd", []), {}
    for disclosure in disclosures:
        name, value = _disclosed(disclosure)
        if not isinstance(sealed, list) or jws.sha256(disclosure) not in sealed:
            raise SdJwtError(f"it does not say {name}: {value!r:.60}; the field was changed or added")
        if name in shown or name in payload or name in _RESERVED:
            raise SdJwtError(f"the field {name} is given twice")
        shown[name] = value
    return shown


def _holder(payload: Mapping[str, Any]) -> str | None:
    if "cnf" not in payload:
        return None
    confirmed = payload["cnf"]
    if not isinstance(confirmed, dict) or "jwk" not in confirmed:
        raise SdJwtError("it is bound to a key that it does not give (cnf.jwk)")
    return jws.account_of(confirmed["jwk"])


def _parts(token: str) -> list[str]:
    *parts, binding = token.strip().split("~")
    if not parts or binding:
        raise SdJwtError("it is no SD-JWT: JWT~field~…~, and nothing bound to a key after it")
    return parts


def _disclosure(name: str, value: str) -> str:
    return jws.encoded(jws.json_bytes([jws.encoded(os.urandom(SALT_BYTES)), name, value]))


def _disclosed(disclosure: str) -> tuple[str, str]:
    value = json_of(jws.decoded(disclosure).decode(errors="replace"))
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(it, str) for it in value):
        raise SdJwtError("a field is no list of salt, name and text")
    return value[1], value[2]
