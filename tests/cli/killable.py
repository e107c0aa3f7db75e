"""Scripts that send: their command lines, and what must stand on the chain once."""

import datetime as dt
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.consultation import casting
from beffroi.land import village
from beffroi.roll import Seal, write_csv
from testbed.estate import HOUSE
from testbed.polls import TRUSTEES, hall_of
from testbed.town import MAYOR, Town

PEOPLE = [Key.derived("killed script", number) for number in range(3)]
OTHERS = [Key.derived("killed script", number) for number in range(3, 6)]
DOCUMENT = "document.pdf"


@dataclass
class Place:
    """A town of a file of its own, and a folder for what scripts are given."""

    town: Town
    path: Path
    folder: Path

    def writes(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def events(self, contract: str, name: str) -> list[dict]:
        return [it.args for it in self.town.contract(contract).events(self.town.rpc, name)]

    def cents(self, *who: Key) -> list[int]:
        return self.town.currency.reads(self.town.rpc, "balanceOf", [(it.address,) for it in who])


class Miner(threading.Thread):
    """Makes a block several times a second, once it has begun."""

    def __init__(self, rpc: Rpc) -> None:
        super().__init__(daemon=True)
        self.rpc, self.begun, self.stopped = Rpc(rpc.url), threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.begun.set()
        self.join()

    def once_looked(self, method: str, result: Any) -> Any:
        """Begins when a script has seen what is under way, for `flaky_proxy`: it was started at once."""
        if method == "eth_getTransactionCount":
            self.begun.set()
        return result

    def run(self) -> None:
        self.begun.wait()
        while not self.stopped.wait(0.05):
            self.rpc.call("evm_mine")


def enrol(place):
    roll = place.writes("roll.csv", "account;kind\n" + "".join(f"{it.address};citizen\n" for it in OTHERS))
    return ["residents", "enrol", roll]


def enrolled_once(place):
    enrolled = [it["account"] for it in place.events("Residents", "Enrolled")]
    assert enrolled[-3:] == [it.address for it in OTHERS]
    assert len(enrolled) == len(set(enrolled))


def attest(place):
    return ["currency", "attest", "7000", place.writes(DOCUMENT, "%PDF")]


def attested_once(place):
    assert [it["reserve_cents"] for it in place.events("LocalCurrency", "ReserveAttested")] == [900_000, 700_000]


def issue(place):
    grants = "account;amount\n" + "".join(f"{it.address};10\n" for it in PEOPLE)
    return ["currency", "issue", place.writes("grants.csv", grants), "transfer 1"]


def issued_once(place):
    assert place.cents(*PEOPLE) == [1_000] * 3


def pay(place):
    bills = "account;amount;reference\n" + "".join(f"{it.address};2,50;F-{it.address}\n" for it in PEOPLE)
    return ["currency", "pay", place.writes("bills.csv", bills)]


def paid_once(place):
    assert place.cents(MAYOR, *PEOPLE) == [100_000 - 750, 250, 250, 250]


def propose(place):
    lost, successor = PEOPLE[0].address, OTHERS[0].address
    return ["residents", "recovery", "propose", lost, successor, place.writes(DOCUMENT, "%PDF")]


def proposed_once(place):
    assert [it["account"] for it in place.events("Residents", "RecoveryProposed")] == [PEOPLE[0].address]


def redeem(_):
    return ["currency", "redeem", "50"]


def redeemed_once(place):
    assert [it["owed_cents"] for it in place.events("LocalCurrency", "Redeemed")] == [4_850]


def settle(place):
    place.town.does(MAYOR, place.town.currency, "redeem", 5_000, bytes(32))
    return ["currency", "settle", place.writes("bank.csv", "redemption;amount;reference\n1;48,50;SEPA 77\n")]


def settled_once(place):
    assert [it["amount_cents"] for it in place.events("LocalCurrency", "Settled")] == [4_850]


def open_ceremony(_):
    named = [word for it in TRUSTEES for word in ("--trustee", it.address)]
    return ["vote", "ceremony", "open", *named, "--needed", "2"]


def opened_once(place):
    assert len(place.events("KeyCeremony", "CeremonyOpened")) == 1


def post(place):
    hall = hall_of(place.town)
    vote = hall.consult(3)
    slips = [casting.to_line(vote.params, vote.slip(index, 0)) for index in range(3)]
    block = place.town.rpc.number("eth_blockNumber")
    where = {"chain": 31337, "contract": place.town.residents.address}
    seal = Seal.of(vote.roll, block=block, date=dt.date(2026, 1, 1), **where)
    write_csv(vote.roll, seal, place.folder / "sealed.csv")
    slips_path = place.writes("slips.jsonl", "\n".join(slips) + "\n")
    return ["vote", "post", vote.number, slips_path, "--roll", place.folder / "sealed.csv"]


def counted_once(place):
    polls = hall_of(place.town).polls
    assert polls.consultations.read(polls.rpc, "ballots", 1) == 3
    assert [casting.next_seq(polls, 1, index) for index in range(3)] == [1, 1, 1]


def register(place):
    return ["land", "register", HOUSE, cadastre(place), PEOPLE[0].address]


def cadastre(place):
    return place.writes("cadastre.json", json.dumps(village.cadastre()))


def registered_once(place):
    assert [it["id"] for it in place.events("LandRegister", "Registered")] == [HOUSE.token_id]


def import_(place):
    return ["land", "import", cadastre(place), "--holder", PEOPLE[0].address]


def imported_once(place):
    found_ = [it["id"] for it in place.events("LandRegister", "Registered")]
    assert len(found_) == len(set(found_)) > 60


def announce_mandate(place):
    document = place.writes(DOCUMENT, "%PDF")
    return ["cred", "mandate", PEOPLE[0].address, document, "--ends", "2032-03-31"]


def announced_once(place):
    assert len(place.events("Town", "OperationScheduled")) == 1


@dataclass(frozen=True)
class Script:
    """A script that sends.

    Attributes:
        words: makes what it needs; its command line.
        once: holds what must stand on the chain, once.
    """

    words: Callable[[Place], list]
    once: Callable[[Place], None]


RESUMES = {
    "residents/enrol.py": Script(enrol, enrolled_once),
    "currency/issue.py": Script(issue, issued_once),
    "currency/pay.py": Script(pay, paid_once),
    "currency/settle.py": Script(settle, settled_once),
    "land/import.py": Script(import_, imported_once),
    "vote/post.py": Script(post, counted_once),
}
"""Those that compare with the chain, and go on."""
REFUSES = {
    "currency/attest.py": Script(attest, attested_once),
    "currency/redeem.py": Script(redeem, redeemed_once),
    "land/register.py": Script(register, registered_once),
    "residents/recovery.py": Script(propose, proposed_once),
    "vote/ceremony.py": Script(open_ceremony, opened_once),
    "cred/mandate.py": Script(announce_mandate, announced_once),
}
"""Of those that are refused while transactions of theirs are under way: one of each folder."""
