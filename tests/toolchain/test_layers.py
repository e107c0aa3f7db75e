"""The library speaks to no terminal: click, rich and ape stand in `beffroi/cli/` alone."""

import ast

from beffroi.chain.artifacts import ROOT

TERMINAL = {"ape", "click", "rich"}


def terminal_imports(source):
    """The packages of the terminal's side that a module imports, at its top or within a function."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return {package for package in found if package in TERMINAL or package.startswith("ape_")}


def test_only_the_terminals_side_imports_click_rich_or_ape():
    modules = {path.relative_to(ROOT): terminal_imports(path.read_text()) for path in ROOT.glob("beffroi/**/*.py")}
    inside = {path for path, found in modules.items() if found and path.parts[1] == "cli"}
    assert inside, "beffroi/cli imports none of them: this test sees nothing"
    assert {path: found for path, found in modules.items() if found and path not in inside} == {}
