"""A fact by two of three, a contract's question for a fresh one, and a statement that is posted twice."""

from beffroi.chain.sender import TransactionFailedError
from beffroi.demo.stage import Stage
from beffroi.records.fact import Fact
from beffroi.records.factact import StatedValue
from beffroi.records.statedfacts import NoValueError, StatedFacts
from beffroi.units import DAY_S, HOUR_S

NAME, SOURCE = "Blé tendre, marché de Valombre", b"mercuriale".ljust(32, b"\0")
WEIGHERS = ("clerk", "auditor", "commons")
PRICE = 231_50
"""In hundredths of a euro a tonne."""


def tell(stage: Stage) -> None:
    """Lives the story of one price."""
    clerk, auditor, commons = map(stage.office, WEIGHERS)
    issuers = sorted((it.address for it in (clerk, auditor, commons)), key=lambda it: int(it, 16))
    facts, fact = StatedFacts.of(stage.rpc, stage.manifest), Fact(NAME, "EUR/t", 2, "", tuple(issuers), 2)
    facts.open(clerk, fact)
    stated = StatedValue(PRICE, stage.now_s() - 2 * DAY_S)
    act = facts.statement(fact, stated, SOURCE, stage.now_s() + HOUR_S).signed(clerk).signed(commons)
    facts.post(auditor, act)
    price = fact.shown(facts.fresh_value(fact, 7 * DAY_S))
    stage.narrator.tell(f"Two of three weighers sign a price, and contracts that ask are told: {price}.")
    try:
        facts.fresh_value(fact, DAY_S)
    except NoValueError as error:
        stage.narrator.tell(f"A tariff that wants one of today is refused: {error}.")
    try:
        facts.post(auditor, act)
    except TransactionFailedError as error:
        stage.narrator.tell(f"The same statement is not posted twice: {error}.")
