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
needs_data = pytest.mark.xfail(
    not (DATA / "sarafu-accounts-2020").is_dir(), reason=f"NOT RUN: no sarafu-accounts-2020 in {DATA}", run=False
)
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


def test_without_serving_it_tells_the_whole_story_and_ends():
    run = subprocess.run([*DEMO, "--no-serve"], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "The story is told" in run.stdout
    assert "the same plan applied again sends 0" in run.stdout
    assert "63 parcels, 108,777 m², in 1 transactions" in run.stdout
    assert re.search(r"the old mortgage +60,000.00", run.stdout)
    told = " ".join(run.stdout.split())
    assert "the title is the buyer's" in told
    assert "A node that hides a ballot from the majority: the ballots do not bear out what would be opened" in told
    assert re.search("one false step among 2,520: a passer-by refutes it, for [0-9]{2},[0-9]{3} gas", told)
    assert "59999000AB0007" in (ROOT / "build" / "demo" / "titre.html").read_text(encoding="utf-8")


@needs_data
def test_with_real_accounts_it_lives_through_them_too():
    run = subprocess.run(
        [*DEMO, "--no-serve", "--data", str(DATA)], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "654,798,353" in run.stdout
    assert "4,240 parcels, 3,829,286 m²" in run.stdout


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
