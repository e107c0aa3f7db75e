"""The HTTP half as an application: routes, their description, and the layers around them."""

import functools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated

from pydantic import Field
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from beffroi.post.answers import (
    BatchAnswer,
    HealthAnswer,
    PlaceAnswer,
    ReadinessAnswer,
    SlipAnswer,
    TownAnswer,
)
from beffroi.post.api import Api
from beffroi.post.api_costs import BY, SINCE, CostsApi, described
from beffroi.post.api_deeds import DeedApi
from beffroi.post.codes import Code, PostError
from beffroi.post.deed_types import DEED_ANSWER, DEEDS_ANSWER
from beffroi.post.gate import Gate, Json, problem, told
from beffroi.post.json_types import Address, Schema
from beffroi.post.limits import Limiter
from beffroi.post.office import PostOffice
from beffroi.post.openapi import ACCOUNT, ID, ROOT, Operation, answers, components, document, parameter, ref
from beffroi.post.slip_types import SlipReaders

MALFORMED = (Code.MALFORMED_JSON, Code.MALFORMED_REQUEST, Code.BODY_TOO_LARGE)
REFUSED = tuple(
    code
    for code in Code
    if code
    not in {
        *MALFORMED, Code.NOT_FOUND, Code.METHOD_NOT_ALLOWED, Code.INTERNAL_ERROR, Code.TOO_BUSY, Code.CHAIN_UNAVAILABLE,
        Code.STORE_UNAVAILABLE, Code.RATE_LIMITED, Code.SLIP_UNKNOWN,
    }
)  # fmt: skip
"""What may be wrong with a slip that is well-formed."""


def make_app(office: PostOffice) -> Starlette:
    """The application of a post office; it closes the office when it ends."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        office.close()

    @functools.cache
    def description() -> Schema:
        schemas = components(readers, deeds=deed_api is not None)
        return document(f"Post office of {office.manifest.name}", operations, schemas)

    async def describe(_: Request) -> Response:
        return Json(description())

    limits = office.config.limits
    clients = Limiter(limits.client)
    deed_api = DeedApi(office, office.desk) if office.desk else None
    readers = SlipReaders(office.kinds, deeds=deed_api is not None, most=limits.batch)
    operations = [*_of_slips(Api(office, clients, deed_api, readers), limits.wait_s), *_of_costs(CostsApi(office))]
    if deed_api:
        operations += _of_deeds(deed_api)
    app = Starlette(
        routes=[Route(it.path, it.handler, methods=[it.method]) for it in operations]
        + [Route("/openapi.json", describe)],
        middleware=[
            Middleware(
                CORSMiddleware, allow_origins=office.config.origins, allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"], expose_headers=["Retry-After"], max_age=86_400,
            ),
            Middleware(Gate, limits=limits, clients=clients, metrics=office.metrics),
        ],
        exception_handlers={404: _as_problem, 405: _as_problem, PostError: _as_problem},
        lifespan=lifespan,
    )  # fmt: skip
    app.router.redirect_slashes = False
    return app


def _of_slips(api: Api, longest_s: int) -> Iterator[Operation]:
    slip = ref(SlipAnswer)
    wait = parameter(
        "wait_s", "query", Annotated[int, Field(ge=0, le=longest_s)],
        "Keep the question open until the state changes, for so many seconds at most.", required=False,
    )  # fmt: skip
    taken = {202: ("Taken in, durably.", slip), 200: ("Known already: what became of it.", slip)}
    batch = {200: ("An answer for each slip, in order.", ref(BatchAnswer))}
    one = {200: ("What became of it.", slip)}
    place = {200: ("The place and its Merkle proof.", ref(PlaceAnswer))}
    yield Operation(
        "POST", "/v1/slips", api.post_slip, "Submit a slip", answers(taken, *MALFORMED, *REFUSED), "SlipRequest"
    )
    yield Operation(
        "POST",
        "/v1/slips/batch",
        api.post_batch,
        "Submit several slips at once",
        answers(batch, *MALFORMED, Code.VALUE_OUT_OF_RANGE, Code.KIND_NOT_SERVED),
        "BatchRequest",
    )
    got = answers(one, Code.MALFORMED_REQUEST, Code.SLIP_UNKNOWN)
    yield Operation("GET", "/v1/slips/{id}", api.get_slip, "State of a slip", got, parameters=[ID, wait])
    got = answers(place, Code.MALFORMED_REQUEST, Code.ROLL_UNKNOWN, Code.NOT_ON_ROLL)
    yield Operation(
        "GET",
        "/v1/rolls/{root}/{account}",
        api.get_place,
        "Place of an account on a sealed roll, with its proof",
        got,
        parameters=[ROOT, ACCOUNT],
    )
    town = answers({200: ("The town.", ref(TownAnswer))})
    yield Operation("GET", "/v1/town", api.get_town, "The town: chain, contracts, kinds of slips", town)
    lives = answers({200: ("It answers.", ref(HealthAnswer))})
    yield Operation("GET", "/health", api.health, "Liveness: the process answers", lives)
    ready = answers({200: ("Everything that the work needs answers.", ref(ReadinessAnswer))})
    ready[503]["content"]["application/json"] = {"schema": ref(ReadinessAnswer)}
    yield Operation("GET", "/ready", api.ready, "Readiness: chain, database and workers answer", ready)
    figures = answers({})
    figures[200] = {"description": "Prometheus' text.", "content": {"text/plain": {"schema": {"type": "string"}}}}
    yield Operation("GET", "/metrics", api.show_metrics, "Metrics for Prometheus", figures)


def _of_deeds(api: DeedApi) -> Iterator[Operation]:
    deed = ref(DEED_ANSWER)
    drafted = answers(
        {201: ("Drafted: to be signed by its parties.", deed), 200: ("Drafted already.", deed)},
        *MALFORMED, Code.VALUE_OUT_OF_RANGE, Code.SLIP_EXPIRED, Code.CONTENT_MISMATCH, Code.REFUSED_BY_CONTRACT,
    )  # fmt: skip
    yield Operation("POST", "/v1/deeds", api.post_deed, "Draft a deed", drafted, "DeedRequest")
    party = parameter("party", "query", Address, "Whose deeds.")
    found = answers({200: ("The newest first.", ref(DEEDS_ANSWER))}, Code.MALFORMED_REQUEST)
    yield Operation("GET", "/v1/deeds", api.get_deeds, "Deeds of a party", found, parameters=[party])
    found = answers({200: ("The deed.", deed)}, Code.MALFORMED_REQUEST, Code.DEED_UNKNOWN)
    yield Operation("GET", "/v1/deeds/{id}", api.get_deed, "A deed and its signatures", found, parameters=[ID])


def _of_costs(api: CostsApi) -> Iterator[Operation]:
    asked, as_csv = [BY, SINCE], described(csv=True)
    yield Operation(
        "GET", "/v1/costs", api.get_costs, "Cost of posting, by service and by day", described(), parameters=asked
    )
    yield Operation("GET", "/v1/costs.csv", api.get_costs_csv, "Cost of posting, as CSV", as_csv, parameters=asked)


async def _as_problem(request: Request, error: Exception) -> Response:
    answer = problem(told(error, request.url.path))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer
