"""Refusals of Promises and Appeals in people's words: promises count from 1, moments are dates."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from beffroi.chain.sender import TransactionFailedError
from beffroi.consultation.polls import WORDS, PollStatus
from beffroi.consultation.told import moment

REFUSALS: Final = {
    "Promises_InvalidCharter": "a part of the charter is out of range",
    "Promises_InvalidMandate": "a mandate needs an official, a population, and an end that is not past",
    "Promises_NoMandate": "there is no mandate {mandate}",
    "Promises_Cancelled": "mandate {mandate} was cancelled",
    "Promises_MandateOver": "mandate {mandate} is over since {endsAt}",
    "Promises_JudgedAlready": "something of mandate {mandate} was judged already: it can only be ended",
    "Promises_PledgedOnce": "the promises of mandate {mandate} are fixed already",
    "Promises_NotPledged": "not all promises of mandate {mandate} are fixed yet: their weights make {pledged_bps} of "
    "10,000",
    "Promises_OutOfTurn": "these promises begin at number {first}, and the next of mandate {mandate} is {next}",
    "Promises_PromiseCount": "these are {count} promises: a mandate has 1 to {maximum}",
    "Promises_WeightsSum": "the weights make {sum_bps}: together they make 10,000",
    "Promises_DueOutsideMandate": "promise {promiseId} is due on {dueAt}: too soon, or after the mandate",
    "Promises_WrongState": "promise {promiseId} of mandate {mandate} {state}",
    "Promises_CounterEvidenceOnce": "{resident} has brought counter-evidence on promise {promiseId} already",
    "Promises_NotACitizen": "{account} is no active citizen: only these bring counter-evidence",
    "Promises_NotScheduled": "consultation {consultation} has begun, or does not exist: take one that has not",
    "Promises_OtherSubject": "consultation {consultation} asks something else than these promises",
    "Promises_ConsultationTaken": "consultation {consultation} judges something else already: open another",
    "Promises_TooEarly": "promise {promiseId} is due on {dueAt} only, and was judged early already or has no evidence",
    "Promises_OtherRoll": "consultation {consultation} is not on the citizens' roll sealed last, or that is too old: "
    "seal one, and open another",
    "Promises_RollTooSmall": "the roll has {size} accounts, and {least} citizens at least must be on it: draw it anew",
    "Promises_NoticeTooShort": "attached now, a vote that burns opens on {earliest} or later: this one on {opensAt}",
    "Promises_VoteTooShort": "a vote that burns closes on {earliest} or later: this one on {closesAt}",
    "Promises_OtherMinimum": "a vote that burns has a secrecy minimum of {called}, and this one of {minimum}",
    "Promises_NotSilent": "it is too early for promise {promiseId}: anyone may do this from {from} on",
    "Promises_NothingNamed": "name one promise at least",
    "Promises_CanBeJudged": "a vote on these promises can be called: call it instead",
    "Promises_MayNotCall": "the town lets Promises call no vote: declare these promises unjudged once it is time",
    "Promises_NoKey": "no key is ready that nobody reserved: `ape run vote ceremony keys` lists those that are",
    "Promises_OutOfGas": "{promised} of gas are asked for, lest the rules be starved of it: give more",
    "Promises_NoEvaluation": "evaluation {evaluation} does not exist, or is over",
    "Promises_NoResult": "the vote of evaluation {evaluation} {status}",
    "Promises_NotLate": "its trustees may still come: the promises are given back from {from} on",
    "Promises_AlreadyPublished": "the result of evaluation {evaluation} is published already",
    "Appeals_NoResult": "evaluation {evaluation} has no published result, or is over",
    "Appeals_TooLate": "the time to appeal was over on {until}",
    "Appeals_Once": "the official appealed against evaluation {evaluation} already",
    "Appeals_NothingToRule": "there is no appeal against evaluation {evaluation} to rule on",
    "Appeals_NoRuling": "the jury must confirm or annul",
    "Appeals_JuryTooLate": "the jury's time was over on {until}: its silence confirmed the result",
    "Appeals_TooEarly": "the time to appeal, or the jury's, lasts until {from}",
    "Appeals_Annulled": "the jury annulled the result of evaluation {evaluation}",
}
"""By the error's name, with its arguments."""
STATES: Final = (
    "does not exist", "is fixed, and nobody has judged it yet", "is being judged", "is settled", "was settled early",
    "is unjudged",
)  # fmt: skip
"""As `IPromises.State` numbers them."""

_REFUSED = re.compile(r"\b((?:Promises|Appeals)_\w+)\(([^()]*)\)")
_COUNTED = ("promiseId", "first", "next")
_MOMENTS = ("from", "until", "dueAt", "endsAt", "opensAt", "closesAt", "earliest")


@contextmanager
def in_words() -> Iterator[None]:
    """Tells what the contracts refuse meanwhile in people's words; the error's name stands behind.

    Raises:
        TransactionFailedError: they refuse.
    """
    try:
        yield
    except TransactionFailedError as error:
        raise TransactionFailedError(worded(str(error))) from error


def worded(text: str) -> str:
    """A text with every refusal that `decode_error` named told in words."""
    return _REFUSED.sub(_told, text)


def _told(found: re.Match[str]) -> str:
    name, given = found.groups()
    args = dict(it.split("=", 1) for it in given.split(", ") if "=" in it)
    words = REFUSALS.get(name)
    try:
        return found[0] if words is None else f"{words.format_map({it: _value(it, args[it]) for it in args})} ({name})"
    except (KeyError, ValueError):  # a contract of another version names its arguments otherwise
        return found[0]


def _value(name: str, value: str) -> str:
    if not value.isdecimal():
        return value
    number = int(value)
    if name in _COUNTED:
        return str(number + 1)
    if name in _MOMENTS:
        return moment(number)
    if name == "state" and number < len(STATES):
        return STATES[number]
    if name == "status" and number in WORDS:
        return WORDS[PollStatus(number)]
    return f"{number:,}"
