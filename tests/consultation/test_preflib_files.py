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


@pytest.mark.parametrize("suffix", ["soc", "soi", "toc", "toi"])
def test_orders_are_refused_and_told_why(tmp_path, suffix):
    with pytest.raises(InputError, match=rf"orders\.{suffix} holds orders .* no ranks can be read"):
        station(tmp_path, *HEAD, *NAMES, "1: 2,1", name=f"orders.{suffix}")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*HEAD[:3], "# NUMBER CATEGORIES: 3", *NAMES, "1: 1,2,{}"], "3 categories: two are read"),
        ([*HEAD, NAMES[0], "1: 1,2"], "no line `# ALTERNATIVE NAME 2:`"),
        ([*HEAD[1:], *NAMES, "1: 1,2"], "no line `# TITLE:`"),
        ([HEAD[0], *NAMES, "1: 1,2"], "no number after `# NUMBER ALTERNATIVES:`"),
        ([*HEAD, *NAMES, "1: {1,1},2"], "line 7: a candidate is named twice"),
    ],
)
def test_a_damaged_file_is_refused_with_what_is_missing(tmp_path, lines, why):
    with pytest.raises(InputError, match=why):
        station(tmp_path, *lines)
