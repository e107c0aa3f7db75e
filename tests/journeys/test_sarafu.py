"""A real town lives here: 12,463 accounts of Sarafu, their balances to the cent, 20,000 payments."""

import os
from pathlib import Path

import pytest

from beffroi import replay
from testbed.town import AUDITOR, MAYOR, REGISTRAR, TREASURER

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "sarafu-accounts-2020"
HERE = (DATA / replay.FILE).exists()

needs_data = pytest.mark.xfail(
    not HERE, reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data", run=False, strict=False
)


@pytest.fixture(scope="module")
def town(foundation):
    with foundation.standing() as town:
        yield town


@pytest.fixture(scope="module")
def members():
    return replay.read(DATA)


@pytest.fixture(scope="module")
def settled(town, members):
    """The town after everyone was enrolled and given what it had; the report of it."""
    total = sum(it.balance_cents for it in members)
    town.does(AUDITOR, town.currency, "attestReserve", total, b"\1" * 32)
    report = replay.ReplayReport()
    keys = replay.settle_in(town.rpc, offices(town), members, report)
    return keys, report


def offices(town):
    return replay.ReplayOffices(town.residents, town.currency, REGISTRAR, TREASURER, AUDITOR, MAYOR)


@needs_data
def test_everyone_in_the_file_is_enrolled_and_has_its_balance_to_the_cent(town, members, settled):
    keys, report = settled
    balances = town.currency.reads(town.rpc, "balanceOf", [(it.address,) for it in keys])
    assert balances == [it.balance_cents for it in members]
    assert (len(members), sum(balances)) == (12_463, 654_798_353)
    assert town.currency.read(town.rpc, "books") == (654_798_353, 654_798_353, 0)
    standings = town.residents.reads(town.rpc, "isActive", [(it.address,) for it in keys])
    assert sum(standings) == 12_463
    print(f"\nsettled in: {report.seconds}")


@needs_data
def test_odd_values_of_the_file_are_counted(members):
    assert list(replay.oddities(members).values()) == [647, 298, 5_706, 25_165_200]


@needs_data
def test_when_it_is_settled_in_again_nothing_is_sent(town, members, settled):
    before = town.rpc.call("eth_blockNumber")
    replay.settle_in(town.rpc, offices(town), members, replay.ReplayReport())
    assert town.rpc.call("eth_blockNumber") == before


@needs_data
def test_twenty_thousand_payments_leave_every_balance_where_arithmetic_puts_it(town, members, settled):
    keys, _ = settled
    report = replay.ReplayReport()
    payments = replay.draw(members)
    replay.pay(town.rpc, offices(town), members, keys, payments, report)
    assert report.figures["payments"] == 20_000
    assert town.currency.read(town.rpc, "totalSupply") == 654_798_353
    print(f"\nslips: {20_000 / (report.seconds['sign'] + report.seconds['post']):,.0f}/s, {report.seconds}")


def member(**changes):
    row = {"account": "1", "roles": "BENEFICIARY", "business_type": "Shop", "balance": "1.00"}
    return row | {"trade_vol_out": "10.00", "trades_in": "1", "trades_out": "4"} | changes


@pytest.mark.parametrize("balance", ["-1.00", "0.001", "1e-3"])
def test_a_balance_that_is_no_number_of_cents_is_refused_rather_than_rounded(tmp_path, balance):
    row = member(balance=balance)
    (tmp_path / replay.FILE).write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    with pytest.raises(ValueError, match=r"account 1: .* is not a number of cents"):
        replay.read(tmp_path)


@pytest.mark.parametrize(("balance", "cents"), [("1e2", 10_000), ("1.50", 150), ("0", 0), ("0.010", 1)])
def test_a_balance_is_read_exactly_however_it_is_written(tmp_path, balance, cents):
    row = member(balance=balance)
    (tmp_path / replay.FILE).write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    (read,) = replay.read(tmp_path)
    assert (read.balance_cents, read.mean_trade_cents, read.kind) == (cents, 250, replay.ResidentKind.PROFESSIONAL)
