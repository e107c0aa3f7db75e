"""Scripts of the register and of the currency."""

from testbed.town import MAYOR
from tests.cli.killable.place import OTHERS, PEOPLE, Script, told


def enrol(place):
    roll = place.writes("roll.csv", "account;kind\n" + "".join(f"{key.address};citizen\n" for key in OTHERS))
    return ["residents", "enrol", roll]


def propose(place):
    return ["residents", "recovery", "propose", PEOPLE[0].address, OTHERS[0].address, place.paper()]


def issue(place):
    grants = "account;amount\n" + "".join(f"{key.address};10\n" for key in PEOPLE)
    return ["currency", "issue", place.writes("grants.csv", grants), "transfer 1"]


def pay(place):
    bills = "account;amount;reference\n" + "".join(f"{key.address};2,50;F-{key.address}\n" for key in PEOPLE)
    return ["currency", "pay", place.writes("bills.csv", bills)]


def settle(place):
    place.town.does(MAYOR, place.town.currency, "redeem", 5_000, bytes(32))
    return ["currency", "settle", place.writes("bank.csv", "redemption;amount;reference\n1;48,50;SEPA 77\n")]


def seize(place):
    return ["currency", "seizure", "order", MAYOR.address, PEOPLE[1].address, "1", place.paper()]


SCRIPTS = {
    "residents/enrol.py": Script(enrol, told("Residents", "Enrolled"), by=3),
    "residents/recovery.py": Script(propose, told("Residents", "RecoveryProposed")),
    "residents/unfollow.py": Script(
        lambda _: ["residents", "unfollow", "LandRegister"], told("Residents", "FollowerRemoved")
    ),
    "currency/attest.py": Script(
        lambda place: ["currency", "attest", "9000000", place.paper()], told("LocalCurrency", "ReserveAttested")
    ),
    "currency/issue.py": Script(issue, lambda place: place.cents(*PEOPLE), by=3_000),
    "currency/pause.py": Script(lambda _: ["currency", "pause"], told("LocalCurrency", "Paused")),
    "currency/pay.py": Script(pay, lambda place: place.cents(*PEOPLE), by=750),
    "currency/redeem.py": Script(lambda _: ["currency", "redeem", "50"], told("LocalCurrency", "Redeemed")),
    "currency/seizure.py": Script(seize, told("LocalCurrency", "SeizureAnnounced")),
    "currency/settle.py": Script(settle, told("LocalCurrency", "Settled")),
}
