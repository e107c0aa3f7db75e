"""What the forge tests of insiders read: every function of the ABIs, and what each office and each pair can do.

`BEFFROI_VECTORS=write` renews the list of functions, `BEFFROI_TABLE=write` the table in SECURITY.md.
"""

import json
import os
import re

from beffroi.chain.abi import signature
from beffroi.chain.artifacts import ROOT, artifact
from beffroi.town.fields import Office
from beffroi.town.governance import APART
from beffroi.town.plan import lay_out
from testbed.town import CONFIG, MAYOR

SECURITY, VECTORS = ROOT / "SECURITY.md", ROOT / "tests" / "vectors"
ACTS, INSIDERS = VECTORS / "acts.json", VECTORS / "insiders.json"
TABLE = re.compile(r"(?<=<!-- what one hand can do -->\n).*?(?=<!-- end -->)", re.DOTALL)
MADE_BY_PROMISES = "Cred"


def _acts():
    names = [it.built for it in lay_out(CONFIG, MAYOR.address).contracts.values()]
    found = {
        name: sorted(
            signature(item)
            for item in artifact(name).abi
            if item["type"] == "function" and item["stateMutability"] in ("nonpayable", "payable")
        )
        for name in (*names, MADE_BY_PROMISES)
    }
    return {name: acts for name, acts in found.items() if acts}


def _words(name):
    return name if name == Office.ADMIN.name else name.lower().replace("_", " ")


def _pairs(said, section, office):
    """The other office of each pair that a section names, with what it says."""
    for pair, what in said[section].items():
        names = pair.split()
        if office in names:
            names.remove(office)
            yield names[0], what


def _table(said):
    effects = said["effects"]
    lines = [
        "| office | can do alone to whoever signed nothing | more in one hand with | in no hand with |",
        "|---|---|---|---|",
    ]
    for office, can in said["alone"].items():
        alone = "; ".join(effects[it] for it in can) or "nothing"
        together = "; ".join(
            f"{_words(other)}: {', '.join(effects[it] for it in more)}"
            for other, more in _pairs(said, "together", office)
        )
        refused = ", ".join(_words(other) for other, _ in _pairs(said, "refused", office))
        lines.append(f"| {_words(office)} | {alone} | {together or '–'} | {refused or '–'} |")
    return "\n".join(lines) + "\n"


def test_the_forge_tests_know_every_function_that_may_change_something():
    if os.environ.get("BEFFROI_VECTORS") == "write":
        ACTS.write_text(json.dumps(_acts(), indent=2) + "\n")
    assert json.loads(ACTS.read_text()) == _acts(), "BEFFROI_VECTORS=write pytest tests/adversaries/test_vectors.py"


def test_the_pairs_that_no_hand_holds_are_those_that_a_towns_file_refuses():
    said = json.loads(INSIDERS.read_text())
    order = list(said["alone"])
    refused = {" ".join(sorted((it.office.upper(), it.other.upper()), key=order.index)): it.why for it in APART}
    admins = {pair: why for pair, why in said["refused"].items() if Office.ADMIN.name in pair.split()}
    assert said["refused"] == refused | admins
    assert admins.keys() == {"ADMIN ADMIN_GUARDIAN"}


def test_the_offices_that_wait_are_those_of_the_example():
    delays = {name: {it.delay_hours for it in holders} for name, holders in CONFIG.offices}
    guardians = CONFIG.governance.guardians
    waits = {name: {"hours": hours, "guardian": guardians[name]} for name, (hours, *_) in delays.items() if hours}
    said = json.loads(INSIDERS.read_text())["waits"]
    assert {name.lower(): it | {"guardian": it["guardian"].lower()} for name, it in said.items()} == waits


def test_every_office_that_people_hold_has_its_line():
    said = json.loads(INSIDERS.read_text())
    assert said["alone"].keys() == {office.name for office in Office} - {Office.CONVEYANCE.name, Office.CALLER.name}
    told = {it for section in ("alone", "together") for names in said[section].values() for it in names}
    assert told == said["effects"].keys()


def test_the_table_of_pairs_in_security_is_what_the_forge_tests_hold():
    table, text = _table(json.loads(INSIDERS.read_text())), SECURITY.read_text()
    if os.environ.get("BEFFROI_TABLE") == "write":
        SECURITY.write_text(TABLE.sub(lambda _: table, text))
    assert TABLE.search(SECURITY.read_text())[0] == table, "BEFFROI_TABLE=write pytest tests/adversaries"
