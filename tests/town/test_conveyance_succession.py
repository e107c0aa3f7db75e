"""Sales go on while one contract of sales takes over from another: what is open ends where it began."""

import pytest

from beffroi.chain.sender import TransactionFailedError
from beffroi.currency import succession
from beffroi.land import deeds
from beffroi.land.registry import LandError
from beffroi.town.apply import apply_plan
from beffroi.town.retiring import NotPausedError
from beffroi.town.site import NothingToSucceedError
from beffroi.units import euros
from testbed.estate import FIELD, HOUSE, PAPER, RATES
from testbed.town import AUDITOR, MAYOR, NOTARY, POSTER
from tests.town.hall import CONVEYANCE, moves_to, opens, settles

TAX = {"instance": "LandTax2", "succeeds": "LandTax"}
ENDS = "nothing is left there: `ape run deploy` ends its offices"
HAS_ENDED = "nothing is left there: it has ended"


def test_open_sales_end_in_the_old_contract_and_new_ones_open_in_the_new(estate, hall):
    number, terms = opens(estate, HOUSE)
    estate.pay_in(number, estate.bob, terms.deposit_cents)
    old = hall.offices

    hall.decides(conveyance=CONVEYANCE)
    assert [it.key for it in hall.plan().steps if not it.is_done(hall.rpc)] == ["deploy Conveyance2", "wire"]
    assert hall.deploys() == 2
    assert hall.deploys() == 0, "while a sale is open nothing ends"
    assert hall.red() == []
    assert hall.left() == {"Conveyance": "sales that are open there: 1"}
    assert hall.movers() == ["Conveyance", "Conveyance2"]

    with pytest.raises(TransactionFailedError, match="AccessManagedUnauthorized"):
        opens(estate, FIELD)
    estate = moves_to(estate, hall.offices)
    assert estate.offices.conveyance.address == hall.manifest.address("Conveyance2")
    settles(estate, *opens(estate, FIELD))
    assert estate.offices.title(FIELD).owner == estate.bob.address

    estate = moves_to(estate, hall.offices.through(old.conveyance.address))
    settles(estate, number, terms)
    assert estate.offices.title(HOUSE).owner == estate.bob.address
    assert hall.red() == []
    assert hall.left() == {"Conveyance": ENDS}

    assert hall.deploys() == 1
    assert hall.movers() == ["Conveyance2"]
    assert hall.red() == []
    assert hall.left() == {"Conveyance": HAS_ENDED}
    assert hall.deploys() == 0, "a third run sent something"


def test_what_a_sale_owes_is_given_back_after_the_offices_have_ended(estate, hall):
    number, terms = opens(estate, HOUSE)
    estate.pay_in(number, estate.bob, terms.deposit_cents)
    hall.decides(conveyance=CONVEYANCE)
    hall.deploys()
    estate.pass_days(200)
    estate.sales.expire(POSTER, number)
    assert hall.deploys() == 1
    assert hall.left() == {"Conveyance": HAS_ENDED}

    before = estate.balance(estate.bob.address)
    estate.sales.refund(POSTER, number, estate.bob.address)
    assert estate.balance(estate.bob.address) == before + terms.deposit_cents
    assert hall.red() == []


def test_a_succession_of_sales_that_is_cut_short_is_taken_up_again(estate, hall):
    """After each confirmed step the machine is switched off; until the last, scripts open sales where it is allowed."""

    class PowerCutError(Exception):
        pass

    def cut(_, transaction):
        if transaction:
            raise PowerCutError

    old = hall.offices.conveyance.address
    hall.decides(conveyance=CONVEYANCE)
    with pytest.raises(PowerCutError):
        hall.deploys(progress=cut)
    assert hall.offices.conveyance.address == old, "the new one has no office yet"
    opens(estate, HOUSE)
    with pytest.raises(PowerCutError):
        hall.deploys(progress=cut)
    assert hall.offices.conveyance.address == hall.manifest.address("Conveyance2")
    assert hall.red() == []
    assert hall.deploys(progress=cut) == 0
    estate.pass_days(200)
    estate.sales.expire(POSTER, hall_sale(hall))
    with pytest.raises(PowerCutError):
        hall.deploys(progress=cut)
    assert hall.red() == []
    assert hall.deploys(progress=cut) == 0


def hall_sale(hall):
    """The one sale that was opened in the old contract."""
    (old,) = hall.offices.conveyances[1:]
    (opened,) = old.events(hall.rpc, "SaleOpened", first=0)
    return opened.args["sale"]


def test_without_a_sale_the_old_offices_end_only_once_none_can_be_opened_there(estate, hall):
    """Between a plan and its wiring the notary may open a sale: it is never left without the office that ends it."""
    hall.decides(conveyance=CONVEYANCE)
    plan = hall.plan()
    opens(estate, HOUSE)
    apply_plan(plan, hall.rpc, MAYOR, folder=hall.folder)
    assert hall.movers() == ["Conveyance", "Conveyance2"]
    assert hall.left() == {"Conveyance": "sales that are open there: 1"}


def test_a_third_contract_of_sales_leaves_the_first_its_offices_while_a_sale_is_open_there(estate, hall):
    opens(estate, HOUSE)
    hall.decides(conveyance=CONVEYANCE)
    hall.deploys()
    hall.decides(conveyance={"instance": "Conveyance3", "succeeds": "Conveyance2"})
    hall.deploys()
    assert hall.movers() == ["Conveyance", "Conveyance2", "Conveyance3"]
    assert hall.left() == {"Conveyance2": ENDS, "Conveyance": "sales that are open there: 1"}
    hall.deploys()
    assert hall.movers() == ["Conveyance", "Conveyance3"]
    assert hall.red() == []


def test_sales_and_taxes_follow_a_new_currency(estate, hall):
    """Money, tax and sales, in that order: a sale that is paid still settles in the old money, by the old rates."""
    number, terms = opens(estate, HOUSE)
    estate.pay_in(number, estate.bob, terms.due_cents)
    old = hall.offices

    hall.replaces_money()
    hall.decides(currency="Lys2", conveyance=CONVEYANCE, tax=TAX)
    with pytest.raises(NotPausedError):
        hall.deploys()
    assert hall.red() == []
    residents, new = hall.offices.residents, hall.offices.money
    assert new.address == hall.manifest.address("Lys2")
    found = succession.standing(hall.rpc, residents, old.money, new, 0)
    succession.inform(hall.rpc, residents, new, POSTER, found.unknown)
    estate.town.pauses(old.money)
    hall.deploys()
    found = succession.standing(hall.rpc, residents, old.money, new, 0)
    succession.carry_over(hall.rpc, old.money, POSTER, found.held)
    assert hall.left() == {
        "LocalCurrency": f"{euros(terms.due_cents)} are left in its accounts, 0.00 are owed by redemptions",
        "LandTax": "sales that are open there: 1",
        "Conveyance": "sales that are open there: 1",
    }

    estate = moves_to(estate, hall.offices.through(old.conveyance.address))
    assert estate.offices.tax.address == old.tax.address
    assert estate.offices.money.address == old.money.address
    estate.pass_days(12)
    estate.sales.settle(NOTARY, number, terms, estate.sign(deeds.deed(number, terms), estate.ada, estate.bob))
    found = succession.standing(hall.rpc, residents, old.money, new, 0)
    succession.carry_over(hall.rpc, old.money, POSTER, found.held)
    assert set(hall.left().values()) == {ENDS}
    assert hall.deploys() == 1
    assert set(hall.left().values()) == {HAS_ENDED}
    assert hall.deploys() == 0
    assert hall.red() == []

    estate = moves_to(estate, hall.offices)
    estate.of_clerk(estate.offices.tax, "setRates", estate.offices.now_s() // 86_400 + 3, RATES, PAPER)
    estate.pass_days(3)
    estate.act(AUDITOR, new, "attestReserve", 20_000_000_00, b"anew".ljust(32))
    settles(estate, *opens(estate, FIELD))
    assert estate.offices.title(FIELD).owner == estate.bob.address


def test_a_sale_of_another_contract_is_nobodys_here(hall):
    with pytest.raises(LandError, match="no sale is opened by 0x00"):
        hall.offices.through("0x" + "00" * 20)


def test_what_is_no_contract_of_sales_is_not_succeeded(hall):
    hall.decides(conveyance={"instance": "Conveyance2", "succeeds": "LandTax"})
    with pytest.raises(NothingToSucceedError, match="no Conveyance of that name"):
        hall.plan()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"tax": TAX}, "name a `conveyance`"),
        ({"conveyance": CONVEYANCE | {"instance": "Charges"}}, "Charges is another contract"),
        ({"conveyance": CONVEYANCE | {"instance": "Twice"}, "tax": TAX | {"instance": "Twice"}}, "Twice is another"),
        ({"conveyance": CONVEYANCE | {"succeeds": "Conveyance2"}}, "Conveyance2 is another"),
    ],
)
def test_a_file_that_names_no_successor_of_its_own_is_refused(hall, changes, why):
    with pytest.raises(ValueError, match=why):
        hall.decides(**changes)


def test_new_sales_say_in_which_money_where_a_currency_succeeds_another(hall):
    hall.replaces_money()
    with pytest.raises(ValueError, match="say by `currency` what new sales are paid in: Lys2"):
        hall.decides(conveyance=CONVEYANCE, tax=TAX)
