"""What the post office writes in its log: of a slip its hash and nothing else; of a client nothing.

No path is logged as it came (one may name an account), and no exception's message (one may quote a slip): an unexpected
error is told by its type and by the lines of code that it went through.
"""

import logging
import traceback

LOG = logging.getLogger("beffroi.post")
PROBES = frozenset({"GET /health", "GET /ready", "GET /metrics"})
"""What a machine asks every few seconds."""


TALKATIVE = ("uvicorn.access", "sqlalchemy.engine", "sqlalchemy.pool", "urllib3", "httpx", "httpcore", "asyncio")
"""Those who would log clients, paths or statements."""


def log_request(route: str, status: int, seconds: float, slip: str) -> None:
    """One line for a request.

    Args:
        route: the template of its path.
        status: of HTTP.
        seconds: that it took.
        slip: its hash, if it was about one; empty otherwise.
    """
    level = logging.DEBUG if route in PROBES else logging.INFO
    LOG.log(level, "%s %d %.1f ms %s", route, status, seconds * 1e3, slip)


def log_failure(route: str, error: BaseException) -> None:
    """An error that nobody expected, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-8:]))
    LOG.error("%s failed: %s at %s", route, type(error).__name__, where)


def quiet() -> None:
    """Silences them."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
