"""The vectors that every implementation shares: still what the library makes, and judged as they say."""

import importlib.util
import json
from pathlib import Path

import pytest

from beffroi.ballots import records, tally
from beffroi.ballots.ballot import Opening, make_ballot, verify_ballot, verify_opening
from beffroi.ballots.group import address, base, lincomb
from beffroi.ballots.params import Params
from beffroi.ballots.receipt import Receipt
from beffroi.ballots.rules import M, Rule
from beffroi.ballots.tally import Closing, DecryptionShare
from beffroi.ballots.transcript import digest, keccak, to_address
from beffroi.consultation import challenge

FOLDER = Path(__file__).parents[1] / "vectors"
VECTORS = json.loads((FOLDER / "ballots.json").read_text(encoding="utf-8"))
FROM_SOLIDITY = json.loads((FOLDER / "ballots-solidity.json").read_text(encoding="utf-8"))
FROM_TYPESCRIPT = json.loads((FOLDER / "ballots-typescript.json").read_text(encoding="utf-8"))


def raw(text):
    return bytes.fromhex(text.removeprefix("0x"))


def number(value):
    return value if isinstance(value, int) else int(value, 16)


def rule_of(entry):
    rule = entry["rule"]
    return Rule(tuple(tuple(map(number, s)) for s in rule["sets"]), raw(rule["setOf"]), rule["sumSet"])


def params_of(entry, **changes):
    p = VECTORS["params"]
    values = {
        "chain_id": p["chainId"],
        "contract": raw(p["consultations"]),
        "consultation": p["consultation"],
        "ceremonies": raw(p["ceremonies"]),
        "ceremony": p["ceremony"],
        "h": raw(p["h"]),
        "roll_root": raw(p["rollRoot"]),
        "roll_size": p["rollSize"],
        "opens_at": p["opensAt"],
        "closes_at": p["closesAt"],
        "tally_by": p["tallyBy"],
        "secrecy_minimum": p["secrecyMinimum"],
        "question_hash": raw(p["questionHash"]),
        "options_hash": raw(p["optionsHash"]),
        "rule": rule_of(entry),
    }
    return Params(**(values | changes))


class WithDomain(Params):
    """Parameters of which only the domain is told."""

    def context(self, voter, seq):
        return digest(self.told, voter, seq)


def test_the_file_is_what_the_library_makes(monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    spec = importlib.util.spec_from_file_location("make_ballots", FOLDER / "make_ballots.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert json.loads(json.dumps(script.plain(script.content()))) == VECTORS


@pytest.mark.parametrize("entry", VECTORS["valid"], ids=lambda e: e["name"])
def test_a_valid_ballot_and_all_that_leads_to_it(entry):
    params, voter, seq = params_of(entry), raw(entry["voter"]), entry["seq"]
    assert "0x" + params.rule.hash.hex() == entry["ruleHash"]
    assert "0x" + params.hash.hex() == entry["paramsHash"]
    assert "0x" + params.domain.hex() == entry["domain"]
    assert "0x" + params.context(voter, seq).hex() == entry["ctx"]
    assert verify_ballot(params, voter, seq, raw(entry["ballot"]))
    made = make_ballot(params, voter, seq, [number(m) for m in entry["messages"]], raw(entry["entropy"]))
    assert made.data == raw(entry["ballot"])
    assert records.signer(raw(entry["slipDigest"]), raw(entry["signature"])) == voter
    (record,) = records.records(raw(entry["record"]), params.rule.ballot_length)
    assert record == records.Record(entry["index"], seq, voter, raw(entry["signature"]), made.data)


@pytest.mark.parametrize("entry", VECTORS["invalid"], ids=lambda e: e["why"])
def test_an_invalid_ballot_is_refused(entry):
    params = WithDomain(**(vars(params_of(entry)) | {"h": raw(entry["h"])}))
    object.__setattr__(params, "told", raw(entry["domain"]))
    assert not verify_ballot(params, raw(entry["voter"]), entry["seq"], raw(entry["ballot"]))


@pytest.mark.parametrize("entry", FROM_SOLIDITY, ids=lambda e: e["name"])
def test_a_ballot_that_solidity_made_is_accepted(entry):
    params = WithDomain(**(vars(params_of(entry)) | {"h": raw(entry["h"])}))
    context = raw(entry["ctx"])
    params.__class__ = type("Told", (Params,), {"context": lambda *_: context})
    assert verify_ballot(params, bytes(20), 0, raw(entry["ballot"]))
    assert not verify_ballot(params_of(entry), bytes(20), 0, raw(entry["ballot"]))


def test_the_roll_and_the_batch():
    roll = records.RollTree([to_address(v) for v in VECTORS["roll"]["voters"]])
    assert roll.root == raw(VECTORS["roll"]["root"])
    for case in VECTORS["roll"]["proofs"]:
        assert roll.proof(case["indices"]) == [raw(node) for node in case["proof"]]
    leaves = [raw(leaf) for leaf in VECTORS["batch"]["leaves"]]
    assert records.batch_root(leaves) == raw(VECTORS["batch"]["root"])


def test_the_trustees_shares_open_the_total():
    given = VECTORS["trustees"]
    total = (raw(given["total"]["R"]), raw(given["total"]["S"]))
    shares = [
        DecryptionShare(j, ((raw(share), tally.NO_PROOF),)) for j, share in enumerate(given["shares"], 1) if j != 2
    ]
    closing = Closing(31337, bytes(20), bytes(20), 3, 7, raw(given["key"]), (total,), 3)
    low, high = given["total"]["counts"]
    assert tally.open_totals(closing, shares, 2) == [base(low + high * M)]
    for share_key, secret, share in zip(given["shareKeys"], given["secretShares"], given["shares"], strict=True):
        assert base(number(secret)) == raw(share_key)
        assert lincomb(number(secret), total[0], 0) == raw(share)
    assert len({address(raw(e["key"])) for e in given["enrolments"]}) == 3


@pytest.mark.parametrize("entry", FROM_TYPESCRIPT["ballots"], ids=lambda e: e["name"])
def test_a_ballot_made_in_typescript_verifies_and_opens_to_its_messages(entry):
    params, voter, seq, data = params_of(entry), raw(entry["voter"]), entry["seq"], raw(entry["ballot"])
    assert "0x" + params.hash.hex() == entry["paramsHash"]
    assert "0x" + params.slip_digest(voter, seq, keccak(data)).hex() == entry["slipDigest"]
    opening = Opening(voter, seq, tuple(entry["messages"]), tuple(map(number, entry["randomness"])))
    assert verify_opening(params, opening, keccak(data), data)
    assert not verify_ballot(params, voter, seq + 1, data)


@pytest.mark.parametrize("entry", FROM_TYPESCRIPT["ballots"], ids=lambda e: e["name"])
def test_what_the_browser_hands_its_voter_is_read_here(entry):
    params, data = params_of(entry), raw(entry["ballot"])
    assert challenge.is_opening(entry["opened"])
    assert challenge.check(entry["opened"], params, None, ())[0]
    assert not challenge.check(entry["opened"].replace(f'"seq": {entry["seq"]}', '"seq": 9'), params, None, ())[0]
    receipt = Receipt.parse(entry["receipt"])
    assert (receipt.consultation, receipt.voter, receipt.ballot_hash) == (7, raw(entry["voter"]), keccak(data))
