"""PrefLib's files that hold no approvals, or hold them badly: refused by a sentence."""

import pytest

from beffroi.consultation import preflib
from beffroi.errors import InputError

HEAD = ["# TITLE: T", "# NUMBER ALTERNATIVES: 2", "# NUMBER VOTERS: 1", "# NUMBER CATEGORIES: 2"]
NAMES = ["# ALTERNATIVE NAME 1: A", "# ALTERNATIVE NAME 2: B"]


def station(folder, *lines, name="station.cat"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return preflib.read(path)


def test_an_approval_is_read(tmp_path):
    assert station(tmp_path, *HEAD, *NAMES, "1: 2,1").ballots == ((1,),)


@pytest.mark.parametrize("suffix", ["soc", "soi", "toc", "toi", "TOI", "wmd"])
def test_orders_and_weights_are_refused_and_told_why(tmp_path, suffix):
    with pytest.raises(InputError, match=rf"^votes\.{suffix}: a \.{suffix.lower()} file holds .* no ranks can be read"):
        station(tmp_path, *HEAD, *NAMES, "1: 2,1", name=f"votes.{suffix}")


def test_orders_under_another_name_are_refused_by_what_their_header_says(tmp_path):
    with pytest.raises(InputError, match=r"^station\.cat: a \.soi file holds orders"):
        station(tmp_path, "# DATA TYPE: soi", *HEAD, *NAMES, "1: 2,1")


def test_a_byte_order_mark_spaces_and_the_line_ends_of_windows_are_no_fault(tmp_path):
    path = tmp_path / "station.cat"
    path.write_bytes("\ufeff".encode() + "\r\n".join([*HEAD, *NAMES, "1: {1, 2},{}", ""]).encode())
    assert preflib.read(path).ballots == ((0, 1),)


def test_namesakes_are_told_apart_by_their_numbers(tmp_path):
    names = ["# ALTERNATIVE NAME 1: A", "# ALTERNATIVE NAME 2: A"]
    assert station(tmp_path, *HEAD, *names, "1: 2,1").candidates == ("A (1)", "A (2)")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*HEAD[:3], "# NUMBER CATEGORIES: 3", *NAMES, "1: 1,2,{}"], "3 categories: two are read"),
        ([*HEAD, NAMES[0], "1: 1,2"], "no line `# ALTERNATIVE NAME 2:`"),
        ([*HEAD[1:], *NAMES, "1: 1,2"], "no line `# TITLE:`"),
        ([HEAD[0], *NAMES, "1: 1,2"], "no number after `# NUMBER ALTERNATIVES:`"),
        ([*HEAD, *NAMES, "1: {1,1},2"], "line 7: a candidate is named twice"),
        ([*HEAD, *NAMES, "1: {1,2},2"], "line 7: a candidate is named twice"),
        ([*HEAD, *NAMES, "1: 3,2"], "line 7: a candidate is not on the list"),
        ([*HEAD, *NAMES, "99999999: 1,2"], "99,999,999 ballots are there, and it says 1"),
        ([*HEAD, *NAMES, f"{'9' * 5_000}: 1,2"], "line 7: not a ballot"),
        ([*HEAD, *NAMES, "2,1"], "line 7: not a ballot"),
        ([HEAD[0], "# NUMBER ALTERNATIVES: 33", *HEAD[2:], *NAMES, "1: 1,2"], "33 alternatives: 32 at most"),
        ([HEAD[0], f"# NUMBER ALTERNATIVES: {'9' * 5_000}", *HEAD[2:], *NAMES], "no number after"),
        (["1: 1,2"], "no number after `# NUMBER ALTERNATIVES:`"),
    ],
)
def test_a_damaged_file_is_refused_with_what_is_missing(tmp_path, lines, why):
    with pytest.raises(InputError, match=why):
        station(tmp_path, *lines)
