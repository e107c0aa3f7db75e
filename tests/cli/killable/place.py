"""A town in which scripts are killed, and what a script is told by."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from testbed.estate import Estate
from testbed.polls import Hall
from testbed.town import Town

PEOPLE = [Key.derived("killed script", number) for number in range(3)]
OTHERS = [Key.derived("killed script", number) for number in range(3, 6)]
PASSPHRASE = "the bell of the belfry"
KEY = 1
"""The ceremony that has made a key."""
PLEDGED, SILENT = 1, 2
"""The mayor's mandates: with promises, and without."""


@dataclass
class Place:
    """A town of a file of its own, and a folder for what scripts are given.

    The mayor, who signs where no office is asked for, holds the house and money, and has two mandates.
    """

    estate: Estate
    hall: Hall
    path: Path
    folder: Path

    @property
    def town(self) -> Town:
        return self.estate.town

    @property
    def rpc(self) -> Rpc:
        return self.estate.rpc

    def writes(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def paper(self) -> Path:
        return self.writes("document.pdf", "%PDF")

    def day(self, after: int) -> str:
        return str(dt.datetime.fromtimestamp(self.hall.polls.now_s() + after * 86_400, dt.UTC).date())

    def cents(self, *who: Key) -> int:
        return sum(self.town.currency.reads(self.rpc, "balanceOf", [(key.address,) for key in who]))


@dataclass(frozen=True)
class Script:
    """A script that sends.

    Attributes:
        words: makes what it needs; its command line.
        measure: what it changes, as a number.
        by: how much once is.
        code: the exit code of whoever starts it again after its first transaction: 1 where that is told and is not all.
        moment: the transaction at which it is killed, from 1.
    """

    words: Callable[[Place], list]
    measure: Callable[[Place], int]
    by: int = 1
    code: int = 0
    moment: int = 1


def told(contract: str, event: str) -> Callable[[Place], int]:
    """How often a contract said so."""
    return lambda place: len(list(place.town.contract(contract).events(place.rpc, event)))


def spike(rpc: Rpc) -> None:
    """The base fee is beyond what was signed; with each empty block it falls by an eighth."""
    (block,) = rpc.batch([("eth_getBlockByNumber", ["latest", False])])
    rpc.call("anvil_setNextBlockBaseFeePerGas", hex(4 * int(block["baseFeePerGas"], 16)))


class Miner(threading.Thread):
    """Makes a block several times a second, once it has begun."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__(daemon=True)
        self.rpc, self.begun, self.stopped = Rpc(rpc.url), threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.begun.set()
        self.join()

    def once_looked(self, method: str, result: Any) -> Any:
        """Begins when a script has seen what is under way, for `flaky_proxy`: it was started at once."""
        if method == "eth_getTransactionCount":
            self.begun.set()
        return result

    def run(self) -> None:
        self.begun.wait()
        while not self.stopped.wait(0.05):
            self.rpc.call("evm_mine")
