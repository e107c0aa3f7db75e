"""One builder for all who send: what is signed, how much gas it gets, and under which hash it is known."""

import pytest
from eth_account import Account
from eth_account.typed_transactions import TypedTransaction
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from beffroi.chain.fees import Fees
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import MAX_GAS, TooMuchGasError, gas_limits, request, require_gas, seal, with_margin
from tests.support.fake_node import Reply, answer, fake_node, honest, refusal

SHOP = "0x4e59b44847b379578588920cA78FbF26c0B4956C"


@pytest.mark.parametrize("signer", [anvil_account(), Key.derived("sender")], ids=["eth-account", "our key"])
def test_what_is_sealed_is_what_was_asked_and_is_known_by_its_hash(signer):
    sealed = seal(signer, chain_id=4711, nonce=3, to=SHOP, data=b"\x01\x02", gas=70_000, fees=Fees(21, 2))
    fields = TypedTransaction.from_bytes(HexBytes(sealed.raw)).as_dict()
    assert {name: fields[name] for name in ("chainId", "nonce", "value", "gas", "type")} == {
        "chainId": 4711, "nonce": 3, "value": 0, "gas": 70_000, "type": 2,
    }  # fmt: skip
    assert (fields["maxFeePerGas"], fields["maxPriorityFeePerGas"]) == (21, 2)
    assert (HexBytes(fields["to"]), HexBytes(fields["data"])) == (HexBytes(SHOP), HexBytes("0x0102"))
    assert Account.recover_transaction(sealed.raw) == signer.address
    assert sealed.hash == "0x" + keccak(sealed.raw).hex()


def test_a_simulation_asks_for_the_same_call():
    assert request("0xaa", SHOP, b"\x01") == {"from": "0xaa", "to": SHOP, "data": "0x01"}
    assert request("0xaa", SHOP, b"", 21_000) == {"from": "0xaa", "to": SHOP, "data": "0x", "gas": "0x5208"}


@pytest.mark.parametrize(
    ("estimate", "limit"),
    [(21_000, 25_200), (16_000_000, MAX_GAS), (MAX_GAS, MAX_GAS), (MAX_GAS + 1, MAX_GAS + 1)],
)
def test_an_estimate_gets_a_margin_but_never_more_than_a_transaction_may_use(estimate, limit):
    assert with_margin(estimate) == limit


def test_only_what_a_block_takes_passes():
    require_gas(MAX_GAS, "enrol")
    with pytest.raises(TooMuchGasError, match="enrol: 16,777,217 gas, 16,777,216 at most"):
        require_gas(MAX_GAS + 1, "enrol")


def test_estimates_come_in_order_and_one_that_fails_stands_alone():
    def behaviour(calls):
        return Reply(
            [
                refusal(it, 3, "execution reverted", data="0x")
                if it["params"][0]["data"] == "0x01"
                else answer(it, "0x5208")
                for it in calls
            ]
        )

    with fake_node(behaviour) as node:
        first, second, third = gas_limits(Rpc(node.url), [request("0xaa", SHOP, bytes([it])) for it in range(3)])
    assert (first, third) == (25_200, 25_200)
    assert isinstance(second, RpcError)


@pytest.mark.parametrize("estimate", ["many", 7, []])
def test_an_estimate_that_is_no_quantity_is_an_error_of_the_call(estimate):
    with fake_node(lambda calls: honest(calls, lambda _: estimate)) as node:
        (told,) = gas_limits(Rpc(node.url), [request("0xaa", SHOP, b"")])
    assert f"{estimate!r}, which is no quantity" in str(told)
