"""`make test` fails when any of its parts fails: npm's forge wrapper did not, and nobody noticed."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.chain.pending import until
from tools import columns, suites

SOLIDITY = """// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;
contract StandInTest {{ function test_it() external pure {{ require({outcome}, "as asked"); }} }}
"""


@pytest.fixture
def make_test(tmp_path):
    """Runs the real `make test` over stand-in suites, each passing or failing as asked."""

    def run(*, npm=True, forge=True, **python):
        package, project = tmp_path / "npm", tmp_path / "forge"
        tests, deployed = project / "tests" / "forge", "pragma solidity 0.8.37;\ncontract {} {{}}\n"
        for path, name in ((project / "contracts", "Deployed"), (tests / "harness", "Harness")):
            path.mkdir(parents=True)
            (path / f"{name}.sol").write_text(f"// SPDX-License-Identifier: MIT\n{deployed.format(name)}")
        (tests / "vote").mkdir()
        package.mkdir()
        (package / "package.json").write_text(
            json.dumps({"scripts": {"test": f"node -e 'process.exit({int(not npm)})'"}})
        )
        (project / "foundry.toml").write_text(
            '[profile.default]\nsrc = "contracts"\ntest = "tests/forge"\n'
            f'solc = "{ROOT}/.venv/solc/solc-v0.8.37"\noffline = true\n'
        )
        (tests / "vote" / "StandIn.t.sol").write_text(SOLIDITY.format(outcome=str(forge).lower()))
        suites_of_pytest = {}
        for name in ("pages", "ground", "rest", "clock"):
            suite = suites_of_pytest[name] = tmp_path / f"test_{name}.py"
            mark = "@pytest.mark.clock\n" if name == "clock" else ""
            suite.write_text(f"import pytest\n{mark}def test_it():\n    assert {python.get(name, True)}\n")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "PYTEST"))}
        environment["BEFFROI_REPORTS"] = str(tmp_path / "reports")
        arguments = [
            f"NPM_ARGS=--prefix {package}",
            f"FORGE_ROOT={project}",
            "PYTEST_ARGS=-p no:ape_test",
            *(f"{name.upper()}={suite}" for name, suite in suites_of_pytest.items()),
        ]
        return subprocess.run(["make", "test", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)

    return run


def test_make_lets_python_keep_its_bytecode_even_where_an_image_forbids_it():
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", "--silent", "--eval", 'told: ; @echo "[$$PYTHONDONTWRITEBYTECODE]"', "told"]
    told = subprocess.check_output(command, cwd=ROOT, env=environment | {"PYTHONDONTWRITEBYTECODE": "1"}, text=True)
    assert told == "[]\n"


def test_what_forge_and_pytest_measured_is_added_up_by_module():
    forge = (
        "Solc 0.8.37 finished in 431.50s\n"
        "Ran 2 tests for tests/forge/land/Charges.t.sol:ChargesTest\n"
        "Suite result: ok. 2 passed; 0 failed; 0 skipped; finished in 1.25s (2.00s CPU time)\n"
        "Ran 1 test for tests/forge/land/Sale.t.sol:SaleTest\n"
        "Suite result: ok. 1 passed; 0 failed; 0 skipped; finished in 250.00ms (1ms CPU time)\n"
    )
    report = (
        '<testsuites><testsuite><testcase classname="tests.land.test_sale" name="a" time="0.5"/>'
        '<testcase classname="tests.land.test_tax.TestRates" name="b" time="1.5"/>'
        '<testcase classname="tests.test_slips" name="c" time="0.25"/></testsuite></testsuites>'
    )
    assert suites.of_forge(forge) == {("forge", "(compiler)"): 431.5, ("forge", "land"): 1.5}
    assert suites.of_pytest(report) == {("pytest", "land"): 2.0, ("pytest", "(root)"): 0.25}


def test_when_every_part_passes_make_test_passes(make_test):
    run = make_test()
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("1 passed") >= 5, "forge and each of pytest's"
    assert re.search(r"Seconds by suite.*\n" + r"".join(rf"  {it.name} .* s\n" for it in suites.SUITES), run.stdout)


def test_the_lanes_leave_no_test_out():
    lanes = {it.name for it in suites.SUITES}
    assert lanes == set(re.findall(r"^test-(?!needs)(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("part", ["npm", "forge", "pages", "ground", "rest", "clock"])
def test_when_one_part_fails_make_test_fails(make_test, part):
    run = make_test(**{part: False})
    assert run.returncode != 0, f"{part} failed and make test did not:\n{run.stdout}{run.stderr}"


def test_when_it_is_interrupted_no_other_suite_is_begun(tmp_path):
    begun, fake = tmp_path / "begun", tmp_path / "make"
    fake.write_text(f'#!/bin/sh\necho "$2" >> {begun}\nexec sleep 60\n')
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "BEFFROI_REPORTS": str(tmp_path)}
    run = subprocess.Popen(
        [sys.executable, "tools/suites.py"], cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.PIPE
    )
    firsts = [f"test-{lane[0].name}" for lane in suites.LANES]
    until(
        lambda: (begun.exists() and len(begun.read_text().split()) == len(firsts)) or None,
        "the lanes did not begin",
        60,
    )
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait() == suites.INTERRUPTED
    assert sorted(begun.read_text().split()) == sorted(firsts)


def test_the_build_says_which_compiler_it_used():
    run = subprocess.run(["make", "compile"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0
    assert "solc 0.8.37+commit.f401782d (" in run.stdout


def test_a_second_installation_does_nothing():
    run = subprocess.run(["make", "install"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0
    assert "npm" not in run.stdout


@pytest.fixture
def bare_machine(tmp_path):
    """Runs a script of tools/ on a machine that has hardly anything."""
    for tool in ("bash", "dirname", "env", "printf"):
        found = subprocess.run(["which", tool], capture_output=True, text=True).stdout.strip()
        if found:
            (tmp_path / tool).symlink_to(found)

    def run(script):
        command = ["bash", str(ROOT / "tools" / script)]
        return subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True)

    return run


def test_what_is_missing_is_said_in_plain_words(bare_machine):
    run = bare_machine("install.sh")
    assert run.returncode == 1
    assert "Beffroi needs Python 3.11 or newer" in run.stderr


def test_what_the_tests_need_of_the_system_is_said_in_plain_words(bare_machine):
    run = bare_machine("test-needs.sh")
    assert run.returncode == 1
    assert "(on Debian: apt install chromium" in run.stderr


def test_prose_and_comments_that_run_past_120_columns_are_named():
    long = "word " * 30
    assert [number for number, _ in columns.too_wide(Path("a.md"), f"short\n{long}\n```\n{long}\n```\n|{long}|")] == [2]
    assert [number for number, _ in columns.too_wide(Path("a.sol"), f"  // {long}\ncode {long}\n/// {long}")] == [1, 3]
