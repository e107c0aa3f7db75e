"""One key: nonces without gap or double, fees that rise when they must, slips that survive what the chain says."""

import time
from dataclasses import replace

import pytest

from beffroi.chain.fees import read_market
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.post import ledger
from beffroi.post.model import SlipState
from beffroi.units import GWEI
from tests.support.mailroom import PURSE_CENTS, QUICK, reckon, sent, settle

POSTER = Key.derived("poster")


def pending(rpc):
    """The poster's transactions that wait for a block, by nonce."""
    pool = rpc.call("txpool_content")["pending"]
    mine = next((its for who, its in pool.items() if who.lower() == POSTER.address.lower()), {})
    return {int(nonce): it for nonce, it in mine.items()}


def wait_for(worker, happened, steps=300):
    for _ in range(steps):
        worker.step()
        if found := happened():
            return found
        time.sleep(0.01)
    raise AssertionError("it did not happen")


@pytest.fixture
def still(room):
    """Blocks are made only when the test asks for one."""
    room.rpc.call("evm_setAutomine", False)
    return room


def test_a_stuck_transaction_is_replaced_by_one_that_pays_an_eighth_more(still, store):
    worker, queued = still.worker(store), still.payment()
    store.receive([queued])
    worker.step()
    first = pending(still.rpc)[0]

    second = wait_for(worker, lambda: (it := pending(still.rpc)[0])["hash"] != first["hash"] and it)

    for fee in ("maxFeePerGas", "maxPriorityFeePerGas"):
        assert int(second[fee], 16) * 8 >= int(first[fee], 16) * 9
    assert (second["input"], second["to"], second["gas"]) == (first["input"], first["to"], first["gas"])
    still.rpc.call("evm_mine")
    assert settle(worker, store, [queued])[queued.id].transaction == second["hash"]
    assert worker.sender.replaced == 1
    reckon(still, store, POSTER, [(queued, 0, 1, 1)])


def test_whichever_of_its_transactions_a_block_takes_the_slip_is_confirmed_by_it(still, store):
    worker, queued = still.worker(store), still.payment()
    store.receive([queued])
    worker.step()
    (batch,) = store.outbox.watched(POSTER.address)
    wait_for(worker, lambda: worker.sender.replaced)
    first, second = store.outbox.envelopes([batch.number])[batch.number]
    still.rpc.call("anvil_dropTransaction", second.hash)
    still.rpc.call("eth_sendRawTransaction", "0x" + first.raw.hex())
    still.rpc.call("evm_mine")

    assert settle(worker, store, [queued])[queued.id].transaction == first.hash


def test_a_fee_is_never_raised_above_the_limit(still, store, caplog):
    base = int(still.rpc.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
    limit = 2 * base + GWEI + 10
    worker, queued = still.worker(store, terms=replace(QUICK, most_fee_wei=limit, stuck_s=0.1)), still.payment()
    store.receive([queued])
    worker.step()
    wait_for(worker, lambda: "pays as much as it may" in caplog.text)
    (batch,) = store.outbox.watched(POSTER.address)
    assert max(it.max_fee_wei for it in store.outbox.envelopes([batch.number])[batch.number]) <= limit


def test_on_a_chain_that_makes_no_block_for_a_while_a_fee_stays_near_the_market(still, store, caplog):
    worker, queued = still.worker(store, terms=replace(QUICK, stuck_s=0.01, most_fee_times=5)), still.payment()
    store.receive([queued])
    worker.step()
    asked_wei = worker.sender.look().market.price_wei
    wait_for(worker, lambda: "pays as much as it may" in caplog.text)
    still.rpc.call("evm_mine")
    told = settle(worker, store, [queued])[queued.id]
    receipt = still.rpc.call("eth_getTransactionReceipt", told.transaction)
    assert worker.sender.replaced > 3
    assert int(receipt["effectiveGasPrice"], 16) <= 5 * asked_wei


def test_tips_do_not_ratchet_when_all_recent_transactions_are_ours(still, store):
    """Three stalls in a row, and nobody else sends: each begins where the first did."""
    still.rpc.call("anvil_mine", hex(30))
    terms = replace(QUICK, stuck_s=0.01, most_fee_times=3)
    worker, offered = still.worker(store, terms=terms), []
    for _ in range(3):
        queued, raises = still.payment(), worker.sender.replaced
        store.receive([queued])
        worker.step()
        offered.append(envelopes(store)[1][0].tip_wei)
        wait_for(worker, lambda raises=raises: worker.sender.replaced >= raises + 3)
        still.rpc.call("evm_mine")
        told = settle(worker, store, [queued])[queued.id]
        taken = still.rpc.call("eth_getTransactionByHash", told.transaction)
        assert int(taken["maxPriorityFeePerGas"], 16) > offered[0]
    assert offered == [offered[0]] * 3
    assert read_market(still.rpc).tip_wei > offered[0], "the node knows no better"


def envelopes(store):
    batch = store.outbox.watched(POSTER.address)[-1]
    return batch, store.outbox.envelopes([batch.number])[batch.number]


def test_a_fee_is_never_raised_beyond_what_the_key_can_pay(still, store, caplog):
    worker, queued = still.worker(store, terms=replace(QUICK, stuck_s=0.1)), still.payment()
    store.receive([queued])
    worker.step()
    batch, (first,) = envelopes(store)
    still.rpc.call("anvil_setBalance", POSTER.address, hex(batch.gas_limit * first.max_fee_wei * 10 // 9))
    wait_for(worker, lambda: "pays as much as it may" in caplog.text)
    assert envelopes(store)[1] == [first]

    still.rpc.call("anvil_setBalance", POSTER.address, hex(batch.gas_limit * first.max_fee_wei * 4))
    wait_for(worker, lambda: worker.sender.replaced)
    _, (_, second) = envelopes(store)
    assert second.max_fee_wei * 8 >= first.max_fee_wei * 9


def test_what_is_under_way_is_set_aside_before_a_fee_is_raised(still, store, caplog):
    worker = still.worker(store, terms=replace(QUICK, stuck_s=0.3))
    for _ in range(2):
        store.receive([still.payment()])
        worker.step()
    batches = store.outbox.watched(POSTER.address)
    committed = worker.sender.committed_wei(batches)
    assert committed == sum(
        it.gas_limit * sealed.max_fee_wei for it in batches for sealed in store.outbox.envelopes([it.number])[it.number]
    )
    still.rpc.call("anvil_setBalance", POSTER.address, hex(committed + 1))
    wait_for(worker, lambda: "pays as much as it may" in caplog.text)
    assert worker.sender.replaced == 0


def test_when_the_key_can_no_longer_pay_the_raised_fee_the_cheaper_transaction_is_sent_again(still, store):
    worker, queued = still.worker(store, terms=replace(QUICK, stuck_s=0.4)), still.payment()
    store.receive([queued])
    worker.step()
    wait_for(worker, lambda: worker.sender.replaced)
    batch, (first, *_) = envelopes(store)
    still.rpc.call("anvil_dropAllTransactions")
    still.rpc.call("anvil_setBalance", POSTER.address, hex(batch.gas_limit * first.max_fee_wei))
    wait_for(worker, lambda: pending(still.rpc))
    still.rpc.call("evm_mine")
    assert settle(worker, store, [queued])[queued.id].transaction == first.hash


def test_what_the_node_forgot_is_sent_again(still, store):
    worker, queued = still.worker(store), still.payment()
    store.receive([queued])
    worker.step()
    still.rpc.call("anvil_dropAllTransactions")
    wait_for(worker, lambda: pending(still.rpc))
    still.rpc.call("evm_mine")
    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
    assert len(sent(still, POSTER)) == 1


def test_batches_wait_for_blocks_side_by_side_but_not_without_limit(still, store):
    worker = still.worker(store, terms=replace(QUICK, in_flight=3))
    for _ in range(6):
        store.receive([still.payment()])
        worker.step()
    assert sorted(pending(still.rpc)) == [0, 1, 2]
    assert store.counts() == {("transfer", SlipState.POSTED): 3, ("transfer", SlipState.RECEIVED): 3}


def test_a_nonce_used_by_another_program_costs_no_slip(still, store):
    worker, queued = still.worker(store), still.payment()
    store.receive([queued])
    worker.step()
    (ours,) = pending(still.rpc).values()
    still.rpc.call("anvil_dropTransaction", ours["hash"])
    foreign = {"type": 2, "chainId": 31337, "nonce": 0, "to": POSTER.address, "value": 0, "data": "0x", "gas": 21_000}
    foreign |= {"maxFeePerGas": 10 * GWEI, "maxPriorityFeePerGas": 2 * GWEI}
    still.rpc.call("eth_sendRawTransaction", "0x" + POSTER.sign_transaction(foreign).raw_transaction.hex())
    still.rpc.call("evm_mine")
    still.rpc.call("evm_setAutomine", True)

    told = settle(worker, store, [queued])[queued.id]

    assert told.state == SlipState.CONFIRMED
    assert still.balances()[:2] == [PURSE_CENTS - 1, PURSE_CENTS + 1]
    assert still.nonces_used(POSTER) == 2


class LyingRpc(Rpc):
    """Says of every account that it has sent more, or less, than it has: for as long as it lies."""

    lie = 0

    def batch(self, calls):
        answers = super().batch(calls)
        return [
            hex(max(0, int(it, 16) + self.lie)) if method == "eth_getTransactionCount" else it
            for (method, _), it in zip(calls, answers, strict=True)
        ]


def test_a_gap_that_a_lying_node_made_is_filled(room, store):
    rpc = LyingRpc(room.rpc.url)
    worker, queued = room.worker(store, rpc=rpc), room.payment()
    store.receive([queued])
    rpc.lie = 2
    worker.step()
    rpc.lie = 0

    assert settle(worker, store, [queued])[queued.id].state == SlipState.CONFIRMED
    assert len(reckon(room, store, POSTER, [(queued, 0, 1, 1)])) == 3
    assert {it.service: it.transactions for it in ledger.by_service(store)} == {"transfer": 1, ledger.GAPS: 2}


def test_a_node_that_lags_does_not_make_two_batches_share_a_nonce(room, store):
    rpc = LyingRpc(room.rpc.url)
    worker = room.worker(store, rpc=rpc)
    rpc.lie = -3
    queued_slips = [room.payment() for _ in range(4)]
    for queued in queued_slips:
        store.receive([queued])
        worker.step()
    settle(worker, store, queued_slips)
    assert len(reckon(room, store, POSTER, [(it, 0, 1, 1) for it in queued_slips])) == 4


def test_what_was_given_up_by_mistake_is_found_again_and_not_rejected(still, store):
    """The node says that the nonce is used, long enough to be believed, while the transaction waits for a block."""
    rpc = LyingRpc(still.rpc.url)
    worker, queued = still.worker(store, rpc=rpc, terms=replace(QUICK, stuck_s=60.0)), still.payment()
    store.receive([queued])
    worker.step()
    rpc.lie = 1
    wait_for(worker, lambda: all(it.number != 1 for it in store.outbox.watched(POSTER.address)))
    rpc.lie = 0
    still.rpc.call("evm_mine")
    still.rpc.call("evm_setAutomine", True)

    told = settle(worker, store, [queued])[queued.id]

    assert told.state == SlipState.CONFIRMED
    assert still.balances()[:2] == [PURSE_CENTS - 1, PURSE_CENTS + 1]
    reckon(still, store, POSTER, [(queued, 0, 1, 1)])
