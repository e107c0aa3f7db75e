"""Limits from a list: what differs from the chain is set, in parts; a run that was cut short goes on with the rest.

Setting a member's limits starts her growth anew, so that those who have theirs already are left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.order import Order, Outcome
from beffroi.chain.transaction import Signer
from beffroi.credit.circle import Circle
from beffroi.residents import Standing

LIMITS_IN_PART = 200
"""In one transaction: some 2 million gas."""
MOST_LIMIT = 2**32 - 1


@dataclass(frozen=True)
class CreditLimits:
    """Limits of one member, in the circle's unit.

    Attributes:
        member: her key in force, checksummed.
        floor: the most that she may owe on her own.
        ceiling: the most that she may be owed.
    """

    member: str
    floor: int
    ceiling: int


@dataclass(frozen=True)
class LimitPlan:
    """What setting a list would do, before anything is sent.

    Attributes:
        to_set: who has other limits.
        already: who has these.
        cut: of those to set, who is beyond them already: kept from going further alone.
        conflicts: why a line cannot be set, by place in the list.
    """

    to_set: list[CreditLimits] = field(default_factory=list)
    already: list[CreditLimits] = field(default_factory=list)
    cut: list[CreditLimits] = field(default_factory=list)
    conflicts: dict[int, str] = field(default_factory=dict)


def compare_limits(circle: Circle, listed: Sequence[CreditLimits]) -> LimitPlan:
    """What is left to set, as the chain has it now."""
    plan = LimitPlan()
    seen: dict[str, int] = {}
    for place, (line, now) in enumerate(zip(listed, circle.standings([it.member for it in listed]), strict=True)):
        if line.floor > line.ceiling:
            plan.conflicts[place] = "the floor is above the ceiling: such a debt could not be earned back"
        elif line.ceiling > MOST_LIMIT:
            plan.conflicts[place] = f"a limit above {MOST_LIMIT:,} does not fit the contract"
        elif seen.setdefault(line.member, place) != place:
            plan.conflicts[place] = "this member stands in the list twice"
        elif now.standing is not Standing.ACTIVE:
            plan.conflicts[place] = f"{line.member} is no active member of the circle: enrol or reinstate her first"
        elif (now.floor, now.ceiling) == (line.floor, line.ceiling):
            plan.already.append(line)
        else:
            plan.to_set.append(line)
            if not -line.floor - now.vouched <= now.balance <= line.ceiling:
                plan.cut.append(line)
    return plan


def set_limits(
    circle: Circle, treasurer: Signer, to_set: Sequence[CreditLimits], progress: Progress = lambda _: None
) -> list[Outcome]:
    """Sets what `compare_limits` found to differ; all or nothing for each part.

    Raises:
        RevertsError: a part cannot be set so, in words.
        NotFundedError: the treasurer cannot pay.
    """
    parts = [to_set[start : start + LIMITS_IN_PART] for start in range(0, len(to_set), LIMITS_IN_PART)]
    sizes = iter([len(part) for part in parts])
    orders = [
        Order(
            treasurer,
            circle.contract.address,
            circle.contract.encode("setLimits", [(it.member, it.floor, it.ceiling) for it in part]),
            0,
            f"limits of {len(part)} members",
        )
        for part in parts
    ]
    return carry_out(circle.rpc, orders, progress=lambda ended: progress(sum(next(sizes) for _ in range(ended))))
