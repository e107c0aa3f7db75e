"""A town with two currencies and two circles, paid in at one counter: the second of each by kinds with its name."""

import pytest
from ruamel.yaml import YAML

from beffroi import slips
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.credit.circle import Circle
from beffroi.credit.creditslips import credit_slip
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.estate import PAPER, found
from testbed.town import AUDITOR, TREASURER
from tests.support.counter import open_counter

HOURS = {
    "instance": "TimeCredit",
    "name": "Heures de Valombre",
    "symbol": "HVL",
    "commons": "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
    "redemption_fee_bps": 0,
}
SERVICES = {
    "instance": "HourCircle", "name": "Services rendus", "unit": "minutes", "commons": HOURS["commons"],
    "member_kinds": ["citizen"], "floor": 300, "ceiling": 3_000,
}  # fmt: skip
CENTS = 30_00


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("instances")
    town = YAML().load((TOWNS / "example.yaml").read_text())
    town["currency"] = [town["currency"], HOURS]
    town["credit"] = [dict(town["credit"]), SERVICES]
    with (folder / "town.yaml").open("w") as file:
        YAML().dump(town, file)
    with anvil() as url:
        estate = found(Rpc(url), folder, folder / "town.yaml")
        hours = Contract.built("LocalCurrency", estate.manifest.address("TimeCredit"))
        estate.act(AUDITOR, hours, "attestReserve", 1_000_00, PAPER)
        estate.act(TREASURER, hours, "issue", estate.bob.address, 100_00, PAPER)
        with open_counter(estate, folder) as counter:
            yield counter


def balances(counter, who):
    found = (
        Contract.built("LocalCurrency", counter.estate.manifest.address(it)) for it in ("LocalCurrency", "TimeCredit")
    )
    return [currency.read(counter.rpc, "balanceOf", who.address) for currency in found]


def test_each_currency_has_kinds_of_its_own(counter):
    served = counter.client.get("/v1/town").json()["kinds"]
    assert {"transfer", "transfer.TimeCredit", "redeem.TimeCredit", "permit.TimeCredit"} <= set(served)
    assert {kind for kind in served if kind.endswith(".TimeCredit")} == {
        f"{kind}.TimeCredit" for kind in ("transfer", "cancel", "redeem", "permit")
    }
    assert counter.client.get("/openapi.json").status_code == 200


def test_a_payment_in_the_second_moves_the_second_alone(counter):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    before = balances(counter, cleo)
    slip = slips.transfer(bob.address, cleo.address, CENTS, 77)
    (told,) = counter.works(counter.take(counter.request("transfer.TimeCredit", slip, bob)))

    assert (told["state"], told["kind"]) == ("confirmed", "transfer.TimeCredit")
    assert balances(counter, cleo) == [before[0], before[1] + CENTS]


def test_payments_in_both_are_posted_side_by_side(counter):
    bob, cleo = counter.estate.bob, counter.estate.cleo
    before = balances(counter, cleo)
    requests = [
        counter.request(kind, slips.transfer(bob.address, cleo.address, CENTS, 78), bob)
        for kind in ("transfer", "transfer.TimeCredit")
    ]
    told = counter.works(*[counter.take(request) for request in requests])

    assert [it["state"] for it in told] == ["confirmed", "confirmed"]
    assert balances(counter, cleo) == [before[0] + CENTS, before[1] + CENTS]


def test_a_slip_for_one_is_refused_by_the_other(counter):
    slip = slips.transfer(counter.estate.bob.address, counter.estate.cleo.address, 1, 79)
    signed = counter.request("transfer", slip, counter.estate.bob)
    assert counter.refused(signed | {"kind": "transfer.TimeCredit"}) == (403, "invalid_signature")
    assert counter.refused(signed | {"kind": "transfer.Nothing"})[0] == 422


def test_a_circle_that_counts_minutes_has_kinds_of_its_own_and_mixes_no_money(counter):
    served = {kind for kind in counter.client.get("/v1/town").json()["kinds"] if kind.endswith(".HourCircle")}
    assert served == {f"{kind}.HourCircle" for kind in ("credit_pay", "credit_cancel", "vouch", "unvouch")}
    bob, cleo = counter.estate.bob, counter.estate.cleo
    manifest = counter.estate.manifest
    circles = [Circle.of(counter.rpc, manifest, name) for name in ("MutualCredit", "HourCircle")]
    payment = counter.request("credit_pay.HourCircle", credit_slip(bob.address, cleo.address, 90, 1), bob)
    assert counter.refused(payment | {"kind": "credit_pay"}) == (403, "invalid_signature")
    (told,) = counter.works(counter.take(payment))
    assert told["state"] == "confirmed"
    assert [it.standing(cleo.address).balance for it in circles] == [0, 90]
