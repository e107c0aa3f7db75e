"""The Rulebook of a town: what it refuses is said before anything is sent, and a town succeeds it by its file alone."""

from dataclasses import replace

import pytest
from eth_abi.abi import decode

from beffroi.ballots.rules import M
from beffroi.chain.abi import entry, types
from beffroi.chain.keys import Key
from beffroi.cli.consultation import opening_roll
from beffroi.consultation.opening import Calendar, open_consultation, opening
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.rulebook import require_phases, require_terms
from beffroi.residents import ResidentKind
from beffroi.roll import Roll
from beffroi.town.apply import apply_plan
from beffroi.town.check import check_town
from beffroi.town.config import TownConfig
from beffroi.town.plan import DriftError, make_plan, require_no_drift
from beffroi.units import DAY_S
from testbed.polls import HOUR_S, SUBJECT, hall_of
from testbed.town import MAYOR

MINUTE_S = 60
ROLL = Roll.of([Key.derived("on the roll", number).address for number in range(8)])


def asked(hall, roll=ROLL, minimum=5, **moved_s):
    """The words of an opening; each moment may be moved by seconds."""
    opens = hall.polls.now_s() + HOUR_S
    moments = {"opens_at": opens, "closes_at": opens + HOUR_S, "tally_by": opens + 2 * HOUR_S}
    calendar = Calendar(**{name: at_s + moved_s.get(name, 0) for name, at_s in moments.items()})
    return {"subject": SUBJECT, "roll": roll, "calendar": calendar, "secrecy_minimum": minimum}


def sent(hall):
    return hall.polls.rpc.number("eth_getTransactionCount", hall.officer.address, "latest")


REFUSED = [
    ({"minimum": 4}, "a secrecy minimum of 4 tells too much of each ballot: 5 at least"),
    ({"minimum": 9}, "a secrecy minimum of 9 asks for more of the roll than the town allows, 8 here"),
    ({"opens_at": 9 * MINUTE_S - HOUR_S}, r"the vote would open .* UTC, and residents must hear of it before: not unt"),
    ({"closes_at": -1}, "the vote would close .* UTC, too soon after it opens: not until"),
    ({"opens_at": 93 * DAY_S}, "the vote would open .* UTC, and what is put off too long is never decided: by "),
    ({"opens_at": 10**12}, "the vote would open after the year 9999, and what is put off"),
    ({"closes_at": 93 * DAY_S}, "the vote would close .* UTC, too long after it opens: by "),
    ({"tally_by": 93 * DAY_S}, "the trustees would be late only .* UTC, and until then nobody says that they are: by "),
    ({"tally_by": -HOUR_S}, "the trustees would be late .* UTC, and the vote closes .* UTC: leave them time after it"),
]


@pytest.fixture
def hall(town):
    return hall_of(town)


@pytest.mark.parametrize(("words", "sentence"), REFUSED, ids=[sentence[:24] for _, sentence in REFUSED])
def test_what_the_rulebook_refuses_is_said_and_not_sent(hall, words, sentence):
    key, before = hall.key(), sent(hall)
    with pytest.raises(ConsultationError, match=f"the town's Rulebook refuses it: {sentence}"):
        open_consultation(hall.polls, hall.officer, ceremony=key, **asked(hall, **words))
    assert sent(hall) == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rollSize": 0}, "a roll has 1 to 16,777,215 voters, and this one 0"),
        ({"rule": ([[M // 8, 0]], b"\0", 0)}, "a counter of this rule could overflow with 8 voters"),
        ({"rule": ([[1, 0]], b"\1", 0)}, "the rule has no ciphertext, or too many, or names a set that it has not"),
        (
            {"rule": ([[0] * 64], bytes(32), 0)},
            "a ballot of this rule has 137,216 bytes, more than nodes",
        ),
        ({"rule": ([[]], b"\0", 0)}, "set 0 of the rule has 0 messages: 1 to 64 are allowed"),
    ],
)
def test_terms_that_no_tool_makes_are_refused_in_words_too(hall, changed, sentence):
    consultations, act = hall.polls.consultations, opening(hall.polls, ceremony=hall.key(), **asked(hall))
    inputs = entry(consultations.abi, "function", "open")["inputs"]
    (values,) = decode(types(inputs), act.data[4:])
    terms = dict(zip((it["name"] for it in inputs[0]["components"]), values, strict=True)) | changed
    with pytest.raises(ConsultationError, match=sentence):
        require_terms(hall.polls, replace(act, data=consultations.encode("open", terms)))


def test_a_roll_that_the_rulebook_refuses_is_not_written(town, hall, tmp_path):
    town.enrols(ResidentKind.CITIZEN, *(Key.derived("citizen", number) for number in range(4)))
    key, path = hall.key(), tmp_path / "roll.csv"

    def act_of(roll):
        return opening(hall.polls, ceremony=key, **asked(hall, roll=roll))

    with pytest.raises(ConsultationError, match="asks for more of the roll than the town allows, 4 here"):
        opening_roll(hall.polls, town.residents, hall.officer, path, [ResidentKind.CITIZEN], act_of)
    assert not path.exists()


def test_phases_too_short_or_too_long_are_named(hall):
    least = 10 * MINUTE_S
    require_phases(hall.polls, (least,) * 5)
    with pytest.raises(ConsultationError, match="599 s for the deals are too few: 600 s at least"):
        require_phases(hall.polls, (least, least, least - 1, least, least))
    with pytest.raises(ConsultationError, match="2678401 s for the acknowledgements are too many: 2678400 s at most"):
        require_phases(hall.polls, (least, least, least, least, 31 * DAY_S + 1))


def test_an_opening_that_was_done_is_found_when_its_notice_is_over(hall):
    key, words = hall.key(), asked(hall)
    number = open_consultation(hall.polls, hall.officer, ceremony=key, **words)
    hall.pass_s(HOUR_S)
    before = sent(hall)
    assert open_consultation(hall.polls, hall.officer, ceremony=key, **words) == number
    assert sent(hall) == before


def test_a_town_succeeds_its_rulebook_and_touches_no_ballot_box(town, hall, tmp_path):
    vote = hall.consult()

    def plan(**changes):
        content = town.config.model_dump()
        changed = TownConfig.model_validate(content | {"consultations": content["consultations"] | changes})
        return make_plan(town.rpc, changed, MAYOR.address, town.manifest)

    with pytest.raises(DriftError, match="Rulebook"):
        require_no_drift(plan(secrecy_minimum=6))

    succeeding = plan(secrecy_minimum=6, rulebook="Rulebook2")
    assert [it.key for it in succeeding.steps if not it.is_done(town.rpc)] == ["deploy Rulebook2", "wire"]
    manifest = apply_plan(succeeding, town.rpc, MAYOR, folder=tmp_path)
    assert manifest.address("Consultations") == hall.polls.consultations.address
    assert [it for it in check_town(town.rpc, succeeding.config, manifest) if not it.holds] == []
    key = hall.key()
    with pytest.raises(ConsultationError, match="a secrecy minimum of 5 tells too much of each ballot: 6 at least"):
        open_consultation(hall.polls, hall.officer, ceremony=key, **asked(hall))
    assert open_consultation(hall.polls, hall.officer, ceremony=key, **asked(hall, minimum=6)) == vote.number + 1
    assert hall.polls.params(vote.number) == vote.params
