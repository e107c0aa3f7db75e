"""Pictures of every view, for a person to look at: `build/screenshots/index.html`."""

import html
import shutil
from pathlib import Path
from typing import Any

from beffroi.chain.artifacts import ROOT

FOLDER = ROOT / "build" / "screenshots"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Beffroi, view by view</title>
<style>body{{font:16px system-ui;margin:2rem;background:#888}}figure{{display:inline-block;margin:0 1rem 1rem 0;
vertical-align:top}}img{{max-height:36rem;box-shadow:0 2px 8px #0006}}</style>
<h1>Beffroi, view by view</h1>{figures}</html>
"""


def take(page: Any, name: str) -> None:
    """A picture of the whole page as it is now, in light and in dark."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=FOLDER / f"{name}-{scheme}.png", full_page=True, animations="disabled")


def clear(folder: Path = FOLDER) -> None:
    """Takes the pictures of an earlier run away."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def write_index(folder: Path = FOLDER) -> None:
    """A page with every picture."""
    pictures = sorted(folder.glob("*.png"))
    figures = "".join(
        f'<figure><a href="{it.name}"><img loading="lazy" src="{it.name}" alt=""></a>'
        f"<figcaption>{html.escape(it.stem)}</figcaption></figure>"
        for it in pictures
    )
    (folder / "index.html").write_text(PAGE.format(figures=figures), encoding="utf-8")
