"""Payments of smart accounts (ERC-1271), posted in batches: each has the gas it was promised, and takes no other's."""

import functools

import pytest

from beffroi import slips
from beffroi.chain import sizing
from beffroi.chain.keys import Key
from beffroi.currency import posting
from beffroi.currency.posting import post
from testbed.town import AUDITOR, MAYOR, REGISTRAR, TREASURER

CITIZEN, PAYEE = Key.derived("smart", "citizen"), Key.derived("smart", "payee")
BURNERS = [f"0x{0xB0 + place:040x}" for place in range(6)]
SPENDS_ALL = "0x5b600056"
"""Runtime code: jumps to its own beginning until no gas is left."""


@pytest.fixture
def paid(town):
    town.does(REGISTRAR, town.residents, "enrol", 1, [CITIZEN.address, PAYEE.address, *BURNERS], [])
    town.does(AUDITOR, town.currency, "attestReserve", 10_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", CITIZEN.address, 10_000, b"\2" * 32)
    town.rpc.batch([("anvil_setCode", [burner, SPENDS_ALL]) for burner in BURNERS])
    return town


def twenty(town):
    """Fourteen payments of a citizen, and among them six of accounts that burn whatever they may."""
    payments = [slips.transfer(CITIZEN.address, PAYEE.address, 1, nonce) for nonce in range(14)]
    domain = town.domain(town.currency)
    signed = [(slip, CITIZEN.sign(slip.digest(domain))) for slip in payments]
    for place, burner in enumerate(BURNERS):
        signed.insert(3 * place, (slips.transfer(burner, PAYEE.address, 1, 0), b"whatever"))
    return signed


def test_six_of_twenty_that_burn_their_gas_starve_no_other(paid):
    posted = post(paid.rpc, paid.currency, MAYOR, twenty(paid))
    assert posted.carried_out == 14
    assert sorted(posted.refused) == [0, 3, 6, 9, 12, 15]
    assert all("LocalCurrency_InvalidSignature" in why for why in posted.refused.values())


def test_payments_are_shared_out_by_the_gas_that_they_may_need(paid, monkeypatch):
    monkeypatch.setattr(posting, "parts", functools.partial(sizing.parts, limit=2_000_000))
    ended = []
    posted = post(paid.rpc, paid.currency, MAYOR, twenty(paid), progress=ended.append)
    assert posted.carried_out == 14
    assert sorted(posted.refused) == [0, 3, 6, 9, 12, 15]
    before = int(paid.rpc.call("eth_getTransactionCount", MAYOR.address, "latest"), 16)
    post(paid.rpc, paid.currency, MAYOR, twenty(paid))
    after = int(paid.rpc.call("eth_getTransactionCount", MAYOR.address, "latest"), 16)
    assert after - before == 2
