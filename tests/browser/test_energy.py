"""Shared energy in the page: a mandate, one's own month, the street's totals, a contest, a settlement, a ruling."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.publicfile import public_bytes
from beffroi.units import HOUR_S
from testbed.operation import ARBITER, CONTEST_H, ORGANISER, neighbour
from tests.browser.harness.livingstreet import CONTESTER, GOOD, HOMES, NEWCOMER, STEPS, TRUE, euros, lived_in, opens
from tests.browser.harness.looks import assert_fit_for_all

REASON = "Mon compteur était débranché du 2 au 3."


@pytest.fixture(scope="module")
def living(stage, town, tmp_path_factory):
    with lived_in(stage, town, tmp_path_factory.mktemp("energy")) as living:
        yield living


@pytest.fixture
def over(living, stage, as_it_was):
    """The time to contest goes by."""

    def over():
        stage.rpc.call("evm_increaseTime", CONTEST_H * HOUR_S + 1)
        stage.rpc.call("evm_mine")

    return over


def test_a_newcomer_joins_mandates_and_pays_in_by_one_signature_and_leaves_again(arrives, living, as_it_was):
    person = arrives(key=NEWCOMER).visits("/").connects().goes("/energy")
    person.reads("N’importe qui peut ouvrir une opération : vérifiez qui l’organise avant de verser.")
    person.goes(living.path()).reads("Vous n’avez pas encore rejoint cette opération.")
    person.presses("Rejoindre et verser").reads("Indiquez un montant.")
    person.field("Versement").fill("40")
    person.presses("Rejoindre et verser").reads("Indiquez un plafond plus grand que zéro.")
    person.field("Plafond par période").fill("25,50")
    assert_fit_for_all(person, "energy-join-phone")
    person.presses("Rejoindre et verser")
    expect(person.page.get_by_role("dialog")).to_contain_text(f"Verser {euros(40_00)}, et autoriser au plus")
    person.signs().reads("C’est versé.").reads(euros(40_00))
    account = living.street.clearings.account(living.street.terms.op, NEWCOMER.address)
    assert (account.balance_cents, account.cap_cents) == (40_00, 25_50)
    person.page.locator("summary", has_text="Reprendre de l’argent").click()
    person.field("Montant").fill("50")
    person.presses("Reprendre").reads(re.compile("^Vous y avez 40,00"))
    person.field("Montant").fill("15")
    person.presses("Reprendre").signs().reads("C’est rendu.").reads(euros(25_00))
    person.page.locator("summary", has_text="Quitter l’opération").click()
    person.presses("Quitter et tout reprendre").signs().reads("Vous n’avez pas encore rejoint cette opération.")
    assert living.street.balance(NEWCOMER) == 0


def test_ones_own_month_is_charted_billed_and_checked_without_leaving_the_page(arrives, living):
    person = arrives().visits(living.path("/month"))
    opens(person, living.own(0), living.public).reads(GOOD)
    due = living.due(neighbour(0))
    person.reads(f"{'À payer' if due > 0 else 'À recevoir'} : {euros(abs(due))}")
    expect(person.page.get_by_role("img", name=re.compile("^Chaque jour"))).to_be_visible()
    person.page.locator("summary", has_text="Jour par jour").click()
    expect(person.page.get_by_role("table", name="Jour par jour, en chiffres").get_by_role("row")).to_have_count(4)
    assert_fit_for_all(person, "energy-month-phone")


def test_a_producers_month_shows_what_her_roof_injected_and_what_she_is_owed(arrives, living):
    owner = living.file.period.columns[HOMES].member
    due = next(it.amount_cents for it in living.file.lines if it.member == owner)
    person = arrives().visits(living.path("/month"))
    opens(person, living.own(HOMES), living.public).reads("Injecté").reads(GOOD)
    person.reads(f"{'À payer' if due > 0 else 'À recevoir'} : {euros(abs(due))}")


def test_a_month_that_is_not_what_was_published_is_told_by_its_first_step(arrives, living, tmp_path):
    other = json.loads(living.own(1).read_text())
    other["readings"][7] += 1
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(other))
    person = arrives(phone=False).visits(living.path("/month"))
    opens(person, changed, living.public).reads("Premier point faux").reads(re.compile("^Premier relevé qui diffère"))
    changed.write_text(json.dumps(other | {"seed": "0x"}))
    opens(person, changed, living.public).reads("Ce fichier n’est pas de la forme attendue (seed).")
    changed.write_text(json.dumps(other | {"op": "0x" + "11" * 32}))
    opens(person, changed, living.public).reads("Ce fichier est d’une autre opération.")


def test_a_published_period_is_verified_by_whoever_drops_it_and_shows_nobody_alone(arrives, living):
    reader = arrives().visits(living.path("/street"))
    reader.field("Ouvrir le fichier publié").set_input_files(living.public)
    reader.reads(TRUE, within_ms=120_000).reads("La rue, jour par jour")
    expect(reader.page.get_by_test_id("energy-verdict").get_by_text("juste", exact=True)).to_have_count(11)
    assert_fit_for_all(reader, "energy-street-phone")
    damaged = living.folder / "damaged.json.gz"
    damaged.write_bytes(living.public.read_bytes()[:-40])
    reader.field("Ouvrir le fichier publié").set_input_files(damaged)
    reader.reads(re.compile("^Ce fichier n’est pas de la forme attendue"))


def test_a_false_sum_is_told_with_the_refutation_that_voids_it(arrives, living, as_it_was):
    street, period = living.street, living.file.period
    cell = period.cell(4, 30)
    moved = cell[:POINT] + period.cell(4, 31)[POINT : 2 * POINT] + cell[2 * POINT :]
    false = replace(living.file, period=replace(period, odd={4 * STEPS + 30: moved}))
    street.acts.retract(ORGANISER, street.terms)
    street.states(false)
    (living.folder / "false.json.gz").write_bytes(public_bytes(false))
    reader = arrives(phone=False).visits(living.path("/street"))
    reader.field("Ouvrir le fichier publié").set_input_files(living.folder / "false.json.gz")
    reader.reads("Premier point faux", within_ms=120_000).reads(re.compile("réfutation « somme »"))
    reader.reads(re.compile("compteur n° 5, pas n° 31"))
    reader.field("Ouvrir le fichier publié").set_input_files(living.public)
    reader.reads(re.compile("C’est bien le fichier que l’organisateur a déclaré sur la chaîne »"), within_ms=120_000)


def test_one_contests_from_ones_mandate_without_any_file(arrives, living, as_it_was):
    member = arrives(key=CONTESTER).visits("/").connects().goes(living.path())
    member.field("Motif").fill(REASON)
    member.presses("Contester ma ligne")
    expect(member.page.get_by_role("dialog")).to_contain_text(REASON)
    member.signs().reads("Votre ligne est contestée.")
    clearings, op = living.street.clearings, living.street.terms.op
    assert [*clearings.contests(op, clearings.statement(op))] == [CONTESTER.address]
    member.goes(living.path("/desk")).reads(re.compile("^empreinte du motif 0x"))


def test_a_contest_in_words_holds_ones_line_until_the_arbiter_rules(arrives, living, over):
    member = arrives(key=CONTESTER).visits("/").connects().goes(living.path("/month"))
    opens(member, living.own(3), living.public).reads(GOOD)
    member.presses("Contester ma ligne").reads("Écrivez un motif.")
    member.field("Motif").fill(REASON)
    member.presses("Contester ma ligne")
    expect(member.page.get_by_role("dialog")).to_contain_text(REASON)
    member.signs().reads("Votre ligne est contestée.")
    desk = arrives(key=ORGANISER).visits("/").connects().goes(living.path("/desk"))
    desk.reads(re.compile("^empreinte du motif 0x"))
    desk.page.locator("summary", has_text="Vérifier un motif").click()
    desk.field("Texte du motif").fill(f"{REASON} Ou presque.")
    desk.reads("Aucune contestation n’a ce motif, au signe près.")
    desk.field("Texte du motif").fill(f"{REASON}\n")
    desk.reads("C’est le motif de")
    over()
    desk.reads("Clore la période", within_ms=30_000)
    desk.field("Ouvrir le fichier publié").set_input_files(living.public)
    desk.presses(f"Appliquer {len(living.file.lines)} lignes").signs().reads("La période est close.")
    assert_fit_for_all(desk, "energy-desk-phone")
    due = living.due(CONTESTER)
    arbiter = arrives(key=ARBITER).visits("/").connects().goes(living.path("/desk"))
    arbiter.reads(re.compile("^à trancher avant le"))
    arbiter.field("Dû à l’organisateur").fill("100000")
    arbiter.presses("Trancher").reads(re.compile(f"^Au plus {due // 100},"))
    arbiter.field("Dû à l’organisateur").fill("0")
    arbiter.presses("Trancher").signs().reads("Rien n’attend l’arbitre.")
    member.goes(living.path()).reads(re.compile("^tranchée : 0,00"))
    assert_fit_for_all(member, "energy-mandate-phone")
    assert living.street.balance(CONTESTER) == 100_00


def test_lines_of_another_file_are_not_settled_and_a_stranger_rules_on_nothing(
    arrives, living, over, citizen_key, tmp_path
):
    over()
    other = replace(living.file, lines=living.file.lines[:-1])
    (tmp_path / "other.json.gz").write_bytes(public_bytes(other))
    stranger = arrives(key=citizen_key, phone=False).visits("/").connects().goes(living.path("/desk"))
    stranger.field("Ouvrir le fichier publié").set_input_files(tmp_path / "other.json.gz")
    stranger.reads("Les lignes de ce fichier ne sont pas celles qui ont été déclarées.")
    expect(stranger.page.get_by_role("button", name="Trancher")).to_have_count(0)
    expect(stranger.page.get_by_role("button", name="Retirer ce relevé de comptes")).to_have_count(0)
