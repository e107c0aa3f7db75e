"""Papers as SD-JWT VC: what goes out comes in again, and what was forged is named."""

import base64
import dataclasses
import json
import os

import pytest

from beffroi.ballots import group
from beffroi.chain.artifacts import ROOT
from beffroi.records import jws
from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.jws import JwsError
from beffroi.records.listing import read_drafts, write_drafts
from beffroi.records.paper import NOBODY, PaperError
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.sdjwt import (
    FRESH_S,
    Asked,
    Credential,
    SdJwtError,
    export_sdjwt,
    hide,
    present,
    read_presented,
    read_sdjwt,
)
from beffroi.records.statuslist import is_revoked, status_list, status_token
from tests.records.conftest import ALICE, BOB, DIPLOMA, NOW_S, RECTOR, SAID, draft
from tests.records.test_papers import shown

URI = "https://university.example/status/1"
SAYS = Credential("https://university.example", "https://university.example/diploma", URI, NOW_S)
EMPLOYER = Asked("https://employer.example", "n-0S6_WzA2Mj")


def exported(own, holder=ALICE):
    return export_sdjwt(own, RECTOR.sign, SAYS, None if holder is None else group.base(int.from_bytes(holder.secret)))


@pytest.fixture
def token(diploma):
    return exported(diploma)


def read(token, signer=RECTOR, now_s=NOW_S):
    return read_sdjwt(token, signer.address, now_s)


def recoded(part, change):
    value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    change(value)
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_what_goes_out_comes_in_again(token):
    told = read(token)
    assert told.shown == SAID
    assert told.claims["status"] == {"status_list": {"idx": 15, "uri": URI}}
    assert told.claims["vct"] == "https://university.example/diploma"


def test_what_the_fields_own_library_issued_is_read():
    """Made by sd-jwt 0.10.4 with ES256K: one signature has a high s, as JWS allows, and one a low s."""
    foreign = json.loads((ROOT / "tests" / "vectors" / "sd-jwt.json").read_text())
    for token in foreign["tokens"]:
        assert read_sdjwt(token, foreign["signer"], NOW_S).shown == {"name": "Alice", "degree": "Licence"}


def test_fields_are_hidden_one_by_one(token, diploma):
    short = hide(token, ["degree"])
    assert read(short).shown == {"degree": "Licence de droit"}
    decoded = "".join(str(base64.urlsafe_b64decode(part + "==")) for part in short.replace(".", "~").split("~") if part)
    for hidden in ("Alice Martin", diploma.seed.hex(), diploma.claims(["degree"])[0].salt.hex()):
        assert hidden not in decoded
    with pytest.raises(SdJwtError, match="it has no mention"):
        hide(token, ["mention"])


def test_a_paper_without_a_value_has_no_field_for_it(batch):
    own = batch.paper(16)
    assert "grade" not in read(exported(own)).shown


def test_what_is_forged_is_named(token):
    head, *fields = token.split("~")[:-1]
    top, payload, signature = head.split(".")
    grade = next(it for it in fields if "grade" in str(base64.urlsafe_b64decode(it + "==")))
    better = recoded(grade, lambda it: it.__setitem__(2, "20"))
    longer = recoded(payload, lambda it: it.update(iat=0))
    none = recoded(top, lambda it: it.update(alg="none"))
    for forged, told in [
        (f"{head}~{better}~", "it does not say grade: '20'; the field was changed or added"),
        (f"{head}~{grade}~{grade}~", "the field grade is given twice"),
        ("~".join([f"{top}.{longer}.{signature}", ""]), "did not sign it, or it was changed"),
        ("~".join([f"{none}.{payload}.{signature}", ""]), "by 'none', not dc"),
        (f"{head}~{grade}", "it is no SD-JWT"),
        (f"{top}.{payload}~", "it is no JWT"),
        (f"{top}.{payload}.!!~", "is not base64url"),
        (f"{head}~{recoded(grade, lambda it: it.pop())}~", "no list of salt, name and text"),
    ]:
        with pytest.raises(JwsError, match=told):
            read(forged)
    with pytest.raises(JwsError, match="did not sign it"):
        read(token, BOB)


def test_its_times_are_the_papers(token):
    assert read(token, now_s=2**50).shown == SAID
    own = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(from_s=NOW_S, until_s=NOW_S + 10)]).paper(0)
    dated = exported(own)
    assert read(dated).shown == SAID
    for now_s in (NOW_S - 1, NOW_S + 10):
        with pytest.raises(SdJwtError, match="does not hold yet, or has ended"):
            read(dated, now_s=now_s)


def test_the_status_list_is_the_bitmap(token):
    words = [1 << 15 | 1, 0, 1 << 255]
    listed = status_token(words, RECTOR.sign, uri=URI, issued_at_s=NOW_S)
    revoked = [number for number in range(768) if is_revoked(listed, RECTOR.address, URI, number, NOW_S)]
    assert revoked == [0, 15, 767]
    other = status_token(words, RECTOR.sign, uri=URI + "0", issued_at_s=NOW_S)
    cut = jws.signed(
        "statuslist+jwt", {"sub": URI, "iat": NOW_S, "status_list": cut_off(status_list(words))}, RECTOR.sign
    )
    for forged, signer, number, told in [
        (listed, RECTOR, 768, "does not tell of number 768"),
        (listed, BOB, 0, "did not sign it"),
        (other, RECTOR, 0, "this is the list of 'https://university.example/status/10'"),
        (cut, RECTOR, 0, "is cut off"),
        (token.split("~")[0], RECTOR, 0, r"is a 'dc\+sd-jwt'"),
    ]:
        with pytest.raises(JwsError, match=told):
            is_revoked(forged, signer.address, URI, number, NOW_S)


def cut_off(listed):
    return listed | {"lst": jws.encoded(jws.decoded(listed["lst"])[:-6])}


def test_a_credential_that_its_list_has_as_revoked_is_refused(token):
    own = read(token)
    own.require_valid(status_token([1 << 14], RECTOR.sign, uri=URI, issued_at_s=NOW_S), NOW_S)
    with pytest.raises(SdJwtError, match="number 15 is revoked"):
        own.require_valid(status_token([1 << 15], RECTOR.sign, uri=URI, issued_at_s=NOW_S), NOW_S)
    foreign = json.loads((ROOT / "tests" / "vectors" / "sd-jwt.json").read_text())
    without = read_sdjwt(foreign["tokens"][0], foreign["signer"], NOW_S)
    with pytest.raises(SdJwtError, match="names no status list"):
        without.require_valid("any", NOW_S)


def test_a_holder_presents_what_she_chooses_to_one_verifier(token):
    for names in (["degree"], ["degree", "born"], []):
        presented = present(token, names, EMPLOYER, ALICE.sign, NOW_S)
        told = read_presented(presented, RECTOR.address, EMPLOYER, NOW_S)
        assert dict(told.shown) == {name: SAID[name] for name in names}
        assert told.holder == ALICE.address.lower()


def test_a_presentation_is_worth_nothing_to_another_verifier_later_or_from_another(token, diploma):
    presented = present(token, ["degree"], EMPLOYER, ALICE.sign, NOW_S)
    more = token.split("~")[1]
    unbound = exported(seal(DIPLOMA, 1, RECTOR.address, 0, [draft(subject=NOBODY)]).paper(0), None)
    for forged, asked, now_s, told in [
        (presented, Asked("https://bank.example", EMPLOYER.nonce), NOW_S, "somebody passes it on"),
        (presented, Asked(EMPLOYER.audience, "another"), NOW_S, "somebody passes it on"),
        (presented, EMPLOYER, NOW_S + FRESH_S + 1, "was not signed just now"),
        (present(token, ["degree"], EMPLOYER, BOB.sign, NOW_S), EMPLOYER, NOW_S, "did not sign it"),
        (hide(token, ["degree"]), EMPLOYER, NOW_S, "nobody presents it"),
        (token.split("~")[0] + f"~{more}~" + presented.rpartition("~")[2], EMPLOYER, NOW_S, "showed other fields"),
        (present(unbound, ["degree"], EMPLOYER, ALICE.sign, NOW_S), EMPLOYER, NOW_S, "bound to no holder's key"),
    ]:
        with pytest.raises(JwsError, match=told):
            read_presented(forged, RECTOR.address, asked, now_s)


def test_a_credential_is_bound_to_the_key_of_whom_the_paper_is_about(diploma, batch):
    key = shown(diploma).public_key(diploma.paper)
    assert read(export_sdjwt(diploma, RECTOR.sign, SAYS, key)).holder == ALICE.address.lower()
    with pytest.raises(SdJwtError, match="would be bound to"):
        exported(diploma, BOB)
    with pytest.raises(SdJwtError, match="would be bound to"):
        exported(diploma, None)
    with pytest.raises(PaperError, match="is another paper"):
        shown(diploma).public_key(batch.paper(16).paper)
    unsigned = dataclasses.replace(shown(diploma), signature=bytes(65))
    with pytest.raises(PaperError, match="did not sign it"):
        unsigned.public_key(diploma.paper)


def test_a_schema_whose_fields_wallets_keep_for_themselves_does_not_go_out():
    odd = Definition("odd", (SchemaField("exp"),))
    own = seal(odd, 1, RECTOR.address, 0, [PaperDraft({"exp": "x"})]).paper(0)
    with pytest.raises(SdJwtError, match="keeps exp for itself"):
        exported(own, None)


def test_what_comes_in_is_a_paper_to_be_sealed(tmp_path):
    own = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(from_s=NOW_S - 5, until_s=NOW_S + 100_000)]).paper(0)
    write_drafts(tmp_path / "list.csv", DIPLOMA, [read(exported(own)).draft])
    (drafted,) = read_drafts(tmp_path / "list.csv", DIPLOMA)
    assert (drafted.values, drafted.subject) == (SAID, ALICE.address)
    assert own.paper.from_s <= drafted.from_s < drafted.until_s <= own.paper.until_s
    with pytest.raises(DefinitionError, match="name: a value is required"):
        write_drafts(tmp_path / "list.csv", DIPLOMA, [read(hide(exported(own), ["degree"])).draft])
    other = Definition("other", DIPLOMA.fields[:3])
    with pytest.raises(DefinitionError, match="other has no field 'grade'"):
        write_drafts(tmp_path / "list.csv", other, [read(exported(own)).draft])
    typed = Definition("typed", tuple(SchemaField(it.name, "date", it.required) for it in DIPLOMA.fields))
    with pytest.raises(DefinitionError, match="is no date"):
        write_drafts(tmp_path / "list.csv", typed, [read(exported(own)).draft])


VECTORS = ROOT / "tests" / "vectors" / "sd-jwt-ours.json"


def test_the_credentials_that_others_verify_are_the_librarys_own(token, diploma):
    """Salts are drawn anew each time: `BEFFROI_VECTORS=write` renews the file, which says the same."""
    if os.environ.get("BEFFROI_VECTORS") == "write":
        file = {
            "now": NOW_S,
            "issuer": jws.jwk(group.base(int.from_bytes(RECTOR.secret))),
            "holder": jws.jwk(group.base(int.from_bytes(ALICE.secret))),
            "audience": EMPLOYER.audience,
            "nonce": EMPLOYER.nonce,
            "token": token,
            "hidden": hide(token, ["degree"]),
            "presented": present(token, ["degree"], EMPLOYER, ALICE.sign, NOW_S),
            "status": status_token([1 << 15 | 1, 0, 1 << 255], RECTOR.sign, uri=URI, issued_at_s=NOW_S),
            "revoked": [0, 15, 767],
        }
        VECTORS.write_text(json.dumps(file, indent=1) + "\n")
    ours = json.loads(VECTORS.read_text())
    assert dict(read(ours["token"]).shown) == SAID
    assert dict(read(ours["hidden"]).shown) == {"degree": SAID["degree"]}
    assert read_presented(ours["presented"], RECTOR.address, EMPLOYER, NOW_S).holder == jws.account_of(ours["holder"])
    assert [it for it in range(768) if is_revoked(ours["status"], RECTOR.address, URI, it, NOW_S)] == ours["revoked"]
