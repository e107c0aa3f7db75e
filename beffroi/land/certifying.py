"""A certificate of title with what the chain says of it at a block."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.land.cadastre_report import Parcel
from beffroi.land.certificate.facts import (
    Burden,
    BurdenLine,
    Certificate,
    CertificateError,
    ChargeLine,
    HistoryLine,
    HolderLine,
    Proof,
    TitleStatus,
)
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import RETIRED, LandContracts
from beffroi.land.title_history import read_history

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Facts:
    """All that the register says of a title at the end of a block.

    Attributes:
        parcel: whose title.
        area_m2: of the title.
        status: where it stands.
        holders: of the whole, by today's keys; of nothing when it is retired.
        charges: by rank.
        burdens: easements, restrictions and caveats.
        history: from the oldest act to the latest.
        geometry_hash: of the drawing under which it was registered.
        block: the block's number.
        block_hash: its hash.
        block_time: its time.
    """

    parcel: ParcelId
    area_m2: int
    status: TitleStatus
    holders: tuple[HolderLine, ...]
    charges: tuple[ChargeLine, ...]
    burdens: tuple[BurdenLine, ...]
    history: tuple[HistoryLine, ...]
    geometry_hash: bytes
    block: int
    block_hash: bytes
    block_time: datetime


def read_facts(offices: LandContracts, parcel: ParcelId, block: int | None = None) -> Facts:
    """What the register says of a title, at the end of a block (the latest when None), from that block alone.

    Raises:
        CertificateError: there was no such title.
    """
    rpc = offices.rpc
    header = rpc.call("eth_getBlockByNumber", "latest" if block is None else hex(block), False)  # noqa: FBT003
    number, time_s = int(header["number"], 16), int(header["timestamp"], 16)
    (title,) = offices.titles([parcel.token_id], number)
    history = read_history(offices, parcel, number)
    if not title.exists or history.geometry_hash is None:
        raise CertificateError(f"{parcel} is not registered at block {number}")

    stored = offices.register.read(rpc, "burdensOf", parcel.token_id, block=number)
    burdens = tuple(_burden(*it) for it in stored)
    barred = any(kind == 2 and time_s <= until for _, kind, until, _ in stored)
    return Facts(
        parcel=parcel,
        area_m2=title.area_m2,
        status=TitleStatus.of(title.flags, barred=barred),
        holders=() if title.flags & RETIRED else _holders(offices, parcel, title.whole, history.since, number),
        charges=tuple(
            ChargeLine(
                it.number,
                it.creditor,
                it.amount_cents,
                EPOCH + timedelta(days=it.due_day),
                history.deeds.get(it.number, bytes(32)),
            )
            for it in offices.charges_on(parcel, number)
        ),
        burdens=burdens,
        history=history.lines,
        geometry_hash=history.geometry_hash,
        block=number,
        block_hash=bytes.fromhex(header["hash"][2:]),
        block_time=datetime.fromtimestamp(time_s, UTC),
    )


def certify(
    offices: LandContracts,
    facts: Facts,
    cadastre: Iterable[Parcel],
    *,
    commune: str,
    chain: str,
    url: str,
    issued: datetime | None = None,
) -> Certificate:
    """The certificate of these facts, with the drawing that the register vouches for.

    Args:
        offices: of the town.
        facts: of the title.
        cadastre: the parcels of the file, among them this one.
        commune: its name.
        chain: its name.
        url: where the public verifies the certificate; `{parcel}` and `{block}` in it are filled in.
        issued: when it is drawn up; the block's time when None.

    Raises:
        CertificateError: the file lacks the parcel, or draws another one than was registered.
    """
    listed = list(cadastre)
    parcel = next((it for it in listed if it.id == facts.parcel), None)
    if parcel is None:
        raise CertificateError(f"the cadastre file does not hold {facts.parcel}: give the one that was registered")
    if parcel.keccak256 != facts.geometry_hash:
        raise CertificateError(f"the file draws {facts.parcel} otherwise than it was registered: give the file of then")
    return Certificate(
        commune=commune,
        parcel=replace(parcel, area_m2=facts.area_m2),
        status=facts.status,
        holders=facts.holders,
        charges=facts.charges,
        burdens=facts.burdens,
        history=facts.history,
        proof=Proof(
            chain=chain,
            chain_id=int(offices.rpc.call("eth_chainId"), 16),
            register=offices.register.address,
            block=facts.block,
            block_hash=facts.block_hash,
            block_time=facts.block_time,
            url=url.format(parcel=facts.parcel, block=facts.block),
        ),
        issued=issued or facts.block_time,
        neighbours=tuple(it for it in listed if it.id != parcel.id),
    )


def _holders(
    offices: LandContracts, parcel: ParcelId, whole: int, since: dict[Any, date], block: int
) -> tuple[HolderLine, ...]:
    """By the keys that are in force: whoever lost one is found under the new one."""
    rights = offices.rights(parcel, block)
    keys = offices.residents.reads(offices.rpc, "currentKeyOf", [(it.holder,) for it in rights], block=block)
    return tuple(
        HolderLine(str(to_checksum_address(key)), it.kind, Fraction(it.shares, whole), since[it.holder, it.kind])
        for it, key in zip(rights, keys, strict=True)
    )


def _burden(document_hash: bytes, kind: int, until: int, dominant: int) -> BurdenLine:
    return BurdenLine(
        tuple(Burden)[kind],
        document_hash,
        until=datetime.fromtimestamp(until, UTC).date() if until else None,
        dominant=ParcelId.from_token_id(dominant) if dominant else None,
    )
