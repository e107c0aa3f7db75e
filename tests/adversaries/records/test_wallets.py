"""What comes from wallets of the field: an old list, a list of another series, a key that names another issuer."""

import dataclasses
from datetime import UTC, datetime

import pytest
from openbadgeslib.keys import KeyEd25519
from openbadgeslib.ob3 import build_status_list_credential, sign_status_list_credential

from beffroi.records import jws
from beffroi.records.badges import BadgeError, BadgeIssuer, badge_status, read_badge
from beffroi.records.jws import JwsError
from beffroi.records.statuslist import RELIED_S, TYPE, is_revoked, status_list, status_token
from tests.records.conftest import NOW_S, RECTOR
from tests.records.test_badges import ALICES, TODAY_S, URL, badge, issuer
from tests.records.test_sdjwt import URI

YEAR_S = 365 * 86_400


def revoked(listed, now_s):
    return is_revoked(listed, RECTOR.address, URI, 15, now_s)


def test_a_list_of_before_a_revocation_serves_a_month_and_no_longer():
    """Alice's diploma was revoked since; she hands the list over as it stood before."""
    ours = status_token([0], RECTOR.sign, uri=URI, issued_at_s=NOW_S)
    silent = jws.signed(TYPE, {"sub": URI, "iat": NOW_S, "status_list": status_list([0])}, RECTOR.sign)
    for listed in (ours, silent):
        assert not revoked(listed, NOW_S + RELIED_S - 1)
        with pytest.raises(JwsError, match="out of date"):
            revoked(listed, NOW_S + RELIED_S)


def test_a_list_that_says_its_own_end_is_relied_on_until_then():
    said = {"sub": URI, "iat": NOW_S, "exp": NOW_S + YEAR_S, "status_list": status_list([0])}
    listed = jws.signed(TYPE, said, RECTOR.sign)
    assert not revoked(listed, NOW_S + YEAR_S - 1)
    with pytest.raises(JwsError, match="out of date"):
        revoked(listed, NOW_S + YEAR_S)


@pytest.mark.parametrize(("times", "told"), [({}, "of when it is"), ({"iat": 1, "exp": "x"}, "out of date")])
def test_a_list_without_times_is_not_relied_on(times, told):
    listed = jws.signed(TYPE, {"sub": URI, "status_list": status_list([0])} | times, RECTOR.sign)
    with pytest.raises(JwsError, match=told):
        revoked(listed, NOW_S)


def read(own, by, listed, **changes):
    return read_badge(own, by.did, ALICES, **{"now_s": TODAY_S, "status": listed.encode()} | changes)


def test_a_badges_list_of_another_series_is_not_its_own():
    """The workshop has two series by one key: the badge is revoked by its own list, and not by the other."""
    by = issuer()
    own = badge(by)
    with pytest.raises(BadgeError, match="is set"):
        read(own, by, badge_status([1], by, url=URL, issued_at_s=TODAY_S))
    with pytest.raises(BadgeError, match=r"this is the list .*status/4.* where the badge names .*status/3"):
        read(own, by, badge_status([0], by, url="https://workshop.example/status/4", issued_at_s=TODAY_S))


def test_a_badges_list_of_before_a_revocation_serves_a_month_and_no_longer():
    by = issuer()
    stale = badge_status([0], by, url=URL, issued_at_s=TODAY_S - 6 * YEAR_S)
    with pytest.raises(BadgeError, match="expired"):
        read(badge(by), by, stale)
    # The library dates it by the clock, which has gone on since TODAY_S.
    today = datetime.fromtimestamp(TODAY_S, UTC).isoformat().replace("+00:00", "Z")
    listed = build_status_list_credential(by.did, URL, "revocation", []) | {"validFrom": today}
    silent = sign_status_list_credential(listed, by.key, by.algorithm)
    assert read(badge(by), by, silent, now_s=TODAY_S + RELIED_S - 60)
    with pytest.raises(BadgeError, match="does not say until when"):
        read(badge(by), by, silent, now_s=TODAY_S + RELIED_S + 60)
    for undated in ({}, {"validFrom": "yesterday"}, {"validFrom": 5}):
        odd = {name: value for name, value in listed.items() if name != "validFrom"} | undated
        with pytest.raises(BadgeError, match="does not say of when"):
            read(badge(by), by, sign_status_list_credential(odd, by.key, by.algorithm))


def test_a_badge_by_a_known_key_names_no_other_issuer():
    """The workshop, known by its key in PEM, signs as the university."""
    private, public = KeyEd25519().generate_keypair()
    workshop = BadgeIssuer("https://workshop.example", "L'atelier", private)
    liar = dataclasses.replace(workshop, did="did:web:university.example", name="Université")
    assert read_badge(badge(workshop), workshop.did, ALICES, TODAY_S, key=public).values["issuer"] == workshop.did
    with pytest.raises(BadgeError, match="does not match"):
        read_badge(badge(liar), workshop.did, ALICES, TODAY_S, key=public)
