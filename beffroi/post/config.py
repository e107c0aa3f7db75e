"""What a post office is told when it starts."""

from dataclasses import dataclass
from pathlib import Path

from beffroi.post.limits import Rate

KIB = 1024
OF_CLIENT = Rate(per_s=20.0, burst=200.0)
OF_SIGNER = Rate(per_s=2.0, burst=60.0)
GAS_OF_SIGNER = 20_000_000
"""Some 250 payments by a key, or 70 by a smart account whose answer may use as much as the contracts let it."""


@dataclass(frozen=True)
class Limits:
    """What anyone may ask of it.

    Attributes:
        body: bytes of one slip's request, of a deed's.
        batch_body: bytes of a request with many slips.
        batch: slips in one request.
        waiting: requests that may wait for their check; beyond, they are told to come again.
        client: slips and other requests of one client's address.
        signer: slips of one signer.
        signer_gas: units that one signer's slips may use in a day (UTC); 0 for no limit.
        wait_s: the longest that a question about a slip is kept open.
        pollers: questions kept open at once.
    """

    body: int = 256 * KIB
    batch_body: int = 2_048 * KIB
    batch: int = 200
    waiting: int = 5_000
    client: Rate = OF_CLIENT
    signer: Rate = OF_SIGNER
    signer_gas: int = GAS_OF_SIGNER
    wait_s: int = 25
    pollers: int = 5_000


@dataclass(frozen=True)
class PostConfig:
    """A post office.

    Attributes:
        database: SQLAlchemy's URL.
        rolls: the folder of sealed rolls, `<root>.csv`; None for none.
        origins: of web pages that may ask (CORS); `*` for all.
        limits: what anyone may ask.
    """

    database: str
    rolls: Path | None = None
    origins: tuple[str, ...] = ("*",)
    limits: Limits = Limits()
