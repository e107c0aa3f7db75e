"""The dApp in Chromium: what a first visit loads, how long a ballot takes, for how long the page does not answer.

Where the real cadastre is (`BEFFROI_DATA`) its map is opened too, every parcel with its title.
"""

import gzip
import os
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import expect
from rich.console import Console

from beffroi.chain.anvil import anvil_running
from beffroi.cli.narrator import TerminalNarrator
from beffroi.demo import ground
from beffroi.demo.open_house import SUBJECT
from beffroi.demo.serving import Served, build_site, served
from beffroi.demo.stage import Stage
from beffroi.demo.story import tell
from beffroi.land import cadastre
from beffroi.town.load import load_town
from beffroi.town.session import TOWNS
from bench import dapp_energy, dapp_papers
from bench.land import DATA
from bench.long_tasks import LONG_TASKS
from bench.row import Row
from testbed.browser.chromium import chromium
from testbed.browser.person import Person, someone

BALLOTS = 20
STATION = "/vote/4"
PLAYED_WITH = ("/demo-", "/secp256k1-")


def rows() -> list[Row]:
    """Bytes and milliseconds, in the demo's own town; a task under 50 ms is none that a browser tells of."""
    with tempfile.TemporaryDirectory() as name, anvil_running() as anvil, Path(os.devnull).open("w") as silence:
        stage = tell(TerminalNarrator(Console(file=silence)), anvil.url, folder=Path(name) / "deployments")
        if DATA.is_dir():
            ground.tell(stage, DATA.parent)
            stage.papers.parcels = cadastre.read(next(DATA.glob("*parcelles*.json")), "91216").parcels
        site = Path(name) / "site"
        build_site(site)
        with served(stage, load_town(TOWNS / "example.yaml"), site) as town:
            return _measured(stage, town)


def _measured(stage: Stage, town: Served) -> list[Row]:
    origins = {town.post, stage.rpc.url}
    with chromium() as browser:
        with someone(browser, town.site, origins) as anyone:
            loaded = _first_visit(anyone)
        key = stage.people["citizen"][7]
        with someone(browser, town.site, origins, rpc=stage.rpc, key=key) as citizen:
            citizen.page.add_init_script(LONG_TASKS)
            made_ms, tasks_ms = _ballots(citizen)
        papers = dapp_papers.rows(browser, stage, town, stage.people["citizen"][8])
        energy = dapp_energy.rows(browser, stage, town)
        maps = []
        if DATA.is_dir():
            with someone(browser, town.site, origins, rpc=stage.rpc, phone=False) as anyone:
                anyone.page.add_init_script(LONG_TASKS)
                maps = _map(anyone, len(stage.papers.parcels))
    return [
        Row(
            "dapp", "JavaScript of a first visit, gzipped, without the demo's wallets", "B", ours=loaded, ceiling=90_000
        ),
        Row(
            "dapp",
            f"a ballot of {len(SUBJECT.options)} options, median",
            "ms",
            ours=statistics.median(made_ms),
            ceiling=100,
        ),
        Row("dapp", f"a ballot, slowest of {BALLOTS}", "ms", ours=max(made_ms)),
        Row("dapp", "longest task of the page meanwhile", "ms", ours=max(tasks_ms, default=0.0), ceiling=50),
        *papers,
        *energy,
        *maps,
    ]


def _first_visit(anyone: Person) -> int:
    scripts: list[bytes] = []
    anyone.page.on("response", lambda it: scripts.append(it.body()) if _is_script(it.url) else None)
    anyone.visits("/")
    anyone.page.wait_for_load_state("networkidle")
    return sum(len(gzip.compress(script, 9)) for script in scripts)


def _is_script(url: str) -> bool:
    """Whether any town would serve it: the wallets to play with come on a local chain alone, with their curve."""
    return url.endswith(".js") and not any(name in url for name in PLAYED_WITH)


def _ballots(citizen: Person) -> tuple[list[float], list[float]]:
    made_ms = []
    citizen.visits("/").connects().goes(STATION)
    citizen.page.evaluate("window.tasks.length = 0")
    for number in range(BALLOTS):
        citizen.page.get_by_role("radio").nth(number % len(SUBJECT.options)).check()
        citizen.presses("Chiffrer mon bulletin")
        made_ms.append(float(citizen.page.get_by_test_id("sealed").get_attribute("data-made-ms") or "nan"))
        citizen.presses("Changer mon choix")
    return made_ms, citizen.page.evaluate("window.tasks")


def _map(anyone: Person, parcels: int) -> list[Row]:
    """The map opened and walked over, from a page that stands already."""
    anyone.visits("/")
    anyone.page.wait_for_load_state("networkidle")
    anyone.page.evaluate("window.tasks.length = 0")
    anyone.goes("/land")
    expect(anyone.page.locator("path.plot.free")).to_have_count(parcels)
    anyone.page.locator("path.plot[tabindex='0']").focus()
    anyone.types(*["ArrowRight"] * 10, *"+++", *["ArrowDown"] * 10, *"---")
    longest_ms = max(anyone.page.evaluate("window.tasks"), default=0.0)
    return [Row("dapp", f"longest task while a map of {parcels:,} parcels opens", "ms", ours=longest_ms, ceiling=50)]
