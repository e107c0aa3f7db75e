"""The lies of the table in `test_every_step`, by what a node does: swaps, alters, hides, delays, replays, answers."""

from collections.abc import Callable
from typing import Any

from beffroi.ballots.group import add, base, sub
from beffroi.ballots.proofs import pair, unpair
from beffroi.chain.abi import entry, topic
from beffroi.chain.contract import Contract
from beffroi.units import DAY_S
from testbed.polls import Trustee
from tests.adversaries.vote.acts import Moment
from tests.adversaries.vote.acts_of_everybody import without_resident
from tests.adversaries.vote.acts_of_trustees import ANOTHER
from tests.adversaries.vote.claimed_contract import says_contract
from tests.adversaries.vote.lies import Values, alters, answers, answers_from, hides, loses, of_logs, replays, swaps
from tests.adversaries.vote.lying_node import Answer, Ask, Asked, Lie
from tests.adversaries.vote.voters_key import shows_key

Column = Callable[[Moment], Lie]
HIS, LAST = 2, 5
"""Another trustee's number, and the last voter's place on the roll."""
PUPPETS = [f"0x{number:040x}" for number in (1, 2, 3)]
POINT = pair(base(7))
EVER = 2**40 - 1
"""A time that does not come, unix seconds."""


def _truth(asked: Asked, ask: Ask) -> Answer:
    return ask(asked)


def _swallows(asked: Asked, ask: Ask) -> Answer:
    """Says that it has the transaction, and keeps it."""
    if asked.method == "eth_sendRawTransaction":
        return {"result": "0x" + "ab" * 32}
    if asked.method in {"eth_getTransactionReceipt", "eth_getTransactionByHash"}:
        return {"result": None}
    return ask(asked)


def _ceremonies(it: Moment) -> Contract:
    return it.station.polls.ceremonies


def _consultations(it: Moment) -> Contract:
    return it.station.polls.consultations


def _rolls(it: Moment) -> Contract:
    return Contract.built("Rolls", it.station.hall.manifest.address("Rolls"))


def _residents(it: Moment) -> Contract:
    return Contract.built("Residents", it.station.hall.manifest.address("Residents"))


def _another(it: Moment) -> Trustee:
    return it.station.hall.trustees[ANOTHER]


def _swaps(of: Callable[[Moment], Contract], event: str, *, whose: int = 0, **told: Any) -> Column:
    """Values by name, or functions of what was said; of one trustee's event, or of all."""

    def change(values: Values) -> Values:
        if whose and values["index"] != whose:
            return values
        return values | {name: it(values[name]) if callable(it) else it for name, it in told.items()}

    return lambda moment: swaps(of(moment), event, change)


def _alters(of: Callable[[Moment], Contract], view: str, change: Callable[[list[Any]], list[Any]]) -> Column:
    return lambda moment: alters(of(moment), view, change)


def _hides(of: Callable[[Moment], Contract], event: str) -> Column:
    return lambda moment: hides(of(moment), event)


def _flipped(deal: tuple[Any, ...]) -> tuple[Any, ...]:
    *rest, shares = deal
    return (*rest, [it ^ 1 for it in shares])


def _one_more(totals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    first, *rest = totals
    return [pair(add(base(1), first[0].to_bytes(32) + first[1].to_bytes(32))), *rest]


def _says(contract: Contract, event: str, log: dict[str, Any]) -> bool:
    is_its = log["address"].lower() == contract.address.lower()
    return is_its and bool(log["topics"][0] == topic(entry(contract.abi, "event", event)))


def _is_his(moment: Moment, log: dict[str, Any]) -> bool:
    return _says(_ceremonies(moment), "Enrolled", log) and int(log["topics"][2], 16) == HIS


def _for_another(moment: Moment, log: dict[str, Any]) -> dict[str, Any]:
    if not _says(_ceremonies(moment), "CeremonyOpened", log):
        return log
    return log | {"topics": [*log["topics"][:2], "0x" + PUPPETS[2][2:].rjust(64, "0")]}


def _shows_key(moment: Moment) -> Lie:
    opened, terms = shows_key(_consultations(moment), moment.about.params, 7)
    return lambda asked, ask: opened(asked, lambda it: terms(it, ask))


def _without_last(moment: Moment) -> Lie:
    """The last batch, of one ballot, is nowhere told, and the totals are without it."""
    contract, vote = _consultations(moment), moment.about
    ((c1, c),) = moment.station.ballots(vote)[LAST]

    def closed(values: Values) -> Values:
        r, s = map(unpair, values["totals"])
        return values | {"ballots": LAST, "totals": [pair(sub(r, c1)), pair(sub(s, c))]}

    batch = of_logs(
        lambda logs: [it for it in logs if not (_says(contract, "BallotsCast", it) and int(it["topics"][2], 16) == 1)]
    )
    fewer = swaps(contract, "ConsultationClosed", closed)
    return lambda asked, ask: batch(asked, lambda it: fewer(it, ask))


OF_ALL: dict[str, Column] = {
    "delays: nothing of what has come since": lambda it: replays(it.first),
    "delays: loses what is estimated": lambda _: loses("eth_estimateGas"),
    "delays: keeps what is sent": lambda _: _swallows,
    "delays: gives no receipt": lambda _: answers("eth_getTransactionReceipt", lambda *_: None),
    "replays: the same on a chain of another beginning": lambda it: answers_from(it.twin),
    "answers: of another chain": lambda _: answers("eth_chainId", lambda *_: "0x1"),
}
OF_CEREMONIES: dict[str, Column] = {
    "swaps: who the trustees are": _swaps(_ceremonies, "CeremonyOpened", trustees=PUPPETS),
    "swaps: how many open a result": _swaps(_ceremonies, "CeremonyOpened", threshold=3),
    "swaps: for whom the key is": lambda it: of_logs(lambda logs: [_for_another(it, log) for log in logs]),
    "swaps: another's key": _swaps(_ceremonies, "Enrolled", whose=HIS, key=POINT),
    "swaps: another's promise": _swaps(_ceremonies, "Committed", whose=HIS, dealHash=bytes(32)),
    "swaps: another's deal": _swaps(_ceremonies, "Dealt", whose=HIS, deal=_flipped),
    "swaps: another's acknowledgement": _swaps(_ceremonies, "Acknowledged", whose=HIS, proof=(1, 2)),
    "swaps: another's signature": _swaps(_ceremonies, "Enrolled", whose=HIS, signature=bytes(65)),
    "swaps: the key": _swaps(_ceremonies, "KeyProposed", key=POINT),
    "alters: the phase to enrolment": _alters(_ceremonies, "phase", lambda _: [1, EVER]),
    "alters: the phase to commitment": _alters(_ceremonies, "phase", lambda _: [2, EVER]),
    "alters: the phase to dealing": _alters(_ceremonies, "phase", lambda _: [3, EVER]),
    "alters: the phase to complaints": _alters(_ceremonies, "phase", lambda _: [4, EVER]),
    "alters: the phase to acknowledgement": _alters(_ceremonies, "phase", lambda _: [5, EVER]),
    "alters: the phase to a key": _alters(_ceremonies, "phase", lambda _: [6, 0]),
    "alters: that all have acted": _alters(_ceremonies, "acts", lambda it: [7, 7, 7, it[3], 7]),
    "alters: that another has not acted": _alters(_ceremonies, "acts", lambda it: [mask & 0b101 for mask in it]),
    "alters: that nobody has acted": _alters(_ceremonies, "acts", lambda it: [0] * 5),
    "alters: that she is excluded": _alters(_ceremonies, "acts", lambda it: [*it[:3], 1, it[4]]),
    "alters: that all accounts are contracts": _alters(_ceremonies, "contracts", lambda _: [2**256 - 1]),
    "alters: that another's account is a contract": lambda it: says_contract(_ceremonies(it), _another(it)),
    "hides: that it was opened": _hides(_ceremonies, "CeremonyOpened"),
    "hides: who enrolled": _hides(_ceremonies, "Enrolled"),
    "hides: who committed": _hides(_ceremonies, "Committed"),
    "hides: who dealt": _hides(_ceremonies, "Dealt"),
    "hides: the key": _hides(_ceremonies, "KeyProposed"),
    "hides: who acknowledged": _hides(_ceremonies, "Acknowledged"),
    "hides: that another enrolled": lambda it: of_logs(lambda logs: [log for log in logs if not _is_his(it, log)]),
}
OF_VOTES: dict[str, Column] = {
    "swaps: the terms": _swaps(_consultations, "ConsultationOpened", terms=lambda it: (*it[:3], it[3] + 1, *it[4:])),
    "swaps: the terms' hash": _swaps(_consultations, "ConsultationOpened", paramsHash=bytes(32)),
    "swaps: the ballots": _swaps(_consultations, "BallotsCast", records=lambda it: it[:-1] + bytes([it[-1] ^ 1])),
    "swaps: how many ballots": _swaps(_consultations, "ConsultationClosed", ballots=7),
    "swaps: the totals": _swaps(_consultations, "ConsultationClosed", totals=_one_more),
    "swaps: the shares": _swaps(_consultations, "ShareSubmitted", shares=lambda it: [POINT] * len(it)),
    "swaps: the result": _swaps(_consultations, "ConsultationTallied", counts=lambda it: [it[1], it[0], *it[2:]]),
    "swaps: a key of its own, and all that goes with it": _shows_key,
    "alters: the key": _alters(_consultations, "terms", lambda it: [POINT, *it[1:]]),
    "alters: whose key": _alters(_consultations, "terms", lambda it: [it[0], it[1] + 1, *it[2:]]),
    "alters: that the vote goes on": _alters(_consultations, "status", lambda _: [2]),
    "alters: that the vote is closed": _alters(_consultations, "status", lambda _: [4]),
    "alters: that it has its result": _alters(_consultations, "status", lambda _: [7]),
    "alters: the counts": _alters(_consultations, "counts", lambda it: [[it[0][1], it[0][0], *it[0][2:]]]),
    "alters: that she has not voted": _alters(_consultations, "turnout", lambda _: [False, 0]),
    "alters: that she has voted": _alters(_consultations, "turnout", lambda _: [True, 4]),
    "hides: the opening": _hides(_consultations, "ConsultationOpened"),
    "hides: the ballots": _hides(_consultations, "BallotsCast"),
    "hides: the closing": _hides(_consultations, "ConsultationClosed"),
    "hides: the shares": _hides(_consultations, "ShareSubmitted"),
    "hides: the result": _hides(_consultations, "ConsultationTallied"),
    "differs: another block": lambda _: answers(
        "eth_getLogs", lambda _, true: [it | {"blockHash": "0x" + "ab" * 32} for it in true]
    ),
    "differs: one ballot less": _without_last,
}
OF_ROLLS: dict[str, Column] = {
    "swaps: the roll that was proposed": _swaps(_rolls, "RollProposed", root=bytes(32)),
    "swaps: the roll that was sealed": _swaps(_rolls, "RollSealed", root=bytes(32)),
    "alters: that it is not current": _alters(_rolls, "isCurrent", lambda _: [False]),
    "hides: who lives here": _hides(_residents, "Enrolled"),
    "hides: the roll that was proposed": _hides(_rolls, "RollProposed"),
    "hides: the roll that was sealed": _hides(_rolls, "RollSealed"),
    "differs: one resident less": lambda it: without_resident(it.station),
    "differs: another day": lambda _: answers(
        "eth_getBlockByNumber", lambda _, true: true | {"timestamp": hex(int(true["timestamp"], 16) + 2 * DAY_S)}
    ),
}
TRUTH = "tells the truth"
COLUMNS: dict[str, Column] = {TRUTH: lambda _: _truth} | OF_ALL | OF_CEREMONIES | OF_VOTES | OF_ROLLS
