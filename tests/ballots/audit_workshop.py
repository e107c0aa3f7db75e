"""What the tests of the audit share."""

from beffroi.ballots.audit import audit
from beffroi.ballots.parallel import Here
from beffroi.ballots.rules import single_choice

QUESTION = single_choice(3)
CHOICES = [0, 1, 2, 0, 0, 1, 0, 2, 1, 0]


def vote(town, index, choice, seq=0):
    return town.record(index, town.ballot(index, QUESTION.messages(choice), seq))


def check(town, events=None, roll="given"):
    return audit(town.events if events is None else events, town.site, town.roll if roll == "given" else roll, Here())


def failed(verdict):
    return {check.name for check in verdict.checks if check.passed is False}


def change(town, kind, edit, which=0):
    """The record with the event number ``which`` of this kind edited, or left out where the edit gives ``None``."""
    at = [i for i, event in enumerate(town.events) if isinstance(event, kind)][which]
    edited = edit(town.events[at])
    return [*town.events[:at], *([] if edited is None else [edited]), *town.events[at + 1 :]]
