"""The sealed roll: the same tree as @openzeppelin/merkle-tree, and a file that anyone can check."""

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.roll import Roll, RollError, Seal, as_standard_tree, read_csv, verify, verify_csv, write_csv

ROOT = Path(__file__).resolve().parents[2]
SIZES = [1, 2, 3, 7, 8, 1000]
REGISTER = "0x" + "5e" * 20


def accounts(size):
    return [f"0x{(7919 * (index + 1)) ** 9 % 2**160:040x}" for index in range(size)]


def openzeppelin(act, **given):
    done = subprocess.run(
        ["node", "tests/support/merkle_tree.cjs"],
        cwd=ROOT,
        input=json.dumps({"act": act, **given}),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def hexed(nodes):
    return ["0x" + node.hex() for node in nodes]


@pytest.fixture
def sealed(tmp_path):
    roll = Roll.of(accounts(7))
    path = tmp_path / "roll.csv"
    write_csv(
        roll, Seal.of(roll, chain=31337, contract=REGISTER, block=12, date=dt.date(2026, 11, 21), kind="citizen"), path
    )
    return roll, path


@pytest.mark.parametrize("size", SIZES)
def test_root_and_proofs_are_openzeppelins(size):
    roll = Roll.of(accounts(size))
    indices = sorted({0, size // 2, size - 1})
    theirs = openzeppelin("build", accounts=accounts(size), indices=indices)
    assert "0x" + roll.root.hex() == theirs["root"]
    assert [hexed(roll.proof(index)) for index in indices] == theirs["proofs"]


@pytest.mark.parametrize("size", SIZES)
def test_openzeppelin_accepts_our_proofs_and_refuses_a_wrong_index(size):
    roll = Roll.of(accounts(size))
    entries = [
        {"index": index, "account": roll.account(index), "proof": hexed(roll.proof(index))} for index in range(size)
    ]
    wrong = {**entries[0], "index": size}
    assert openzeppelin("verify", root="0x" + roll.root.hex(), entries=[*entries, wrong]) == [True] * size + [False]


@pytest.mark.parametrize("size", SIZES)
def test_openzeppelins_proofs_are_accepted_here(size):
    theirs = openzeppelin("build", accounts=accounts(size), indices=list(range(size)))
    root = bytes.fromhex(theirs["root"][2:])
    for index, (account, proof) in enumerate(zip(accounts(size), theirs["proofs"], strict=True)):
        assert verify(root, index, account, [bytes.fromhex(node[2:]) for node in proof])


def test_openzeppelin_loads_and_validates_our_tree():
    roll = Roll.of(accounts(7))
    loaded = openzeppelin("load", dump=as_standard_tree(roll))
    assert loaded["root"] == "0x" + roll.root.hex()
    assert loaded["values"] == [[str(index), account] for index, account in enumerate(roll.accounts())]


def test_our_dump_has_the_nodes_of_theirs():
    theirs = openzeppelin("build", accounts=accounts(7), indices=[])["dump"]
    ours = as_standard_tree(Roll.of(accounts(7)))
    assert (ours["format"], ours["tree"], ours["leafEncoding"]) == (
        theirs["format"],
        theirs["tree"],
        theirs["leafEncoding"],
    )
    assert [value["treeIndex"] for value in ours["values"]] == [value["treeIndex"] for value in theirs["values"]]


@given(st.sets(st.binary(min_size=20, max_size=20).filter(any), min_size=1, max_size=40), st.data())
def test_everyone_on_a_roll_proves_it_and_nobody_else_does(members, data):
    roll = Roll(sorted(members))
    index = data.draw(st.integers(0, len(roll) - 1))
    other = data.draw(st.integers(0, len(roll) - 1).filter(lambda it: it != index) if len(roll) > 1 else st.none())
    assert verify(roll.root, index, roll.account(index), roll.proof(index))
    assert not verify(roll.root, index, "0x" + "99" * 20, roll.proof(index))
    assert roll.index(roll.account(index)) == index
    if other is not None:
        assert not verify(roll.root, other, roll.account(index), roll.proof(index))
        assert not verify(roll.root, index, roll.account(index), roll.proof(other))


def test_an_inner_node_does_not_pass_for_a_leaf():
    roll = Roll.of(accounts(4))
    assert not verify(roll.root, 0, roll.account(0), roll.proof(0)[1:])


@pytest.mark.parametrize(
    ("members", "complaint"),
    [
        ([], "at least one"),
        ([b"\1" * 19], "19 bytes"),
        ([bytes(20)], "is zero"),
        ([b"\1" * 20, b"\2" * 20, b"\1" * 20], "stands twice, the second time at 2"),
    ],
)
def test_what_is_not_a_roll_is_refused(members, complaint):
    with pytest.raises(RollError, match=complaint):
        Roll(members)


def test_the_zero_account_stands_on_no_roll():
    roll = Roll.of(accounts(1))
    assert not verify(roll.root, 0, "0x" + "00" * 20, [])


def test_who_is_not_on_the_roll_has_no_index():
    with pytest.raises(KeyError):
        Roll.of(accounts(3)).index("0x" + "99" * 20)


def test_a_file_is_read_back_with_its_seal(sealed):
    roll, path = sealed
    again, seal = read_csv(path)
    assert again.root == roll.root
    assert seal == Seal("0x" + roll.root.hex(), 7, 31337, REGISTER, 12, "2026-11-21", "citizen")
    assert verify_csv(path, roll.root) == seal


def test_a_file_of_another_root_is_refused(sealed):
    _, path = sealed
    with pytest.raises(RollError, match="not 0x0000"):
        verify_csv(path, bytes(32))


@pytest.mark.parametrize(
    ("found", "instead", "complaint"),
    [
        ("# format: beffroi-roll-2", "# format: other", "not a roll"),
        ("# chain: 31337\n", "", "does not state chain"),
        ("# size: 7", "# size: 8", "there are 7 accounts, where 8"),
        ("# chain: 31337\n", "# chain: 31337\n# block: 7\n# chain: 1\n# block: 8\n", "the header states .* twice"),
        ("# contract: 0x", "# contract: \x1b[2J", "states a contract that is no address"),
        ("# size: 7", "# size: many", "states something that it cannot"),
        ("index,account", "account,index", "expected `# key: value`"),
        ("\n2,", "\n3,", "expected index 2, found '3'"),
        ("\n2,0x", "\n2,0y", "line 12: .* is not an address"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused(sealed, found, instead, complaint):
    _, path = sealed
    text = path.read_text()
    assert found in text
    path.write_text(text.replace(found, instead))
    with pytest.raises(RollError, match=complaint):
        read_csv(path)


def test_a_file_with_another_account_has_another_root(sealed):
    roll, path = sealed
    path.write_text(path.read_text().replace(roll.account(3), "0x" + "99" * 20))
    with pytest.raises(RollError, match="the accounts have the root"):
        read_csv(path)


def test_a_seal_of_another_roll_is_not_written(sealed, tmp_path):
    _, path = sealed
    _, seal = read_csv(path)
    with pytest.raises(RollError, match="is stated"):
        write_csv(Roll.of(accounts(8)[1:]), seal, tmp_path / "other.csv")
    assert not (tmp_path / "other.csv").exists()
