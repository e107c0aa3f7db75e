"""A round over promises as a consultation: one ciphertext a promise, which tells how many judged and what they miss."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from eth_abi.abi import encode
from typing_extensions import override

from beffroi.ballots.rules import M, Question, Rule
from beffroi.ballots.transcript import keccak
from beffroi.chain.contract import Contract
from beffroi.chain.transaction import Call, Signer
from beffroi.consultation.opening import Calendar, carry_out, opening
from beffroi.consultation.polls import Polls
from beffroi.consultation.subject import Subject
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.electorate import Level
from beffroi.credibility.formula import TOP_LEVEL
from beffroi.credibility.mandate_history import NoMandateError
from beffroi.errors import InputError
from beffroi.roll import Roll

KIND = "levels"
LEVELS = ("broken", "hardly kept", "half kept", "mostly kept", "kept", "no opinion")
MESSAGES = (*(1 + (TOP_LEVEL - level) * M for level in range(TOP_LEVEL + 1)), 0)
"""What stands for each of `LEVELS`: a count of opinions, and 4 - l of what is missing."""


@dataclass(frozen=True)
class Judgement(Subject):
    """What is put to the vote: these promises of a mandate, from broken to kept.

    Attributes:
        commitment: the question's hash, `question_of`.
    """

    kind: str = KIND
    commitment: bytes = b""

    @cached_property
    @override
    def asked(self) -> Question:
        """The rule, one ciphertext a promise."""
        return Question(Rule((MESSAGES,), bytes(len(self.options))), KIND, len(LEVELS))

    @property
    @override
    def question_hash(self) -> bytes:
        """Binds the consultation to the chain, the contract, the mandate, whose it is, its texts and the promises."""
        return self.commitment

    @property
    @override
    def options_hash(self) -> bytes:
        """The question's: that binds the texts already."""
        return self.commitment


def messages(levels: Sequence[Level]) -> tuple[int, ...]:
    """What a ballot encrypts: one message a promise.

    Raises:
        InputError: a level is not one.
    """
    if any(level is not None and not 0 <= level <= TOP_LEVEL for level in levels):
        raise InputError(f"a level goes from 0 to {TOP_LEVEL}, or is None for no opinion")
    return tuple(MESSAGES[-1] if level is None else MESSAGES[level] for level in levels)


@dataclass(frozen=True)
class Round:
    """An evaluation that has been attached.

    Attributes:
        evaluation: its number in Promises.
        consultation: its number in Consultations.
    """

    evaluation: int
    consultation: int


def question_of(
    chain_id: int,
    promises: str,
    mandate: int,
    subject: str,
    text_hashes: Sequence[bytes],
    chosen: Sequence[int],
    *,
    mid_term: bool,
) -> bytes:
    """The question's hash as `Promises.questionOf` computes it, so that nobody shows others' promises or texts.

    Args:
        chain_id: of the chain.
        promises: the contract's address.
        mandate: its number.
        subject: whose promises they are.
        text_hashes: keccak256 of the text of each of the mandate's promises, in order, all of them.
        chosen: the promises' numbers, in the order of the ballot.
        mid_term: whether it informs, without burning.
    """
    texts = bytes(32)
    for text in text_hashes:
        texts = keccak(texts + text)
    types = ["uint256", "address", "uint256", "address", "bytes32", "bytes", "bool"]
    return keccak(encode(types, [chain_id, promises, mandate, subject, texts, bytes(chosen), mid_term]))


def judgement(polls: Polls, promises: Contract, mandate: int, chosen: Sequence[int], *, mid_term: bool) -> Judgement:
    """What a round puts to the vote, by what the node tells of the mandate; the arguments are those of `open_round`.

    Raises:
        NoMandateError: there is none of that number.
    """
    opened = next(promises.events(polls.rpc, "MandateOpened", first=polls.first, about=mandate), None)
    if opened is None:
        raise NoMandateError(f"there is no mandate {mandate}")
    subject = opened.args["subject"]
    pledged = promises.events(polls.rpc, "Pledged", first=polls.first, about=mandate)
    hashes = [it.args["pledge"][1] for it in sorted(pledged, key=lambda it: it.args["promiseId"])]
    commitment = question_of(polls.chain_id, promises.address, mandate, subject, hashes, chosen, mid_term=mid_term)
    names = tuple(f"promise {number + 1}" for number in chosen)
    return Judgement(f"Mandate {mandate}", names, commitment=commitment)


def round_opening(
    polls: Polls,
    promises: Contract,
    *,
    mandate: int,
    chosen: Sequence[int],
    ceremony: int,
    roll: Roll,
    calendar: Calendar,
    mid_term: bool = False,
    uri: str = "",
) -> Call:
    """The act that opens the consultation which judges promises; the arguments are those of `open_round`.

    Raises:
        ConsultationError: the ceremony has made no key, or what burns would not be announced, or open, as long as the
            town asks; the sentence says from when it would.
    """
    asked = voting_terms(polls, promises)
    if not mid_term:
        asked.require(calendar, polls.now_s())
    return opening(
        polls, ceremony=ceremony, subject=judgement(polls, promises, mandate, chosen, mid_term=mid_term), roll=roll,
        calendar=calendar, secrecy_minimum=asked.secrecy_minimum, uri=uri,
    )  # fmt: skip


def open_round(
    polls: Polls,
    promises: Contract,
    officer: Signer,
    *,
    mandate: int,
    chosen: Sequence[int],
    ceremony: int,
    roll: Roll,
    calendar: Calendar,
    mid_term: bool = False,
    uri: str = "",
) -> Round:
    """Opens the consultation that judges promises, or takes that which is open, and attaches it before it begins.

    Its secrecy minimum is the Rulebook's least: a higher one would let the officer bury what residents found. An
    officer whose acts wait does one after the other: announced, opened, announced, attached, by the same call.

    Args:
        polls: where it is held.
        promises: the contract Promises.
        officer: the returning officer.
        mandate: whose promises.
        chosen: the promises' numbers, in the order of the ballot.
        ceremony: whose key it uses.
        roll: the citizens on the roll sealed last.
        calendar: when; what burns is announced, counted from its attaching, and open as `voting_terms` tells.
        mid_term: to inform, without burning.
        uri: where the texts are.

    Raises:
        ConsultationError: as `round_opening`; nothing was sent.
        TransactionFailedError: the signer is not the returning officer, the roll is not the one sealed last, or a
            promise cannot be judged now.
    """
    act = round_opening(
        polls, promises, mandate=mandate, chosen=chosen, ceremony=ceremony, roll=roll, calendar=calendar,
        mid_term=mid_term, uri=uri,
    )  # fmt: skip
    consultation = carry_out(polls, officer, act, ceremony)
    attaching = (mandate, bytes(chosen), consultation, mid_term)
    receipt = polls.act(officer, promises, "attachEvaluation", *attaching, purpose="attach an evaluation")
    (attached,) = promises.logged(receipt, "EvaluationAttached")
    return Round(int(attached.args["evaluation"]), consultation)
