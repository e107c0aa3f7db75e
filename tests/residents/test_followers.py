"""Who follows the register, and the contracts on it."""

from ape import chain

from tests.support.commune import CITIZEN, COMMONS_KIND, HASH, INSTITUTION, NOBODY, PROFESSIONAL
from tests.support.refusals import refusal

ABSENT, ACTIVE, SUSPENDED, AWAITING, LEFT, REPLACED = range(6)


def test_a_follower_is_a_contract_added_once_and_there_are_eight_at_most(
    project, commune, residents, currency, mayor, stranger
):
    assert refusal(residents.addFollower, stranger, sender=mayor) == ("Residents_NotAContract", (stranger.address,))
    assert refusal(residents.addFollower, currency, sender=mayor) == ("Residents_AlreadyFollows", (currency.address,))
    for _ in range(8 - len(residents.followers())):
        residents.addFollower(mayor.deploy(project.Town, mayor), sender=mayor)
    assert len(residents.followers()) == 8
    assert refusal(residents.addFollower, commune.town, sender=mayor) == ("Residents_TooManyFollowers", (8,))


def test_admin_lets_a_follower_go_that_stops_the_registrars_every_act(
    project, commune, residents, currency, registrar, mayor, newcomer
):
    before = list(residents.followers())
    broken = mayor.deploy(project.Town, mayor)
    residents.addFollower(broken, sender=mayor)
    assert refusal(residents.enrol, CITIZEN, [newcomer], [], sender=registrar) is not None
    residents.removeFollower(broken, sender=mayor)
    assert list(residents.followers()) == before
    residents.enrol(CITIZEN, [newcomer], [], sender=registrar)
    answer = refusal(residents.removeFollower, broken, sender=mayor)
    assert answer == ("Residents_NotAFollower", (broken.address,))


def test_a_contract_that_holds_money_is_an_institution_for_good(
    project, commune, residents, currency, registrar, court, mayor, citizen, newcomer
):
    escrow = mayor.deploy(project.Town, mayor)
    answer = refusal(residents.enrol, INSTITUTION, [escrow], [], sender=registrar)
    assert answer == ("Residents_InstitutionIsAdmins", ())
    answer = refusal(residents.enrolInstitution, newcomer, sender=mayor)
    assert answer == ("Residents_NotAContract", (newcomer.address,))
    before = residents.population(INSTITUTION)
    residents.enrolInstitution(escrow, sender=mayor)
    assert (residents.isInstitution(escrow), residents.population(INSTITUTION) - before) == (True, 1)
    assert currency.accountOf(escrow).kind == INSTITUTION

    never = ("Residents_Institution", (escrow.address,))
    assert refusal(residents.suspend, escrow, HASH, sender=registrar) == never
    assert refusal(residents.depart, escrow, sender=registrar) == never
    assert refusal(residents.proposeRecovery, escrow, newcomer, HASH, sender=registrar) == never
    known = ("Residents_AlreadyKnown", (escrow.address, ACTIVE))
    assert refusal(residents.proposeRecovery, citizen, escrow, HASH, sender=registrar) == known
    frozen = ("LocalCurrency_Institution", (escrow.address,))
    assert refusal(currency.freeze, escrow, HASH, sender=court) == frozen


def test_a_key_that_borrows_code_is_a_resident_and_no_institution(
    commune, residents, registrar, mayor, newcomer, stranger
):
    """EIP-7702 gives a key code, and takes it away again: it would be an institution that is none tomorrow."""
    chain.provider.make_request("anvil_setCode", [newcomer.address, "0xef0100" + commune.town.address[2:]])
    answer = refusal(residents.enrolInstitution, newcomer, sender=mayor)
    assert answer == ("Residents_NotAContract", (newcomer.address,))
    residents.enrol(CITIZEN, [newcomer], [], sender=registrar)
    residents.proposeRecovery(newcomer, stranger, HASH, sender=registrar)


def test_a_follower_that_joins_late_is_informed_by_anyone(
    project, commune, residents, people, citizen, stranger, mayor
):
    charter = ("Late", "LATE", commune.town, residents, people["commons"], 1 << PROFESSIONAL, 0, 0, 0, 86_400, NOBODY)
    late = mayor.deploy(project.LocalCurrency, charter)
    assert refusal(residents.inform, late, [citizen], sender=stranger) == ("Residents_NotAFollower", (late.address,))
    residents.addFollower(late, sender=mayor)
    residents.inform(late, [citizen, people["commons"]], sender=stranger)
    assert (late.accountOf(citizen).kind, late.accountOf(people["commons"]).kind) == (CITIZEN, COMMONS_KIND)
    answer = refusal(residents.inform, late, [stranger], sender=stranger)
    assert answer == ("Residents_WrongStanding", (stranger.address, ABSENT))


def test_a_pause_of_the_currency_stops_no_recovery(
    residents, currency, guardian, proposed, citizen, newcomer, merchant, stranger
):
    """What a thief could spend between the end of the pause and the recovery is the new key's before."""
    currency.pause(sender=guardian, value=1)
    chain.mine(timestamp=proposed)
    residents.recover(citizen, sender=stranger)
    assert (currency.balanceOf(newcomer), currency.balanceOf(citizen)) == (10_000, 0)
    assert refusal(currency.transfer, merchant, 1, sender=newcomer) == ("LocalCurrency_Paused", ())
