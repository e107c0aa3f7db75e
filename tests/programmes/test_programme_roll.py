"""A programme's roll: what seals it, what of its file is refused, and what the contract makes of it."""

import json
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.csvfile import CsvError
from beffroi.programmes.programmekeys import key_of
from beffroi.programmes.programmeroll import (
    MOST_UNITS,
    ProgrammeRoll,
    ProgrammeRollError,
    SealedProgramme,
    holds,
    leaf,
    name_of,
    read_roll,
)

VECTORS = json.loads((ROOT / "tests/vectors/programme-roll.json").read_text())
CONTRACT, SPONSOR = VECTORS["contract"], VECTORS["sponsor"]
SALT, RULE = b"food".ljust(32, b"\0"), bytes([7]) * 32
PROGRAMME = name_of(31_337, CONTRACT, SPONSOR, SALT)
AMAL, BELA, CATO = (key_of(bytes([n]) * 16, PROGRAMME).address for n in (1, 2, 3))
UNITS = {AMAL: 100_00, BELA: 120_00, CATO: 80_00}


@pytest.fixture
def roll() -> ProgrammeRoll:
    return ProgrammeRoll(PROGRAMME, RULE, UNITS)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "roll.csv"
    path.write_text(text)
    return path


def test_each_place_is_on_the_roll_and_no_other(roll: ProgrammeRoll) -> None:
    for key, each in UNITS.items():
        place = roll.place(key)
        assert place[0] == key
        assert place[2] == each
        assert holds(roll.root, PROGRAMME, place)
        assert not holds(roll.root, PROGRAMME, (key, place[1], each + 1, place[3]))
        assert not holds(roll.root, PROGRAMME, (key, place[1] + 1, each, place[3]))


def test_a_leaf_of_another_programme_is_not_of_this_one(roll: ProgrammeRoll) -> None:
    others = {name_of(1, CONTRACT, SPONSOR, SALT), name_of(31_337, SPONSOR, SPONSOR, SALT)}
    others |= {name_of(31_337, CONTRACT, CONTRACT, SALT), name_of(31_337, CONTRACT, SPONSOR, RULE)}
    assert PROGRAMME not in others
    assert len(others) == 4
    for other in others:
        assert not holds(roll.root, other, roll.place(AMAL))
        with pytest.raises(ProgrammeRollError, match="another programme's"):
            ProgrammeRoll(other, RULE, UNITS).require(SealedProgramme(roll.root, roll.total, RULE))


def test_the_order_of_a_list_of_people_is_not_told(roll: ProgrammeRoll) -> None:
    backwards = ProgrammeRoll(PROGRAMME, RULE, dict(reversed(UNITS.items())))
    assert backwards.root == roll.root
    assert backwards.text() == roll.text()


def test_what_is_published_is_read_again(roll: ProgrammeRoll, tmp_path: Path) -> None:
    read = read_roll(written(tmp_path, roll.text()), PROGRAMME)
    read.require(SealedProgramme(roll.root, 300_00, RULE))
    assert read.entries == roll.entries


def test_a_roll_that_allows_more_than_was_announced_is_not_the_sealed_one(roll: ProgrammeRoll) -> None:
    with pytest.raises(ProgrammeRollError, match="allows 30000 units a period, and 29999 were announced"):
        roll.require(SealedProgramme(roll.root, 299_99, RULE))
    with pytest.raises(ProgrammeRollError, match="was made by rule 0x0707"):
        roll.require(SealedProgramme(roll.root, 300_00, bytes(32)))


def test_a_key_that_stands_twice_is_refused_with_its_line(roll: ProgrammeRoll, tmp_path: Path) -> None:
    lines = roll.text().splitlines()
    with pytest.raises(CsvError, match="line 5"):
        read_roll(written(tmp_path, "\n".join([*lines, lines[1].replace("0;", "3;", 1)])), PROGRAMME)


def test_an_index_out_of_its_place_and_a_second_rule_are_refused(roll: ProgrammeRoll, tmp_path: Path) -> None:
    head, first, second, third = roll.text().splitlines()
    swapped = [head, "1" + first[1:], "0" + second[1:], third.replace("0x0707", "0x0807")]
    with pytest.raises(CsvError) as refused:
        read_roll(written(tmp_path, "\n".join(swapped)), PROGRAMME)
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize("each", [0, MOST_UNITS + 1])
def test_units_that_the_contract_cannot_count_are_refused(each: int) -> None:
    with pytest.raises(ProgrammeRollError, match="units a period"):
        ProgrammeRoll(PROGRAMME, RULE, {AMAL: each})


def test_nobody_is_no_roll_and_a_stranger_has_no_place(roll: ProgrammeRoll) -> None:
    with pytest.raises(ProgrammeRollError, match="nobody"):
        ProgrammeRoll(PROGRAMME, RULE, {})
    with pytest.raises(ProgrammeRollError, match="does not stand"):
        roll.place(SPONSOR)


def test_the_vectors_that_the_contract_verifies_are_ours() -> None:
    """`ProgrammeRollVectors.t.sol` spends by them."""
    programme = bytes.fromhex(VECTORS["programme"][2:])
    made = ProgrammeRoll(programme, RULE, dict(zip(VECTORS["keys"], VECTORS["units"], strict=True)))
    assert name_of(31_337, CONTRACT, SPONSOR, SALT) == programme
    assert f"0x{made.root.hex()}" == VECTORS["root"]
    for key, index, proof in zip(VECTORS["keys"], VECTORS["indices"], VECTORS["proofs"], strict=True):
        assert made.place(key)[1] == index
        assert [f"0x{node.hex()}" for node in made.place(key)[3]] == proof
        assert leaf(programme, index, key, made.place(key)[2]) != made.root
