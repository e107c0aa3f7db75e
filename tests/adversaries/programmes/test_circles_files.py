"""What a circle's commands write is summed by a spreadsheet, and run by none."""

import pytest

from beffroi import spreadsheet
from beffroi.credit.circle import written


@pytest.mark.parametrize(
    ("amount", "in_minutes", "shown"),
    [(-1_234_50, False, "-1234.50"), (1_000_000_00, False, "1000000.00"), (-90, True, "-90"), (12_000, True, "12000")],
)
def test_amounts_of_a_statement_are_numbers_to_a_spreadsheet(tmp_path, amount, in_minutes, shown):
    path = tmp_path / "statement.csv"
    spreadsheet.write(path, ["change"], [[written(amount, in_minutes=in_minutes)]])
    assert path.read_text().splitlines() == ["change", shown]
