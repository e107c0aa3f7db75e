"""Pabulib's files: what people voted on a participatory budget, read whole or refused by a sentence with its place."""

import pytest

from beffroi.consultation import pabulib
from beffroi.errors import InputError

PROJECTS = ["project_id;cost;name", "BO.D15/1;100;Park", "7;250;School", "12a;30;Park"]


@pytest.fixture
def budget(tmp_path):
    """The budget of a file of these lines."""

    def budget(kind, votes, *meta, columns="voter_id;vote", projects=PROJECTS):
        path = tmp_path / "town.pb"
        head = ["META", "key;value", "unit;Valombre", "instance;2027", f"vote_type;{kind}", *meta]
        path.write_text("\n".join([*head, "PROJECTS", *projects, "VOTES", columns, *votes, ""]), encoding="utf-8-sig")
        return pabulib.read(path)

    return budget


def test_approvals_with_bounds_and_ids_with_letters_are_read_behind_a_byte_order_mark(budget):
    found = budget("approval", ["1;7,BO.D15/1", "2;12a"], "min_length;1", "max_length;2", "num_votes;2")
    assert (found.name, found.choices, found.results) == ("Valombre 2027", ((1, 0), (2,)), [1, 1, 1])
    assert (found.subject.minimum, found.subject.maximum) == (1, 2)
    assert [project.cost for project in found.projects] == ["100", "250", "30"]


def test_projects_of_one_name_are_told_apart_by_their_ids(budget):
    assert budget("approval", ["1;7"]).subject.options == ("Park (BO.D15/1)", "School", "Park (12a)")


def test_a_single_choice_is_read(budget):
    found = budget("choose-1", ["1;7", "2;7", "3;12a"])
    assert (found.subject.kind, found.choices, found.results) == ("single", (1, 1, 2), [0, 2, 1])


def test_points_are_read_each_at_its_project(budget):
    votes = ["a;34;12a,7;3,1", "b;50;7;2", "c;;;"]
    found = budget("cumulative", votes, "max_points;3", "max_sum_points;4", columns="voter_id;age;vote;points")
    assert (found.choices, found.results) == (((0, 1, 3), (0, 2, 0), (0, 0, 0)), [0, 3, 3])
    assert (found.subject.maximum, found.subject.total) == (3, 4)


@pytest.mark.parametrize(
    ("kind", "votes", "meta", "why"),
    [
        ("ordinal", ["1;7"], (), "rank projects, and what is opened of a secret vote is a sum"),
        ("scoring", ["1;7"], (), "score projects without a bound in all"),
        ("lottery", ["1;7"], (), "'lottery': approval, choose-1 and cumulative are read"),
        ("approval", ["1;7", "2;7,12a,7"], (), r"line 14, voter 2: project 7 is named twice"),
        ("approval", ["1;8"], (), r"line 13, voter 1: project 8 is not in PROJECTS"),
        ("approval", ["1;7,12a"], ("max_length;1",), r"line 14, voter 1: the rule does not allow this choice"),
        ("approval", ["1;7;3"], (), r"line 13: 3 fields, where VOTES has 2 columns"),
        ("approval", ["1;7"], ("max_length;two",), "META has no whole number under max_length"),
        ("approval", ["1;7"], ("num_votes;2",), "num_votes is 2, and 1 are there"),
        ("approval", ["1;7"], ("num_projects;4",), "num_projects is 4, and 3 are there"),
        ("choose-1", ["1;7,12a"], (), "2 projects are named, where each voter chooses one"),
        ("cumulative", ["1;7"], (), "META has no whole number under max_sum_points"),
        ("cumulative", ["1;7"], ("max_sum_points;3",), "not as many points as projects"),
        ("cumulative", ["1;7"], ("max_sum_points;100",), "the question: points go from 1 to 63"),
        ("cumulative", ["1;7"], (f"max_sum_points;{'9' * 5_000}",), "no whole number under max_sum_points"),
        ("approval", [], (), "there is nothing under VOTES"),
    ],
)
def test_what_cannot_be_cast_as_it_stands_is_refused_with_its_place(budget, kind, votes, meta, why):
    with pytest.raises(InputError, match=rf"^town\.pb: .*{why}"):
        budget(kind, votes, *meta)


def test_points_that_are_no_whole_numbers_are_refused(budget):
    with pytest.raises(InputError, match="no whole number"):
        budget("cumulative", ["1;7;1.5"], "max_sum_points;3", columns="voter_id;vote;points")


def test_a_section_whose_columns_nobody_names_is_refused(budget):
    with pytest.raises(InputError, match="line 12: VOTES begins with its columns' names, and voter_id is none"):
        budget("approval", ["2;7"], columns="1;7")
    with pytest.raises(InputError, match="PROJECTS begins with its columns' names, and project_id is none"):
        budget("approval", ["2;7"], projects=PROJECTS[1:])


def test_a_project_that_stands_twice_is_refused(budget):
    with pytest.raises(InputError, match="project 7 stands twice in PROJECTS"):
        budget("approval", ["2;7"], projects=[*PROJECTS, "7;1;Pool"])


def test_more_projects_than_a_ballot_holds_are_refused(budget):
    many = ["project_id;cost", *(f"{number};1" for number in range(33))]
    assert len(budget("choose-1", ["2;7"], projects=many).projects) == 33
    with pytest.raises(InputError, match="33 projects: 32 at most fit a secret ballot of this kind"):
        budget("approval", ["2;7"], projects=many)


def test_the_line_ends_of_windows_quotes_and_capitals_are_no_fault(tmp_path):
    path = tmp_path / "town.pb"
    lines = [
        "META", "key;value", "Vote_Type;Approval", "PROJECTS", "Project_ID;cost;name", 'x;1;"A; and B"', "y;2;C",
        "VOTES", "voter_id;vote", '1;"x,y"', "2;", "",
    ]  # fmt: skip
    path.write_bytes("\r\n".join(lines).encode())
    found = pabulib.read(path)
    assert (found.subject.options, found.choices) == (("A; and B", "C"), ((0, 1), ()))


def test_a_file_without_its_first_section_or_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "town.pb"
    path.write_text("PROJECTS\nproject_id;cost\nx;1\nVOTES\nvoter_id;vote\n1;x\n")
    with pytest.raises(InputError, match=r"^town\.pb: there is nothing under META"):
        pabulib.read(path)
    path.write_bytes("META\nkey;value\nunit;Évry\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"line 3, byte 6: byte 0xc9, “É” in Windows-1252"):
        pabulib.read(path)


def test_what_is_no_such_file_is_refused(tmp_path):
    path = tmp_path / "votes.pb"
    path.write_text("voter_id;vote\n1;2\n")
    with pytest.raises(InputError, match=r"votes\.pb: line 1: this stands before META"):
        pabulib.read(path)
