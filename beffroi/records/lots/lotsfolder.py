"""What a town publishes of its lots: `lots.json`, and beside it each batch, and the field's document of its events."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from beffroi.records.attested import Attested
from beffroi.records.lots.epcis import EpcisDocument, read_epcis
from beffroi.records.lots.epcishash import event_hashes
from beffroi.records.lots.epcisout import document_text
from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.event import EVENT, LotError, LotEvent
from beffroi.records.lots.eventpapers import events_of
from beffroi.records.lots.lotstanding import chain_problems, is_of_lots
from beffroi.records.openbatch import OpenBatch, open_text, read_open
from beffroi.records.paperfile import Home, hexed
from beffroi.textfile import read_json

FORMAT = "beffroi-lots-1"
INDEX, FOLDER = "lots.json", "lots"


@dataclass(frozen=True)
class ToldLots:
    """What a town publishes of its lots.

    Attributes:
        home: the contract that its papers are of.
        texts: files by their place in the town's folder.
    """

    home: Home
    texts: Mapping[str, str]


@dataclass(frozen=True)
class FoundLots:
    """What stands in files.

    Attributes:
        batches: of events and of certificates.
        documents: the field's, each with the batch whose events it holds.
    """

    batches: tuple[OpenBatch, ...]
    documents: tuple[tuple[OpenBatch, EpcisDocument], ...]


def tell_lots(attested: Attested, batches: Sequence[OpenBatch], documents: Sequence[EpcisDocument]) -> ToldLots:
    """What is published of lots.

    Args:
        attested: the contract.
        batches: of events and of certificates, one at least.
        documents: the EPCIS documents of batches of events, in no order.

    Raises:
        LotError: a batch is not on the chain as it stands, is given twice, or is of something else; or a document is
            of no batch.
        RpcError: the node could not say.
    """
    for batch in batches:
        if not is_of_lots(batch):
            raise LotError(f"papers of {batch.definition.name!r:.60} are neither lot events nor a label's")
    if problems := chain_problems(attested, batches):
        raise LotError("; ".join(problems))
    if len({it.root for it in batches}) != len(batches):
        raise LotError("a batch is given twice")
    by_hashes = {tuple(event_hashes(it)): it for it in documents}
    events, labels, texts = [], [], {}
    for batch in batches:
        place = f"{FOLDER}/{hexed(batch.root)}"
        texts[f"{place}.json"] = open_text(batch)
        if batch.definition != EVENT:
            labels.append({"file": f"{place}.json"})
            continue
        sealed = events_of(batch)
        document = by_hashes.pop(tuple(it.event.hash for it in sealed), None)
        events.append({"file": f"{place}.json", "epcis": f"{place}.epcis.json" if document else None})
        if document is not None:
            texts[f"{place}.epcis.json"] = document_text(document, max(it.event.at_ms for it in sealed))
    if by_hashes:
        raise LotError("the events of an EPCIS document are those of no batch that is given, in that order")
    index = {"format": FORMAT, **attested.home.json, "events": events, "labels": labels}
    return ToldLots(attested.home, {INDEX: json.dumps(index, indent=1) + "\n", **texts})


def find_lots(paths: Sequence[Path]) -> FoundLots:
    """The batches in files, and those that towns' folders list.

    Raises:
        LotError: a folder lists none as `lots.json` does.
        PaperError: a file is no batch.
        EpcisError: a document is none.
    """
    batches: list[OpenBatch] = []
    documents: list[tuple[OpenBatch, EpcisDocument]] = []
    for path in paths:
        for file, epcis in _listed(path) if path.is_dir() else [(path, None)]:
            batches.append(read_open(file))
            if epcis is not None:
                documents.append((batches[-1], read_epcis(epcis)))
    return FoundLots(tuple(batches), tuple(documents))


def document_problems(batch: OpenBatch, document: EpcisDocument) -> list[str]:
    """Where a document of the field does not say what was sealed: the hash of an event, or what is read in it."""
    sealed = events_of(batch)
    if len(sealed) != len(document.events):
        return [f"the EPCIS document has {len(document.events)} events, and {len(sealed)} were sealed"]
    told = []
    for number, (it, read) in enumerate(zip(sealed, read_events(document), strict=True), 1):
        whose = f"event {number} of the EPCIS document, paper {it.ref.number}"
        if read.hash != it.event.hash:
            told.append(f"{whose}: it was altered after it was sealed: its hash is {read.hash.hex()}")
        elif _said(read) != _said(it.event):
            told.append(f"{whose}: the paper does not say what the event says")
    return told


def _said(event: LotEvent) -> LotEvent:
    """Without what stands in the paper alone, or in master data that no hash holds."""
    return replace(event, yields=(), names=())


def _listed(folder: Path) -> list[tuple[Path, Path | None]]:
    index = read_json(folder / INDEX, LotError, "a list of lots")
    if not isinstance(index, dict) or index.get("format") != FORMAT:
        raise LotError(f"{folder / INDEX} is no list of lots")
    listed = [*_entries(index.get("events")), *_entries(index.get("labels"))]
    return [(folder / it["file"], folder / it["epcis"] if it.get("epcis") else None) for it in listed]


def _entries(listed: Any) -> list[dict[str, Any]]:
    entries: list[Any] = listed if isinstance(listed, list) else [None]
    for it in entries:
        names = [it.get("file"), it.get("epcis") or ""] if isinstance(it, dict) else [None]
        if not all(isinstance(name, str) and ".." not in name and not name.startswith("/") for name in names):
            raise LotError(f"{INDEX} names files of lots by no path within the folder: {it!r:.80}")
    return entries
