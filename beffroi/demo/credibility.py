"""A mandate is judged: four promises, secret ballots, an appeal, and the Cred that what was not kept burns."""

from dataclasses import dataclass

from rich.table import Table

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.records import Record
from beffroi.ballots.transcript import keccak, to_address
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import casting, ceremony, counting, posting
from beffroi.consultation.opening import Calendar
from beffroi.consultation.polls import Polls
from beffroi.credibility import chart, electorate, report
from beffroi.credibility.evaluation import Round, messages, open_round
from beffroi.credibility.formula import burn, stakes
from beffroi.credibility.history import History, read_history
from beffroi.credibility.mandate import Mandates, Pledge, Supply, appeal_slip, pledges_slip
from beffroi.demo.consultation import DEADLINES_S, FIRST_TRUSTEE, NEEDED, TRUSTEES
from beffroi.demo.stage import DAY_S, ETHER, Stage
from beffroi.residents import Kind, draw_roll
from beffroi.roll import Roll

PROMISES = (
    ("A school canteen that cooks local food", 3_000, 100),
    ("Forty homes at a fair rent", 3_000, 50),
    ("A bus every half hour", 2_000, 75),
    ("A swimming pool", 2_000, 0),
)
"""What is promised, its weight in basis points, and how far it was kept, in percent."""
TERM_DAYS, DUE_DAYS = 365, 30
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
    secrets = [TrusteeSecret.generate() for _ in TRUSTEES]
    key = _key(it, secrets)
    stage.pass_days(DUE_DAYS)
    judged, said = _judge(it, key)
    _count(it, judged, secrets)
    _appeal(it, judged)
    _settle(it, judged, said)


def _pledge(stage: Stage, polls: Polls, mandates: Mandates) -> _Mandate:
    stage.chapter("An official promises, and stakes fifty million Cred on it")
    official, clerk = Key.derived("the official"), stage.office("clerk")
    terms = (official.address, stage.now_s() + TERM_DAYS * DAY_S, Supply.FIFTY_MILLION, keccak(b"deliberation 2026-1"))
    mandates.open(clerk, *terms)
    stage.tell("The clerk announces the mandate; by the town's own rules it opens two days later.")
    stage.pass_days(2)
    number = mandates.open(clerk, *terms)
    if number is None:
        raise AssertionError("the mandate did not open after its delay")
    due_at = stage.now_s() + DUE_DAYS * DAY_S
    pledges = [Pledge(text, text, weight_bps, due_at) for text, weight_bps, _ in PROMISES]
    slip = pledges_slip(number, pledges, due_at)
    mandates.pledge(clerk, number, pledges, due_at, official.sign(slip.digest(stage.domain("Promises"))))
    stage.tell(
        f"{len(pledges)} promises, signed by the official, posted by the clerk: nobody can change or delete one."
    )
    return _Mandate(stage, polls, mandates, official, number)


def _key(it: _Mandate, secrets: list[TrusteeSecret]) -> int:
    stage, polls = it.stage, it.polls
    accounts = [anvil_account(FIRST_TRUSTEE + place) for place in range(len(TRUSTEES))]
    for account in accounts:
        stage.rpc.call("anvil_setBalance", account.address, hex(ETHER))
    officer = stage.office("returning_officer")
    number = ceremony.open_ceremony(polls, officer, [account.address for account in accounts], NEEDED, DEADLINES_S)
    for _ in range(3):
        for account, secret in zip(accounts, secrets, strict=True):
            ceremony.take_step(polls, number, account, secret)
    stage.pass_days(1)
    ceremony.move_on(polls, number, stage.office("clerk"))
    return number


def _judge(it: _Mandate, key: int) -> tuple[Round, list[list[electorate.Level]]]:
    stage, polls = it.stage, it.polls
    stage.chapter("The promises are due: citizens judge them, in secret")
    block = int(stage.rpc.call("eth_blockNumber"), 16)
    roll, _ = draw_roll(stage.rpc, stage.contract("Residents"), [Kind.CITIZEN], block, stage.manifest.start_block)
    opens = stage.now_s() + DAY_S
    judged = open_round(
        polls, it.mandates.promises, stage.office("returning_officer"), mandate=it.number, chosen=range(len(PROMISES)),
        texts=[text for text, _, _ in PROMISES], ceremony=key, roll=roll,
        calendar=Calendar(opens, opens + 7 * DAY_S, opens + 9 * DAY_S),
    )  # fmt: skip
    stage.pass_days(1)
    said = [electorate.opinions(kept, len(roll), stage.chance) for _, _, kept in PROMISES]
    slips = _slips(it, judged, roll, said)
    posted = posting.post(polls, polls.params(judged.consultation), roll, stage.office("clerk"), slips, check=False)
    stage.tell(
        f"{posted.counted} ballots, each over {len(PROMISES)} promises, from broken to kept or no opinion: "
        f"{posted.gas_used // len(slips):,} gas each."
    )
    return judged, said


def _slips(it: _Mandate, judged: Round, roll: Roll, said: list[list[electorate.Level]]) -> list[Record]:
    params = it.polls.params(judged.consultation)
    keys = {key.address: key for key in it.stage.people["citizen"]}
    slips = []
    with it.stage.progress("encrypting", len(roll)) as advance:
        for index, levels in enumerate(zip(*said, strict=True)):
            voter = keys[roll.account(index)]
            ballot = make_ballot(params, to_address(voter.address), 0, messages(levels))
            slips.append(casting.sign(params, index, ballot, voter))
            advance(1)
    return slips


def _count(it: _Mandate, judged: Round, secrets: list[TrusteeSecret]) -> None:
    clerk = it.stage.office("clerk")
    it.stage.pass_days(7)
    counting.close(it.polls, judged.consultation, clerk)
    for secret in secrets[:NEEDED]:
        counting.share(it.polls, judged.consultation, clerk, secret)
    counting.finalise(it.polls, judged.consultation, clerk)
    it.mandates.publish(clerk, judged.evaluation)
    it.stage.tell("For each promise the trustees open two numbers: how many judged, and what they find missing.")


def _appeal(it: _Mandate, judged: Round) -> None:
    stage, clerk, grounds = it.stage, it.stage.office("clerk"), keccak(b"the pool was flooded")
    deadline = stage.now_s() + DAY_S
    signature = it.official.sign(appeal_slip(judged.evaluation, grounds, deadline).digest(stage.domain("Promises")))
    stage.act(clerk, "Promises", "appeal", judged.evaluation, grounds, deadline, signature, purpose="appeal")
    # The jury is the court's magistrate in the example town.
    stage.act(stage.office("court"), "Promises", "rule", judged.evaluation, 1, keccak(b"no flood"), purpose="rule")
    stage.tell("The official appeals; the jury, which no part of the executive sits on, confirms.")


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


def _show(stage: Stage, history: History) -> None:
    header, rows = report.of_promises(history)
    shown = [header.index(name) for name in ("text", "stake", "opinions", "score %", "burnt")]
    table = Table(*(header[place] for place in shown), box=None, padding=(0, 2))
    for row in rows:
        table.add_row(*(f"{int(row[place]):,}" if row[place].isdigit() else row[place] for place in shown))
    stage.console.print(table)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(chart.draw(history, f"Mandate {history.mandate}"), encoding="utf-8")
    stage.tell(
        f"[red]{history.burnt:,} Cred burnt[/], {history.capital:,} left: the official's credibility, for anyone to "
        f"see ({PICTURE.relative_to(ROOT)})."
    )
