"""A period's public file has one text, tells no reading, and is read strictly; a member's own is for her alone."""

import copy
import gzip
import json
import random
from collections import Counter
from dataclasses import replace

import pytest

from beffroi.flows.energy.energyrules import PriceElement, TariffSlot
from beffroi.flows.energy.exposure import ExposedError, exposures, remarks, require_hidden
from beffroi.flows.energy.privatefile import PrivateFileError, read_private, verify_own, write_private
from beffroi.flows.energy.publicfile import (
    PublicFileError,
    public_bytes,
    public_of,
    public_text,
    read_public,
    write_public,
)
from beffroi.flows.energy.verifyperiod import verify_period
from testbed.energy import RULES, curves_of, sealed_street, street
from testbed.energyfalse import moved
from tests.flows.energy.meterstwin import MetersTwin

COURT = street(4, 2, 24, step_s=3600)
ODD = {"cell": 1, "points": "0x" + "00" * 192}
ALWAYS = RULES.model_copy(update={
    "slots": (TariffSlot(name="always"),), "elements": (PriceElement(name="energy", to="producers", rates=(90_000,)),),
})  # fmt: skip
MONTH = street(12, 3, 24 * 20, step_s=3600, rules=ALWAYS)


def changed(**members):
    """The court's file with some of its members otherwise."""
    return json.dumps(json.loads(public_text(COURT.file)) | members).encode()


def test_a_file_has_the_same_bytes_each_time_and_comes_back_whole(tmp_path):
    path = tmp_path / "energy-7.json.gz"
    assert write_public(path, COURT.file) == path.stat().st_size
    assert path.read_bytes() == public_bytes(COURT.file) == public_bytes(read_public(path))
    assert public_of(public_text(COURT.file).encode(), "7.json") == COURT.file
    assert [it.name for it in tmp_path.iterdir()] == [path.name]


def test_no_reading_of_anybody_is_in_the_file():
    odd_readings = tuple((41_000_000 + 7 * at) for at in range(20))
    it = sealed_street(curves_of([("draws", odd_readings), ("draws", (3,) * 20), ("injects", (9,) * 20)], step_s=3600))
    text = public_text(it.file)
    assert not any(str(wh) in text or hex(wh) in text for wh in odd_readings)


WRONG = {
    "cut short": (lambda: public_bytes(COURT.file)[:-40], "damaged or cut short"),
    "no JSON": (lambda: b"{", "line 1"),
    "no text": (lambda: b"\xff\xfe", "UTF-16 text, not UTF-8"),
    "another format": (lambda: changed(format="beffroi-energy-2"), "is not 'beffroi-energy-1'"),
    "a member too much": (lambda: changed(readings=[]), "and nothing else"),
    "a period of 33 bits": (lambda: changed(period=2**32), "no whole number below 2"),
    "true for a number": (lambda: changed(slots=True), "no whole number"),
    "no column": (lambda: changed(columns=[]), "empty"),
    "a column without a root": (lambda: changed(columns=[{"id": "0x" + "00" * 32}]), "a column, 0"),
    "a total of five": (lambda: changed(totals=[["0x0"] * 5] * 24), "a total, 0: it is no list of 6"),
    "a leading zero": (lambda: changed(totals=[["0x00"] * 6] * 24), "no number of 256 bits"),
    "257 bits": (lambda: changed(totals=[["0x1" + "0" * 64] * 6] * 24), "no number of 256 bits"),
    "no step's words": (lambda: changed(totals=[[hex(2**256 - 1)] * 6] * 24), "no number of 256 bits"),
    "capitals": (lambda: changed(totals=[["0xA"] * 6] * 24), "no number of 256 bits"),
    "an allocation too few": (lambda: changed(allocations=[[None] * 3] * 17), "have 18 allocations"),
    "no base64": (lambda: changed(commitments="a?"), "no base64"),
    "a commitment too few": (lambda: changed(commitments="AAAA"), "33 bytes a cell: 4752, not 3"),
    "no point": (lambda: changed(commitments="A" * 6336), "cell 0: its commitment is no point"),
    "an odd cell of one point": (lambda: changed(odd=[{"cell": 0, "points": "0x00"}]), "192 bytes"),
    "an odd cell beyond": (lambda: changed(odd=[ODD | {"cell": 144}]), "below the number of cells"),
    "an odd cell twice": (lambda: changed(odd=[ODD, ODD]), "each once"),
    "an odd cell with a commitment": (lambda: changed(odd=[ODD]), "cell 1: an odd cell has 33 zero bytes"),
    "half a cent": (lambda: changed(lines=[["0x" + "11" * 20, 0.5]]), "a line, 0"),
    "cents of 64 bits": (lambda: changed(lines=[["0x" + "11" * 20, 2**63]]), "do not fit"),
    "more columns than anybody has": (
        lambda: changed(columns=json.loads(changed())["columns"] * 20, totals=[["0x0"] * 6] * 9_000),
        "are more than 1,048,576 cells",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_is_none_says_what_is_wrong(name):
    data, words = WRONG[name]
    with pytest.raises(PublicFileError, match=r"^energy-7\.json: ") as refused:
        public_of(data(), "energy-7.json")
    assert words in str(refused.value)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("beffroi.flows.energy.publicfile.MOST_BYTES", 1 << 16)
    with pytest.raises(PublicFileError, match="no period does"):
        public_of(gzip.compress(bytes(1 << 20)), "bomb.json.gz")


def test_a_file_of_what_was_not_stated_shows_nothing():
    found = verify_period(moved(COURT, 0, 3, 1).file, COURT.stated)
    assert [str(it.what) for it in found] == ["unpublished"]
    assert "contest without it" in found[0].words


def test_a_member_s_own_month_comes_back_and_is_hers_alone(tmp_path):
    path, month = tmp_path / "own.json", COURT.month(2)
    write_private(path, month)
    assert read_private(path) == month
    assert path.stat().st_mode & 0o777 == 0o600
    assert month.root == COURT.period.columns[2].root
    assert [*verify_own(read_private(path), COURT.period)] == []


@pytest.mark.parametrize(
    ("member", "value", "words"),
    [
        ("kind", "both", "no kind of meter"), ("readings", [], "empty"), ("readings", [-1], "no whole number"),
        ("seed", "0x00", "seed"), ("missing", 3, "no list of steps"), ("period", "7", "no whole number"),
    ],
)  # fmt: skip
def test_an_own_month_that_is_none_says_what_is_wrong(tmp_path, member, value, words):
    path = tmp_path / "own.json"
    write_private(path, COURT.month(2))
    path.write_text(json.dumps(json.loads(path.read_text()) | {member: value}))
    with pytest.raises(PrivateFileError, match=f"^own.json.*{words}"):
        read_private(path)


def test_a_month_of_ten_homes_and_many_shared_steps_is_published_and_says_that_roofs_are_few():
    require_hidden(MONTH.period, MONTH.curves)
    assert exposures(MONTH.period, MONTH.curves) == []
    assert any("3 members inject" in it for it in remarks(MONTH.period))


def test_fewer_than_ten_homes_have_no_public_totals():
    it = street(9, 3, 24 * 20, step_s=3600, rules=ALWAYS)
    with pytest.raises(ExposedError, match=r"no public file: 9 members draw: a total of fewer than 10"):
        require_hidden(it.period, it.curves)


def test_ten_meters_of_one_member_are_one_home():
    columns = tuple(replace(it, member=MONTH.period.columns[0].member) for it in MONTH.period.columns)
    assert "1 members draw" in exposures(replace(MONTH.period, columns=columns), MONTH.curves)[0]


def test_an_allocation_over_few_steps_is_not_published_and_what_to_do_is_told():
    few = street(12, 3, 24, step_s=3600)
    with pytest.raises(ExposedError, match=r"draws at \d+ of .*, \d+ more such: .* gives the readings away; .*--rules"):
        require_hidden(few.period, few.curves)
    assert any("those who inject share" in it and "steps only" in it for it in remarks(few.period))


def test_a_fraction_of_one_step_gives_a_reading_away_however_many_are_shared_whole():
    reading = 1_234
    homes = [(reading if at == 0 else 500, *(200,) * 20) for at in range(10)]
    sun = (3_000, *(5_000,) * 20)
    it = sealed_street(curves_of([*(("draws", wh) for wh in homes), ("injects", sun)], step_s=300))
    k = it.period.weights[0][0]
    opened = it.period.allocation(0, 0).value % 2**32
    assert [wh for wh in range(10_000) if k * wh % 2**32 == opened] == [reading]
    assert any("draws at 1 of the steps" in one for one in exposures(it.period, it.curves))


JUNK = [None, True, 0, 1, -1, 2**31, 2**64, 1.5, "", "é", "0x0", "0x" + "ff" * 32, "0x" + "00" * 32, [], {}]


def jumbled(rnd, value):
    """A file's JSON of which one thing, at any depth, is another, or is gone."""
    made = node = copy.deepcopy(value)
    while True:
        key = rnd.choice([*node] if isinstance(node, dict) else range(len(node)))
        child = node[key]
        if isinstance(child, dict | list) and child and rnd.random() < 0.9:
            node = child
        elif isinstance(child, int) and rnd.random() < 0.5:
            node[key] = child + rnd.choice([-1, 1])
            return made
        elif isinstance(child, str) and child.startswith("0x") and rnd.random() < 0.5:
            node[key] = hex(max(0, int(child, 16) + rnd.choice([-1, 1])))
            return made
        elif rnd.random() < 0.1:
            del node[key]
            return made
        else:
            node[key] = rnd.choice(JUNK)
            return made


@pytest.mark.parametrize("draw", range(4))
def test_whatever_an_organiser_publishes_is_refused_as_a_file_or_found_false_and_what_is_named_voids_it(draw):
    true = street(3, 2, 16, step_s=3600)
    value, rnd, counted = json.loads(public_text(true.file)), random.Random(draw), Counter()
    for _ in range(300):
        try:
            file = public_of(json.dumps(jumbled(rnd, value)).encode(), "7.json")
        except PublicFileError:
            counted["refused"] += 1
            continue
        it = true.published(file)
        found = verify_period(file, it.stated)
        assert (found == []) == (public_text(file) == public_text(true.file))
        calls = [one.refutation for one in found[:4] if one.refutation]
        assert all(MetersTwin(it.stated).voids(call, file.period.header) for call in calls)
        counted["found"] += bool(found)
    assert min(counted["refused"], counted["found"]) > 20
