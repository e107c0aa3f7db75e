"""Whoever signs a command waits for what an earlier run sent, is told of it, and is not carried twice into one act."""

import threading
import time

import click
import pytest

from beffroi.chain.fees import GWEI, Fees
from beffroi.chain.journal import Journal
from beffroi.chain.pending import TransactionPendingError
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call, seal
from beffroi.cli import bureau as bureaus
from beffroi.cli.bureau import Bureau
from beffroi.town.manifest import journal_path

ACT = Call(anvil_account().address, bytes(36), "do it")


@pytest.fixture
def bureau(rpc, tmp_path, monkeypatch):
    """Where each use of `with` is a command."""
    monkeypatch.setattr(bureaus, "journal_path", lambda *given: journal_path(*given, folder=tmp_path))
    return Bureau(rpc, 31337, None, None)


@pytest.fixture
def command(bureau):
    with click.Context(click.Command("act")):
        yield bureau


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


def test_who_has_nothing_under_way_signs_at_once(command, capsys):
    assert command.signer(None).address == anvil_account().address
    assert capsys.readouterr().out == ""


def test_a_command_that_resumes_compares_only_once_all_is_in_blocks(command, under_way, capsys):
    signer = command.signer(None, resumes=True)
    assert command.rpc.call("eth_getTransactionReceipt", under_way)["status"] == "0x1"
    assert f"waiting for transactions of {signer.address}" in capsys.readouterr().out


@pytest.mark.usefixtures("under_way")
def test_what_was_sent_from_elsewhere_is_refused_for_it_may_be_this_very_act(command):
    with pytest.raises(TransactionPendingError, match="perhaps of this very command, and are in blocks now"):
        command.signer(None)
    assert command.signer(None).address == anvil_account().address


def test_what_a_run_that_was_cut_short_sent_is_told_by_the_next(bureau, capsys):
    for _ in range(2):
        with click.Context(click.Command("act")):
            receipt = Sender(bureau.rpc, bureau.signer(None)).send(ACT)
    block, hash_ = int(receipt["blockNumber"], 16), receipt["transactionHash"]
    assert (
        capsys.readouterr().out == f"An earlier run was cut short. It sent: do it. Done, in block {block} ({hash_}).\n"
    )


def test_each_account_town_and_chain_has_a_journal_of_its_own(bureau, tmp_path):
    with click.Context(click.Command("act")):
        Sender(bureau.rpc, bureau.signer(None)).send(ACT)
    (path,) = tmp_path.rglob("*.json")
    genesis = bureau.rpc.call("eth_getBlockByNumber", "0x0", False)["hash"]
    assert path == journal_path(31337, "consultations", genesis, anvil_account().address, tmp_path)
    others = [
        journal_path(1, "consultations", genesis, anvil_account().address, tmp_path),
        journal_path(31337, "elsewhere", genesis, anvil_account().address, tmp_path),
        journal_path(31337, "consultations", "0x" + "ab" * 32, anvil_account().address, tmp_path),
        journal_path(31337, "consultations", genesis, anvil_account(1).address, tmp_path),
    ]
    assert len({path, *others}) == len(others) + 1


def test_a_command_that_has_ended_lets_the_next_have_its_account(bureau, tmp_path):
    with click.Context(click.Command("act")):
        bureau.signer(None)
    (lock,) = tmp_path.rglob("*.lock")
    Journal(lock.with_suffix(".json"), "").close()
