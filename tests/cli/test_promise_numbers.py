"""Which promises a command is about, as people count them."""

import pytest

from beffroi.cli.credibility import numbers
from beffroi.consultation.polls import ConsultationError

PROMISES = ["a school", "a pool", "a market"]


def test_they_count_from_one_between_commas():
    assert numbers("1, 3", PROMISES) == [0, 2]


@pytest.mark.parametrize("listed", ["0", "4", "", "1,,2", "one", "-1"])
def test_what_is_no_number_of_theirs_is_refused(listed):
    with pytest.raises(ConsultationError, match="numbers from 1 to 3"):
        numbers(listed, PROMISES)


@pytest.mark.parametrize("listed", ["1,1", "2,1,02"])
def test_one_that_is_named_twice_is_refused_in_words(listed):
    with pytest.raises(ConsultationError, match="is named twice"):
        numbers(listed, PROMISES)
