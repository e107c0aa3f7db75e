"""The story from the first block to the last table, and how the curtain falls."""

import time
from pathlib import Path

from rich.console import Console

from beffroi.chain.anvil import Anvil, anvil_running, start_anvil
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.demo import consultation, credibility, currency, founding, open_house, real_accounts
from beffroi.demo.stage import Stage

PORT = 8545
CHAPTERS = (currency.tell, consultation.tell, credibility.tell)


def play(console: Console, *, data: Path | None, serve: bool, keep: bool) -> None:
    """Plays the whole story.

    Args:
        console: where it is told.
        data: real data to live through as well: a folder with `sarafu-accounts-2020`.
        serve: stay until Ctrl-C once the story is told.
        keep: leave Anvil running when all is over.

    Raises:
        AnvilError: Anvil is not there, or its port is taken.
    """
    if keep:
        anvil = start_anvil(port=PORT)
        _tell(console, anvil, data)
        console.print(f"\nAnvil goes on at {anvil.url}; end it with: kill {anvil.process.pid}", highlight=False)
        return
    with anvil_running(port=PORT if serve else None) as anvil:
        _tell(console, anvil, data)
        if serve:
            console.print(f"\nThe town lives at {anvil.url} until Ctrl-C (SERVE=0 ends by itself).", highlight=False)
            _wait()


def _tell(console: Console, anvil: Anvil, data: Path | None) -> None:
    started = time.monotonic()
    rpc = Rpc(anvil.url)
    manifest = founding.found(console, rpc, anvil_account(0))
    stage = Stage(console, rpc, manifest)
    for chapter in CHAPTERS:
        chapter(stage)
    if data is not None:
        real_accounts.tell(stage, data)
    open_house.tell(stage)
    console.print(f"\n[green]The story is told[/] in {time.monotonic() - started:.0f} s.")


def _wait() -> None:
    while True:
        time.sleep(3600)
