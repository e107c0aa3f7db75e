"""Every act × every actor × every way: the authority lets pass whom SECURITY.md says, and nobody else."""

import os
import re
from collections import Counter

from beffroi.chain.artifacts import ROOT
from beffroi.town.fields import Office
from tests.adversaries.matrix import PEOPLES, Way, error_name, everyone, expected, is_of_authority, read, tried

SECURITY = ROOT / "SECURITY.md"
TABLE = re.compile(r"(?<=<!-- who may call what -->\n).*?(?=<!-- end -->)", re.DOTALL)


def test_every_restricted_act_is_refused_to_whoever_does_not_hold_its_office(scene, every_act, actors):
    """Directly, by `execute` and by `schedule`; whoever holds it is stopped by the contract at most."""
    who, refused, passed = list(everyone(actors)), Counter(), Counter()
    for act in (it for it in every_act if it.office is not None):
        answers = tried(scene.rpc, scene.town.authority, act, who, act.nothing)
        for (way, actor), told in zip(who, answers, strict=True):
            owed = expected(act, actor, way)
            assert told.startswith(owed) if owed else not is_of_authority(told), f"{actor.name}, {act}, {way}: {told}"
            (passed if actor.may(act) else refused)[act.selector, act.address, actor.name] += 1

    restricted = [(act.selector, act.address) for act in every_act if act.office is not None]
    people = [actor for actor in actors if not actor.delays.keys() & {Office.CONVEYANCE, Office.CALLER}]
    for act in (it for it in every_act if it.office is not None):
        key = (act.selector, act.address)
        assert all(refused[*key, actor.name] == len(Way) for actor in people if not actor.may(act))
        assert all(passed[*key, actor.name] == len(Way) for actor in people if actor.may(act))
    assert len(restricted) > 50


def test_whoever_is_not_admin_has_the_authority_call_nothing_that_is_open_to_all(scene, every_act, actors):
    who = [(way, actor) for way, actor in everyone(actors) if way is not Way.DIRECTLY and actor.name != "ADMIN"]
    for act in (it for it in every_act if it.office is None):
        told = tried(scene.rpc, scene.town.authority, act, who, act.nothing)
        assert set(told) == {"AccessManagerUnauthorizedCall"}, str(act)


def test_no_office_and_no_pair_of_them_rules_the_authority(scene, actors):
    town = scene.town
    arguments = {
        "grantRole": (2, actors[1].address, 0), "revokeRole": (2, actors[1].address), "labelRole": (2, "X"),
        "setGrantDelay": (2, 0), "setRoleAdmin": (2, 3), "setRoleGuardian": (2, 3),
        "setTargetAdminDelay": (town.residents.address, 0), "setTargetClosed": (town.residents.address, True),
        "setTargetFunctionRole": (town.residents.address, [], 2),
        "updateAuthority": (town.residents.address, actors[1].address),
    }  # fmt: skip
    others = [it.address for it in actors if it.name != "ADMIN"]
    for name, words in arguments.items():
        call = {"to": town.authority.address, "data": "0x" + town.authority.encode(name, *words).hex()}
        answers = scene.rpc.batch([("eth_call", [call | {"from": it}, "latest"]) for it in others])
        assert {error_name(it) for it in answers} == {"AccessManagerUnauthorizedAccount"}, name


def test_what_no_office_may_is_admins_own_on_purpose(every_act):
    own = {(act.contract, act.function) for act in every_act if act.office is Office.ADMIN}
    of_residents = {"addFollower", "removeFollower", "enrolInstitution"}
    of_currency = {"resumeSeizure", "annulSeizure", "retire"}
    assert own == {
        *(("Residents", act) for act in of_residents),
        *(("LocalCurrency", act) for act in of_currency),
        ("LandRegister", "addFollower"),
        ("Consultations", "setRulebook"),
        ("Admission", "setRequirement"),
    }


def test_every_office_has_its_line_in_security(every_act):
    text = SECURITY.read_text()
    for office in PEOPLES:
        assert re.search(rf"(?m)^\| {office.name.lower().replace('_', ' ')}\b", text), office.name


def test_the_table_of_acts_in_security_is_the_chains(scene, every_act):
    """`BEFFROI_TABLE=write pytest tests/adversaries` writes it anew."""
    table, text = _table(scene.town, every_act), SECURITY.read_text()
    if os.environ.get("BEFFROI_TABLE") == "write":
        SECURITY.write_text(TABLE.sub(lambda _: table, text))
    assert TABLE.search(SECURITY.read_text())[0] == table, "BEFFROI_TABLE=write pytest tests/adversaries"
    assert sum(len(it) for it in read(scene.town).members.values()) > len(PEOPLES)


def _table(town, every_act):
    lines = ["| office | contract | acts |", "|---|---|---|"]
    for office in Office:
        for contract in town.manifest.contracts:
            names = sorted({it.function for it in every_act if (it.office, it.contract) == (office, contract)})
            if names:
                called = office.name if office is Office.ADMIN else office.name.lower().replace("_", " ")
                lines.append(f"| {called} | {contract} | {', '.join(names)} |")
    return "\n".join(lines) + "\n"
