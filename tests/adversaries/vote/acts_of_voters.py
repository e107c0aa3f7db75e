"""What voters do, and whoever counts or checks: rows of the table in `test_every_step`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode

from beffroi.ballots.ballot import make_ballot, verify_ballot
from beffroi.ballots.receipt import Receipt
from beffroi.ballots.transcript import to_address
from beffroi.chain.abi import entry, selector, types
from beffroi.consultation import casting, challenge, checking, posting
from testbed.polls import Vote
from testbed.town import fund
from tests.adversaries.vote.acts import Act
from tests.adversaries.vote.lying_node import LyingNode
from tests.adversaries.vote.station import CHOICES, Station

VOTER, CHOICE = 5, 1
"""Who votes by the node, by place on the roll, and what she wants."""


@dataclass(frozen=True)
class Kept:
    """What a voter has kept of a vote.

    Attributes:
        vote: which.
        text: of her receipt, or of the ballot that she had opened.
    """

    vote: Vote
    text: str


def _open(station: Station) -> Vote:
    vote = station.hall.consult(len(CHOICES), key=station.hall.key())
    fund(station.polls.rpc, [vote.keys[VOTER]])
    station.hall.post(vote, [vote.slip(index, choice) for index, choice in enumerate(CHOICES[:VOTER])])
    return vote


def _voted(station: Station) -> Vote:
    vote = _open(station)
    station.cast(vote, VOTER, 0)
    return vote


def _ballot(vote: Vote) -> Any:
    return make_ballot(vote.params, to_address(vote.keys[VOTER].address), 0, vote.subject.asked.messages(CHOICE))


def _with_receipt(station: Station) -> Kept:
    vote = _open(station)
    ballot = _ballot(vote)
    station.hall.post(vote, [casting.sign(vote.params, VOTER, ballot, vote.keys[VOTER])])
    return Kept(vote, Receipt.of(vote.params, VOTER, ballot).text())


def _with_opened(station: Station) -> Kept:
    vote = _open(station)
    return Kept(vote, challenge.to_text(vote.params, _ballot(vote)))


def _with_opened_and_cast(station: Station) -> Kept:
    vote = _open(station)
    ballot = _ballot(vote)
    station.hall.post(vote, [casting.sign(vote.params, VOTER, ballot, vote.keys[VOTER])])
    return Kept(vote, challenge.to_text(vote.params, ballot))


def _casts(station: Station, vote: Vote, node: LyingNode | None) -> None:
    station.cast(vote, VOTER, CHOICE, node)


def _signs(station: Station, vote: Vote, node: LyingNode | None) -> str:
    """A slip for somebody else to post; it is kept beside."""
    polls, voter = station.by(node), vote.keys[VOTER]
    params = polls.params(vote.number)
    wanted = station.messages(vote, CHOICE)
    index, ballot = casting.prepare(polls, params, vote.roll, voter.address, wanted, station.hall.panels)
    slip = casting.hand_over(polls, params, index, ballot, voter)
    (station.desk / "slip.jsonl").write_text(casting.to_line(params, slip))
    return casting.handed_over(slip)


def _is_good(seq: int) -> Callable[[Station, Vote], bool]:
    """Whether what she signed is a ballot of that number that the true contract takes."""

    def is_good(station: Station, vote: Vote) -> bool:
        path = station.desk / "slip.jsonl"
        slips = list(casting.from_lines(vote.params, path.read_text())) if path.exists() else []
        return [(it.seq, posting.problem(vote.params, vote.roll, it)) for it in slips] == [(seq, "")]

    return is_good


def _is_sealed(station: Station, votes: Sequence[Vote], message: str) -> bool:
    """Whether a ballot that leaves is under the trustees' true key, for this vote or for its twin's terms.

    They open none of the twin's: their key files know another beginning.
    """
    abi = station.polls.consultations.abi
    for name in ("cast", "castAgain"):
        item = entry(abi, "function", name)
        if message.startswith(selector(item).hex()):
            _, _, voter, ballot, *_ = decode(types(item["inputs"]), bytes.fromhex(message[8:]))
            terms = [vote.params for vote in votes if vote.params.h == votes[0].params.h]
            return any(verify_ballot(it, to_address(voter), seq, ballot) for it in terms for seq in range(6))
    return False


def _turnout(station: Station, vote: Vote) -> Any:
    return station.polls.consultations.read(station.polls.rpc, "turnout", vote.number, VOTER)


def _looks(station: Station, kept: Kept, node: LyingNode | None) -> str:
    return checking.check_receipt(station.by(node), Receipt.parse(kept.text)).text


def _opens(station: Station, kept: Kept, node: LyingNode | None) -> str:
    polls, number = station.by(node), challenge.consultation(kept.text)
    _, words = challenge.check(kept.text, polls.params(number), kept.vote.subject, polls.votes(number))
    return words


VOTERS = {
    "cast": Act(_open, _casts, lambda *it: _turnout(*it) == (True, 0), _is_sealed),
    "cast again": Act(_voted, _casts, lambda *it: _turnout(*it) == (True, 1), _is_sealed),
    "sign a slip": Act(_open, _signs, _is_good(0)),
    "sign another slip": Act(_voted, _signs, _is_good(1)),
    "look for her ballot": Act(_with_receipt, _looks),
    "check a ballot that was opened": Act(_with_opened, _opens),
    "check a ballot that was opened and cast": Act(_with_opened_and_cast, _opens),
}
