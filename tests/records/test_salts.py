"""Whoever erases the seeds leaves nothing, on chain or in what was shown, by which a guess could be confirmed."""

import itertools

import pytest
from sha3 import keccak_256

from beffroi.records.claims import claim_leaf, claims_root, salt
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.listing import read_drafts
from beffroi.records.paperbatch import PaperDraft, SaltReusedError, seal
from beffroi.records.paperfile import read_batch, write_batch
from beffroi.records.showing import show, showing_json
from beffroi.roll.merkle import hash_leaf, stands_at
from tests.records.conftest import ALICE, BOB, DIPLOMA, HOME, NOW_S, RECTOR, draft

NONCE = bytes(32)
ILL = Definition("certificate", (SchemaField("name"), SchemaField("ill", "boolean"), SchemaField("day", "date")))
"""So little can be said that whoever guesses is soon right."""
GUESSES = [("Alice", ill, f"2026-01-{day:02}") for ill in ("true", "false") for day in range(1, 32)]
SAID = ("Alice", "true", "2026-01-17")


def certificate(seed=None):
    values = dict(zip(("name", "ill", "day"), SAID, strict=True))
    return seal(ILL, 1, RECTOR.address, 0, [PaperDraft(values, ALICE.address)], seeds=seed).paper(0)


def left(own):
    """What stays once holder and issuer have erased the paper: what a verifier was shown, and what the chain has."""
    return showing_json(show(HOME, own, ["day"], "the canteen", NONCE, NOW_S))


def hashes(value):
    """Every word of 32 bytes in it."""
    if isinstance(value, dict):
        return {it for inner in value.values() for it in hashes(inner)}
    if isinstance(value, list):
        return {it for inner in value for it in hashes(inner)}
    return {bytes.fromhex(value[2:])} if isinstance(value, str) and len(value) == 66 else set()


def confirms(known, seeds):
    """The guesses that something known is the hash of, with these seeds tried for each."""
    return {
        guess
        for guess, seed in itertools.product(GUESSES, seeds)
        if claims_root(ILL, guess, seed) in known
        or any(claim_leaf(salt(seed, at), name, value) in known
               for at, (name, value) in enumerate(zip(("name", "ill"), guess, strict=False), 1))
    }  # fmt: skip


def test_with_the_seed_a_guess_is_confirmed_and_without_it_none_is():
    own = certificate()
    known = hashes(left(own))
    assert SAID in confirms(known, [own.seed]), "a guess with the seed must be seen to work, or this test sees nothing"
    shown_salt = own.claims(["day"])[0].salt
    tried = [bytes(32), shown_salt, own.paper.leaf, own.paper.root, own.paper.claims_root, keccak_256(b"").digest()]
    assert confirms(known, tried) == set()


def test_a_shown_salt_opens_its_own_field_and_no_other():
    own = certificate()
    salts = [claim.salt for claim in own.claims(["name", "ill", "day"])]
    assert len({own.seed, *salts}) == 4
    root, size = own.paper.claims_root, len(ILL.fields) + 1
    for claim, other in itertools.permutations(own.claims(["name", "ill", "day"]), 2):
        leaf = claim_leaf(other.salt, claim.name, claim.value)
        assert not stands_at(root, size, ILL.place(claim.name), leaf, claim.proof)


def test_what_is_said_is_hashed_nowhere_without_a_salt():
    own = certificate()
    known = hashes(left(own))
    for value in SAID[:2]:
        bare = keccak_256(value.encode()).digest()
        assert not {bare, keccak_256(bare).digest(), hash_leaf(bare)} & known


def test_the_same_paper_sealed_again_has_nothing_in_common_but_what_is_public():
    one, other = certificate(), certificate()
    common = hashes(left(one)) & hashes(left(other))
    assert common == {NONCE, ILL.leaf} & common, "the nonce is the verifier's own"


def test_a_batch_without_its_seeds_is_worth_nothing_to_who_finds_it(batch, tmp_path):
    path = tmp_path / "batch.jsonl"
    write_batch(path, HOME, batch)
    _, read = read_batch(path)
    assert read.seeds == batch.seeds
    redrawn = seal(DIPLOMA, 1, RECTOR.address, batch.first, batch.drafts)
    assert redrawn.root != batch.root, "the same words under seeds of their own are no proof of what was sealed"
    assert not {redrawn.seed(at) for at in range(len(batch))} & {batch.seed(at) for at in range(len(batch))}


def test_copies_of_a_list_are_salted_each_for_itself(tmp_path):
    listed = tmp_path / "list.csv"
    listed.write_text(
        f"account;name;born;degree;copies\n{ALICE.address};Alice;2000-02-29;Droit;3\n;Bob;1999-01-31;Droit;\n"
    )
    sealed = seal(DIPLOMA, 1, RECTOR.address, 0, read_drafts(listed, DIPLOMA))
    assert len(sealed) == 4
    papers = [sealed.paper(number) for number in range(3)]
    assert {own.paper.subject for own in papers} == {ALICE.address}
    assert len({own.seed for own in papers}) == len({own.paper.claims_root for own in papers}) == 3
    known = [hashes([{"salt": "0x" + claim.salt.hex(), "proof": ["0x" + it.hex() for it in claim.proof]}
                     for claim in own.claims(["name", "degree"])]) for own in papers]  # fmt: skip
    for one, other in itertools.combinations(known, 2):
        assert one & other <= {DIPLOMA.leaf}


def test_a_seed_that_has_served_is_refused():
    own = certificate()
    with pytest.raises(SaltReusedError):
        seal(ILL, 1, RECTOR.address, 1, [PaperDraft({"name": "Bob", "ill": "true", "day": "2026-01-01"}, BOB.address)],
             seeds=own.seed, used_seeds={own.seed})  # fmt: skip
    with pytest.raises(SaltReusedError):
        seal(DIPLOMA, 1, RECTOR.address, 0, [draft(), draft()], seeds=own.seed * 2)
