"""What the town leaves to whoever opens the dApp once the story is told, and the wallets to play everyone with."""

from collections.abc import Sequence

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.consultation import casting, ceremony, posting
from beffroi.consultation.opening import Calendar, open_consultation
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.consultation.subject import Subject
from beffroi.credibility.electorate import Level
from beffroi.credibility.mandate import Mandates
from beffroi.currency import issuing
from beffroi.demo import credibility, land, programmes, trustees
from beffroi.demo.stage import OFFICES, Stage
from beffroi.publish.toys import toys
from beffroi.units import DAY_S

SUBJECT = Subject(
    "Que faire de l'ancienne gare ?",
    ("Une bibliothèque", "Une auberge de jeunesse", "Blanc"),
)
PROMISES = (("Des pistes cyclables sur les trois grands axes", 6_000), ("Une maison de santé", 4_000))
SAID: tuple[tuple[Level, ...], ...] = ((4, 2), (3, None), (4, 0), (2, 1))
"""What those who have judged already say, in turn."""
EARLY_VOTERS = 40
LOSES_HER_KEY = 5
"""The citizen whose recovery is announced, the last of those whom there is a wallet of."""
MERCHANTS = 3


def tell(stage: Stage) -> None:
    """Opens what is to be done, and hands out the wallets."""
    polls = Polls.at(stage.rpc, stage.contract("Consultations").address, stage.manifest.start_block)
    mandates = Mandates(stage.rpc, stage.contract("Town"), stage.contract("Promises"))
    stage.narrator.chapter("The town goes on, and leaves the rest to you")
    mandate = credibility.pledge(stage, mandates, stage.people["official"][1], PROMISES)
    code = programmes.leave_a_sheet(stage)
    stage.pass_days(credibility.DUE_DAYS)
    keys = trustees.make_key(stage, polls), trustees.make_key(stage, polls)
    judged = credibility.evaluate(stage, polls, mandates, mandate, len(PROMISES), keys[0])
    stage.pass_days(credibility.NOTICE_DAYS - 1)
    asked = _ask(stage, polls, keys[1])
    stage.pass_days(1)
    voters = [key.address for key in stage.people["citizen"][-EARLY_VOTERS:]]
    _vote(stage, polls, asked, voters)
    _judge(stage, polls, judged.consultation, voters)
    _call_trustees(stage, polls)
    _lose_a_key(stage)
    land.leave_a_sale(stage)
    stage.narrator.tell(
        f"Open for a week: consultation {asked} and the evaluation of {len(PROMISES)} promises, {EARLY_VOTERS} have "
        "voted in each. Trustees are expected at a ceremony, a merchant waits for euros, a lost key is being replaced."
    )
    stage.narrator.tell(f"Aid goes on for a year; a sheet of it opens at #/purse, by its code: {code}")
    stage.papers.wallets += toys(_cast(stage))


def _ask(stage: Stage, polls: Polls, key: int) -> int:
    opens = stage.now_s() + DAY_S
    return open_consultation(
        polls, stage.office("returning_officer"), ceremony=key, subject=SUBJECT, roll=stage.draw_roll(),
        calendar=Calendar(opens, opens + 7 * DAY_S, opens + 9 * DAY_S),
    )  # fmt: skip


def _vote(stage: Stage, polls: Polls, number: int, voters: Sequence[str]) -> None:
    params, roll = polls.params(number), stage.draw_roll()
    keys = {key.address: key for key in stage.people["citizen"]}
    slips = []
    for voter in voters:
        choice = SUBJECT.asked.messages(stage.chance.randrange(len(SUBJECT.options)))
        ballot = make_ballot(params, to_address(voter), 0, choice)
        slips.append(casting.sign(params, roll.index(voter), ballot, keys[voter]))
    posting.post(polls, params, roll, stage.office("clerk"), slips, check=False)


def _judge(stage: Stage, polls: Polls, number: int, voters: Sequence[str]) -> None:
    params, roll = polls.params(number), stage.draw_roll()
    said = {roll.index(voter): SAID[place % len(SAID)] for place, voter in enumerate(voters)}
    slips = credibility.judgements(stage, params, roll, said)
    posting.post(polls, params, roll, stage.office("clerk"), slips, check=False)


def _call_trustees(stage: Stage, polls: Polls) -> None:
    number = trustees.open_ceremony(stage, polls)
    ceremony.take_step(polls, number, trustees.accounts(stage)[0], trustees.key_files(polls, number)[0], Memory())


def _lose_a_key(stage: Stage) -> None:
    lost, successor = stage.people["citizen"][LOSES_HER_KEY], Key.derived("demo", "another phone")
    stage.act(
        stage.office("registrar"), "Residents", "proposeRecovery", lost.address, successor.address,
        issuing.reference("a second request at the counter"), purpose="propose a recovery",
    )  # fmt: skip


def _cast(stage: Stage) -> dict[str, list[bytes]]:
    people = {
        "citizen": stage.people["citizen"][: LOSES_HER_KEY + 1],
        "merchant": stage.people["merchant"][:MERCHANTS],
        "public_body": stage.people["public body"][:1],
        "official": stage.people["official"],
        "lender": stage.people["bank"],
    }
    cast = {role: [key.secret for key in keys] for role, keys in people.items()}
    cast |= {office: [bytes(stage.office(office).key)] for office in OFFICES}
    return cast | {"trustee": [bytes(account.key) for account in trustees.accounts(stage)]}
