"""Mutants remove checks that stand, and name tests that do: else a run of hours would say so at its end."""

import pytest

from beffroi.chain.artifacts import ROOT
from tests.forge.currency.mutants import MUTANTS as CURRENCY
from tests.forge.flows.mutants import MUTANTS as FLOWS
from tests.forge.land.mutants import MUTANTS as LAND
from tests.forge.records.mutants import MUTANTS as RECORDS
from tests.forge.vote.mutants import MUTANTS as VOTE


@pytest.mark.parametrize(
    ("module", "mutants"),
    [("currency", CURRENCY), ("flows", FLOWS), ("vote", VOTE), ("land", LAND), ("records", RECORDS)],
)
def test_mutants_remove_what_stands_and_name_tests_that_do(module, mutants):
    for mutant in mutants:
        assert mutant.old in (ROOT / "contracts" / module / f"{mutant.file}.sol").read_text(), mutant.name
        suite = (ROOT / "tests" / "forge" / module / f"{mutant.suite}.t.sol").read_text()
        assert f"function {mutant.test}" in suite, mutant.name
