"""A street that shares its sun: its people, its rules, and curves as short as a test can read."""

from eth_utils.address import to_checksum_address

from beffroi.flows.energy.curves import Curves, MeterColumn
from beffroi.flows.energy.energyrules import MeterFee, PriceElement, Rules, TariffSlot

START_S = 1_788_220_800  # 2026-09-01T00:00:00Z
QUARTER_S = 900
AMINA, BRUNO, CLARA, DENIS, ORGANISER = (
    to_checksum_address(f"0x{place:02x}{'00' * 18}{place:02x}") for place in (0xA1, 0xB2, 0xC3, 0xD4, 0x0E)
)
ALWAYS = TariffSlot(name="always")
PEAK = TariffSlot(name="peak", hours=((6 * 60, 22 * 60),))
NIGHT = TariffSlot(name="night")


def meter_id(number):
    return number.to_bytes(32)


def draws(member, *readings, number=None, **marks):
    """A consumer's meter."""
    return MeterColumn(meter_id(number or int(member[2:4], 16)), member, "draws", readings, **marks)


def injects(member, *readings, number=None, **marks):
    """A producer's meter."""
    return MeterColumn(meter_id(number or 0x100 + int(member[2:4], 16)), member, "injects", readings, **marks)


def curves(*columns, start_s=START_S, step_s=QUARTER_S):
    return Curves(start_s, step_s, columns)


def rules(**changed):
    """12 ct by day and 9 by night to who produces, a margin of 1 ct with VAT, an euro a consumer."""
    told = {
        "name": "Rue des Tilleuls", "timezone": "Europe/Paris", "key": "default", "slots": (PEAK, NIGHT),
        "elements": (
            PriceElement(name="energy", to="producers", rates=(120_000, 90_000)),
            PriceElement(name="margin", to="organiser", rates=(10_000, 10_000), vat_bp=2_000),
        ),
        "fees": (MeterFee(name="membership", by="draws", cents=100, vat_bp=2_000),),
    }  # fmt: skip
    return Rules(**told | changed)
