"""A ceremony replayed: only what its trustees signed is heard, and what was told besides is named."""

from dataclasses import replace

import pytest

from beffroi.ballots import complaints
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.acknowledged import KeySignature, Panel, PanelError, believed, signers
from beffroi.ballots.ceremony import deal_hash, enrol
from beffroi.ballots.ceremony_events import (
    Acknowledged,
    CeremonyOpened,
    Committed,
    Complained,
    Dealt,
    Enrolled,
    KeyProposed,
)
from beffroi.ballots.events import Opened
from beffroi.ballots.group import address, base
from beffroi.ballots.keycheck import replay, too_smart
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.records import sign_slip
from beffroi.ballots.transcript import keccak
from beffroi.ballots.trustee_keys import TrusteeKeys


def heard(town, events=None, smart=frozenset()):
    return replay(town.events if events is None else events, town.site.chain_id, town.site.ceremonies, 1, smart)


def edited(town, kind, index, edit):
    """The record with this trustee's event of that kind edited."""
    return [edit(it) if isinstance(it, kind) and it.index == index else it for it in town.events]


def signed(town, ceremony, index, slip):
    keys = {address_of(key): key for key in town._accounts()}
    digest = slip.digest(slips.domain(ceremony.chain_id, ceremony.address))
    return sign_slip(keys[ceremony.trustees[index - 1]], digest)


def address_of(key):
    return address(base(int.from_bytes(key, "big")))


def keys_of(town, ceremony, index):
    return TrusteeKeys(ceremony.place(index), TrusteeSecret.generate(keccak(town.seed + bytes([index]))))


def test_all_that_trustees_signed_is_heard(town):
    said = heard(town)
    assert (said.disbelief(), said.problem()) == ("", "")
    assert set(said.enrolled) == set(said.promised) == set(said.deals) == set(said.acknowledged) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("kind", "edit", "clause"),
    [
        (Enrolled, lambda it: replace(it, key=base(7)), "trustee 2 did not sign what is shown as hers (enrol)"),
        (Enrolled, lambda it: replace(it, index=6), "trustee 6, who does not exist, is said to enrol"),
        (Committed, lambda it: replace(it, deal_hash=bytes(32)), "did not sign what is shown as hers (commit)"),
        (
            Dealt,
            lambda it: replace(it, deal=replace(it.deal, shares=(it.deal.shares[0] ^ 1, *it.deal.shares[1:]))),
            "did not sign what is shown as hers (deal)",
        ),
        (Dealt, lambda it: replace(it, signature=it.signature[:64]), "did not sign what is shown as hers (deal)"),
    ],
)
def test_what_a_trustee_did_not_sign_is_dropped_and_named(town, kind, edit, clause):
    said = heard(town, edited(town, kind, 2, edit))
    assert clause in said.disbelief()
    assert 2 not in {Enrolled: said.enrolled, Committed: said.promised, Dealt: said.deals}[kind]
    assert said.problem() == said.disbelief()


def test_what_a_trustee_did_not_sign_is_no_acknowledgement_and_the_key_stands_by_the_others(town):
    said = heard(town, edited(town, Acknowledged, 2, lambda it: replace(it, signature=b"\1")))
    assert (set(said.acknowledged), said.disbelief(), said.problem()) == ({1, 3, 4, 5}, "", "")
    none = [replace(it, signature=b"\1") if isinstance(it, Acknowledged) else it for it in town.events]
    assert heard(town, none).problem() == "0 trustees acknowledged the key, fewer than 3"


def test_two_messages_that_a_trustee_signed_for_one_step_prove_a_fault(town):
    ceremony = heard(town).ceremony
    key, proof = enrol(ceremony, TrusteeKeys(ceremony.place(2), TrusteeSecret.generate()))
    signature = signed(town, ceremony, 2, slips.enrolment(ceremony, 2, key, proof).slip)
    said = heard(town, [*town.events, Enrolled(1, 2, key, proof, signature)])
    assert said.faults == ["trustee 2 signed two different messages (enrol)"]
    assert "proves a fault" in said.disbelief()
    assert said.enrolled[2] != key, "the first is hers"


def committed(town, ceremony, index, deal_hash, *enrolled):
    """The event of a commitment that this trustee signed for these."""
    for_ = slips.mask(enrolled)
    signature = signed(town, ceremony, index, slips.commitment(ceremony, index, deal_hash, for_).slip)
    return Committed(1, index, deal_hash, for_, signature)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_commitment_that_she_signed_for_others_than_enrolled_is_a_hint_and_no_fault(town, is_first):
    """A node that hid an enrolment from her has it signed; who is shown it beside hers has no proof of anything."""
    truth = heard(town)
    false = committed(town, truth.ceremony, 1, keccak(b"a deal for four"), 1, 2, 3, 4)
    first = next(i for i, it in enumerate(town.events) if isinstance(it, Committed))
    said = heard(town, [*town.events[:first], false, *town.events[first:]] if is_first else [*town.events, false])
    assert said.faults == []
    assert said.disbelief() == "trustee 1 is shown to commit for others than are shown to have enrolled"
    assert said.promised == truth.promised


def test_an_enrolment_after_a_commitment_makes_no_fault_of_the_commitment_before(town):
    truth = heard(town)
    last = next(it for it in town.events if isinstance(it, Enrolled) and it.index == 5)
    false = committed(town, truth.ceremony, 1, keccak(b"a deal for four"), 1, 2, 3, 4)
    events = [it for it in town.events if it != last]
    first = next(i for i, it in enumerate(events) if isinstance(it, Committed))
    said = heard(town, [*events[:first], false, last, *events[first:]])
    assert said.faults == []
    assert said.disbelief() == "trustee 5 is shown to enrol after others have committed"


def test_two_commitments_for_the_same_trustees_prove_a_fault(town):
    other = committed(town, heard(town).ceremony, 1, keccak(b"another deal"), 1, 2, 3, 4, 5)
    said = heard(town, [*town.events, other])
    assert said.faults == ["trustee 1 signed two different messages (commit)"]


def test_a_deal_that_she_signed_for_another_commitment_is_a_hint_and_no_fault(town):
    said = heard(town)
    deal = replace(said.deals[1], shares=(0, *said.deals[1].shares[1:]))
    signature = signed(town, said.ceremony, 1, slips.dealing(said.ceremony, 1, deal).slip)
    twice = heard(town, [*town.events, Dealt(1, 1, deal, signature)])
    assert (twice.faults, twice.deals) == ([], said.deals)
    assert twice.disbelief() == "the deal of trustee 1 is not the one that she committed to"


def test_the_same_message_signed_again_is_no_fault(town):
    (event,) = [it for it in town.events if isinstance(it, Enrolled) and it.index == 2]
    assert heard(town, [*town.events, event]).disbelief() == ""


def test_a_smart_accounts_word_is_vouched_for_and_one_fewer_than_open_a_result_are_too_many(town):
    trustees = heard(town).ceremony.trustees

    def with_words_of(*smart):
        events = [
            replace(it, signature=b"a smart account's") if getattr(it, "index", 0) in smart else it
            for it in town.events[: next(i for i, it in enumerate(town.events) if isinstance(it, Opened))]
        ]
        return heard(town, events, frozenset(trustees[j - 1] for j in smart))

    one, two = with_words_of(4), with_words_of(1, 4)
    assert (one.vouched, one.disbelief(), one.problem()) == ({4}, "", "")
    assert "trustees 1, 4 are smart accounts" in two.disbelief()
    assert two.problem() == two.disbelief()


def test_of_three_who_open_a_result_one_may_be_a_contract_and_of_two_none():
    assert [too_smart(smart, 3) for smart in ([], ["0x01"])] == ["", ""]
    assert "0x01, 0x02. What they sign only a node can tell, so that at most 1 may be" in too_smart(["0x01", "0x02"], 3)
    assert "at most 0 may be where 2 open a result" in too_smart(["0x01"], 2)


def test_a_message_beside_the_one_that_she_signed_is_not_hers_though_her_account_has_code(town):
    trustees = heard(town).ceremony.trustees
    other = next(it for it in town.events if isinstance(it, Enrolled) and it.index == 3)
    events = [*town.events, replace(other, index=2, signature=b"")]
    said = heard(town, events, frozenset({trustees[1]}))
    assert "trustee 2 is shown with two different messages (enrol)" in said.disbelief()


def test_a_complaint_is_judged_again_whatever_the_node_says_that_it_did(town):
    said = heard(town)
    ceremony, deal = said.ceremony, said.deals[1]
    complaint = complaints.complain(ceremony, keys_of(town, ceremony, 2), 1, deal)
    slip = slips.complaint(ceremony, complaint, said.enrolled[2], deal).slip
    event = Complained(1, complaint, signed(town, ceremony, 2, slip))
    proposed = next(i for i, it in enumerate(town.events) if isinstance(it, KeyProposed))
    before = town.events[:proposed]
    assert heard(town, [*before, event]).excluded == {2}, "the share was right"
    by_nobody = heard(town, [*before, replace(event, signature=b"")])
    assert by_nobody.excluded == set()
    assert "trustee 2 did not sign" in by_nobody.disbelief()
    assert (
        "about a deal that is not there" in heard(town, [event, *before]).disbelief()
        or "opened" in heard(town, [event, *before]).disbelief()
    )


def test_a_deal_other_than_the_one_committed_to_makes_no_key(town):
    said = heard(town)
    ceremony, deal = said.ceremony, said.deals[3]
    other = deal_hash(ceremony, 4, deal)
    signature = signed(town, ceremony, 3, slips.commitment(ceremony, 3, other, slips.mask(said.enrolled)).slip)
    events = edited(town, Committed, 3, lambda it: replace(it, deal_hash=other, signature=signature))
    assert heard(town, events).problem() == "the deal of trustee 3 is not the one that she committed to"


def test_a_ceremony_opened_twice_is_not_believed(town):
    opened = next(it for it in town.events if isinstance(it, CeremonyOpened))
    assert "opened twice" in heard(town, [*town.events, replace(opened, threshold=2)]).disbelief()


# The voter's proof.


@pytest.fixture
def panel(town):
    said = heard(town)
    return Panel(said.ceremony.threshold, said.ceremony.trustees)


@pytest.fixture
def told(town):
    said = heard(town)
    return {j: KeySignature(said.keys().shares[j], signature) for j, signature in said.acknowledged.items()}


def test_t_signatures_of_published_trustees_prove_a_key_and_fewer_do_not(town, panel, told):
    assert signers(panel, town.params, told) == {1, 2, 3, 4, 5}
    assert believed([panel], town.params, {j: told[j] for j in (1, 4, 5)}) == panel
    assert believed([panel], town.params, {j: told[j] for j in (1, 4)}) is None
    assert believed([], town.params, told) is None


def test_a_signature_is_of_one_key_one_share_and_one_setting(town, panel, told):
    for other in (
        replace(town.params, h=base(7)),
        replace(town.params, chain_id=1),
        replace(town.params, contract=bytes(20)),
        replace(town.params, ceremonies=bytes(20)),
        replace(town.params, ceremony=2),
    ):
        assert signers(panel, other, told) == set()
    swapped = {1: told[2], 2: replace(told[2], share_key=base(7)), 3: replace(told[3], signature=b""), 9: told[4]}
    assert signers(panel, town.params, swapped) == set()


def test_other_trustees_or_another_threshold_prove_nothing(town, panel, told):
    assert believed([Panel(2, panel.trustees)], town.params, told) is None
    assert believed([Panel(3, (bytes(20), *panel.trustees[1:]))], town.params, told) is None
    assert believed([Panel(2, panel.trustees), panel], town.params, told) == panel


def test_a_list_of_trustees_is_read_as_it_was_written_and_nothing_else(panel):
    assert Panel.from_dict(panel.as_dict()) == panel
    assert len(panel.phrase.split()) == 10
    assert panel.phrase != Panel(2, panel.trustees).phrase
    written = panel.as_dict()
    for wrong in (
        None, [], {"needed": 2}, written | {"needed": "2"}, written | {"needed": 1}, written | {"needed": True},
        written | {"trustees": written["trustees"][::-1]}, written | {"trustees": ["0x12"]}, written | {"trustees": 7},
    ):  # fmt: skip
        with pytest.raises(PanelError):
            Panel.from_dict(wrong)
