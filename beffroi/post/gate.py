"""What every request passes through: limits before anything is read, one form of error, figures, and a discreet log."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from beffroi.chain.rpc import RpcError, RpcUnreachableError
from beffroi.post.codes import Code, PostError
from beffroi.post.config import Limits
from beffroi.post.intake import too_many
from beffroi.post.limits import Limiter
from beffroi.post.metrics import Metrics
from beffroi.post.privacy import log_failure, log_request

POST_TOKENS, GET_TOKENS = 1.0, 0.1
"""What a request takes out of a client's bucket: one that only asks is cheap. Slips in a batch are counted later."""
UNKNOWN_ROUTE = "unknown"

Call = Callable[[], Awaitable[None]]


class Json(Response):
    """JSON, fast."""

    media_type = "application/json"

    @override
    def render(self, content: Any) -> bytes:
        """The bytes."""
        return orjson.dumps(content)


class Problem(Json):
    """RFC 9457's media type."""

    media_type = "application/problem+json"


def problem(error: PostError) -> Response:
    """The answer to a refused request."""
    wait_s = error.details.get("retryAfter", 1)
    headers = {"Retry-After": str(wait_s)} if error.status in {429, 503} else None
    return Problem(error.body, error.status, headers)


def client_of(scope: Scope) -> str:
    """The client's address; behind a proxy, as uvicorn was told to trust it."""
    client = scope.get("client")
    return str(client[0]) if client else ""


@dataclass
class Gate:
    """The outermost layer but CORS.

    Args:
        app: what answers.
        limits: on what is asked.
        clients: a bucket each.
        metrics: where requests are counted.
    """

    app: ASGIApp
    limits: Limits
    clients: Limiter
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, begun = time.perf_counter(), 500, False

        async def sending(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
            await send(message)

        try:
            self._admit(scope)
            await self.app(scope, self._bounded(scope, receive), sending)
        except Exception as error:  # noqa: BLE001, every error has its answer
            answer = problem(told(error, _route(scope)))
            status = answer.status_code
            if not begun:
                await answer(scope, receive, send)
        seconds, route = time.perf_counter() - started, _route(scope)
        self.metrics.request(route, status, seconds)
        log_request(route, status, seconds, scope.get("beffroi.slip", ""))

    def _admit(self, scope: Scope) -> None:
        tokens = POST_TOKENS if scope["method"] == "POST" else GET_TOKENS
        if wait_s := self.clients.wait_s(client_of(scope), tokens):
            raise too_many(wait_s)
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit() and int(value) > self._most(scope):
                raise too_large(self._most(scope))

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        most, seen = self._most(scope), 0

        async def receiving() -> MutableMapping[str, Any]:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > most:
                    raise too_large(most)
            return message

        return receiving

    def _most(self, scope: Scope) -> int:
        return self.limits.batch_body if scope["path"].endswith("/batch") else self.limits.body


def too_large(most: int) -> PostError:
    """What whoever sends too much is told."""
    return PostError(Code.BODY_TOO_LARGE, f"a body has at most {most} bytes here", most=most)


def told(error: Exception, route: str) -> PostError:
    """An error as the client is told it; what is unexpected is logged, without its words."""
    if isinstance(error, PostError):
        return error
    if isinstance(error, HTTPException):
        missing = error.status_code == 404
        words = "there is nothing here" if missing else "this path does not take that method"
        return PostError(Code.NOT_FOUND if missing else Code.METHOD_NOT_ALLOWED, words)
    if isinstance(error, RpcUnreachableError | RpcError):
        log_failure(route, error)
        return PostError(Code.CHAIN_UNAVAILABLE, "the chain does not answer: nothing was taken in, come again")
    if isinstance(error, SQLAlchemyError):
        log_failure(route, error)
        return PostError(Code.STORE_UNAVAILABLE, "the database does not answer: come again")
    log_failure(route, error)
    return PostError(Code.INTERNAL_ERROR, "the post office erred")


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return f"{scope['method']} {route.path}" if route is not None else UNKNOWN_ROUTE
