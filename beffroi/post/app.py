"""The HTTP half as an application: routes, their description, and the layers around them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import Field
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from beffroi.post.answers import (
    BatchAnswer,
    HealthAnswer,
    PlaceAnswer,
    ReadinessAnswer,
    SlipAnswer,
    TownAnswer,
)
from beffroi.post.api import Api, Handler
from beffroi.post.api_costs import BY, SINCE, CostsApi, described
from beffroi.post.api_deeds import DeedApi
from beffroi.post.codes import Code, PostError
from beffroi.post.deed_types import DEED_ANSWER, DEEDS_ANSWER
from beffroi.post.gate import Gate, problem, told
from beffroi.post.json_types import Address
from beffroi.post.limits import Limiter
from beffroi.post.office import PostOffice
from beffroi.post.openapi import ACCOUNT, DESCRIPTION, ID, ROOT, answers, components, parameter, ref
from beffroi.post.slip_types import SlipReaders

VERSION = "1.0.0"
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


def make_app(office: PostOffice) -> FastAPI:
    """The application of a post office; it closes the office when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        office.close()

    app = FastAPI(
        title=f"Post office of {office.manifest.name}",
        version=VERSION,
        description=DESCRIPTION,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    limits = office.config.limits
    clients = Limiter(limits.client)
    deed_api = DeedApi(office, office.desk) if office.desk else None
    readers = SlipReaders(office.kinds, deeds=deed_api is not None, most=limits.batch)
    _lay(app, Api(office, clients, deed_api, readers), limits.wait_s)
    _lay_costs(app, CostsApi(office))
    if deed_api:
        _lay_deeds(app, deed_api)
    _describe(app, readers, deeds=deed_api is not None)
    app.add_exception_handler(404, _as_problem)
    app.add_exception_handler(405, _as_problem)
    app.add_exception_handler(PostError, _as_problem)
    app.add_middleware(Gate, limits=limits, clients=clients, metrics=office.metrics)
    app.add_middleware(
        CORSMiddleware, allow_origins=office.config.origins, allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"], expose_headers=["Retry-After"], max_age=86_400,
    )  # fmt: skip
    return app


def _lay(app: FastAPI, api: Api, longest_s: int) -> None:
    slip = ref(SlipAnswer)
    wait = parameter(
        "wait_s", "query", Annotated[int, Field(ge=0, le=longest_s)],
        "Keep the question open until the state changes, for so many seconds at most.", required=False,
    )  # fmt: skip
    taken = {202: ("Taken in, durably.", slip), 200: ("Known already: what became of it.", slip)}
    batch = {200: ("An answer for each slip, in order.", ref(BatchAnswer))}
    one = {200: ("What became of it.", slip)}
    place = {200: ("The place and its Merkle proof.", ref(PlaceAnswer))}
    _route(
        app, "POST", "/v1/slips", api.post_slip, "Submit a slip", answers(taken, *MALFORMED, *REFUSED), "SlipRequest"
    )
    _route(
        app,
        "POST",
        "/v1/slips/batch",
        api.post_batch,
        "Submit several slips at once",
        answers(batch, *MALFORMED, Code.VALUE_OUT_OF_RANGE, Code.KIND_NOT_SERVED),
        "BatchRequest",
    )
    got = answers(one, Code.MALFORMED_REQUEST, Code.SLIP_UNKNOWN)
    _route(app, "GET", "/v1/slips/{id}", api.get_slip, "State of a slip", got, parameters=[ID, wait])
    got = answers(place, Code.MALFORMED_REQUEST, Code.ROLL_UNKNOWN, Code.NOT_ON_ROLL)
    _route(
        app,
        "GET",
        "/v1/rolls/{root}/{account}",
        api.get_place,
        "Place of an account on a sealed roll, with its proof",
        got,
        parameters=[ROOT, ACCOUNT],
    )
    town = answers({200: ("The town.", ref(TownAnswer))})
    _route(app, "GET", "/v1/town", api.get_town, "The town: chain, contracts, kinds of slips", town)
    _route(
        app,
        "GET",
        "/health",
        api.health,
        "Liveness: the process answers",
        answers({200: ("It answers.", ref(HealthAnswer))}),
    )
    ready = answers({200: ("Everything that the work needs answers.", ref(ReadinessAnswer))})
    ready[503]["content"]["application/json"] = {"schema": ref(ReadinessAnswer)}
    _route(app, "GET", "/ready", api.ready, "Readiness: chain, database and workers answer", ready)
    figures = answers({})
    figures[200] = {"description": "Prometheus' text.", "content": {"text/plain": {"schema": {"type": "string"}}}}
    _route(app, "GET", "/metrics", api.show_metrics, "Metrics for Prometheus", figures)


def _lay_deeds(app: FastAPI, api: DeedApi) -> None:
    deed = ref(DEED_ANSWER)
    drafted = answers(
        {201: ("Drafted: to be signed by its parties.", deed), 200: ("Drafted already.", deed)},
        *MALFORMED, Code.VALUE_OUT_OF_RANGE, Code.SLIP_EXPIRED, Code.CONTENT_MISMATCH, Code.REFUSED_BY_CONTRACT,
    )  # fmt: skip
    _route(app, "POST", "/v1/deeds", api.post_deed, "Draft a deed", drafted, "DeedRequest")
    party = parameter("party", "query", Address, "Whose deeds.")
    found = answers({200: ("The newest first.", ref(DEEDS_ANSWER))}, Code.MALFORMED_REQUEST)
    _route(app, "GET", "/v1/deeds", api.get_deeds, "Deeds of a party", found, parameters=[party])
    found = answers({200: ("The deed.", deed)}, Code.MALFORMED_REQUEST, Code.DEED_UNKNOWN)
    _route(app, "GET", "/v1/deeds/{id}", api.get_deed, "A deed and its signatures", found, parameters=[ID])


def _lay_costs(app: FastAPI, api: CostsApi) -> None:
    asked = [BY, SINCE]
    _route(
        app,
        "GET",
        "/v1/costs",
        api.get_costs,
        "Cost of posting, by service and by day",
        described(),
        parameters=asked,
    )
    _route(
        app, "GET", "/v1/costs.csv", api.get_costs_csv, "Cost of posting, as CSV", described(csv=True), parameters=asked
    )


def _route(
    app: FastAPI,
    method: str,
    path: str,
    handler: Handler,
    summary: str,
    responses: Mapping[int | str, dict[str, Any]],
    body: str | None = None,
    parameters: list[dict[str, Any]] | None = None,
) -> None:
    extra: dict[str, Any] = {"parameters": parameters} if parameters else {}
    if body:
        extra["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref(body)}}}
    app.add_api_route(
        path, handler, methods=[method], summary=summary, responses=dict(responses), openapi_extra=extra,
        response_model=None, response_class=Response, operation_id=handler.__name__,
    )  # fmt: skip


def _describe(app: FastAPI, readers: SlipReaders, *, deeds: bool) -> None:
    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            described["components"] = {"schemas": components(readers, deeds=deeds)}
            app.openapi_schema = described
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]


async def _as_problem(request: Request, error: Exception) -> Response:
    answer = problem(told(error, request.url.path))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer
