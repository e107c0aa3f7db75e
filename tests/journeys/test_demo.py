"""The demo ends by itself, and whatever ends it leaves nothing running."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.rpc import Rpc

DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data"))
needs_data = pytest.mark.xfail(
    not (DATA / "sarafu-accounts-2020").is_dir(), reason=f"NOT RUN: no sarafu-accounts-2020 in {DATA}", run=False
)
DEMO = [str(ROOT / ".venv" / "bin" / "ape"), "run", "demo"]


def anvils(session):
    """The Anvil processes that descend from a demo."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,comm"], capture_output=True, text=True).stdout.split("\n")[1:]
    rows = [line.split(None, 2) for line in listed if line.strip()]
    return [int(pid) for pid, parent, name in rows if name.startswith("anvil") and int(parent) == session]


def test_without_serving_it_tells_the_whole_story_and_ends():
    run = subprocess.run([*DEMO, "--no-serve"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "The story is told" in run.stdout
    assert "the same plan applied again sends 0" in run.stdout


@needs_data
def test_with_real_accounts_it_lives_through_them_too():
    run = subprocess.run(
        [*DEMO, "--no-serve", "--data", str(DATA)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "654,798,353" in run.stdout


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_when_it_is_stopped_midway_no_process_stays_behind(end):
    demo = subprocess.Popen([*DEMO, "--no-serve"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 60
    while not (running := anvils(demo.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running, "Anvil never started"
    time.sleep(1)
    demo.send_signal(end)
    demo.wait(timeout=30)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in running)


def test_when_it_is_asked_to_keep_anvil_the_town_can_be_played_with():
    run = subprocess.run([*DEMO, "--no-serve", "--keep"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
    line = next(line for line in run.stdout.splitlines() if "end it with" in line)
    pid = int(line.split()[-1])
    try:
        assert int(Rpc(line.split(";")[0].split()[-1]).call("eth_chainId"), 16) == 31337
    finally:
        os.kill(pid, signal.SIGTERM)
