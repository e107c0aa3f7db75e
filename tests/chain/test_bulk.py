"""Volume: every order has one outcome, whatever the node and the network do."""

import pytest

from beffroi.chain import bulk
from beffroi.chain.bulk import carry_out
from beffroi.chain.keys import Key
from beffroi.chain.order import NotFundedError, Order, OrderState
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, TooMuchGasError
from beffroi.residents import ResidentKind
from testbed.town import AUDITOR, MAYOR, REGISTRAR, TREASURER, fund

CITIZEN = 1
GAS = 60_000


class ForgetfulRpc(Rpc):
    """Loses the answer to the first send of each batch that the node took."""

    def __post_init__(self):
        super().__post_init__()
        self.lost = 0

    def _post(self, body):
        answer = super()._post(body)
        if any(call["method"] == "eth_sendRawTransaction" for call in body) and not self.lost:
            self.lost += 1
            return super()._post(body)
        return answer


class RefusingRpc(Rpc):
    """A node that refuses the transactions it is told to."""

    def __post_init__(self):
        super().__post_init__()
        self.refuses = lambda _: False
        self.seen = 0

    def batch(self, calls):
        kept, answers = [], {}
        for position, (method, params) in enumerate(calls):
            if method == "eth_sendRawTransaction":
                self.seen += 1
                if self.refuses(self.seen):
                    answers[position] = RpcError(method, -32000, "not today")
                    continue
            kept.append((position, (method, params)))
        answers |= dict(zip((it[0] for it in kept), super().batch([it[1] for it in kept]), strict=True))
        return [answers[position] for position in range(len(calls))]


@pytest.fixture
def citizens(town):
    keys = [Key.derived("bulk", number) for number in range(5)]
    fund(town.rpc, keys)
    town.does(REGISTRAR, town.residents, "enrol", CITIZEN, [it.address for it in keys], [])
    town.does(AUDITOR, town.currency, "attestReserve", 1_000_000, b"\1" * 32)
    amounts = [1_000] * len(keys)
    town.does(TREASURER, town.currency, "issueBatch", [it.address for it in keys], amounts, b"\2" * 32)
    return keys


def payments(town, payer, payee, amounts):
    currency = town.currency
    return [Order(payer, currency.address, currency.encode("transfer", payee.address, it), GAS) for it in amounts]


def balance(town, key):
    return town.currency.read(town.rpc, "balanceOf", key.address)


def test_every_order_of_many_signers_is_carried_out_in_order(town, citizens):
    ada, bob, *_ = citizens
    ended = []
    orders = [
        it
        for pair in zip(payments(town, ada, bob, [1, 2, 3]), payments(town, bob, ada, [10, 20, 30]), strict=True)
        for it in pair
    ]
    outcomes = carry_out(town.rpc, orders, batch=4, progress=ended.append)
    assert [it.state for it in outcomes] == [OrderState.DONE] * 6
    assert [it.order for it in outcomes] == orders
    assert sum(ended) == 6
    assert (balance(town, ada), balance(town, bob)) == (1_000 - 6 + 60, 1_000 + 6 - 60)


def test_a_signers_orders_are_carried_out_one_after_another(town, citizens):
    ada, bob, *_ = citizens
    outcomes = carry_out(town.rpc, payments(town, ada, bob, [1] * 150))
    blocks = [(int(it.receipt["blockNumber"], 16), int(it.receipt["transactionIndex"], 16)) for it in outcomes]
    assert blocks == sorted(blocks)
    assert balance(town, ada) == 850


def test_one_that_reverts_is_named_by_its_custom_error_and_stops_no_other(town, citizens):
    ada, bob, *_ = citizens
    outcomes = carry_out(town.rpc, payments(town, ada, bob, [1, 5_000, 1]))
    assert [it.state for it in outcomes] == [OrderState.DONE, OrderState.FAILED, OrderState.DONE]
    assert "ERC20InsufficientBalance" in outcomes[1].reason
    assert "needed=5000" in outcomes[1].reason
    assert outcomes[1].gas_used > 21_000
    assert balance(town, ada) == 998


def test_when_the_answer_to_a_send_is_lost_nothing_is_sent_twice(town, citizens):
    ada, bob, *_ = citizens
    rpc = ForgetfulRpc(town.rpc.url)
    outcomes = carry_out(rpc, payments(town, ada, bob, [7] * 3))
    assert rpc.lost == 1
    assert [it.state for it in outcomes] == [OrderState.DONE] * 3
    assert balance(town, ada) == 1_000 - 21


def three_payers(town, citizens):
    ada, bob, cid, *_ = citizens
    return [*payments(town, ada, cid, [1, 1]), *payments(town, bob, cid, [1]), *payments(town, ada, cid, [1])]


def test_what_the_node_refuses_holds_nobody_back(town, citizens):
    rpc = RefusingRpc(town.rpc.url)
    rpc.refuses = lambda number: number == 1
    outcomes = carry_out(rpc, three_payers(town, citizens), batch=3)
    assert [it.state for it in outcomes] == [OrderState.REFUSED, OrderState.DONE, OrderState.DONE, OrderState.DONE]
    assert outcomes[0].reason == "not today"
    assert balance(town, citizens[0]) == 998


class DazedRpc(Rpc):
    """Takes what is sent, says that it did not, and cannot say what it knows."""

    def batch(self, calls):
        dazed = {"eth_sendRawTransaction", "eth_getTransactionByHash"}
        answers = super().batch(calls)
        return [
            RpcError(method, -32000, "internal error") if method in dazed else it
            for (method, _), it in zip(calls, answers, strict=True)
        ]


def test_a_look_up_that_fails_proves_no_refusal(town, citizens):
    ada, bob, *_ = citizens
    rpc = DazedRpc(town.rpc.url)
    outcomes = carry_out(rpc, payments(town, ada, bob, [1, 2, 3]))
    assert [it.state for it in outcomes] == [OrderState.DONE] * 3
    Sender(rpc, ada).send(Call(town.currency.address, town.currency.encode("transfer", bob.address, 4), "pay"))
    assert balance(town, ada) == 1_000 - 10
    assert town.rpc.number("eth_getTransactionCount", ada.address, "latest") == 4


class LateRpc(DazedRpc):
    """And knows no receipt when it is asked first."""

    def __post_init__(self):
        super().__post_init__()
        self.asked = 0

    def batch(self, calls):
        late = [method == "eth_getTransactionReceipt" for method, _ in calls]
        self.asked += any(late)
        return [None if it and self.asked == 1 else told for it, told in zip(late, super().batch(calls), strict=True)]


def test_until_there_is_a_receipt_a_look_up_that_fails_is_no_end(town, citizens):
    ada, bob, *_ = citizens
    rpc = LateRpc(town.rpc.url)
    Sender(rpc, ada).send(Call(town.currency.address, town.currency.encode("transfer", bob.address, 4), "pay"))
    assert rpc.asked > 1
    assert balance(town, ada) == 1_000 - 4


def test_where_a_refused_orders_place_cannot_be_filled_its_signer_alone_is_held_back(town, citizens):
    rpc = RefusingRpc(town.rpc.url)
    rpc.refuses = lambda number: number in {1, 4}
    outcomes = carry_out(rpc, three_payers(town, citizens), batch=3)
    assert [it.state for it in outcomes] == [OrderState.REFUSED, OrderState.HELD, OrderState.DONE, OrderState.HELD]
    assert "the node has it" in outcomes[1].reason
    assert (outcomes[3].transaction, outcomes[3].reason) == (
        "",
        f"waits behind {outcomes[0].transaction}, which the node refused",
    )


def test_what_is_in_no_block_in_time_is_pending_and_found_by_the_next_run(town):
    rpc, ada = town.rpc, Key.derived("pending")
    fund(rpc, [ada])
    town.enrols(ResidentKind.CITIZEN, ada)
    rpc.call("evm_setAutomine", False)
    order = Order(ada, town.currency.address, town.currency.encode("approve", ada.address, 1), GAS)
    (outcome,) = carry_out(rpc, [order], timeout_s=0.1)
    assert outcome.state == OrderState.PENDING
    rpc.call("evm_setAutomine", True)
    rpc.call("anvil_mine")
    (again,) = carry_out(rpc, [order])
    assert again.state == OrderState.DONE
    assert int(rpc.call("eth_getTransactionCount", ada.address, "latest"), 16) == 2


def test_what_the_node_forgot_is_sent_again(town, citizens, monkeypatch):
    ada, bob, *_ = citizens
    monkeypatch.setattr(bulk, "RESEND_S", 0.1)
    dropped = []

    class DroppingRpc(Rpc):
        def batch(self, calls):
            if calls and calls[0][0] == "eth_sendRawTransaction" and not dropped:
                dropped.extend(calls)
                return ["0x" + "00" * 32 for _ in calls]
            return super().batch(calls)

    outcomes = carry_out(DroppingRpc(town.rpc.url), payments(town, ada, bob, [1, 2]))
    assert len(dropped) == 2
    assert [it.state for it in outcomes] == [OrderState.DONE] * 2


def test_a_signer_without_funds_is_named_and_nothing_is_sent(town, citizens):
    ada, bob, *_ = citizens
    poor = Key.derived("poor")
    with pytest.raises(NotFundedError, match=poor.address):
        carry_out(town.rpc, [*payments(town, ada, bob, [1]), *payments(town, poor, bob, [1])])
    assert balance(town, ada) == 1_000


def test_more_gas_than_a_transaction_may_use_is_refused(town):
    with pytest.raises(TooMuchGasError, match="16,777,216"):
        carry_out(town.rpc, [Order(MAYOR, town.authority.address, b"", 16_777_217)])


def test_nothing_to_do_is_done(rpc):
    assert carry_out(rpc, []) == []
