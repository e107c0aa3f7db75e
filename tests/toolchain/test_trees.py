"""`tools/trees.py` says what the trees lack: each fault is planted in a small project, and named with its place."""

import sys
from pathlib import Path

import pytest

from beffroi.chain.artifacts import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from trees import Review

INTERFACE = """interface IBell {
    /// @notice Thrown when it rings already.
    error Bell_Ringing(uint256 since);
    event Rung(uint256 times);
    event Cast(uint256 weight_kg);
    function ring(uint256 times) external;
}
"""
CONTRACT = """import {IBell} from "./IBell.sol";
abstract contract Tower { mapping(uint256 => bool) public struck; function climb() internal {} }
contract Bell is IBell, Tower(7) {
    uint256 public constant WEIGHT_KG = 5; // function notOne() external
    function ring(uint256 times) external { if (times == 0) { revert Bell_Ringing(1); } emit Rung(times); }
    function _swing() private {}
}
"""
LIBRARY = "library Bronze { error Bronze_Cracked(); function cast() internal {} }\n"
TREE = """Bell::ring
├── given it rings
│   └── it should revert with Bell_Ringing
│       ← Bell::test_WhenItRings_ItReverts
└── when anyone rings
    ├── it should ring and emit Rung
    │   ← Bell::testFuzz_Rings, town/test_bell::test_a_bell_rings
    └── it should be heard
        ← Bell::invariant_Heard

Bell::WEIGHT_KG, struck
└── it should tell
    ← town/test_bell::test_a_bell_rings
"""
FORGE = """contract BellTest {
    function test_WhenItRings_ItReverts() external {}
    function testFuzz_Rings(uint256 times) external {}
    function invariant_Heard() external {}
}
"""


@pytest.fixture
def faults(tmp_path):
    """What is said of a project, its files changed as asked."""

    def review(tree=TREE, contract=CONTRACT, forge=FORGE, home="tests/forge/tower/Bell.tree"):
        files = {
            "contracts/tower/IBell.sol": INTERFACE,
            "contracts/tower/Bell.sol": contract,
            "contracts/tower/Bronze.sol": LIBRARY,
            "tests/forge/tower/Bell.t.sol": forge,
            "tests/town/test_bell.py": "def test_a_bell_rings(tower):\n    assert tower\n",
            home: tree,
        }
        for name, text in files.items():
            path = Path(tmp_path, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return list(Review(tmp_path).faults())

    return review


def test_a_project_whose_trees_are_whole_has_no_fault(faults):
    assert faults() == []


def test_a_function_without_a_tree_is_named(faults):
    assert faults(contract=CONTRACT.replace("function _swing() private", "function toll() public")) == [
        "Bell::toll has no tree"
    ]


def test_an_inherited_getter_without_a_tree_is_named(faults):
    assert faults(TREE.replace("WEIGHT_KG, struck", "WEIGHT_KG")) == ["Bell::struck has no tree"]


def test_a_root_without_a_function_is_named(faults):
    assert faults(TREE.replace("WEIGHT_KG, struck", "WEIGHT_KG, struck, climb")) == [
        "tests/forge/tower/Bell.tree:11: Bell has no public function climb"
    ]


def test_a_function_told_of_twice_is_named(faults):
    assert faults(TREE.replace("WEIGHT_KG, struck", "WEIGHT_KG, struck, ring")) == [
        "tests/forge/tower/Bell.tree:11: Bell::ring has a tree already"
    ]


def test_a_leaf_that_no_test_holds_is_named(faults):
    assert faults(TREE.replace("        ← Bell::invariant_Heard\n", "")) == [
        "tests/forge/tower/Bell.tree:8: no test holds it: it should be heard"
    ]


@pytest.mark.parametrize(
    ("test", "gone"),
    [("Bell::invariant_Heard", "Bell::invariant_Unheard"), ("town/test_bell::test_a_bell_rings", "town/test_bell::x")],
)
def test_a_test_that_does_not_exist_is_named(faults, test, gone):
    said = faults(TREE.replace(test, gone))
    assert said
    assert all(fault.endswith(f"there is no test {gone}") for fault in said)


def test_a_branch_that_ends_nowhere_is_named(faults):
    tree = TREE.replace("└── when anyone rings", "├── when nobody rings\n└── when anyone rings")
    assert faults(tree) == ["tests/forge/tower/Bell.tree:5: a branch without a leaf"]


def test_a_last_branch_that_ends_nowhere_is_named(faults):
    assert faults(TREE + "└── when it is heard\n") == ["tests/forge/tower/Bell.tree:14: a branch without a leaf"]


def test_a_line_that_says_neither_when_nor_what_is_named(faults):
    assert faults(TREE.replace("it should ring and", "it rings and"))[0] == (
        "tests/forge/tower/Bell.tree:6: neither when, given, it should nor ←: it rings and emit Rung"
    )


def test_an_error_that_no_leaf_names_is_named_and_a_librarys_may_be_left_to_its_tests(faults):
    assert faults(TREE.replace("revert with Bell_Ringing", "revert")) == ["no leaf names the error Bell_Ringing"]


def test_an_event_that_no_leaf_says_is_emitted_is_named_and_one_that_nothing_emits_is_left_alone(faults):
    assert faults(TREE.replace("emit Rung", "be rung")) == ["no leaf says that Rung is emitted"]


def test_an_error_that_nobody_declares_is_named(faults):
    assert "tests/forge/tower/Bell.tree:3: nobody declares Bell_Rung" in faults(TREE.replace("_Ringing", "_Rung"))


def test_a_tree_in_another_place_is_named(faults):
    said = faults(home="tests/forge/town/Bell.tree")
    assert said[0] == "tests/forge/town/Bell.tree:1: a tree of Bell belongs in tests/forge/tower/Bell.tree"
