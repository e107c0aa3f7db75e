"""What is published of consultations: who the trustees are, for the page that is built with them inside."""

import json
from pathlib import Path
from typing import Any

from beffroi.publish.papers import Papers, PublishedPart
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def _facts(_: TownConfig, __: Papers, ___: Manifest) -> dict[str, Any]:
    return {}


def _write(draft: Path, papers: Papers) -> None:
    if papers.panels:
        panels = [panel.as_dict() for panel in papers.panels]
        (draft / "trustees.json").write_text(json.dumps(panels, indent=2) + "\n", encoding="utf-8")


PART = PublishedPart(_facts, write=_write)
