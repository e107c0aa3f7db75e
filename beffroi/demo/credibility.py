"""A mandate is judged: four promises, secret ballots, an appeal, and the Cred that what was not kept burns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.params import Params
from beffroi.ballots.records import Record
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.consultation import casting, counting, posting
from beffroi.consultation.polls import Polls
from beffroi.credibility import chart, electorate, report
from beffroi.credibility.acts import appeal_slip, pledges_slip
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import Round, messages, open_round
from beffroi.credibility.formula import burn, stakes
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.credibility.mandate_history import MandateHistory, read_history
from beffroi.demo import trustees
from beffroi.demo.stage import Stage
from beffroi.demo.trustees import NEEDED
from beffroi.roll import Roll
from beffroi.units import DAY_S

PROMISES = (
    ("Une cantine scolaire qui cuisine local", 3_000, 100),
    ("Quarante logements à loyer modéré", 3_000, 50),
    ("Un bus toutes les demi-heures", 2_000, 75),
    ("Une piscine", 2_000, 0),
)
"""What is promised, its weight in basis points, and how far it was kept, in percent."""
MEANING = "a canteen that cooks local food, forty homes at a fair rent, a bus every half hour, a swimming pool"
TERM_DAYS, DUE_DAYS = 365, 30
NOTICE_DAYS = 15
"""Before the vote: a fortnight from its attaching, by the town's charter, and the hour in hand of whoever attaches."""
PICTURE = ROOT / "build" / "mandate.svg"


@dataclass
class _Mandate:
    """What the scenes share."""

    stage: Stage
    polls: Polls
    mandates: Mandates
    official: Key
    number: int


def tell(stage: Stage) -> None:
    """Lives the story of one mandate."""
    polls = Polls.at(stage.rpc, stage.contract("Consultations").address, stage.manifest.start_block)
    mandates = Mandates(stage.rpc, stage.contract("Town"), stage.contract("Promises"))
    it = _pledge(stage, polls, mandates)
    key = trustees.make_key(stage, polls)
    stage.pass_days(DUE_DAYS)
    judged, said = _judge(it, key)
    _count(it, judged)
    _appeal(it, judged)
    _settle(it, judged, said)


def _pledge(stage: Stage, polls: Polls, mandates: Mandates) -> _Mandate:
    stage.narrator.chapter("An official promises, and stakes fifty million Cred on it")
    stage.people["official"] = [Key.derived("demo", "official", number) for number in range(2)]
    official = stage.people["official"][0]
    stage.narrator.tell("The clerk announces the mandate; by the town's own rules it opens two days later.")
    number = pledge(stage, mandates, official, [(text, weight_bps) for text, weight_bps, _ in PROMISES])
    stage.narrator.tell(
        f"{len(PROMISES)} promises, signed by the official, posted by the clerk: nobody can change or delete one "
        f"({MEANING})."
    )
    return _Mandate(stage, polls, mandates, official, number)


def pledge(stage: Stage, mandates: Mandates, official: Key, promises: Sequence[tuple[str, int]]) -> int:
    """Opens a mandate and fixes its promises, each a text and its weight in basis points; the mandate's number."""
    clerk = stage.office("clerk")
    terms = (official.address, stage.now_s() + TERM_DAYS * DAY_S, Supply.FIFTY_MILLION, keccak(b"deliberation 2026-1"))
    mandates.open(clerk, *terms)
    stage.pass_days(2)
    number = mandates.open(clerk, *terms)
    if number is None:
        raise AssertionError("the mandate did not open after its delay")
    due_at = stage.now_s() + DUE_DAYS * DAY_S
    pledges = [Pledge.in_full(text, weight_bps, due_at) for text, weight_bps in promises]
    slip = pledges_slip(number, pledges, due_at)
    mandates.pledge(clerk, number, pledges, due_at, official.sign(slip.digest(stage.domain("Promises"))))
    return number


def _judge(it: _Mandate, key: int) -> tuple[Round, list[list[electorate.Level]]]:
    stage, polls = it.stage, it.polls
    stage.narrator.chapter("The promises are due: citizens judge them, in secret")
    judged = evaluate(stage, polls, it.mandates, it.number, len(PROMISES), key)
    roll = stage.draw_roll()
    stage.narrator.tell("It is announced for a fortnight and open for a week: a vote that burns is never a surprise.")
    stage.pass_days(NOTICE_DAYS)
    said = [electorate.opinions(kept, len(roll), stage.chance) for _, _, kept in PROMISES]
    slips = judgements(stage, polls.params(judged.consultation), roll, dict(enumerate(zip(*said, strict=True))))
    posted = posting.post(polls, polls.params(judged.consultation), roll, stage.office("clerk"), slips, check=False)
    stage.narrator.tell(
        f"{posted.counted} ballots, each over {len(PROMISES)} promises, from broken to kept or no opinion: "
        f"{posted.gas_used // len(slips):,} gas each."
    )
    return judged, said


def evaluate(stage: Stage, polls: Polls, mandates: Mandates, mandate: int, count: int, key: int) -> Round:
    """Puts all promises of a mandate to the vote of every citizen, as soon as the town lets one burn."""
    return open_round(
        polls, mandates.promises, stage.office("returning_officer"), mandate=mandate, chosen=range(count),
        ceremony=key, roll=stage.seal_roll(),
        calendar=voting_terms(polls, mandates.promises).soonest(stage.now_s()),
    )  # fmt: skip


def judgements(
    stage: Stage, params: Params, roll: Roll, said: Mapping[int, Sequence[electorate.Level]]
) -> list[Record]:
    """A signed ballot for what each citizen says, by place on the roll."""
    keys = {key.address: key for key in stage.people["citizen"]}
    slips = []
    with stage.narrator.progress("encrypting", len(said)) as advance:
        for index, levels in said.items():
            voter = keys[roll.account(index)]
            ballot = make_ballot(params, to_address(voter.address), 0, messages(levels))
            slips.append(casting.sign(params, index, ballot, voter))
            advance(1)
    return slips


def _count(it: _Mandate, judged: Round) -> None:
    clerk = it.stage.office("clerk")
    it.stage.pass_days(7)
    counting.close(it.polls, judged.consultation, clerk)
    key = it.polls.params(judged.consultation).ceremony
    for file in trustees.key_files(it.polls, key)[:NEEDED]:
        trustees.share(it.stage, it.polls, judged.consultation, file, it.stage.draw_roll())
    counting.finalise(it.polls, judged.consultation, clerk)
    it.mandates.publish(clerk, judged.evaluation)
    it.stage.narrator.tell(
        "For each promise the trustees open two numbers: how many judged, and what they find missing."
    )


def _appeal(it: _Mandate, judged: Round) -> None:
    stage, clerk, grounds = it.stage, it.stage.office("clerk"), keccak(b"the pool was flooded")
    deadline = stage.now_s() + DAY_S
    signature = it.official.sign(appeal_slip(judged.evaluation, grounds, deadline).digest(stage.domain("Appeals")))
    stage.act(clerk, "Appeals", "appeal", judged.evaluation, grounds, deadline, signature, purpose="appeal")
    stage.narrator.tell("The official appeals; citizens may petition for as long, whoever appealed before them.")
    stage.pass_days(it.mandates.appeals.read(stage.rpc, "appealPeriod_s") // DAY_S)
    # The jury is the court's magistrate in the example town.
    stage.act(stage.office("court"), "Appeals", "rule", judged.evaluation, 1, keccak(b"no flood"), purpose="rule")
    stage.narrator.tell("Then the jury, which no part of the executive sits on, confirms.")


def _settle(it: _Mandate, judged: Round, said: list[list[electorate.Level]]) -> None:
    stage, polls = it.stage, it.polls
    burnt = it.mandates.settle(stage.office("clerk"), judged.evaluation)
    history = read_history(stage.rpc, it.mandates.promises, polls.consultations, it.number, stage.manifest.start_block)
    floor_bps = it.mandates.promises.read(stage.rpc, "turnoutFloor_bps")
    parts = stakes(history.supply, [weight_bps for _, weight_bps, _ in PROMISES])
    expected = [
        burn(part, *electorate.count(levels), len(levels), floor_bps) for part, levels in zip(parts, said, strict=True)
    ]
    if burnt != sum(expected) or history.capital != history.supply - burnt:
        raise AssertionError(f"{burnt} is not what citizens said")
    _show(stage, history)


def _show(stage: Stage, history: MandateHistory) -> None:
    header, rows = report.of_promises(history)
    shown = [header.index(name) for name in ("text", "stake", "opinions", "score %", "burnt")]
    stage.narrator.table(
        [header[place] for place in shown],
        [[f"{int(row[place]):,}" if row[place].isdigit() else row[place] for place in shown] for row in rows],
    )
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(chart.draw(history, f"Mandate {history.mandate}"), encoding="utf-8")
    stage.narrator.tell(
        f"{history.capital:,} are left: the official's credibility, for anyone to see ({PICTURE.relative_to(ROOT)}).",
        mark=f"{history.burnt:,} Cred burnt;",
    )
