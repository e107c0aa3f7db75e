"""What is published of a town's money: its names, and the offices of its own."""

import functools
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart, office_facts
from beffroi.town.config import TownConfig
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.site import own_role


def _facts(config: TownConfig, _: Papers) -> dict[str, Any]:
    return {"currencies": [_currency(money) for money in config.currency]}


def _currency(money: CurrencySection) -> dict[str, Any]:
    return {
        "contract": money.contract,
        "name": money.name,
        "symbol": money.symbol,
        "offices": office_facts(money.offices, functools.partial(own_role, money.contract)),
    }


PART = PublishedPart(_facts)
