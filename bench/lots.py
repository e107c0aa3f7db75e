"""How fast lots are followed: a recall among ten thousand events, a day of as many sealed; the processor's time."""

import time
from collections.abc import Callable
from typing import Any

from beffroi.records.lots.epcisread import read_events
from beffroi.records.lots.eventpapers import events_of, seal_events
from beffroi.records.lots.recall import Recalls, recall
from beffroi.records.lots.story import follow
from bench.row import Row
from testbed.lots import HOME, ISSUERS, TRADER, happenings

MODULE = "lots"
DAY = 10_000


def rows() -> list[Row]:
    """Every figure."""
    document = happenings(1, DAY)
    read_s, events = _timed(lambda: read_events(document))
    seal_s, batch = _timed(lambda: seal_events(HOME, 1, ISSUERS[TRADER], 0, events))
    sealed = events_of(batch)
    follow_s, story = _timed(lambda: follow(sealed))
    origins = [it.outputs[0].name for it in (at.event for at in sealed) if it.outputs and not it.inputs]
    recalls = Recalls(story)
    widest = max(origins[:200], key=lambda name: len(recalls.of(name)))
    recall_s, _ = _timed(lambda: recall(story, widest))
    return [
        Row(MODULE, "read 10,000 EPCIS events, each with its standard hash", "s", round(read_s, 1), ceiling=60),
        Row(MODULE, "seal a day of 10,000 events", "s", round(seal_s, 1), ceiling=20),
        Row(MODULE, "follow 10,000 events and recall the widest of 200 lots", "s", round(follow_s + recall_s, 2),
            ceiling=2),
    ]  # fmt: skip


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    made = act()
    return time.process_time() - started, made
