"""Whatever sends lists is killed at any instant, under blocks that do not come, started again at once: done once."""

import threading

import pytest

from beffroi import residents as register_of
from beffroi.chain.keys import Key
from beffroi.chain.pending import TransactionPendingError, settle
from beffroi.chain.rpc import Rpc
from beffroi.currency import issuing, paying, settling
from beffroi.currency.issuing import Grant, reference
from beffroi.currency.paying import Payment
from beffroi.currency.settling import Settlement
from beffroi.residents import Resident, ResidentKind
from testbed.town import AUDITOR, REGISTRAR, TREASURER, fund

ADA = Key.derived("cut short")
PEOPLE = [Key.derived("cut short", number) for number in range(1, 13)]


class Killed(BaseException):
    """The end of a run, as SIGKILL ends one: nothing in it may catch this."""


class Mortal(Rpc):
    """Dies before or after a node hears of the n-th request that sends.

    Args:
        moment: which request, from 1.
        heard: whether the node still heard it.
    """

    moment, heard, sent = 0, False, 0

    def _post(self, body):
        if any(it["method"] == "eth_sendRawTransaction" for it in body):
            self.sent += 1
            if self.sent == self.moment:
                if self.heard:
                    super()._post(body)
                raise Killed
        return super()._post(body)


class Miner(threading.Thread):
    """Makes a block several times a second."""

    def __init__(self, rpc):
        super().__init__(daemon=True)
        self.rpc, self.stopped = Rpc(rpc.url), threading.Event()

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self.stopped.set()
        self.join()

    def run(self):
        while not self.stopped.wait(0.05):
            self.rpc.call("evm_mine")


@pytest.fixture
def town(town, monkeypatch):
    """Residents with money; small parts, so that a run has several requests."""
    monkeypatch.setattr(issuing, "GRANTS_IN_PART", 3)
    fund(town.rpc, [ADA])
    register_of.enrol(town.rpc, town.residents, REGISTRAR, [Resident(ADA.address, ResidentKind.PROFESSIONAL)])
    town.does(AUDITOR, town.currency, "attestReserve", 10_000_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", ADA.address, 100_000, b"\2" * 32)
    yield town
    town.rpc.call("evm_setAutomine", True)


class Enrol:
    def prepare(self, town):
        self.listed = [Resident(it.address, ResidentKind.CITIZEN) for it in PEOPLE]
        self.who = REGISTRAR

    def run(self, town, rpc):
        left = register_of.compare(rpc, town.residents, self.listed)
        register_of.enrol(rpc, town.residents, REGISTRAR, left.to_enrol)

    def holds(self, town):
        enrolled = [it.args["account"] for it in town.residents.events(town.rpc, "Enrolled")]
        assert sorted(enrolled[-len(PEOPLE) :]) == sorted(it.address for it in PEOPLE)
        assert len(set(enrolled)) == len(enrolled)


class Issue(Enrol):
    def prepare(self, town):
        super().prepare(town)
        super().run(town, town.rpc)
        self.grants = [Grant(it.address, 100 + place) for place, it in enumerate(PEOPLE)]
        self.who, self.before = TREASURER, town.currency.read(town.rpc, "totalSupply")

    def run(self, town, rpc):
        left = issuing.compare(rpc, town.currency, self.grants, reference("transfer 1"))
        issuing.issue(rpc, town.currency, TREASURER, left.to_issue)

    def holds(self, town):
        balances = town.currency.reads(town.rpc, "balanceOf", [(it.account,) for it in self.grants])
        assert balances == [it.amount_cents for it in self.grants]
        issued = town.currency.read(town.rpc, "totalSupply") - self.before
        assert issued == sum(it.amount_cents for it in self.grants)


class Pay(Enrol):
    def prepare(self, town):
        super().prepare(town)
        super().run(town, town.rpc)
        self.bills = [Payment(it.address, 100 + place, reference(f"F-{place}")) for place, it in enumerate(PEOPLE)]
        self.who = ADA

    def run(self, town, rpc):
        left = paying.compare(rpc, town.currency, ADA.address, self.bills)
        paying.pay(rpc, town.currency, ADA, left.to_pay)

    def holds(self, town):
        balances = town.currency.reads(town.rpc, "balanceOf", [(it.to,) for it in self.bills])
        assert balances == [it.amount_cents for it in self.bills]


class Settle:
    def prepare(self, town):
        for _ in range(4):
            town.does(ADA, town.currency, "redeem", 1_000, bytes(32))
        owed = settling.owed(town.rpc, town.currency)
        self.paid = [Settlement(it.redemption, it.amount_cents, reference(f"SEPA {it.redemption}")) for it in owed]
        self.who, self.total = TREASURER, sum(it.amount_cents for it in owed)

    def run(self, town, rpc):
        left = settling.compare(rpc, town.currency, self.paid)
        assert not left.conflicts
        settling.settle(rpc, town.currency, TREASURER, left.to_settle)

    def holds(self, town):
        assert settling.owed(town.rpc, town.currency) == []
        settled = [it.args["amount_cents"] for it in town.currency.events(town.rpc, "Settled")]
        assert (len(settled), sum(settled)) == (len(self.paid), self.total)


ACTS = [Enrol, Issue, Pay, Settle]


def cut_short(town, act, moment, heard):
    """A run that is killed while no block comes."""
    town.rpc.call("evm_setAutomine", False)
    rpc = Mortal(town.rpc.url)
    rpc.moment, rpc.heard = moment, heard
    try:
        act.run(town, rpc)
    except Killed:
        return
    raise AssertionError(f"there was no request {moment} to be killed at")


@pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("act", ACTS)
def test_killed_while_it_sends_and_started_again_at_once_it_is_done_once(town, act, heard):
    act = act()
    act.prepare(town)
    cut_short(town, act, 1, heard)
    with Miner(town.rpc):
        settle(town.rpc, act.who.address)
        act.run(town, Rpc(town.rpc.url))
    town.rpc.call("evm_setAutomine", True)
    act.holds(town)


@pytest.mark.parametrize("act", [Issue])
def test_killed_between_two_parts_it_does_the_rest(town, act):
    act = act()
    act.prepare(town)
    with Miner(town.rpc):
        cut_short(town, act, 2, heard=True)
        settle(town.rpc, act.who.address)
        act.run(town, Rpc(town.rpc.url))
    town.rpc.call("evm_setAutomine", True)
    act.holds(town)


@pytest.mark.parametrize("runs", [2, 3])
def test_payments_are_made_once_even_by_runs_that_know_nothing_of_each_other(town, runs):
    """No run waits for the last one's transactions: the chain itself refuses the second payment."""
    act = Pay()
    act.prepare(town)
    for _ in range(runs):
        cut_short(town, act, 1, heard=True)
    with Miner(town.rpc):
        settle(town.rpc, ADA.address)
    town.rpc.call("evm_setAutomine", True)
    assert town.rpc.number("eth_getTransactionCount", ADA.address, "latest") == runs
    act.holds(town)


def test_what_never_gets_into_a_block_stops_the_next_run_in_words(town):
    act = Pay()
    act.prepare(town)
    cut_short(town, act, 1, heard=True)
    with pytest.raises(TransactionPendingError, match=f"{ADA.address} has transactions pending"):
        settle(town.rpc, ADA.address, timeout_s=0.2)


def test_a_block_that_comes_between_two_questions_hides_nothing_that_was_under_way(town):
    act = Pay()
    act.prepare(town)
    cut_short(town, act, 1, heard=True)

    class Timely(Rpc):
        """A block comes as soon as it has answered anything."""

        def batch(self, calls):
            answers = super().batch(calls)
            town.rpc.call("evm_mine")
            return answers

    assert settle(Timely(town.rpc.url), ADA.address)
