"""Everything that Beffroi raises of its own has one root, and the tree in the root's docstring is the true one."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import beffroi
from beffroi import errors
from beffroi.errors import BeffroiError


def exceptions() -> set[type[BaseException]]:
    """Every exception class that a module of beffroi defines."""
    found: set[type[BaseException]] = set()
    for module in pkgutil.walk_packages(beffroi.__path__, "beffroi."):
        if module.name.endswith(".__main__"):
            continue
        for _, thing in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(thing, BaseException) and thing.__module__ == module.name:
                found.add(thing)
    return found


def drawn(root: type[BaseException], known: set[type[BaseException]], depth: int = 1) -> Iterator[str]:
    """The public classes below a root, one a line, indented by depth."""
    for child in sorted((child for child in known if root in child.__bases__), key=lambda child: child.__name__):
        if not child.__name__.startswith("_"):
            yield f"{'  ' * depth}{child.__name__}"
            yield from drawn(child, known, depth + 1)


def test_every_exception_of_beffroi_descends_from_its_root() -> None:
    known = exceptions()
    assert len(known) > 50, "the modules were not found"
    assert {thing.__qualname__ for thing in known if not issubclass(thing, BeffroiError)} == set()


def test_the_tree_in_the_docstring_is_the_true_one() -> None:
    assert errors.__doc__ is not None
    _, _, shown = errors.__doc__.partition("\nBeffroiError\n")
    true = "\n".join(drawn(BeffroiError, exceptions()))
    assert shown.rstrip() == true, f"the docstring of beffroi/errors.py should end with\nBeffroiError\n{true}"
