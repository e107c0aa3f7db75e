"""What is published of a town's money: its names, and the offices of its own."""

import functools
from collections.abc import Iterator
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart, office_facts
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest
from beffroi.town.modules.currency import CONTRACT, CurrencySection
from beffroi.town.site import own_role


def _facts(config: TownConfig, _: Papers, manifest: Manifest) -> dict[str, Any]:
    return {"currencies": [*map(_currency, config.currency), *_followed(config, manifest)]}


def _currency(money: CurrencySection) -> dict[str, Any]:
    named = {"contract": money.contract, "name": money.name, "symbol": money.symbol}
    return named | {"offices": _offices(money, money.contract)}


def _followed(config: TownConfig, manifest: Manifest) -> Iterator[dict[str, Any]]:
    """The currencies that others take over from, as they were chartered, the latest first."""
    for old, new in reversed(manifest.successions.items()):
        if manifest.contracts[old].contract != CONTRACT:
            continue
        charter, money = manifest.contracts[old].arguments["charter"], config.money(new)
        offices = _offices(money, old) if money else {}
        yield {
            "contract": old,
            "name": charter["name"],
            "symbol": charter["symbol"],
            "offices": offices,
            "followedBy": new,
        }


def _offices(money: CurrencySection, contract: str) -> dict[str, Any]:
    return office_facts(money.offices, functools.partial(own_role, contract))


PART = PublishedPart(_facts)
