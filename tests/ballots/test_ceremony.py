"""The key ceremony: honest trustees agree, and every way to cheat it that the protocol lists is caught."""

from dataclasses import replace

import pytest

from beffroi.ballots import ceremony as messages
from beffroi.ballots import complaints
from beffroi.ballots.ceremony import Ceremony, CeremonyError, Deal
from beffroi.ballots.group import INFINITY, N, add, base, mul, neg
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.proofs import Knowledge, prove_knowledge
from beffroi.ballots.tally import lagrange
from beffroi.ballots.trustee_keys import TrusteeKeys


def elsewhere(ceremony):
    """The same ceremony on another chain, of another contract, under another id, with another trustee."""
    stranger = (*ceremony.trustees[:-1], b"\xff" * 20)
    return [
        replace(ceremony, chain_id=1),
        replace(ceremony, address=b"\xaa" * 20),
        replace(ceremony, id=2),
        replace(ceremony, trustees=stranger),
    ]


def with_wrong_share(deal, victim):
    shares = list(deal.shares)
    shares[victim - 1] = (shares[victim - 1] + 1) % N
    return replace(deal, shares=tuple(shares))


def test_any_three_of_five_hold_the_key_and_two_do_not(held):
    for indices in [(1, 2, 3), (1, 3, 5), (3, 4, 5)]:
        secret = sum(f * held.secret_share(j) for f, j in zip(lagrange(indices), indices, strict=True))
        assert base(secret) == held.public.h
    pair = sum(f * held.secret_share(j) for f, j in zip(lagrange((1, 2)), (1, 2), strict=True))
    assert base(pair) != held.public.h


def test_every_share_has_its_public_image(held):
    assert all(base(held.secret_share(j)) == held.public.shares[j] for j in held.ceremony.indices)


def test_every_message_verifies_where_it_was_made_and_nowhere_else(held):
    for j, keys in held.keys.items():
        key, proof = messages.enrol(held.ceremony, keys)
        assert messages.verify_enrolment(held.ceremony, j, key, proof)
        assert messages.verify_deal(held.ceremony, j, held.deals[j])
    key, proof = messages.enrol(held.ceremony, held.keys[5])
    for other in elsewhere(held.ceremony):
        assert not messages.verify_enrolment(other, 5, key, proof)
        assert not messages.verify_deal(other, 5, held.deals[5])
    hashes = {messages.deal_hash(other, 5, held.deals[5]) for other in elsewhere(held.ceremony)[:3]}
    assert len(hashes | {messages.deal_hash(held.ceremony, i, held.deals[5]) for i in (4, 5)}) == 5
    assert not messages.verify_enrolment(held.ceremony, 4, key, proof)
    assert not messages.verify_deal(held.ceremony, 4, held.deals[5]), "a rushing dealer copies a deal"


def test_each_step_repeated_gives_the_same_bytes_and_another_setting_another_polynomial(held):
    again = messages.make_deal(held.ceremony, held.keys[2], held.enrolled)
    assert again == held.deals[2]
    other = messages.make_deal(held.ceremony, held.keys[2], {**held.enrolled, 4: base(7)})
    assert set(other.commitments).isdisjoint(again.commitments)
    assert other.ephemeral != again.ephemeral


def test_a_deal_survives_its_event(held):
    assert Deal.from_tuple(held.deals[1].as_tuple()) == held.deals[1]


def test_a_trustee_who_did_not_enrol_gets_no_share(held):
    absent = {j: key for j, key in held.enrolled.items() if j != 4}
    assert messages.make_deal(held.ceremony, held.keys[1], absent).shares[3] == 0


def test_a_wrong_share_is_seen_by_its_victim_alone_and_excludes_the_dealer(held):
    deal = with_wrong_share(held.deals[1], victim=2)
    assert messages.unmask(held.ceremony, held.keys[2], 1, deal) is None
    assert messages.unmask(held.ceremony, held.keys[3], 1, deal) is not None
    complaint = complaints.complain(held.ceremony, held.keys[2], 1, deal)
    assert complaints.judge(held.ceremony, complaint, held.enrolled[2], deal) is True
    with pytest.raises(CeremonyError, match="dealer 1"):
        messages.secret_share(held.ceremony, held.keys[2], {**held.deals, 1: deal})


def test_a_false_complaint_excludes_the_accuser(held):
    complaint = complaints.complain(held.ceremony, held.keys[2], 1, held.deals[1])
    assert complaints.judge(held.ceremony, complaint, held.enrolled[2], held.deals[1]) is False


def test_a_complaint_proves_nothing_elsewhere_or_with_another_point(held):
    complaint = complaints.complain(held.ceremony, held.keys[2], 1, held.deals[1])
    deal, key = held.deals[1], held.enrolled[2]
    for other in elsewhere(held.ceremony)[:3]:
        assert complaints.judge(other, complaint, key, deal) is None
    for forged in (
        replace(complaint, dh=add(complaint.dh, base(1))),
        replace(complaint, dh=neg(complaint.dh)),
        replace(complaint, dh=INFINITY),
        replace(complaint, accuser=3),
        replace(complaint, dealer=3),
        replace(complaint, proof=replace(complaint.proof, e=complaint.proof.e + N)),
        replace(complaint, proof=replace(complaint.proof, w=complaint.proof.w + N)),
        replace(complaint, proof=replace(complaint.proof, e=0)),
        replace(complaint, proof=replace(complaint.proof, p=neg(complaint.proof.p))),
    ):
        assert complaints.judge(held.ceremony, forged, key, deal) is None
    assert complaints.judge(held.ceremony, complaint, held.enrolled[3], deal) is None


def test_an_ephemeral_key_copied_from_another_dealer_is_refused(held):
    """Else the copier's junk share, complained about, would open the honest dealer's share."""
    thief = replace(held.deals[2], ephemeral=held.deals[1].ephemeral, ephemeral_proof=held.deals[1].ephemeral_proof)
    assert not messages.verify_deal(held.ceremony, 2, thief)


def test_a_masked_share_altered_by_a_bit_leaves_a_deal_unproven(held):
    """A receiver would complain of it, and the complaint unmasks the share that was dealt."""
    for victim in held.ceremony.indices:
        assert not messages.verify_deal(held.ceremony, 1, with_wrong_share(held.deals[1], victim))


def test_an_acknowledgement_proves_one_share_of_one_key_in_one_setting(held):
    share = held.secret_share(2)
    proof = messages.acknowledge(held.ceremony, held.keys[2], held.public, share)
    assert messages.verify_acknowledgement(held.ceremony, 2, held.public, proof)
    assert not messages.verify_acknowledgement(held.ceremony, 3, held.public, proof)
    wrong = messages.acknowledge(held.ceremony, held.keys[2], held.public, (share + 1) % N)
    assert not messages.verify_acknowledgement(held.ceremony, 2, held.public, wrong)
    assert not messages.verify_acknowledgement(held.ceremony, 2, replace(held.public, h=base(7)), proof)
    settings = [replace(held.ceremony, consumer=b"\xaa" * 20), replace(held.ceremony, threshold=2)]
    for other in [*elsewhere(held.ceremony), *settings]:
        assert not messages.verify_acknowledgement(other, 2, held.public, proof)


@pytest.mark.parametrize("field", ["secret_proof", "ephemeral_proof"])
def test_a_proof_out_of_range_or_altered_is_refused(held, field):
    proof = getattr(held.deals[1], field)
    for bad in (
        Knowledge(0, proof.z),
        Knowledge(proof.e, 0),
        Knowledge(proof.e + N, proof.z),
        Knowledge(proof.e, proof.z + N),
        Knowledge(proof.e, proof.z + 1),
    ):
        assert not messages.verify_deal(held.ceremony, 1, replace(held.deals[1], **{field: bad}))


def proven(ceremony, index, deal):
    """The deal with the commitment to 5, the ephemeral key of 7, and proofs that fit whatever else it holds."""
    deal = replace(deal, commitments=(base(5), *deal.commitments[1:]), ephemeral=base(7))
    secret, ephemeral = (
        prove_knowledge(messages._knowledge(ceremony, label, index, deal), x)
        for label, x in ((messages.TAG_SECRET, 5), (messages.TAG_EPHEMERAL, 7))
    )
    return replace(deal, secret_proof=secret, ephemeral_proof=ephemeral)


def test_a_dealer_proves_nothing_that_makes_a_malformed_deal_pass(held):
    deal = held.deals[1]
    assert messages.verify_deal(held.ceremony, 1, proven(held.ceremony, 1, deal))
    off_curve = deal.commitments[1][:63] + bytes([deal.commitments[1][63] ^ 1])
    for bad in (
        replace(deal, commitments=(deal.commitments[0], off_curve, deal.commitments[2])),
        replace(deal, commitments=(deal.commitments[0], INFINITY, deal.commitments[2])),
        replace(deal, commitments=deal.commitments[:2]),
        replace(deal, commitments=(*deal.commitments, base(9))),
        replace(deal, shares=deal.shares[:4]),
    ):
        assert not messages.verify_deal(held.ceremony, 1, proven(held.ceremony, 1, bad))


def test_deals_that_cancel_out_make_no_key(held):
    opposite = replace(held.deals[2], commitments=tuple(neg(c) for c in held.deals[1].commitments))
    with pytest.raises(CeremonyError, match="no key"):
        messages.conclude({1: held.deals[1], 2: opposite}, [1, 2, 3])


def test_two_ceremonies_of_one_secret_share_no_key():
    secret = TrusteeSecret.generate()
    trustees = tuple(bytes([i]) * 20 for i in range(1, 4))
    first, second = (
        TrusteeKeys(Ceremony(1, b"\x01" * 20, i, 2, trustees, b"\xc0" * 20).place(1), secret) for i in (1, 2)
    )
    assert first.encryption != second.encryption
    assert secret.value.hex() not in repr(first)


def test_a_ceremony_is_between_2_and_16_trustees_in_order():
    trustees = tuple(bytes([i]) * 20 for i in range(1, 4))
    for threshold, accounts in [(1, trustees), (4, trustees), (2, trustees[::-1]), (2, (trustees[0],) * 2)]:
        with pytest.raises(CeremonyError):
            Ceremony(1, b"\x01" * 20, 1, threshold, accounts, b"\xc0" * 20)


def test_the_committed_image_is_the_polynomial_in_the_exponent():
    coefficients = [5, 7, 11]
    commitments = [base(a) for a in coefficients]
    assert messages.evaluate(coefficients, 3) == 5 + 7 * 3 + 11 * 9
    assert messages.committed(commitments, 3) == base(5 + 21 + 99) == add(base(5), mul(3, base(7)), mul(9, base(11)))
