"""Operations that anyone opens, on terms of her own: what is told of them before anybody joins."""

from dataclasses import replace

import pytest

from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.keys import Key
from beffroi.cli.energy import EnergyBureau
from testbed.operation import neighbours
from testbed.town import MAYOR, fund

MALLORY = Key.derived("neighbours", "mallory")


@pytest.mark.parametrize(
    ("refuter", "by"),
    [(MALLORY.address, f"{MALLORY.address}, as it likes"), (ZERO_ADDRESS, "nobody")],
    ids=["hers", "none"],
)
def test_terms_that_are_not_the_towns_are_told_in_words(town, capsys, refuter, by):
    street = neighbours(town)
    fund(town.rpc, [MALLORY, MAYOR])
    sham = replace(street.terms, refuter=refuter, contest_h=1)
    street.acts.open(MALLORY, sham)
    street.acts.open(MAYOR, street.terms)
    bureau = EnergyBureau(town.rpc, street.clearings.chain_id, None, None, manifest=town.manifest)
    bureau.show(street.clearings.found(sham.op))
    told = capsys.readouterr().out
    assert f"NOT of the town: opened by {MALLORY.address}" in told
    assert f"NOT voided where it is false by the town's Meters, {street.terms.refuter}: by {by}" in told
    assert "  1 hours to contest, 72 to rule" in told
    bureau.show(street.clearings.found(street.terms.op))
    told = capsys.readouterr().out
    assert "NOT" not in told
    assert f"  48 hours to contest, 72 to rule; rules 0x{street.terms.rules_hash.hex()}" in told
