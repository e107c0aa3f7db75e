"""What people do with a vote, each act at its moment: a row of the table in `test_every_step`.

A moment is prepared once, by an honest node; then the act is done by an honest node, which shows what there is to say,
and by the same command behind each lie.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from testbed.polls import Vote
from testbed.town import undone
from tests.adversaries.vote.lying_node import Asked, LyingNode
from tests.adversaries.vote.spoken import messages_of, published, secrets_of, signed_in, without
from tests.adversaries.vote.station import CHOICES, Station

APART_S = 60
"""How much later all is on the chain than on its twin, whose votes have other terms for it."""


@dataclass(frozen=True)
class Act:
    """Something that a person does by a node.

    Attributes:
        prepare: brings a station to its moment; what it is about: a ceremony's number, or a vote.
        do: gives the command, by a node.
        came: whether it came to the chain, as an honest node tells; None where it ends in words alone.
        is_right: whether a message that nobody could foretell may leave, of what it is about here and on the twin; by
            default none may.
    """

    prepare: Callable[[Station], Any]
    do: Callable[[Station, Any, LyingNode | None], Any]
    came: Callable[[Station, Any], bool] | None = None
    is_right: Callable[[Station, Sequence[Any], str], bool] = lambda *_: False


def over(station: Station) -> Vote:
    """A vote that is over, in which all have voted; the last ballot came alone."""
    vote = station.hall.consult(len(CHOICES), key=station.hall.key())
    slips = [vote.slip(index, choice) for index, choice in enumerate(CHOICES)]
    for some in (slips[:-1], slips[-1:]):
        station.hall.post(vote, some)
    station.hall.close(vote)
    return vote


@dataclass(frozen=True)
class Done:
    """An act that was done.

    Attributes:
        told: what the person has read.
        heard: what her node has.
        came: whether it came to be.
    """

    told: str
    heard: list[Asked]
    came: bool


@dataclass
class Moment:
    """A station at the moment of an act.

    Attributes:
        act: which.
        station: where.
        about: what its preparation gave.
        first: number of the block before that.
        spoken: every message that is public, or that the actor says to an honest node, as hex.
        secrets: what no request may hold, by name.
        twin: URL of a node of another chain, on which the same was prepared.
        elsewhere: what its preparation gave there.
        honestly: the act by an honest node.
    """

    act: Act
    station: Station
    about: Any
    first: int
    spoken: set[str]
    secrets: dict[str, str]
    twin: str
    elsewhere: Any
    honestly: Done = Done("", [], came=False)

    def done(self, desk: Path, *lies: Any) -> Done:
        """The act by a node that tells these lies, of which nothing stays."""
        here = replace(self.station, desk=desk, told=[])
        with undone(here.polls.rpc), here.node(*lies) as node:
            here.tells(lambda: self.act.do(here, self.about, node))
            node.lies = []
            told = "\n".join(here.told).replace(node.url, "NODE")
            came = self.act.came(here, self.about) if self.act.came else told == self.honestly.told
            return Done(told, list(node.heard), came)

    def leaks(self, heard: list[Asked]) -> list[str]:
        """What of the actor's left that an honest node would not have heard, and nobody has published."""
        said = messages_of(self.station.polls, heard)
        right = {
            it for it in said if it in self.spoken or self.act.is_right(self.station, (self.about, self.elsewhere), it)
        }
        unsaid = [it for it in said if it not in right]
        unsaid += [it for it in signed_in(self.station.polls, heard) if not any(message in it for message in right)]
        rest = without(heard, right)
        return [*(f"a message: {it[:74]}" for it in unsaid), *(n for n, it in self.secrets.items() if it in rest)]


@contextmanager
def moment(act: Act, station: Station, twin: Station, desk: Path) -> Iterator[Moment]:
    """The moment of an act, for as long as the block lasts, where it was done by an honest node and undone."""
    rpc = station.polls.rpc
    with undone(rpc), undone(twin.polls.rpc):
        first = rpc.number("eth_blockNumber")
        elsewhere = act.prepare(twin)
        station.hall.pass_s(APART_S)
        about = act.prepare(station)
        found = Moment(
            act, station, about, first, published(rpc, first), secrets_of(station), twin.polls.rpc.url, elsewhere
        )
        found.honestly = found.done(desk)
        found.spoken.update(messages_of(station.polls, found.honestly.heard))
        yield found
