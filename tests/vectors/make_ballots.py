"""Writes ballots.json: what a second implementation must produce, accept and refuse, byte for byte.

    python tests/vectors/make_ballots.py

Nothing is random: the entropy of each ballot is given beside it. ``draw`` says how the library turns it into scalars;
an implementation that draws otherwise still checks every ``valid`` and ``invalid`` entry.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ceremony_vectors import trustees
from eth_abi import encode
from forged_ballots import forge, loose

from beffroi.ballots import ceremony as messages
from beffroi.ballots.ballot import CIPHERTEXT, make_ballot, split, verify_ballot
from beffroi.ballots.group import INFINITY, N, P, Point, add, address, base, mul, neg, point
from beffroi.ballots.params import TAG_BALLOT, TAG_LEAF, TAG_PARAMETERS, Params
from beffroi.ballots.proofs import Dleq, Knowledge, pair
from beffroi.ballots.records import Record, RollTree, batch_proof, batch_root, sign_slip
from beffroi.ballots.rules import M, Question, Rule, approval, points, single_choice
from beffroi.ballots.tally import TAG_SHARE
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from collections.abc import Iterator


SECRET = int.from_bytes(keccak(b"vectors: secret key"), "big") % N
KEYS = [keccak(b"vectors: voter" + bytes([i])) for i in range(7)]
ROLL = RollTree([address(base(int.from_bytes(key, "big"))) for key in KEYS])
VOTERS = [address(base(int.from_bytes(key, "big"))) for key in KEYS]
EVALUATION = Question(Rule(((1 + 4 * M, 1 + 3 * M, 1 + 2 * M, 1 + M, 1, 0),), b"\x00"), "points", 1)
ABI = ["(uint256,uint256)", "(uint64[][],bytes,uint8)", "bytes32", "bytes"]
DRAW = (
    "seed = keccak(entropy | ctx | each message as a word); block i = keccak(seed | word i), i = 1, 2, ...; "
    "a scalar is two blocks, big-endian, mod (N - 1), plus 1. In order: r of each ciphertext; then for each proof "
    "a block for the share of each group, then one for each branch but the first of its group, then a scalar for each "
    "group: omega."
)


def params_of(rule: Rule, **changes: Any) -> Params:
    """The parameters of every vector, but for the rule and what is said."""
    values = {
        "chain_id": 31337,
        "contract": bytes.fromhex("c0" * 20),
        "consultation": 7,
        "ceremonies": bytes.fromhex("ce" * 20),
        "ceremony": 3,
        "h": base(SECRET),
        "roll_root": ROLL.root,
        "roll_size": ROLL.size,
        "opens_at": 1_800_000_000,
        "closes_at": 1_800_600_000,
        "tally_by": 1_801_200_000,
        "secrecy_minimum": 5,
        "question_hash": keccak(b"question"),
        "options_hash": keccak(b"options"),
        "rule": rule,
    }
    return Params(**(values | changes))


QUESTIONS: dict[str, tuple[Question, list[Any]]] = {
    "two options": (single_choice(2), [0, 1]),
    "three options": (single_choice(3), [0, 1, 2]),
    "four options": (single_choice(4), [0, 2, 3]),
    "five options": (single_choice(5), [0, 3, 4]),
    "unbounded approval of 3": (approval(3), [[], [0, 2], [0, 1, 2]]),
    "approval of 1 to 2 out of 4": (approval(4, 1, 2), [[3], [0, 2]]),
    "up to 3 points a project, 7 in all": (points(3, 3, 7), [[0, 0, 0], [3, 1, 3]]),
}


def plain(value: Any) -> Any:
    """The value as JSON: bytes and large numbers as 0x hex."""
    if isinstance(value, Rule):
        value = {"sets": value.sets, "setOf": value.set_of, "sumSet": value.sum_set}
    elif isinstance(value, Knowledge | Dleq):
        value = asdict(value)
    elif isinstance(value, bytes):
        value = "0x" + value.hex()
    elif isinstance(value, int) and value >= 1 << 48:
        value = hex(value)
    if isinstance(value, dict):
        value = {key: plain(item) for key, item in value.items()}
    elif isinstance(value, list | tuple):
        value = [plain(item) for item in value]
    return value


def valid() -> Iterator[dict[str, Any]]:
    """Ballots that verify, of every rule, with all that leads to them."""
    cases = [(name, question.rule, question.messages(c)) for name, (question, some) in QUESTIONS.items() for c in some]
    cases += [("evaluation of a promise", EVALUATION.rule, (m,)) for m in EVALUATION.rule.sets[0]]
    for number, (name, rule, content) in enumerate(cases):
        params, index, seq = params_of(rule), number % len(KEYS), number % 3
        entropy = keccak(b"vectors: entropy" + bytes([number]))
        ballot = make_ballot(params, VOTERS[index], seq, content, entropy)
        digest = params.slip_digest(ballot.voter, seq, ballot.hash)
        signature = sign_slip(KEYS[index], digest)
        yield {
            "name": name,
            "rule": rule,
            "ruleHash": rule.hash,
            "paramsHash": params.hash,
            "domain": params.domain,
            "index": index,
            "voter": ballot.voter,
            "seq": seq,
            "ctx": params.context(ballot.voter, seq),
            "messages": content,
            "entropy": entropy,
            "randomness": ballot.opening.randomness,
            "ballot": ballot.data,
            "ballotHash": ballot.hash,
            "slipDigest": digest,
            "signature": signature,
            "record": Record(index, seq, ballot.voter, signature, ballot.data).encode(),
            "leaf": params.leaf(index, seq, keccak(ballot.data[: CIPHERTEXT * rule.size])),
        }


def invalid() -> Iterator[tuple[str, Params, int, bytes]]:
    """Bytes that must be refused: why, the parameters, the number under which voter 0 casts them, and the ballot."""
    params = params_of(single_choice(3).rule)
    good = make_ballot(params, VOTERS[0], 0, (M,), keccak(b"vectors: good")).data
    (c1, c), rest = split(good, 1)[0], good[CIPHERTEXT:]
    yield "another voter's", params, 0, make_ballot(params, VOTERS[1], 0, (M,), keccak(b"vectors: other")).data
    yield "replayed as the next ballot", params, 1, good
    for field, value in {"chain_id": 1, "contract": bytes(20), "consultation": 8, "closes_at": 1, "h": base(5)}.items():
        yield f"replayed under another {field}", replace(params, **{field: value}), 0, good
    yield "replayed under another rule", params_of(Rule(((M, 1, 0),), b"\x00")), 0, good
    for worth in (2, N - 1, 1000, 1 + M):
        yield (
            f"worth {worth if worth < N - 1 else -1}",
            params,
            0,
            forge(params, VOTERS[0], [worth], [[1, worth, 0]], b"worth"),
        )
    five = params_of(single_choice(5).rule)
    yield "two options at once", five, 0, forge(five, VOTERS[0], [1, M], [(1, M, 0), (1, M, 0), (1, 1 + M, 0)], b"two")
    for why, where, data in loose(params_of(EVALUATION.rule), params, VOTERS[0]):
        yield why, where, 0, data
    yield "rerandomised", params, 0, add(c1, base(9)) + add(c, mul(9, params.h)) + rest
    yield "negated", params, 0, neg(c1) + neg(c) + rest
    yield "C negated", params, 0, c1 + neg(c) + rest
    yield "moved by G", params, 0, c1 + add(c, base(1)) + rest
    yield "points swapped", params, 0, c + c1 + rest
    yield "c1 infinite", params, 0, INFINITY + c + rest
    yield "C infinite", params, 0, c1 + INFINITY + rest
    small: Point = point(1 + P, pow(8, (P + 1) // 4, P))
    yield "x + p for c1", params, 0, small + c + rest
    yield "x + p for C", params, 0, c1 + small + rest
    wrong = c1[:32] + (int.from_bytes(c1[32:], "big") ^ 2).to_bytes(32, "big")
    yield "c1 off the curve, y of the right parity", params, 0, wrong + c + rest
    for word, name in {7: "w", 8: "D.x", 9: "slope"}.items():
        for value in (0, N, P, 2**256 - 1):
            data = good[: 32 * word] + value.to_bytes(32, "big") + good[32 * word + 32 :]
            yield f"{name} = {value:#x}", params, 0, data
    yield "D.x = C.x", params, 0, good[:256] + c[:32] + good[288:]
    yield "share and seed swapped", params, 0, good[:128] + good[160:192] + good[128:160] + good[192:]
    yield "truncated", params, 0, good[:-1]
    yield "padded", params, 0, good + b"\x00"
    yield "empty", params, 0, b""
    yield "all zero", params, 0, bytes(len(good))
    for byte in range(0, len(good), 13):
        yield f"bit flipped in byte {byte}", params, 0, good[:byte] + bytes([good[byte] ^ 1]) + good[byte + 1 :]


def call(params: Params, voter: bytes, seq: int, data: bytes) -> bytes:
    """What a Solidity harness decodes: key, rule, ctx, ballot."""
    return encode(ABI, [pair(params.h), params.rule.as_tuple(), params.context(voter, seq), data])


def content() -> dict[str, Any]:
    """Everything in the file."""
    params = params_of(single_choice(3).rule)
    accepted = list(valid())
    refused = []
    for why, where, seq, data in invalid():
        if verify_ballot(where, VOTERS[0], seq, data):
            raise SystemExit(f"accepted: {why}")
        refused.append((why, where, seq, data))
    leaves = [keccak(bytes([i])) for i in range(5)]
    rules = {entry["paramsHash"]: entry["rule"] for entry in accepted}
    calls = [call(params_of(rules[e["paramsHash"]]), e["voter"], e["seq"], e["ballot"]) for e in accepted]
    return {
        "about": "Vectors of docs/ballot-format.md and docs/ceremony-format.md; written by make_ballots.py.",
        "draw": DRAW,
        "tags": {
            "parameters": TAG_PARAMETERS,
            "ballot": TAG_BALLOT,
            "leaf": TAG_LEAF,
            "share": TAG_SHARE,
            "dleq": messages.tag("beffroi.vote.dleq"),
            "knowledge": messages.tag("beffroi.vote.knowledge"),
        },
        "params": {
            "chainId": params.chain_id,
            "consultations": params.contract,
            "consultation": params.consultation,
            "ceremonies": params.ceremonies,
            "ceremony": params.ceremony,
            "h": params.h,
            "rollRoot": params.roll_root,
            "rollSize": params.roll_size,
            "opensAt": params.opens_at,
            "closesAt": params.closes_at,
            "tallyBy": params.tally_by,
            "secrecyMinimum": params.secrecy_minimum,
            "questionHash": params.question_hash,
            "optionsHash": params.options_hash,
        },
        "separator": params.separator,
        "roll": {
            "voters": VOTERS,
            "root": ROLL.root,
            "proofs": [
                {"indices": s, "proof": ROLL.proof(s)} for s in ([0], [6], [3], [0, 1], [1, 2, 5], list(range(7)))
            ],
        },
        "batch": {"leaves": leaves, "root": batch_root(leaves), "proofs": [batch_proof(leaves, i) for i in range(5)]},
        "valid": accepted,
        "invalid": [
            {"why": why, "rule": where.rule, "domain": where.domain, "h": where.h}
            | {"voter": VOTERS[0], "seq": seq, "ballot": data}
            for why, where, seq, data in refused
        ],
        "trustees": trustees(),
        "solidity": {
            "abi": f"({','.join(ABI)})",
            "accepted": calls,
            "refused": [call(where, VOTERS[0], seq, data) for _, where, seq, data in refused],
        },
    }


def main() -> None:
    """Write the file beside this one."""
    text = json.dumps(plain(content()), indent=1, ensure_ascii=False)
    Path(__file__).with_name("ballots.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
