"""`make test` fails when any of its parts fails: npm's forge wrapper did not, and nobody noticed."""

import json
import os
import subprocess

import pytest

from beffroi.chain.artifacts import ROOT

SOLIDITY = """// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;
contract StandInTest {{ function test_it() external pure {{ require({outcome}, "as asked"); }} }}
"""


@pytest.fixture
def make_test(tmp_path):
    """Runs the real `make test` over three stand-in suites, each passing or failing as asked."""

    def run(*, npm=True, forge=True, python=True):
        package, project, suite = tmp_path / "npm", tmp_path / "forge", tmp_path / "test_stand_in.py"
        (project / "test").mkdir(parents=True)
        package.mkdir()
        (package / "package.json").write_text(
            json.dumps({"scripts": {"test": f"node -e 'process.exit({int(not npm)})'"}})
        )
        (project / "foundry.toml").write_text(
            f'[profile.default]\nsolc = "{ROOT}/.venv/solc/solc-v0.8.37"\noffline = true\n'
        )
        (project / "test" / "StandIn.t.sol").write_text(SOLIDITY.format(outcome=str(forge).lower()))
        suite.write_text(f"def test_it():\n    assert {python}\n")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "PYTEST"))}
        arguments = [
            f"NPM_ARGS=--prefix {package}",
            f"FORGE_ARGS=--root {project}",
            f"PYTEST_ARGS=-p no:ape_test {suite}",
        ]
        return subprocess.run(["make", "test", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)

    return run


def test_when_every_part_passes_make_test_passes(make_test):
    run = make_test()
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout


@pytest.mark.parametrize("part", ["npm", "forge", "python"])
def test_when_one_part_fails_make_test_fails(make_test, part):
    run = make_test(**{part: False})
    assert run.returncode != 0, f"{part} failed and make test did not:\n{run.stdout}{run.stderr}"


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
