"""Open Badges 3.0: a badge of the field becomes a paper, a paper becomes a badge that the field's library accepts."""

import base64
import dataclasses
import datetime as dt
import json
import os
import time
from pathlib import Path

import pytest
from openbadgeslib.keys import KeyECC, KeyEd25519, KeyRSA
from openbadgeslib.ob3 import (
    Achievement,
    Issuer,
    OB3Signer,
    OB3VerificationError,
    OB3Verifier,
    OpenBadgeCredential,
    decode_encoded_list,
    did_key_from_pem,
)

from beffroi.chain.artifacts import ROOT
from beffroi.records.badges import BADGE, LEAST_BITS, BadgeError, BadgeIssuer, badge_status, export_badge, read_badge
from beffroi.records.definition import DefinitionError
from beffroi.records.listing import read_drafts, write_drafts
from beffroi.records.paper import NOBODY
from beffroi.records.paperbatch import PaperDraft, seal
from tests.records.conftest import ALICE, NOW_S, RECTOR

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "open-badges"
REAL = pytest.mark.xfail(
    not DATA.exists(), reason=f"NOT RUN: no {DATA.name} in BEFFROI_DATA or ../shared/data", run=False, strict=False
)
EXAMPLE_CORP = "did:key:z6MknNQD1WHLGGraFi6zcbGevuAgkVfdyCdtZnQTGWVVvR5Q"
STUDENT = "did:example:ebfeb1f712ebc6f1c276e12ec21"
URL = "https://workshop.example/status/3"
SAID = {
    "achievement": "https://workshop.example/bicycle",
    "name": "Réparer un vélo",
    "description": "A wheel trued, a chain changed.",
    "criteria": "Three afternoons at the workshop.",
}
FAR_S = 4_000_000_000
TODAY_S = int(time.time())
"""Lists are told old or new by the library's own clock too."""


def issuer(kind=KeyEd25519):
    private, public = kind().generate_keypair()
    by = BadgeIssuer.of_key(private, "L'atelier")
    assert by.did == did_key_from_pem(public)
    return by


@pytest.fixture(scope="module")
def workshop():
    return issuer()


def paper(said=SAID, **changes):
    changes = {"subject": ALICE.address, "from_s": NOW_S, "until_s": FAR_S} | changes
    return seal(BADGE, 3, RECTOR.address, 0, [PaperDraft(said, **changes)]).paper(0)


def badge(by, own=None):
    return export_badge(own or paper(), by, 31337, NOW_S, URL)


ALICES = f"did:pkh:eip155:31337:{ALICE.address}"


@pytest.mark.parametrize("kind", [KeyEd25519, KeyECC])
def test_a_paper_goes_out_as_a_badge_that_the_fields_library_accepts(kind):
    by = issuer(kind)
    read = OB3Verifier.for_issuer_did(by.did).verify(badge(by), expected_recipient=ALICES)
    assert (read.name, read.achievement.id, read.issuer.name) == (SAID["name"], SAID["achievement"], "L'atelier")
    assert (read.achievement.description, read.achievement.criteria_narrative) == (
        SAID["description"],
        SAID["criteria"],
    )
    assert (read.issuance_date.timestamp(), read.expiration_date.timestamp()) == (NOW_S, FAR_S)


def test_a_badge_comes_in_as_the_paper_that_went_out(workshop):
    drafted = read_badge(badge(workshop), workshop.did, ALICES, TODAY_S)
    assert {name: drafted.values[name] for name in SAID} == SAID
    assert (drafted.subject, drafted.from_s, drafted.until_s) == (ALICE.address, NOW_S, FAR_S)
    assert (drafted.values["issuer"], drafted.values["recipient"]) == (workshop.did, ALICES)
    again = read_badge(badge(workshop, paper(drafted.values)), workshop.did, ALICES, TODAY_S)
    assert again.values["name"] == SAID["name"]


def test_what_comes_in_can_be_sealed(workshop, tmp_path):
    drafted = read_badge(badge(workshop), workshop.did, ALICES, TODAY_S)
    write_drafts(tmp_path / "badges.csv", BADGE, [drafted])
    (listed,) = read_drafts(tmp_path / "badges.csv", BADGE)
    assert (dict(listed.values), listed.subject) == (dict(drafted.values), ALICE.address)


@REAL
def test_a_real_badge_of_the_field_comes_in_by_its_own_proof():
    drafted = read_badge((DATA / "ob3-teamwork-eddsa.json").read_text(), EXAMPLE_CORP, STUDENT, TODAY_S)
    assert drafted.values["name"] == "Teamwork"
    assert drafted.values["achievement"].endswith("/21st-century-skills/teamwork")
    assert (drafted.values["issuer"], drafted.values["recipient"]) == (EXAMPLE_CORP, STUDENT)
    assert (drafted.subject, drafted.from_s, drafted.until_s) == (NOBODY, 1_262_304_000, 0)


@REAL
def test_a_real_badge_that_is_altered_or_anothers_is_refused(workshop):
    text = (DATA / "ob3-teamwork-eddsa.json").read_text()
    later = text.replace('"name": "Teamwork Badge"', '"validUntil": "2999-01-01T00:00:00Z", "name": "Teamwork Badge"')
    better = text.replace('"name": "Teamwork"', '"name": "Leadership"')
    assert text not in {better, later}
    for forged, trusted, recipient, told in [
        (better, EXAMPLE_CORP, STUDENT, "signature mismatch"),
        (later, EXAMPLE_CORP, STUDENT, "signature mismatch"),
        (text, workshop.did, STUDENT, "does not match the DID"),
        (text, EXAMPLE_CORP, "did:example:somebody", "Recipient mismatch"),
    ]:
        with pytest.raises(BadgeError, match=told):
            read_badge(forged, trusted, recipient, TODAY_S)


@REAL
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ob3-expired.json", "no supported Data Integrity proof"),
        ("ob3-status-revoked.json", "no supported Data Integrity proof"),
        ("ob3-teamwork-ed25519-2020.json", r"found: Ed25519Signature2020; supported cryptosuites: .*eddsa-rdfc-2022"),
        ("ob3-vc1-no-status.json", "use validUntil/validFrom"),
        ("w3c-vc1-example-1.json", "is not an OpenBadgeCredential"),
        ("w3c-vc1-example-4-bad-missing-issuer.json", "is not an OpenBadgeCredential"),
    ],
)
def test_a_real_file_whose_proof_cannot_be_checked_is_refused(name, told):
    with pytest.raises(BadgeError, match=told):
        read_badge((DATA / name).read_text(), EXAMPLE_CORP, STUDENT, TODAY_S)


def recoded(token, change):
    head, payload, signature = token.split(".")
    value = json.loads(base64.urlsafe_b64decode(payload + "=="))
    change(value)
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b'=').decode()}.{signature}"


def better(vc):
    vc["credentialSubject"]["achievement"]["name"] = "Docteur ès vélos"


def test_what_is_forged_is_named(workshop):
    token, other = badge(workshop), issuer()
    ended = badge(workshop, paper(from_s=10, until_s=20))
    early = badge(workshop, paper(from_s=FAR_S - 10))
    claimed = badge(dataclasses.replace(other, did=workshop.did))
    for forged, trusted, recipient, told in [
        (recoded(token, better), workshop.did, ALICES, "Invalid signature"),
        (claimed, workshop.did, ALICES, "Invalid signature"),
        (badge(other), workshop.did, ALICES, "Invalid signature"),
        (ended, workshop.did, ALICES, "has expired"),
        (early, workshop.did, ALICES, "not yet valid"),
        (token, workshop.did, "mailto:bob@example.org", "Recipient mismatch"),
        (token, other.did, ALICES, "Invalid signature"),
        ("not.a.badge", workshop.did, ALICES, "Invalid JWT"),
        ("{", workshop.did, ALICES, "not valid JSON"),
        (token, "did:pkh:eip155:1:0x", ALICES, "unsupported DID method"),
    ]:
        with pytest.raises(BadgeError, match=told):
            read_badge(forged, trusted, recipient, TODAY_S)


def test_an_achievement_that_no_paper_says_is_refused(workshop):
    odd = OpenBadgeCredential(
        Issuer(workshop.did, "x"), ALICES, Achievement("https://a.example", "\x07", "d", "c"),
        issuance_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    with pytest.raises(DefinitionError, match=r"name: '.*' is no text"):
        read_badge(OB3Signer(workshop.key, "EdDSA").sign(odd), workshop.did, ALICES, TODAY_S)


def test_papers_of_another_schema_and_keys_that_sign_no_badge_do_not_go_out(workshop, diploma):
    with pytest.raises(BadgeError, match="papers of 'diploma' are no badges"):
        badge(workshop, diploma)
    for key in (b"-----BEGIN NOTHING-----", b"", KeyECC().generate_keypair()[1]):
        with pytest.raises(BadgeError, match="the key signs no badge"):
            BadgeIssuer.of_key(key, "x")
    with pytest.raises(BadgeError, match="the key signs no badge"):
        badge(dataclasses.replace(workshop, key=b""))


def test_a_key_in_pem_is_trusted_in_the_place_of_a_did(workshop):
    private, public = KeyRSA(2048).generate_keypair()
    by = BadgeIssuer("https://workshop.example", "L'atelier", private)
    assert read_badge(badge(by), by.did, ALICES, TODAY_S, key=public).values["issuer"] == by.did
    with pytest.raises(BadgeError, match="not allowed for this key"):
        read_badge(badge(workshop), by.did, ALICES, TODAY_S, key=public)


def test_the_badges_status_list_is_the_bitmap_and_refuses_what_is_revoked(workshop):
    token = badge(workshop)
    for words, revoked in [([0b10, 1 << 255], {1, 511}), ([0] * 1_024, set())]:
        listed = badge_status(words, workshop, url=URL, issued_at_s=TODAY_S)
        payload = json.loads(base64.urlsafe_b64decode(listed.split(".")[1] + "=="))
        bits = decode_encoded_list(payload["credentialSubject"]["encodedList"])
        assert len(bits) * 8 == max(LEAST_BITS, 256 * len(words))
        assert {at for at in range(len(bits) * 8) if bits[at // 8] >> 7 - at % 8 & 1} == revoked
        assert read_badge(token, workshop.did, ALICES, TODAY_S, status=listed.encode()).values["name"] == SAID["name"]
    for by, words, told in [(workshop, [1], "'revocation' is set"), (issuer(), [0], "status list")]:
        listed = badge_status(words, by, url=URL, issued_at_s=TODAY_S).encode()
        with pytest.raises(BadgeError, match=told):
            read_badge(token, workshop.did, ALICES, TODAY_S, status=listed)


def test_the_library_itself_refuses_what_we_refuse(workshop):
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        OB3Verifier.for_issuer_did(workshop.did).verify(recoded(badge(workshop), better))


@REAL
def test_a_badge_without_a_status_list_is_not_taken_for_one_that_was_asked(workshop):
    text = (DATA / "ob3-teamwork-eddsa.json").read_text()
    listed = badge_status([0], workshop, url=URL, issued_at_s=TODAY_S).encode()
    with pytest.raises(BadgeError, match="names no status list"):
        read_badge(text, EXAMPLE_CORP, STUDENT, TODAY_S, status=listed)
