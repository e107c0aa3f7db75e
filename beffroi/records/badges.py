"""Open Badges 3.0 in and out, by openbadgeslib, which checks proofs and contexts without a network.

In come credentials with a VC-JWT proof (RS256, ES256, EdDSA) or a Data Integrity proof (eddsa-rdfc-2022). Out go papers
of the schema `BADGE` with a VC-JWT proof by a key of the field (Ed25519 or P-256): its verifiers know no secp256k1.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eth_utils.address import to_checksum_address
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.keys import KeyFactory, alg_for_key_type, detect_key_type, key_to_pem
from openbadgeslib.ob3 import (
    Achievement,
    Evidence,
    Issuer,
    OB3LdpVerifier,
    OB3Signer,
    OB3Verifier,
    OpenBadgeCredential,
    build_status_list_credential,
    did_key_from_pem,
    sign_status_list_credential,
    status_entry,
)

from beffroi.errors import InputError
from beffroi.records.attested import BITS
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.jws import object_of
from beffroi.records.paper import NOBODY, OwnPaper
from beffroi.records.paperbatch import PaperDraft
from beffroi.records.statuslist import RELIED_S
from beffroi.textfile import text_of
from beffroi.units import DAY_S

BADGE = Definition(
    "badge",
    (
        SchemaField("achievement"),
        SchemaField("name"),
        SchemaField("description"),
        SchemaField("criteria", required=False),
        SchemaField("recipient", required=False),
        SchemaField("issuer", required=False),
        SchemaField("credential", required=False),
    ),
)
"""What an achievement is, to whom it was given elsewhere, by whom, in which credential."""
LEAST_BITS = 131_072
"""Of a Bitstring Status List, so that who asks for one does not tell of which badge (W3C, 6.1)."""
_ACCOUNT = re.compile(r"did:pkh:eip155:[0-9]+:(0x[0-9a-fA-F]{40})")


class BadgeError(InputError):
    """What was given is no Open Badge, or it does not hold."""


@dataclass(frozen=True)
class BadgeIssuer:
    """Who issues badges, as their verifiers know it.

    Attributes:
        did: `did:key:…` of the key, or `did:web:…` of a site that publishes it.
        name: in words.
        key: the private one, PEM (PKCS 8).
    """

    did: str
    name: str
    key: bytes

    @classmethod
    def of_key(cls, key: bytes, name: str) -> "BadgeIssuer":
        """Whoever has a private key, known by the key itself.

        Raises:
            BadgeError: it is none that badges are signed by.
        """
        try:
            pair = KeyFactory(detect_key_type(key))
            pair.read_private_key(key)
            return cls(did_key_from_pem(key_to_pem(pair.get_priv_key().public_key())), name, key)
        except (LibOpenBadgesException, ValueError) as error:
            raise BadgeError(f"the key signs no badge: a private Ed25519 or P-256 key in PEM does ({error})") from error

    @property
    def algorithm(self) -> str:
        """Of its signatures.

        Raises:
            BadgeError: the key is none that badges are signed by.
        """
        try:
            return str(alg_for_key_type(detect_key_type(self.key)))
        except LibOpenBadgesException as error:
            raise BadgeError(f"the key signs no badge: an Ed25519 or P-256 key in PEM does ({error})") from error


def read_badge(
    text: str, issuer: str, recipient: str, now_s: int, *, key: bytes | None = None, status: bytes | None = None
) -> PaperDraft:
    """A badge of the field as a paper of the schema `BADGE` before it is sealed, checked whole.

    Args:
        text: a VC-JWT, or JSON with a Data Integrity proof.
        issuer: whose it must be: a DID (a `did:web` is fetched), or with a key whatever the issuer calls itself.
        recipient: of whom: a DID or a `mailto:`.
        now_s: unix seconds.
        key: the public key in PEM that is known to be the issuer's; None asks the DID for it.
        status: the status list that it names, as it stands there; None does not ask.

    Raises:
        BadgeError: it is none; another signed it; it was changed, has ended, is another's or revoked; or the list is
            another, or out of date.
        DefinitionError: it says something that no paper says.
    """
    kind = OB3LdpVerifier if text.lstrip().startswith("{") else OB3Verifier
    try:
        verifier = kind.for_issuer_did(issuer) if key is None else kind(key, issuer)
        listed = None if status is None else _only(status, now_s)
        read = verifier.verify(text.strip(), recipient, check_status=listed is not None, download=listed)
    except LibOpenBadgesException as error:
        raise BadgeError(str(error)) from error
    if status is not None and not read.credential_status:
        raise BadgeError("it names no status list")
    achievement, account = read.achievement, _ACCOUNT.fullmatch(read.recipient_id or "")
    said = {
        "achievement": achievement.id,
        "name": achievement.name,
        "description": achievement.description,
        "criteria": achievement.criteria_narrative or None,
        "recipient": read.recipient_id,
        "issuer": read.issuer.id,
        "credential": read.id,
    }
    BADGE.values(said)
    subject = to_checksum_address(account[1]) if account else NOBODY
    return PaperDraft(said, subject, _seconds(read.issuance_date), _seconds(read.expiration_date))


def export_badge(own: OwnPaper, issuer: BadgeIssuer, chain_id: int, issued_at_s: int, status_url: str) -> str:
    """A paper of the schema `BADGE` as an Open Badge with a VC-JWT proof.

    Args:
        own: the paper.
        issuer: who signs.
        chain_id: EIP-155, of the account that the paper is about.
        issued_at_s: unix seconds, of one that says no `from`.
        status_url: where the list stands that `badge_status` makes.

    Raises:
        BadgeError: it is of another schema, or the key signs no badge.
    """
    if own.definition != BADGE:
        raise BadgeError(f"papers of {own.definition.name!r:.60} are no badges: their schema is not {BADGE.name!r}")
    said = dict(zip((field.name for field in BADGE.fields), own.values, strict=True))
    paper, source = own.paper, said["issuer"]
    account = None if paper.subject == NOBODY else f"did:pkh:eip155:{chain_id}:{paper.subject}"
    evidence = [Evidence(narrative=f"{source} issued it as {said['credential']}")] if source else []
    badge = OpenBadgeCredential(
        Issuer(issuer.did, issuer.name),
        said["recipient"] or account,
        Achievement(said["achievement"] or "", said["name"] or "", said["description"] or "", said["criteria"] or ""),
        id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, paper.leaf.hex())}",
        issuance_date=_moment(paper.from_s or issued_at_s),
        expiration_date=_moment(paper.until_s) if paper.until_s else None,
        evidence=evidence,
        credential_status=[status_entry(status_url, "revocation", paper.number)],
    )
    return str(OB3Signer(issuer.key, issuer.algorithm).sign(badge))


def badge_status(words: Sequence[int], issuer: BadgeIssuer, *, url: str, issued_at_s: int) -> str:
    """Which badges of a series are revoked, as their verifiers read it (Bitstring Status List), signed.

    Args:
        words: the revoked bits of `marksOf`, from the first word.
        issuer: who signed the badges.
        url: where it will be found, which badges name.
        issued_at_s: unix seconds.

    Raises:
        BadgeError: the key signs no badge.
    """
    numbers = [at * BITS + bit for at, word in enumerate(words) for bit in range(BITS) if word >> bit & 1]
    bits = max(LEAST_BITS, BITS * len(words))
    listed = build_status_list_credential(
        issuer.did, url, "revocation", numbers, size_bits=bits, issued=_moment(issued_at_s),
        valid_until=_moment(issued_at_s + RELIED_S), ttl=DAY_S * 1_000,
    )  # fmt: skip
    return str(sign_status_list_credential(listed, issuer.key, issuer.algorithm))


def _only(status: bytes, now_s: int) -> Callable[[str], bytes]:
    """Gives a status list where the badge names that very one, which the library does not compare.

    Args:
        status: a JWT, whose proof the library checks.
        now_s: unix seconds.

    Raises:
        InputError: it is none, or out of date.
    """
    parts = text_of(status).strip().split(".")
    if len(parts) != 3:
        raise BadgeError("the status list is no JWT: header.payload.signature")
    payload = object_of(parts[1])
    listed = payload.get("vc", payload)
    try:
        begins = dt.datetime.fromisoformat(listed["validFrom"]).astimezone(dt.UTC)
    except (KeyError, TypeError, ValueError) as error:
        raise BadgeError("the status list does not say of when it is (validFrom)") from error
    if not isinstance(listed.get("validUntil"), str) and begins < _moment(now_s - RELIED_S):
        raise BadgeError(f"the status list is of {begins:%d %B %Y}, and does not say until when: get it anew")

    def give(url: str) -> bytes:
        if listed.get("id") != url:
            raise BadgeError(f"this is the list {listed.get('id')!r:.80}, where the badge names {url!r:.80}")
        return status

    return give


def _moment(at_s: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at_s, dt.UTC)


def _seconds(moment: dt.datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp())
