"""A JSON-RPC client that says what went wrong, in the node's own words, and asks for as much as the node takes."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from beffroi.chain.learnt import Sizes, sizes_of
from beffroi.chain.transport import (
    LESS_MAY_PASS,
    MAY_CHANGE,
    Reply,
    RpcRefusedError,
    RpcUnreachableError,
    Transport,
    is_rate_limit,
    place_of,
    without_keys,
)
from beffroi.errors import ChainError
from beffroi.plain import plain

__all__ = ["Call", "Rpc", "RpcError", "RpcRefusedError", "RpcUnreachableError"]

Call = tuple[str, Sequence[Any]]

TRIES = 5
TIMEOUT_S = 60.0
UNANSWERED = -32603
OF_US = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN})
"""Refusals that no smaller batch escapes."""


class RpcError(ChainError):
    """The node answered, and the answer is an error."""

    def __init__(self, method: str, code: int, message: str, data: Any = None) -> None:
        super().__init__(plain(f"{method}: {message} ({code})"))
        self.method = method
        self.code = code
        self.message = message
        self.data = data


@dataclass
class Rpc:
    """A node behind an URL.

    Args:
        url: where it answers.
        retries: how often a question is put, at most, while the node drops it or is busy.
        timeout_s: for how long an answer is waited for, each time.
    """

    url: str
    retries: int = TRIES
    timeout_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        self._transport = Transport(self.retries, self.timeout_s)
        self._ids = itertools.count(1)

    @property
    def sizes(self) -> Sizes:
        """What the node takes at once, as far as it is known."""
        return sizes_of(self.url)

    def call(self, method: str, *params: Any) -> Any:
        """The result of one call, tried again when the node drops it: for reads, and for sends of a signed transaction.

        Raises:
            RpcError: the node answered with an error.
            RpcUnreachableError: no answer after the last try.
        """
        (answer,) = self.batch([(method, params)])
        if isinstance(answer, RpcError):
            raise answer
        return answer

    def number(self, method: str, *params: Any) -> int:
        """The result of a call that answers with a quantity.

        Raises:
            RpcError: as of `call`, or the answer is no quantity.
            RpcUnreachableError: as of `call`.
        """
        answer = self.call(method, *params)
        try:
            return int(answer, 16)
        except (TypeError, ValueError):
            raise RpcError(method, UNANSWERED, f"the node answers {answer!r:.80}, which is no quantity") from None

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The results of many calls, in order, in as few requests as the node takes.

        An `RpcError` stands where a call failed. What a request leaves unanswered is asked again in a smaller one.

        Raises:
            RpcUnreachableError: no answer after the last try.
        """
        found: dict[int, Any] = {}
        left = list(range(len(calls)))
        learnt = self.sizes.calls
        while left:
            size = min(learnt.size, len(left))
            some, left = left[:size], left[size:]
            answers = self._asked([calls[place] for place in some])
            found |= {place: it for place, it in zip(some, answers, strict=True) if not isinstance(it, _Unanswered)}
            again = [place for place in some if place not in found]
            if not again:
                learnt.taken(size)
            elif size > 1:
                learnt.refused(size)
                left = [*again, *left]
            else:
                (why,) = answers
                found |= {place: why.of(calls[place]) for place in ([*again, *left] if why.is_hopeless else again)}
                left = [] if why.is_hopeless else left
        return [found[place] for place in range(len(calls))]

    def _asked(self, calls: Sequence[Call]) -> list[Any]:
        """What one request brings of each of its calls: a result, an `RpcError`, or why there is neither."""
        ids = [next(self._ids) for _ in calls]
        body = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}
            for number, (method, params) in zip(ids, calls, strict=True)
        ]
        reply = self._post(body)
        if reply.answers is None:
            return [self._of_nothing(reply)] * len(calls)
        by_id = {str(it["id"]): it for it in reply.answers if it.get("id") is not None}
        of_all = next((it for it in reply.answers if it.get("id") is None and it.get("error") is not None), None)
        answers = [by_id.get(str(number), of_all) for number in ids]
        return [
            _result(self.url, call, it, reply.status, of_all=it is of_all)
            for call, it in zip(calls, answers, strict=True)
        ]

    def _post(self, body: list[dict[str, Any]]) -> Reply:
        return self._transport.post(self.url, body if len(body) > 1 else body[0])

    def _of_nothing(self, reply: Reply) -> "_Unanswered":
        phrase = f"{reply.status} {_phrase(reply.status)}".strip()
        if reply.status in LESS_MAY_PASS:
            return _Unanswered(reply.status, reply.text or phrase)
        said = f"{place_of(self.url)} answers {phrase}"
        if reply.status in MAY_CHANGE:
            raise RpcUnreachableError(f"{said}: {reply.text}" if reply.text else said)
        words = f"{said}, and no JSON-RPC: is this the URL of a node?"
        raise RpcRefusedError(f"{words} It says: {reply.text}" if reply.text else words)


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """Why a call has no answer of its own yet, and the words that become it when it gets no better."""

    code: int
    message: str
    data: Any = None
    is_rate: bool = False

    @property
    def is_hopeless(self) -> bool:
        """Whether other calls would fare no better: we ask too often, or nobody behind the gateway answers."""
        return self.is_rate or self.code == HTTPStatus.GATEWAY_TIMEOUT

    def of(self, call: Call) -> RpcError:
        return RpcError(call[0], self.code, self.message, self.data)


_NO_WORD = _Unanswered(UNANSWERED, "the node left this call without an answer")


def _result(url: str, call: Call, answer: dict[str, Any] | None, status: int, *, of_all: bool) -> Any:
    if answer is None:
        return _NO_WORD
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    fields = error if isinstance(error, dict) else {"message": error}
    code = fields.get("code", status if status >= HTTPStatus.BAD_REQUEST else UNANSWERED)
    why = _Unanswered(
        code if isinstance(code, int) else UNANSWERED,
        without_keys(str(fields.get("message") or error), url),
        fields.get("data"),
        is_rate_limit(answer),
    )
    return why if why.is_rate or (of_all and status not in OF_US) else why.of(call)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
