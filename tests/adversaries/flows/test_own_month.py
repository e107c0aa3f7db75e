"""What a member is told of her own month when her column is made another's, or of the other kind."""

from beffroi.flows.energy.privatefile import verify_own
from testbed.energy import street
from testbed.energyfalse import with_column

COURT = street(4, 2, 24, step_s=3600)
ROOF = 4


def test_whose_roof_is_billed_for_another_member_is_told_so_by_her_own_file():
    friend = COURT.period.columns[0].member
    assert COURT.month(ROOF).column.member != COURT.period.columns[1].member
    it = with_column(COURT, ROOF + 1, member=friend)
    assert [*verify_own(COURT.month(ROOF + 1), it.period)] != []


def test_whose_column_is_of_the_other_kind_is_told_so_by_her_own_file():
    it = COURT.restated(consumers=ROOF + 1)
    assert [*verify_own(COURT.month(ROOF), it.period)] != []
    stated = with_column(COURT, ROOF, kind=1)
    assert [*verify_own(COURT.month(ROOF), stated.period)] != []
