"""One HTTP exchange with a node: its words, whatever the status; repeated only where repeating may change them."""

import re
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote

import orjson
import requests
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TransferTimeoutError

from beffroi.errors import ChainError
from beffroi.plain import plain

MAY_CHANGE = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers in which no JSON-RPC is found, and which may be others in a moment; all others would stay as they are."""
LESS_MAY_PASS = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.GATEWAY_TIMEOUT})
"""Of these a gateway speaks, not the node."""
MOST_BODY_BYTES = 2**28
"""Of an answer: what is longer would fill our memory before it says anything."""
PIECE_BYTES = 2**18
RETRY_DELAY_S = 0.2
LONGEST_WAIT_S = 30.0
"""A node that asks for more patience than this is not waited for: whoever started us is told."""
SHOWN = 160
LEAST_SECRET = 8
"""Characters: what is shorter opens nothing."""
REVERTED = 3
RATE = re.compile(
    r"\brate\b|too many requests|throttl|per second|quota|capacity|requests? (count|limit)|\b429\b", re.IGNORECASE
)


class RpcUnreachableError(ChainError):
    """The node could not be reached, or did not answer in time."""


class RpcRefusedError(RpcUnreachableError):
    """What answers there is no node, or does not serve us: asking again would change nothing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        status: of HTTP.
        answers: the JSON-RPC objects in the body; None where it is no JSON-RPC.
        text: the body's first words, where it is none.
        wait_s: what the node asks us to wait (`Retry-After`); None when it does not.
    """

    status: int
    answers: list[dict[str, Any]] | None
    text: str = ""
    wait_s: float | None = None

    @property
    def may_change(self) -> bool:
        """Whether the same question may find another answer soon."""
        if not self.answers:
            return self.status in MAY_CHANGE
        return self.status == HTTPStatus.TOO_MANY_REQUESTS or all(is_rate_limit(it) for it in self.answers)


@dataclass
class Transport:
    """The way to a node.

    Args:
        tries: how often a question is put, at most.
        timeout_s: for how long an answer is waited for, each time.
    """

    tries: int
    timeout_s: float
    _session: requests.Session = field(default_factory=requests.Session, init=False)

    def post(self, url: str, body: Any) -> Reply:
        """The last reply to a question; several in one that may be too much are not repeated, but told at once.

        Raises:
            RpcRefusedError: this is no URL.
            RpcUnreachableError: no answer after the last try.
        """
        failure: Exception | None = None
        reply: Reply | None = None
        for attempt in range(self.tries):
            if attempt:
                time.sleep(_wait_s(reply, attempt))
            try:
                with self._session.post(url, json=body, timeout=self.timeout_s, stream=True) as response:
                    reply = _read(response, url, self.timeout_s)
            except (InvalidSchema, InvalidURL, MissingSchema) as error:
                raise RpcRefusedError(
                    f"{place_of(url)} is not the URL of a node: it begins with http:// or https://"
                ) from error
            except (requests.RequestException, HTTPError) as error:
                reply, failure = None, error
                continue
            too_much = isinstance(body, list) and reply.answers is None and reply.status in LESS_MAY_PASS
            if too_much or not reply.may_change or (reply.wait_s or 0) > LONGEST_WAIT_S:
                break
        if reply is None:
            words = f"{place_of(url)} does not answer ({_reason(failure)}): does the node run, and is this its URL?"
            raise RpcUnreachableError(words) from failure
        return reply


def place_of(url: str) -> str:
    """A node as errors name it: scheme, host and port, for paths and queries carry keys."""
    scheme, mark, rest = url.rpartition("://")
    return scheme + mark + re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]


def without_keys(words: str, url: str) -> str:
    """What a node or a gateway says, without the parts of its own URL that may be secrets: pages quote what was asked.

    Args:
        words: theirs.
        url: by which they were asked.
    """
    parts = {part for form in (url, unquote(url)) for part in re.split(r"[/?#&=@:]+", form)}
    secrets = [it for it in parts if len(it) >= LEAST_SECRET and it not in place_of(url)]
    for it in sorted({*secrets, *map(quote, secrets)}, key=len, reverse=True):
        words = words.replace(it, "…")
    return words


def is_rate_limit(answer: dict[str, Any]) -> bool:
    """Whether an answer says that we ask too often; a contract's words and those about a batch may sound alike."""
    error = answer.get("error")
    if not isinstance(error, dict):
        return error is not None and RATE.search(str(error)) is not None
    words = str(error.get("message", ""))
    if error.get("code") == REVERTED or re.search("revert|batch", words, re.IGNORECASE):
        return False
    return error.get("code") == HTTPStatus.TOO_MANY_REQUESTS or RATE.search(words) is not None


def _wait_s(reply: Reply | None, attempt: int) -> float:
    doubled: float = RETRY_DELAY_S * 2 ** (attempt - 1)
    return doubled if reply is None or reply.wait_s is None else reply.wait_s


def _read(response: requests.Response, url: str, timeout_s: float) -> Reply:
    wait_s = _retry_after_s(response.headers.get("Retry-After"))
    content = _content(response, time.monotonic() + timeout_s)
    if content is None:
        words = f"more than {MOST_BODY_BYTES // 2**20} MiB in one answer"
        return Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, None, words, wait_s)
    try:
        body = orjson.loads(content)  # which bounds how deep an answer may nest, where json may crash
    except ValueError:
        body = None
    found = [it for it in (body if isinstance(body, list) else [body]) if _is_answer(it)]
    if found or isinstance(body, list):
        return Reply(response.status_code, found, "", wait_s)
    words = " ".join(re.sub(r"<[^>]*>", " ", content[: 20 * SHOWN].decode(errors="replace")).split())
    words = without_keys(words, url)[:SHOWN]
    return Reply(response.status_code, None, plain(words), wait_s)


def _content(response: requests.Response, deadline: float) -> bytes | None:
    """The whole body, in time; None where it has no end. Each piece alone may be in time, and the last one never come.

    Raises:
        TransferTimeoutError: it is not there by the deadline, of the monotonic clock.
    """
    pieces, size = [], 0
    while piece := response.raw.read1(PIECE_BYTES, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BODY_BYTES:
            return None
        if time.monotonic() > deadline:
            raise TransferTimeoutError
    return b"".join(pieces)


def _is_answer(value: Any) -> bool:
    return isinstance(value, dict) and ("result" in value or value.get("error") is not None)


def _retry_after_s(header: str | None) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


def _reason(error: Exception | None) -> str:
    if isinstance(error, (requests.Timeout, TransferTimeoutError)):
        return "no answer in time"
    words = str(error)
    for sign in ("Connection refused", "Name or service not known", "Failed to resolve", "certificate verify failed"):
        if sign in words:
            return sign.lower()
    return "the connection broke"
