"""The folder of published data: what a town puts into `data/`, and what anybody finds there.

```
catalogue.jsonld   the catalogue, as DCAT-AP        batches/<root>.json   versions and sensors' days, as papers
catalogue.csv      the same, as SCDL                <data set>/<version>.csv   each file, byte for byte
index.json         `beffroi-data-1`: where the batches are
```
What is found is believed in nothing: batches make the root that stands on the chain, files the hash on their paper.
"""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.errors import InputError
from beffroi.records.openbatch import OpenBatch, open_of, open_text
from beffroi.records.opendata.catalogue import DataSet, write_catalogue
from beffroi.records.opendata.dataversion import VERSION, DataFile, Version, versions_of
from beffroi.records.opendata.dcat import Publication, catalogue_json
from beffroi.records.opendata.history import History
from beffroi.records.opendata.issueddata import DataStanding
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import Home, hexed
from beffroi.textfile import json_of, read_text

FORMAT = "beffroi-data-1"
FOLDER = "data"
"""Within the town's folder."""


@dataclass(frozen=True)
class ToldData:
    """What a town publishes of its data.

    Attributes:
        home: the contract that its papers are of.
        texts: files by their place in the folder.
        copies: files that are copied, by their place in the folder.
    """

    home: Home
    texts: Mapping[str, str]
    copies: Mapping[str, Path]

    def write(self, folder: Path) -> None:
        """Puts all of it into a folder that is not there yet.

        Raises:
            OSError: it cannot be written.
        """
        for place, text in self.texts.items():
            _made(folder / place).write_text(text, encoding="utf-8")
        for place, path in self.copies.items():
            shutil.copyfile(path, _made(folder / place))


@dataclass(frozen=True)
class FoundData:
    """What stands in a folder of published data.

    Attributes:
        folder: where.
        batches: those that are whole.
        catalogue: JSON as it was read; None where there is none.
        problems: what could not be read, a sentence each.
    """

    folder: Path
    batches: tuple[OpenBatch, ...]
    catalogue: Any
    problems: tuple[str, ...]

    def path(self, version: Version) -> Path:
        """Where the file of a version is to be."""
        return self.folder / version.place


def batch_place(batch: OpenBatch) -> str:
    """Where a batch stands in the folder."""
    return f"batches/{hexed(batch.root)}.json"


def tell_data(
    base: str, data_sets: Sequence[DataSet], batches: Sequence[OpenBatch], files: Iterable[DataFile],
    known: DataStanding,
) -> ToldData:  # fmt: skip
    """A folder of published data.

    Args:
        base: the address at which it will stand, with a `/` at its end.
        data_sets: of the catalogue.
        batches: of versions and of sensors' days, one at least.
        files: of the versions.
        known: those batches, as they stand on the chain.

    Raises:
        PaperError: a batch is not on the chain or is not the town's, versions do not follow one another, a file is that
            of no version, a version has none, or as `catalogue_json`.
    """
    if not batches:
        raise PaperError("no paper says of any file what it is: seal and issue a version first")
    if known.problems:
        raise PaperError("; ".join(known.problems))
    for history in known.histories:
        if history.schema not in known.offices:
            raise PaperError(f"{history.identifier}: no office of the town opened schema {history.schema}")
        if history.problems:
            raise PaperError(f"{history.identifier}: {'; '.join(history.problems)}")
    by_hash = {it.sha256: it for it in files}
    versions = [it for history in known.histories for it in history.versions]
    back = {ref for history in known.histories for ref in history.taken_back}
    if missing := [it for it in versions if it.sha256 not in by_hash and it.ref not in back]:
        raise PaperError(f"no file given is that of {', '.join(f'{it.identifier} {it.name}' for it in missing)}")
    if strange := by_hash.keys() - {it.sha256 for it in versions}:
        raise PaperError(f"{', '.join(by_hash[it].path.name for it in strange)}: of no version that is published")
    places = {it: batch_place(batch) for batch in batches if batch.definition == VERSION for it in versions_of(batch)}
    catalogue = catalogue_json(Publication(batches[0].home, base), data_sets, known.histories, places)
    index = {"format": FORMAT, **batches[0].home.json, "batches": [batch_place(it) for it in batches]}
    texts = {"catalogue.jsonld": _pretty(catalogue), "index.json": _pretty(index)}
    texts["catalogue.csv"] = write_catalogue(data_sets)
    texts |= {batch_place(it): open_text(it) for it in batches}
    copies = {it.place: by_hash[it.sha256].path for it in versions if it.sha256 in by_hash}
    return ToldData(batches[0].home, texts, copies)


def read_data(town: Path) -> FoundData:
    """What stands in a town's folder, whoever wrote it.

    Args:
        town: the folder, which has `data/`; or that one itself.

    Raises:
        InputError: there is no such folder.
    """
    folder = town / FOLDER if (town / FOLDER).is_dir() else town
    paths = sorted((folder / "batches").glob("*.json"))
    if not paths:
        raise InputError(f"{town} has no {FOLDER}/batches with papers in it: give a town's folder, as it is published")
    batches, problems = [], []
    for path in paths:
        try:
            batches.append(open_of(read_text(path, PaperError), path.name))
        except InputError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{path.name} cannot be read: {error.strerror}")
    try:
        catalogue = json_of(read_text(folder / "catalogue.jsonld"))
    except (InputError, OSError) as error:
        catalogue = None
        problems.append(f"catalogue.jsonld cannot be read: {error}")
    return FoundData(folder, tuple(batches), catalogue, tuple(problems))


def file_problems(found: FoundData, known: Sequence[History]) -> list[str]:
    """Which published files are not those of their papers, a sentence each.

    Args:
        found: the folder.
        known: what the papers say.
    """
    told = []
    for history in known:
        for version in history.versions:
            path, name = found.path(version), f"{history.identifier}, version {version.name}"
            if not path.is_file():
                told += [] if version.ref in history.taken_back else [f"{name}: its file {version.place} is not there"]
            elif DataFile.read(path).sha256 != version.sha256:
                told.append(f"{name}: {version.place} is not the file of its paper: its bytes were changed")
    return told


def _made(path: Path) -> Path:
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    return path


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
