"""What a certificate of title states, as plain data."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self
from urllib.parse import urlsplit

from beffroi.errors import InputError
from beffroi.land import shares
from beffroi.land.cadastre_report import Parcel
from beffroi.land.parcels import ParcelId
from beffroi.land.shares import RightKind, Share


class CertificateError(InputError):
    """The facts cannot be certified; the message says why."""


class TitleStatus(StrEnum):
    """Where a title stands."""

    FREE = "free"
    UNDER_SALE = "under sale"
    BARRED = "barred by a caveat"
    FROZEN = "frozen by a court"
    RETIRED = "retired"

    @classmethod
    def of(cls, flags: int, *, barred: bool = False) -> Self:
        """The status that weighs most.

        Args:
            flags: of the contract's `Title`: under sale 2, frozen 4, retired 8.
            barred: whether a caveat lies on it.
        """
        if flags & 8:
            return cls.RETIRED
        if flags & 4:
            return cls.FROZEN
        if barred:
            return cls.BARRED
        return cls.UNDER_SALE if flags & 2 else cls.FREE


class Burden(StrEnum):
    """What lies on a title besides mortgages, in the order of the contract's `BurdenKind`."""

    EASEMENT = "easement"
    RESTRICTION = "restriction"
    CAVEAT = "caveat"


class TitleEvent(StrEnum):
    """What happened to a title."""

    REGISTERED = "registered"
    CONVEYED = "conveyed"
    SUCCESSION = "succession"
    GIFT = "gift"
    JUDGMENT = "judgment"
    PARTITION = "partition"
    CORRECTION = "correction"
    AREA_CORRECTED = "area corrected"
    CHARGED = "charged"
    CHARGE_CEDED = "charge ceded"
    CHARGE_REDUCED = "charge reduced"
    RANK_CEDED = "rank ceded"
    RELEASED = "released"
    DISCHARGED = "discharged"
    LAPSED = "lapsed"
    BURDENED = "burdened"
    BURDEN_LIFTED = "burden lifted"
    SALE_OPENED = "sale opened"
    SALE_ENDED = "sale ended"
    FROZEN = "frozen"
    UNFROZEN = "unfrozen"
    DIVIDED = "divided"
    MERGED = "merged"


@dataclass(frozen=True)
class HolderLine:
    """A holder's share.

    Attributes:
        account: the address that holds it.
        name: who that is, if the registrar may say so; it is not on chain.
        kind: the kind of ownership.
        fraction: of the whole parcel.
        since: the day of the act that gave it.
    """

    account: str
    kind: RightKind
    fraction: Fraction
    since: date
    name: str = ""


@dataclass(frozen=True)
class ChargeLine:
    """A mortgage, at its rank.

    Attributes:
        number: of the inscription.
        creditor: who is owed.
        amount_cents: what is secured.
        due: the day on which it is due.
        document_hash: of the deed.
    """

    number: int
    creditor: str
    amount_cents: int
    due: date
    document_hash: bytes


@dataclass(frozen=True)
class BurdenLine:
    """An easement, a restriction or a caveat.

    Attributes:
        kind: which of them.
        document_hash: of the deed that grounds it.
        description: what it is, in words that are not on chain.
        until: its last day; None for ever.
        dominant: the parcel that an easement serves.
    """

    kind: Burden
    document_hash: bytes
    description: str = ""
    until: date | None = None
    dominant: ParcelId | None = None


@dataclass(frozen=True)
class HistoryLine:
    """An act in the life of a title.

    Attributes:
        day: when.
        event: what.
        detail: more of it, in words.
        transaction: its hash on chain.
    """

    day: date
    event: TitleEvent
    detail: str
    transaction: bytes


@dataclass(frozen=True)
class Proof:
    """Where the facts were read and how to read them again.

    Attributes:
        chain: its name.
        chain_id: its number.
        register: the address of the LandRegister.
        block: the block's number.
        block_hash: its hash.
        block_time: its time, with a time zone.
        url: where the public compares the certificate with the register; the QR code holds it.
    """

    chain: str
    chain_id: int
    register: str
    block: int
    block_hash: bytes
    block_time: datetime
    url: str


@dataclass(frozen=True)
class Certificate:
    """Everything that the register says of a parcel at a block.

    Attributes:
        commune: its name.
        parcel: the parcel.
        status: where its title stands.
        holders: of the whole; of nothing when the title is retired.
        charges: by rank, the first ranked first.
        burdens: easements, restrictions and caveats.
        history: from the oldest act to the latest.
        proof: where all this was read.
        issued: when the certificate was drawn up, with a time zone.
        currency: the sign after amounts.
        neighbours: the parcels around, for the plan.

    Raises:
        CertificateError: the shares don't make the whole, a time has no zone, or the address is not one of the web.
    """

    commune: str
    parcel: Parcel
    status: TitleStatus
    holders: tuple[HolderLine, ...]
    charges: tuple[ChargeLine, ...]
    burdens: tuple[BurdenLine, ...]
    history: tuple[HistoryLine, ...]
    proof: Proof
    issued: datetime
    currency: str = "€"
    neighbours: tuple[Parcel, ...] = ()

    def __post_init__(self) -> None:
        self._check_shares()
        if self.issued.tzinfo is None or self.proof.block_time.tzinfo is None:
            raise CertificateError("a time without a zone cannot be certified")
        address = urlsplit(self.proof.url)
        if address.scheme not in ("https", "http") or not address.netloc:
            raise CertificateError(f"{self.proof.url!r} is no address at which the public can verify")

    def _check_shares(self) -> None:
        if self.status is TitleStatus.RETIRED and not self.holders:
            return
        try:
            shares.check(Share(line.account, line.kind, line.fraction) for line in self.holders)
        except shares.SharesError as error:
            raise CertificateError(f"the shares of {self.parcel.id}: {error}") from error

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the facts of the register: the same for whoever reads them again at that block.

        What is not on chain, such as names and descriptions, has no part in it; nor has the time of issue.
        """
        proof = self.proof
        stated = {
            "register": [proof.chain_id, proof.register.lower(), proof.block, proof.block_hash],
            "parcel": [str(self.parcel.id), self.parcel.area_m2, self.parcel.keccak256],
            "status": self.status,
            "holders": sorted([line.account.lower(), line.kind, str(line.fraction)] for line in self.holders),
            "charges": [[line.number, line.creditor.lower(), line.amount_cents, line.due] for line in self.charges],
            "burdens": [[line.kind, line.document_hash, line.until, line.dominant] for line in self.burdens],
            "history": [[line.day, line.event, line.transaction] for line in self.history],
        }
        text = json.dumps(_plain(stated), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).digest()


def _plain(fact: Any) -> Any:
    if isinstance(fact, Mapping):
        return {key: _plain(value) for key, value in fact.items()}
    if isinstance(fact, list | tuple):
        return [_plain(value) for value in fact]
    if isinstance(fact, bytes):
        return fact.hex()
    return fact if fact is None or isinstance(fact, int) else str(fact)
