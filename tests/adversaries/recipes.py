"""How each restricted act succeeds: what comes before it, and the words with which it is then called."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.keys import Key
from beffroi.credit.bankclearing import BankLine, attest_transfer, ordered_bank_lines
from beffroi.credit.circle import Circle
from beffroi.land import deeds
from beffroi.land.deeds import LOAN
from beffroi.land.parcels import ParcelId
from beffroi.residents import ResidentKind
from beffroi.units import DAY_S
from testbed.estate import FIELD, HOUSE, PAPER, RATES, Estate
from testbed.polls import TRUSTEES
from testbed.town import AUDITOR, COURT, GUARDIAN, NOTARY, REGISTRAR
from tests.adversaries import stories

Words = tuple[Any, ...]
NEWCOMER = Key.derived("adversary", "newcomer").address
NEW, LEFT, RIGHT = (ParcelId(f"59999000AB01{place:02}") for place in range(3))
PARCEL = (NEW.token_id, 700, PAPER)


def _suspended(estate: Estate) -> Words:
    estate.act(REGISTRAR, estate.offices.residents, "suspend", estate.ada.address, PAPER)
    return estate.ada.address, PAPER


def _leaver(estate: Estate) -> Words:
    leaver = Key.derived("adversary", "leaver")
    estate.town.enrols(ResidentKind.CITIZEN, leaver)
    return (leaver.address,)


def _proposed(estate: Estate) -> Words:
    estate.act(REGISTRAR, estate.offices.residents, "proposeRecovery", estate.ada.address, NEWCOMER, PAPER)
    return (estate.ada.address,)


def _asked(estate: Estate) -> Words:
    estate.act(REGISTRAR, estate.town.contract("Attestations"), "openSchema", "residence", "")
    return ResidentKind.CITIZEN, 1, [estate.ada.address]


def _frozen(estate: Estate) -> Words:
    estate.act(COURT, estate.offices.money, "freeze", estate.bob.address, PAPER)
    return estate.bob.address, PAPER


def _seized(estate: Estate) -> Words:
    estate.act(COURT, estate.offices.money, "seize", estate.bob.address, estate.ada.address, 100, PAPER)
    return 1, PAPER


def _suspended_seizure(estate: Estate) -> Words:
    words = _seized(estate)
    estate.act(GUARDIAN, estate.offices.money, "suspendSeizure", *words)
    return words


def _paused(estate: Estate) -> Words:
    estate.town.pauses(estate.offices.money)
    return ()


def _cleared(estate: Estate) -> Words:
    """The notary owes the town a fee; the auditor saw the transfer that settled it."""
    circle, (creditor, *_) = Circle.of(estate.rpc, estate.manifest), estate.town.config.land.beneficiaries
    estate.act(NOTARY, circle.contract, "pay", creditor, 1_00, PAPER)
    lines = [BankLine(NOTARY.address, -1_00), BankLine(creditor, 1_00)]
    attest_transfer(circle, AUDITOR, PAPER, lines)
    return [(it.member, it.amount) for it in ordered_bank_lines(lines)], PAPER


def _version(estate: Estate, parcel: ParcelId = HOUSE) -> int:
    return estate.offices.title(parcel).version


def _attested(name: str) -> Callable[[Estate], Words]:
    def attested(estate: Estate) -> Words:
        contract, _, function = name.partition(".")
        words = CONCURRING[name](estate)
        estate.offices.attest(NOTARY, estate.town.contract(contract), function, *words, purpose=function)
        return words

    return attested


def _children(estate: Estate) -> Words:
    children = [(it.token_id, area_m2, PAPER) for it, area_m2 in ((LEFT, 300), (RIGHT, 200))]
    return HOUSE.token_id, _version(estate), children, PAPER


def _halves(estate: Estate) -> Words:
    estate.concur(estate.offices.register, "divide", *_children(estate))
    versions = [_version(estate, it) for it in (LEFT, RIGHT)]
    return [LEFT.token_id, RIGHT.token_id], versions, (NEW.token_id, 500, PAPER), PAPER


def _burdened(estate: Estate) -> Words:
    estate.concur(estate.offices.register, "burden", HOUSE.token_id, _version(estate), (PAPER, 1, 0, 0))
    return HOUSE.token_id, PAPER


def _charge(estate: Estate) -> Words:
    due_day = estate.offices.now_s() // DAY_S + 3_650
    return HOUSE.token_id, estate.bank.address, 50_000_00, due_day, PAPER


def _charged(estate: Estate) -> Words:
    estate.concur(estate.offices.charges, "inscribe", *_charge(estate))
    (charge,) = estate.offices.charges_on(HOUSE)
    return HOUSE.token_id, charge.number, PAPER


def _signed(estate: Estate) -> Words:
    terms = estate.terms(conditions=LOAN)
    signatures = estate.sign(deeds.compromis(terms), estate.ada, estate.bob)
    return terms.as_tuple(), [signatures[party] for party in terms.parties]


def _opened(estate: Estate, conditions: int = 0) -> tuple[int, Any]:
    terms = estate.terms(conditions=conditions)
    return estate.sales.open(NOTARY, terms, estate.sign(deeds.compromis(terms), estate.ada, estate.bob)), terms


def _amended(estate: Estate) -> Words:
    sale, old = _opened(estate)
    terms = replace(old, document_hash=bytes(31) + b"\1")
    signatures = estate.sign(deeds.amendment(sale, old.hash, terms), estate.ada, estate.bob)
    return sale, old.as_tuple(), terms.as_tuple(), [signatures[party] for party in terms.parties]


def _payable(estate: Estate) -> Words:
    sale, terms = _opened(estate)
    estate.pay_in(sale, estate.bob, terms.due_cents)
    estate.pass_days(12)
    signatures = estate.sign(deeds.deed(sale, terms), estate.ada, estate.bob)
    return sale, terms.as_tuple(), [signatures[party] for party in estate.sales.deed_parties(terms)]


def _conditional(estate: Estate) -> Words:
    return _opened(estate, LOAN)[0], LOAN, PAPER


def _zoned(estate: Estate) -> Words:
    planning = estate.offices.planning
    receipt = estate.of_clerk(planning, "openZone", True, 62 * DAY_S, PAPER)
    (opened,) = planning.logged(receipt, "ZoneOpened")
    estate.of_clerk(planning, "place", opened.args["zone"], [FIELD.token_id])
    return (opened.args["zone"],)


def _declared(estate: Estate) -> Words:
    _zoned(estate)
    estate.act(NOTARY, estate.offices.planning, "declare", FIELD.token_id, PAPER, 200_000_00)
    return PAPER, PAPER


def _filed(estate: Estate) -> Words:
    planning, rule = estate.offices.planning, (31 * DAY_S, 1_096 * DAY_S, 92 * DAY_S)
    estate.of_clerk(planning, "setPermitRule", 1, rule)
    receipt = estate.act(estate.ada, planning, "filePermit", HOUSE.token_id, 1, PAPER)
    (filed,) = planning.logged(receipt, "PermitFiled")
    return filed.args["permit"], PAPER


def _granted(estate: Estate) -> Words:
    permit, paper = _filed(estate)
    estate.of_clerk(estate.offices.planning, "grantPermit", permit, paper)
    return permit, paper


def _ceremony(estate):
    consumer = estate.town.contract("Consultations").address
    return consumer, [it.address for it in TRUSTEES], 2, False, (3_600,) * 5


def _proposed_roll(estate: Estate) -> Words:
    words = PAPER, 4, 1, estate.rpc.number("eth_blockNumber") - 1
    estate.act(REGISTRAR, estate.town.contract("Rolls"), "proposeRoll", *words)
    return words


def _ruled(estate: Estate) -> Words:
    estate.of_clerk(estate.offices.planning, "setPermitRule", 1, (31 * DAY_S, 1_096 * DAY_S, 92 * DAY_S))
    return HOUSE.token_id, 1, PAPER


CONCURRING: dict[str, Callable[[Estate], Words]] = {
    "LandRegister.enact": lambda estate: (
        1, HOUSE.token_id, _version(estate), 1, [(estate.bob.address, 0, 1)], PAPER,
    ),
    "LandRegister.correctArea": lambda estate: (HOUSE.token_id, _version(estate), 501, PAPER),
    "LandRegister.burden": lambda estate: (HOUSE.token_id, _version(estate), (PAPER, 1, 0, 0)),
    "LandRegister.lift": _burdened,
    "LandRegister.divide": _children,
    "LandRegister.merge": _halves,
    "Charges.inscribe": _charge,
    "Charges.discharge": _charged,
}  # fmt: skip
"""Acts of the registrar that the notary attests beforehand, to the letter."""

RECIPES: dict[str, Callable[[Estate], Words]] = {
    **{name: _attested(name) for name in CONCURRING},
    "Residents.addFollower": lambda estate: (estate.offices.tax.address,),
    "Residents.removeFollower": lambda estate: (estate.offices.money.address,),
    "Residents.enrolInstitution": lambda estate: (estate.offices.register.address,),
    "Residents.enrol": lambda _: (1, [NEWCOMER], []),
    "Residents.suspend": lambda estate: (estate.ada.address, PAPER),
    "Residents.reinstate": _suspended,
    "Residents.depart": _leaver,
    "Residents.proposeRecovery": lambda estate: (estate.ada.address, NEWCOMER, PAPER),
    "Residents.withdrawRecovery": _proposed,
    "Residents.confirmRecovery": lambda estate: (*_proposed(estate), NEWCOMER, PAPER),
    "LocalCurrency.attestReserve": lambda _: (20_000_000_00, PAPER),
    "LocalCurrency.issue": lambda estate: (estate.bob.address, 1, PAPER),
    "LocalCurrency.issueBatch": lambda estate: ([estate.bob.address], [1], PAPER),
    "LocalCurrency.freeze": lambda estate: (estate.bob.address, PAPER),
    "LocalCurrency.unfreeze": _frozen,
    "LocalCurrency.seize": lambda estate: (estate.bob.address, estate.ada.address, 100, PAPER),
    "LocalCurrency.suspendSeizure": _seized,
    "LocalCurrency.withdrawSeizure": _seized,
    "LocalCurrency.resumeSeizure": _suspended_seizure,
    "LocalCurrency.annulSeizure": _suspended_seizure,
    "LocalCurrency.retire": stories.retiring,
    "LocalCurrency.settle": lambda estate: (stories.redeemed(estate), PAPER),
    "LocalCurrency.settleMany": lambda estate: ([stories.redeemed(estate)], PAPER),
    "LocalCurrency.pause": lambda _: (),
    "LocalCurrency.resume": _paused,
    "MutualCredit.setLimits": lambda _: ([(NOTARY.address, 1_00, 2_00)],),
    "MutualCredit.attestTransfer": lambda _: (PAPER, PAPER),
    "MutualCredit.net": _cleared,
    "LandRegister.addFollower": lambda estate: (estate.offices.tax.address,),
    "LandRegister.register": lambda estate: (PARCEL, estate.ada.address),
    "LandRegister.registerMany": lambda estate: ([PARCEL], [estate.ada.address]),
    "LandRegister.registerShared": lambda estate: (
        PARCEL, 2, [(estate.ada.address, 0, 1), (estate.bob.address, 0, 1)],
    ),
    "LandRegister.rescale": lambda _: (HOUSE.token_id, 2),
    "LandRegister.caveat": lambda estate: (HOUSE.token_id, estate.offices.now_s() + 30 * DAY_S, PAPER),
    "LandRegister.lock": lambda estate: (HOUSE.token_id, _version(estate), [(estate.ada.address, 0, 1)]),
    "LandRegister.unlock": lambda estate: (_opened(estate) and HOUSE.token_id,),
    "LandRegister.convey": lambda estate: (
        _opened(estate) and HOUSE.token_id, [(estate.ada.address, 0, 1)], [(estate.bob.address, 0, 1)],
    ),
    "Charges.settle": lambda estate: (_charged(estate)[0], 1, (ZERO_ADDRESS, 0, 0, 0), PAPER),
    "LandRegister.attest": lambda estate: (PAPER, estate.offices.now_s() + DAY_S),
    "LandRegister.setFrozenTokens": lambda estate: (estate.ada.address, HOUSE.token_id, True),
    "LandRegister.forcedTransfer": lambda estate: (estate.ada.address, estate.bob.address, HOUSE.token_id),
    "Charges.attest": lambda estate: (PAPER, estate.offices.now_s() + DAY_S),
    "Conveyance.open": _signed,
    "Conveyance.amend": _amended,
    "Conveyance.settle": _payable,
    "Conveyance.meetCondition": _conditional,
    "Conveyance.failCondition": _conditional,
    "Conveyance.cancelByOrder": lambda estate: (_opened(estate)[0], PAPER),
    "Planning.declare": lambda estate: (_zoned(estate) and FIELD.token_id, PAPER, 200_000_00),
    "Planning.openZone": lambda _: (True, 62 * DAY_S, PAPER),
    "Planning.closeZone": lambda estate: (*_zoned(estate), PAPER),
    "Planning.place": lambda estate: (*_zoned(estate), [HOUSE.token_id]),
    "Planning.takeOut": lambda estate: (*_zoned(estate), [FIELD.token_id]),
    "Planning.renounce": _declared,
    "Planning.preempt": _declared,
    "Planning.setPermitRule": lambda _: (1, (31 * DAY_S, 1_096 * DAY_S, 92 * DAY_S)),
    "Planning.recordPermit": _ruled,
    "Planning.extendPermit": _filed,
    "Planning.grantPermit": _filed,
    "Planning.refusePermit": _filed,
    "Planning.annulPermit": _granted,
    "LandTax.setRates": lambda estate: (estate.offices.now_s() // DAY_S + 10, RATES, PAPER),
    "LandTax.setBeneficiaries": lambda estate: ((estate.ada.address, estate.bob.address, estate.cleo.address),),
    "LandTax.value": lambda _: (HOUSE.token_id, 200_000_00, PAPER),
    "LandTax.publishRoll": lambda _: (2026, PAPER, 1_000_00),
    "Rolls.proposeRoll": lambda estate: (PAPER, 4, 1, estate.rpc.number("eth_blockNumber") - 1),
    "Rolls.sealRoll": _proposed_roll,
    "KeyCeremony.open": _ceremony,
    "Consultations.open": stories.asked,
    "Consultations.call": stories.called,
    "Consultations.setRulebook": lambda estate: (estate.town.contract("Rulebook").address,),
    "Admission.setRequirement": _asked,
    "Promises.attachEvaluation": stories.attaching,
    "Appeals.rule": stories.appealed,
    "Promises.endMandate": lambda estate: (stories.pledged(estate), PAPER),
    "Promises.cancelMandate": lambda estate: (stories.pledged(estate), PAPER),
    "Promises.openMandate": lambda estate: (estate.ada.address, estate.offices.now_s() + 400 * DAY_S, 0, PAPER),
}  # fmt: skip
