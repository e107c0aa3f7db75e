"""Files that say little and cost much, and what is no period's or month's file, told in a sentence."""

import gzip
import json

import pytest

from beffroi.flows.energy import publicfile
from beffroi.flows.energy.privatefile import PrivateFileError, read_private, write_private
from beffroi.flows.energy.publicfile import PublicFileError, public_of, public_text
from testbed.energy import street

COURT = street(2, 1, 4, step_s=3600)
LISTS = 1 << 20
"""More than any period has: 9,000 totals, 16,384 allocations, and an odd cell here and there."""


def test_more_lists_than_a_period_has_are_refused_before_they_are_built(monkeypatch):
    packed = gzip.compress(b'{"lines":[' + b",".join([b"[]"] * LISTS) + b"]}")
    assert len(packed) < 4_096 * 4
    monkeypatch.setattr(publicfile, "json_of", lambda _: pytest.fail("gigabytes are built of some kilobytes"))
    with pytest.raises(PublicFileError):
        public_of(packed, "7.json.gz")


def test_lines_more_than_any_statement_has_are_no_period_s_file():
    file = json.loads(public_text(COURT.file))
    file["lines"] = [[f"0x{place + 1:040x}", 1] for place in range(70_000)]
    with pytest.raises(PublicFileError, match="lines"):
        public_of(json.dumps(file).encode(), "7.json")


@pytest.mark.parametrize("changed", [{"period": 2**32}, {"kind": {}}, {"kind": ["draws"]}, {"readings": [2**32]}])
def test_what_is_no_month_is_told_so_by_its_reader(tmp_path, changed):
    path = tmp_path / "own.json"
    write_private(path, COURT.month(0))
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    with pytest.raises(PrivateFileError):
        read_private(path)
