"""What is published of programmes: what their sponsors wrote, how shops are called, and rolls."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.programmes.toldprogrammes import FILE, FOLDER, programmes_text
from beffroi.publish.papers import Papers, PublishedPart
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def _facts(_: TownConfig, papers: Papers, __: Manifest) -> dict[str, Any]:
    return {"programmes": bool(papers.programmes)}


def _problems(papers: Papers, manifest: Manifest) -> Iterator[str]:
    names = [it.name for it in papers.programmes]
    if len(set(names)) != len(names):
        yield "a programme is told twice"
    for told in papers.programmes:
        if not told.is_of(manifest.chain_id, manifest.address("Programmes")):
            yield f"the programme {told.file.title!r} is of another contract than the town's"


def _write(draft: Path, papers: Papers) -> None:
    if not papers.programmes:
        return
    (draft / FILE).write_text(programmes_text(papers.programmes), encoding="utf-8")
    (draft / FOLDER).mkdir(mode=0o755)
    for told in papers.programmes:
        if told.roll is not None:
            (draft / told.place).write_text(told.roll.text(), encoding="utf-8")


PART = PublishedPart(_facts, _problems, _write)
