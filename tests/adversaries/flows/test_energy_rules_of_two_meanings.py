"""Rules of one hash that two machines read otherwise, or whose words hide what they say."""

import pytest
from pydantic import ValidationError

from beffroi.flows.energy.energyrules import Rules
from tests.flows.energy.street import rules


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory", "right/Europe/Paris", "posix/Europe/Paris"])
def test_a_clock_that_is_each_machine_s_own_or_counts_leap_seconds_is_no_operation_s(zone):
    with pytest.raises(ValidationError):
        Rules.model_validate(rules().model_dump() | {"timezone": zone})


@pytest.mark.parametrize("name", ["jour\u202e", "\x9b31mjour", "jour\u200b", "jour\u2028nuit", " jour"])
def test_a_slot_s_name_has_no_sign_that_screens_do_not_show(name):
    told = rules().model_dump()
    told["slots"][0]["name"] = name
    with pytest.raises(ValidationError):
        Rules.model_validate(told)
