"""A batch published whole: everybody makes its root from the file, and the hash of what each paper rests on."""

import json

import pytest

from beffroi.records.definition import DefinitionError
from beffroi.records.openbatch import (
    MOST_PARENTS,
    OpenDraft,
    open_of,
    open_text,
    read_issuable,
    read_open,
    seal_open,
    write_open,
)
from beffroi.records.paper import NOBODY, PaperError, PaperRef
from beffroi.records.paperbatch import SaltReusedError, SealingError, seal
from beffroi.records.paperfile import write_batch
from tests.records.conftest import ALICE, BOB, DIPLOMA, HOME, RECTOR, SAID, draft

ELSEWHERE = PaperRef(3, BOB.address, 7, b"\7" * 32)


def sealed(*drafts, first=4):
    return seal_open(HOME, DIPLOMA, 1, RECTOR.address, first, drafts)


@pytest.fixture
def batch():
    return sealed(
        OpenDraft(SAID, (ELSEWHERE,), ALICE.address, from_s=5, until_s=9),
        OpenDraft(SAID | {"grade": None}, (0, ELSEWHERE)),
    )


def test_a_batch_is_read_as_it_was_sealed(batch, tmp_path):
    write_open(tmp_path / "batch.json", batch)
    read = read_open(tmp_path / "batch.json")
    assert read == batch
    assert read.root == batch.root
    assert read.papers[1].parents == (batch.papers[0].ref, ELSEWHERE)
    assert "grade" not in read.papers[1].values
    assert read.papers[1].subject == NOBODY


def test_its_leaves_are_those_of_a_batch_that_is_kept(batch):
    drafts = [draft(from_s=5, until_s=9), draft(values=SAID | {"grade": None})]
    kept = seal(DIPLOMA, 1, RECTOR.address, 4, drafts)
    alike = seal_open(
        HOME, DIPLOMA, 1, RECTOR.address, 4,
        [OpenDraft(it.values, (), it.subject, it.from_s, it.until_s) for it in drafts], seeds=kept.seeds,
    )  # fmt: skip
    assert alike.root == kept.root != batch.root
    assert [it.ref for it in alike.papers] == [kept.paper(number).paper.ref for number in (4, 5)]


def test_a_paper_holds_in_its_hash_those_that_it_rests_on(tmp_path):
    parents = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft()])
    papers = tuple(parents.paper(number).paper for number in (1, 0))
    child = seal(DIPLOMA, 2, BOB.address, 0, [draft(parents=papers)])
    refs = tuple(it.ref for it in papers)
    named = OpenDraft(SAID, refs, ALICE.address)
    public = seal_open(HOME, DIPLOMA, 2, BOB.address, 0, [named], seeds=child.seeds)
    assert public.root == child.root
    turned = OpenDraft(SAID, refs[::-1], ALICE.address)
    assert seal_open(HOME, DIPLOMA, 2, BOB.address, 0, [turned], seeds=child.seeds).root != child.root


@pytest.mark.parametrize(
    ("old", "new"), [('"17"', '"18"'), ('"from":5', '"from":6'), ('"number":7', '"number":8'), ("07" * 32, "08" * 32)]
)
def test_a_file_that_was_changed_has_another_root(batch, old, new):
    text = open_text(batch)
    assert old in text
    assert open_of(text.replace(old, new, 1), "batch.json").root != batch.root


def test_what_is_no_such_batch_is_told_with_its_paper(batch):
    file = json.loads(open_text(batch))
    one, other = file["papers"]
    for changes, told in [
        ({"papers": []}, "an empty one"),
        ({"papers": [one, one]}, "salted another"),
        ({"papers": [one, other | {"values": {"name": "x"}}]}, "paper 5: born: a value is required"),
        ({"papers": [one | {"mark": 1}]}, "paper 4: a paper published whole is an object of"),
        ({"papers": [one | {"parents": [{"leaf": "0x"}]}]}, "paper 4: parents: a parent is an object of"),
        ({"papers": [one | {"until": 2**40}]}, "paper 4: until: .* is no time"),
        ({"papers": [one | {"from": 9}]}, "paper 4: it ends before it begins"),
        ({"format": "beffroi-open-2"}, "is not 'beffroi-open-1'"),
    ]:
        with pytest.raises(PaperError, match=f"batch.json: .*{told}"):
            open_of(json.dumps(file | changes), "batch.json")


def test_what_cannot_be_sealed_is_refused():
    for wrong, error in [
        ((OpenDraft(SAID, (0,)),), PaperError),
        ((OpenDraft(SAID), OpenDraft(SAID, (-1,))), PaperError),
        ((OpenDraft(SAID, (ELSEWHERE,) * (MOST_PARENTS + 1)),), PaperError),
        ((OpenDraft({"name": "Alice"}),), DefinitionError),
        ((), SealingError),
    ]:
        with pytest.raises(error):
            sealed(*wrong)
    used = sealed(OpenDraft(SAID)).papers[0].seed
    with pytest.raises(SaltReusedError):
        seal_open(HOME, DIPLOMA, 1, RECTOR.address, 0, [OpenDraft(SAID)], seeds=used, used_seeds={used})


def test_what_is_issued_is_either_kind_of_batch(batch, tmp_path):
    write_open(tmp_path / "public", batch)
    kept = seal(DIPLOMA, 1, RECTOR.address, 4, [draft()])
    write_batch(tmp_path / "kept", HOME, kept)
    for name, wanted in [("public", batch), ("kept", kept)]:
        home, read = read_issuable(tmp_path / name)
        told = (read.schema, read.issuer, read.first, len(read), read.root)
        assert home == HOME
        assert told == (wanted.schema, wanted.issuer, wanted.first, len(wanted), wanted.root)
