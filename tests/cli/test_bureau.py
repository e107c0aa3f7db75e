"""Whoever signs a command waits for what an earlier run sent, is told of it, and is not carried twice into one act."""

import threading
import time
from dataclasses import replace

import click
import pytest

from beffroi.chain.fees import GWEI, Fees
from beffroi.chain.journal import AccountBusyError, Journal
from beffroi.chain.pending import TransactionPendingError
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call, seal
from beffroi.cli import bureau as bureaus
from beffroi.cli.bureau import Bureau
from beffroi.town.load import load_town
from beffroi.town.manifest import journal_path
from testbed.town import EXAMPLE

TOWN = load_town(EXAMPLE)
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
    assert capsys.readouterr().out == (
        f"An earlier run was cut short. It sent: do it. Done, in block {block} ({hash_}).\n"
        "You are told so until that command is given again.\n"
    )


def test_what_was_sent_by_a_towns_file_is_found_by_its_contracts_address(bureau):
    receipts = []
    for named in (replace(bureau, config=TOWN), bureau):
        with click.Context(click.Command("act")):
            receipts.append(Sender(bureau.rpc, named.signer(None)).send(ACT))
    assert receipts[0]["transactionHash"] == receipts[1]["transactionHash"]


def test_commands_of_one_account_in_two_towns_do_not_run_at_once(command):
    command.signer(None)
    with click.Context(click.Command("elsewhere")), pytest.raises(AccountBusyError):
        replace(command, config=TOWN).signer(None)


def test_what_another_command_left_behind_excuses_nothing_that_was_sent_from_elsewhere(bureau, request):
    with click.Context(click.Command("act")):
        Sender(bureau.rpc, bureau.signer(None)).send(ACT)
    request.getfixturevalue("under_way")
    with click.Context(click.Command("other")), pytest.raises(TransactionPendingError, match="perhaps of this very"):
        bureau.signer(None)


def test_each_account_has_one_journal_on_each_chain_whatever_the_town(bureau, tmp_path):
    with click.Context(click.Command("act")):
        Sender(bureau.rpc, bureau.signer(None)).send(ACT)
    (path,) = tmp_path.rglob("*.json")
    genesis = bureau.rpc.call("eth_getBlockByNumber", "0x0", False)["hash"]
    assert path == journal_path(31337, genesis, anvil_account().address, tmp_path)
    others = [
        journal_path(1, genesis, anvil_account().address, tmp_path),
        journal_path(31337, "0x" + "ab" * 32, anvil_account().address, tmp_path),
        journal_path(31337, genesis, anvil_account(1).address, tmp_path),
    ]
    assert len({path, *others}) == len(others) + 1


def test_a_command_that_has_ended_lets_the_next_have_its_account(bureau, tmp_path):
    with click.Context(click.Command("act")):
        bureau.signer(None)
    (lock,) = tmp_path.rglob("*.lock")
    Journal(lock.with_suffix(".json"), "").close()
