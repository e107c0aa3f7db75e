"""What an account sent before anybody was told: found again, told, and never sent twice."""

import json
import time

import pytest

from beffroi.chain import pending
from beffroi.chain.abi import encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.fees import GWEI, Fees
from beffroi.chain.journal import (
    AccountBusyError,
    ChainSetBackError,
    Journal,
    JournaledSigner,
    JournalError,
    SentBeforeError,
)
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import JUST_DONE_S, Sender, TransactionFailedError
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call, seal
from testbed.town import REGISTRAR
from tests.support.flaky_proxy import Fault, flaky_proxy

MAYOR = anvil_account()
ADDRESS = MAYOR.address
SENDS = "eth_sendRawTransaction"


class Killed(BaseException):
    """The process ends here."""


class Deadly(Rpc):
    """A node before which the process ends at its first transaction, heard or not."""

    def __init__(self, url, *, heard):
        super().__init__(url)
        self.heard = heard

    def call(self, method, *params):
        if method == SENDS:
            if self.heard:
                super().call(method, *params)
            raise Killed
        return super().call(method, *params)


def act(number=1, to=ADDRESS, function=b"\1\2\3\4"):
    return Call(to, function + number.to_bytes(32), f"act {number}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journals" / "mayor.json"


@pytest.fixture
def opened(path):
    """Opens the mayor's journal as another process would, the one before having ended."""
    journals = []

    def open_():
        for before in journals:
            before.close()
        journals.append(Journal(path, ADDRESS))
        return journals[-1]

    yield open_
    for journal in journals:
        journal.close()


@pytest.fixture
def sender(opened, rpc):
    return lambda node=rpc: Sender(node, JournaledSigner(MAYOR, opened()))


def sent(rpc):
    return rpc.number("eth_getTransactionCount", ADDRESS, "latest")


def waiting(rpc):
    return rpc.number("eth_getTransactionCount", ADDRESS, "pending") - sent(rpc)


def killed(sender, rpc, *, heard, call=None):
    """Anvil answers before it mines: what it took is in a block then, unless blocks are made by hand."""
    with pytest.raises(Killed):
        sender(Deadly(rpc.url, heard=heard)).send(call or act())
    while rpc.call("anvil_getAutomine") and waiting(rpc):
        time.sleep(0.01)


def test_killed_once_the_node_has_it_an_act_is_found_in_its_block_and_not_sent_again(sender, rpc):
    before = sent(rpc)
    killed(sender, rpc, heard=True)
    receipt = sender().send(act())
    assert (receipt["status"], sent(rpc)) == ("0x1", before + 1)


def test_killed_and_started_again_before_the_block_an_act_is_done_once(sender, rpc):
    before = sent(rpc)
    rpc.call("evm_setAutomine", False)
    killed(sender, rpc, heard=True)
    rpc.call("evm_mine")
    assert int(sender().send(act())["status"], 16) == 1
    assert sent(rpc) == before + 1


def test_what_no_node_heard_of_is_sent_under_the_nonce_that_it_had(sender, rpc, path):
    before = sent(rpc)
    killed(sender, rpc, heard=False)
    (lost,) = json.loads(path.read_text())
    receipt = sender().send(act())
    (note,) = json.loads(path.read_text())
    assert (lost["nonce"], note["nonce"], sent(rpc)) == (before, before, before + 1)
    assert note["transactions"] == list(dict.fromkeys([*lost["transactions"], receipt["transactionHash"]]))


def test_what_gave_way_to_another_of_its_number_is_refused_once_for_that_may_be_its_faster_copy(sender, rpc):
    rpc.call("evm_setAutomine", False)
    killed(sender, rpc, heard=True)
    call, fees = act(), Fees(200 * GWEI, 100 * GWEI)
    copy = seal(MAYOR, chain_id=31337, nonce=sent(rpc), to=call.to, data=call.data, gas=100_000, fees=fees)
    rpc.call("eth_sendRawTransaction", "0x" + copy.raw.hex())
    rpc.call("evm_mine")
    rpc.call("evm_setAutomine", True)
    before = sent(rpc)
    with pytest.raises(SentBeforeError, match=f"as transaction {before - 1} .* perhaps a faster copy from your wallet"):
        sender().send(call)
    assert sent(rpc) == before
    assert sender().send(call)["status"] == "0x1"


def test_killed_again_after_its_number_was_spent_an_act_is_not_done_twice(sender, rpc):
    killed(sender, rpc, heard=False)
    Sender(rpc, MAYOR).send(act(7))
    with pytest.raises(SentBeforeError):
        sender().send(act())
    killed(sender, rpc, heard=True)
    before = sent(rpc)
    assert sender().send(act())["status"] == "0x1"
    assert sent(rpc) == before


def test_what_was_done_long_before_is_refused_once_for_another_may_be_meant(sender, rpc):
    killed(sender, rpc, heard=True)
    before = sent(rpc)
    rpc.call("evm_increaseTime", JUST_DONE_S + 1)
    rpc.call("evm_mine")
    with pytest.raises(
        SentBeforeError, match=r"act 1: an earlier run did it in block \d+, \d{4}-.* if one more is meant"
    ):
        sender().send(act())
    assert sent(rpc) == before
    sender().send(act())
    assert sent(rpc) == before + 1


def test_what_the_chain_lacks_is_sent_whatever_an_earlier_run_did(sender, rpc):
    killed(sender, rpc, heard=True)
    before = sent(rpc)
    sender().send_missing(act())
    assert sent(rpc) == before + 1


def test_what_failed_in_its_block_may_be_tried_again(town, opened, monkeypatch):
    def enrol(kind):
        data = encode_call(artifact("Residents").abi, "enrol", kind, [MAYOR.address], [])
        return Call(town.residents.address, data, "enrol")

    for node in (town.rpc, Deadly(town.rpc.url, heard=True), town.rpc):
        registrar = Sender(node, JournaledSigner(REGISTRAR, opened()))
        monkeypatch.setattr(registrar, "_gas", lambda _: 1_000_000)
        with pytest.raises((TransactionFailedError, Killed)):
            registrar.send(enrol(0))
    assert opened().earlier == []


def test_what_differs_in_its_arguments_is_refused_once_for_it_may_be_the_same_act_drawn_anew(sender, rpc):
    killed(sender, rpc, heard=True)
    before = sent(rpc)
    with pytest.raises(SentBeforeError, match="had sent “act 1” already"):
        sender().send(act(2))
    assert sent(rpc) == before
    assert sender().send(act(2))["status"] == "0x1"


def test_another_function_is_another_act(sender, rpc):
    killed(sender, rpc, heard=True)
    assert sender().send(act(1, function=b"\1\2\3\5"))["status"] == "0x1"


def test_another_command_that_ends_well_forgets_nothing_of_it(sender, opened, rpc):
    killed(sender, rpc, heard=True)
    other = opened()
    Sender(rpc, JournaledSigner(MAYOR, other)).send(act(1, function=b"\1\2\3\5"))
    other.clear()
    before = sent(rpc)
    sender().send(act())
    assert sent(rpc) == before


def test_once_its_command_has_told_of_it_the_same_act_is_another_one(sender, opened, rpc, path):
    before = sent(rpc)
    journal = opened()
    Sender(rpc, JournaledSigner(MAYOR, journal)).send(act())
    assert path.exists()
    journal.clear()
    assert not path.exists()
    sender().send(act())
    assert sent(rpc) == before + 2


def test_the_acts_of_a_run_are_each_taken_up_once(sender, rpc):
    """Of two that are the same, the second was not sent."""
    before = sent(rpc)
    killed(sender, rpc, heard=True)
    again = sender()
    again.send(act())
    again.send(act())
    assert sent(rpc) == before + 2


def test_an_act_is_on_the_disk_before_a_node_hears_of_it(sender, rpc, path):
    written = []

    def look(method):
        if method == SENDS:
            written.append(json.loads(path.read_text())[0]["purpose"])
        return Fault.NONE

    with flaky_proxy(rpc.url, look) as url:
        sender(Rpc(url)).send(act())
    assert written == ["act 1"]


def test_two_commands_of_one_account_do_not_run_at_once(path, opened):
    opened()
    with pytest.raises(AccountBusyError, match=f"another command of {ADDRESS} is under way here"):
        Journal(path, ADDRESS)


@pytest.mark.parametrize("damage", ["", "[", "[{}]", '{"notes": []}', "\0" * 64, '[{"to": 1}]'])
def test_a_damaged_journal_is_a_sentence_and_nothing_is_forgotten(path, damage):
    path.parent.mkdir()
    path.write_text(damage)
    for _ in range(2):  # the lock is free again
        with pytest.raises(JournalError, match=r"mayor.json is damaged: .* then move the file away"):
            Journal(path, ADDRESS)
    assert path.read_text() == damage


def test_a_chain_that_was_set_back_is_a_sentence(sender, rpc):
    snapshot = rpc.call("evm_snapshot")
    Sender(rpc, MAYOR).send(act(7))
    killed(sender, rpc, heard=True)
    rpc.call("evm_revert", snapshot)
    with pytest.raises(ChainSetBackError, match="was sent as transaction"):
        sender().send(act())


def test_an_act_that_no_block_takes_stays_in_the_journal(opened, rpc, path):
    rpc.call("evm_setAutomine", False)
    impatient = Sender(rpc, JournaledSigner(MAYOR, opened()), timeout_s=0.1)
    with pytest.raises(pending.TransactionPendingError):
        impatient.send(act())
    assert [note.purpose for note in opened().earlier] == ["act 1"]
    assert path.exists()
