"""What a mandate costs: its pledge, secret ballots, settlement; with all 56 promises of a president's 100 days.

Without the observatory's data (`BEFFROI_DATA`), only the ten promises of the original Cred are judged.
"""

import os
import random
import tempfile
from pathlib import Path

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.artifacts import ROOT
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.consultation import casting, counting, posting
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.electorate import count, opinions
from beffroi.credibility.evaluation import messages, open_round
from beffroi.credibility.formula import FIFTY_MILLION, burn, even_weights, stakes
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.credibility.observatory import FOLDER, read_followed
from beffroi.units import DAY_S, ETHER
from bench.row import Row
from testbed.polls import Hall, town_hall

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / FOLDER
RESIDENTS = 24
HALF_OF_ALL = 28
"""A consultation holds 32 ciphertexts: 56 promises are judged in two."""
SETTLE_TEN_CEILING = 300_000


def rows() -> list[Row]:
    """Every figure, on a chain of its own.

    Raises:
        AssertionError: something else burnt than the formula says.
    """
    with tempfile.TemporaryDirectory() as folder, town_hall(Path(folder)) as hall:
        found = _judge(hall, "10", [100] * 5 + [0] * 5, 10, SETTLE_TEN_CEILING)
        if DATA.exists():
            found += _judge(hall, "56", [it.fulfilment_percent for it in read_followed(DATA)], HALF_OF_ALL, None)
    return found


def _judge(hall: Hall, name: str, kept: list[int], at_once: int, ceiling: int | None) -> list[Row]:
    rpc, polls = hall.polls.rpc, hall.polls
    town, promises = (Contract.built(it, hall.manifest.address(it)) for it in ("Town", "Promises"))
    mandates, official = Mandates(rpc, town, promises), Key.derived("official", name)
    rpc.call("anvil_setBalance", official.address, hex(ETHER))
    terms = (official.address, polls.now_s() + 365 * DAY_S, Supply.FIFTY_MILLION, keccak(b"terms"))
    mandates.open(hall.clerk, *terms)
    hall.pass_s(2 * DAY_S)
    mandate = mandates.open(hall.clerk, *terms) or 0
    weights = even_weights(len(kept))
    due_at = polls.now_s() + DAY_S
    pledges = [Pledge(f"promise {place}", "", weight, due_at).as_tuple() for place, weight in enumerate(weights)]
    pledged = _send(hall, promises, official, "pledge", mandate, 0, pledges, 0, b"")
    found = [Row("cred", f"pledge {name} promises", "gas", pledged)]

    chance, parts = random.Random(2014), stakes(FIFTY_MILLION, weights)
    for first in range(0, len(kept), at_once):
        chosen = range(first, min(first + at_once, len(kept)))
        said = [opinions(kept[place], RESIDENTS, chance) for place in chosen]
        evaluation, ballots = _vote(hall, promises, mandate, chosen, said)
        mandates.publish(hall.clerk, evaluation)
        hall.pass_s(15 * DAY_S)
        settled = _send(hall, promises, hall.clerk, "settle", evaluation)
        burnt = [promises.read(rpc, "promiseOf", mandate, place)[1] for place in chosen]
        expected = [burn(parts[at], *count(it), RESIDENTS, 100) for at, it in zip(chosen, said, strict=True)]
        if burnt != expected:
            raise AssertionError(f"{burnt} burnt, {expected} expected")
        what = f"{chosen.start + 1} to {chosen.stop} of {name} promises"
        found.append(Row("cred", f"a secret ballot over {what}, in a batch", "gas", ballots // RESIDENTS))
        found.append(Row("cred", f"settle {what}", "gas", settled, ceiling=ceiling))
    return found


def _vote(hall: Hall, promises: Contract, mandate: int, chosen: range, said: list[list[int | None]]) -> tuple[int, int]:
    """The evaluation's number, and the gas of all its ballots."""
    polls, key = hall.polls, hall.key()
    hall.pass_s(2 * DAY_S)
    voters = {it.address: it for it in (Key.derived("resident", number) for number in range(RESIDENTS))}
    roll, calendar = hall.seal_roll(*voters.values()), voting_terms(polls, promises).soonest(polls.now_s())
    opened = open_round(
        polls, promises, hall.officer, mandate=mandate, chosen=chosen, ceremony=key, roll=roll, calendar=calendar
    )
    hall.pass_until(calendar.opens_at)
    params, slips = polls.params(opened.consultation), []
    for index, levels in enumerate(zip(*said, strict=True)):
        voter = voters[roll.account(index)]
        ballot = make_ballot(params, to_address(voter.address), 0, messages(levels))
        slips.append(casting.sign(params, index, ballot, voter))
    posted = posting.post(polls, params, roll, hall.clerk, slips, check=False)
    hall.pass_until(calendar.closes_at)
    counting.close(polls, opened.consultation, hall.clerk)
    for trustee in hall.trustees[:2]:
        hall.share(opened.consultation, trustee, roll)
    counting.finalise(polls, opened.consultation, hall.clerk)
    return opened.evaluation, posted.gas_used


def _send(hall: Hall, promises: Contract, who: Key, function: str, *args: object) -> int:
    receipt = Sender(hall.polls.rpc, who).send(Call(promises.address, promises.encode(function, *args), function))
    return int(receipt["gasUsed"], 16)
