"""Open data that the dApp reads too: tests/vectors/open-data.json, written by `BEFFROI_VECTORS=write`.

What the dApp made, and is read here: tests/vectors/open-data-typescript.json, by `node scripts/opendata.mjs` in
frontend/.
"""

import json
import os
from pathlib import Path

from sha3 import keccak_256

from beffroi.records.openbatch import open_text, seal_open
from beffroi.records.opendata.csvrows import Rows, difference
from beffroi.records.opendata.dataversion import VERSION, DataFile, version_draft, versions_of
from beffroi.records.opendata.dcat import Publication, catalogue_json
from beffroi.records.opendata.history import histories
from beffroi.records.opendata.sensorsday import DAY, gather, reading_text
from beffroi.records.opendata.shown import row_of, show_row
from beffroi.records.paperfile import hexed
from tests.records.conftest import HOME
from tests.records.opendata.conftest import COUNTS, DATA_SET, STATISTICIAN
from tests.records.opendata.test_sensors import ENERGY, METERS, PEOPLE, a_day

VECTORS = Path(__file__).parents[2] / "vectors"
FILE, TYPESCRIPT = VECTORS / "open-data.json", VECTORS / "open-data-typescript.json"
TEXTS = (
    COUNTS, "\ufeff" + COUNTS.replace("\n", "\r\n"), COUNTS.removesuffix("\n"), "a\n", "a\r\n\r\n\n1\r",
    'a,b\n"x\ny",2\n',
    'what,n\nscreen 5" wide,1\nscreen 6" wide,2\n', 'a\n"5"" x" y\n', "a,n\nb,1\rc,2\n", "a\r\r\n", "a\r\rb",
    '"x"\r',
    'a;b\r\n"5"" wide\r\nor, so";"x"\n"";1\n', 'a\t"b"|"c"\n', '"a" ,b\n',
    '"open\n1\n', "", "\n", "a\n\x00\n", "jour,lieu,vélos\n2026-03-03,Gare,97\n", COUNTS.replace("412", "413"),
    'jour,lieu,vélos\n2026-03-03,Gare,97\n2026-03-02,Pont-Neuf,388\n2026-03-01,"Pont-Neuf, aval",412\n',
)  # fmt: skip


def _rows(text):
    try:
        rows = Rows.of(text.encode())
    except ValueError:
        return {"text": text, "rows": None}
    how = difference(rows, Rows.of(COUNTS.encode()))
    told = None if how is None else [how.changed, how.added, how.missing, [*how.places]]
    return {"text": text, "rows": len(rows), "root": hexed(rows.root), "unordered": hexed(rows.unordered), "how": told}


def made(folder):
    seeds = [keccak_256(f"version {at}".encode()).digest() for at in range(5)]
    batches, refs, files = [], [], []
    for at, (name, after) in enumerate((("1", None), ("2", 0), ("2b", 0), ("3", 1))):
        path = folder / f"{name}.csv"
        path.write_text(COUNTS + f"2026-03-04,Gare,{at}\n", encoding="utf-8")
        files.append(path.read_text(encoding="utf-8"))
        before = None if after is None else refs[after]
        draft = version_draft(DataFile.read(path), DATA_SET["ID"], name, DATA_SET["TITRE"], before)
        batches.append(seal_open(HOME, VERSION, 1, STATISTICIAN, at, [draft], seeds=seeds[at]))
        refs.append(batches[-1].papers[0].ref)
    versions = [it for batch in batches for it in versions_of(batch)]
    chains = []
    for back in ((), (2,), (1, 3), (0, 1, 2, 3)):
        (history,) = histories(versions, {refs[at] for at in back})
        head = history.head.name if history.head else None
        chains.append({"takenBack": [*back], "head": head, "problems": len(history.problems)})
    draft, readings, _ = gather(ENERGY, PEOPLE, a_day(), HOME.domain, 4)
    day = seal_open(HOME, DAY, 2, STATISTICIAN, 0, [draft], seeds=seeds[4])
    places = {it: f"batches/{it.name}.json" for it in versions}
    publication = Publication(HOME, "https://valombre.example/town/data/")
    known = histories(versions, {refs[2]})
    return {
        "texts": [*map(_rows, TEXTS)],
        "batches": [*map(open_text, batches)],
        "roots": [hexed(it.root) for it in batches],
        "files": [{"text": text, "sha256": hexed(it.sha256)} for text, it in zip(files, versions, strict=True)],
        "chains": chains,
        "catalogue": catalogue_json(publication, [DATA_SET], known, places),
        "row": show_row(batches[0], versions[0], Rows.of(files[0].encode()), 2).text,
        "day": open_text(day),
        "reading": reading_text(day, readings, METERS[1].address, ENERGY.start_s),
    }


def test_the_vectors_are_the_librarys_own(tmp_path):
    if os.environ.get("BEFFROI_VECTORS") == "write":
        FILE.write_text(json.dumps(made(tmp_path), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(FILE.read_text(encoding="utf-8")) == made(tmp_path)


def test_what_the_dapp_shows_of_a_row_is_read_here():
    shown = row_of(json.loads(json.loads(TYPESCRIPT.read_text(encoding="utf-8"))["row"]))
    assert (shown.row.text, shown.version.name) == ('2026-03-01,"Pont-Neuf, aval",412', "1")
