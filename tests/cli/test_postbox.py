"""A post office that answers something else than the town's does is told in a sentence."""

import pytest

from beffroi.cli.postbox import hand_in
from beffroi.errors import SetupError
from tests.support.fake_node import Reply, fake_node


def answered(body, status=200):
    with fake_node(lambda _: Reply(body, status)) as office:
        return hand_in(office.url, {})


@pytest.mark.parametrize("body", ["{}", "[]", "null", "5", '{"id": 5}'])
def test_a_post_office_that_gives_no_number_has_not_taken_the_slip(body):
    with pytest.raises(SetupError, match="gives no number by which it knows this; with --slip, somebody else posts"):
        answered(body)


@pytest.mark.parametrize("body", ["[]", "5", "null", "{}"])
def test_a_refusal_without_words_is_told_by_its_status(body):
    with pytest.raises(SetupError, match=r"^the post office refuses: Bad Request$"):
        answered(body, 400)


def test_what_a_post_office_says_moves_no_terminal():
    assert answered({"id": "\x1b[2JCONFIRMED"}) == "�[2JCONFIRMED"
    with pytest.raises(SetupError, match=r"^the post office refuses: no�\[2J$"):
        answered({"message": "no\x1b[2J"}, 400)
