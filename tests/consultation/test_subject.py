"""The question, as people write it and as the chain refers to it."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from beffroi.ballots.events import BallotsCast
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.rules import M, single_choice
from beffroi.chain.artifacts import ROOT
from beffroi.consultation import casting, challenge, subject
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.subject import Subject
from tests.vectors.make_openings import vectors

OPTIONS = ("park", "school", "library")
SINGLE = Subject("What first?", (*OPTIONS, "blank"))
APPROVAL = Subject("What at all?", OPTIONS, "approval", 1, 2)
POINTS = Subject("How much?", OPTIONS, "points", maximum=3, total=4)

CASES = json.loads((ROOT / "tests/vectors/subjects.json").read_text())


@pytest.fixture(scope="module")
def town():
    town = rehearse(3)
    town.open(single_choice(3).rule)
    return town


@pytest.mark.parametrize(
    ("asked", "choice", "messages"),
    [
        (SINGLE, "school", (M, 0)),
        (SINGLE, "3", (0, 1)),
        (SINGLE, " blank ", (0, 0)),
        (APPROVAL, "park; library", (1, 0, 1)),
        (APPROVAL, "2", (0, 1, 0)),
        (POINTS, "park=3; 2=1", (3, 1, 0)),
    ],
)
def test_a_choice_in_words_is_what_the_ballot_encrypts(asked, choice, messages):
    assert asked.messages(choice) == messages


@pytest.mark.parametrize(
    ("asked", "choice", "why"),
    [
        (SINGLE, "pool", "there is no option 'pool'; there are: park; school; library; blank"),
        (SINGLE, "park; school", "choose one option"),
        (SINGLE, "0", "there is no option"),
        (APPROVAL, "", "does not allow"),
        (APPROVAL, "1;2;3", "does not allow"),
        (APPROVAL, "1;1", "each once"),
        (POINTS, "park=4", "does not allow"),
        (POINTS, "park=3;school=2", "does not allow"),
        (POINTS, "park=many", "invalid literal"),
    ],
)
def test_a_choice_that_the_rule_does_not_allow_says_why(asked, choice, why):
    with pytest.raises(ConsultationError, match=why):
        asked.messages(choice)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"options": ["a", "b"]}, "needs `question`"),
        ({"question": "?", "options": "ab"}, "needs `options`, a list of texts"),
        ({"question": "?", "options": ["a", "a"]}, "stands twice"),
        ({"question": "?", "options": ["a"]}, "`options` are 1: kind single takes 2 to 65"),
        ({"question": "?", "options": ["a", "b"], "kinds": "single"}, "has no kinds"),
        (
            {"question": "?", "options": ["a", "b"], "kind": "points"},
            "maximum is null: for kind points it is from 1 to 63",
        ),
    ],
)
def test_a_file_that_is_no_question_says_why(tmp_path, values, why):
    path = tmp_path / "question.json"
    path.write_text(json.dumps(values))
    with pytest.raises(ConsultationError, match=why):
        subject.read(path)


@pytest.mark.parametrize("case", CASES, ids=lambda it: it["text"])
def test_a_question_is_taken_or_refused_as_the_browser_does_and_the_sentence_names_the_key(tmp_path, case):
    path = tmp_path / "question.json"
    path.write_text(case["text"], encoding="utf-8")
    if case["key"] is None:
        assert subject.read(path).question
    else:
        with pytest.raises(ConsultationError, match=rf"\b{case['key']}\b"):
            subject.read(path)


def test_what_is_no_json_is_refused(tmp_path):
    path = tmp_path / "question.txt"
    path.write_text("Shall we?")
    with pytest.raises(ConsultationError, match=r"question.txt is not JSON"):
        subject.read(path)


@pytest.mark.parametrize("asked", [SINGLE, APPROVAL, POINTS])
def test_the_text_in_the_event_is_the_whole_question(asked):
    held = json.loads(base64.b64decode(asked.data_uri.removeprefix(subject.DATA_URI)))
    assert subject.parse(held) == asked


def test_another_order_of_options_or_another_text_has_another_hash():
    turned = Subject(SINGLE.question, SINGLE.options[::-1])
    assert turned.options_hash != SINGLE.options_hash
    assert Subject("What last?", SINGLE.options).question_hash != SINGLE.question_hash
    assert Subject("?", ("a,b", "c")).options_hash != Subject("?", ("a", "b,c")).options_hash


def test_an_opened_ballot_is_honest_until_a_bit_of_it_is_another(town):
    asked = Subject("What first?", OPTIONS)
    ballot = town.ballot(1, asked.asked.messages(1))
    text = challenge.to_text(town.params, ballot)
    assert challenge.is_opening(text)
    assert challenge.check(text, town.params, asked, ()) == (
        True, f"Honest: ballot 0x{ballot.hash.hex()} holds school. It was not cast: this node shows it nowhere."
    )  # fmt: skip
    for other in ({"messages": ["1"]}, {"randomness": ["7"]}, {"hash": "0x" + "00" * 32}, {"seq": 1}):
        honest, told = challenge.check(json.dumps(json.loads(text) | other), town.params, asked, ())
        assert not honest
        assert "NOT" in told
    for member in ("seq", "terms", "chainId", "consultations"):
        with pytest.raises(ConsultationError, match="damaged"):
            challenge.check(text.replace(f'"{member}"', '"something"'), town.params, asked, ())
    for seq in (-1, 2**300):
        with pytest.raises(ConsultationError, match="damaged"):
            challenge.check(json.dumps(json.loads(text) | {"seq": seq}), town.params, asked, ())


def test_a_node_that_tells_other_terms_makes_no_computer_look_false(town):
    asked = Subject("What first?", OPTIONS)
    text = challenge.to_text(town.params, town.ballot(1, asked.asked.messages(1)))
    told = replace(town.params, closes_at=town.params.closes_at + 1)
    with pytest.raises(
        ConsultationError, match=r"this node tells other terms .*: one of the two nodes lies"
    ) as refused:
        challenge.check(text, told, asked, ())
    assert "not to be trusted" not in str(refused.value)


@pytest.mark.parametrize("other", [{"chain_id": 1}, {"contract": bytes(20)}])
def test_a_node_of_another_chain_or_contract_makes_no_computer_look_false(town, other):
    asked = Subject("What first?", OPTIONS)
    text = challenge.to_text(town.params, town.ballot(1, asked.asked.messages(1)))
    with pytest.raises(ConsultationError, match="Nothing is known of the computer that made it") as refused:
        challenge.check(text, replace(town.params, **other), asked, ())
    assert f"on chain {town.params.chain_id}, and this node tells of 0x" in str(refused.value)


def test_an_opened_ballot_that_was_cast_all_the_same_says_so(town):
    asked = Subject("What first?", OPTIONS)
    ballot, other = (town.ballot(index, asked.asked.messages(1)) for index in (1, 2))
    text = challenge.to_text(town.params, ballot)
    cast = [
        BallotsCast(1, batch, bytes(32), town.record(place, it).encode())
        for batch, (place, it) in enumerate([(2, other), (1, ballot)])
    ]
    honest, told = challenge.check(text, town.params, asked, cast)
    assert not honest
    assert "opened AND cast" in told
    assert challenge.check(text, town.params, asked, cast[:1])[0]
    proven_anew = town.record(1, replace(ballot, data=ballot.data[:-1] + bytes([ballot.data[-1] ^ 1])))
    again = BallotsCast(1, 0, bytes(32), proven_anew.encode())
    assert "opened AND cast" in challenge.check(text, town.params, asked, [again])[1]


def test_slips_survive_the_way_to_whoever_posts_them_and_those_of_another_vote_are_refused(town):
    records = [town.record(index, town.ballot(index, (1,))) for index in range(3)]
    lines = [casting.to_line(town.params, record) for record in records]
    assert list(casting.from_lines(town.params, "\n".join([*lines, ""]))) == records
    other = json.dumps(json.loads(lines[1]) | {"consultation": 8})
    with pytest.raises(ConsultationError, match="line 2 is a slip of another consultation"):
        list(casting.from_lines(town.params, "\n".join([lines[0], other])))
    with pytest.raises(ConsultationError, match="line 1 is not a slip"):
        list(casting.from_lines(town.params, "hello"))


def test_the_vectors_that_the_dapp_opens_consultations_by_are_those_of_today():
    written = json.loads(Path("tests/vectors/openings.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(vectors()))


@pytest.mark.parametrize("made", vectors()["questions"], ids=lambda made: made["subject"]["question"][:12])
def test_what_the_dapp_writes_of_a_question_is_read_as_the_same(made):
    read = subject.parse(json.loads(made["json"]))
    assert (read.question_hash.hex(), read.options_hash.hex()) == (made["questionHash"][2:], made["optionsHash"][2:])
    assert read.asked.rule == subject.parse(made["subject"]).asked.rule


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"kind": "approval", "maximum": "1"}, 'maximum is "1": a whole number, without quotes'),
        ({"kind": "approval", "maximum": 1.5}, "maximum is 1.5: a whole number"),
        ({"kind": "approval", "maximum": True}, "maximum is true: a whole number"),
        ({"kind": "approval", "minimum": None}, "minimum is null: a whole number"),
        ({"kind": "points", "maximum": "3", "total": "5"}, 'maximum is "3"'),
        ({"kind": "points", "maximum": 3, "total": 5.0}, "total is 5.0"),
        ({"kind": 7}, "kind is single, approval or points"),
        ({"question": ""}, "needs `question`, a text that says something"),
        ({"question": " \n"}, "needs `question`, a text that says something"),
        ({"options": ["", "south"]}, "none is empty"),
        ({"options": ["south", "south "]}, "stands twice"),
        ({"options": {"north": 1}}, "a list of texts"),
        ({"options": []}, "a list of texts"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused_in_words(given, complaint):
    values = {"question": "Which gardens?", "options": ["north", "south"]} | given
    with pytest.raises(ConsultationError, match=complaint):
        subject.parse(values)


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ({"kind": "points", "maximum": 3, "total": 5}, "north=2;north=1"),
        ({"kind": "points", "maximum": 3, "total": 5}, "north=2; 1=1"),
        ({"kind": "approval", "maximum": 2}, "north;1"),
    ],
)
def test_an_option_that_is_chosen_twice_is_refused(kind, choice):
    asked = subject.parse({"question": "Which gardens?", "options": ["north", "south"], **kind})
    with pytest.raises(ConsultationError, match="'north' is chosen twice: name each once"):
        asked.messages(choice)
