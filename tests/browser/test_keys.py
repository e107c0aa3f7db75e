"""Keys of people and of ballot boxes: a change of key that its holder stops, and the trustees' ceremonies."""

import re

import pytest
from playwright.sync_api import expect

from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.currency.issuing import reference
from beffroi.demo import trustees
from beffroi.units import ETHER

REFUSED = "Vous avez refusé : rien n’a été signé, rien n’a bougé."
CEREMONY = 5
"""The demo's last, in which one trustee of three has enrolled."""


@pytest.fixture
def trustee(arrives, stage):
    """One of three, by her place, before the ceremonies."""

    def trustee(place):
        account = anvil_account(trustees.FIRST + place)
        stage.rpc.call("anvil_setBalance", account.address, hex(ETHER))
        return arrives(key=Key(bytes(account.key)), phone=False).visits("/").connects().goes("/vote/keys")

    return trustee


def ceremony(person):
    """The card of the ceremony that is under way."""
    return person.page.locator("section.card").filter(has_text=f"Cérémonie {CEREMONY}")


def test_who_still_has_her_key_stops_its_replacement(arrives, citizen_key, stage):
    successor = Key.derived("browser", "a thief's phone").address
    stage.act(
        stage.office("registrar"), "Residents", "proposeRecovery", citizen_key.address, successor,
        reference("a false request"), purpose="propose a recovery",
    )  # fmt: skip
    citizen = arrives(key=citizen_key).visits("/").connects().goes("/recovery")
    citizen.reads("L’officier d’état civil propose qu’une autre clé remplace la vôtre.")
    expect(citizen.page.locator("main")).to_contain_text(successor)
    citizen.wallet.refuse()
    citizen.presses("M’opposer").signs().reads(REFUSED)
    citizen.presses("M’opposer")
    expect(citizen.page.get_by_role("dialog")).to_contain_text(successor)
    citizen.signs().reads("Vous vous êtes opposé : votre clé reste la vôtre.")
    assert [signed["primaryType"] for signed in citizen.wallet.signed] == ["VetoRecovery"] * 2
    assert citizen.wallet.sent == []
    citizen.page.reload()
    citizen.sees_view().reads("Aucun changement de clé n’est demandé pour votre compte.")


def test_who_lost_no_key_has_nothing_to_stop(arrives, citizen_key):
    citizen = arrives(key=citizen_key).visits("/").connects().goes("/recovery")
    citizen.reads("Aucun changement de clé n’est demandé pour votre compte.")
    expect(citizen.button("M’opposer")).to_have_count(0)


def test_a_trustee_who_is_awaited_is_told_phase_deadline_and_command(trustee):
    awaited = ceremony(trustee(1))
    expect(awaited).to_contain_text("inscription des dépositaires")
    expect(awaited).to_contain_text(re.compile(r"jusqu’au \d+ \S+ \d{4} à \d+:\d+ au plus tard"))
    expect(awaited).to_contain_text("2 dépositaires sur 3 ouvriront le résultat ensemble.")
    expect(awaited).to_contain_text("Faites votre clé et inscrivez-vous.")
    expect(awaited).to_contain_text(f"ape run vote ceremony step {CEREMONY} KEYFILE --account ALIAS")
    expect(awaited.get_by_text("✓ fait")).to_have_count(1)
    expect(awaited.get_by_text("attendu", exact=True)).to_have_count(2)
    expect(awaited.get_by_role("button", name="Passer à l’étape suivante")).to_have_count(0)


def test_a_trustee_who_did_her_part_is_asked_for_nothing(trustee):
    done = ceremony(trustee(0))
    expect(done).to_contain_text("Vous avez fait votre part de cette étape.")
    expect(done.get_by_text("ape run vote")).to_have_count(0)


def test_anyone_sees_the_keys_that_were_made_and_no_command(arrives):
    anyone = arrives().visits("/vote/keys")
    expect(ceremony(anyone)).to_contain_text("inscription des dépositaires")
    expect(anyone.page.get_by_text("clé prête")).to_have_count(CEREMONY - 1)
    expect(anyone.page.get_by_text("ape run vote")).to_have_count(0)


@pytest.mark.usefixtures("as_it_was")
def test_when_too_few_came_in_time_a_trustee_ends_the_ceremony_without_a_key(trustee, stage):
    stage.pass_days(2)
    ends = trustee(0)
    ends.wallet.refuse()
    ends.presses("Passer à l’étape suivante").signs().reads(REFUSED)
    ends.presses("Passer à l’étape suivante").signs()
    expect(ceremony(ends)).to_contain_text("sans clé")
