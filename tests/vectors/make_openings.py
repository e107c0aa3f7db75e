"""Writes tests/vectors/openings.json: what Python opens consultations with, for the dApp to open the same.

Questions with the hashes and the rule by which the chain refers to them, and with their text as the dApp encodes it;
a drawn roll with its file. `python -m tests.vectors.make_openings`
"""

import datetime as dt
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from beffroi.chain.keys import Key
from beffroi.consultation.subject import Subject
from beffroi.roll import Roll, Seal, write_csv

HARD = 'é « x » "y" \\ \u200d 🏰 日本 </script>'
SUBJECTS = (
    Subject("Fermer la Grand-Place ?", ("oui", "non", "blanc")),
    Subject("Oui ?", ("oui", "non")),
    Subject(HARD, (HARD, "=1+1", "Blanc")),
    Subject("Que bâtir ?", tuple(f"projet {place}" for place in range(65))),
    Subject("Quels projets ?", ("parc", "école", "halle"), "approval", 0, 3),
    Subject("Lesquels ?", ("parc", "école", "halle", "pont"), "approval", 1, 2),
    Subject("Lesquels ?", tuple(f"projet {place}" for place in range(32)), "approval", 2, 32),
    Subject("Combien ?", ("parc", "école", "halle"), "points", maximum=3, total=7),
)
VOTERS = 7


def questions() -> list[dict[str, Any]]:
    """Each subject, the chain's words for it, and its JSON as a browser writes it."""
    made = []
    for subject in SUBJECTS:
        sets, set_of, sum_set = subject.asked.rule.as_tuple()
        made.append(
            {
                "subject": asdict(subject),
                "questionHash": "0x" + subject.question_hash.hex(),
                "optionsHash": "0x" + subject.options_hash.hex(),
                "rule": {"sets": sets, "setOf": "0x" + set_of.hex(), "sumSet": sum_set},
                "uri": subject.data_uri,
                "json": json.dumps(asdict(subject), ensure_ascii=False, separators=(",", ":")),
            }
        )
    return made


def drawn() -> dict[str, Any]:
    """A roll in the order of addresses, what its file states, and the file."""
    accounts = sorted((Key.derived("openings", place).address for place in range(VOTERS)), key=str.lower)
    roll = Roll.of(accounts)
    register = Key.derived("openings", "register").address
    seal = Seal.of(roll, chain=31337, contract=register, block=1789, date=dt.date(2026, 3, 4), kind="citizen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roll.csv"
        write_csv(roll, seal, path)
        text = path.read_text(encoding="utf-8")
    return {"accounts": accounts, **asdict(seal), "csv": text}


def vectors() -> dict[str, Any]:
    """All of them."""
    return {"questions": questions(), "roll": drawn()}


if __name__ == "__main__":
    target = Path(__file__).with_name("openings.json")
    target.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
