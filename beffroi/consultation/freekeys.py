"""Keys that no vote has taken yet: which of them a vote that a contract calls may take, and whose they are."""

from dataclasses import dataclass
from functools import partial

from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.transcript import to_address
from beffroi.consultation.phases import Phase
from beffroi.consultation.polls import Polls


@dataclass(frozen=True)
class FreeKey:
    """A key that is ready, and that nothing uses.

    Attributes:
        ceremony: the number of the ceremony that made it.
        trustees: whose it is, and how many of them open a result.
        is_reserved: whether it is kept for what the returning officer opens.
    """

    ceremony: int
    trustees: Panel
    is_reserved: bool


def free_keys(polls: Polls) -> list[FreeKey]:
    """The keys that are ready for these consultations, as the node tells it; the oldest first."""
    told = partial(polls.ceremonies.events, polls.rpc, first=polls.first)
    used = {it.args["id"] for it in told("KeyUsed")}
    ours = [it.args for it in told("CeremonyOpened") if it.args["consumer"] == polls.consultations.address]
    left = [it for it in ours if it["id"] not in used]
    phases = polls.ceremonies.reads(polls.rpc, "phase", [(it["id"],) for it in left]) if left else []
    return [
        FreeKey(it["id"], Panel(it["threshold"], tuple(map(to_address, it["trustees"]))), it["reserved"])
        for it, (phase, _) in zip(left, phases, strict=True)
        if phase == Phase.KEY_READY
    ]
