"""What a town's Rulebook asks of consultations and key ceremonies, said in words before anything is sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eth_abi.abi import decode

from beffroi.chain.abi import entry, types
from beffroi.chain.announcing import moment
from beffroi.chain.contract import Contract
from beffroi.chain.reverts import explain, known_errors, revert_data
from beffroi.chain.rpc import RpcError
from beffroi.chain.transaction import Call
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.residents import ResidentKind
from beffroi.roll import Roll

PHASES = ("enrolment", "commitments", "deals", "complaints", "acknowledgements")
"""Of a key ceremony, in the order of their durations."""

_WORDS: Mapping[str, Callable[..., str]] = {
    "Rulebook_BadRoll": lambda _, size, most: f"a roll has 1 to {most:,} voters, and this one {size:,}",
    "Rulebook_NoticeTooShort": lambda opens, least: (
        f"the vote would open {moment(opens)}, and residents must hear of it before: not until {moment(least)}"
    ),
    "Rulebook_NoticeTooLong": lambda opens, most: (
        f"the vote would open {moment(opens)}, and what is put off too long is never decided: by {moment(most)}"
    ),
    "Rulebook_VoteTooShort": lambda closes, least: (
        f"the vote would close {moment(closes)}, too soon after it opens: not until {moment(least)}"
    ),
    "Rulebook_VoteTooLong": lambda closes, most: (
        f"the vote would close {moment(closes)}, too long after it opens: by {moment(most)}"
    ),
    "Rulebook_TallyTooEarly": lambda tally, closes: (
        f"the trustees would be late {moment(tally)}, and the vote closes {moment(closes)}: leave them time after it"
    ),
    "Rulebook_TallyTooLate": lambda tally, most: (
        f"the trustees would be late only {moment(tally)}, and until then nobody says that they are: by {moment(most)}"
    ),
    "Rulebook_MinimumTooLow": lambda minimum, least: (
        f"a secrecy minimum of {minimum} tells too much of each ballot: {least} at least"
    ),
    "Rulebook_MinimumTooHigh": lambda minimum, most: (
        f"a secrecy minimum of {minimum} asks for more of the roll than the town allows, {most} here: with a higher "
        "one the result would be withheld"
    ),
    "Rulebook_BadRule": lambda: "the rule has no ciphertext, or too many, or names a set that it has not",
    "Rulebook_BadSet": lambda index, messages: f"set {index} of the rule has {messages} messages: 1 to 64 are allowed",
    "Rulebook_BallotTooLong": lambda length, most: (
        f"a ballot of this rule has {length:,} bytes, more than nodes take in a transaction: {most:,} at most, so ask "
        "fewer or shorter questions"
    ),
    "Rulebook_CounterOverflow": lambda _, voters: f"a counter of this rule could overflow with {voters:,} voters",
    "Rulebook_PhaseTooShort": lambda phase, duration_s, least_s: (
        f"{duration_s} s for the {PHASES[phase]} are too few: {least_s} s at least, or a trustee may miss them"
    ),
    "Rulebook_PhaseTooLong": lambda phase, duration_s, most_s: (
        f"{duration_s} s for the {PHASES[phase]} are too many: {most_s} s at most, or one trustee holds up the vote"
    ),
}


def require_terms(polls: Polls, act: Call) -> None:
    """Lets no opening be sent, nor its roll be written, that the town's Rulebook refuses.

    Args:
        polls: the contracts.
        act: the opening, of the returning officer's `open`.

    Raises:
        ConsultationError: the Rulebook refuses it; the sentence says which bound it breaks.
    """
    (terms,) = decode(types(entry(polls.consultations.abi, "function", "open")["inputs"]), act.data[4:])
    _ask(polls, "requireTerms", terms, False)  # noqa: FBT003, not called by a contract


def require_phases(polls: Polls, durations_s: Sequence[int]) -> None:
    """Lets no key ceremony be opened whose phases the town's Rulebook calls too short or too long.

    Raises:
        ConsultationError: it does, in a sentence that names the phase and the bound.
    """
    _ask(polls, "requirePhases", tuple(durations_s))


def register_of(polls: Polls) -> Contract:
    """The town's register of residents, as the contracts themselves name it: a roll's file may name any.

    Raises:
        RpcError: no such contract stands there, as this node tells.
    """
    return Contract.built("Residents", _rolls(polls).read(polls.rpc, "residents"))


def require_current(polls: Polls, roll: Roll) -> None:
    """Lets no promise be judged by others than the citizens whom two offices sealed last.

    Raises:
        ConsultationError: it is another roll, or it was sealed more than a year ago.
    """
    if not _rolls(polls).read(polls.rpc, "isCurrent", int(ResidentKind.CITIZEN), roll.root, len(roll)):
        raise ConsultationError(
            f"these {len(roll):,} citizens are not the roll that registrar and returning officer sealed last, or that "
            "is more than a year old. Nothing was sent: have the roll sealed first, by `ape run vote roll propose` and "
            "`ape run vote roll seal`"
        )


def rulebook_of(polls: Polls) -> Contract:
    """The town's Rulebook, as Consultations names it.

    Raises:
        RpcError: no such contract stands there, as this node tells.
    """
    return Contract.built("Rulebook", polls.consultations.read(polls.rpc, "rulebook"))


def _rolls(polls: Polls) -> Contract:
    return Contract.built("Rolls", rulebook_of(polls).read(polls.rpc, "rolls"))


def _ask(polls: Polls, function: str, *arguments: Any) -> None:
    rulebook = rulebook_of(polls)
    try:
        rulebook.read(polls.rpc, function, *arguments)
    except RpcError as error:
        raise ConsultationError(f"the town's Rulebook refuses it: {_sentence(error)}") from error


def _sentence(error: RpcError) -> str:
    data = revert_data(error)
    known = known_errors().get(data[:4]) if data else None
    if data is None or known is None or known["name"] not in _WORDS:
        return explain(error)
    return _WORDS[known["name"]](*decode(types(known["inputs"]), data[4:]))
