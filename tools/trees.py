"""Holds the trees beside the forge tests to contracts and tests: `python tools/trees.py` says what is missing.

A tree (tests/forge/<module>/<Contract>.tree) says in plain words, for each public function, when it reverts and what
it does:

    Charges::cede
    ├── when the caller is not the creditor
    │   └── it should revert with Charges_NotTheCreditor
    │       ← Charges::test_OnlyTheCreditorDisposesOfACharge, land/test_charges::test_who_may_cede
    └── given a charge that was ceded …

A root names the functions that it tells of. A branch begins with `when` (what the caller does) or `given` (what stands
on chain). A leaf begins with `it should`; the lines under it that begin with `←` name the tests that hold it, as
`File::test_Name` in tests/forge and `path/file::test_name` in tests.

Said are: functions without a tree, roots without a function, leaves without a test, tests that do not exist, branches
that end nowhere, errors and events of contracts that no leaf names, and names of errors that nobody declares.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_ART = "│├└─ "
_ROOT_LINE = re.compile(r"\w+::\w+(, \w+)*")
_CONTRACT = re.compile(r"\b(abstract contract|contract|interface|library) (\w+)(?: is ([^{]+?))?\s*\{")
_ERROR = re.compile(r"^\s*error ([A-Z]\w*_\w+)\(", re.MULTILINE)  # ours; a standard's have no underscore
_EVENT = re.compile(r"^\s*event (\w+)\(", re.MULTILINE)
_EMIT = re.compile(r"\bemit (?:\w+\.)?(\w+)\(")
_ERROR_NAME = re.compile(r"\b[A-Z]\w*_[A-Z]\w*\b")
_FORGE_TEST = re.compile(r"\bfunction ((?:test|testFuzz|invariant|check)_\w+)\(")
_PYTHON_TEST = re.compile(r"^\s*def (test_\w+)\(", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A contract, interface or library as its source declares it.

    Attributes:
        kind: `contract`, `abstract contract`, `interface` or `library`.
        module: its folder in contracts/.
        bases: those that its own line names.
        functions: what can be called from outside, getters included.
    """

    kind: str
    module: str
    bases: tuple[str, ...]
    functions: tuple[str, ...]


@dataclass
class Leaf:
    """What a function should do, and the tests that hold it."""

    place: str
    text: str
    tests: list[str] = field(default_factory=list)


@dataclass
class Tree:
    """What a file says of some functions of a contract.

    Attributes:
        place: file and line of its root.
        contract: by name.
        functions: that it tells of.
        leaves: in their order.
        faults: of its shape, a sentence each.
    """

    place: str
    contract: str
    functions: list[str]
    leaves: list[Leaf] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: tuple[str, int] | None = None  # place and depth of a branch whose leaves have not come

    def read(self, place: str, depth: int, content: str) -> None:
        """Takes the next line."""
        if content.startswith("←") and self.leaves:
            self.leaves[-1].tests += [test.strip() for test in content[1:].split(",")]
            return
        self.close(depth)
        if content.startswith(("when ", "given ")):
            self._open = (place, depth)
        elif content.startswith("it should "):
            self.leaves.append(Leaf(place, content))
            self._open = None
        else:
            self.faults.append(f"{place}: neither when, given, it should nor ←: {content}")

    def close(self, depth: int = 0) -> None:
        """Ends the branches of this depth and more."""
        if self._open is not None and depth <= self._open[1]:
            self.faults.append(f"{self._open[0]}: a branch without a leaf")
            self._open = None


def trees(text: str, file: str) -> list[Tree]:
    """The trees of a file, whose name is `file`."""
    found: list[Tree] = []
    for number, line in enumerate(text.splitlines(), 1):
        content, place = line.lstrip(_ART).rstrip(), f"{file}:{number}"
        if _ROOT_LINE.fullmatch(line):
            contract, functions = line.split("::")
            found.append(Tree(place, contract, functions.split(", ")))
        elif content:
            if not found:
                found.append(Tree(place, "", []))
            found[-1].read(place, len(line) - len(line.lstrip(_ART)), content)
    for tree in found:
        tree.close()
        if not tree.leaves:
            tree.faults.append(f"{tree.place}: a tree without a leaf")
    return found


def sources(text: str, module: str) -> Iterator[tuple[str, Source]]:
    """The contracts, interfaces and libraries of a Solidity source, by name."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    for found in _CONTRACT.finditer(text):
        kind, name, listed = found.groups()
        bases = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", listed or ""))
        functions = tuple(name for head in _heads(text[found.end() :]) for name in _callable(head))
        yield name, Source(kind, module, tuple(bases), functions)


def _heads(body: str) -> Iterator[str]:
    """What stands before each `;`, `{` or `=` at the top level of a contract's body."""
    depth, head = 0, ""
    for character in body:
        if depth == 0 and character in ";{=}":
            yield " ".join(head.split())
            head = ""
        elif depth == 0:
            head += character
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return


def _callable(head: str) -> list[str]:
    function = re.match(r"function (\w+)", head)
    if function:
        return [function[1]] if re.search(r"\b(public|external)\b", head) else []
    variable = re.search(r"\bpublic\b.*?(\w+)$", head)
    return [variable[1]] if variable and not head.startswith("constructor") else []


def functions_of(name: str, contracts: dict[str, Source]) -> set[str]:
    """What can be called of a contract, by its own source and those of its bases in contracts/."""
    if name not in contracts:
        return set()
    return set(contracts[name].functions).union(*(functions_of(base, contracts) for base in contracts[name].bases))


def tests_of(tests: Path) -> set[str]:
    """Every test below a folder, by the name that leaves give it."""
    named = set[str]()
    for path in (tests / "forge").rglob("*.t.sol"):
        named |= {f"{path.name.removesuffix('.t.sol')}::{test}" for test in _FORGE_TEST.findall(path.read_text())}
    for path in tests.rglob("test_*.py"):
        stem = path.relative_to(tests).with_suffix("").as_posix()
        named |= {f"{stem}::{test}" for test in _PYTHON_TEST.findall(path.read_text())}
    return named


class Review:
    """Trees, contracts and tests of a project, compared.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self.contracts: dict[str, Source] = {}
        self.errors: set[str] = set()
        self.inner: set[str] = set()  # errors of libraries, which a leaf may leave to the library's own tests
        events, emitted = set[str](), set[str]()
        for path in sorted((root / "contracts").rglob("*.sol")):
            text = path.read_text()
            found = dict(sources(text, path.relative_to(root / "contracts").parts[0]))
            self.contracts |= found
            events |= set(_EVENT.findall(text))
            emitted |= set(_EMIT.findall(text))
            declared = set(_ERROR.findall(text))
            self.errors |= declared
            if all(source.kind == "library" for source in found.values()):
                self.inner |= declared
        self.events = events & emitted
        self.tests = tests_of(root / "tests")
        paths = sorted((root / "tests" / "forge").rglob("*.tree"))
        self.trees = [tree for p in paths for tree in trees(p.read_text(), p.relative_to(root).as_posix())]

    def faults(self) -> Iterator[str]:
        """What is missing or wrong, a line each."""
        told = set[tuple[str, str]]()
        for tree in self.trees:
            yield from tree.faults
            yield from self._faults_of_root(tree, told)
            for leaf in tree.leaves:
                yield from self._faults_of_leaf(leaf)
        yield from self._untold(told)

    def _faults_of_root(self, tree: Tree, told: set[tuple[str, str]]) -> Iterator[str]:
        module = self.contracts[tree.contract].module if tree.contract in self.contracts else "…"
        home = f"tests/forge/{module}/{tree.contract}.tree"
        if not tree.place.startswith(f"{home}:"):
            yield f"{tree.place}: a tree of {tree.contract} belongs in {home}"
        for function in tree.functions:
            if function not in functions_of(tree.contract, self.contracts):
                yield f"{tree.place}: {tree.contract} has no public function {function}"
            if (tree.contract, function) in told:
                yield f"{tree.place}: {tree.contract}::{function} has a tree already"
            told.add((tree.contract, function))

    def _faults_of_leaf(self, leaf: Leaf) -> Iterator[str]:
        if not leaf.tests:
            yield f"{leaf.place}: no test holds it: {leaf.text}"
        yield from (f"{leaf.place}: there is no test {test}" for test in leaf.tests if test not in self.tests)
        for error in sorted(set(_ERROR_NAME.findall(leaf.text)) - self.errors):
            yield f"{leaf.place}: nobody declares {error}"

    def _untold(self, told: set[tuple[str, str]]) -> Iterator[str]:
        for name, source in sorted(self.contracts.items()):
            if source.kind == "contract":
                public = functions_of(name, self.contracts)
                yield from (f"{name}::{it} has no tree" for it in sorted(public) if (name, it) not in told)
        leaves = [leaf.text for tree in self.trees for leaf in tree.leaves]
        named = {error for text in leaves for error in _ERROR_NAME.findall(text)}
        yield from (f"no leaf names the error {error}" for error in sorted(self.errors - self.inner - named))
        said = {word for text in leaves if " emit " in text for word in re.findall(r"\w+", text)}
        yield from (f"no leaf says that {event} is emitted" for event in sorted(self.events - said))


def main() -> int:
    """Prints what is missing; the exit code tells whether anything is."""
    found = list(Review(ROOT).faults())
    for fault in found:
        print(fault)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
