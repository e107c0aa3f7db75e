"""The routes about what posting cost: anyone may see what the town hall pays, by service and by day."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beffroi.post import ledger
from beffroi.post.answers import CostsAnswer
from beffroi.post.codes import Code
from beffroi.post.gate import Json
from beffroi.post.ledger import DayCost, SlipCost
from beffroi.post.office import PostOffice
from beffroi.post.openapi import TEXT, answers, parameter, ref
from beffroi.post.reading import Reader, malformed

MOST_SLIPS = 10_000
"""Slips in one answer as JSON; as CSV there are all."""
By = Literal["service", "day", "slip"]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})]
GROUPS: Reader[By] = Reader(TypeAdapter(By), "by")
BY = parameter("by", "query", By, "A row for each service, day or slip.", required=False)
SINCE = parameter("since", "query", Day, "The first day, UTC.", required=False)


class CostsApi:
    """Answers requests about costs.

    Args:
        office: whose ledger it is.
    """

    def __init__(self, office: PostOffice) -> None:
        self.office = office

    async def get_costs(self, request: Request) -> Response:
        """As JSON."""
        by, since = _asked(request)
        rows = await self.office.in_thread(self._listed, by, since)
        return Json({"by": by, "costs": rows})

    async def get_costs_csv(self, request: Request) -> Response:
        """As CSV."""
        by, since = _asked(request)
        lines = ledger.to_csv(self._rows(by, since), SlipCost if by == "slip" else DayCost)
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8")

    def _rows(self, by: str, since: float) -> Iterator[Any]:
        store = self.office.store
        if by == "slip":
            return iter(ledger.by_slip(store, since=since))
        return iter(ledger.by_day(store, since=since) if by == "day" else ledger.by_service(store, since=since))

    def _listed(self, by: str, since: float) -> list[dict[str, Any]]:
        return [_plain(row) for row in islice(self._rows(by, since), MOST_SLIPS)]


def described(*, csv: bool = False) -> dict[int | str, dict[str, Any]]:
    """The answers of a route about costs."""
    found = answers({200: ("What posting cost.", ref(CostsAnswer))}, Code.MALFORMED_REQUEST)
    if csv:
        found[200]["content"] = {"text/csv": {"schema": TEXT}}
    return found


def _plain(row: SlipCost | DayCost) -> dict[str, Any]:
    found = dataclasses.asdict(row)
    found["feeWei"] = str(found.pop("fee_wei"))
    return found


def _asked(request: Request) -> tuple[By, float]:
    by = GROUPS.of(request.query_params.get("by", "service"))
    day = request.query_params.get("since")
    if day is None:
        return by, 0.0
    try:
        since = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise malformed("since", "must be a day, as 2026-11-22") from error
    return by, since.timestamp()
