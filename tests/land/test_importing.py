"""A cadastre imported on a chain, whatever interrupts it."""

import pytest

from beffroi.chain.order import OrderState
from beffroi.chain.sizing import BatchGas
from beffroi.land import cadastre, importing, registration, village
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError
from testbed.estate import HOUSE
from testbed.town import NOTARY, REGISTRAR

OTHERS = 61
"""The village's parcels without the two that the estate holds already."""


@pytest.fixture(scope="module")
def parcels():
    return cadastre.check(village.cadastre()["features"]).parcels


def entries(parcels, holder, without=()):
    return registration.registrations([it for it in parcels if it.id not in without], holder)


def test_a_village_is_registered_once(estate, parcels):
    town_hall = estate.cleo.address
    planned = entries(parcels, town_hall)
    found_ = importing.compare(estate.offices, planned)
    assert found_.parcels == OTHERS
    assert set(found_.conflicts) == {HOUSE, ParcelId("59999000ZA0001")}  # the estate's areas are its own

    told = []
    outcomes = importing.register(estate.offices, REGISTRAR, found_.batches, told.append)
    assert [it.state for it in outcomes] == [OrderState.DONE]
    assert importing.registered(outcomes, estate.offices) == sum(told) == OTHERS
    titles = estate.offices.titles([it.token_id for it in planned if it.token_id != HOUSE.token_id])
    assert {title.owner for title in titles} == {town_hall, estate.ada.address}
    again = importing.compare(estate.offices, planned)
    assert (again.parcels, again.already) == (0, OTHERS)


def test_an_import_that_stopped_goes_on(estate, parcels):
    planned = entries(parcels, estate.cleo.address, without={HOUSE})
    small = BatchGas(each=75_000, limit=1_000_000)
    first = importing.compare(estate.offices, planned, small)
    assert len(first.batches) == 6
    importing.register(estate.offices, REGISTRAR, first.batches[:2])

    second = importing.compare(estate.offices, planned, small)
    assert second.parcels == first.parcels - sum(len(batch.registrations) for batch in first.batches[:2])
    importing.register(estate.offices, REGISTRAR, second.batches)
    assert importing.compare(estate.offices, planned).parcels == 0


def test_only_the_registrar_registers(estate, parcels):
    found_ = importing.compare(estate.offices, entries(parcels, estate.cleo.address))
    (outcome,) = importing.register(estate.offices, estate.ada, found_.batches)
    assert outcome.state == OrderState.FAILED
    assert "AccessManagedUnauthorized" in outcome.reason


def test_once_the_founding_import_is_over_the_notary_attests_its_very_batches(estate, parcels):
    """Nothing is sent of an import that the notary has not read; cut short, attesting goes on where it stopped."""
    planned = entries(parcels, estate.cleo.address, without={HOUSE})
    small = BatchGas(each=75_000, limit=1_000_000)
    assert estate.offices.is_founding()
    estate.pass_days(90)
    assert not estate.offices.is_founding()
    batches = importing.compare(estate.offices, planned, small).batches
    importing.attest(estate.offices, NOTARY, batches[:2])
    with pytest.raises(LandError, match=r"has not attested 4 of 6 batches.*--attest"):
        importing.register(estate.offices, REGISTRAR, batches)

    attested = importing.attest(estate.offices, NOTARY, batches)
    assert [it.state for it in attested] == [OrderState.DONE] * 4
    importing.register(estate.offices, REGISTRAR, batches)
    assert importing.compare(estate.offices, planned).parcels == 0
