"""A returning officer who must announce acts opens a consultation on the roll that was announced."""

from functools import partial

import pytest

from beffroi.chain.announcing import NotAnnouncedError
from beffroi.chain.keys import Key
from beffroi.chain.sender import announce
from beffroi.cli.consultation import opening_roll
from beffroi.consultation.opening import Calendar, open_consultation, opening
from beffroi.residents import ResidentKind
from beffroi.roll import read_csv
from beffroi.town.fields import Office
from testbed.polls import HOUR_S, SUBJECT, hall_of
from testbed.town import ELSEWHERE, MAYOR

CITIZENS = [Key.derived("citizen", number) for number in range(6)]
NEWCOMER = ELSEWHERE[0]


class Officer:
    """Gives one command again and again, until it is carried out."""

    def __init__(self, town, path):
        self.town, self.path, self.hall = town, path, hall_of(town)
        opens = self.hall.polls.now_s() + 10 * 24 * HOUR_S
        self.terms = {
            "ceremony": self.hall.key(),
            "subject": SUBJECT,
            "calendar": Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S),
            "secrecy_minimum": 5,
        }
        town.does(MAYOR, town.authority, "grantRole", int(Office.RETURNING_OFFICER), self.hall.officer.address, HOUR_S)

    def commands(self):
        """The consultation's number; None where it was announced."""
        polls, officer = self.hall.polls, self.hall.officer
        act = partial(opening, polls, **self.terms)
        kinds = [ResidentKind.CITIZEN]
        roll = opening_roll(polls, self.town.residents, officer, self.path, kinds, lambda it: act(roll=it))
        try:
            return open_consultation(polls, officer, roll=roll, **self.terms)
        except NotAnnouncedError as error:
            announce(error.rpc, error.acts)
            return None

    def sealed(self):
        return set(read_csv(self.path)[0].accounts())


@pytest.fixture
def officer(town, tmp_path):
    town.enrols(ResidentKind.CITIZEN, *CITIZENS)
    return Officer(town, tmp_path / "roll.csv")


def test_when_someone_is_enrolled_after_the_announcement_it_is_carried_out_on_the_announced_roll(officer, capsys):
    assert officer.commands() is None
    assert "The roll is drawn at block" in capsys.readouterr().out
    officer.town.enrols(ResidentKind.CITIZEN, NEWCOMER)
    officer.town.pass_s(HOUR_S)
    number = officer.commands()
    assert "is announced, or done, on the roll of" in capsys.readouterr().out
    assert officer.sealed() == {it.address for it in CITIZENS}
    assert officer.hall.polls.params(number).roll_root == read_csv(officer.path)[0].root


def test_when_the_announcement_was_of_other_terms_the_roll_is_drawn_anew(officer, capsys):
    officer.commands()
    officer.town.enrols(ResidentKind.CITIZEN, NEWCOMER)
    officer.terms |= {"secrecy_minimum": 6}
    assert officer.commands() is None
    assert capsys.readouterr().out.count("The roll is drawn at block") == 2
    assert officer.sealed() == {it.address for it in (*CITIZENS, NEWCOMER)}
