"""Tariff and bills of shared energy as a terminal and a spreadsheet show them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click

from beffroi.flows.energy.bills import Bills, MemberBill
from beffroi.flows.energy.clockdays import zone_of
from beffroi.flows.energy.curves import Curves, shared
from beffroi.flows.energy.energyrules import Rules
from beffroi.flows.energy.tariff import hours_of, price_ct
from beffroi.plain import plain
from beffroi.spreadsheet import write
from beffroi.units import euros

HEADER = ("member", "element", "slot", "meter", "wh", "cents", "vat_cents")


def kwh(wh: int) -> str:
    """Wh as kWh, to the Wh: 1,402.081."""
    return f"{wh // 1_000:,}.{wh % 1_000:03}"


def tell_shared(curves: Curves) -> None:
    """Prints what was drawn, injected and shared."""
    drawn, injected, of_both = sum(curves.demand), sum(curves.supply), sum(shared(curves))
    parts = [f"{100 * of_both / whole:.1f} %" if whole else "nothing" for whole in (drawn, injected)]
    click.echo(
        f"Drawn {kwh(drawn)} kWh, injected {kwh(injected)} kWh; at most {kwh(of_both)} kWh can be shared: "
        f"{parts[0]} of what is drawn, {parts[1]} of what is injected."
    )


def tell_bills(rules: Rules, found: Bills) -> None:
    """Prints what each owes or is paid, item by item."""
    for bill in found.bills:
        owed = "is paid" if bill.amount_cents < 0 else "pays"
        click.echo(f"{bill.member} {owed} {euros(abs(bill.amount_cents))}")
        for name, slot, _, wh, cents, vat_cents in _items(rules, bill):
            what = f"{name}{f', {slot}' if slot else ''}{f', {kwh(wh)} kWh' if wh else ''}"
            vat = f" and {euros(vat_cents)} of VAT" if vat_cents else ""
            click.echo(plain(f"    {what}: {euros(cents)}{vat}"))


def tell_tariff(rules: Rules, day: date) -> None:
    """Prints what a shared kWh costs in each slot, and when on a day."""
    click.echo(plain(f"{rules.name}: a shared kWh costs, VAT included"))
    for place, slot in enumerate(rules.slots):
        click.echo(plain(f"  {slot.name}: {price_ct(rules, place):.4f} ct"))
    for fee in rules.fees:
        click.echo(
            plain(f"  {fee.name}, of each meter that it is by ({fee.by}), a period: {euros(fee.cents)} before VAT")
        )
    click.echo(f"On {day}, by the clock of {rules.timezone}:")
    zone = zone_of(rules.timezone)
    for it in hours_of(rules, day):
        first, end = (f"{datetime.fromtimestamp(s, UTC).astimezone(zone):%H:%M}" for s in (it.start_s, it.end_s))
        click.echo(plain(f"  {first}-{end} {rules.slots[it.slot].name}: {price_ct(rules, it.slot):.4f} ct"))


def write_bills(path: Path, rules: Rules, found: Bills) -> None:
    """Writes each item of each bill as a line of CSV."""
    write(path, HEADER, ((bill.member, *item) for bill in found.bills for item in _items(rules, bill)))


def _items(rules: Rules, bill: MemberBill) -> Iterator[tuple[str, str, str, int, int, int]]:
    for it, (cents, vat_cents) in zip(bill.items, bill.cents, strict=True):
        slot = "" if it.slot is None else rules.slots[it.slot].name
        meter = "" if it.meter is None else f"0x{it.meter.hex()}"
        yield it.name, slot, meter, it.wh, cents, vat_cents
