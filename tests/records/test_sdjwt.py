"""Papers as SD-JWT VC: what goes out comes in again, and what was forged is named."""

import base64
import json

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.records.paperbatch import seal
from beffroi.records.sdjwt import SdJwtError, export_sdjwt, hide, is_revoked, read_sdjwt, status_token
from tests.records.conftest import BOB, DIPLOMA, NOW_S, RECTOR, SAID, draft

URI = "https://university.example/status/1"


@pytest.fixture
def token(diploma):
    about = {"issuer": "https://university.example", "vct": "https://university.example/diploma"}
    return export_sdjwt(diploma, RECTOR.secret, **about, issued_at_s=NOW_S, status_uri=URI)


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
    token = export_sdjwt(own, RECTOR.secret, issuer="i", vct="v", issued_at_s=NOW_S, status_uri=URI)
    assert "grade" not in read(token).shown


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
        with pytest.raises(SdJwtError, match=told):
            read(forged)
    with pytest.raises(SdJwtError, match="did not sign it"):
        read(token, BOB)


def test_its_times_are_the_papers(token):
    assert read(token, now_s=2**50).shown == SAID
    own = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(from_s=NOW_S, until_s=NOW_S + 10)]).paper(0)
    dated = export_sdjwt(own, RECTOR.secret, issuer="i", vct="v", issued_at_s=NOW_S, status_uri=URI)
    assert read(dated).shown == SAID
    for now_s in (NOW_S - 1, NOW_S + 10):
        with pytest.raises(SdJwtError, match="does not hold yet, or has ended"):
            read(dated, now_s=now_s)


def test_the_status_list_is_the_bitmap(token):
    words = [1 << 15 | 1, 0, 1 << 255]
    listed = status_token(words, RECTOR.secret, uri=URI, issued_at_s=NOW_S)
    revoked = [number for number in range(768) if is_revoked(listed, RECTOR.address, number)]
    assert revoked == [0, 15, 767]
    with pytest.raises(SdJwtError, match="does not tell of number 768"):
        is_revoked(listed, RECTOR.address, 768)
    with pytest.raises(SdJwtError, match="did not sign it"):
        is_revoked(listed, BOB.address, 0)
    with pytest.raises(SdJwtError, match=r"is a 'dc\+sd-jwt'"):
        is_revoked(token.split("~")[0], RECTOR.address, 0)
