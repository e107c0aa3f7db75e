"""What is published of the register: the rolls that were sealed from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart
from beffroi.roll import write_csv
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def _facts(_: TownConfig, papers: Papers, __: Manifest) -> dict[str, Any]:
    return {
        "rolls": [
            {"root": seal.root, "size": seal.size, "block": seal.block, "kind": seal.kind} for _, seal in papers.rolls
        ]
    }


def _problems(papers: Papers, manifest: Manifest) -> Iterator[str]:
    register = manifest.contracts["Residents"].address
    for roll, seal in papers.rolls:
        if (seal.chain, seal.contract.lower()) != (manifest.chain_id, register.lower()):
            yield (
                f"the roll {seal.root} was drawn from {seal.contract} on chain {seal.chain}, and the town's "
                f"register is {register} on chain {manifest.chain_id}"
            )
        if seal.root.lower() != "0x" + roll.root.hex():
            yield f"the roll 0x{roll.root.hex()} is sealed as {seal.root}"


def _write(draft: Path, papers: Papers) -> None:
    folder = draft / "rolls"
    folder.mkdir(mode=0o755)
    for roll, seal in papers.rolls:
        write_csv(roll, seal, folder / f"{seal.root.lower()}.csv")


PART = PublishedPart(_facts, _problems, _write)
