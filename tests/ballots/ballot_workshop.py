"""What the tests of ballots share: rules, parameters, and a prover who may say anything."""

from beffroi.ballots import proof
from beffroi.ballots.ballot import encrypt
from beffroi.ballots.group import N, add, base, mul, neg, random_scalar
from beffroi.ballots.params import Params
from beffroi.ballots.proof import Draw
from beffroi.ballots.rules import M, Question, Rule, approval, points, single_choice
from beffroi.ballots.transcript import keccak

SECRET = 0xC0FFEE
H = base(SECRET)
VOTER = bytes.fromhex("a1" * 20)
EVALUATION = Question(Rule(((1 + 4 * M, 1 + 3 * M, 1 + 2 * M, 1 + M, 1, 0),), b"\x00"), "points", 1)
RULES = {
    "two options": (single_choice(2), 0),
    "three options": (single_choice(3), 1),
    "five options": (single_choice(5), 3),
    "unbounded approval": (approval(3), [0, 2]),
    "bounded approval": (approval(4, 1, 3), [1, 2, 3]),
    "points": (points(3, 3, 7), [3, 0, 3]),
}


def params_of(rule, **changes):
    values = {
        "chain_id": 31337,
        "contract": b"\x0c" * 20,
        "consultation": 1,
        "ceremonies": b"\xce" * 20,
        "ceremony": 1,
        "h": H,
        "roll_root": b"\x01" * 32,
        "roll_size": 100,
        "opens_at": 1,
        "closes_at": 2,
        "tally_by": 3,
        "secrecy_minimum": 1,
        "question_hash": b"\x02" * 32,
        "options_hash": b"\x03" * 32,
        "rule": rule,
    }
    return Params(**(values | changes))


PARAMS = params_of(single_choice(3).rule)


def forge(params, messages, claimed, ctx=None):
    """What a prover who may say anything sends: ciphertexts of ``messages`` with proofs over the sets ``claimed``."""
    ctx = ctx or params.context(VOTER, 0)
    randomness = [random_scalar() for _ in messages]
    encrypted = [encrypt(params.h, m, r) for m, r in zip(messages, randomness, strict=True)]
    data = b"".join(e.c1 + e.c for e in encrypted)
    if len(claimed) > len(messages):
        encrypted.append(encrypt(params.h, sum(messages), sum(randomness) % N))
    return data + b"".join(
        proof.prove(params.h, proof.transcript(ctx, keccak(data), i), e, statement, Draw.fresh(None))
        for i, (e, statement) in enumerate(zip(encrypted, claimed, strict=True))
    )


def decrypt(ciphertext):
    return add(ciphertext[1], neg(mul(SECRET, ciphertext[0])))
