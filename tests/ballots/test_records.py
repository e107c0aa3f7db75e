"""Slips, records, batches, rolls and receipts; events out of raw logs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_typed_data
from hypothesis import given
from hypothesis import strategies as st

import beffroi.ballots
from beffroi.ballots import ceremony_events, events, records
from beffroi.ballots.ballot import CIPHERTEXT, make_ballot
from beffroi.ballots.complaints import Complaint
from beffroi.ballots.events import BallotRefused, BallotsCast, Decoder, RefusedFor
from beffroi.ballots.group import N, address, base
from beffroi.ballots.proofs import Dleq
from beffroi.ballots.receipt import Fate, Receipt, ReceiptError, find
from beffroi.ballots.records import EMPTY_LEAF, Record, RecordError, RollTree, batch_root
from beffroi.ballots.rehearsal import rehearse
from beffroi.ballots.rules import single_choice
from beffroi.ballots.transcript import keccak

ABI = json.loads((Path(__file__).parents[1] / "vectors" / "events.abi.json").read_text())
KEY = b"\x11" * 32
VOTER = address(base(int.from_bytes(KEY, "big")))


@pytest.fixture(scope="module")
def town():
    town = rehearse(3)
    town.open(single_choice(3).rule)
    return town


def accounts(n):
    return [keccak(bytes([i]))[:20] for i in range(n)]


def test_a_slip_is_what_a_wallet_signs(town):
    params, ballot_hash = town.params, b"\x22" * 32
    message = encode_typed_data(
        {"name": "Consultations", "version": "1", "chainId": 31337, "verifyingContract": "0x" + params.contract.hex()},
        {
            "Ballot": [
                {"name": "consultation", "type": "uint256"},
                {"name": "voter", "type": "address"},
                {"name": "seq", "type": "uint256"},
                {"name": "ballotHash", "type": "bytes32"},
            ]
        },
        {"consultation": params.consultation, "voter": "0x" + VOTER.hex(), "seq": 4, "ballotHash": ballot_hash},
    )
    digest = params.slip_digest(VOTER, 4, ballot_hash)
    wallet = bytes(Account.sign_message(message, KEY).signature)
    assert records.sign_slip(KEY, digest) == wallet
    assert records.signer(digest, wallet) == VOTER


def test_a_signature_altered_is_not_the_voters():
    digest = keccak(b"slip")
    signature = records.sign_slip(KEY, digest)
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    high = r + (N - s).to_bytes(32, "big") + bytes([55 - v])
    for bad in (b"", signature[:64], signature + b"\x00", high, signature[:64] + bytes([v - 27]), bytes(65)):
        assert records.signer(digest, bad) is None
    assert records.signer(keccak(b"another"), signature) != VOTER
    assert records.signer(digest, signature[:64] + bytes([55 - v])) != VOTER


def test_records_are_read_as_they_were_written():
    written = [Record(7, 0, VOTER, b"\x01" * 65, b"\x02" * 288), Record(2**32 - 1, 5, VOTER, b"", b"\x03" * 288)]
    data = b"".join(record.encode() for record in written)
    assert list(records.records(data, 288)) == written
    assert list(records.records(b"", 288)) == []
    for cut in (data[:-1], data[:20], data + b"\x00"):
        with pytest.raises(RecordError):
            list(records.records(cut, 288))


@given(st.integers(1, 40), st.data())
def test_every_leaf_of_a_batch_climbs_to_its_root(size, data):
    leaves = [keccak(bytes([i])) for i in range(size)]
    position = data.draw(st.integers(0, size - 1))
    proof = records.batch_proof(leaves, position)
    assert records.climb(leaves[position], proof) == records.batch_root(leaves)
    assert records.climb(keccak(b"another"), proof) != records.batch_root(leaves)


def test_the_known_root_of_a_standard_merkle_tree():
    """Hand-built for three voters: node 4, 3, 2 are voters 0, 1, 2; node 1 = (3, 4), the root = (1, 2)."""
    voters = accounts(3)
    leaf = [keccak(keccak(encode(["uint256", "address"], [i, v]))) for i, v in enumerate(voters)]

    def node(a, b):
        return keccak(min(a, b) + max(a, b))

    root = node(node(leaf[1], leaf[0]), leaf[2])
    assert RollTree(voters).root == records.roll_root(voters) == root
    assert RollTree(voters).proof([2]) == [node(leaf[1], leaf[0])]
    assert RollTree(voters).proof([0]) == [leaf[1], leaf[2]]
    assert RollTree(voters).proof([0, 1, 2]) == []


@given(st.integers(1, 70))
def test_the_frugal_root_is_the_trees(size):
    assert records.roll_root(accounts(size)) == RollTree(accounts(size)).root


@given(st.integers(1, 70), st.data())
def test_one_voters_proof_climbs_to_the_root(size, data):
    voters, index = accounts(size), data.draw(st.integers(0, size - 1))
    roll = RollTree(voters)
    assert records.climb(records.roll_leaf(index, voters[index]), roll.proof([index])) == roll.root


@pytest.mark.parametrize("indices", [[], [1, 0], [1, 1], [3], [-1]])
def test_proofs_are_for_increasing_indices_on_the_roll(indices):
    with pytest.raises(RecordError):
        RollTree(accounts(3)).proof(indices)


def test_an_empty_roll_is_refused():
    for build in (records.roll_root, RollTree):
        with pytest.raises(RecordError):
            build([])


def cast(params, number, *shown, refused=()):
    length = CIPHERTEXT * params.rule.size
    leaves = [
        EMPTY_LEAF if at in refused else params.leaf(it.index, it.seq, keccak(it.ballot[:length]))
        for at, it in enumerate(shown)
    ]
    return BallotsCast(7, number, batch_root(leaves), b"".join(it.encode() for it in shown))


def test_a_receipt_follows_its_ballot_from_the_phone_to_its_replacement(town):
    params = town.params
    first, second = (town.ballot(1, (1,), seq) for seq in (0, 1))
    receipt = Receipt.parse(Receipt.of(params, 1, first).text())
    assert find(receipt, params, []).fate is Fate.ABSENT
    bad = Record(1, 0, first.voter, b"\x01" * 65, first.data)
    refused = [BallotRefused(7, 0, 0, 1, RefusedFor.SIGNATURE), cast(params, 0, bad, refused=(0,))]
    found = find(receipt, params, refused)
    assert found.fate is Fate.REFUSED
    assert "signature is not yours" in found.text
    others = [Record(0, 0, town.roll[0], b"", first.data), town.record(1, first)]
    counted = cast(params, 1, *others)
    found = find(receipt, params, [*refused, replace(counted, consultation=8), counted])
    assert (found.fate, found.batch) == (Fate.COUNTED, 1)
    replaced = cast(params, 2, town.record(1, second))
    assert find(receipt, params, [*refused, counted, replaced]).fate is Fate.REPLACED
    assert find(Receipt.of(params, 1, second), params, [counted, replaced]).fate is Fate.COUNTED
    assert find(receipt, params, [replace(counted, root=bytes(32))]).fate is Fate.ABSENT


def test_a_receipt_of_another_consultation_or_none_at_all_says_so(town):
    receipt = Receipt.of(town.params, 1, make_ballot(town.params, town.roll[1], 0, (1,)))
    with pytest.raises(ReceiptError, match="another"):
        find(receipt, replace(town.params, consultation=8), [])
    for text in ("", "{}", "[]", receipt.text().replace("0x", "0y")):
        with pytest.raises(ReceiptError, match="not a receipt"):
            Receipt.parse(text)


def test_a_receipt_does_not_tell_the_choice(town):
    ballot = make_ballot(town.params, town.roll[1], 0, (1,))
    assert str(ballot.opening.randomness[0]) not in Receipt.of(town.params, 1, ballot).text()


def log_of(name, **values):
    """The raw log that a contract would emit."""
    entry = next(e for e in ABI if e["name"] == name)
    signature = f"{name}({','.join(events.canonical(i) for i in entry['inputs'])})"
    topics, types, plain = [keccak(signature.encode())], [], []
    for i in entry["inputs"]:
        kind = events.canonical(i)
        if i["indexed"]:
            topics.append(encode([kind], [values[i["name"]]]))
        else:
            types.append(kind)
            plain.append(values[i["name"]])
    return {"topics": ["0x" + t.hex() for t in topics], "data": "0x" + encode(types, plain).hex()}


def pair(p):
    return int.from_bytes(p[:32], "big"), int.from_bytes(p[32:], "big")


def terms_of(p):
    dates = (p.opens_at, p.closes_at, p.tally_by, p.secrecy_minimum)
    return (p.ceremony, p.roll_root, p.roll_size, *dates, p.question_hash, p.options_hash, "", p.rule.as_tuple())


AS_LOGGED = {
    ceremony_events.CeremonyOpened: lambda e, _: (
        "CeremonyOpened",
        vars(e) | {"durations": [1] * 5, "reserved": False, "settingHash": bytes(32)},
    ),
    ceremony_events.Enrolled: lambda e, _: (
        "Enrolled",
        vars(e) | {"key": pair(e.key), "proof": e.proof.as_tuple()},
    ),
    ceremony_events.Committed: lambda e, _: ("Committed", vars(e) | {"dealHash": e.deal_hash}),
    ceremony_events.Dealt: lambda e, _: ("Dealt", vars(e) | {"deal": e.deal.as_tuple()}),
    ceremony_events.KeyProposed: lambda e, _: (
        "KeyProposed",
        {"id": e.id, "key": pair(e.key), "shareKeys": [pair(key) for key in e.share_keys]},
    ),
    ceremony_events.Acknowledged: lambda e, _: ("Acknowledged", vars(e) | {"proof": e.proof.as_tuple()}),
    ceremony_events.KeyReady: lambda e, _: ("KeyReady", vars(e)),
    events.Opened: lambda e, p: (
        "ConsultationOpened",
        {"consultation": 7, "ceremonyId": 1, "paramsHash": e.params_hash, "terms": terms_of(p)},
    ),
    events.BallotsCast: lambda e, _: ("BallotsCast", vars(e)),
    events.BallotRefused: lambda e, _: ("BallotRefused", vars(e)),
    events.BallotReplaced: lambda e, _: ("BallotReplaced", vars(e)),
    events.Closed: lambda e, _: (
        "ConsultationClosed",
        vars(e) | {"totals": [pair(point) for total in e.totals for point in total]},
    ),
    events.ShareSubmitted: lambda e, _: (
        "ShareSubmitted",
        {"consultation": 7, "trustee": e.share.trustee}
        | dict(zip(("shares", "proofs"), e.share.as_arguments(), strict=True))
        | {"signature": e.signature},
    ),
    events.Tallied: lambda e, _: ("ConsultationTallied", vars(e)),
}


def test_a_whole_consultation_survives_its_logs():
    """Every event of a rehearsal, written as a log and decoded, is itself."""
    town = rehearse(3)
    question = single_choice(3)
    params = town.open(question.rule)
    first = town.record(0, town.ballot(0, question.messages(0)))
    town.cast([first, replace(first, index=1)])
    town.cast([town.record(0, town.ballot(0, question.messages(1), seq=1))])
    town.close()
    town.share(1, 2, 3)
    town.finalise()
    logs = []
    for event in town.events:
        name, values = AS_LOGGED[type(event)](event, params)
        logs.append(log_of(name, **values))
    decoder = Decoder(ABI)
    foreign = {"topics": [keccak(b"Transfer()")], "data": "0x"}
    assert list(decoder.events([foreign, {"topics": [], "data": "0x"}, *logs])) == town.events
    assert {bytes.fromhex(log["topics"][0][2:]) for log in logs} <= set(decoder.topics)


def test_a_complaint_is_read_alike_whomever_it_excluded():
    shown = {"shared": pair(base(5)), "proof": (1, 2, pair(base(7))), "signature": b"signed"}
    names = ("DealerExcluded", "AccuserExcluded")
    logs = [log_of(name, id=1, dealer=2, accuser=3, **shown) for name in names]
    expected = ceremony_events.Complained(1, Complaint(3, 2, base(5), Dleq(1, 2, base(7))), b"signed")
    assert list(Decoder(ABI).events(logs)) == [expected, expected]


def test_every_public_name_is_there():
    for name in beffroi.ballots.__all__:
        assert getattr(beffroi.ballots, name) is not None
    with pytest.raises(AttributeError, match="no attribute"):
        _ = beffroi.ballots.nothing
