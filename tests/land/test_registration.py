import pytest

from beffroi.chain.sizing import BatchGas
from beffroi.land import cadastre, registration
from beffroi.land.registration import RegistrationPlanError

TOWN = "0x" + "11" * 20
CITIZEN = "0x" + "22" * 20


@pytest.fixture
def entries(parcels):
    return registration.registrations(parcels, TOWN)


def test_every_parcel_is_registered_once_to_the_town(parcels, entries):
    assert [entry.token_id for entry in entries] == sorted(parcel.id.token_id for parcel in parcels)
    assert sum(entry.area_m2 for entry in entries) == sum(parcel.area_m2 for parcel in parcels)
    assert {entry.holder for entry in entries} == {TOWN}
    assert {entry.zone for entry in entries} == {"0000A", "000AB", "000ZA"}


def test_a_known_holder_gets_the_title(parcels):
    entries = registration.registrations(parcels, TOWN, {parcels[3].id: CITIZEN})

    assert [entry.token_id for entry in entries if entry.holder == CITIZEN] == [parcels[3].id.token_id]


def test_a_holder_of_no_parcel_is_refused(parcels):
    with pytest.raises(RegistrationPlanError, match=f"{parcels[3].id}: a holder is named"):
        registration.registrations(parcels[:3], TOWN, {parcels[3].id: CITIZEN})


def test_batches_are_as_large_as_their_gas_allows_and_lose_nothing(entries):
    gas = BatchGas(each=75_000, base=50_000, limit=1_000_000)

    batches = registration.batches(entries, gas)

    assert gas.most == 11
    assert [len(batch.registrations) for batch in batches] == [11, 11, 11, 11, 11, 8]
    assert [batch.number for batch in batches] == [1, 2, 3, 4, 5, 6]
    assert all(batch.gas <= 900_000 for batch in batches)
    assert [entry for batch in batches for entry in batch.registrations] == entries
    assert sum(batch.area_m2 for batch in batches) == sum(entry.area_m2 for entry in entries)


def test_a_batch_gives_the_arguments_of_register_many(parcels, entries):
    (batch,) = registration.batches(entries)
    described, holders = batch.arguments

    first = parcels[0]
    assert described[0] == (first.id.token_id, first.area_m2, first.keccak256)
    assert len(described) == len(holders) == 63
    assert holders[0] == TOWN


def test_the_plan_does_not_depend_on_the_order_of_the_file(parcels):
    assert registration.batches(registration.registrations(parcels[::-1], TOWN)) == registration.batches(
        registration.registrations(parcels, TOWN)
    )


def test_after_a_crash_only_what_the_chain_has_not_is_left(entries):
    gas = BatchGas(each=75_000, base=50_000, limit=1_000_000)
    done = {entry.token_id for batch in registration.batches(entries, gas)[:2] for entry in batch.registrations}

    left = registration.remaining(entries, done.__contains__, gas)

    assert [len(batch.registrations) for batch in left] == [11, 11, 11, 8]
    assert registration.remaining(entries, lambda _: True, gas) == []


def test_a_parcel_twice_is_refused(entries):
    with pytest.raises(RegistrationPlanError, match="stands twice"):
        registration.batches([*entries, entries[0]])


def test_titles_are_placed_zone_by_zone(entries):
    placed = registration.placements(entries, most=20)

    assert [(zone, len(titles)) for zone, titles in placed] == [
        ("0000A", 8),
        ("000AB", 20),
        ("000AB", 20),
        ("000AB", 5),
        ("000ZA", 10),
    ]
    assert sorted(title for _, titles in placed for title in titles) == [entry.token_id for entry in entries]


def test_a_whole_commune_fits_in_22_transactions(epinay):
    report = cadastre.read(epinay / "cadastre-91216-parcelles.json", "91216")

    batches = registration.batches(registration.registrations(report.parcels, TOWN))

    assert [len(batch.registrations) for batch in batches] == [200] * 21 + [40]
    assert sum(batch.area_m2 for batch in batches) == 3_829_286
    assert max(batch.gas for batch in batches) <= 2**24 * 9 // 10
