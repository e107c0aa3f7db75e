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
        ("consultations", {"longest_notice_days": 13}, "credibility.notice_days", "longer than"),
    ],
)
def test_votes_fit_between_their_floors_and_ceilings(section, changes, key, why):
    content = load_town(EXAMPLE).model_dump()
    with pytest.raises(ValidationError) as refused:
        TownConfig.model_validate(content | {section: content[section] | changes})
    (error,) = refused.value.errors()
    assert error["ctx"]["key"] == key
    assert why in error["msg"]


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
