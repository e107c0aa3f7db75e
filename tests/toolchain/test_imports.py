"""The import graph of the library and its scripts has no circle, imports for types alone included."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT


def modules(root: Path, *folders: str) -> dict[str, Path]:
    """The modules under some folders, by their dotted names."""
    paths = {path.relative_to(root): path for folder in folders for path in (root / folder).rglob("*.py")}
    return {".".join(place.with_suffix("").parts).removesuffix(".__init__"): path for place, path in paths.items()}


def imported(source: str, known: dict[str, Path]) -> set[str]:
    """The known modules that a source imports, wherever in the file: `from package import module` means the module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute: a relative one is not followed here"
            inner = {name.name: f"{node.module}.{name.name}" for name in node.names}
            found |= {module if module in known else str(node.module) for module in inner.values()}
    return found & known.keys()


def graph(root: Path, *folders: str) -> dict[str, set[str]]:
    known = modules(root, *folders)
    return {name: imported(path.read_text(), known) for name, path in known.items()}


def circle(imports: dict[str, set[str]]) -> list[str]:
    """The modules of a circle, in order; empty when there is none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others():
    imports = graph(ROOT, "beffroi", "scripts")
    assert imports["beffroi.town.plan"] >= {"beffroi.town.config", "beffroi.town.site"}
    assert circle(imports) == []


@pytest.mark.parametrize(
    "hidden",
    ["from pack.a import x", "if TYPE_CHECKING:\n    from pack import a", "def late():\n    import pack.a"],
    ids=["plain", "for types", "in a function"],
)
def test_a_circle_is_found_wherever_the_import_hides(tmp_path, hidden):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "__init__.py").write_text("")
    (pack / "a.py").write_text("from pack import b")
    (pack / "b.py").write_text(hidden)
    assert set(circle(graph(tmp_path, "pack"))) == {"pack.a", "pack.b"}
