"""Scripts of circles that pay by owing."""

from beffroi.credit.bankclearing import BankLine, attest_transfer
from beffroi.credit.circle import Circle
from beffroi.currency.issuing import reference
from beffroi.residents import ResidentKind
from beffroi.units import DAY_S
from testbed.town import AUDITOR, MAYOR, REGISTRAR, fund
from tests.cli.killable.place import OTHERS, Script, told

TRANSFER = "transfer 2026-07-02"
OWED = 20_00
FIRM = OTHERS[0]


def members(place):
    """The circle, with three firms in it beside the mayor's."""
    fund(place.rpc, OTHERS)
    place.town.enrols(ResidentKind.PROFESSIONAL, *OTHERS)
    return Circle.of(place.rpc, place.town.manifest)


def indebted(place):
    """A firm owes the mayor's."""
    circle = members(place)
    place.town.does(FIRM, circle.contract, "pay", MAYOR.address, OWED, bytes(32))
    return circle


def limits(place):
    members(place)
    lines = "".join(f"{key.address};200;900\n" for key in OTHERS)
    return ["credit", "limits", place.writes("limits.csv", "account;floor;ceiling\n" + lines)]


def pay(place):
    members(place)
    return ["credit", "pay", place.writes("bills.csv", f"account;amount;reference\n{FIRM.address};2,50;F-1\n")]


def writeoff(place):
    """She left, and one vouched for her: two transactions."""
    circle = indebted(place)
    place.town.does(OTHERS[1], circle.contract, "vouch", OTHERS[1].address, FIRM.address, 5_00, 0, b"")
    place.town.does(REGISTRAR, place.town.residents, "depart", FIRM.address)
    place.town.pass_s(90 * DAY_S)
    return ["credit", "writeoff", FIRM.address]


def attest(place):
    indebted(place)
    lines = f"account;amount\n{FIRM.address};-20.00\n{MAYOR.address};20.00\n"
    return ["credit", "net", place.writes("june.csv", lines), TRANSFER, "--attest"]


def enter(place):
    *words, _ = attest(place)
    lines = [BankLine(FIRM.address, -OWED), BankLine(MAYOR.address, OWED)]
    attest_transfer(Circle.of(place.rpc, place.town.manifest), AUDITOR, reference(TRANSFER), lines)
    return words


SCRIPTS = {
    "credit/limits.py": Script(limits, told("MutualCredit", "LimitsSet"), by=3),
    "credit/pay.py": Script(pay, told("MutualCredit", "CreditPaid")),
    "credit/writeoff.py": Script(writeoff, told("MutualCredit", "WrittenOff")),
    "credit/net.py": Script(enter, told("MutualCredit", "Netted"), by=2),
    "credit/net.py --attest": Script(attest, told("MutualCredit", "TransferAttested")),
}
