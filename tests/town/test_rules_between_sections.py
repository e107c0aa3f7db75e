"""What a town's file says in one place has to fit what it says in another."""

import pytest
from pydantic import ValidationError

from beffroi.town.config import TownConfig
from beffroi.town.governance import APART
from beffroi.town.load import load_town
from tests.town.conftest import EXAMPLE


@pytest.mark.parametrize(
    ("section", "changes", "key", "why"),
    [
        ("consultations", {"notice_minutes": 93 * 1_440}, "consultations.longest_notice_days", "133,920 minutes"),
        ("consultations", {"duration_minutes": 93 * 1_440}, "consultations.longest_duration_days", "133,920 minutes"),
        ("consultations", {"phase_minutes": 32 * 1_440}, "consultations.longest_phase_days", "46,080 minutes"),
        ("consultations", {"duration_minutes": 14 * 1_440}, "credibility.voting_days", "shorter than"),
        ("consultations", {"longest_tally_days": 6}, "credibility.voting_days", "longer than"),
        ("consultations", {"longest_duration_days": 6}, "credibility.voting_days", "longer than"),
        ("consultations", {"longest_notice_days": 14}, "credibility.notice_days", "longer, with a day and the delay"),
        (
            "consultations",
            {"notice_minutes": 92 * 1_440},
            "credibility.notice_days",
            "longer, with a day and the delay",
        ),
        ("credibility", {"patience_days": 6}, "credibility.patience_days", "shorter than voting_days, 7: the trustees"),
    ],
)
def test_votes_fit_between_their_floors_and_ceilings(section, changes, key, why):
    content = load_town(EXAMPLE).model_dump()
    with pytest.raises(ValidationError) as refused:
        TownConfig.model_validate(content | {section: content[section] | changes})
    (error,) = refused.value.errors()
    assert error["ctx"]["key"] == key
    assert why in error["msg"]


@pytest.mark.parametrize(
    ("office", "hours", "why"),
    [
        ("registrar", 24, "a roll is proposed within a day of the block it is drawn at: less than 24 hours, or never"),
        ("returning_officer", 168, "a roll is sealed within a week of its proposal: less than 168 hours, or never"),
        ("jury", 720, "its silence confirms after jury_days: less than 720 hours, or never"),
    ],
)
def test_an_office_that_waits_does_not_come_too_late(office, hours, why):
    content = load_town(EXAMPLE).model_dump()
    (holder,) = content["offices"][office]
    late, soon = [holder | {"delay_hours": hours}], [holder | {"delay_hours": hours - 1}]
    other = {"account": "0xdD2FD4581271e230360230F9337D5c0430Bf44C0"}
    with pytest.raises(ValidationError) as refused:
        TownConfig.model_validate(content | {"offices": content["offices"] | {office: late}})
    (error,) = refused.value.errors()
    assert (error["ctx"]["key"], error["msg"]) == (f"offices.{office}.0.delay_hours", why)
    for holders in (soon, [*late, other]):
        TownConfig.model_validate(content | {"offices": content["offices"] | {office: holders}})


def test_an_officer_who_waits_has_time_to_attach_what_it_opened():
    content = load_town(EXAMPLE).model_dump()
    (officer,) = content["offices"]["returning_officer"]
    content["offices"] |= {"returning_officer": [officer | {"delay_hours": 48}]}
    TownConfig.model_validate(content | {"consultations": content["consultations"] | {"longest_notice_days": 17}})
    with pytest.raises(ValidationError, match="a day and the delay of the returning officer to attach it in"):
        TownConfig.model_validate(content | {"consultations": content["consultations"] | {"longest_notice_days": 16}})


@pytest.mark.parametrize("executive", ["clerk", "returning_officer"])
def test_the_executive_cancels_nothing_that_the_jury_announced(executive):
    content = load_town(EXAMPLE).model_dump()
    content["offices"] |= {executive: [{"account": "0xdD2FD4581271e230360230F9337D5c0430Bf44C0"}]}
    content["governance"]["guardians"] = {"jury": executive}
    with pytest.raises(ValidationError, match="the executive hears no appeal, nor cancels what the jury announced"):
        TownConfig.model_validate(content)
    TownConfig.model_validate(content | {"governance": {"guardians": {"jury": "court"}}})


@pytest.mark.parametrize("apart", APART, ids=lambda apart: f"{apart.office} and {apart.other}")
def test_some_offices_stand_apart(apart):
    content = load_town(EXAMPLE).model_dump()
    both = {"account": "0xdD2FD4581271e230360230F9337D5c0430Bf44C0"}
    content["offices"] |= {apart.office: [both], apart.other: [both]}
    with pytest.raises(ValidationError, match=f"{both['account']} is also .*: {apart.why}"):
        TownConfig.model_validate(content)


def test_admin_is_not_its_own_guardian():
    content = load_town(EXAMPLE).model_dump()
    content["admin"] = content["offices"]["admin_guardian"][0]["account"]
    with pytest.raises(ValidationError, match=f"{content['admin']} is ADMIN: its guardian cancels what it announced"):
        TownConfig.model_validate(content)
