"""A name means one thing: a stranger who reads it in one module is not mistaken in another."""

import ast
from collections import defaultdict

from beffroi.chain.artifacts import ROOT

PACKAGE = ROOT / "beffroi"


def public_classes():
    """Where each public class of the library stands."""
    places = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path.relative_to(ROOT)))
    return places


def test_no_public_class_has_the_name_of_another():
    places = public_classes()
    assert len(places) > 200, "the modules were not found"
    assert {name: where for name, where in places.items() if len(where) > 1} == {}
