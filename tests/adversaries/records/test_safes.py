"""A treasurer whose office is a true Safe: its calldata names the call that the council allowed; another is made."""

import pytest

from beffroi.records.council import call_hash
from testbed.town import TREASURER
from tests.records.test_wrapped import (  # noqa: F401
    DELEGATECALL,
    SAFE,
    by_safe,
    deploys,
    found,
    issue,
    named,
    safe,
    sends,
    singleton,
)  # fmt: skip


def deployed(town, runtime):
    """A contract of this code."""
    size = len(runtime).to_bytes(2)
    init = b"\x61" + size + b"\x60\x0e\x60\x00\x39\x61" + size + b"\x60\x00\xf3"
    return deploys(town, "0x" + (init + runtime).hex())


def push(account):
    return b"\x73" + bytes.fromhex(account[2:])


@pytest.fixture
def swap(town, singleton):  # noqa: F811
    """Two contracts: one that makes a Safe another contract, which puts the true one back and makes a call."""

    def made(secret):
        size = len(secret).to_bytes(2)
        restore = push(singleton) + b"\x60\x00\x55"
        call = b"\x60\x00\x60\x00\x61" + size + b"\x60\x00\x60\x00" + push(town.currency.address) + b"\x5a\xf1\x50\x00"
        copied = 3 + 3 + 2 + 1
        head = len(restore) + copied + len(call)
        copy = b"\x61" + size + b"\x61" + head.to_bytes(2) + b"\x60\x00\x39"
        evil = deployed(town, restore + copy + call + secret)
        return deployed(town, push(evil) + b"\x60\x00\x55\x00")

    return made


@pytest.fixture
def together(town):
    """Transactions of the treasurer's, in one block or one in each."""

    def sent(*calls, in_one_block):
        if not in_one_block:
            return [sends(town, TREASURER.address, safe, data) for safe, data in calls]
        town.rpc.call("anvil_impersonateAccount", TREASURER.address)
        town.rpc.call("evm_setAutomine", False)
        try:
            hashes = [
                town.rpc.call("eth_sendTransaction", {"from": TREASURER.address, "to": safe, "data": "0x" + data.hex(),
                                                      "gas": hex(2_000_000)})
                for safe, data in calls
            ]  # fmt: skip
            town.rpc.call("evm_mine")
        finally:
            town.rpc.call("evm_setAutomine", True)
        return [town.rpc.call("eth_getTransactionReceipt", it) for it in hashes]

    return sent


@pytest.mark.parametrize("in_one_block", [True, False])
def test_a_safe_that_is_another_contract_for_one_transaction_is_told_as_it_was_sent(
    town,
    safe,  # noqa: F811
    issue,  # noqa: F811
    found,  # noqa: F811
    named,  # noqa: F811
    swap,
    together,
    in_one_block,
):
    """The treasurer's Safe was told to issue 100 cents, which the council allowed, and issues 999,000."""
    allowed, setter, before = issue(100), swap(issue(999_000)), found()
    act = by_safe(town.currency.address, allowed)
    receipts = together((safe, by_safe(setter, b"", DELEGATECALL)), (safe, act), in_one_block=in_one_block)
    assert len({it["blockNumber"] for it in receipts}) == 2 - in_one_block
    *_, event = town.currency.events(town.rpc, "Issued")
    assert event.args["amount_cents"] == 999_000
    made = [it for it in found() if it not in before]
    assert made == [call_hash(town.manifest.chain_id, safe, act)]
    assert named(allowed) not in found()
