"""A JSON-RPC client that says what went wrong and repeats only what is safe to repeat."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import requests

from beffroi.errors import ChainError

Call = tuple[str, Sequence[Any]]

RETRIES = 5
RETRY_DELAY_S = 0.2
TIMEOUT_S = 60.0


class RpcError(ChainError):
    """The node answered, and the answer is an error."""

    def __init__(self, method: str, code: int, message: str, data: Any = None) -> None:
        super().__init__(f"{method}: {message} ({code})")
        self.method = method
        self.code = code
        self.message = message
        self.data = data


class RpcUnreachableError(ChainError):
    """The node could not be reached, or did not answer in time."""


@dataclass
class Rpc:
    """A node behind an URL.

    Args:
        url: where it answers.
        retries: how often a call that is safe to repeat is tried when the node drops it.
        timeout_s: for how long an answer is waited for, each time.
    """

    url: str
    retries: int = RETRIES
    timeout_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._ids = itertools.count(1)

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

    def batch(self, calls: Sequence[Call]) -> list[Any]:
        """The results of many calls in one request, in order; an `RpcError` stands where a call failed.

        Raises:
            RpcUnreachableError: no answer after the last try.
        """
        if not calls:
            return []
        requested = {next(self._ids): call for call in calls}
        body = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": list(params)}
            for number, (method, params) in requested.items()
        ]
        answers = {answer["id"]: answer for answer in self._post(body)}
        return [self._result(number, method, answers) for number, (method, _) in requested.items()]

    def _result(self, number: int, method: str, answers: dict[int, dict[str, Any]]) -> Any:
        answer = answers.get(number)
        if answer is None:
            return RpcError(method, -32603, "the node left this call of a batch without an answer")
        if error := answer.get("error"):
            return RpcError(method, error.get("code", 0), error.get("message", ""), error.get("data"))
        return answer.get("result")

    def _post(self, body: list[dict[str, Any]]) -> list[dict[str, Any]]:
        failure: Exception | None = None
        for attempt in range(self.retries):
            if attempt:
                time.sleep(RETRY_DELAY_S * 2 ** (attempt - 1))
            try:
                response = self._session.post(self.url, json=body if len(body) > 1 else body[0], timeout=self.timeout_s)
                response.raise_for_status()
                answer = response.json()
            except (requests.RequestException, ValueError) as error:
                failure = error
                continue
            return answer if isinstance(answer, list) else [answer]
        raise RpcUnreachableError(f"{self.url} did not answer: {failure}") from failure
