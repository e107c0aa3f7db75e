"""The question's hash of a round over promises: page and library show the texts that it binds, and no others."""

from beffroi.ballots.transcript import keccak
from beffroi.credibility.evaluation import question_of

PROMISES = "0x" + "11" * 20
TEXTS = [keccak(b"a school"), keccak(b"a pool")]


def question(texts=TEXTS, chosen=(0, 1), mandate=7, *, mid_term=False):
    return question_of(31_337, PROMISES, mandate, texts, chosen, mid_term=mid_term)


def test_it_is_what_the_page_computes():
    # frontend/tests/vote/booth/judged.test.ts
    assert question().hex() == "31c3dc75abd49077116dacc5dea4bde57ca7045edea0d6f31e63766c17afc2ad"


def test_it_is_another_for_any_other_text_order_promise_mandate_or_round():
    others = [
        question([TEXTS[0], keccak(b"a pond")]), question(TEXTS[::-1]), question([*TEXTS, keccak(b"a park")]),
        question(TEXTS[:1]), question(chosen=(1, 0)), question(mandate=8), question(mid_term=True),
    ]  # fmt: skip
    assert len({question(), *others}) == 1 + len(others)
