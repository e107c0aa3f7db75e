"""Scripts of consultations, and of the mandates that they judge."""

import datetime as dt
import json
from dataclasses import replace

from beffroi.ballots import keyfiles
from beffroi.chain.keys import Key
from beffroi.consultation import casting, ceremony, counting
from beffroi.consultation.opening import Calendar, open_consultation
from beffroi.consultation.promised import Memory
from beffroi.credibility.charter import voting_terms
from beffroi.credibility.evaluation import judgement, messages, open_round
from beffroi.residents import ResidentKind
from beffroi.roll import Roll, Seal, write_csv
from beffroi.roll.sealing import RollSeals
from testbed.polls import HOUR_S, SUBJECT, Trustee, Vote
from testbed.town import CLERK, MAYOR, REGISTRAR
from tests.cli.killable.place import KEY, PASSPHRASE, PEOPLE, PLEDGED, SILENT, Script, told

DAY_S = 24 * HOUR_S
CHEAP = 2
VOTERS = [MAYOR, *PEOPLE, Key.derived("killed script", "fifth voter")]


def calendar(place):
    opens = place.hall.polls.now_s() + HOUR_S
    return Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)


def dates(place, in_days=1, for_days=1):
    """An opening, tomorrow, and a roll's file, in words."""
    now, words = place.hall.polls.now_s(), []
    until = in_days + for_days
    for name, days in (("opens", in_days), ("closes", until), ("tally", until + 1)):
        moment = dt.datetime.fromtimestamp(now + days * DAY_S, dt.UTC)
        words += [f"--{name}", f"{moment:%Y-%m-%dT%H:%M}"]
    return [*words, "--roll", place.folder / "roll.csv"]


def consulted(place, key=KEY):
    """A consultation that has begun, on whose roll the mayor is; its roll is in a file."""
    polls, roll = place.hall.polls, Roll.of([key.address for key in VOTERS])
    number = open_consultation(
        polls, place.hall.officer, ceremony=key, subject=SUBJECT, roll=roll, calendar=calendar(place), secrecy_minimum=5
    )
    place.hall.pass_s(HOUR_S)
    where = {"chain": 31337, "contract": place.town.residents.address}
    seal = Seal.of(roll, block=polls.rpc.number("eth_blockNumber"), date=dt.date(2026, 1, 1), kind="citizen", **where)
    write_csv(roll, seal, place.folder / "sealed.csv")
    by_address = {key.address: key for key in VOTERS}
    return Vote(polls.params(number), roll, [by_address[roll.account(place)] for place in range(len(roll))], SUBJECT)


def voted(place, key=KEY):
    """Whose time is over, with a ballot of each."""
    vote = consulted(place, key)
    place.hall.post(vote, [vote.slip(index, 0) for index in range(len(VOTERS))])
    place.hall.pass_s(HOUR_S)
    return vote


def closed(place, key=KEY):
    vote = voted(place, key)
    counting.close(place.hall.polls, vote.number, CLERK)
    return vote


def shared(place):
    vote = closed(place)
    for trustee in place.hall.trustees[:2]:
        place.hall.share(vote.number, trustee, vote.roll)
    return vote


def post(place):
    vote = consulted(place)
    lines = [casting.to_line(vote.params, vote.slip(index, 0)) for index in range(len(VOTERS))]
    slips = place.writes("slips.jsonl", "\n".join(lines) + "\n")
    return ["vote", "post", vote.number, slips, "--roll", place.folder / "sealed.csv"]


def cast(place):
    return ["vote", "cast", consulted(place).number, "yes", *puppets(place), *trustees(place)]


def puppets(place):
    """The roll of voters who are on no register, as options."""
    return ["--roll", place.folder / "sealed.csv", "--trust-roll"]


def trustees(place):
    """The published list of trustees, as an option."""
    (panel,) = place.hall.panels
    return ["--trustees", place.writes("trustees.json", json.dumps(panel.as_dict()))]


def ballots(place):
    """Ballots that count: one replaced counts once."""
    consultations = place.town.contract("Consultations")
    if not consultations.read(place.rpc, "consultations"):
        return 0
    return consultations.read(place.rpc, "ballots", 1)


def share(place):
    """The mayor is a trustee of this one."""
    hall, key = _with_the_mayor(place.hall), place.folder / "key.json"
    number = hall.key()
    (mayor,) = (it for it in hall.trustees if it.account is MAYOR)
    vote = closed(place, number)
    keyfiles.save(hall.key_file(number, mayor), key, PASSPHRASE, cost=CHEAP)
    compared = [*puppets(place), "--second-node", place.rpc.url.replace("127.0.0.1", "localhost")]
    return ["vote", "share", vote.number, key, *compared]


def _with_the_mayor(hall):
    """The same hall with the mayor in the place of its third trustee."""
    accounts = sorted([MAYOR, *(it.account for it in hall.trustees[:2])], key=lambda it: it.address.lower())
    trustees = [Trustee(index, account, keyfiles.TrusteeSecret.generate()) for index, account in enumerate(accounts, 1)]
    return replace(hall, trustees=trustees)


def drawn(place):
    """The roll of citizens, in a file."""
    rolls = RollSeals(place.rpc, place.town.contract("Rolls"), place.town.residents, place.town.manifest.start_block)
    roll, seal = rolls.draw(ResidentKind.CITIZEN)
    write_csv(roll, seal, place.folder / "drawn.csv")
    return rolls, seal


def propose(place):
    drawn(place)
    return ["vote", "roll", "propose", place.folder / "drawn.csv"]


def seal(place):
    rolls, stated = drawn(place)
    rolls.propose(REGISTRAR, stated)
    return ["vote", "roll", "seal"]


def open_vote(place):
    question = place.writes("question.json", json.dumps({"question": "Cars?", "options": ["yes", "no"]}))
    return ["vote", "open", question, "--ceremony", KEY, "--minimum", "5", *dates(place)]


def open_ceremony(place):
    named = [word for trustee in place.hall.trustees for word in ("--trustee", trustee.account.address)]
    return ["vote", "ceremony", "open", *named, "--needed", "2"]


def step(place):
    """The mayor is a trustee, enrolled and about to commit."""
    hall, key = place.hall, place.folder / "key.json"
    trustees = [MAYOR.address, *(trustee.account.address for trustee in hall.trustees[:2])]
    number = ceremony.open_ceremony(hall.polls, hall.officer, trustees, 2, (HOUR_S,) * 5)
    own = keyfiles.KeyFile(keyfiles.TrusteeSecret.generate(), hall.polls.pins(number))
    keyfiles.save(own, key, PASSPHRASE, cost=CHEAP)
    hall.step(number, *hall.trustees[:2])
    ceremony.take_step(hall.polls, number, MAYOR, own, Memory())
    return ["vote", "ceremony", "step", number, key]


def move_on(place):
    """Two have enrolled in time."""
    number = place.hall.open_ceremony()
    place.hall.step(number, *place.hall.trustees[:2])
    place.hall.pass_s(HOUR_S + 1)
    return ["vote", "ceremony", "move-on", number]


def evaluate(place):
    rolls, stated = drawn(place)
    rolls.propose(REGISTRAR, stated)
    rolls.seal(place.hall.officer, ResidentKind.CITIZEN)
    return ["cred", "evaluate", PLEDGED, "--promises", "1", "--ceremony", KEY, *dates(place, in_days=16, for_days=8)]


def end(place):
    return ["cred", "end", PLEDGED, place.paper()]


def call(place):
    """Nobody put a promise to the vote that has long been due."""
    rolls, stated = drawn(place)
    rolls.propose(REGISTRAR, stated)
    rolls.seal(place.hall.officer, ResidentKind.CITIZEN)
    place.hall.pass_s(140 * DAY_S)
    return ["cred", "call", PLEDGED, "--promises", "1", "--ceremony", KEY]


def judged(place):
    """An evaluation whose result stands."""
    hall, promises = place.hall, place.town.contract("Promises")
    roll, chosen = hall.seal_roll(), [0]
    opened = open_round(
        hall.polls, promises, hall.officer, mandate=PLEDGED, chosen=chosen, ceremony=KEY, roll=roll,
        calendar=voting_terms(hall.polls, promises).soonest(hall.polls.now_s()),
    )  # fmt: skip
    params = hall.polls.params(opened.consultation)
    hall.pass_until(params.opens_at)
    subject = judgement(hall.polls, promises, PLEDGED, chosen, mid_term=False)
    by_address = {key.address: key for key in (*PEOPLE, *place.estate.people.values())}
    vote = Vote(params, roll, [by_address[it] for it in roll.accounts()], subject)
    slips = []
    for index, voter in enumerate(vote.keys):
        ballot = casting.prepare(hall.polls, vote.params, roll, voter.address, messages([4]), hall.panels)[1]
        slips.append(casting.sign(vote.params, index, ballot, voter))
    hall.post(vote, slips)
    hall.pass_until(params.closes_at)
    hall.count(vote)
    return opened.evaluation


def appeal(place):
    number = judged(place)
    place.town.does(CLERK, place.town.contract("Promises"), "publish", number)
    return ["cred", "appeal", number, place.paper()]


def mandate(place):
    return ["cred", "mandate", PEOPLE[0].address, place.paper(), "--ends", "2032-03-31"]


def promise(place):
    lines = ("text;uri;weight_bps;due", f"A pool;https://t.example;10000;{place.day(100)}")
    return ["cred", "promise", SILENT, place.writes("promises.csv", "\n".join(lines))]


SCRIPTS = {
    "vote/cast.py": Script(cast, ballots),
    "vote/ceremony.py": Script(open_ceremony, told("KeyCeremony", "CeremonyOpened")),
    "vote/ceremony.py step": Script(step, told("KeyCeremony", "Committed")),
    "vote/ceremony.py move-on": Script(move_on, told("KeyCeremony", "PhaseStarted")),
    "vote/close.py": Script(
        lambda place: ["vote", "close", voted(place).number], told("Consultations", "ConsultationClosed")
    ),
    "vote/finalise.py": Script(
        lambda place: ["vote", "finalise", shared(place).number], told("Consultations", "ConsultationTallied")
    ),
    "vote/open.py": Script(open_vote, told("Consultations", "ConsultationOpened")),
    "vote/post.py": Script(post, ballots, by=len(VOTERS)),
    "vote/roll.py propose": Script(propose, told("Rolls", "RollProposed")),
    "vote/roll.py seal": Script(seal, told("Rolls", "RollSealed")),
    "vote/share.py": Script(share, told("Consultations", "ShareSubmitted")),
    "cred/appeal.py": Script(appeal, told("Appeals", "Appealed")),
    "cred/call.py": Script(call, told("Promises", "EvaluationAttached")),
    "cred/end.py": Script(end, told("Town", "OperationScheduled"), code=1),
    "cred/evaluate.py": Script(evaluate, told("Promises", "EvaluationAttached")),
    "cred/evaluate.py attaching": Script(evaluate, told("Consultations", "ConsultationOpened"), moment=2),
    "cred/evidence.py": Script(
        lambda place: ["cred", "evidence", PLEDGED, "2", place.paper()], told("Promises", "EvidenceBrought")
    ),
    "cred/mandate.py": Script(mandate, told("Town", "OperationScheduled"), code=1),
    "cred/promise.py": Script(promise, told("Promises", "Pledged")),
    "cred/settle.py": Script(
        lambda place: ["cred", "settle", judged(place)], told("Promises", "ResultPublished"), code=1
    ),
}
