import pytest

from beffroi.chain.keys import Key
from testbed.circle import members

LEA, MARC, NORA, OMAR = PEOPLE = [Key.derived("circle", name) for name in ("lea", "marc", "nora", "omar")]


@pytest.fixture
def trade(town):
    """Lea, Marc, Nora and Omar in a circle of 100.00 each."""
    return members(town, *PEOPLE)


@pytest.fixture
def bodies(town):
    """The same in a circle that settles at the bank."""
    return members(town, *PEOPLE, isCleared=True)
