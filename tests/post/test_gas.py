"""What slips may use of the town's gas: each signer so much a day; and in a batch each what it was promised."""

from dataclasses import replace

import pytest

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.sender import Call
from beffroi.post.model import Batch, Envelope, Refusal, SlipState
from beffroi.post.outbox import Mined
from testbed.town import REGISTRAR
from tests.post.test_api_kinds import ballot, vote  # noqa: F401
from tests.support.counter import OPEN_TO_ALL, open_counter
from tests.support.mailroom import settle

A_PAYMENT, AN_ANSWER = 75_000, 200_000
DAY_S = 86_400
YES = "7f1626ba7e" + "00" * 28 + "60005260206000f3"
SAYS_YES, SAYS_NO = f"0x{YES}", f"0x{YES}".replace("1626ba7e", "ffffffff")
THINKS_LONG = f"0x5b5a61b00010600057{YES}"
"""Answers once it has less than 45,056 gas left: it uses nearly all that it was promised."""
BURNS = "0x5b600056"


@pytest.fixture
def thrifty(estate, tmp_path):
    """A counter at which a signer may use as much as two payments in a day."""
    with open_counter(estate, tmp_path, replace(OPEN_TO_ALL, signer_gas=2 * A_PAYMENT)) as counter:
        yield counter


def refused_for_gas(counter, request):
    answer = counter.post(request)
    return answer.status_code == 429 and "gas" in answer.json()["message"]


def test_a_signer_uses_so_much_gas_a_day_and_no_other_signer_is_touched(thrifty):
    bob, cleo = thrifty.estate.bob, thrifty.estate.cleo
    first = thrifty.payment()
    for payment in (first, thrifty.payment()):
        thrifty.take(payment)
    third = thrifty.payment()
    assert refused_for_gas(thrifty, third)
    assert 0 < int(thrifty.post(third).headers["retry-after"]) <= DAY_S + 1
    assert thrifty.post(first).status_code == 200, "known already: costs nothing more"
    thrifty.take(thrifty.payment(payer=cleo, payee=bob))
    now = thrifty.office.intake.clock
    thrifty.office.intake.clock = lambda: now() + DAY_S
    thrifty.take(third)


def test_slips_of_one_request_are_reckoned_together(thrifty):
    answers = thrifty.post({"slips": [thrifty.payment() for _ in range(4)]}, "/v1/slips/batch").json()["answers"]
    assert [it["status"] for it in answers] == [202, 202, 429, 429]


def test_one_slip_that_may_use_more_than_a_day_is_taken_first_of_all(thrifty):
    bob = thrifty.estate.bob
    redeems = thrifty.request("cancel", slips.cancel(bob.address, 5), bob)
    assert thrifty.office.kinds["cancel"].gas_each == 2 * A_PAYMENT
    thrifty.office.intake.signer_gas = A_PAYMENT
    thrifty.take(redeems)
    assert refused_for_gas(thrifty, thrifty.payment())


def test_what_never_was_in_a_transaction_costs_nothing_and_what_a_block_left_out_does(room, store):
    bob, worker = room.people[0].address, room.worker(store)
    poor, doomed = (replace(room.payment(0, 1, 10**9), gas=A_PAYMENT) for _ in range(2))
    store.receive([poor])
    assert store.spent([bob], 0) == {bob: A_PAYMENT}, "it may be posted yet"
    settle(worker, store, [poor])
    assert store.spent([bob], 0) == {}
    store.receive([doomed])
    store.take("w", ["transfer"], 1)
    batch = Batch(bob, 7, "transfer", "transfer", Call(bob, b"", "pay"), 100_000)
    number = store.outbox.record("w", batch, Envelope("0xab", b"raw", 1, 1, 1.0), [doomed.id])
    store.outbox.confirm(number, Mined("0xab", 7, "0xb1", True, 90_000, 10**9), {doomed.id: Refusal("slip_used")}, {})
    assert store.status(doomed.id).state == SlipState.REJECTED
    assert store.spent([bob], 0) == {bob: A_PAYMENT}
    assert store.spent([bob], 2**40) == {}


def test_a_smart_account_is_charged_what_its_answer_may_use(counter):
    wallet = "0x" + "5d" * 20
    counter.rpc.call("anvil_setCode", wallet, SAYS_YES)
    counter.estate.act(REGISTRAR, counter.contract("Residents"), "enrol", 1, [wallet], [])
    counter.works(counter.take(counter.request(
        "transfer", slips.transfer(counter.estate.bob.address, wallet, 500, 4242), counter.estate.bob
    )))  # fmt: skip
    slip = slips.transfer(wallet, counter.estate.cleo.address, 1, 1)
    counter.take(counter.request("transfer", slip, Key.derived("nobody")) | {"signature": "0xc0ffee"})
    counter.take(counter.payment())
    taken = {it.queued.signer: it.queued.gas for it in counter.office.store.take("w", ["transfer"], 9)}
    counter.office.store.release("w")
    assert sorted(taken.values()) == [A_PAYMENT, A_PAYMENT + AN_ANSWER]


def test_ballots_of_a_smart_account_that_changes_its_mind_use_its_gas(counter, vote):  # noqa: F811
    """It says yes when it is asked here, and no in the block: the town pays, and not for ever."""
    voter = vote.keys[0].address
    counter.office.intake.signer_gas = 600_000
    taken = 0
    for choice in (0, 1, 0, 1, 0, 1):
        counter.rpc.call("anvil_setCode", voter, SAYS_YES)
        request = ballot(counter, vote, 0, choice) | {"signature": "0x" + (taken + 1).to_bytes(3).hex()}
        if refused_for_gas(counter, request):
            break
        id_ = counter.post(request).json()["id"]
        taken += 1
        counter.rpc.call("anvil_setCode", voter, SAYS_NO)
        (told,) = counter.works(id_)
        assert (told["state"], told["error"]["code"]) == ("rejected", "invalid_signature")
        assert told["transaction"]
    assert 0 < taken < 4


def test_in_a_batch_each_smart_account_is_left_what_it_was_promised_whatever_others_burn(room, store, monkeypatch):
    worker, (ada, _, thinker, burner) = room.worker(store), room.people
    room.rpc.call("anvil_setCode", thinker.address, THINKS_LONG)
    room.rpc.call("anvil_setCode", burner.address, SAYS_YES)

    def by_contract(who):
        queued = room.queued("transfer", who, slips.transfer(who.address, ada.address, 1, next(room.numbers)))
        payload = queued.payload.replace(queued.payload.split(b'"signature":"')[1][:-2], b"0xc0ffee")
        return replace(queued, payload=payload, gas=A_PAYMENT + AN_ANSWER)

    burning = [by_contract(burner) for _ in range(6)]
    sound = [by_contract(thinker) for _ in range(4)] + [room.payment(0, 1, 1) for _ in range(10)]
    store.receive([*burning, *sound])
    hand_over = worker.sender._hand_over

    def once_they_burn(envelopes):
        if envelopes:
            room.rpc.call("anvil_setCode", burner.address, BURNS)
        hand_over(envelopes)

    monkeypatch.setattr(worker.sender, "_hand_over", once_they_burn)
    told = settle(worker, store, [*burning, *sound])
    assert {told[it.id].state for it in sound} == {SlipState.CONFIRMED}
    assert len({told[it.id].transaction for it in [*sound, *burning]}) == 1, "all in the same transaction"
    assert {told[it.id].error.code for it in burning} == {"invalid_signature"}
