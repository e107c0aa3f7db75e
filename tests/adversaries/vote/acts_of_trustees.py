"""What trustees do, and who calls them: rows of the table in `test_every_step`."""

from collections.abc import Callable, Sequence
from typing import Any

from eth_abi.abi import decode

from beffroi.ballots import ceremony as messages
from beffroi.ballots import keyfiles
from beffroi.ballots.keyfiles import KeyFile
from beffroi.ballots.parallel import Here
from beffroi.ballots.proofs import pair
from beffroi.ballots.tally import decryption_share
from beffroi.chain.abi import entry, selector, types
from beffroi.cli import keyring
from beffroi.consultation import ceremony, counting, sharing
from testbed.polls import HOUR_S, Vote
from tests.adversaries.vote.acts import Act, over
from tests.adversaries.vote.lying_node import LyingNode
from tests.adversaries.vote.station import Station

ACTOR, ANOTHER, THIRD = range(3)
NEEDED = 2


def _ceremony(steps: int, *, over: bool = False) -> Callable[[Station], int]:
    """A ceremony in which all have taken so many steps; and the time of the last is over."""

    def prepare(station: Station) -> int:
        number = station.hall.open_ceremony()
        for _ in range(steps):
            station.hall.step(number)
        if over:
            station.hall.pass_s(HOUR_S + 1)
        return number

    return prepare


def _agreed(station: Station) -> int:
    number = _ceremony(3)(station)
    station.hall.deadline(number)
    return number


def _made(station: Station) -> int:
    return station.hall.key()


def _wronged(station: Station) -> int:
    """The last trustee has dealt the first a wrong share."""
    hall = station.hall
    number = _ceremony(1)(station)
    for _ in range(2):
        hall.lie(number, hall.trustees[THIRD], hall.trustees[ACTOR])
        hall.step(number, *hall.trustees[:THIRD])
    return number


def _step(station: Station, number: int, node: LyingNode | None) -> None:
    station.step(number, station.hall.trustees[ACTOR], node)


def _has(what: str) -> Callable[[Station, int], bool]:
    return lambda station, number: ACTOR + 1 in getattr(ceremony.progress(station.polls, number), what)


def _makes_key(station: Station, number: int, node: LyingNode | None) -> list[str]:
    """As `step` does the first time: what the key is for is read, and its number compared by telephone."""
    pins = station.by(node).pins(number)
    keyfiles.save(KeyFile(station.hall.trustees[ACTOR].secret, pins), station.desk / "mine.json", "hers", cost=1 << 4)
    return [*pins.words(), pins.phrase]


def _publishes(station: Station, number: int, node: LyingNode | None) -> str:
    accounts = [it.account.address for it in station.hall.trustees]
    return ceremony.panel(station.by(node), number, accounts, NEEDED).phrase


def _shares(station: Station, vote: Vote, node: LyingNode | None) -> str:
    """By another trustee's number, who has counted by an honest node."""
    return _gives(station, vote, node, lambda counted: counted.require_compared(_count(station, vote, None).phrase))


def _shares_by_two(station: Station, vote: Vote, node: LyingNode | None) -> str:
    """By a second node, which is honest."""
    return _gives(station, vote, node, lambda counted: counted.require_same(station.polls))


def _gives(station: Station, vote: Vote, node: LyingNode | None, compares: Callable[[sharing.Counted], Any]) -> str:
    trustee, polls = station.hall.trustees[ACTOR], station.by(node)
    key = station.hall.key_file(vote.params.ceremony, trustee)
    counted = _count(station, vote, node)
    compares(counted)
    keyring.remember(station.kept(trustee, key), counted)
    index = sharing.give(polls, trustee.account, key, counted)
    return f"the share of trustee {index} is on the chain, {len(counting.shares_of(polls, vote.number))} given"


def _count(station: Station, vote: Vote, node: LyingNode | None) -> sharing.Counted:
    key = station.hall.key_file(vote.params.ceremony, station.hall.trustees[ACTOR])
    now_s = station.polls.now_s()
    return sharing.count(station.by(node), vote.number, key, vote.roll, now_s=now_s, executor=Here())


def _is_true(station: Station, votes: Sequence[Vote], message: str) -> bool:
    """Whether what leaves is her share of the true totals: it opens nothing else."""
    contract, trustee = station.polls.consultations, station.hall.trustees[ACTOR]
    item = entry(contract.abi, "function", "submitShare")
    if not message.startswith(selector(item).hex()):
        return False
    vote = votes[0]
    said = station.polls.ceremony(vote.params.ceremony)
    keys = ceremony.trustee_keys(said, trustee.index, trustee.secret)
    own = messages.secret_share(ceremony.ceremony_of(said), keys, said.qualified)
    share = decryption_share(counting.closing_of(station.polls, vote.params), trustee.index, own)
    _, index, points, *_ = decode(types(item["inputs"]), bytes.fromhex(message[8:]))
    return (index, list(points)) == (trustee.index, [pair(it) for it in share.points])


def _is_shared(station: Station, vote: Vote) -> bool:
    return bool(counting.shares_of(station.polls, vote.number))


TRUSTEES = {
    "publish who they are": Act(_ceremony(0), _publishes),
    "make a key": Act(_ceremony(0), _makes_key),
    "enrol": Act(_ceremony(0), _step, _has("enrolled")),
    "commit": Act(_ceremony(1), _step, _has("committed")),
    "deal": Act(_ceremony(2), _step, _has("dealt")),
    "check her shares": Act(_ceremony(3), _step),
    "complain": Act(_wronged, _step, lambda station, it: bool(ceremony.progress(station.polls, it).excluded)),
    "conclude and acknowledge": Act(_ceremony(3, over=True), _step, _has("acknowledged")),
    "acknowledge": Act(_agreed, _step, _has("acknowledged")),
    "look whether she holds the key": Act(_made, _step),
    "share": Act(over, _shares, _is_shared, _is_true),
    "share, by two nodes": Act(over, _shares_by_two, _is_shared, _is_true),
}
