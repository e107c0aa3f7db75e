"""A mandate as tables: for the screen, CSV and JSON alike."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from beffroi.credibility.formula import score_percent
from beffroi.credibility.mandate_history import MandateHistory, Promised
from beffroi.plain import plain

Sheet = tuple[list[str], list[list[str]]]


def of_promises(history: MandateHistory) -> Sheet:
    """One row a promise: what rests on it, what residents found, what it cost."""
    rows = [
        [
            str(it.number + 1),
            plain(it.text),
            str(it.stake),
            _day(it.due_at),
            str(it.evidence),
            str(it.counter_evidence),
            "" if it.opinions is None else str(it.opinions),
            _score(it),
            "" if it.opinions is None else str(it.burnt),
            str(it.frozen),
        ]
        for it in history.promises
    ]
    found = ["opinions", "score %", "burnt", "frozen"]
    return ["promise", "text", "stake", "due", "evidence", "counter-evidence", *found], rows


def _score(promise: Promised) -> str:
    if promise.unjudged:
        return "unjudged"
    score = score_percent(promise.opinions or 0, promise.missing)
    return "" if score is None else f"{score:.1f}"


def of_rounds(history: MandateHistory) -> Sheet:
    """One row an evaluation: who took part, and what became of it."""
    rows = [
        [
            str(it.number),
            str(it.consultation),
            "mid-term" if it.mid_term else "final",
            " ".join(str(promise + 1) for promise in it.promises),
            str(it.ballots),
            f"{100 * it.ballots / it.roll:.1f}",
            str(it.petitioners),
            it.fate,
        ]
        for it in history.rounds.values()
    ]
    return ["evaluation", "consultation", "round", "promises", "ballots", "turnout %", "petitioners", "fate"], rows


def of_curve(history: MandateHistory) -> Sheet:
    """The capital at the pledge and after each settlement."""
    return ["day", "Cred"], [[_day(at_s), str(capital)] for at_s, capital in history.curve]


def as_json(history: MandateHistory) -> dict[str, Any]:
    """Everything, for a machine; hashes in hexadecimal, times in unix seconds."""
    values = asdict(history)
    for promise, told in zip(history.promises, values["promises"], strict=True):
        told.update(text_hash="0x" + promise.text_hash.hex(), text=promise.text)
    return {
        **values,
        "rounds": list(values["rounds"].values()),
        "capital": history.capital,
        "burnt": history.burnt,
        "frozen": history.frozen,
    }


def _day(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d")
