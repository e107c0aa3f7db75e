"""What is published of papers: the contract as of a block, the registers of acts, open data, lots."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart
from beffroi.records.lots.lotsfolder import FOLDER as LOTS
from beffroi.records.opendata.folder import FOLDER
from beffroi.records.paperfile import Home
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def _facts(_: TownConfig, papers: Papers, __: Manifest) -> dict[str, Any]:
    block = None if papers.records is None else papers.records.contract["block"]
    return {"records": block, "data": papers.data is not None, "lots": papers.lots is not None}


def _problems(papers: Papers, manifest: Manifest) -> Iterator[str]:
    homes = [it.home for it in (papers.data, papers.lots) if it is not None]
    if papers.records is not None:
        homes.append(Home(papers.records.contract["chain"], papers.records.contract["contract"]))
    for told in homes:
        own = Home(manifest.chain_id, manifest.contracts["Attestations"].address)
        if told != own:
            yield (
                f"the papers are of {told.contract} on chain {told.chain_id}, and the town's of {own.contract} on "
                f"chain {own.chain_id}"
            )


def _write(draft: Path, papers: Papers) -> None:
    if papers.data is not None:
        papers.data.write(draft / FOLDER)
    if papers.lots is not None:
        (draft / LOTS).mkdir(mode=0o755)
        for place, content in papers.lots.texts.items():
            (draft / place).write_text(content, encoding="utf-8")
    if papers.records is None:
        return
    text = json.dumps(papers.records.contract, ensure_ascii=False, indent=1)
    (draft / "records.json").write_text(text + "\n", encoding="utf-8")
    (draft / "acts").mkdir(mode=0o755)
    for place, content in papers.records.files.items():
        (draft / place).write_text(content, encoding="utf-8")


PART = PublishedPart(_facts, _problems, _write)
