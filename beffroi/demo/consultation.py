"""A consultation lives: a key that nobody holds, three hundred secret ballots, a result that anyone checks."""

from dataclasses import dataclass, replace

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keyfiles import KeyFile
from beffroi.ballots.parallel import Here
from beffroi.ballots.params import Params
from beffroi.ballots.receipt import Receipt
from beffroi.ballots.records import Record
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.keys import Key
from beffroi.consultation import casting, ceremony, checking, counting, posting
from beffroi.consultation.opening import Calendar, open_consultation
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.promised import Memory
from beffroi.consultation.subject import Subject
from beffroi.demo import trustees
from beffroi.demo.hiding_node import HidingNode
from beffroi.demo.stage import Stage
from beffroi.demo.trustees import NEEDED, TRUSTEES
from beffroi.roll import Roll
from beffroi.units import DAY_S

SUBJECT = Subject("La Grand-Place doit-elle être fermée aux voitures ?", ("oui", "non", "blanc"))
MEANING = "Shall the main square be closed to cars?"
ANSWERS = (0, 0, 0, 1, 1, 2)
"""What citizens choose from."""


@dataclass
class _Vote:
    """What the chapters share."""

    stage: Stage
    polls: Polls
    roll: Roll
    params: Params
    keys: list[Key]
    answers: list[int]
    receipts: dict[int, Receipt]


def tell(stage: Stage) -> None:
    """Lives the story of one consultation."""
    polls = Polls.at(stage.rpc, stage.contract("Consultations").address, stage.manifest.start_block)
    number = trustees.open_ceremony(stage, polls)
    keys = trustees.key_files(polls, number)
    _ceremony(stage, polls, keys)
    vote = _opening(stage, polls, number)
    _ballots(vote)
    _second_thoughts(vote)
    _count(vote, keys)
    _check(vote)


def _ceremony(stage: Stage, polls: Polls, keys: list[KeyFile]) -> None:
    stage.narrator.chapter("Three trustees of opposing sides make a key that none of them holds")
    pins, promises = keys[0].pins, [Memory() for _ in keys]
    stage.narrator.tell(f"Each key file names the one place that it is for; they compare by telephone: {pins.phrase}.")
    for step in ("enrol", "commit", "deal", "check the shares received"):
        for account, key, promise in zip(trustees.accounts(stage), keys, promises, strict=True):
            told = ceremony.take_step(polls, pins.ceremony, account, key, promise)
        stage.narrator.tell(f"To {step}, each gives the same command. The last of them reads: “{told[0]}”")
    stage.pass_days(1)
    stage.narrator.tell(ceremony.move_on(polls, pins.ceremony, stage.office("clerk")))
    for account, key, promise in zip(trustees.accounts(stage), keys, promises, strict=True):
        told = ceremony.take_step(polls, pins.ceremony, account, key, promise)
    stage.narrator.tell(f"The last of them reads: “{told[0]}”")
    stage.narrator.tell(f"Any {NEEDED} of the {len(TRUSTEES)} can open the totals; one alone can open nothing.")


def _opening(stage: Stage, polls: Polls, key: int) -> _Vote:
    stage.narrator.chapter(f"“{SUBJECT.question}” ({MEANING})")
    roll = stage.draw_roll()
    opens = stage.now_s() + DAY_S
    number = open_consultation(
        polls,
        stage.office("returning_officer"),
        ceremony=key,
        subject=SUBJECT,
        roll=roll,
        calendar=Calendar(opens, opens + 7 * DAY_S, opens + 9 * DAY_S),
    )
    stage.pass_days(1)
    by_account = {it.address: it for it in stage.people["citizen"]}
    keys = [by_account[account] for account in roll.accounts()]
    answers = [stage.chance.choice(ANSWERS) for _ in keys]
    stage.narrator.tell(
        f"Consultation {number}: {', '.join(SUBJECT.options)}; {len(roll)} citizens on the sealed roll."
    )
    return _Vote(stage, polls, roll, polls.params(number), keys, answers, {})


def _slip(vote: _Vote, index: int, seq: int = 0) -> Record:
    account = to_address(vote.keys[index].address)
    ballot = make_ballot(vote.params, account, seq, SUBJECT.asked.messages(vote.answers[index]))
    vote.receipts[index] = Receipt.of(vote.params, index, ballot)
    return casting.sign(vote.params, index, ballot, vote.keys[index])


def _ballots(vote: _Vote) -> None:
    stage = vote.stage
    with stage.narrator.progress("encrypting", len(vote.keys)) as advance:
        slips = []
        for index in range(len(vote.keys)):
            slips.append(_slip(vote, index))
            advance(1)
    # Someone tries to make her vote count for more, and signs what she made of it.
    slips[7] = _forged(vote, slips[7])
    with stage.narrator.progress("posting", len(slips)) as advance:
        clerk = stage.office("clerk")
        posted = posting.post(vote.polls, vote.params, vote.roll, clerk, slips, check=False, progress=advance)
    stage.narrator.tell(
        f"{posted.counted} ballots counted in {len(posted.outcomes)} transactions, "
        f"{posted.gas_used // len(slips):,} gas each, every proof and signature checked by the contract."
    )
    for index, reason in posted.refused.items():
        words = f"the ballot of voter {index}, named on the chain: wrong {reason.name.lower()}."
        stage.narrator.tell(words, mark="left out")
    posted = posting.post(vote.polls, vote.params, vote.roll, clerk, [_slip(vote, 7)])
    stage.narrator.tell(
        f"It burned nothing: her true ballot is counted ({posted.counted}), for {posted.gas_used:,} gas alone."
    )


def _forged(vote: _Vote, slip: Record) -> Record:
    flipped = slip.ballot[:150] + bytes([slip.ballot[150] ^ 1]) + slip.ballot[151:]
    key = vote.keys[slip.index]
    forged = replace(slip, ballot=flipped, signature=b"")
    return replace(forged, signature=key.sign(vote.params.slip_digest(slip.voter, 0, keccak(flipped))))


def _second_thoughts(vote: _Vote) -> None:
    index, stage = 42, vote.stage
    vote.answers[index] = (vote.answers[index] + 1) % len(SUBJECT.options)
    posted = posting.post(vote.polls, vote.params, vote.roll, stage.office("clerk"), [_slip(vote, index, 1)])
    stage.narrator.tell(f"Voter {index} thinks again: her last ballot replaces the first, for {posted.gas_used:,} gas.")


def _count(vote: _Vote, keys: list[KeyFile]) -> None:
    stage, polls, number, clerk = vote.stage, vote.polls, vote.params.consultation, vote.stage.office("clerk")
    stage.narrator.chapter("The count")
    stage.pass_days(7)
    counting.close(polls, number, clerk)
    _refuse_a_liar(vote, keys[0])
    told = trustees.share(stage, polls, number, keys[0], vote.roll)
    try:
        counting.finalise(polls, number, clerk)
    except ConsultationError as refusal:
        stage.narrator.tell(str(refusal), mark="refused")
    if trustees.share(stage, polls, number, keys[2], vote.roll) != told:
        raise AssertionError("two trustees have counted different ballots")
    stage.narrator.tell(f"Each trustee counts all ballots before her share, and compares by telephone: {told}.")
    stage.narrator.tell(
        f"{TRUSTEES[1].capitalize()} is away; {TRUSTEES[0]} and {TRUSTEES[2]} open the totals, nothing else."
    )
    counts = counting.finalise(polls, number, clerk)
    ballots = polls.consultations.read(stage.rpc, "ballots", number)
    found = checking.results(SUBJECT, counts, ballots)
    if found != [vote.answers.count(option) for option in range(len(SUBJECT.options))]:
        raise AssertionError(f"{found} is not what citizens chose")
    rows = [(option, f"{count:>7}") for option, count in zip(SUBJECT.options, found, strict=True)]
    stage.narrator.table(("option", "ballots"), rows)


def _refuse_a_liar(vote: _Vote, key: KeyFile) -> None:
    """A trustee's node keeps ballots from her."""
    lied_to = replace(vote.polls, rpc=HidingNode(vote.polls.rpc.url))
    try:
        trustees.share(vote.stage, lied_to, vote.params.consultation, key, vote.roll)
    except ConsultationError as refusal:
        vote.stage.narrator.tell(f"A node that hides a ballot from {TRUSTEES[0]}: {refusal}", mark="refused")
        return
    raise AssertionError("a share was given of what a lying node shows")


def _check(vote: _Vote) -> None:
    stage, polls, number = vote.stage, vote.polls, vote.params.consultation
    stage.narrator.chapter("Anyone checks all of it, from a node and an address")
    verdict = checking.audit(polls, number, vote.roll, Here())
    stage.narrator.quote(checking.verdict_text(verdict, SUBJECT))
    for index in (0, 42):
        stage.narrator.tell(f"Voter {index} holds her receipt against the chain: {_fate(polls, vote.receipts[index])}")


def _fate(polls: Polls, receipt: Receipt) -> str:
    return checking.check_receipt(polls, receipt).text
