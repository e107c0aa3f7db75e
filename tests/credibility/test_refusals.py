"""What Promises and Appeals refuse, in people's words: every error has some, with people's numbers and dates."""

import string

import pytest

from beffroi.chain.artifacts import artifact
from beffroi.chain.sender import TransactionFailedError
from beffroi.credibility.refusals import REFUSALS, in_words, worded

ERRORS = {
    item["name"]: [it["name"] for it in item["inputs"]]
    for contract in ("Promises", "Appeals")
    for item in artifact(contract).abi
    if item["type"] == "error" and item["name"].startswith(("Promises_", "Appeals_"))
}


def test_every_error_has_words_and_none_has_words_for_nothing():
    assert set(REFUSALS) == set(ERRORS)


@pytest.mark.parametrize("name", REFUSALS)
def test_the_words_name_nothing_that_the_error_does_not_tell(name):
    told = ", ".join(f"{it}=7" for it in ERRORS[name])
    assert {field for _, field, *_ in string.Formatter().parse(REFUSALS[name]) if field} <= set(ERRORS[name])
    assert worded(f"{name}({told})").endswith(f" ({name})")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "call an evaluation: Promises_NotSilent(promiseId=0, from=1812634649); nothing was sent",
            "too early for promise 1: anyone may do this from 2027-06-10 13:37:29 UTC on (Promises_NotSilent); nothing",
        ),
        (
            "give promises back: Promises_NotLate(from=1812634649); nothing was sent",
            "trustees may still come: the promises are given back from 2027-06-10 13:37:29 UTC on (Promises_NotLate);",
        ),
        (
            "Promises_WrongState(mandate=1, promiseId=4, state=2)",
            "promise 5 of mandate 1 is being judged (Promises_WrongState)",
        ),
        ("Promises_NoResult(evaluation=3, status=2)", "the vote of evaluation 3 is open: people are voting"),
        ("Promises_NoKey()", "no key is ready that nobody reserved"),
        ("Promises_DueOutsideMandate(promiseId=0, dueAt=99999999999999)", "a time that no calendar has"),
    ],
)
def test_promises_count_from_one_and_moments_are_dates(said, told):
    assert told in worded(said)


@pytest.mark.parametrize("said", ["Promises_Unheard(of=1)", "Promises_NotSilent(which=1)", "Rolls_NotSealed()",
                                  "Promises_WrongState(mandate=1, promiseId=x)"])  # fmt: skip
def test_what_is_not_known_stays_as_it_is(said):
    assert worded(said) == said


def test_the_refusal_itself_is_told_in_words():
    with (
        pytest.raises(TransactionFailedError, match=r"evaluation 3 does not exist.*\(Promises_NoEvaluation\)$"),
        in_words(),
    ):
        raise TransactionFailedError("Promises_NoEvaluation(evaluation=3)")
