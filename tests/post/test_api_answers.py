"""Real answers are as they are described: what no random request ever gets."""

import pytest
import schemathesis

from tests.post.test_api_kinds import ballot, vote  # noqa: F401
from tests.post.test_api_land import signature_of


@pytest.fixture
def conforms(counter):
    """Checks an answer against the description of its operation."""
    schema = schemathesis.openapi.from_dict(counter.client.get("/openapi.json").json())

    def check(path, method, status, answer):
        assert answer.status_code == status, answer.text
        schema[path][method].validate_response(answer)
        return answer.json()

    return check


def test_slips_conform(counter, conforms):
    payment = counter.payment()
    id_ = conforms("/v1/slips", "POST", 202, counter.post(payment))["id"]
    conforms("/v1/slips", "POST", 200, counter.post(payment))
    poor = counter.payment(cents=10**12)
    conforms("/v1/slips", "POST", 409, counter.post(poor))
    many = counter.post({"slips": [payment, poor, counter.payment(before_s=2**40)]}, "/v1/slips/batch")
    conforms("/v1/slips/batch", "POST", 200, many)
    counter.works(id_)
    told = conforms("/v1/slips/{id}", "GET", 200, counter.client.get(f"/v1/slips/{id_}"))
    assert told["state"] == "confirmed"
    for by in ("slip", "day", "service"):
        rows = conforms("/v1/costs", "GET", 200, counter.client.get(f"/v1/costs?by={by}"))["costs"]
        assert rows, by


def test_a_rejected_slip_conforms(counter, conforms):
    whole = counter.estate.balance(counter.estate.bob.address)
    ids = [counter.take(counter.payment(cents=whole - cents)) for cents in (0, 1)]
    _, rejected = counter.works(*ids)
    assert (rejected["state"], rejected["error"]["code"]) == ("rejected", "insufficient_funds")
    conforms("/v1/slips/{id}", "GET", 200, counter.client.get(f"/v1/slips/{ids[1]}"))


def test_deeds_conform(counter, conforms):
    terms = counter.estate.terms()
    request = {"act": "compromis", "terms": terms.plain()}
    id_ = conforms("/v1/deeds", "POST", 201, counter.post(request, "/v1/deeds"))["id"]
    conforms("/v1/deeds", "POST", 200, counter.post(request, "/v1/deeds"))
    conforms("/v1/slips", "POST", 202, counter.post(signature_of(counter, id_, counter.estate.bob)))
    conforms("/v1/deeds/{id}", "GET", 200, counter.client.get(f"/v1/deeds/{id_}"))
    conforms("/v1/deeds", "GET", 200, counter.client.get(f"/v1/deeds?party={counter.estate.ada.address}"))
    conforms("/v1/slips/{id}", "GET", 200, counter.client.get(f"/v1/slips/{id_}"))


def test_rolls_and_the_town_conform(counter, conforms, vote):  # noqa: F811
    place = counter.client.get(f"/v1/rolls/0x{vote.roll.root.hex()}/{vote.keys[0].address}")
    conforms("/v1/rolls/{root}/{account}", "GET", 200, place)
    conforms("/v1/slips", "POST", 202, counter.post(ballot(counter, vote, 1)))
    conforms("/v1/town", "GET", 200, counter.client.get("/v1/town"))
