"""A consultation by its commands alone, as an officer, a trustee, voters, a clerk and a journalist give them."""

import datetime as dt
import json
import os
import re

import pytest
from eth_account import Account

from beffroi.ballots import keyfiles
from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.keyfiles import KeyFile, KeyFileError, TrusteeSecret
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.signers import anvil_account
from beffroi.consultation import casting, ceremony, sharing
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.residents import ResidentKind
from beffroi.roll import read_csv
from beffroi.town.manifest import DEPLOYMENTS
from beffroi.town.session import TOWNS
from testbed.anvil import anvil
from testbed.town import found
from tests.support.ape_shell import ApeShell

PASSPHRASE = "the bell of the belfry"
QUESTION = {"question": "Shall the square be closed to cars?", "options": ["yes", "no", "blank"]}
HOUR_S = 3_600
OTHERS = [Key.derived("other voters", number) for number in range(4)]


@pytest.fixture
def chain():
    with anvil() as url:
        yield Rpc(url)


@pytest.fixture
def me(tmp_path):
    """Someone with an ape account of that alias."""
    account = Account.from_key(b"\x78" * 32)
    (tmp_path / "ape" / "accounts").mkdir(parents=True)
    (tmp_path / "ape" / "accounts" / "me.json").write_text(
        json.dumps(Account.encrypt(account.key, PASSPHRASE, iterations=2))
    )
    return account


@pytest.fixture
def shell(tmp_path, me):
    environment = {
        **os.environ, "APE_DATA_FOLDER": str(tmp_path / "ape"), "APE_ACCOUNTS_me_PASSPHRASE": PASSPHRASE,
        "BEFFROI_TRUSTEE_PASSPHRASE": PASSPHRASE, "COLUMNS": "200",
    }  # fmt: skip
    shell = ApeShell(environment)
    yield shell
    shell.close()


@pytest.fixture
def town(tmp_path, chain, me):
    """A town under a name of its own, six citizens on its register; its file."""
    path = tmp_path / "town.yaml"
    path.write_text((TOWNS / "example.yaml").read_text().replace("valombre-sur-lys", f"test-vote-{os.getpid()}"))
    town = found(chain, path, DEPLOYMENTS)
    town.enrols(ResidentKind.CITIZEN, *(Key(bytes(it.key)) for it in (me, anvil_account())), *OTHERS)
    yield path, town.manifest
    for left in (ROOT / "deployments").glob(f"*/test-vote-{os.getpid()}.json"):
        left.unlink()


def test_a_consultation_by_its_commands(tmp_path, shell, chain, me, town):
    town_file, manifest = town
    polls = Polls.at(chain, manifest.address("Consultations"), manifest.start_block)
    friend, friends_secret = anvil_account(5), TrusteeSecret.generate()
    chain.call("anvil_setBalance", me.address, hex(10**18))
    at = ("--town", str(town_file), "--network", chain.url)
    bare = ("--contract", polls.consultations.address, "--network", chain.url)
    key, roll = str(tmp_path / "key.json"), ("--roll", str(tmp_path / "roll.csv"))

    def does(*arguments, code=0):
        exit_code, output = shell.run("vote", *arguments)
        assert exit_code == code, output
        assert "Traceback" not in output
        return output

    def pass_s(seconds):
        chain.call("evm_increaseTime", seconds)
        chain.call("evm_mine")

    # The ceremony.
    trustees = [word for it in (me, friend) for word in ("--trustee", it.address)]
    assert "Ceremony 1 is open" in does("ceremony", "open", *trustees, "--needed", "2", *at)
    told = does("ceremony", "step", "1", key, "--account", "me", *at)
    assert "Step 1 of 4 done" in told
    paper = (tmp_path / "key.json.paper.txt").read_text()
    held = keyfiles.load(tmp_path / "key.json", PASSPHRASE)
    secret, friends = held.secret, KeyFile(friends_secret, held.pins)
    assert held.pins == polls.pins(1)
    assert held.pins.phrase in told
    assert held.pins.phrase in paper
    assert TrusteeSecret.from_words(paper.split("\n\n")[1]) == secret
    # Single words are English and may stand in any sentence; three in a row are the secret.
    words = [word for word in secret.words().split() if word.isalpha()]
    assert len(words) > 10
    assert not [words[i : i + 3] for i in range(len(words) - 2) if " ".join(words[i : i + 3]) in " ".join(told.split())]
    with pytest.raises(KeyFileError):
        keyfiles.load(tmp_path / "key.json", "another")
    (tmp_path / "other.json").write_text("{}")
    assert "is not a trustee's key file" in does(
        "ceremony", "step", "1", str(tmp_path / "other.json"), "--account", "me", *at, code=1
    )
    assert "is no trustee" in does("ceremony", "step", "1", key, *at, code=1)
    for _ in range(3):
        for who, its in ((friend, friends), (me, held)):
            ceremony.take_step(polls, 1, who, its, Memory())
    pass_s(49 * HOUR_S)
    slips = str(tmp_path / "steps.jsonl")
    told = does("ceremony", "move-on", "1", *at)
    assert "Nobody may complain any more" in told
    assert "and it is not done" in does("ceremony", "step", "1", key, "--account", "me", "--slip", slips, *at)
    assert ceremony.progress(polls, 1).acknowledged == set(), "it is signed, and posted by nobody yet"
    assert "acknowledge: " in does("ceremony", "post", slips, *at)
    assert "done already" in does("ceremony", "post", slips, *at)
    ceremony.take_step(polls, 1, friend, friends, Memory())
    publishes, published = ("ceremony", "trustees", "1", str(tmp_path / "trustees.json")), tmp_path / "trustees.json"
    strangers = ["--trustee", "0x" + "11" * 20, *trustees[2:]]
    assert "these are not the trustees of ceremony 1" in does(*publishes, *strangers, "--needed", "2", *at, code=1)
    assert not published.exists()
    told = does(*publishes, *trustees, "--needed", "2", *at)
    assert all(it.address.lower() in told for it in (me, friend))
    assert Panel.from_dict(json.loads(published.read_text())).phrase in told
    believed = ("--trustees", str(published))

    # The vote.
    (tmp_path / "question.json").write_text(json.dumps(QUESTION))
    now = polls.now_s()
    dates = [
        word for name, days in (("opens", 1), ("closes", 2), ("tally", 3)) for word in (f"--{name}", day(now, days))
    ]
    opens = ("open", str(tmp_path / "question.json"), "--ceremony", "1", *dates)
    assert "Rulebook refuses it" in does(*opens, "--opens", day(now, -1), "--minimum", "5", *roll, *at, code=1)
    assert not (tmp_path / "roll.csv").exists()
    opened = does(*opens, "--minimum", "5", *roll, *at)
    assert "6 accounts on the sealed roll" in opened
    assert "has not begun" in does("cast", "1", "yes", *roll, *believed, *bare, code=1)
    pass_s(24 * HOUR_S)
    receipt, slips, opening = (str(tmp_path / name) for name in ("receipt.json", "slips.jsonl", "opening.json"))
    assert "there is no option 'maybe'" in does("cast", "1", "maybe", *roll, *believed, *bare, code=1)
    assert "Opened, not cast" in does(
        "cast", "1", "no", *roll, *believed, *bare, "--then", "audit", "--opening", opening
    )
    assert "Honest" in does("receipt", opening, *bare)
    assert "Cast, for" in does("cast", "1", "yes", *roll, *believed, *bare)
    mine = ("--account", "me", "--slip", slips, "--receipt", receipt)
    assert "Signed, as ballot number 1 of yours" in does("cast", "1", "no", *roll, *believed, *bare, *mine)
    sign_slips(polls, read_csv(tmp_path / "roll.csv")[0], slips)
    assert "is not on the chain" in does("receipt", receipt, *bare, code=1)
    assert "5 counted in 1 transactions" in does("post", "1", slips, *roll, *bare)
    assert "is counted already" in does("post", "1", slips, *roll, *bare)
    assert "is in the count" in does("receipt", receipt, *bare)

    # The count.
    asked = ("share", "1", key, *roll, "--account", "me", *bare)
    assert "is not in the range x>=0" in does(*asked, "--vouched", "-1", code=2)
    assert "is open: people are voting" in does(*asked, code=1)
    pass_s(24 * HOUR_S)
    assert "6 ballots" in does("close", "1", *bare)
    told = does(*asked, "--compared", " ".join(["0000"] * 10), code=1)
    (number,) = re.findall(r"(?:\d{4} ){9}\d{4}", told)
    assert "is not the number of what was counted here" in told
    assert "1 of the 2 needed" in does(*asked, "--compared", number)
    assert "the node that was asked already" in does(*asked, "--second-node", f"{chain.url}/k", code=1)
    elsewhere = chain.url.replace("127.0.0.1", "localhost")
    assert "1 of the 2 needed" in does(*asked, "--second-node", elsewhere)
    assert "1 of the 2 shares needed" in does("finalise", "1", *bare, code=1)
    assert "NOT FINISHED" in does("audit", "1", *roll, *bare, code=2)
    voters = read_csv(tmp_path / "roll.csv")[0]
    sharing.give(polls, friend, friends, sharing.count(polls, 1, friends, voters, now_s=polls.now_s()))
    assert "yes: 5" in does("finalise", "1", *bare)
    assert "NOT CONFIRMED" in does("audit", "1", *bare, code=4)
    found = does("audit", "1", *roll, *bare, "--json", str(tmp_path / "verdict.json"))
    assert "CONFIRMED" in found
    assert f"To compare: consultation 1, 6 ballots, {number}" in found
    for shown in (
        chain.url,
        me.address.lower(),
        held.pins.genesis.hex(),
        "2 of 2: ",
        "2, 0 outside",
        "whole roll of kind citizen at block ",
        QUESTION["question"],
        polls.params(1).h.hex(),
        polls.params(1).roll_root.hex(),
    ):
        assert shown in found
    assert json.loads((tmp_path / "verdict.json").read_text())["outcome"] == "confirmed"


def sign_slips(polls, roll, path):
    """The other voters sign ballots for yes, on the lines after the first's."""
    params, pins = polls.params(1), polls.pins(1)
    panels = [Panel(pins.threshold, pins.trustees)]
    with open(path, "a", encoding="utf-8") as slips:
        for voter in OTHERS:
            index, ballot = casting.prepare(polls, params, roll, voter.address, (1,), panels)
            slips.write(casting.to_line(params, casting.sign(params, index, ballot, voter)) + "\n")


def day(now_s, days):
    return dt.datetime.fromtimestamp(now_s + days * 24 * HOUR_S, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
