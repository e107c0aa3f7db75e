"""Recipes of the acts that need a whole story before them: a redemption, a consultation, a currency's end."""

from typing import Any

from eth_abi.abi import decode

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import to_address
from beffroi.chain.abi import types
from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.create2 import PROXY
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.consultation import casting, counting, posting
from beffroi.consultation.opening import Calendar, open_consultation, opening
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import Round, judgement, messages, open_round
from beffroi.credibility.mandate import Supply
from beffroi.residents import ResidentKind
from beffroi.roll import Roll
from beffroi.town.config import TownConfig
from beffroi.town.plan import lay_out
from beffroi.units import DAY_S
from testbed.estate import PAPER, Estate
from testbed.polls import HOUR_S, SUBJECT, Hall, hall_of
from testbed.town import MAYOR, POSTER, REGISTRAR, RETURNING_OFFICER, TREASURER, fund

Words = tuple[Any, ...]
TEXT = "a school by September"
CHOSEN = [0]
CONFIRMED = 1


def redeemed(estate: Estate) -> int:
    """A merchant has changed money back; the redemption's number."""
    money, merchant = estate.offices.money, Key.derived("adversary", "merchant")
    fund(estate.rpc, [merchant])
    estate.town.enrols(ResidentKind.PROFESSIONAL, merchant)
    estate.act(TREASURER, money, "issue", merchant.address, 200_00, b"takings".ljust(32, b"\0"))
    (made,) = money.logged(estate.act(merchant, money, "redeem", 100_00, PAPER), "Redeemed")
    return int(made.args["redemption"])


def retiring(estate: Estate) -> Words:
    """A currency that takes over stands and knows its commons, and the guardian has paused the first."""
    (first,) = estate.town.config.currency
    following = first.model_dump() | {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}
    config = TownConfig.model_validate(estate.town.config.model_dump() | {"currency": [following]})
    planned = lay_out(config, MAYOR.address, estate.manifest).contracts["Lys2"]
    # Its plan alone would not do: adversaries hold offices here, which a plan takes for drift.
    (outcome,) = carry_out(estate.rpc, [Order(MAYOR, PROXY, planned.salt + planned.initcode, 0, "a successor")])
    assert outcome.state == OrderState.DONE, outcome.reason
    estate.act(MAYOR, estate.offices.residents, "addFollower", planned.address)
    estate.act(POSTER, estate.offices.residents, "inform", planned.address, [first.commons])
    estate.town.pauses(estate.offices.money)
    return (planned.address,)


def _calendar(hall: Hall) -> Calendar:
    opens = hall.polls.now_s() + HOUR_S
    return Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)


def _told(hall: Hall, promises: Contract) -> Calendar:
    """Of a vote that burns: residents have heard of it."""
    return voting_terms(hall.polls, promises).soonest(hall.polls.now_s())


def _roll(estate: Estate) -> Roll:
    return Roll.of([it.address for it in estate.people.values()])


def asked(estate: Estate) -> Words:
    """A ceremony has made its key: the words of the consultation that it is for."""
    hall = hall_of(estate.town)
    call = opening(
        hall.polls, ceremony=hall.key(), subject=SUBJECT, roll=_roll(estate), calendar=_calendar(hall),
        secrecy_minimum=5,
    )  # fmt: skip
    (item,) = [it for it in hall.polls.consultations.abi if it.get("name") == "open"]
    return decode(types(item["inputs"]), call.data[4:])


def called(estate: Estate) -> Words:
    """The same, on the citizens' roll that two offices have sealed."""
    words, rolls, roll = asked(estate), estate.town.contract("Rolls"), _roll(estate)
    sealed = (roll.root, len(roll), int(ResidentKind.CITIZEN), estate.rpc.number("eth_blockNumber") - 1)
    estate.act(REGISTRAR, rolls, "proposeRoll", *sealed)
    estate.act(RETURNING_OFFICER, rolls, "sealRoll", *sealed)
    return words


def pledged(estate: Estate) -> int:
    """Ada has promised something, and brings evidence at once."""
    promises = estate.town.contract("Promises")
    ends_at = estate.offices.now_s() + 400 * DAY_S
    terms = (estate.ada.address, ends_at, int(Supply.FIFTY_MILLION), PAPER)
    (opened,) = promises.logged(estate.of_clerk(promises, "openMandate", *terms), "MandateOpened")
    mandate = int(opened.args["mandate"])
    pledge = (TEXT, PAPER, "", 10_000, estate.offices.now_s() + 100 * DAY_S)
    estate.act(estate.ada, promises, "pledge", mandate, 0, [pledge], 0, b"")
    estate.act(estate.ada, promises, "bringEvidence", mandate, 0, PAPER, "", 0, b"")
    return mandate


def attaching(estate: Estate) -> Words:
    """A consultation on a promise is about to begin."""
    hall, promises, mandate = hall_of(estate.town), estate.town.contract("Promises"), pledged(estate)
    subject = judgement(hall.polls, promises, mandate, CHOSEN, mid_term=False)
    consultation = open_consultation(
        hall.polls, RETURNING_OFFICER, ceremony=hall.key(), subject=subject, roll=hall.seal_roll(),
        calendar=_told(hall, promises), secrecy_minimum=5, uri="",
    )  # fmt: skip
    return mandate, bytes(CHOSEN), consultation, False


def _judged(estate: Estate) -> tuple[Hall, Round, Roll]:
    """The residents have judged a promise, and the consultation is closed."""
    hall, promises, mandate = hall_of(estate.town), estate.town.contract("Promises"), pledged(estate)
    roll = hall.seal_roll()
    opened = open_round(
        hall.polls, promises, RETURNING_OFFICER, mandate=mandate, chosen=CHOSEN, ceremony=hall.key(), roll=roll,
        calendar=_told(hall, promises),
    )  # fmt: skip
    params = hall.polls.params(opened.consultation)
    hall.pass_until(params.opens_at)
    slips = []
    for judge in estate.people.values():
        ballot = make_ballot(params, to_address(judge.address), 0, messages([0]))
        slips.append(casting.sign(params, roll.index(judge.address), ballot, judge))
    posting.post(hall.polls, params, roll, POSTER, slips, check=False)
    hall.pass_until(params.closes_at)
    counting.close(hall.polls, opened.consultation, POSTER)
    return hall, opened, roll


def appealed(estate: Estate) -> Words:
    """The result is public, Ada appeals, and nobody may any more."""
    hall, opened, roll = _judged(estate)
    for trustee in hall.trustees[:2]:
        hall.share(opened.consultation, trustee, roll)
    counting.finalise(hall.polls, opened.consultation, POSTER)
    promises = estate.town.contract("Promises")
    estate.act(POSTER, promises, "publish", opened.evaluation)
    appeals = estate.town.contract("Appeals")
    estate.act(estate.ada, appeals, "appeal", opened.evaluation, PAPER, 0, b"")
    estate.pass_days(appeals.read(estate.rpc, "appealPeriod_s") // DAY_S)
    return opened.evaluation, CONFIRMED, PAPER
