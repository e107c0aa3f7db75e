"""A member draws the salts of her meters' names: of two whose names begin alike, each has its own files."""

from beffroi.flows.agentfolder import month_path, seed_of

ALIKE = bytes(8)
"""2^32 salts find two names that begin so."""


def test_two_meters_whose_names_begin_alike_have_two_files_and_two_seeds(tmp_path):
    one, other = ALIKE + bytes(24), ALIKE + bytes(23) + b"\1"

    assert month_path(tmp_path, 202_606, one) != month_path(tmp_path, 202_606, other)
    assert seed_of(tmp_path, one) != seed_of(tmp_path, other)
