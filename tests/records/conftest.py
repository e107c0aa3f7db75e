"""A university's diplomas: what the rector seals, Alice holds, an employer is shown."""

import pytest

from beffroi.chain.keys import Key
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperfile import Home

DIPLOMA = Definition(
    "diploma",
    (
        SchemaField("name"),
        SchemaField("born", "date"),
        SchemaField("degree"),
        SchemaField("grade", "integer", required=False),
    ),
)
ALICE, BOB, RECTOR = (Key.derived("papers", name) for name in ("alice", "bob", "rector"))
HOME = Home(31337, "0x5FbDB2315678afecb367f032d93F642f64180aa3")
NOW_S = 1_767_225_600
SAID = {"name": "Alice Martin", "born": "2000-02-29", "degree": "Licence de droit", "grade": "17"}


def draft(**changes):
    return PaperDraft(**{"values": SAID, "subject": ALICE.address} | changes)


@pytest.fixture
def batch():
    others = [draft(values=SAID | {"name": f"Resident {at}"}, subject=BOB.address) for at in range(5)]
    return seal(DIPLOMA, 1, RECTOR.address, 10, [*others, draft(), draft(values=SAID | {"grade": None})])


@pytest.fixture
def diploma(batch):
    return batch.paper(15)
