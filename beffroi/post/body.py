"""The body of a request as JSON."""

from typing import Any

import orjson
from starlette.requests import Request

from beffroi.post.codes import Code, PostError


async def json_of(request: Request) -> Any:
    """What the body holds.

    Raises:
        PostError: it is not JSON, or too large.
    """
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise PostError(Code.MALFORMED_JSON, "the body is not JSON") from error
