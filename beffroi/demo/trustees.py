"""Three trustees of opposing sides, and the keys that they make together."""

from eth_account.signers.local import LocalAccount

from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.keyfiles import KeyFile, TrusteeSecret
from beffroi.ballots.parallel import Here
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.chain.signers import anvil_account
from beffroi.consultation import ceremony, sharing
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.demo.stage import Stage
from beffroi.roll import Roll
from beffroi.units import DAY_S, ETHER

TRUSTEES = ("the majority", "the opposition", "the tenants' union")
FIRST = 10
"""The first of Anvil's accounts that holds no office."""
NEEDED = 2
DEADLINES_S = (DAY_S, DAY_S, DAY_S, DAY_S, DAY_S)


def accounts(stage: Stage) -> list[LocalAccount]:
    """Theirs, with ether for their acts."""
    found = [anvil_account(FIRST + place) for place in range(len(TRUSTEES))]
    for account in found:
        stage.rpc.call("anvil_setBalance", account.address, hex(ETHER))
    return found


def secrets() -> list[TrusteeSecret]:
    """Their secrets, the same for every run: of a story, whose ballots protect nobody."""
    return [TrusteeSecret.generate(Key.derived("demo", "trustee", name).secret) for name in TRUSTEES]


def key_files(polls: Polls, number: int) -> list[KeyFile]:
    """Theirs for a ceremony, as they make them when they are called to it."""
    pins = polls.pins(number)
    return [KeyFile(secret, pins) for secret in secrets()]


def open_ceremony(stage: Stage, polls: Polls) -> int:
    """The returning officer calls them to make a key."""
    called = [account.address for account in accounts(stage)]
    panel = Panel(NEEDED, tuple(sorted(map(to_address, called))))
    if panel not in stage.papers.panels:
        stage.papers.panels.append(panel)
    return ceremony.open_ceremony(polls, stage.office("returning_officer"), called, NEEDED, DEADLINES_S)


def share(stage: Stage, polls: Polls, number: int, key: KeyFile, roll: Roll) -> str:
    """One of them counts the ballots of a consultation, and signs her share of the totals; the number to compare."""
    counted = sharing.count(polls, number, key, roll, now_s=stage.now_s(), executor=Here())
    (account,) = [it for it, own in zip(accounts(stage), secrets(), strict=True) if own == key.secret]
    sharing.give(polls, account, key, counted, poster=stage.office("clerk"))
    return counted.phrase


def make_key(stage: Stage, polls: Polls) -> int:
    """A ceremony in which all goes well, without a word; its number."""
    number = open_ceremony(stage, polls)
    called = list(zip(accounts(stage), key_files(polls, number), [Memory() for _ in TRUSTEES], strict=True))
    for _ in range(3):
        for account, key, promise in called:
            ceremony.take_step(polls, number, account, key, promise)
    stage.pass_days(1)
    ceremony.move_on(polls, number, stage.office("clerk"))
    for account, key, promise in called:
        ceremony.take_step(polls, number, account, key, promise)
    return number
