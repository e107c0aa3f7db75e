"""Whoever signs a command waits for what an earlier run sent, and is not carried twice into the same act."""

import threading
import time

import pytest

from beffroi.chain.fees import GWEI, Fees
from beffroi.chain.pending import TransactionPendingError
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import seal
from beffroi.cli.bureau import Bureau


@pytest.fixture
def bureau(rpc):
    return Bureau(rpc, 31337, None, None)


@pytest.fixture
def under_way(rpc):
    """A transaction of the mayor's that waits for a block, which comes after a while."""
    mayor = anvil_account()
    nonce = rpc.number("eth_getTransactionCount", mayor.address, "latest")
    rpc.call("evm_setAutomine", False)
    fees = Fees(100 * GWEI, GWEI)
    sent = seal(mayor, chain_id=31337, nonce=nonce, to=mayor.address, data=b"", gas=21_000, fees=fees)
    rpc.call("eth_sendRawTransaction", "0x" + sent.raw.hex())

    def later():
        time.sleep(0.5)
        Rpc(rpc.url).call("evm_mine")

    thread = threading.Thread(target=later)
    thread.start()
    yield sent.hash
    thread.join()
    rpc.call("evm_setAutomine", True)


def test_who_has_nothing_under_way_signs_at_once(bureau, capsys):
    assert bureau.signer(None).address == anvil_account().address
    assert capsys.readouterr().out == ""


def test_a_command_that_resumes_compares_only_once_all_is_in_blocks(bureau, under_way, capsys):
    signer = bureau.signer(None, resumes=True)
    assert bureau.rpc.call("eth_getTransactionReceipt", under_way)["status"] == "0x1"
    assert f"waiting for transactions of {signer.address}" in capsys.readouterr().out


@pytest.mark.usefixtures("under_way")
def test_a_command_that_does_not_resume_is_refused_for_it_may_be_done_now(bureau):
    with pytest.raises(TransactionPendingError, match="perhaps of this very command, and are in blocks now"):
        bureau.signer(None)
    assert bureau.signer(None).address == anvil_account().address
