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


SIDES = ("cli", "demo", "post/kinds", "publish", "town/modules")
"""Packages with a file a module of the town: `currency` there is that side of the currency."""
BOTH_SIDES = {
    "ceremony": "its messages, pure, and its steps on a chain",
    "config": "a town's file, and a post office's",
    "deeds": "what is signed, and where signatures are gathered",
    "export": "of money, and of land",
    "posting": "of payments, and of ballots",
}
"""Names that stand twice and mislead nobody, and what they mean."""


def test_no_file_has_the_name_of_another_by_which_it_is_mistaken():
    places = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        side = path.parent.relative_to(PACKAGE).as_posix() in SIDES
        if not path.stem.startswith("__") and not side:
            places[path.stem].append(str(path.relative_to(PACKAGE)))
    assert places.keys() >= {"csvfile", "trustee_keys"}, "the files were not found"
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in BOTH_SIDES} == {}
    assert twice.keys() == BOTH_SIDES.keys(), "what is excused stands twice"
