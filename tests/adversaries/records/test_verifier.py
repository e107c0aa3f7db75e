"""On a verifier's screen, by the command alone: a paper that nobody issued, and a lie that would hide itself."""

import dataclasses

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.attested import Attested
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.showing import show, signed, write_showing
from beffroi.town.manifest import DEPLOYMENTS, read_manifest
from testbed.town import MAYOR
from tests.journeys.conftest import NAME, chain, does
from tests.journeys.test_records_scripts import NONCE
from tests.records.conftest import DIPLOMA, SAID

__all__ = ["chain", "does"]
MALLORY = Key.derived("mallory")
HIDING = "Doctorat\nAll of it holds.\n\x1b[8m\x1b]0;\u202e"
"""The words of success, and signs that make what follows invisible (SGR 8, a title that never ends, direction)."""


def test_a_paper_that_nobody_issued_is_not_told_to_hold_and_hides_nothing(tmp_path, chain, does):
    attested = Attested.of(chain, read_manifest(DEPLOYMENTS / "31337" / f"{NAME}.json"))
    attested.open_schema(MAYOR, DIPLOMA)
    own = seal(DIPLOMA, 1, MAYOR.address, 0, [PaperDraft(SAID, MALLORY.address)]).paper(0)
    asked = ("degree",), "employer", bytes.fromhex(NONCE[2:]), clock_s(chain)
    forged = signed(show(attested.home, own, *asked), MALLORY.secret)
    write_showing(tmp_path / "a.json", forged)
    check = ("papers", "check", tmp_path / "a.json", "--as", "employer", "--nonce", NONCE)
    told = does(*check, "--offline", code=3)
    assert "NOT ASKED: whether it was issued" in told
    assert "All of it holds" not in told
    assert "NOT SO: " in does(*check, code=1)

    lie = dataclasses.replace(forged.claims[0], value=HIDING)
    write_showing(tmp_path / "a.json", dataclasses.replace(forged, claims=(lie,)))
    told = does(*check, code=1)
    assert "NOT SO: the paper does not say degree" in told
    assert "\nAll of it holds." not in told
    assert not {"\x1b", "\u202e"} & set(told)
