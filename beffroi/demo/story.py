"""The demo's story from the first block to the last table, and how all of it is stopped."""

import contextlib
import time
from pathlib import Path

from beffroi.chain.anvil import anvil_running, start_anvil
from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.demo import founding, ground, open_house, real_accounts
from beffroi.demo.narrator import Narrator
from beffroi.demo.serving import build_site, served
from beffroi.demo.stage import Stage
from beffroi.demo.static_site import port_near
from beffroi.town.load import load_town
from beffroi.town.manifest import DEPLOYMENTS
from beffroi.town.modules import rooms
from beffroi.town.session import TOWNS

PORT = 8545


def play(narrator: Narrator, *, data: Path | None, serve: bool, keep: bool) -> None:
    """Plays the whole story.

    Args:
        narrator: who tells it.
        data: real data to live through as well: a folder with `sarafu-accounts-2020`, and perhaps `cadastre-91216`.
        serve: serve the dApp until Ctrl-C once the story is told.
        keep: leave Anvil running when all is over.

    Raises:
        AnvilError: Anvil is not there, or its port is taken.
        ServingError: the dApp cannot be built, or the post office does not start.
    """
    if keep:
        anvil = start_anvil(port=PORT)
        tell(narrator, anvil.url, data=data)
        narrator.close(f"Anvil goes on at {anvil.url}; end it with: kill {anvil.process.pid}")
        return
    with anvil_running(port=port_near(PORT) if serve else None) as anvil:
        stage = tell(narrator, anvil.url, data=data)
        if serve:
            _serve(narrator, stage)


def tell(narrator: Narrator, url: str, *, data: Path | None = None, folder: Path = DEPLOYMENTS) -> Stage:
    """Tells the story on the chain behind an URL, and gives the town that it made.

    Args:
        narrator: who tells it.
        url: of the node, whose chain is fresh.
        data: as of `play`.
        folder: where the town's manifest is written.
    """
    started = time.monotonic()
    rpc = Rpc(url)
    stage = Stage(narrator, rpc, founding.found(narrator, rpc, anvil_account(0), folder))
    for chapter in rooms("chapter"):
        chapter.tell(stage)
    if data is not None:
        real_accounts.tell(stage, data)
        ground.tell(stage, data)
    open_house.tell(stage)
    narrator.close(f"The story is told in {time.monotonic() - started:.0f} s.")
    return stage


def _serve(narrator: Narrator, stage: Stage) -> None:
    with contextlib.ExitStack() as curtain:
        with narrator.waiting("Building the dApp, opening the post office"):
            build_site()
            services = curtain.enter_context(served(stage, load_town(TOWNS / "example.yaml"), fixed=True))
        narrator.close("The town is open until Ctrl-C")
        places = (
            ("the dApp, on any static host", services.site),
            ("the same in one file, from disk", str(services.one_file.relative_to(ROOT))),
            ("the post office", f"{services.post}/openapi.json"),
            ("the node", stage.rpc.url),
        )
        narrator.table((), places)
        narrator.tell("Wallets to play everyone wait in the page; no extension is needed.")
        while True:
            time.sleep(3600)
