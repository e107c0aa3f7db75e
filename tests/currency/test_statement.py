"""What the money did: figures and statements that the chain's own books confirm."""

import pytest

from beffroi.chain.keys import Key
from beffroi.currency.issuing import reference
from beffroi.currency.movements import Nature, last_block_before, movements
from beffroi.currency.statement import StatementError, figures, statement
from tests.support.hall import fund

DAY_S = 86_400
INVOICE = reference("F-1")


@pytest.fixture
def lived(hall):
    """A town with a year behind it: issue, pay, wait, redeem, settle, give to the commons, recover a key."""
    ada, shop, heir = keys = [Key.derived("statement", name) for name in ("ada", "shop", "heir")]
    fund(hall.rpc, keys)
    hall.does(hall.registrar, hall.residents, "enrol", 1, [ada.address], [])
    hall.does(hall.registrar, hall.residents, "enrol", 2, [shop.address], [])
    hall.does(hall.auditor, hall.currency, "attestReserve", 20_000, b"\1" * 32)
    hall.does(hall.treasurer, hall.currency, "issue", ada.address, 10_000, b"\2" * 32)
    hall.does(ada, hall.currency, "pay", shop.address, 4_000, INVOICE)
    hall.does(ada, hall.currency, "transfer", shop.address, 1_000)
    hall.does(ada, hall.currency, "transfer", hall.commons.address, 10)
    wait(hall, 365 * DAY_S // 2)
    hall.does(shop, hall.currency, "redeem", 2_000)
    hall.does(hall.registrar, hall.residents, "proposeRecovery", ada.address, heir.address, b"\3" * 32)
    wait(hall, 365 * DAY_S // 2)
    hall.does(heir, hall.residents, "recover", ada.address)
    return hall, ada, shop, heir


def wait(hall, seconds):
    hall.rpc.call("evm_increaseTime", seconds)
    hall.rpc.call("anvil_mine")


def head(hall):
    return int(hall.rpc.call("eth_blockNumber"), 16)


def test_every_movement_has_its_nature_and_its_reference(lived):
    hall, *_ = lived
    found = [
        (it.nature, it.amount_cents, it.ref) for it in movements(hall.rpc, hall.currency, hall.residents, 0, head(hall))
    ]
    assert found == [
        (Nature.ISSUED, 10_000, b"\2" * 32),
        (Nature.PAID, 4_000, INVOICE),
        (Nature.PAID, 1_000, b""),
        (Nature.COMMONS, 10, b""),
        (Nature.COMMONS, 100, b""),
        (Nature.REDEEMED, 1_900, b""),
        (Nature.RECOVERED, 4_990, b""),
    ]


def test_the_towns_figures_are_its_books_and_its_events(lived):
    hall, *_ = lived
    found = figures(hall.rpc, hall.currency, hall.residents, 1, head(hall))
    assert (found.supply_cents, found.reserve_cents, found.owed_cents) == (8_100, 20_000, 1_900)
    assert found.reserve_ratio == 2.0
    assert (found.issued_cents, found.redeemed_cents, found.paid_cents, found.payments) == (10_000, 1_900, 5_000, 2)
    assert found.active_accounts == 2
    assert found.to_s - found.from_s == pytest.approx(365 * DAY_S, abs=60)
    assert found.mean_supply_cents == pytest.approx((10_000 + 8_100) / 2, abs=2)
    assert found.velocity_per_year == pytest.approx(5_000 / 9_050 * 365.25 / 365, rel=1e-4)


def test_a_later_period_counts_only_what_happened_in_it(lived):
    hall, *_ = lived
    moved = movements(hall.rpc, hall.currency, hall.residents, 0, head(hall))
    redeemed = next(it for it in moved if it.nature == Nature.REDEEMED)
    found = figures(hall.rpc, hall.currency, hall.residents, redeemed.block, head(hall))
    assert (found.issued_cents, found.paid_cents, found.active_accounts, found.velocity_per_year) == (0, 0, 0, 0.0)
    assert found.redeemed_cents == 1_900


def test_an_accounts_lines_lead_to_its_balance(lived):
    hall, ada, shop, heir = lived
    moved = movements(hall.rpc, hall.currency, hall.residents, 0, head(hall))
    of = {key: statement(hall.rpc, hall.currency, moved, key.address, 0, head(hall)) for key in (ada, shop, heir)}
    assert [(it.change_cents, it.balance_cents) for it in of[ada]] == [
        (10_000, 10_000),
        (-4_000, 6_000),
        (-1_000, 5_000),
        (-10, 4_990),
        (-4_990, 0),
    ]
    assert of[shop][-1].balance_cents == 3_000
    assert [it.balance_cents for it in of[heir]] == [4_990]


def test_movements_that_do_not_make_the_balance_are_refused(lived):
    hall, ada, *_ = lived
    moved = movements(hall.rpc, hall.currency, hall.residents, 0, head(hall))
    with pytest.raises(StatementError, match="has 0 cents, and its movements since block 0 make"):
        statement(hall.rpc, hall.currency, moved[1:], ada.address, 0, head(hall))


def test_the_last_block_before_a_moment_is_found(lived):
    hall, *_ = lived
    moved = movements(hall.rpc, hall.currency, hall.residents, 0, head(hall))
    redeemed = next(it for it in moved if it.nature == Nature.REDEEMED)
    assert last_block_before(hall.rpc, redeemed.at_s) < redeemed.block
    assert last_block_before(hall.rpc, redeemed.at_s + 1) >= redeemed.block
    assert last_block_before(hall.rpc, 0) == -1
