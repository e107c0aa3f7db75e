"""The demo ends by itself, and whatever ends it leaves nothing running."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data"))
IS_REAL = (DATA / "sarafu-accounts-2020").is_dir()
needs_data = pytest.mark.xfail(not IS_REAL, reason=f"NOT RUN: no sarafu-accounts-2020 in {DATA}", run=False)
DEMO = [str(ROOT / ".venv" / "bin" / "ape"), "run", "demo"]


def descendants(pid):
    """The processes that a demo started, by name, with those that these started."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout.split("\n")[1:]
    rows = [line.split(None, 2) for line in listed if line.strip()]
    children = {int(child): name for child, parent, name in rows if int(parent) == pid}
    return children | {below: name for child in children for below, name in descendants(child).items()}


def anvils(session):
    """The Anvil processes that descend from a demo."""
    return [pid for pid, name in descendants(session).items() if "anvil" in name.split()[0]]


@pytest.fixture(scope="module")
def told():
    """The whole story, which ends by itself, with real accounts where they are."""
    data = ["--data", str(DATA)] if IS_REAL else []
    run = subprocess.run([*DEMO, "--no-serve", *data], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_without_serving_it_tells_the_whole_story_and_ends(told):
    assert "The story is told" in told
    assert "the same plan applied again sends 0" in told
    assert "63 parcels, 108,777 m², in 1 transactions" in told
    assert re.search(r"the old mortgage +60,000.00", told)
    words = " ".join(told.split())
    assert "the title is the buyer's" in words
    assert "A node that hides a ballot from the majority: the ballots do not bear out what would be opened" in words
    assert re.search(r"of money \+ 45\.00 of credit, by one slip", words)
    assert "MutualCredit_BelowFloor" in words
    assert "The balances sum to 0.00" in words
    assert re.search("one false step among 2,520: a passer-by refutes it, for [0-9]{2},[0-9]{3} gas", words)
    assert "47 households shop" in words
    assert "Sheet 17 was lost and voided; whoever found it gets nothing: Programmes_Voided" in words
    assert "Paid in: 2,880.00. Spent and given back sum to it, to the cent" in words
    assert "No money is taken for them: pay 0.10 in: Programmes_NoMoney" in words
    assert re.search("a sheet of it opens at #/purse, by its code: (?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", words)
    assert "59999000AB0007" in (ROOT / "build" / "demo" / "titre.html").read_text(encoding="utf-8")


@needs_data
def test_with_real_accounts_it_lives_through_them_too(told):
    assert "654,798,353" in told
    assert "4,240 parcels, 3,829,286 m²" in told


@pytest.mark.clock
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_when_it_is_stopped_midway_no_process_stays_behind(end):
    demo = subprocess.Popen([*DEMO, "--no-serve"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 300
    while not (running := anvils(demo.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running, "Anvil never started"
    time.sleep(1)
    demo.send_signal(end)
    demo.wait(timeout=120)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in running)


def test_when_it_is_asked_to_keep_anvil_the_town_can_be_played_with():
    run = subprocess.run([*DEMO, "--no-serve", "--keep"], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr
    line = next(line for line in run.stdout.splitlines() if "end it with" in line)
    pid = int(line.split()[-1])
    try:
        assert int(Rpc(line.split(";")[0].split()[-1]).call("eth_chainId"), 16) == 31337
    finally:
        os.kill(pid, signal.SIGTERM)


@pytest.fixture
def served_demo():
    """A demo whose story is told and whose town is served, and what it printed."""
    demo = subprocess.Popen(DEMO, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    printed = []
    for line in demo.stdout:
        printed.append(line)
        if "Wallets to play everyone" in line:
            break
    yield demo, "".join(printed)
    demo.kill()


@pytest.mark.clock
def test_when_the_story_is_told_it_serves_the_town_and_ctrl_c_leaves_nothing(served_demo):
    demo, printed = served_demo
    site, post, node = (re.search(rf"{what} +(http://\S+)", printed)[1] for what in ("host", "office", "node"))
    town = requests.get(f"{site}/town/town.json", timeout=10).json()
    assert town["rpc"] == node
    assert post.startswith(town["post"])
    assert "/v1/slips" in requests.get(post, timeout=10).json()["paths"]
    assert requests.get(f"{town['post']}/ready", timeout=10).ok
    assert "<title>Beffroi</title>" in requests.get(site, timeout=10).text
    assert town["manifest"]["name"] in (ROOT / "build" / "site" / "beffroi.html").read_text(encoding="utf-8")
    running = descendants(demo.pid)
    assert len(running) >= 2, running
    demo.send_signal(signal.SIGINT)
    demo.wait(timeout=120)
    assert "nothing is left running" in demo.stdout.read()
    assert not any(os.path.exists(f"/proc/{pid}") for pid in running)
    with pytest.raises(requests.ConnectionError):
        requests.get(site, timeout=2)
