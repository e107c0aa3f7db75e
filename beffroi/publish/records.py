"""What is published of papers and acts: the contract as of a block, and the registers of acts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def _facts(_: TownConfig, papers: Papers, __: Manifest) -> dict[str, Any]:
    return {"records": None if papers.records is None else papers.records.contract["block"]}


def _problems(papers: Papers, manifest: Manifest) -> Iterator[str]:
    if papers.records is None:
        return
    told, contract = papers.records.contract, manifest.contracts["Attestations"].address
    if (told["chain"], told["contract"]) != (manifest.chain_id, contract):
        yield (
            f"the papers are of {told['contract']} on chain {told['chain']}, and the town's of {contract} on chain "
            f"{manifest.chain_id}"
        )


def _write(draft: Path, papers: Papers) -> None:
    if papers.records is None:
        return
    text = json.dumps(papers.records.contract, ensure_ascii=False, indent=1)
    (draft / "records.json").write_text(text + "\n", encoding="utf-8")
    (draft / "acts").mkdir(mode=0o755)
    for place, content in papers.records.files.items():
        (draft / place).write_text(content, encoding="utf-8")


PART = PublishedPart(_facts, _problems, _write)
