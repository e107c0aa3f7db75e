"""Writes tests/vectors/energy.json: periods of shared energy, and false ones, for contract and dApp to find the same.

Each period: the operation's terms, meters as they stand on chain and as their agents have them, the public file's text,
the statement, roots, coefficients, what each meter is given. Of small ones also every blinding, cell and leaf. Each
false one: its file and statement, what is found first, and the call of `Meters` that voids it, where there is one.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from eth_abi.abi import encode

from beffroi.chain.keys import Key
from beffroi.flows.energy.cells import CELL, committed_tree
from beffroi.flows.energy.commitments import DOMAIN, H, commit
from beffroi.flows.energy.energyrules import rules_of
from beffroi.flows.energy.header import keccak
from beffroi.flows.energy.privatefile import verify_own
from beffroi.flows.energy.publicfile import public_text
from beffroi.flows.energy.refutations import Refutation
from beffroi.flows.energy.verifyperiod import given, verify_period
from beffroi.records.paperfile import compact, hexed
from testbed.energy import METERS, START_S, Street, curves_of, meter_salt, sealed_street, street
from testbed.energyfalse import reached_by_members, refutable, unrefuted

AGENT = Key.derived("energy", "agent").address
HEADER = "(bytes32,uint32,uint40,uint16,uint16,uint16,uint16,uint16,bytes32,bytes32,bytes32)"
CLAIM = f"(uint32,bytes32,uint32,bytes32,bytes32,{HEADER})"
COLUMN, TOTAL, ALLOCATION = "(bytes32,uint256,bytes32)", f"({','.join(['uint256'] * 6)})", "(uint256,uint256,uint256)"
CELLS, NUMBER, PROOF = "((uint256,uint256),(uint256,uint256),(uint256,uint256))", "uint256", "bytes32[]"
TYPES = {
    "refuteHeader": ("bytes32", "uint32", CLAIM),
    "refuteColumn": (CLAIM, NUMBER, COLUMN, PROOF),
    "refuteTwice": (CLAIM, NUMBER, COLUMN, NUMBER, COLUMN, PROOF),
    "refuteReading": (CLAIM, NUMBER, NUMBER, COLUMN, PROOF, CELLS, PROOF, "bytes32", PROOF),
    "refutePoint": (CLAIM, NUMBER, NUMBER, CELLS, PROOF),
    "refuteSum": (CLAIM, NUMBER, NUMBER, TOTAL, PROOF, CELLS, CELLS, PROOF),
    "refuteColumnSum": (CLAIM, NUMBER, NUMBER, CELLS, CELLS, PROOF),
    "refuteTotal": (CLAIM, NUMBER, NUMBER, TOTAL, PROOF, CELLS, PROOF),
    "refuteRange": (CLAIM, NUMBER, TOTAL, PROOF),
    "refuteOrder": (CLAIM, NUMBER, TOTAL, NUMBER, TOTAL, PROOF),
    "refuteAllocation": (CLAIM, NUMBER, NUMBER, ALLOCATION, PROOF, CELLS, PROOF),
    "refuteLast": (CLAIM, NUMBER, NUMBER, ALLOCATION, PROOF, NUMBER, TOTAL, PROOF),
}
"""What each function of `IMeters` takes."""


def vectors() -> dict[str, Any]:
    """H, true periods, false ones."""
    court = _court()
    return {
        "h": {"domain": DOMAIN.decode(), "counter": 0, "point": hexed(H)},
        "commitments": [
            {"value": str(value), "blinding": hex(blinding), "point": hexed(commit(value, blinding))}
            for value, blinding in ((0, 1), (1, 0), (0, 0), (1, 1), (2**32 - 1, 2**255), (-1, 3), (7, -3))
        ],
        "meters": METERS,
        "periods": [
            _period("street", street(), is_small=False), _period("court", court), _period("edges", _edges()),
            _period("nobody injects", _nobody_injects()), _period("one reading", _one_reading()),
        ],
        "false": [*_false(court)],
    }  # fmt: skip


def _court() -> Street:
    """Four homes and two roofs, a day of hours."""
    return street(4, 2, 24, step_s=3600)


def _edges() -> Street:
    """Steps at which nobody draws, nobody injects, nobody does either, both are equal, one home draws all."""
    homes = (0, 900, 0, 700, 1, 0, 1), (0, 100, 0, 300, 2, 65_535, 0)
    roofs = (500, 0, 0, 999, 0, 2, 3), (0, 0, 0, 1, 1, 65_533, 0)
    return sealed_street(curves_of([*(("draws", it) for it in homes), *(("injects", it) for it in roofs)], step_s=3600))


def _nobody_injects() -> Street:
    return sealed_street(curves_of([("draws", (5, 0, 7)), ("draws", (0, 0, 9))], step_s=300))


def _one_reading() -> Street:
    return sealed_street(curves_of([("injects", (41,))], step_s=900))


def _period(name: str, it: Street, *, is_small: bool = True) -> dict[str, Any]:
    assert verify_period(it.file, it.stated) == []
    period, bills = it.period, it.file.lines
    trees = {
        "columns": period.columns_tree, "cells": period.cells_tree, "totals": period.totals_tree,
        "allocations": period.allocations_tree,
    }  # fmt: skip
    told = {
        "name": name,
        "terms": _terms(it),
        "op": hexed(it.stated.terms.op),
        "meters": [*_meters(it, is_small=is_small)],
        "file": public_text(it.file),
        "statement": _statement(it),
        "header": [hexed(word) if isinstance(word, bytes) else word for word in period.header.as_tuple],
        "roots": {tree: hexed(of.root) for tree, of in trees.items()},
        "weights": {"consumers": [*period.weights[0]], "producers": [*period.weights[1]]},
        "given": [[*of.wh] for of in given(period)],
        "lines": [[line.member, line.amount_cents] for line in bills],
        "slots": [slot.name for slot in rules_of(it.file.rules).slots],
    }
    if is_small:
        cells = range(0, len(period.cells), CELL)
        told["cells"] = [hexed(period.cells[at : at + CELL]) for at in cells]
        told["leaves"] = {
            tree: [hexed(of.node(2 * of.size - 2 - at)) for at in range(of.size)] for tree, of in trees.items()
        }
        told["proofs"] = {tree: [hexed(node) for node in of.proof(of.size - 1)] for tree, of in trees.items()}
    return told


def _meters(it: Street, *, is_small: bool) -> Iterator[dict[str, Any]]:
    numbers = {"draws": 0, "injects": 0}
    for at, column in enumerate(it.curves.columns):
        month, meter = it.month(at), it.stated.meters[column.id]
        salt = meter_salt(f"{column.kind} {numbers[column.kind]}")
        numbers[column.kind] += 1
        assert keccak(encode(["bytes32", "address", "bytes32"], [month.op, column.member, salt])) == column.id
        told: dict[str, Any] = {
            "id": hexed(column.id), "salt": hexed(salt), "member": column.member, "agent": AGENT, "unit": meter.unit,
            "kind": meter.kind, "since": meter.since_s, "until": meter.until_s, "root": hexed(meter.root),
            "commitment": hexed(it.kept(column.id)),
            "seed": hexed(month.seed), "readings": [*column.readings],
        }  # fmt: skip
        if is_small:
            leaves = committed_tree(month.commitments)
            told["blindings"] = [hex(blinding) for blinding in month.blindings]
            told["leaves"] = [hexed(leaves.node(2 * leaves.size - 2 - step)) for step in range(leaves.size)]
        yield told


def _false(true: Street) -> Iterator[dict[str, Any]]:
    kinds = chain(refutable().items(), reached_by_members().items(), unrefuted().items())
    for name, (what, make) in kinds:
        it = make(true)
        found = verify_period(it.file, it.stated)[0]
        refutation = found.refutation
        if name in reached_by_members():
            (own,) = (of for of in verify_own(true.month(found.column or 0), it.period) if of.what == what)
            refutation = own.refutation
        assert found.what == what, name
        assert (refutation is None) == (name in unrefuted()), name
        told = {
            "name": name, "what": what.value, "column": found.column, "step": found.step, "slot": found.slot,
            "file": public_text(it.file), "statement": _statement(it), "start": START_S,
        }  # fmt: skip
        yield told | ({} if refutation is None else _call(it, refutation))


def _call(it: Street, refutation: Refutation) -> dict[str, Any]:
    arguments = refutation.arguments(it.stated.statement, it.period.header)
    types = TYPES[refutation.function]
    selector = keccak(f"{refutation.function}({','.join(types)})".encode())[:4]
    return {
        "function": refutation.function, "calldata": hexed(selector + encode(types, arguments)),
    }  # fmt: skip


def _terms(it: Street) -> dict[str, Any]:
    terms = it.stated.terms
    return {
        "organiser": terms.organiser, "arbiter": terms.arbiter, "refuter": terms.refuter,
        "contest_h": terms.contest_h, "rule_h": terms.rule_h, "rulesHash": hexed(terms.rules_hash),
    }  # fmt: skip


def _statement(it: Street) -> dict[str, Any]:
    said = it.stated.statement
    return {
        "number": said.number, "period": said.period, "linesHash": hexed(said.lines_hash), "n": said.n,
        "readingsRoot": hexed(said.readings_root), "totalsRoot": hexed(said.totals_root), "uri": said.uri,
        "hash": hexed(said.hash),
    }  # fmt: skip


if __name__ == "__main__":
    target = Path(__file__).with_name("energy.json")
    target.write_text(compact(vectors()) + "\n", encoding="utf-8")
