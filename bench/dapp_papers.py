"""A paper shown and checked in Chromium, each without its network: proofs, schema, signature."""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from beffroi.chain.keys import Key
from beffroi.demo.serving import Served
from beffroi.demo.stage import Stage
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import write_paper
from beffroi.units import DAY_S
from bench.row import Row
from testbed.browser.person import Person, someone

MEMBERS = 1_000
ROUNDS = 20
FIELDS = ("name", "street", "member_since", "shares", "district", "category", "number", "note")
CARD = Definition("card", tuple(SchemaField(name) for name in FIELDS))


def rows(browser: Browser, stage: Stage, town: Served, key: Key) -> list[Row]:
    """Milliseconds of a page for two fields of eight, of one paper among a thousand.

    Args:
        browser: Chromium.
        stage: the demo's town.
        town: where it is served.
        key: of whom the paper is about.
    """
    origins = {town.post, stage.rpc.url}
    with (
        tempfile.TemporaryDirectory() as folder,
        someone(browser, town.site, origins, rpc=stage.rpc, key=key, language="en") as holder,
        someone(browser, town.site, origins, language="en", phone=False) as verifier,
    ):
        holder.visits("/").connects().goes("/papers")
        holder.field("Add a paper").set_input_files(_paper(stage, key, Path(folder) / "card.json"))
        holder.follows("card").follows("Show this paper")
        verifier.visits("/papers/check").field("Your name").fill("the bakery")
        taken = [_round(holder, verifier) for _ in range(ROUNDS)]
    made, checked = [it[0] for it in taken], [it[1] for it in taken]
    both = [sum(it) for it in taken]
    return [
        Row("dapp", f"two fields of {len(FIELDS)} shown, a paper of {MEMBERS:,}", "ms", ours=statistics.median(made)),
        Row("dapp", "the same checked without a network", "ms", ours=statistics.median(checked)),
        Row("dapp", "shown and checked, median", "ms", ours=statistics.median(both), ceiling=50),
        Row("dapp", f"shown and checked, slowest of {ROUNDS}", "ms", ours=max(both)),
    ]


def _paper(stage: Stage, key: Key, path: Path) -> Path:
    attested, mayor = Attested.of(stage.rpc, stage.manifest), stage.office("mayor")
    series = SeriesName(attested.open_schema(mayor, CARD), mayor.address)
    attested.accredit(mayor, series, stage.now_s() + DAY_S)
    drafts = [PaperDraft({name: f"{name} {at}" for name in FIELDS}, key.address) for at in range(MEMBERS)]
    batch = seal(CARD, series.schema, series.issuer, 0, drafts)
    attested.issue(mayor, batch)
    write_paper(path, attested.home, batch.paper(MEMBERS // 2))
    return path


def _round(holder: Person, verifier: Person) -> tuple[float, float]:
    verifier.presses("Another question")
    nonce = verifier.page.get_by_test_id("nonce").inner_text()
    holder.field("To whom").fill("the bakery")
    holder.field("Her question").fill(nonce)
    for name in FIELDS[:2]:
        holder.page.get_by_role("checkbox", name=name).check()
    holder.presses("Sign and show").signs()
    made = _ms(holder.page, "shown", "data-made-ms")
    with holder.page.expect_download() as download:
        holder.presses("Save the file")
    verifier.field("Open the file that is shown").set_input_files(download.value.path())
    verifier.reads("All of it is in order.")
    checked = _ms(verifier.page, "verdict", "data-took-ms")
    holder.presses("Show something else")
    return made, checked


def _ms(page: Page, name: str, attribute: str) -> float:
    expect(page.get_by_test_id(name)).to_be_visible()
    return float(page.get_by_test_id(name).get_attribute(attribute) or "nan")
