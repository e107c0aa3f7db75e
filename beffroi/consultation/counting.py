"""After the vote: closing it, the shares handed in, and the result (`sharing`: how a trustee gives hers)."""

from beffroi.ballots import dlog
from beffroi.ballots.events import Closed, ShareSubmitted
from beffroi.ballots.params import Params
from beffroi.ballots.proofs import pair
from beffroi.ballots.tally import Closing, DecryptionShare, open_totals, verify_share
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls, PollStatus


def close(polls: Polls, number: int, anyone: Signer) -> PollStatus:
    """Ends the voting once its time is over, which anyone may do; done already, it is left alone.

    Raises:
        ConsultationError: the vote goes on.
    """
    if polls.require(number, PollStatus.ENDED, *_AFTER) is PollStatus.ENDED:
        polls.act(anyone, polls.consultations, "close", number, purpose="close the vote")
    return polls.status(number)


def closing_of(polls: Polls, params: Params) -> Closing:
    """The final totals, to which every share is bound.

    Raises:
        ConsultationError: the vote is not closed.
    """
    for event in polls.votes(params.consultation):
        if isinstance(event, Closed):
            return Closing.of(params, event.totals, event.ballots)
    raise ConsultationError(f"consultation {params.consultation} is not closed yet")


def shares_of(polls: Polls, number: int) -> list[DecryptionShare]:
    """The shares handed in, by trustee."""
    given = [event.share for event in polls.votes(number) if isinstance(event, ShareSubmitted)]
    return sorted(given, key=lambda it: it.trustee)


def finalise(polls: Polls, number: int, anyone: Signer) -> list[int]:
    """Finds the counts and fixes the result, which anyone may do; the contract's counters, two a ciphertext.

    They are what the shares open, and only where the result stands already what the node tells.

    Raises:
        ConsultationError: too few shares were handed in, or nothing may be opened.
    """
    status = polls.require(number, PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED, PollStatus.TALLIED)
    if status is PollStatus.TALLIED:
        return list(polls.consultations.read(polls.rpc, "counts", number))
    params = polls.params(number)
    closing = closing_of(polls, params)
    threshold = polls.ceremonies.read(polls.rpc, "threshold", params.ceremony)
    keys = polls.ceremony(params.ceremony).keys()
    given = [
        it
        for it in shares_of(polls, number)
        if keys is not None and it.trustee in keys.shares and verify_share(closing, keys.shares[it.trustee], it)
    ][:threshold]
    if len(given) < threshold:
        raise ConsultationError(
            f"{len(given)} of the {threshold} shares needed are there; a trustee gives hers by `ape run vote share`"
        )
    found = dlog.counts(open_totals(closing, given, threshold), params.rule, closing.ballots)
    results = [low + (high << 24) for low, high in found]
    points = [[pair(point) for point, _ in it.parts] for it in given]
    indices = [it.trustee for it in given]
    polls.act(anyone, polls.consultations, "finalise", number, indices, points, results, purpose="fix the result")
    return [count for both in found for count in both]


_AFTER = (PollStatus.CLOSED, PollStatus.DECRYPTING, PollStatus.STALLED, PollStatus.TALLIED, PollStatus.WITHHELD)
