"""Opening a consultation: a question, a key that no one holds, a roll that is sealed, and dates."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from beffroi.chain.announcing import authority_of, schedules
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.consultation.ceremony import progress
from beffroi.consultation.phases import Phase
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.rulebook import require_terms
from beffroi.consultation.sound_key import require_key
from beffroi.consultation.subject import Subject
from beffroi.roll import Roll, read_csv

LEAST_SECRET = 20
"""Ballots below which a total says too much about each of them, unless the town says otherwise."""


@dataclass(frozen=True)
class Calendar:
    """When a consultation takes place, unix seconds.

    Attributes:
        opens_at: the first second of the vote.
        closes_at: the first second after it.
        tally_by: when the trustees are late.
    """

    opens_at: int
    closes_at: int
    tally_by: int


def opening(
    polls: Polls,
    *,
    ceremony: int,
    subject: Subject,
    roll: Roll,
    calendar: Calendar,
    secrecy_minimum: int = LEAST_SECRET,
    uri: str | None = None,
) -> Call:
    """The act that opens a consultation.

    Args:
        polls: the contracts.
        ceremony: whose key it uses, and no other consultation ever will.
        subject: what is asked.
        roll: who may vote.
        calendar: when.
        secrecy_minimum: ballots below which nothing is ever opened.
        uri: where the texts are; without it they stand in the event itself.

    Raises:
        ConsultationError: the ceremony has made no key.
    """
    at = progress(polls, ceremony)
    if at.phase is not Phase.KEY_READY:
        raise ConsultationError(
            f"ceremony {ceremony} has no key: it stands at {at.phase.name.lower().replace('_', ' ')}"
        )
    rule = subject.asked.rule
    terms = {
        "ceremonyId": ceremony,
        "rollRoot": roll.root,
        "rollSize": len(roll),
        "opensAt": calendar.opens_at,
        "closesAt": calendar.closes_at,
        "tallyBy": calendar.tally_by,
        "secrecyMinimum": secrecy_minimum,
        "questionHash": subject.question_hash,
        "optionsHash": subject.options_hash,
        "uri": subject.data_uri if uri is None else uri,
        "rule": rule.as_tuple(),
    }
    consultations = polls.consultations
    return Call(consultations.address, consultations.encode("open", terms), "open a consultation")


def open_consultation(
    polls: Polls,
    officer: Signer,
    *,
    ceremony: int,
    subject: Subject,
    roll: Roll,
    calendar: Calendar,
    secrecy_minimum: int = LEAST_SECRET,
    uri: str | None = None,
) -> int:
    """Opens a consultation and gives its number; the arguments are those of `opening`, and the returning officer.

    Raises:
        ConsultationError: as `opening`, trustees would count nothing by the key, or the town's Rulebook refuses it;
            nothing was sent.
        TransactionFailedError: the signer is not the returning officer, or the key is taken.
        NotAnnouncedError: the returning officer's acts wait, and this one was not announced.
    """
    act = opening(
        polls, ceremony=ceremony, subject=subject, roll=roll, calendar=calendar, secrecy_minimum=secrecy_minimum,
        uri=uri,
    )  # fmt: skip
    return carry_out(polls, officer, act, ceremony)


def carry_out(polls: Polls, officer: Signer, act: Call, ceremony: int) -> int:
    """Does an opening by a ceremony's key, or finds it done; gives the consultation's number (`open_consultation`)."""
    if done := opened_by(polls, act):
        return done
    require_key(polls, ceremony)
    require_terms(polls, act)
    (opened,) = polls.consultations.logged(Sender(polls.rpc, officer).send(act), "ConsultationOpened")
    return int(opened.args["consultation"])


def opened_by(polls: Polls, act: Call) -> int | None:
    """The consultation that this very opening has opened; its ceremony's key serves one."""
    for event in polls.consultations.events(polls.rpc, "ConsultationOpened", first=polls.first):
        if polls.consultations.encode("open", event.args["terms"]) == act.data:
            return int(event.args["consultation"])
    return None


def announced_roll(polls: Polls, officer: Signer, path: Path, act_of: Callable[[Roll], Call]) -> Roll | None:
    """The roll of a file, where the officer announced or did the opening made of it: on another it is another act.

    Args:
        polls: the contracts.
        officer: the returning officer.
        path: where an earlier run wrote its roll, if there was one.
        act_of: the opening on a roll.

    Raises:
        RollError: the file is not a roll.
        ConsultationError: as `opening`.
    """
    if not path.exists():
        return None
    roll, _ = read_csv(path)
    act = act_of(roll)
    if opened_by(polls, act) is not None:
        return roll
    authority = authority_of(polls.rpc, act.to)
    (ready_at_s,) = schedules(polls.rpc, authority, str(officer.address), [(act.to, act.data)])
    return roll if ready_at_s else None
