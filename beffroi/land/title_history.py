"""The life of a title, rebuilt from events alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Contract
from beffroi.chain.contract import Event as Log
from beffroi.chain.rpc import Rpc
from beffroi.land.certificate.facts import HistoryLine, TitleEvent
from beffroi.land.deeds import KINDS
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts
from beffroi.land.shares import RightKind
from beffroi.units import euros

ACTS = (TitleEvent.SUCCESSION, TitleEvent.GIFT, TitleEvent.JUDGMENT, TitleEvent.PARTITION, TitleEvent.CORRECTION)
"""In the order of the contract's `Act`."""
OF_TITLE = (
    "Registered",
    "RightsRestated",
    "Enacted",
    "Burdened",
    "BurdenLifted",
    "Divided",
    "AreaCorrected",
    "SaleLocked",
    "SaleUnlocked",
)
OF_CHARGES = ("Inscribed", "RankCeded", "Released", "Discharged", "Lapsed")

TOLD = {
    "Registered": (TitleEvent.REGISTERED, "{area_m2:,} m²"),
    "AreaCorrected": (TitleEvent.AREA_CORRECTED, "{before_m2:,} m² → {after_m2:,} m²"),
    "Burdened": (TitleEvent.BURDENED, "{deed}"),
    "BurdenLifted": (TitleEvent.BURDEN_LIFTED, "{deed}"),
    "SaleLocked": (TitleEvent.SALE_OPENED, ""),
    "ForcedTransfer": (TitleEvent.JUDGMENT, "→ {to}"),
    "Inscribed": (TitleEvent.CHARGED, "nº {number}: {amount}"),
    "Ceded": (TitleEvent.CHARGE_CEDED, "nº {number} → {to}"),
    "Reduced": (TitleEvent.CHARGE_REDUCED, "nº {number}: {amount}"),
    "RankCeded": (TitleEvent.RANK_CEDED, "nº {senior} → nº {junior}"),
    "Released": (TitleEvent.RELEASED, "nº {number}"),
    "Discharged": (TitleEvent.DISCHARGED, "nº {number}"),
    "Lapsed": (TitleEvent.LAPSED, "nº {number}"),
}


@dataclass(frozen=True)
class TitleHistory:
    """What the events tell of a title.

    Attributes:
        lines: from the oldest act to the latest.
        since: the day on which each holder got the present share, by account as recorded and kind.
        deeds: the hash of the deed of each charge that lies or lay on it, by number.
        geometry_hash: of the drawing under which it was registered; None when it never was.
    """

    lines: tuple[HistoryLine, ...]
    since: dict[tuple[str, RightKind], date]
    deeds: dict[int, bytes]
    geometry_hash: bytes | None


def read_history(offices: LandContracts, parcel: ParcelId, block: int) -> TitleHistory:
    """The life of a title up to the end of a block."""
    reader = _Reader(offices, parcel, block)
    logs = sorted(reader.logs(), key=lambda log: (log.block, log.index))
    days = _days(offices.rpc, {log.block for log in logs})
    context = {log.transaction: log for log in logs if log.name in ("Divided", "Merged", "SaleSettled")}
    lines = [
        HistoryLine(days[log.block], *told, bytes.fromhex(log.transaction[2:]))
        for log in logs
        if (told := _told(log, context.get(log.transaction), parcel.token_id)) is not None
    ]
    registered = [log for log in logs if log.name == "Registered"]
    return TitleHistory(
        tuple(lines),
        _since(logs, days),
        reader.deeds,
        registered[0].args["geometryHash"] if registered else None,
    )


class _Reader:
    """Fetches what concerns a title from every contract that says something of it."""

    def __init__(self, offices: LandContracts, parcel: ParcelId, block: int) -> None:
        self._offices, self._id, self._block = offices, parcel.token_id, block
        self.deeds: dict[int, bytes] = {}

    def logs(self) -> Iterator[Log]:
        register, charges = self._offices.register, self._offices.charges
        own = list(self._events(register, *OF_TITLE, about=self._id))
        yield from own
        # Their title is not the first that is indexed; they are rare.
        rare = list(self._events(register, "Frozen", "ForcedTransfer", "Merged", "Divided"))
        yield from (log for log in rare if log not in own and self._concerns(log))
        for conveyance in self._offices.conveyances:
            yield from (log for log in self._events(conveyance, "SaleSettled") if log.args["title"] == self._id)
        yield from self._events(charges, *OF_CHARGES, about=self._id)
        yield from self._of_numbers(charges)

    def _of_numbers(self, charges: Contract) -> Iterator[Log]:
        """What happened to charges by their number; those that a division or a merger carried over as well."""
        listed = {it.number for it in self._offices.charges_on(ParcelId.from_token_id(self._id), self._block)}
        inscribed = list(self._events(charges, "Inscribed"))
        self.deeds = {
            log.args["number"]: log.args["documentHash"]
            for log in inscribed
            if log.args["id"] == self._id or log.args["number"] in listed
        }
        for number in self.deeds:
            yield from self._events(charges, "Ceded", "Reduced", about=number)

    def _concerns(self, log: Log) -> bool:
        mentioned = (log.args.get(name) for name in ("tokenId", "child"))
        return self._id in mentioned or self._id in (log.args.get("parents") or log.args.get("children") or ())

    def _events(self, contract: Contract, *names: str, about: int | None = None) -> Iterator[Log]:
        first = self._offices.start_block
        return contract.events(self._offices.rpc, *names, first=first, last=self._block, about=about)


def _told(log: Log, context: Log | None, title: int) -> tuple[TitleEvent, str] | None:
    """The act and its detail; None for what another event of the same transaction tells."""
    args = log.args
    if log.name in ("Divided", "Merged"):
        return _ended(log, title)
    if log.name == "Registered" and context is not None and context.name in ("Divided", "Merged"):
        return _born(context)
    if log.name == "Enacted":
        return ACTS[args["act"]], _short(args["documentHash"])
    if log.name == "SaleUnlocked":
        return (
            TitleEvent.CONVEYED if context is not None and context.name == "SaleSettled" else TitleEvent.SALE_ENDED
        ), ""
    if log.name == "Frozen":
        return (TitleEvent.FROZEN if args["frozenStatus"] else TitleEvent.UNFROZEN), ""
    event, detail = TOLD.get(log.name, (None, ""))
    return (event, detail.format_map(args | _shown(args))) if event is not None else None


def _ended(log: Log, title: int) -> tuple[TitleEvent, str] | None:
    """The end of a parent; a child's beginning is told by its registration."""
    if log.name == "Divided" and log.args["parent"] == title:
        return TitleEvent.DIVIDED, f"→ {_parcels(log.args['children'])}"
    if log.name == "Merged" and log.args["child"] != title:
        return TitleEvent.MERGED, f"→ {_parcels([log.args['child']])}"
    return None


def _born(context: Log) -> tuple[TitleEvent, str]:
    if context.name == "Divided":
        return TitleEvent.DIVIDED, f"← {_parcels([context.args['parent']])}"
    return TitleEvent.MERGED, f"← {_parcels(context.args['parents'])}"


def _since(logs: list[Log], days: dict[int, date]) -> dict[tuple[str, RightKind], date]:
    since: dict[tuple[str, RightKind], date] = {}
    held: dict[tuple[str, RightKind], Any] = {}
    for log in filter(lambda log: log.name == "RightsRestated", logs):
        whole = log.args["whole"]
        listed = ((it[0], KINDS[it[1]], it[2]) for it in log.args["rights"])
        now: dict[tuple[str, RightKind], Any] = {
            (str(to_checksum_address(holder)), kind): (shares, whole) for holder, kind, shares in listed
        }
        for right, (shares, of) in now.items():
            before, of_before = held.get(right, (0, 1))
            if shares * of_before != before * of:
                since[right] = days[log.block]
        since = {right: day for right, day in since.items() if right in now}
        held = now
    return since


def _days(rpc: Rpc, blocks: set[int]) -> dict[int, date]:
    listed = sorted(blocks)
    answers = rpc.batch([("eth_getBlockByNumber", [hex(it), False]) for it in listed])
    return {
        block: datetime.fromtimestamp(int(answer["timestamp"], 16), UTC).date()
        for block, answer in zip(listed, answers, strict=True)
    }


def _shown(args: Mapping[str, Any]) -> dict[str, str]:
    amount, deed = args.get("amount_cents", 0), args.get("documentHash", b"")
    return {"amount": euros(amount), "deed": _short(deed)}


def _parcels(ids: list[int]) -> str:
    return ", ".join(ParcelId.from_token_id(it).label for it in ids)


def _short(hash_: bytes) -> str:
    return f"0x{hash_.hex()[:8]}…"
