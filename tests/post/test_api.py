"""The counter: what is taken in and followed, and every way of asking wrongly."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beffroi import slips
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.eip712 import Domain
from beffroi.post.app import make_app
from beffroi.post.codes import STATUS, Code
from tests.support.signatures import forms

NOWHERE = "0x" + "ab" * 32


def test_a_slip_is_taken_in_then_known(counter):
    payment = counter.payment()
    first, again = counter.post(payment), counter.post(payment)
    assert (first.status_code, again.status_code) == (202, 200)
    told = first.json()
    assert told == again.json()
    slip = slips.transfer(
        counter.estate.bob.address, counter.estate.cleo.address, 100, int(payment["message"]["nonce"], 16)
    )
    assert told["id"] == "0x" + slip.digest(counter.domain("transfer")).hex()
    assert (told["state"], told["kind"], told["transaction"], told["error"]) == ("received", "transfer", None, None)


def test_a_slip_is_followed_to_its_block(counter):
    id_ = counter.take(counter.payment(cents=250))
    (told,) = counter.works(id_)
    assert told["state"] == "confirmed"
    receipt = counter.rpc.call("eth_getTransactionReceipt", told["transaction"])
    assert told["block"] == int(receipt["blockNumber"], 16)
    assert told["gas"] == int(receipt["gasUsed"], 16)
    assert told["feeWei"] == str(int(receipt["gasUsed"], 16) * int(receipt["effectiveGasPrice"], 16))
    costs = counter.client.get("/v1/costs?by=slip").json()["costs"]
    assert [(it["slip"], it["gas"]) for it in costs] == [(id_, told["gas"])]
    assert counter.client.get("/v1/costs.csv?by=service").text.splitlines()[1].split(",")[1] == "transfer"


def test_a_question_is_kept_open_until_the_slip_moves(counter):
    id_ = counter.take(counter.payment())
    assert counter.client.get(f"/v1/slips/{id_}?wait_s=1").json()["state"] == "received"
    counter.works(id_)
    assert counter.client.get(f"/v1/slips/{id_}?wait_s=25").json()["state"] == "confirmed", "ended: no need to wait"


def test_a_batch_has_an_answer_for_each(counter):
    good, poor = counter.payment(), counter.payment(cents=10**12)
    answer = counter.post({"slips": [good, poor, good]}, "/v1/slips/batch")
    assert answer.status_code == 200
    taken, refused, known = answer.json()["answers"]
    assert (taken["status"], refused["status"]) == (202, 409)
    assert refused["error"]["code"] == "insufficient_funds"
    assert known["slip"]["id"] == taken["slip"]["id"]
    assert counter.office.store.counts() == {("transfer", "received"): 1}


def test_one_malformed_slip_fails_the_whole_batch(counter):
    good, elsewhere = counter.payment(), {"chainId": 5, "verifyingContract": "0x" + "11" * 20}
    for bad, path in (({"kind": "telegram"}, "kind"), ({"domain": elsewhere, "signature": "0x*"}, "signature")):
        answer = counter.post({"slips": [good, counter.payment() | bad]}, "/v1/slips/batch")
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")
        assert answer.json()["details"]["path"] == f"slips[1].{path}"
    large = counter.payment()
    large["message"]["value"] = str(2**256)
    assert counter.post({"slips": [good, large]}, "/v1/slips/batch").json()["code"] == "value_out_of_range"
    assert counter.office.store.counts() == {}


@pytest.mark.parametrize("body", [b"", b"{", b"nope", b'{"a":1}}', b"\xff\xfe", b'"\\ud800"', b"[" * 5_000])
def test_what_is_not_json_is_refused(counter, body):
    for path in ("/v1/slips", "/v1/slips/batch", "/v1/deeds"):
        answer = counter.client.post(path, content=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize(
    "body", [None, 1, "x", [], {}, {"kind": "transfer"}, {"slips": []}, {"slips": [{}] * 201}, float("nan")]
)
def test_what_is_no_slip_is_refused(counter, body):
    for path in ("/v1/slips", "/v1/slips/batch", "/v1/deeds"):
        answer = counter.client.post(path, content=json.dumps(body))
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")


WRONG = {
    "from": [None, 1, "0x12", "0x" + "g" * 40, "0x" + "1" * 41, "0X" + "1" * 40, ["0x" + "1" * 40]],
    "value": [1, 1.5, True, None, "-1", "1e3", "01", "", " 1", "1\n", "٣", "0x10", "9" * 79],
    "nonce": [0, "0x", "0x" + "1" * 63, "0x" + "1" * 66, "0x" + "z" * 64],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_member_of_the_wrong_type_is_named(counter, name):
    for value in WRONG[name]:
        payment = counter.payment()
        payment["message"][name] = value
        answer = counter.post(payment)
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request"), value
        assert answer.json()["details"]["path"] == f"message.{name}"


def test_members_too_many_or_too_few_are_named(counter):
    payment = counter.payment()
    assert counter.refused(payment | {"tip": 1}) == (422, "malformed_request")
    assert counter.refused(payment | {"extra": {"index": 1}}) == (422, "malformed_request")
    assert counter.refused(payment | {"signature": "0x"}) == (422, "malformed_request")
    assert counter.refused(payment | {"message": payment["message"] | {"memo": "x"}}) == (422, "malformed_request")
    del payment["message"]["to"]
    answer = counter.post(payment)
    assert answer.json()["details"]["path"] == "message.to"


def test_a_number_beyond_its_type_is_out_of_range(counter):
    payment = counter.payment()
    payment["message"]["value"] = str(2**256)
    assert counter.refused(payment) == (403, "value_out_of_range")


def test_huge_bodies_are_refused_before_they_are_read(counter):
    big = b'{"kind":"' + b"x" * counter.office.config.limits.body + b'"}'
    answer = counter.client.post("/v1/slips", content=big)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")

    def pieces():  # no Content-Length to go by
        for start in range(0, len(big), 65_536):
            yield big[start : start + 65_536]

    answer = counter.client.post("/v1/slips", content=pieces())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_slip_of_another_chain_or_contract_is_told_from_a_false_one(counter):
    here = counter.domain("transfer")
    slip = slips.transfer(counter.estate.bob.address, counter.estate.cleo.address, 1, 5)

    def asked(domain: Domain):
        return counter.refused(counter.request("transfer", slip, counter.estate.bob, domain=domain))

    assert asked(replace(here, chain_id=11_155_111)) == (409, "other_chain")
    assert asked(replace(here, chain_id=424_242)) == (403, "invalid_signature")
    elsewhere = {"chainId": 424_242, "verifyingContract": here.contract}
    request = counter.request("transfer", slip, counter.estate.bob)
    assert counter.refused(request | {"domain": elsewhere}) == (409, "other_chain")
    other = {"chainId": here.chain_id, "verifyingContract": "0x" + "11" * 20}
    assert counter.refused(request | {"domain": other}) == (409, "other_contract")
    assert counter.post(request | {"domain": {"chainId": here.chain_id, "verifyingContract": here.contract}}).is_success


def test_what_is_unknown_is_not_found(counter):
    for path, code in (
        (f"/v1/slips/{NOWHERE}", "slip_unknown"),
        (f"/v1/deeds/{NOWHERE}", "deed_unknown"),
        (f"/v1/rolls/{NOWHERE}/{counter.estate.bob.address}", "roll_unknown"),
        ("/v1/nothing", "not_found"),
        ("/v1/slips/", "not_found"),
    ):
        answer = counter.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    answer = counter.client.put("/v1/slips")
    assert (answer.status_code, answer.json()["code"], answer.headers["allow"]) == (405, "method_not_allowed", "POST")


@pytest.mark.parametrize(
    "path",
    ["/v1/slips/0x12", "/v1/slips/" + "0" * 66, f"/v1/slips/{NOWHERE}?wait_s=26", f"/v1/slips/{NOWHERE}?wait_s=-1",
     f"/v1/slips/{NOWHERE}?wait_s=1.5", f"/v1/rolls/{NOWHERE}/bob", "/v1/rolls/0x/0x", "/v1/deeds", "/v1/deeds?party=1",
     "/v1/costs?by=person", "/v1/costs?since=yesterday", "/v1/costs.csv?since=2026-13-40"],
)  # fmt: skip
def test_a_malformed_question_is_refused(counter, path):
    answer = counter.client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")


def test_a_replayed_slip_is_used(counter):
    payment = counter.payment()
    counter.works(counter.take(payment))
    other = counter.payment(cents=7, nonce=int(payment["message"]["nonce"], 16))
    assert counter.refused(other) == (409, "slip_used")


def test_a_slip_out_of_its_time_is_refused(counter):
    now = counter.office.intake.checker.clock.now_s()
    assert counter.refused(counter.payment(before_s=now)) == (409, "slip_expired")
    assert counter.refused(counter.payment(after_s=now + 3_600)) == (409, "slip_not_yet_valid")
    assert counter.post(counter.payment(before_s=now + 3_600)).json()["deadline"] == str(now + 3_600)


def test_false_signatures_are_refused(counter):
    payment, thief = counter.payment(), Key.derived("thief")
    stolen = counter.payment(payer=counter.estate.bob)
    slip = slips.transfer(counter.estate.bob.address, thief.address, 100, 77)
    assert counter.refused(counter.request("transfer", slip, thief)) == (403, "invalid_signature")
    assert counter.refused(stolen | {"signature": payment["signature"]}) == (403, "invalid_signature")
    signature = bytes.fromhex(payment["signature"][2:])
    other_v = signature[:64] + bytes([55 - signature[64]])
    for broken in (
        signature[:63],
        other_v,
        signature + b"\0",
        signature[:64] + b"\x1d",
        bytes(65),
        b"\xff" * 65,
        b"\x01",
    ):
        assert counter.refused(payment | {"signature": "0x" + broken.hex()}) == (403, "invalid_signature")
    assert counter.post(payment).status_code == 202


def test_a_signature_is_taken_in_every_form_and_posted_in_the_contracts(counter):
    bob = counter.estate.bob
    before, ids = counter.estate.balance(bob.address), []
    for form in forms(bob.sign(bytes(32))):
        payment = counter.payment(cents=1)
        signature = bytes.fromhex(payment["signature"][2:])
        ids.append(counter.take(payment | {"signature": "0x" + forms(signature)[form].hex()}))
        assert counter.post(payment).status_code == 200, "it is the same slip in whatever form"
        (kept,) = [it.queued for it in counter.office.store.take("w", ["transfer"], 9) if it.queued.id.hex() in ids[-1]]
        assert json.loads(kept.payload)["signature"] == payment["signature"]
        counter.office.store.release("w")
    assert {it["state"] for it in counter.works(*ids)} == {"confirmed"}
    assert counter.estate.balance(bob.address) == before - len(ids)


def test_the_town_says_what_it_serves(counter):
    told = counter.client.get("/v1/town").json()
    assert told["contracts"] == {name: it.address for name, it in counter.estate.manifest.contracts.items()}
    assert {"transfer", "ballot", "petition", "fund", "land_tax", "deed"} <= set(told["kinds"])
    assert "rescission" not in told["kinds"], "made here of a complete deed"
    assert told["chainId"] == 31_337


def test_the_dapp_may_ask_from_its_own_origin(counter):
    asked = {"Origin": "https://valombre.example", "Access-Control-Request-Method": "POST"}
    answer = counter.client.options("/v1/slips", headers=asked | {"Access-Control-Request-Headers": "content-type"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    refused = counter.client.post("/v1/slips", content=b"{", headers=asked)
    assert refused.headers["access-control-allow-origin"] == "*", "or the page could not read why"


def test_figures_are_prometheus(counter):
    counter.works(counter.take(counter.payment()))
    counter.refused(counter.payment(cents=10**12))
    text = counter.client.get("/metrics").text
    assert 'beffroi_post_slips_in_total{kind="transfer",outcome="insufficient_funds"} 1.0' in text
    assert 'beffroi_post_slips{kind="transfer",state="confirmed"} 1.0' in text
    assert "beffroi_post_sender_balance_ether{" in text
    assert counter.estate.bob.address not in text


def test_a_town_without_land_takes_no_slips_of_it(counter):
    for name in ("fund", "land_tax", "retraction", "withdrawal"):
        del counter.office.kinds[name]
    counter = replace(counter, client=TestClient(make_app(counter.office)))
    assert counter.refused(counter.payment() | {"kind": "fund"}) == (404, "kind_not_served")
    assert counter.refused(counter.payment() | {"kind": "telegram"}) == (422, "malformed_request")


def test_every_code_is_provoked_by_a_test():
    written = "".join(path.read_text() for path in Path(__file__).parent.glob("test_api*.py"))
    assert [code for code in Code if f'"{code}"' not in written] == []


def test_every_code_has_a_status_and_is_described(counter):
    assert set(STATUS) == set(Code)
    described = counter.client.get("/openapi.json").json()["components"]["schemas"]
    assert described["ProblemAnswer"]["properties"]["code"] == {"$ref": "#/components/schemas/Code"}
    assert described["Code"]["enum"] == [str(it) for it in Code]
    assert json.dumps(counter.client.get("/openapi.json").json()).count("internal_error") == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_dapp_has_words_for_every_code(language):
    words = (ROOT / "frontend" / "src" / "words" / language / "office.ts").read_text()
    told = set(re.findall(r"^  ([a-z_]+): ?(?:\"|$)", words, re.MULTILINE))
    assert told == {str(code) for code in Code}
