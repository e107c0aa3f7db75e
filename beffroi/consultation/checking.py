"""What anyone may check from a public node: the whole consultation, or one's own ballot in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from beffroi.ballots.audit import audit as audit_events
from beffroi.ballots.events import BallotsCast, Event
from beffroi.ballots.params import Params
from beffroi.ballots.receipt import Found, Receipt, ReceiptError, find
from beffroi.ballots.transcript import to_address
from beffroi.ballots.verdict import Verdict
from beffroi.chain.rpc import Rpc
from beffroi.chain.transport import place_of
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.subject import Subject
from beffroi.roll import Roll


def audit(
    polls: Polls,
    number: int,
    roll: Roll | None = None,
    executor: Executor | None = None,
    progress: Callable[[int], None] | None = None,
    cast_in: Counter[int] | None = None,
) -> Verdict:
    """Verifies everything that a consultation published, from its events alone; see `beffroi.ballots.audit`.

    Args:
        polls: the contracts, behind any node.
        number: of the consultation.
        roll: who may vote; without it only the contract vouches for who is on the roll.
        executor: where the work is done: every core by default.
        progress: called with the number of records verified so far.
        cast_in: told how many batches of the consultation each block holds, for `grounds`.
    """
    accounts = [to_address(account) for account in roll.accounts()] if roll is not None else None
    events = polls.events(number) if cast_in is None else _told(polls.events(number), number, cast_in)
    return audit_events(events, polls.site(number), accounts, executor, progress)


def _told(events: Iterable[Event], number: int, cast_in: Counter[int]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, BallotsCast) and event.consultation == number and event.block is not None:
            cast_in[event.block] += 1
        yield event


def second_node(polls: Polls, url: str) -> Polls:
    """The same contracts behind a node that somebody else runs, to be compared with; see `other_node`."""
    return Polls.at(other_node(polls.rpc, url), polls.consultations.address, polls.first)


def other_node(asked: Rpc, url: str) -> Rpc:
    """A node that somebody else runs, to be compared with.

    Args:
        asked: the node that was asked so far.
        url: of the other.

    Raises:
        ConsultationError: it is the same node.
    """
    if place_of(url).lower() == place_of(asked.url).lower():
        raise ConsultationError(
            f"{place_of(url)} is the node that was asked already, and will tell the same: name one that somebody else "
            "runs. Nothing was sent"
        )
    return Rpc(url)


def require_terms(verdict: Verdict, params: Params) -> None:
    """Lets no option be named by other terms than those by which the ballots were checked.

    Raises:
        ConsultationError: the node has told two.
    """
    if verdict.terms not in {"", "0x" + params.hash.hex()}:
        raise ConsultationError(
            f"the node tells two openings of consultation {params.consultation}: the ballots were checked by one, and "
            "the other would name the options. It lies: ask another node"
        )


def verdict_text(verdict: Verdict, subject: Subject | None) -> str:
    """The verdict in plain words, with the result by the options' names where they are known."""
    if subject is None or not verdict.counts:
        return verdict.text()
    return verdict.text(list(subject.options), found(subject, verdict.counts, verdict.ballots))


def results(subject: Subject, counts: tuple[int, ...] | list[int], ballots: int) -> list[int]:
    """What each option got.

    Raises:
        ConsultationError: the counters cannot be those of so many ballots.
    """
    with _of_ballots():
        return subject.asked.results(list(zip(counts[::2], counts[1::2], strict=True)), ballots)


def found(subject: Subject, counts: tuple[int, ...] | list[int], ballots: int) -> list[str]:
    """What each option got, in words.

    Raises:
        ConsultationError: the counters cannot be those of so many ballots.
    """
    with _of_ballots():
        return subject.got(list(zip(counts[::2], counts[1::2], strict=True)), ballots)


@contextmanager
def _of_ballots() -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise ConsultationError(str(error)) from error


def check_receipt(polls: Polls, receipt: Receipt) -> Found:
    """What became of the ballot that a voter cast.

    Raises:
        ConsultationError: the receipt is of another chain or contract.
    """
    try:
        return find(receipt, polls.params(receipt.consultation), polls.votes(receipt.consultation))
    except ReceiptError as error:
        raise ConsultationError(str(error)) from error
