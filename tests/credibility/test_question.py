"""The question's hash of a round over promises: page and library show whose promises and the texts that it binds."""

from beffroi.ballots.transcript import keccak
from beffroi.credibility.evaluation import question_of

PROMISES, OFFICIAL, RIVAL = "0x" + "11" * 20, "0x" + "aa" * 20, "0x" + "bb" * 20
TEXTS = [keccak(b"a school"), keccak(b"a pool")]


def question(texts=TEXTS, chosen=(0, 1), mandate=7, subject=OFFICIAL, *, mid_term=False):
    return question_of(31_337, PROMISES, mandate, subject, texts, chosen, mid_term=mid_term)


def test_it_is_what_the_page_computes():
    # frontend/tests/vote/booth/judged.test.ts
    assert question().hex() == "24877f6d197a07685ab441ab51b46740b4cf2fd02abc9a8896e6a3cab8a1d27c"


def test_it_is_another_for_any_other_text_order_promise_mandate_official_or_round():
    others = [
        question([TEXTS[0], keccak(b"a pond")]), question(TEXTS[::-1]), question([*TEXTS, keccak(b"a park")]),
        question(TEXTS[:1]), question(chosen=(1, 0)), question(mandate=8), question(subject=RIVAL),
        question(mid_term=True),
    ]  # fmt: skip
    assert len({question(), *others}) == 1 + len(others)
