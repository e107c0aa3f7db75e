"""Opening a consultation: a question, a key that no one holds, a roll that is sealed, and dates."""

from dataclasses import dataclass

from beffroi.chain.transaction import Signer
from beffroi.consultation.ceremony import Phase, progress
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.subject import Subject
from beffroi.roll import Roll

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
    """Opens a consultation and gives its number.

    Args:
        polls: the contracts.
        officer: the returning officer.
        ceremony: whose key it uses, and no other consultation ever will.
        subject: what is asked.
        roll: who may vote.
        calendar: when.
        secrecy_minimum: ballots below which nothing is ever opened.
        uri: where the texts are; without it they stand in the event itself.

    Raises:
        ConsultationError: the ceremony has made no key, or the roll is too large for the rule.
        TransactionFailedError: the signer is not the returning officer, a date is past, or the key is taken.
    """
    at = progress(polls, ceremony)
    if at.phase is not Phase.KEY_READY:
        raise ConsultationError(
            f"ceremony {ceremony} has no key: it stands at {at.phase.name.lower().replace('_', ' ')}"
        )
    rule = subject.asked.rule
    if not rule.fits(len(roll)):
        raise ConsultationError(f"a counter of this rule could overflow with {len(roll):,} voters")
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
    receipt = polls.act(officer, polls.consultations, "open", terms, purpose="open a consultation")
    (opened,) = polls.consultations.logged(receipt, "ConsultationOpened")
    return int(opened.args["consultation"])
