"""What each member pays or is paid for a period, to the cent: a function of the rules and the public allocations alone.

Amounts are counted exactly, in 10⁻¹³ € (millionths of a euro a kWh, times Wh, times basis points), and rounded once:
each member's to the cent below, then those with the largest remainders a cent up until all lines make nothing. So
every line is within a cent of what is exact, debits, credits and the organiser's share make zero, and nobody's share
is what is left over.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from eth_utils.address import to_checksum_address

from beffroi.flows.energy.apportion import topped
from beffroi.flows.energy.curves import Allocated, EnergyError
from beffroi.flows.energy.energyrules import Rules
from beffroi.units import BASIS_POINTS

CENT: Final = 10**11
"""In 10⁻¹³ €."""


@dataclass(frozen=True)
class BillItem:
    """A part of a member's bill.

    Attributes:
        name: of the element or fee.
        slot: its place in the rules; None where there is none.
        meter: for which it is due; None where it is for several: the organiser's share.
        wh: that it is for; 0 where it is for none.
        exact: before VAT, 10⁻¹³ €; above 0 what she pays, below what she is paid.
        exact_vat: VAT on it, 10⁻¹³ €.
    """

    name: str
    slot: int | None
    meter: bytes | None
    wh: int
    exact: int
    exact_vat: int


@dataclass(frozen=True)
class MemberBill:
    """What one member pays or is paid.

    Attributes:
        member: her address, with its checksum.
        amount_cents: above 0 what she pays, below what she is paid, as in Clearing's lines.
        items: of which it is made.
    """

    member: str
    amount_cents: int
    items: tuple[BillItem, ...]

    @cached_property
    def cents(self) -> tuple[tuple[int, int], ...]:
        """Each item's cents and its VAT's, as the bill shows them: together they make the amount."""
        parts = [part for it in self.items for part in (it.exact, it.exact_vat)]
        floors = [part // CENT for part in parts]
        shown = topped(floors, [part % CENT for part in parts], self.amount_cents - sum(floors))
        return tuple(zip(shown[::2], shown[1::2], strict=True))


@dataclass(frozen=True)
class Bills:
    """A period's.

    Attributes:
        bills: by rising address, the organiser's among them.
    """

    bills: tuple[MemberBill, ...]

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Clearing's lines: member and cents; by rising address, none of nothing, zero-sum."""
        return [(it.member, it.amount_cents) for it in self.bills if it.amount_cents]

    def of(self, member: str) -> MemberBill:
        """One member's.

        Raises:
            EnergyError: she has none.
        """
        for it in self.bills:
            if int(it.member, 16) == int(member, 16):
                return it
        raise EnergyError(f"{member} has no meter in this period")


def bills(rules: Rules, allocations: Sequence[Allocated], organiser: str) -> Bills:
    """The bills of a period.

    Args:
        rules: of the operation.
        allocations: what each meter shared, by slot.
        organiser: its address; she gets what goes to nobody else, and may be a member herself.

    Raises:
        EnergyError: consumers were not given in a slot what producers gave, or there are other slots than the rules'.
    """
    _require_balanced(rules, allocations)
    items: dict[int, list[BillItem]] = defaultdict(list)
    for column in allocations:
        items[int(column.member, 16)] += _of_meter(rules, column)
    items[int(organiser, 16)] += _organisers(rules, allocations)
    order = sorted(items)
    exact = [sum(it.exact + it.exact_vat for it in items[member]) for member in order]
    floors = [amount // CENT for amount in exact]
    cents = topped(floors, [amount % CENT for amount in exact], -sum(floors))
    return Bills(
        tuple(
            MemberBill(str(to_checksum_address(f"0x{member:040x}")), amount, tuple(items[member]))
            for member, amount in zip(order, cents, strict=True)
        )
    )


def _require_balanced(rules: Rules, allocations: Sequence[Allocated]) -> None:
    if any(len(it.wh) != len(rules.slots) for it in allocations):
        raise EnergyError(f"allocations are of {len(rules.slots)} slots, as the rules have")
    for place, slot in enumerate(rules.slots):
        drawn, injected = (sum(it.wh[place] for it in allocations if it.kind == kind) for kind in ("draws", "injects"))
        if drawn != injected:
            raise EnergyError(f"{slot.name}: {drawn:,} Wh were given to consumers and {injected:,} Wh by producers")


def _of_meter(rules: Rules, column: Allocated) -> Iterator[BillItem]:
    draws = column.kind == "draws"
    for element in rules.elements:
        if not draws and element.to != "producers":
            continue
        for slot, (rate, wh) in enumerate(zip(element.rates, column.wh, strict=True)):
            if wh and rate:
                amount = rate * wh if draws else -rate * wh
                yield BillItem(element.name, slot, column.id, wh, amount * BASIS_POINTS, amount * element.vat_bp)
    for fee in rules.fees:
        if fee.by in {column.kind, "each"} and fee.cents:
            yield BillItem(fee.name, None, column.id, 0, *_fee(fee.cents, fee.vat_bp, 1))


def _organisers(rules: Rules, allocations: Sequence[Allocated]) -> Iterator[BillItem]:
    for element in rules.elements:
        if element.to == "producers":
            continue
        for slot, rate in enumerate(element.rates):
            wh = sum(it.wh[slot] for it in allocations if it.kind == "draws")
            if wh and rate:
                yield BillItem(element.name, slot, None, wh, -rate * wh * BASIS_POINTS, -rate * wh * element.vat_bp)
    for fee in rules.fees:
        meters = sum(fee.by in {it.kind, "each"} for it in allocations)
        if meters and fee.cents:
            yield BillItem(fee.name, None, None, 0, *_fee(fee.cents, fee.vat_bp, -meters))


def _fee(cents: int, vat_bp: int, times: int) -> tuple[int, int]:
    """A fee before VAT and its VAT, 10⁻¹³ €."""
    return times * cents * CENT, times * cents * vat_bp * (CENT // BASIS_POINTS)
