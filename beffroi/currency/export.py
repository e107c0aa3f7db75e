"""Figures and statements as tables: a header and rows, for the screen, CSV and JSON alike."""

import datetime as dt
from collections.abc import Sequence

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.currency.statement import Figures, Line
from beffroi.units import euros

Sheet = tuple[list[str], list[list[str]]]


def of_figures(figures: Figures) -> Sheet:
    """Name and value of each figure; amounts with two decimals, ratios with four, times in ISO 8601, UTC."""
    rows = [
        ["from", _time(figures.from_s)],
        ["to", _time(figures.to_s)],
        ["supply", _amount(figures.supply_cents)],
        ["reserve", _amount(figures.reserve_cents)],
        ["owed", _amount(figures.owed_cents)],
        ["reserve ratio", _ratio(figures.reserve_ratio)],
        ["issued", _amount(figures.issued_cents)],
        ["redeemed", _amount(figures.redeemed_cents)],
        ["paid", _amount(figures.paid_cents)],
        ["payments", str(figures.payments)],
        ["active accounts", str(figures.active_accounts)],
        ["mean supply", _amount(figures.mean_supply_cents)],
        ["velocity a year", _ratio(figures.velocity_per_year)],
    ]
    return ["figure", "value"], rows


def of_lines(lines: Sequence[Line], account: str) -> Sheet:
    """One row for each movement of an account."""
    rows = []
    for line in lines:
        it = line.movement
        other = it.payee if it.payer == account else it.payer
        rows.append(
            [
                _time(it.at_s),
                it.nature.value,
                "" if other == ZERO_ADDRESS else other,
                _amount(line.change_cents),
                _amount(line.balance_cents),
                "0x" + it.ref.hex() if it.ref else "",
                it.transaction,
            ]
        )
    return ["time", "nature", "with", "amount", "balance", "reference", "transaction"], rows


def _time(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _amount(cents: int) -> str:
    return euros(cents, grouping="")


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
