"""One's own month of shared energy in Chromium: 2,976 quarter-hours of one meter among 64, in the page's own worker.

From the moment that the second file is chosen until the verdict, the charts and the bill stand there: the worker's
start, the questions to the node, the whole published file read, and every commitment made anew.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from beffroi.demo.serving import Served
from beffroi.demo.stage import Stage
from beffroi.flows.energy.privatefile import PrivateMonth, write_private
from beffroi.flows.energy.publicfile import write_public
from bench.energy import CONSUMERS, PRODUCERS, QUARTERS
from bench.long_tasks import LONG_TASKS
from bench.row import Row
from testbed.browser.person import Person, someone
from testbed.energy import seed, street_curves
from testbed.operation import AGENT, ARBITER, ORGANISER, PERIOD, neighbour, operation
from testbed.town import CONFIG, Town, fund

ROUNDS = 5
PATIENCE_MS = 60_000
GOOD = "Vos relevés, votre part et votre facture concordent avec le fichier publié et la chaîne."
TOLD = """
addEventListener("change", () => { window.chosenAt = performance.now(); window.told_ms = 0; }, { capture: true });
new MutationObserver(() => {
  if (window.told_ms || !document.querySelector("[data-testid=tariff]")) return;
  requestAnimationFrame(() => setTimeout(() => { window.told_ms = performance.now() - window.chosenAt; }));
}).observe(document, { childList: true, subtree: true });
"""
"""Told once it is painted: the frame in which the last of it comes, the tariff, is over."""


def rows(browser: Browser, stage: Stage, town: Served) -> list[Row]:
    """Milliseconds until one's own month is told, and the page's longest task meanwhile.

    Args:
        browser: Chromium.
        stage: the demo's town.
        town: where it is served.
    """
    with tempfile.TemporaryDirectory() as name:
        path = _stated(stage, Path(name))
        with someone(browser, town.site, {town.post, stage.rpc.url}) as member:
            member.page.add_init_script(LONG_TASKS + TOLD)
            member.visits(path)
            member.page.wait_for_load_state("networkidle")
            taken = [_round(member, Path(name), path) for _ in range(ROUNDS)]
    told_ms, tasks_ms = zip(*taken, strict=True)
    return [
        Row("dapp", f"one's own month, {QUARTERS:,} readings, median", "ms", statistics.median(told_ms), ceiling=3_000),
        Row("dapp", f"one's own month, slowest of {ROUNDS}", "ms", max(told_ms), ceiling=3_000),
        Row("dapp", "longest task of the page meanwhile, the charts drawn", "ms", max(tasks_ms), ceiling=50),
    ]


def _stated(stage: Stage, folder: Path) -> str:
    """A street with a month of quarter-hours that is stated; the path of its view of one's own."""
    fund(stage.rpc, [ORGANISER, ARBITER, AGENT, *map(neighbour, range(CONSUMERS))])
    street = operation(Town(stage.rpc, CONFIG, stage.manifest), ORGANISER, ARBITER, AGENT)
    curves = street.meters(street_curves(CONSUMERS, PRODUCERS, QUARTERS, step_s=900))
    file = street.commits(curves)
    street.states(file)
    write_public(folder / "period.json.gz", file)
    column = curves.columns[0]
    own = PrivateMonth(street.terms.op, PERIOD, curves.start_s, curves.step_s, column, seed(column.id.hex()))
    write_private(folder / "own.json", own)
    return f"/energy/0x{street.terms.op.hex()}/month"


def _round(member: Person, folder: Path, path: str) -> tuple[float, float]:
    """Until all is told, and the longest task: 0 where none reached 50 ms."""
    member.goes("/energy").goes(path)
    member.field("Mon fichier").set_input_files(folder / "own.json")
    member.page.evaluate("window.tasks.length = 0")
    member.field("Fichier publié de la période").set_input_files(folder / "period.json.gz")
    # What waits for a text reads the whole page again and again, in tasks of its own: this one reads a number.
    member.page.wait_for_function("() => window.told_ms", timeout=PATIENCE_MS)
    told_ms, tasks_ms = member.page.evaluate("[window.told_ms, window.tasks]")
    member.reads(GOOD)
    expect(member.page.get_by_role("img")).to_have_count(2)
    return told_ms, max(tasks_ms, default=0.0)
