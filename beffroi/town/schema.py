"""The JSON schema of a town's file, for editors: `python -m beffroi.town.schema` writes towns/town.schema.json."""

import json

from beffroi.chain.artifacts import ROOT
from beffroi.town.config import TownConfig

SCHEMA = ROOT / "towns" / "town.schema.json"


def schema_text() -> str:
    """The schema as the file has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **TownConfig.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
