"""What merchants took, by period, held to what the contract counts, whatever a node hides."""

import pytest

from beffroi.chain.keys import Key
from beffroi.programmes.programmebook import NoProgrammeError, ProgrammeBook, ReportLine
from beffroi.residents import ResidentKind
from testbed.aid import Shape, aid
from testbed.town import POSTER, fund

SPONSOR = Key.derived("report", "sponsor")
GROCER, BAKER = Key.derived("report", "grocer"), Key.derived("report", "baker")
EACH = 20_00
SEEDS = {bytes([number]) * 16: EACH for number in range(2)}


@pytest.fixture
def programme(town):
    opened = aid(town, SPONSOR, Shape(2), SEEDS)
    fund(town.rpc, [GROCER])
    town.enrols(ResidentKind.PROFESSIONAL, GROCER, BAKER)
    opened.accredits(GROCER, BAKER)
    return opened


@pytest.fixture
def book(programme):
    return ProgrammeBook.of(programme.town.rpc, programme.town.manifest)


def spent(programme):
    """Both spend in the first period, one at the grocer's in the second, who gives some back once it is over."""
    one, two = programme.keys
    programme.reaches(0)
    bought = [(one, GROCER, 5_00, 0), (two, GROCER, 7_00, 0), (one, BAKER, 1_00, 1)]
    assert programme.spends(bought, shown=[one, two]) == []
    programme.reaches(1)
    slip = programme.spend(one, GROCER, 9_00, 2)
    programme.does(POSTER, "spend", slip, [])
    programme.reaches(2)
    programme.town.does(GROCER, programme.town.currency, "approve", programme.contract.address, 4_00)
    programme.does(GROCER, "refund", slip, 4_00)


def test_a_line_a_merchant_and_period_and_what_came_back_too_late_apart(programme, book):
    assert book.report(programme.name) == []
    spent(programme)
    assert set(book.report(programme.name)) == {
        ReportLine(0, GROCER.address, 12_00, 0),
        ReportLine(0, BAKER.address, 1_00, 0),
        ReportLine(1, GROCER.address, 9_00, 0),
        ReportLine(2, GROCER.address, 0, 4_00),
    }
    now = book.standing(programme.name)
    assert (now.funded, now.spent, now.refunded, now.left) == (4 * EACH, 22_00, 4_00, 4 * EACH - 18_00)


def test_a_node_that_hides_a_spend_is_told(programme, book, monkeypatch):
    spent(programme)
    told = ProgrammeBook.told

    def hidden(self, name, *events):
        found = told(self, name, *events)
        return found if events == ("ProgrammeOpened",) else found[1:]

    monkeypatch.setattr(ProgrammeBook, "told", hidden)
    with pytest.raises(NoProgrammeError, match="or the node hides it"):
        book.report(programme.name)


def test_nobody_reports_of_what_nobody_opened(book):
    with pytest.raises(NoProgrammeError, match="nobody opened a programme 0x0000"):
        book.report(bytes(32))
