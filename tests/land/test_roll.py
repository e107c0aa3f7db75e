import json
import subprocess

import pytest
from eth_abi import encode
from eth_utils import keccak

from beffroi.land import roll
from beffroi.land.roll import TaxRoll
from beffroi.land.tax import Bill, TaxError

ADA, BOB, MALLORY = ("0x" + digits * 20 for digits in ("a1", "b2", "66"))

OPENZEPPELIN = """
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');
const values = JSON.parse(process.argv[1]);
const tree = StandardMerkleTree.of(values, ['uint256', 'address', 'uint256'], { sortLeaves: false });
console.log(JSON.stringify({ root: tree.root, proofs: values.map((_, i) => tree.getProof(i)) }));
"""


def bills(count):
    return [
        Bill(0x31373437303030305A4230313035 + number, (ADA, BOB)[number % 2], 100_00 + number)
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8])
def test_the_tree_is_openzeppelin_s(count, request):
    sealed = TaxRoll(2026, bills(count))
    values = [[str(bill.title), bill.account, str(bill.amount_cents)] for bill in sealed.bills]
    answer = subprocess.run(
        ["node", "-e", OPENZEPPELIN, json.dumps(values)],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(answer.stdout)

    assert "0x" + sealed.root.hex() == theirs["root"]
    assert [["0x" + node.hex() for node in sealed.proof(index)] for index in range(count)] == theirs["proofs"]


def test_every_bill_is_proven_and_no_other():
    sealed = TaxRoll(2026, bills(7))

    for index, bill in enumerate(sealed.bills):
        assert roll.holds(sealed.root, bill, sealed.proof(index))
        assert not roll.holds(sealed.root, Bill(bill.title, MALLORY, bill.amount_cents), sealed.proof(index))
        assert not roll.holds(sealed.root, Bill(bill.title, bill.account, 1), sealed.proof(index))
        assert not roll.holds(sealed.root, bill, sealed.proof(index)[:-1])


def test_the_total_and_the_receipts_are_those_of_the_contract():
    sealed = TaxRoll(2026, bills(3))
    first = sealed.bills[0]

    assert sealed.total_cents == 300_03
    assert sealed.receipt(0) == keccak(
        encode(["uint256", "uint256", "address", "uint256"], [2026, first.title, first.account, first.amount_cents])
    )
    assert len({sealed.receipt(index) for index in range(3)} | {TaxRoll(2027, bills(3)).receipt(0)}) == 4


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ([], "nobody owes"),
        ([Bill(1, "Ada", 1)], "no address"),
        ([Bill(1, ADA, 1), Bill(1, "0x" + "A1" * 20, 2)], "two bills"),
    ],
)
def test_what_is_no_roll_is_refused(listed, why):
    with pytest.raises(TaxError, match=why):
        TaxRoll(2026, listed)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_bill_that_is_not_there(index):
    with pytest.raises(IndexError):
        TaxRoll(2026, bills(3)).proof(index)
