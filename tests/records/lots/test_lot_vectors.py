"""The vectors that the dApp's own engine must find too."""

import json
from pathlib import Path

import pytest

from beffroi.records.lots.finding import Doubt
from beffroi.records.lots.quantities import UnitError, decimal
from beffroi.records.openbatch import open_of
from tests.vectors import make_lots

VECTORS = json.loads(Path(make_lots.__file__).with_name("lots.json").read_text(encoding="utf-8"))


def test_the_vectors_are_what_is_found_now():
    assert json.loads(json.dumps(make_lots.vectors())) == VECTORS


def test_each_doubt_has_a_case():
    assert {it["doubt"] for case in VECTORS["cases"] for it in case["findings"]} == set(Doubt)


def test_each_case_that_is_forged_in_one_way_is_named_for_it():
    told = {case["name"]: {it["doubt"] for it in case["findings"]} for case in VECTORS["cases"]}
    named = {"altered": "parents", "revoked": "taken_back", "disowned": "taken_back"}
    for name in set(told) & ({*Doubt} | set(named)):
        assert named.get(name, name) in told[name]
    assert not told["school"]


@pytest.mark.parametrize("text", VECTORS["noQuantities"])
def test_what_is_no_quantity_in_its_one_form_is_refused(text):
    with pytest.raises(UnitError, match="is no quantity"):
        decimal(text)


def test_the_batch_has_its_root():
    told = VECTORS["batch"]
    read = open_of(told["text"], "batch.json")
    assert f"0x{read.root.hex()}" == told["root"]
    assert [f"0x{it.ref.leaf.hex()}" for it in read.papers] == told["leaves"]
