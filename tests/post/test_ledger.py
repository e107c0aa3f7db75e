"""The ledger adds up to what the key paid, to the wei."""

import csv

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.post import ledger
from beffroi.post.ledger import DayCost, SlipCost
from testbed.town import TREASURER
from tests.support.mailroom import PURSE_CENTS, settle


def test_gas_and_fees_of_slips_services_and_days_add_up_to_the_receipts(room, store):
    worker = room.worker(store)
    before = worker.sender.look().balance_wei
    poor = room.payment(0, 1, PURSE_CENTS * 9)
    cancelled = room.queued("cancel", room.people[0], slips.cancel(room.people[0].address, 5))
    queued_slips = [poor, cancelled, *(room.payment() for _ in range(7))]
    store.receive(queued_slips)
    settle(worker, store, queued_slips)
    paid = before - worker.sender.look().balance_wei

    each, days, services = list(ledger.by_slip(store)), ledger.by_day(store), ledger.by_service(store)

    assert sum(it.fee_wei for it in each) == sum(it.fee_wei for it in days) == paid
    assert sum(it.gas for it in each) == sum(it.gas for it in services)
    assert {it.service: (it.slips, it.transactions) for it in services} == {"transfer": (7, 1), "cancel": (1, 1)}
    assert "0x" + poor.id.hex() not in {it.slip for it in each}
    assert [it.service for it in days] == ["cancel", "transfer"]


def test_a_slip_that_was_in_two_transactions_bears_both(room, store, monkeypatch):
    worker = room.worker(store)
    queued, payer = room.payment(0, 1, 10), room.people[0]
    store.receive([queued])
    hand_over, currency = worker.sender._hand_over, room.town.currency
    room.rpc.call("anvil_setBalance", payer.address, hex(10**18))

    def once_the_payer_has_spent_it(envelopes):
        if envelopes:
            room.town.does(payer, currency, "transfer", room.people[3].address, PURSE_CENTS)
        hand_over(envelopes)

    monkeypatch.setattr(worker.sender, "_hand_over", once_the_payer_has_spent_it)
    worker.step()
    room.await_block(Key.derived("poster"))
    monkeypatch.undo()
    worker.step()
    room.town.does(TREASURER, currency, "issueBatch", [payer.address], [10], b"\x09" * 32)
    settle(worker, store, [queued])

    costs = list(ledger.by_slip(store))
    assert len({it.transaction for it in costs}) == len(costs) == 2
    assert sum(it.fee_wei for it in costs) == ledger.by_service(store)[0].fee_wei


def test_the_export_has_a_header_even_when_nothing_was_posted(store):
    assert list(ledger.to_csv(ledger.by_day(store), DayCost)) == ["day,service,slips,transactions,gas,fee_wei\r\n"]


def test_the_export_reads_back(room, store):
    worker, queued = room.worker(store), room.payment()
    store.receive([queued])
    told = settle(worker, store, [queued])[queued.id]
    (row,) = csv.DictReader(ledger.to_csv(ledger.by_slip(store), SlipCost))
    assert row["slip"] == "0x" + queued.id.hex()
    assert (int(row["gas"]), int(row["fee_wei"])) == (told.gas, told.fee_wei)
