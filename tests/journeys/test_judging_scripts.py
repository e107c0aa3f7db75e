"""Judging promises by commands alone: what a citizen, a journalist and whoever settles are told and may do."""

import base64
import json
import os
import re
from functools import partial
from pathlib import Path

import pytest

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.consultation import casting
from beffroi.consultation.opening import Calendar, carry_out, opening
from beffroi.credibility.evaluation import judgement, messages
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.residents import ResidentKind
from beffroi.roll.file import write_csv
from beffroi.roll.sealing import RollSeals
from beffroi.town.manifest import DEPLOYMENTS
from beffroi.town.session import TOWNS
from beffroi.units import DAY_S, HOUR_S
from testbed.anvil import anvil
from testbed.polls import SUBJECT, Vote, hall_of
from testbed.town import found, fund
from tests.adversaries.vote.test_out_of_reach import CITIZENS, OFFICIAL, SILENCE_S, STRANGER, UNJUDGED, Council
from tests.support.ape_shell import ApeShell

NAME = f"test-judging-{os.getpid()}"
NO_QUESTION = "data:application/json;base64," + base64.b64encode(b"{").decode()


@pytest.fixture
def chain():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture
def council(tmp_path, chain):
    path = tmp_path / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", NAME))
    town = found(chain, path, DEPLOYMENTS)
    fund(town.rpc, CITIZENS)
    town.enrols(ResidentKind.CITIZEN, *CITIZENS)
    yield Council(town, hall_of(town), Mandates(town.rpc, town.authority, town.contract("Promises")))
    for left in (ROOT / "deployments").glob(f"*/{NAME}.json"):
        left.unlink()


@pytest.fixture
def does(tmp_path, chain, council):
    """Gives a command in that town, and what it printed."""
    shell = ApeShell({**os.environ, "APE_DATA_FOLDER": str(tmp_path / "ape"), "COLUMNS": "200"})

    def run(*words, code=0):
        found_code, told = shell.run(*map(str, words), "--town", str(council.file), "--network", chain.url)
        assert found_code == code, told
        assert "Traceback" not in told
        return told

    council.file = tmp_path / "town.yaml"
    yield run
    shell.close()


@pytest.fixture
def called(council):
    """A promise that is due and that the officer left is put to the vote by a stranger: evaluation, consultation."""
    mandate = council.mandate(10_000)
    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    council.hall.seal_roll()
    evaluation = council.mandates.call(STRANGER, mandate, [0], council.hall.key())
    return mandate, evaluation, council.consultation(evaluation)


def pledged(council: Council, pledge: Pledge) -> int:
    polls = council.hall.polls
    terms = (OFFICIAL.address, polls.now_s() + 365 * DAY_S, Supply.FIFTY_MILLION, keccak(b"elected"))
    council.mandates.open(council.hall.clerk, *terms)
    council.hall.pass_s(2 * DAY_S)
    mandate = council.mandates.open(council.hall.clerk, *terms)
    assert mandate is not None
    council.mandates.pledge(OFFICIAL, mandate, [pledge])
    return mandate


def published_roll(council: Council, path: Path) -> Path:
    """The roll that was sealed last, as the town publishes it."""
    rolls, residents = council.town.contract("Rolls"), council.town.residents
    roll, seal = RollSeals(council.town.rpc, rolls, residents, council.hall.polls.first).draw(ResidentKind.CITIZEN)
    write_csv(roll, seal, path)
    return path


def test_an_audit_gives_its_verdict_whatever_the_officer_wrote_beside_the_question(tmp_path, council, does):
    mandate, polls = council.mandate(10_000), council.hall.polls
    roll, key = council.hall.seal_roll(), council.hall.key()
    opens = polls.now_s() + HOUR_S
    act = opening(
        polls, ceremony=key, subject=judgement(polls, council.promises, mandate, [0], mid_term=True), roll=roll,
        calendar=Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S), secrecy_minimum=5, uri=NO_QUESTION,
    )  # fmt: skip
    consultation = carry_out(polls, council.hall.officer, act, key)
    council.send(council.hall.officer, "attachEvaluation", mandate, bytes([0]), consultation, True)
    council.hall.pass_s(HOUR_S + 60)
    council.hall.count(council.votes(consultation, roll, 4))
    verdict = tmp_path / "verdict.json"
    path = published_roll(council, tmp_path / "roll.csv")
    told = does("vote", "audit", consultation, "--roll", path, "--json", verdict)
    assert "CONFIRMED. The result" in told
    assert json.loads(verdict.read_text())["outcome"] == "confirmed"
    fixed = does("vote", "finalise", consultation)
    for shown in (told, fixed):
        assert "the text on the chain is no question" in shown
        assert "promise 1: (the text of keccak256" in shown
        assert "kept at 100.0 %: 12 opinions, 0 of 48 missing" in shown


def test_a_judgement_that_failed_is_given_back_by_command(council, does, called):
    mandate, evaluation, consultation = called
    polls = council.hall.polls
    council.hall.pass_s(polls.params(consultation).closes_at - polls.now_s() + 1)
    council.town.does(STRANGER, polls.consultations, "close", consultation)
    assert f"The promises of evaluation {evaluation} are given back" in does("cred", "settle", evaluation)
    assert council.state(mandate, 0) == UNJUDGED


@pytest.mark.parametrize("text", ["A school [/b]", "A school\x1b[2J\x1b[H, as sealed"], ids=["markup", "terminal"])
def test_no_official_writes_a_promise_that_keeps_its_report_from_being_read(tmp_path, council, does, text):
    mandate = pledged(council, Pledge.in_full(text, 10_000, council.hall.polls.now_s() + 9 * DAY_S))
    table = tmp_path / "promises.csv"
    told = does("cred", "report", mandate, "--csv", table, "--svg", tmp_path / "mandate.svg")
    for shown in (told, table.read_text(), (tmp_path / "mandate.svg").read_text()):
        assert "A school" in shown
        assert "\x1b[2J" not in shown
    assert "not the text that was sealed" not in told


class TwoFaced(Pledge):
    """Voted on is a study; read is whatever stands in the address."""

    def as_tuple(self) -> tuple[str, bytes, str, int, int]:
        return self.title, keccak(b"A study of whether there should be one"), self.uri, self.weight_bps, self.due_at


def test_a_report_says_where_its_text_is_not_the_one_that_is_judged(tmp_path, council, does):
    mandate = pledged(council, TwoFaced.in_full("A school", 10_000, council.hall.polls.now_s() + 9 * DAY_S))
    table, all_ = tmp_path / "promises.csv", tmp_path / "mandate.json"
    told = does("cred", "report", mandate, "--csv", table, "--json", all_)
    for shown in (told, table.read_text(), all_.read_text()):
        assert "(not the text that was sealed) A school" in shown


def test_a_citizen_votes_on_a_promise_by_command_and_everybody_reads_whose_was_judged(tmp_path, council, does):
    hall, polls = council.hall, council.hall.polls
    council.town.enrols(ResidentKind.CITIZEN, Key(bytes(anvil_account().key)))
    mandate = pledged(council, Pledge.in_full("A school\nfor all [/b]", 10_000, polls.now_s() + 100 * DAY_S))
    hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    roll = hall.seal_roll()
    consultation = council.consultation(council.mandates.call(STRANGER, mandate, [0], hall.key()))
    params = polls.params(consultation)
    hall.pass_s(params.opens_at - polls.now_s() + 1)
    path, trustees, opened = tmp_path / "roll.csv", tmp_path / "trustees.json", tmp_path / "opened.json"
    published_roll(council, path)
    trustees.write_text(json.dumps(hall.panels[0].as_dict()))
    vote = partial(does, "vote", "cast", consultation)
    with_them = ("--roll", path, "--trustees", trustees)

    told = vote("kept; broken", *with_them, code=1)
    assert "give one level for each promise" in told
    assert "promise 1: A school for all [/b]" in told
    assert "there is no level 'yes'" in vote("yes", *with_them, code=1)
    told = vote("1=half kept", *with_them, "--then", "audit", "--opening", opened)
    assert f"Mandate {mandate}, of {OFFICIAL.address}: how far was each promise kept?" in told
    assert "promise 1: A school for all [/b]" in told
    assert "Your ballot says: promise 1: half kept" in told
    assert "holds promise 1: half kept" in does("vote", "receipt", opened)
    assert "Cast, for" in vote("Half kept", *with_them)

    others = [it for it in CITIZENS if it.address in roll.accounts()][:4]
    ballots = Vote(params, roll, others, SUBJECT)
    place = {account: index for index, account in enumerate(roll.accounts())}
    hall.post(ballots, [
        casting.sign(params, place[it.address], make_ballot(params, to_address(it.address), 0, messages([4])), it)
        for it in others
    ])  # fmt: skip
    hall.pass_s(params.closes_at - polls.now_s() + 1)
    hall.count(ballots)
    found = "kept at 90.0 %: 5 opinions, 2 of 20 missing"
    told = does("vote", "audit", consultation, "--roll", path)
    assert "CONFIRMED. The result" in told
    assert found in told
    assert f"Mandate {mandate}, of {OFFICIAL.address}: how far was each promise kept? [promise 1: A school" in told
    assert found in does("vote", "finalise", consultation)


def test_what_is_refused_is_told_in_peoples_numbers_and_days(tmp_path, council, does):
    mandate, key, other = council.mandate(4_000, 6_000), council.hall.key(), council.hall.key()
    listed = does("vote", "ceremony", "keys")
    assert "2 keys are free" in listed
    assert f"ceremony {key}, for any vote, 2 of 3 trustees: 0x" in listed
    trustees = tmp_path / "trustees.json"
    trustees.write_text(json.dumps(council.hall.panels[0].as_dict() | {"needed": 3}))
    listed = does("vote", "ceremony", "keys", "--trustees", trustees)
    assert listed.count("NOT OF THE PUBLISHED TRUSTEES") == 2
    early = does("cred", "call", mandate, "--promises", 2, "--ceremony", key, code=1)
    assert re.search(r"too early for promise 2: anyone may do this from 20\d\d-\d\d-\d\d .* UTC on", early)

    council.hall.pass_s(100 * DAY_S + SILENCE_S + 1)
    council.hall.seal_roll()
    council.mandates.call(STRANGER, mandate, [1], key)
    assert f"ceremony {key}," not in does("vote", "ceremony", "keys")
    again = does("cred", "call", mandate, "--promises", "1,2", "--ceremony", other, code=1)
    assert f"promise 2 of mandate {mandate} is being judged" in again
    letter = tmp_path / "letter.txt"
    letter.write_text("She resigns")
    for cancel in ((), ("--cancel",)):
        told = does("cred", "end", mandate + 9, letter, *cancel, code=1)
        assert f"there is no mandate {mandate + 9}: nothing was sent" in told
        assert "nnounced" not in told


def test_a_text_that_nobody_can_compare_is_not_shown_as_the_one_that_is_judged(tmp_path, council, does, called):
    _, _, consultation = called
    roll, trustees = published_roll(council, tmp_path / "roll.csv"), tmp_path / "trustees.json"
    trustees.write_text(json.dumps(council.hall.panels[0].as_dict()))
    told = does("vote", "cast", consultation, "", "--roll", roll, "--trustees", trustees, code=1)
    assert f"promise 1: (the text of keccak256 0x{keccak(b'p0').hex()} is said to be at ipfs://" in told
