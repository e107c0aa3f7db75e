"""Forged ballots: every attack on the proof that the protocol lists is refused."""

import random
from dataclasses import replace

import pytest
from ballot_workshop import PARAMS, RULES, VOTER, H, forge, params_of

from beffroi.ballots import proof
from beffroi.ballots.ballot import CIPHERTEXT, encrypt, make_ballot, split, verify_ballot, verify_opening
from beffroi.ballots.group import INFINITY, N, P, add, address, base, mul, neg, point, random_scalar, x_of, y_of
from beffroi.ballots.proof import Draw
from beffroi.ballots.rules import M, approval, single_choice
from beffroi.ballots.transcript import keccak


@pytest.fixture(scope="module")
def ballot():
    return make_ballot(PARAMS, VOTER, 0, [M])


@pytest.mark.parametrize("worth", [2, N - 1, 1000, 1 + M, 2 * M, 3])
def test_a_ballot_worth_something_else_is_refused(worth):
    assert verify_ballot(PARAMS, VOTER, 0, forge(PARAMS, [1], [[1, M, 0]])), "the forger's tools work"
    for claimed in ([worth, M, 0], [1, worth, 0], [1, M, worth]):
        assert not verify_ballot(PARAMS, VOTER, 0, forge(PARAMS, [worth], [claimed]))


def test_two_options_at_once_are_refused_by_the_proof_of_the_sum():
    """Each ciphertext is in its set, but their sum is not in the sum's."""
    params = params_of(single_choice(5).rule)
    own, total = (1, M, 0), (1, M, 0)
    assert verify_ballot(params, VOTER, 0, forge(params, [1, 0], [own, own, total]))
    assert not verify_ballot(params, VOTER, 0, forge(params, [1, 1], [own, own, (2, M, 0)]))
    assert not verify_ballot(params, VOTER, 0, forge(params, [1, M], [own, own, (1, M + 1, 0)]))


def test_a_challenge_without_the_context_or_the_ciphertext_is_refused(ballot):
    assert not verify_ballot(PARAMS, VOTER, 0, forge(PARAMS, [1], [[1, M, 0]], ctx=bytes(32)))
    honest = forge(PARAMS, [1], [[1, M, 0]])
    r = random_scalar()
    encrypted = encrypt(H, 1, r)
    weak = proof.prove(
        H, proof.transcript(PARAMS.context(VOTER, 0), bytes(32), 0), encrypted, [1, M, 0], Draw.fresh(None)
    )
    assert not verify_ballot(PARAMS, VOTER, 0, encrypted.c1 + encrypted.c + weak)
    assert not verify_ballot(PARAMS, VOTER, 0, ballot.data[:CIPHERTEXT] + honest[CIPHERTEXT:])


def test_proofs_of_one_ballot_do_not_serve_another_of_its_ciphertexts():
    question = approval(2)
    params = params_of(question.rule)
    data = make_ballot(params, VOTER, 0, (1, 1)).data
    size = proof.length(2)
    head, first, second = data[: 2 * CIPHERTEXT], data[-2 * size : -size], data[-size:]
    assert verify_ballot(params, VOTER, 0, head + first + second)
    assert not verify_ballot(params, VOTER, 0, head + second + first)
    swapped = head[CIPHERTEXT:] + head[:CIPHERTEXT]
    assert not verify_ballot(params, VOTER, 0, swapped + second + first)


def test_a_ciphertext_repeated_with_its_proof_is_refused():
    params = params_of(approval(2).rule)
    encrypted = encrypt(H, 1, random_scalar())
    data = 2 * (encrypted.c1 + encrypted.c)
    starts = [proof.transcript(params.context(VOTER, 0), keccak(data), i) for i in range(2)]
    first, second = (proof.prove(H, t0, encrypted, (0, 1), Draw.fresh(None)) for t0 in starts)
    assert verify_ballot(params, VOTER, 0, data + first + second)
    assert not verify_ballot(params, VOTER, 0, data + first + first)


def test_two_opposite_ciphertexts_whose_sum_is_infinite_are_refused():
    question = approval(2, 0, 1)
    params = params_of(question.rule)
    data = make_ballot(params, VOTER, 0, (0, 1)).data
    c1, c = split(data, 2)[0]
    assert not verify_ballot(params, VOTER, 0, c1 + c + neg(c1) + neg(c) + data[2 * CIPHERTEXT :])


def test_an_answer_at_infinity_is_refused():
    """With w = r both commitments are infinite, and a verifier that took zero for an address would accept."""
    r = random_scalar()
    c1, c, d = base(r), add(mul(r, H), base(7)), mul(r, H)
    t0 = proof.transcript(PARAMS.context(VOTER, 0), keccak(c1 + c), 0)
    share = keccak(t0 + bytes(32) + bytes(64))
    slope = (int.from_bytes(c[32:], "big") + int.from_bytes(d[32:], "big")) * pow(x_of(c) - x_of(d), -1, P) % P
    data = share + r.to_bytes(32, "big") + d[:32] + slope.to_bytes(32, "big")
    assert not proof.verify(H, t0, (c1, c), [7], data)


def test_words_out_of_range_are_refused(ballot):
    """Layout of three branches: c1, C, S_1, s_2, s_3, w, D.x, λ."""
    c_x = ballot.data[64:96]
    for word, values in {
        7: (0, N, N + 1, 2**256 - 1),
        8: (0, P, P + 1, int.from_bytes(c_x, "big")),
        9: (0, P, P + 1, 2**256 - 1),
    }.items():
        for value in values:
            data = ballot.data[: 32 * word] + value.to_bytes(32, "big") + ballot.data[32 * word + 32 :]
            assert not verify_ballot(PARAMS, VOTER, 0, data)


def test_a_response_plus_the_order_is_refused():
    """A simulated branch may have any w: one below 2^256 − N has a second spelling, which must not pass."""
    messages = [0, 1, 2, 3]
    r, w = random_scalar(), 12345
    c1, c = base(r), mul(r, H)
    t0 = proof.transcript(bytes(32), bytes(32), 0)
    draw = Draw.fresh(None)
    shares, others = [draw.block(), draw.block()], [draw.block(), draw.block()]
    e4 = proof._challenge(t0, 4, *proof._seeds(t0, shares[1], []))
    e = [proof._challenge(t0, j + 2, s) for j, s in enumerate(others)]
    omega, shift = draw.scalar(), sum(x * m for x, m in zip(e, messages[1:3], strict=True)) % N
    a1, b1 = base(omega), add(mul(omega, H), base(shift))
    a2 = add(mul(-e4, c1), base(w * e4))
    b2 = add(mul(w * e4, H), mul(-e4, c), base(3 * e4))
    words = [bytes(12) + address(p) for p in (a1, b1, a2, b2)]
    shares[0] = proof._xor([keccak(t0 + bytes(32) + b"".join(words)), shares[1]])
    total = (proof._challenge(t0, 1, proof._seeds(t0, shares[0], others)[0]) + sum(e)) % N
    first = proof._response(H, c, omega + total * r, total)
    second = proof._response(H, c, w * e4, e4)
    start = b"".join((shares[0], *others, first, shares[1]))
    assert proof.verify(H, t0, (c1, c), messages, start + second)
    spelled = (w + N).to_bytes(32, "big") + second[32:]
    assert not proof.verify(H, t0, (c1, c), messages, start + spelled)


def test_a_d_chosen_after_the_challenge_is_refused():
    """Whoever may send any D makes W = C − D whatever the challenge asks, and proves what is false."""
    ctx, r, omega, beta = PARAMS.context(VOTER, 0), random_scalar(), random_scalar(), random_scalar()
    forged = encrypt(H, 1000, r)
    data = forged.c1 + forged.c
    t0, messages = proof.transcript(ctx, keccak(data), 0), [1, M, 0]
    words = bytes(12) + address(base(omega)) + bytes(12) + address(base(beta))
    strings = [keccak(t0 + bytes(32) + words), keccak(b"any"), keccak(b"other")]
    seeds = proof._seeds(t0, strings[0], strings[1:])
    e = [proof._challenge(t0, j + 1, seed) for j, seed in enumerate(seeds)]
    total, message = sum(e) % N, sum(x * m for x, m in zip(e, messages, strict=True))
    w = (omega * pow(total, -1, N) + r) % N
    d = add(forged.c, neg(base((message - beta) * pow(total, -1, N))))
    slope = (y_of(forged.c) + y_of(d)) * pow(x_of(forged.c) - x_of(d), -1, P) % P
    tail = w.to_bytes(32, "big") + d[:32] + slope.to_bytes(32, "big")
    assert not verify_ballot(PARAMS, VOTER, 0, data + b"".join(strings) + tail)


def test_points_off_the_curve_or_out_of_range_are_refused(ballot):
    rest = ballot.data[CIPHERTEXT:]
    c1, c = split(ballot.data, 1)[0]
    small = next(x for x in range(1, 100) if pow(pow(x, 3, P) + 7, (P - 1) // 2, P) == 1)
    spelled = point(small + P, pow(small**3 + 7, (P + 1) // 4, P))
    wrong_y = c1[:32] + (int.from_bytes(c1[32:], "big") ^ 2).to_bytes(32, "big")
    for bad in (INFINITY, spelled, wrong_y):
        assert not verify_ballot(PARAMS, VOTER, 0, bad + c + rest)
        assert not verify_ballot(PARAMS, VOTER, 0, c1 + bad + rest)


def test_truncated_padded_and_empty_ballots_are_refused(ballot):
    for data in (b"", ballot.data[:-1], ballot.data + b"\x00", bytes(len(ballot.data)), b"\xff" * len(ballot.data)):
        assert not verify_ballot(PARAMS, VOTER, 0, data)


@pytest.mark.parametrize("name", ["two options", "three options", "five options"])
def test_ten_thousand_ballots_with_a_bit_flipped_are_refused(name):
    question, choice = RULES[name]
    params = params_of(question.rule)
    data = make_ballot(params, VOTER, 0, question.messages(choice)).data
    dice = random.Random(name)
    for _ in range(3_400):
        flipped = bytearray(data)
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        assert not verify_ballot(params, VOTER, 0, bytes(flipped))


def test_an_opened_ballot_shows_what_it_holds_and_nothing_else_passes(ballot):
    opening = ballot.opening
    assert verify_opening(PARAMS, opening, ballot.hash, ballot.data)
    for other in (
        replace(opening, messages=(1,)),
        replace(opening, randomness=(opening.randomness[0] + 1,)),
        replace(opening, randomness=()),
        replace(opening, messages=()),
        replace(opening, messages=(2,)),
        replace(opening, voter=b"\x01" * 20),
        replace(opening, seq=1),
    ):
        assert not verify_opening(PARAMS, other, ballot.hash, ballot.data)
    assert not verify_opening(PARAMS, opening, bytes(32), ballot.data)


def test_a_device_that_encrypts_another_choice_is_caught_by_the_audit():
    asked, done = 1, make_ballot(PARAMS, VOTER, 0, [M])
    lie = replace(done.opening, messages=(asked,))
    assert not verify_opening(PARAMS, lie, done.hash, done.data)
