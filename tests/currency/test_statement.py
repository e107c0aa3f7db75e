"""What the money did: figures and statements that the chain's own books confirm."""

import pytest

from beffroi.chain.keys import Key
from beffroi.currency.issuing import reference
from beffroi.currency.movements import Nature, last_block_before, movements
from beffroi.currency.statement import StatementError, figures, statement
from testbed.town import AUDITOR, COMMONS, FEE_BPS, REGISTRAR, TREASURER, fund

DAY_S = 86_400
FEE_CENTS = 2_000 * FEE_BPS // 10_000
OWED_CENTS = 2_000 - FEE_CENTS
INVOICE = reference("F-1")


@pytest.fixture
def begins(town):
    """The first block of the year."""
    return head(town) + 1


@pytest.fixture
def lived(town, begins):
    """A town with a year behind it: issue, pay, wait, redeem, settle, give to the commons, recover a key."""
    ada, shop, heir = keys = [Key.derived("statement", name) for name in ("ada", "shop", "heir")]
    fund(town.rpc, keys)
    town.does(REGISTRAR, town.residents, "enrol", 1, [ada.address], [])
    town.does(REGISTRAR, town.residents, "enrol", 2, [shop.address], [])
    town.does(AUDITOR, town.currency, "attestReserve", 20_000, b"\1" * 32)
    town.does(TREASURER, town.currency, "issue", ada.address, 10_000, b"\2" * 32)
    town.does(ada, town.currency, "pay", shop.address, 4_000, INVOICE)
    town.does(ada, town.currency, "transfer", shop.address, 1_000)
    town.does(ada, town.currency, "transfer", COMMONS.address, 10)
    wait(town, 365 * DAY_S // 2)
    town.does(shop, town.currency, "redeem", 2_000, INVOICE[::-1])
    town.does(REGISTRAR, town.residents, "proposeRecovery", ada.address, heir.address, b"\3" * 32)
    wait(town, 365 * DAY_S // 2)
    town.does(heir, town.residents, "recover", ada.address)
    return town, ada, shop, heir


def wait(town, seconds):
    town.rpc.call("evm_increaseTime", seconds)
    town.rpc.call("anvil_mine")


def head(town):
    return int(town.rpc.call("eth_blockNumber"), 16)


def test_every_movement_has_its_nature_and_its_reference(lived):
    town, *_ = lived
    found = [
        (it.nature, it.amount_cents, it.ref) for it in movements(town.rpc, town.currency, town.residents, 0, head(town))
    ]
    assert found == [
        (Nature.ISSUED, 10_000, b"\2" * 32),
        (Nature.PAID, 4_000, INVOICE),
        (Nature.PAID, 1_000, b""),
        (Nature.COMMONS, 10, b""),
        (Nature.COMMONS, FEE_CENTS, b""),
        (Nature.REDEEMED, OWED_CENTS, INVOICE[::-1]),
        (Nature.RECOVERED, 4_990, b""),
    ]


def test_the_towns_figures_are_its_books_and_its_events(lived, begins):
    town, *_ = lived
    found = figures(town.rpc, town.currency, town.residents, begins, head(town))
    assert (found.supply_cents, found.reserve_cents, found.owed_cents) == (10_000 - OWED_CENTS, 20_000, OWED_CENTS)
    assert found.reserve_ratio == 2.0
    assert (found.issued_cents, found.redeemed_cents, found.paid_cents, found.payments) == (
        10_000,
        OWED_CENTS,
        5_000,
        2,
    )
    assert found.active_accounts == 2
    assert found.to_s - found.from_s == pytest.approx(365 * DAY_S, abs=60)
    assert found.mean_supply_cents == pytest.approx(10_000 - OWED_CENTS / 2, abs=2)
    assert found.velocity_per_year == pytest.approx(5_000 / (10_000 - OWED_CENTS / 2) * 365.25 / 365, rel=1e-4)


def test_a_later_period_counts_only_what_happened_in_it(lived):
    town, *_ = lived
    moved = movements(town.rpc, town.currency, town.residents, 0, head(town))
    redeemed = next(it for it in moved if it.nature == Nature.REDEEMED)
    found = figures(town.rpc, town.currency, town.residents, redeemed.block, head(town))
    assert (found.issued_cents, found.paid_cents, found.active_accounts, found.velocity_per_year) == (0, 0, 0, 0.0)
    assert found.redeemed_cents == OWED_CENTS


def test_an_accounts_lines_lead_to_its_balance(lived):
    town, ada, shop, heir = lived
    moved = movements(town.rpc, town.currency, town.residents, 0, head(town))
    of = {key: statement(town.rpc, town.currency, moved, key.address, 0, head(town)) for key in (ada, shop, heir)}
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
    town, ada, *_ = lived
    moved = movements(town.rpc, town.currency, town.residents, 0, head(town))
    with pytest.raises(StatementError, match="has 0 cents, and its movements since block 0 make"):
        statement(town.rpc, town.currency, moved[1:], ada.address, 0, head(town))


def test_the_last_block_before_a_moment_is_found(lived):
    town, *_ = lived
    moved = movements(town.rpc, town.currency, town.residents, 0, head(town))
    redeemed = next(it for it in moved if it.nature == Nature.REDEEMED)
    assert last_block_before(town.rpc, redeemed.at_s) < redeemed.block
    assert last_block_before(town.rpc, redeemed.at_s + 1) >= redeemed.block
    assert last_block_before(town.rpc, 0) == -1
