"""Who may import whom: click, rich and ape stand in `beffroi/cli/` alone, and nothing leans on the tests."""

import ast
import json
import subprocess
import sys

from beffroi.chain.artifacts import ROOT

TERMINAL = {"ape", "click", "rich"}
WORKER = ("beffroi.ballots.chunks", "beffroi.ballots.params")
"""What an audit sends to its workers: each begins by importing it."""
LIGHT = {"beffroi", "coincurve", "sha3"}
OUTSIDE_TESTS = ("beffroi", "scripts", "bench", "tools", "testbed")


def imported(source):
    """The packages that a module imports, at its top or within a function."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return found


def terminal_imports(source):
    return {package for package in imported(source) if package in TERMINAL or package.startswith("ape_")}


def test_only_the_terminals_side_imports_click_rich_or_ape():
    modules = {path.relative_to(ROOT): terminal_imports(path.read_text()) for path in ROOT.glob("beffroi/**/*.py")}
    inside = {path for path, found in modules.items() if found and path.parts[1] == "cli"}
    assert inside, "beffroi/cli imports none of them: this test sees nothing"
    assert {path: found for path, found in modules.items() if found and path not in inside} == {}


def test_nothing_but_tests_imports_tests():
    outside = [path for folder in OUTSIDE_TESTS for path in (ROOT / folder).rglob("*.py")]
    assert {"testbed"} < set().union(*(imported(path.read_text()) for path in outside)), "bench needs the test bed"
    assert [str(path.relative_to(ROOT)) for path in outside if "tests" in imported(path.read_text())] == []


def test_a_worker_of_an_audit_loads_the_ballots_arithmetic_and_nothing_more():
    program = f"import json, sys; before = {{*sys.modules}}; import {', '.join(WORKER)}\n"
    program += "print(json.dumps([*({name.partition('.')[0] for name in {*sys.modules} - before})]))"
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", program], text=True))
    assert {name for name in loaded if name not in sys.stdlib_module_names and not name.startswith("_")} == LIGHT
