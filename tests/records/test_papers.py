"""Papers, before any chain: what is sealed, shown field by field, and told from what was changed."""

import dataclasses
import json

import pytest

from beffroi.records.definition import Definition, DefinitionError, SchemaField
from beffroi.records.paper import NOBODY, OwnPaper, Paper, PaperError, parents_root
from beffroi.records.paperbatch import SaltReusedError, SealingError, seal
from beffroi.records.paperfile import read_batch, read_paper, write_batch, write_paper
from beffroi.records.showing import FRESH_S, read_showing, show, showing_json, showing_of, signed, write_showing
from tests.records.conftest import ALICE, BOB, DIPLOMA, HOME, NOW_S, RECTOR, SAID, draft

NONCE = bytes.fromhex("42" * 32)


def shown(own, names=("degree",), verifier="the employer", key=ALICE, **changes):
    return signed(dataclasses.replace(show(HOME, own, names, verifier, NONCE, NOW_S), **changes), key.secret)


def problems(showing, nonce=NONCE, now_s=NOW_S):
    return showing.problems("the employer", nonce, now_s)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"born": "29/02/2000"}, "born: '29/02/2000' is no date: a day, as 2026-01-31"),
        ({"born": "2001-02-29"}, "born: '2001-02-29' is no date"),
        ({"grade": "17,5"}, "grade: '17,5' is no integer"),
        ({"grade": "017"}, "grade: '017' is no integer"),
        ({"name": ""}, "name: '' is no text"),
        ({"degree": None}, "degree: a value is required"),
        ({"mention": "bien"}, "diploma has no field 'mention'"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_field(changes, told):
    with pytest.raises(DefinitionError, match=told):
        seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft(values=SAID | changes)])


@pytest.mark.parametrize(
    ("type_", "right", "wrong"),
    [
        ("boolean", "true", "yes"),
        ("address", ALICE.address.lower(), ALICE.address),
        ("hash", "0x" + "ab" * 32, "0x" + "AB" * 32),
        ("integer", "-5", "-0"),
        ("text", "deux\nlignes", "\x00"),
    ],
)
def test_each_value_has_one_form(type_, right, wrong):
    field = SchemaField("it", type_)
    field.require(right)
    with pytest.raises(DefinitionError):
        field.require(wrong)


def test_a_schema_has_each_field_once_and_reads_as_it_was_written():
    assert Definition.parse(json.dumps(DIPLOMA.json, indent=3)) == DIPLOMA == Definition.of_uri(DIPLOMA.uri)
    with pytest.raises(DefinitionError, match="name stands twice"):
        Definition("twice", (SchemaField("name"), SchemaField("name")))
    for broken in ({"name": "x"}, DIPLOMA.json | {"more": 1}, DIPLOMA.json | {"fields": [{"name": "a"}]}, []):
        with pytest.raises(DefinitionError):
            Definition.of(broken)
    for field in (SchemaField("Name"), SchemaField("it", "number")):
        with pytest.raises(DefinitionError):
            Definition("wrong", (field,))
    with pytest.raises(DefinitionError, match="bring it as a file"):
        Definition.of_uri("ipfs://somewhere")


def test_a_paper_is_shown_field_by_field_to_one_verifier(diploma):
    showing = shown(diploma)
    assert problems(showing) == []
    written = json.dumps(showing_json(showing))
    assert "Licence de droit" in written
    for hidden in ("Alice Martin", "2000-02-29", diploma.seed.hex()):
        assert hidden not in written
    assert problems(showing_of(json.loads(written))) == []


def test_that_a_field_is_empty_can_be_shown_too(batch):
    (claim,) = shown(batch.paper(16), ["grade"]).claims
    assert claim.value is None
    assert problems(shown(batch.paper(16), ["grade"])) == []


def test_a_showing_is_worth_nothing_to_another_verifier_or_later(diploma):
    showing = shown(diploma)
    assert "somebody passes it on" in problems(showing, nonce=bytes(32))[0]
    assert "somebody passes it on" in showing.problems("the bank", NONCE, NOW_S)[0]
    assert "not signed in time" in problems(showing, now_s=NOW_S + FRESH_S + 1)[0]
    assert "did not sign" in problems(dataclasses.replace(showing, nonce=bytes(32)), nonce=bytes(32))[0]


def test_who_does_not_hold_a_paper_does_not_show_it(diploma):
    with pytest.raises(PaperError, match="whose key this is not"):
        shown(diploma, key=BOB)
    by_bob = signed(dataclasses.replace(show(HOME, diploma, ["degree"], "the employer", NONCE, NOW_S),
                    paper=dataclasses.replace(diploma.paper, subject=BOB.address)), BOB.secret)  # fmt: skip
    assert problems(by_bob) == ["paper 15 does not stand in its batch of 7"]
    stolen = dataclasses.replace(by_bob, paper=diploma.paper)
    assert any("did not sign" in it for it in problems(stolen))


def test_a_paper_about_nobody_is_told_as_such():
    own = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(subject=NOBODY)]).paper(0)
    assert problems(show(HOME, own, ["degree"], "the employer", NONCE, NOW_S)) == [
        "the paper is about nobody: whoever has its file shows it"
    ]


def test_a_paper_that_has_ended_or_not_begun_is_told_as_such():
    own = seal(DIPLOMA, 1, RECTOR.address, 0, [draft(from_s=NOW_S + 1, until_s=NOW_S + 2)]).paper(0)
    assert problems(shown(own)) == ["the paper does not hold yet"]
    assert problems(shown(own), now_s=NOW_S + 2) == ["the paper has ended"]


def test_what_is_changed_in_a_showing_is_named(diploma):
    def forged(**changes):
        return problems(shown(diploma, **changes))

    (claim,) = shown(diploma).claims
    doctorate = (dataclasses.replace(claim, value="Doctorat"),)
    assert forged(claims=doctorate) == ["the paper does not say degree: 'Doctorat'"]
    moved = (dataclasses.replace(claim, name="name"),)
    assert forged(claims=moved) == ["the paper does not say name: 'Licence de droit'"]
    assert forged(claims=(claim, claim)) == ["the field degree is shown twice"]
    salted = (dataclasses.replace(claim, salt=bytes(32)),)
    assert len(forged(claims=salted)) == 1
    other = dataclasses.replace(DIPLOMA, name="doctorate")
    assert "of another schema than 'doctorate'" in forged(definition=other)[0]
    assert forged(paper=dataclasses.replace(diploma.paper, number=16)) == ["paper 16 does not stand in its batch of 7"]
    assert forged(paper=dataclasses.replace(diploma.paper, count=8))[0] == "paper 15 does not stand in its batch of 8"


def test_an_inner_node_of_the_claims_is_no_claim(diploma):
    (claim,) = shown(diploma).claims
    shorter = dataclasses.replace(claim, salt=claim.proof[0], proof=claim.proof[1:])
    assert problems(shown(diploma, claims=(shorter,))) == ["the paper does not say degree: 'Licence de droit'"]


def test_a_field_is_shown_once(diploma):
    with pytest.raises(PaperError, match="shown once"):
        shown(diploma, ["degree", "degree"])
    with pytest.raises(DefinitionError, match="no field 'mention'"):
        shown(diploma, ["mention"])


def test_copies_of_a_paper_have_nothing_in_common_but_what_they_say():
    one, other = (seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft()]).paper(at) for at in (0, 1))
    assert one.paper.claims_root != other.paper.claims_root
    (here,), (there,) = shown(one).claims, shown(other).claims
    assert here.value == there.value
    assert here.salt != there.salt
    assert not {here.salt, *here.proof} & {there.salt, *there.proof}


def test_a_salt_serves_once():
    seeds = bytes(32) + bytes(range(32))
    with pytest.raises(SaltReusedError, match="paper 2 of the batch"):
        seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft()], seeds=bytes(64))
    with pytest.raises(SaltReusedError, match="paper 1 of the batch"):
        seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft()], seeds=seeds, used_seeds={bytes(32)})
    with pytest.raises(SealingError, match="need 1 seeds"):
        seal(DIPLOMA, 1, RECTOR.address, 0, [draft()], seeds=b"short")


def test_a_batch_that_makes_no_sense_is_refused():
    with pytest.raises(SealingError, match="a batch has 1 to"):
        seal(DIPLOMA, 1, RECTOR.address, 0, [])
    for times in ({"from_s": 9, "until_s": 9}, {"until_s": 2**40}, {"from_s": -1}):
        with pytest.raises(SealingError, match="paper 4: it ends before it begins"):
            seal(DIPLOMA, 1, RECTOR.address, 4, [draft(**times)])


def test_a_paper_rests_on_others_and_none_on_itself(batch, diploma):
    own = seal(DIPLOMA, 2, BOB.address, 0, [draft(parents=(diploma.paper, batch.paper(10).paper))]).paper(0)
    assert [it.number for it in own.paper.all()] == [0, 15, 10]
    assert problems(shown(own)) == []
    elsewhere = dataclasses.replace(diploma.paper, issuer=BOB.address)
    for parents in ((diploma.paper,), (batch.paper(10).paper, diploma.paper), (elsewhere, batch.paper(10).paper)):
        with pytest.raises(PaperError, match="does not stand in its batch"):
            OwnPaper(dataclasses.replace(own.paper, parents=parents), DIPLOMA, own.values, own.seed)
    cycle = dataclasses.replace(diploma.paper, parents=(own.paper,))
    assert parents_root((cycle,)) != parents_root((diploma.paper,))
    assert not cycle.is_sealed


def test_papers_stand_on_each_other_only_so_deep(diploma):
    paper = diploma.paper
    for _ in range(40):
        paper = dataclasses.replace(paper, parents=(paper,))
    with pytest.raises(PaperError, match="more than 32"):
        list(paper.all())
    with pytest.raises(PaperError, match="more than 32"):
        showing_of(showing_json(shown(diploma, paper=paper)))


def test_a_paper_goes_through_a_file_and_a_changed_one_is_refused(diploma, tmp_path):
    path = tmp_path / "alice.json"
    write_paper(path, HOME, diploma)
    assert read_paper(path) == (HOME, diploma)
    file = json.loads(path.read_text())
    changed = [
        (file | {"values": file["values"] | {"grade": "20"}}, "what the paper says is not what was sealed"),
        (file | {"seed": "0x" + "00" * 32}, "what the paper says is not what was sealed"),
        (file | {"paper": file["paper"] | {"until": 9}}, "does not stand in its batch"),
        (file | {"paper": file["paper"] | {"number": "15"}}, "number: '15' is no whole number"),
        (file | {"format": "beffroi-paper-2"}, "format: 'beffroi-paper-2' is not 'beffroi-paper-1'"),
        ({"format": "beffroi-paper-1"}, "a paper, is an object of"),
    ]
    for content, told in changed:
        path.write_text(json.dumps(content))
        with pytest.raises(PaperError, match=told):
            read_paper(path)


def test_a_batch_goes_through_a_file_and_a_changed_one_is_refused(batch, tmp_path):
    path = tmp_path / "batch.jsonl"
    write_batch(path, HOME, batch)
    home, read = read_batch(path)
    assert (home, read.root, read.paper(15)) == (HOME, batch.root, batch.paper(15))
    right = path.read_text()
    lines = right.splitlines()
    for content, told in [
        (right.replace("Resident 3", "Resident 9"), "have another root"),
        ("\n".join([*lines[:3], *lines[4:]]), "its 6 papers have another root"),
        ("\n".join([lines[0], lines[2], lines[1], *lines[3:]]), "have another root"),
        (right.replace('"from":0', '"from":null', 1), "line 2: from: None is no whole number"),
        ("", "line 1"),
    ]:
        path.write_text(content)
        with pytest.raises(PaperError, match=told):
            read_batch(path)
    path.write_text("\n".join([lines[0], lines[1], lines[1]]))
    with pytest.raises(SaltReusedError):
        read_batch(path)


def test_a_showing_goes_through_a_file(diploma, tmp_path):
    write_showing(tmp_path / "shown.json", shown(diploma))
    assert read_showing(tmp_path / "shown.json") == shown(diploma)
    (tmp_path / "shown.json").write_text(json.dumps(showing_json(shown(diploma)) | {"signature": "none"}))
    with pytest.raises(PaperError, match="is not 0x and hexadecimal digits"):
        read_showing(tmp_path / "shown.json")


def test_a_number_outside_its_batch_is_no_paper(batch):
    for number in (9, 17):
        with pytest.raises(SealingError, match="papers 10 to 16"):
            batch.paper(number)
    assert isinstance(batch.paper(10).paper, Paper)
