"""A roll of puppets, and a register of the attacker's own from which it is drawn as its file says (attack B5)."""

import pytest

from beffroi.chain.abi import entry, selector, topic
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.cli.consultation import PollsBureau
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.rulebook import register_of
from beffroi.residents import ResidentKind, draw_roll
from beffroi.roll.sealing import origin_of
from tests.adversaries.vote.lies import answers

PUPPETS = [Key.derived("puppet", number).address for number in range(6)]
GAS = hex(3_000_000)
RULEBOOK = "0x" + selector(entry(Contract.built("Consultations", PUPPETS[0]).abi, "function", "rulebook")).hex()


def creation_code(accounts):
    """Of a contract that tells of residents enrolled, and does nothing else: its constructor logs each."""
    word = bytes.fromhex(topic(entry(Contract.built("Residents", PUPPETS[0]).abi, "event", "Enrolled"))[2:])
    code = b""
    for account in accounts:
        code += b"\x7f" + bytes(32) + b"\x5f\x52"
        code += b"".join(b"\x7f" + it for it in ((1).to_bytes(32), bytes.fromhex(account[2:]).rjust(32, b"\0"), word))
        code += b"\x60\x20\x5f\xa3"
    return code + b"\x60\x01\x5f\xf3"


@pytest.fixture
def seal(station):
    """What the file of the puppets' roll states."""
    rpc = station.polls.rpc
    sent = {"from": rpc.call("eth_accounts")[0], "data": "0x" + creation_code(PUPPETS).hex(), "gas": GAS}
    hash_ = rpc.call("eth_sendTransaction", sent)
    rpc.call("evm_mine")
    false = Contract.built("Residents", rpc.call("eth_getTransactionReceipt", hash_)["contractAddress"])
    _, seal = draw_roll(rpc, false, [ResidentKind.CITIZEN], rpc.number("eth_blockNumber"))
    assert origin_of(rpc, false, seal).is_whole, "of its own register it is, and so would say who asks that alone"
    return seal


@pytest.fixture
def bureau(station):
    """Where an auditor, a voter and a trustee stand who have a node and an address only."""
    return PollsBureau(station.polls.rpc, station.polls.chain_id, None, None, polls=station.polls, register=None)


def test_the_register_is_the_one_that_the_contracts_name_and_not_the_files_own(station, bureau, seal):
    assert register_of(station.polls).address == station.hall.manifest.address("Residents")
    found = bureau.origin(seal)
    assert not found.is_whole
    assert found.words.startswith(f"the file says that it was drawn of {seal.contract} on chain")


def test_where_the_chain_names_no_register_nobody_has_shown_the_roll_to_be_whole(station, seal):
    nowhere = answers("eth_call", lambda asked, true: "0x" + "00" * 32 if asked[0]["data"] == RULEBOOK else true)
    with station.node(nowhere) as node:
        polls = station.by(node)
        found = PollsBureau(polls.rpc, polls.chain_id, None, None, polls=polls, register=None).origin(seal)
    assert not found.is_whole
    assert found.words.startswith("the chain names no register of residents")


@pytest.mark.parametrize("asks", [True, False])
def test_a_voter_and_a_trustee_are_told_first_and_go_on_if_they_say_so(bureau, seal, monkeypatch, capsys, asks):
    monkeypatch.setattr("click.confirm", lambda _: asks)
    bureau.require_origin(seal, 0, is_trusted=not asks)
    assert capsys.readouterr().out.startswith("WARNING: nobody has shown that the roll is whole: the file says")


def test_a_voter_and_a_trustee_send_nothing_if_they_do_not(bureau, seal, monkeypatch):
    monkeypatch.setattr("click.confirm", lambda _: False)
    with pytest.raises(ConsultationError, match="nothing was sent: ask the town how the roll was drawn"):
        bureau.require_origin(seal, 0, is_trusted=False)
