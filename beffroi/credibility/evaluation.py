"""A round over promises as a consultation: one ciphertext a promise, which tells how many judged and what they miss."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eth_abi.abi import encode
from typing_extensions import override

from beffroi.ballots.rules import M, Question, Rule, RuleError
from beffroi.ballots.transcript import keccak
from beffroi.chain.contract import Contract
from beffroi.chain.transaction import Call, Signer
from beffroi.consultation.opening import Calendar, carry_out, opening
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.subject import Subject
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.electorate import Level
from beffroi.credibility.formula import TOP_LEVEL, score_percent
from beffroi.credibility.mandate import NoMandateError
from beffroi.credibility.mandate_history import Promised
from beffroi.credibility.refusals import in_words
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.roll import Roll

KIND = "levels"
LEVELS = ("broken", "hardly kept", "half kept", "mostly kept", "kept", "no opinion")
MESSAGES = (*(1 + (TOP_LEVEL - level) * M for level in range(TOP_LEVEL + 1)), 0)
"""What stands for each of `LEVELS`: a count of opinions, and 4 - l of what is missing."""
_NAME = 80
"""Characters of a promise's beginning, where its whole text has no room."""


@dataclass(frozen=True)
class Judgement(Subject):
    """What is put to the vote: these promises of a mandate, from broken to kept.

    Attributes:
        commitment: the question's hash, `question_of`.
        numbers: of the promises, from 1, in the order of the ballot.
        texts: what each promises, whole, or that it cannot be shown; one line each.
    """

    kind: str = KIND
    commitment: bytes = b""
    numbers: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

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

    @property
    @override
    def shown(self) -> str:
        """Whose promises, and every text whole."""
        promises = zip(self.numbers, self.texts, strict=True)
        return "\n".join([self.question, *(f"  promise {number}: {text}" for number, text in promises)])

    @override
    def messages(self, choice: str) -> tuple[int, ...]:
        """What a ballot encrypts for one level a promise.

        Args:
            choice: levels in the order of the promises, or `promise=level` of every one by its number; between `;`.

        Raises:
            ConsultationError: a level or a promise is unknown, or one is missing.
        """
        parts = [part.strip() for part in choice.split(";") if part.strip()]
        levels = parts if "=" not in choice else self._named(parts)
        if not len(parts) == len(levels) == len(self.numbers):
            raise ConsultationError(
                f"{choice!r}: give one level for each promise, in this order or as promise=level, between ; "
                f"({', '.join(LEVELS)}). {self.shown}"
            )
        return messages([_level(it) for it in levels])

    @override
    def got(self, totals: Sequence[tuple[int, int]], ballots: int) -> list[str]:
        """How many had an opinion of each promise, and how far it is kept by their mean."""
        if len(totals) != len(self.options) or any(
            opinions > ballots or missing > TOP_LEVEL * opinions for opinions, missing in totals
        ):
            raise RuleError("the totals exceed what so many ballots can hold")
        return [_found(opinions, missing) for opinions, missing in totals]

    @override
    def held(self, messages: Sequence[int]) -> str:
        """The level of each promise."""
        told = [LEVELS[MESSAGES.index(it)] if it in MESSAGES else "no level" for it in messages]
        return "; ".join(f"promise {number}: {level}" for number, level in zip(self.numbers, told, strict=True))

    def _named(self, parts: Sequence[str]) -> list[str]:
        """Levels in the order of the promises; none where a number is given twice."""
        words = [part.partition("=") for part in parts]
        named = {int(number): level.strip() for number, _, level in words if number.strip().isdecimal()}
        return [named[it] for it in self.numbers if it in named] if len(named) == len(parts) else []


def _level(word: str) -> Level:
    if word.casefold() not in LEVELS:
        raise ConsultationError(f"there is no level {word!r}; there are: {', '.join(LEVELS)}")
    place = LEVELS.index(word.casefold())
    return place if place <= TOP_LEVEL else None


def _found(opinions: int, missing: int) -> str:
    score, most = score_percent(opinions, missing), TOP_LEVEL * opinions
    if score is None:
        return "nobody had an opinion"
    return f"kept at {score:.1f} %: {opinions:,} opinions, {missing:,} of {most:,} missing"


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
        ConsultationError: a promise is chosen that it does not have.
    """
    opened = next(promises.events(polls.rpc, "MandateOpened", first=polls.first, about=mandate), None)
    if opened is None:
        raise NoMandateError(f"there is no mandate {mandate}")
    subject = opened.args["subject"]
    pledged = promises.events(polls.rpc, "Pledged", first=polls.first, about=mandate)
    told = sorted((_promised(it.args) for it in pledged), key=lambda it: it.number)
    hashes = [it.text_hash for it in told]
    commitment = question_of(polls.chain_id, promises.address, mandate, subject, hashes, chosen, mid_term=mid_term)
    if any(number >= len(told) for number in chosen):
        raise ConsultationError(f"the node tells of {len(told)} promises of mandate {mandate}, and another is judged")
    texts = tuple(_text(told[number]) for number in chosen)
    numbers = tuple(number + 1 for number in chosen)
    named = [f"promise {number}: {text}" for number, text in zip(numbers, texts, strict=True)]
    names = tuple(textwrap.shorten(it, _NAME, placeholder="…") for it in named)
    asks = "how far was each promise kept" + (", to inform, for nothing burns?" if mid_term else "?")
    question = f"Mandate {mandate}, of {subject}: {asks}"
    return Judgement(question, names, commitment=commitment, numbers=numbers, texts=texts)


def _promised(args: Mapping[str, Any]) -> Promised:
    _, text_hash, uri, weight_bps, due_at = args["pledge"]
    return Promised(args["promiseId"], text_hash, uri, weight_bps, args["stake"], due_at)


def _text(promise: Promised) -> str:
    """In one line, and only where its hash is the sealed one: what else a node shows is no promise."""
    if promise.sealed_text is not None:
        return plain(" ".join(promise.sealed_text.split()))
    where = f"is said to be at {promise.uri}" if promise.text == promise.uri else "is not what the chain carries"
    return plain(f"(the text of keccak256 0x{promise.text_hash.hex()} {where}: it was not checked here)")


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
    with in_words():
        receipt = polls.act(officer, promises, "attachEvaluation", *attaching, purpose="attach an evaluation")
    (attached,) = promises.logged(receipt, "EvaluationAttached")
    return Round(int(attached.args["evaluation"]), consultation)
