"""Calls that a council decides, made through a Safe, a bundle of a Safe's, or the town's authority: found as made."""

import json

import pytest
from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.chain.artifacts import ROOT
from beffroi.chain.contract import Event
from beffroi.chain.pending import until
from beffroi.records.actaudit import carried_out
from beffroi.records.council import call_hash
from beffroi.records.wrapped import Unwrapping
from beffroi.town.fields import Office
from testbed.town import AUDITOR, COMMONS, MAYOR, TREASURER

SAFE = json.loads((ROOT / "tests" / "vectors" / "safe-1.4.1.json").read_text())
NOBODY = "0x" + "00" * 20
CALL, DELEGATECALL = 0, 1
EXEC = ["address", "uint256", "bytes", "uint8", "uint256", "uint256", "uint256", "address", "address", "bytes"]
SETUP = ["address[]", "uint256", "address", "bytes", "address", "address", "uint256", "address"]


def sends(town, who, to, data):
    """An account of Anvil's sends a transaction, which goes through; its receipt."""
    town.rpc.call("anvil_impersonateAccount", who)
    call = {"from": who, "data": "0x" + data.hex(), "gas": hex(8_000_000)} | ({} if to is None else {"to": to})
    sent = town.rpc.call("eth_sendTransaction", call)
    receipt = until(lambda: town.rpc.call("eth_getTransactionReceipt", sent), "it is in no block")
    assert receipt["status"] == "0x1"
    return receipt


def deploys(town, code):
    return sends(town, MAYOR.address, None, bytes.fromhex(code[2:]))["contractAddress"]


def told_at(block):
    """An event of that block."""
    return Event("Issued", {}, block, "0x" + "00" * 32, 0)


def selector(text):
    return keccak(text=text)[:4]


def safe_of(town, singleton):
    """A Safe of the treasurer's alone, behind its proxy, which holds the office too."""
    safe = deploys(town, SAFE["SafeProxy"] + encode(["address"], [singleton]).hex())
    given = [[TREASURER.address], 1, NOBODY, b"", NOBODY, NOBODY, 0, NOBODY]
    sends(town, MAYOR.address, safe, selector(f"setup({','.join(SETUP)})") + encode(SETUP, given))
    town.does(MAYOR, town.authority, "grantRole", int(Office.TREASURER), safe, 0)
    return safe


def by_safe(target, data, operation=CALL):
    """Calldata of a Safe whose only owner sends it himself."""
    approved = encode(["address", "uint256"], [TREASURER.address, 0]) + b"\1"
    given = [target, 0, data, operation, 0, 0, 0, NOBODY, NOBODY, approved]
    return selector(f"execTransaction({','.join(EXEC)})") + encode(EXEC, given)


def bundle(*calls):
    """Calldata of a bundle of calls."""
    packed = b"".join(
        bytes([CALL]) + bytes.fromhex(target[2:]) + bytes(32) + len(data).to_bytes(32) + data for target, data in calls
    )
    return selector("multiSend(bytes)") + encode(["bytes"], [packed])


@pytest.fixture
def singleton(town):
    return deploys(town, SAFE["Safe"])


@pytest.fixture
def safe(town, singleton):
    return safe_of(town, singleton)


@pytest.fixture
def issue(town):
    """Calldata of an issue of so many cents, which the reserve covers."""
    town.does(AUDITOR, town.currency, "attestReserve", 1_000_000, b"\1" * 32)
    return lambda cents: town.currency.encode("issue", COMMONS.address, cents, cents.to_bytes(32))


@pytest.fixture
def found(town):
    """The hashes of the issues that are found on chain."""

    def find():
        return [it.hash for it in carried_out(town.rpc, town.manifest) if it.what == "LocalCurrency.Issued"]

    return find


@pytest.fixture
def named(town):
    """The hash by which an act authorises a call of the currency."""
    return lambda data: call_hash(town.manifest.chain_id, town.currency.address, data)


def test_a_call_through_a_safe_is_the_call_that_the_act_names(town, safe, issue, found, named):
    before = found()
    sends(town, TREASURER.address, safe, by_safe(town.currency.address, issue(100)))
    assert found() == [*before, named(issue(100))]


def test_a_bundle_of_a_safes_is_each_call_in_it(town, safe, issue, found, named):
    before, sender = found(), deploys(town, SAFE["MultiSendCallOnly"])
    bundled = bundle((town.currency.address, issue(100)), (town.currency.address, issue(200)))
    sends(town, TREASURER.address, safe, by_safe(sender, bundled, DELEGATECALL))
    assert found() == [*before, named(issue(100)), named(issue(200))]


def test_a_call_through_a_safe_and_the_towns_authority_is_found(town, safe, issue, found, named):
    before = found()
    executed = town.authority.encode("execute", town.currency.address, issue(100))
    sends(town, TREASURER.address, safe, by_safe(town.authority.address, executed))
    assert found() == [*before, named(issue(100))]


def test_calls_that_the_towns_authority_takes_together_are_found(town, issue, found, named):
    before = found()
    executed = [town.authority.encode("execute", town.currency.address, issue(cents)) for cents in (100, 200)]
    town.does(TREASURER, town.authority, "multicall", executed)
    assert found() == [*before, named(issue(100)), named(issue(200))]


def test_what_wears_a_safes_functions_and_is_none_is_told_as_it_was_sent(town, singleton, issue, found):
    before = found()
    disguised = "0x" + "5a" * 20
    code = town.rpc.call("eth_getCode", singleton, "latest")
    town.rpc.call("anvil_setCode", disguised, code + "00")
    fake, sent = safe_of(town, disguised), by_safe(town.currency.address, issue(100))
    sends(town, TREASURER.address, fake, sent)
    assert found() == [*before, call_hash(town.manifest.chain_id, fake, sent)]


def test_a_contract_of_another_code_that_keeps_a_safes_place_stays_wrapped(town, singleton, issue):
    """Its first slot holds a true singleton, which it need not call."""
    disguised, sent = "0x" + "5b" * 20, by_safe(town.currency.address, issue(100))
    town.rpc.call("anvil_setCode", disguised, "0x00")
    town.rpc.call("anvil_setStorageAt", disguised, "0x" + "00" * 32, "0x" + singleton[2:].rjust(64, "0"))
    unwrapping = Unwrapping(town.rpc, town.authority, told_at(town.rpc.number("eth_blockNumber")))
    assert list(unwrapping.calls(disguised, sent)) == [(disguised, sent)]


def test_a_bundle_by_a_contract_that_is_no_bundler_stays_wrapped(town, safe, issue):
    unwrapping = Unwrapping(town.rpc, town.authority, told_at(town.rpc.number("eth_blockNumber")))
    sent = by_safe(town.currency.address, bundle((town.currency.address, issue(100))), DELEGATECALL)
    assert list(unwrapping.calls(safe, sent)) == [(safe, sent)]


def test_a_node_that_has_forgotten_the_block_leaves_the_call_wrapped(town, safe, issue):
    sent = by_safe(town.currency.address, issue(100))
    unwrapping = Unwrapping(town.rpc, town.authority, told_at(town.rpc.number("eth_blockNumber") + 1_000))
    assert list(unwrapping.calls(safe, sent)) == [(safe, sent)]


@pytest.mark.parametrize("cut", [5, 100, 400])
def test_calldata_that_is_cut_off_stays_wrapped(town, safe, issue, cut):
    sent = by_safe(town.currency.address, issue(100))[:cut]
    unwrapping = Unwrapping(town.rpc, town.authority, told_at(town.rpc.number("eth_blockNumber")))
    assert list(unwrapping.calls(safe, sent)) == [(safe, sent)]
