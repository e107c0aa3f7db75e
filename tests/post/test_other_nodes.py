"""Nodes of other makes: reverts in other words, and answers that nobody understands. Neither holds up a good slip."""

import time
from dataclasses import replace

import pytest

from beffroi.chain.erc1271 import Claim, false_claims
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.post.kinds.reasons import UNTOLD, of_error, of_revert
from beffroi.post.model import SlipState
from tests.support.mailroom import QUICK, settle

POSTER = Key.derived("poster")
USED = bytes.fromhex("f4d678b8")  # InsufficientBalance(), of no contract here
TX = "0x" + "ab" * 32

WORDS = {
    "Parity": lambda data: (-32015, "VM execution error.", f"Reverted {data}"),
    "Nethermind": lambda data: (-32015, "VM execution error.", f"revert: {data}"),
    "Hardhat": lambda data: (
        -32603,
        "Error: VM Exception while processing",
        {"message": "…", "txHash": TX, "data": data},
    ),
    "Hardhat, nested": lambda data: (-32603, "Internal JSON-RPC error.", {"originalError": {"code": 3, "data": data}}),
    "Ganache": lambda data: (-32000, "VM Exception while processing transaction: revert", {TX: {"return": data}}),
    "in the message alone": lambda data: (-32000, f"execution reverted: {data}", None),
    "go-ethereum": lambda data: (3, "execution reverted", data),
}
NOT_UNDERSTOOD = {
    "no words of its own": (-32000, "internal error", None),
    "a limit": (-32005, "daily request count exceeded", {"see": "https://example.org", "rate": {"allowed": 1}}),
    "gas of its own": (-32000, "gas required exceeds allowance (0)", None),
    "gas, with an empty answer": (-32000, "out of gas", "0x"),
    "funds for gas": (-32000, "insufficient funds for gas * price + value", None),
    "an opcode": (-32603, "EVM error InvalidFEOpcode", None),
}


class OtherWords(Rpc):
    """A node that tells reverts otherwise."""

    def __init__(self, url, told):
        super().__init__(url)
        self.told = told

    def batch(self, calls):
        return [
            RpcError(it.method, *self.told("0x" + revert_of(it).hex())) if isinstance(it, RpcError) and it.data else it
            for it in super().batch(calls)
        ]


def revert_of(error):
    data = error.data.get("data") if isinstance(error.data, dict) else error.data
    return bytes.fromhex(data[2:])


@pytest.mark.parametrize("told", WORDS.values(), ids=WORDS)
def test_a_revert_is_read_in_the_words_of_every_client(told):
    for data in (USED, USED + bytes(31) + b"\x07"):
        assert of_error(RpcError("eth_call", *told("0x" + data.hex()))) == of_revert(data)


@pytest.mark.parametrize("told", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_what_is_not_understood_is_no_refusal(told):
    assert of_error(RpcError("eth_call", *told)) == UNTOLD


def test_a_revert_without_a_reason_is_one_nevertheless():
    for told in (
        (3, "execution reverted", "0x"),
        (-32000, "execution reverted", None),
        (-32015, "VM error.", "Reverted 0x"),
    ):
        why = of_error(RpcError("eth_call", *told))
        assert (why.code, why.untold, why.passing) == ("refused_by_contract", False, False)


def becomes_worthless(room):
    """A payment whose payer has spent the money since, beside a good one."""
    bad, good = room.payment(0, 1, 90_000), room.payment(2, 1, 5)
    room.rpc.call("anvil_setBalance", room.people[0].address, hex(10**18))
    room.town.does(room.people[0], room.town.currency, "transfer", room.people[3].address, 50_000)
    return bad, good


@pytest.mark.parametrize("told", WORDS.values(), ids=WORDS)
def test_a_worthless_slip_is_refused_and_a_good_one_posted_whatever_the_client(room, store, told):
    worker = room.worker(store, rpc=OtherWords(room.rpc.url, told), terms=replace(QUICK, patience_s=0.1))
    bad, good = becomes_worthless(room)
    store.receive([bad, good])
    found = settle(worker, store, [bad, good])
    assert found[good.id].state == SlipState.CONFIRMED
    assert (found[bad.id].state, found[bad.id].error.name) == (SlipState.REJECTED, "ERC20InsufficientBalance")


@pytest.mark.parametrize("told", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_what_is_said_of_one_slip_and_not_understood_holds_up_no_other_and_ends_nothing(room, store, told):
    worker = room.worker(store, rpc=OtherWords(room.rpc.url, lambda _: told), terms=replace(QUICK, patience_s=0.1))
    bad, good = becomes_worthless(room)
    store.receive([bad, good])
    assert settle(worker, store, [good])[good.id].state == SlipState.CONFIRMED
    for _ in range(20):
        worker.step()
        time.sleep(0.02)
    assert store.status(bad.id).state == SlipState.QUEUED, "nobody said that the contract refuses it"
    funds = room.payment(3, 0, 50_000)
    store.receive([funds])
    assert settle(worker, store, [bad, funds])[bad.id].state == SlipState.CONFIRMED


def test_what_is_not_understood_ends_with_its_deadline(room, store):
    worker = room.worker(store, rpc=OtherWords(room.rpc.url, lambda _: NOT_UNDERSTOOD["a limit"]))
    now = int(room.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    room.payment()
    poor = room.payment(0, 1, 10**9, before_s=now + 60)
    store.receive([poor])
    worker.step()
    assert store.status(poor.id).state == SlipState.QUEUED
    room.rpc.call("evm_increaseTime", 61)
    room.rpc.call("evm_mine")
    assert settle(worker, store, [poor])[poor.id].state == SlipState.EXPIRED


class NoReceipt(Rpc):
    """Answers nothing but an error about one transaction."""

    hidden = ""

    def batch(self, calls):
        return [
            RpcError(method, -32000, "missing trie node") if params and params[0] == self.hidden else answer
            for (method, params), answer in zip(calls, super().batch(calls), strict=True)
        ]


def test_a_receipt_that_the_node_cannot_find_holds_up_no_other_batch(room, store):
    rpc = NoReceipt(room.rpc.url)
    worker, first, second = room.worker(store, rpc=rpc), room.payment(), room.payment(1, 2)
    store.receive([first])
    worker.step()
    (batch,) = store.outbox.watched(POSTER.address)
    (envelope,) = store.outbox.envelopes([batch.number])[batch.number]
    rpc.hidden = envelope.hash
    store.receive([second])
    assert settle(worker, store, [second])[second.id].state == SlipState.CONFIRMED
    time.sleep(2 * QUICK.doubt_s)
    worker.step()
    assert store.status(first.id).state == SlipState.POSTED, "it was not given up either"
    rpc.hidden = ""
    assert settle(worker, store, [first])[first.id].transaction == envelope.hash


def test_a_batch_that_cannot_be_settled_holds_up_no_other(room, store, monkeypatch):
    worker, first, second = room.worker(store), room.payment(), room.payment(1, 2)
    settles = worker.follower._settle

    def fails_for_the_first(batch, receipt, head):
        if batch.number == 1:
            raise KeyError("an event of no slip")
        settles(batch, receipt, head)

    monkeypatch.setattr(worker.follower, "_settle", fails_for_the_first)
    store.receive([first])
    worker.step()
    store.receive([second])
    assert settle(worker, store, [second])[second.id].state == SlipState.CONFIRMED
    assert store.status(first.id).state == SlipState.POSTED
    monkeypatch.undo()
    assert settle(worker, store, [first])[first.id].state == SlipState.CONFIRMED


@pytest.mark.parametrize("told", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_a_smart_account_that_could_not_be_asked_has_refused_nothing(room, told):
    wallet = "0x" + "5c" * 20
    room.rpc.call("anvil_setCode", wallet, "0x63deadbeef5f526004601cfd")
    claim = Claim(wallet, b"\x01" * 32, b"\x02" * 65, 100_000)
    assert false_claims(room.rpc, [claim]) == {0}, "it reverts, which is a refusal"
    with pytest.raises(RpcError):
        false_claims(OtherWords(room.rpc.url, lambda _: told), [claim])
