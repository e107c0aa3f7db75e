"""A third implementation, written from docs/energy-format.md and docs/energy.md alone, finds the vectors' numbers.

Nothing of the library's is imported. What the documents do not say it cannot find: what of an agent's root stands on
chain, and who of equals is first in cents.
"""

import base64
import hashlib
import hmac
import json

import pytest
from sha3 import keccak_256

from beffroi.chain.artifacts import ROOT

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
NONE = 2**256 - 1
STATEMENT = (
    b"Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,"
    b"string uri)"
)
VECTORS = json.loads((ROOT / "tests/vectors/energy.json").read_text())
SMALL = [it for it in VECTORS["periods"] if "cells" in it]


def keccak(*words):
    return keccak_256(b"".join(it.to_bytes(32) if isinstance(it, int) else it for it in words)).digest()


def octets(text):
    return bytes.fromhex(text[2:])


def plus(one, other):
    if one is None or other is None:
        return other if one is None else one
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = 3 * x1 * x1 * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(k, point):
    total = None
    while k:
        total, point, k = plus(total, point) if k & 1 else total, plus(point, point), k >> 1
    return total


def told(point):
    return bytes(64) if point is None else point[0].to_bytes(32) + point[1].to_bytes(32)


def lifted(data):
    x = int.from_bytes(data[1:])
    y = pow(x**3 + 7, (P + 1) // 4, P)
    assert (y * y - x**3 - 7) % P == 0
    return x, y if y & 1 == data[0] & 1 else P - y


def hashed_to_curve():
    for counter in range(256):
        x = int.from_bytes(keccak(b"Beffroi/flows/H", bytes([counter])))
        y = pow(x**3 + 7, (P + 1) // 4, P)
        if 0 < x < N and (y * y - x**3 - 7) % P == 0:
            return x, P - y if y & 1 else y
    raise AssertionError


H = hashed_to_curve()


def root_of(leaves):
    nodes = [b""] * (len(leaves) - 1) + leaves[::-1]
    for at in range(len(leaves) - 2, -1, -1):
        nodes[at] = keccak(nodes[2 * at + 1], nodes[2 * at + 2])
    return nodes[0]


def blindings_of(seed, op, meter, period, readings):
    curve = hashlib.sha256(b"".join(it.to_bytes(4) for it in readings)).digest()
    key = hmac.digest(seed, op + meter + period.to_bytes(4) + curve, "sha256")
    return [
        int.from_bytes(b"".join(hmac.digest(key, t.to_bytes(4) + bytes([half]), "sha256") for half in (0, 1))) % N or 1
        for t in range(len(readings))
    ]


class Told:
    """What a file says."""

    def __init__(self, text):
        file = json.loads(text)
        number = lambda it: NONE if it is None else int(it, 16)  # noqa: E731
        self.op, self.period, self.start, self.step = octets(file["op"]), file["period"], file["start"], file["step"]
        self.slots, self.consumers, self.columns = file["slots"], file["consumers"], file["columns"]
        self.totals = [[*map(number, it)] for it in file["totals"]]
        self.allocations = [[*map(number, it)] for it in file["allocations"]]
        points = base64.b64decode(file["commitments"])
        points = [lifted(points[at : at + 33]) for at in range(0, len(points), 33)]
        steps = len(self.totals)
        self.curves = [points[at : at + steps] for at in range(0, len(points), steps)]
        self.lines, self.rules = file["lines"], json.loads(file["rules"])

    def kind(self, column):
        return 1 if column < self.consumers else 2

    def k(self, column, step):
        _, _, injected, _, drawn, _ = self.totals[step]
        whole = drawn if self.kind(column) == 1 else injected
        return 2**32 * min(injected, drawn) // whole if whole else 0

    def cells(self):
        above = {}
        for at, curve in enumerate(self.curves):
            latest = {}
            for step, c in enumerate(curve):
                slot = self.totals[step][0]
                latest[slot] = plus(latest.get(slot), times(self.k(at, step), c))
                above[self.kind(at), step] = plus(above.get((self.kind(at), step)), c)
                yield told(c) + told(latest[slot]) + told(above[self.kind(at), step])

    def roots(self):
        return {
            "columns": root_of([keccak(octets(it["id"]), it["kind"], octets(it["root"])) for it in self.columns]),
            "cells": root_of([keccak(it) for it in self.cells()]),
            "totals": root_of([keccak(*it) for it in self.totals]),
            "allocations": root_of([keccak(*it) for it in self.allocations]),
        }

    def given(self):
        wh = [[0] * self.slots for _ in self.columns]
        for slot in range(self.slots):
            whole = sum(min(it[2], it[4]) for it in self.totals if it[0] == slot)
            for kind in (1, 2):
                places = [at for at in range(len(self.columns)) if self.kind(at) == kind]
                values = {at: self.allocations[at * self.slots + slot][0] for at in places}
                for at in places:
                    wh[at][slot] = values[at] >> 32
                missing = whole - sum(wh[at][slot] for at in places)
                by_rest = sorted(places, key=lambda at: (-(values[at] % 2**32), self.columns[at]["id"]))
                for at in by_rest[:missing]:
                    wh[at][slot] += 1
        return wh


def cents_of(it, organiser):
    """docs/energy.md, Bills: exact in 10^-13 euro, each line rounded down, a cent more to the largest remainders."""
    exact = dict.fromkeys([organiser, *(int(column["member"], 16) for column in it.columns)], 0)

    def owes(member, micros, vat_bp, to):
        whole = micros * (10_000 + vat_bp)
        exact[member] += whole
        exact[to] -= whole

    pot = -1  # what goes to producers, until they are given it
    exact[pot] = 0
    for at, (column, wh) in enumerate(zip(it.columns, it.given(), strict=True)):
        member, kind = int(column["member"], 16), {1: "draws", 2: "injects"}[it.kind(at)]
        for element in it.rules["elements"]:
            for rate, slot_wh in zip(element["rates"], wh, strict=True):
                if kind == "draws":
                    to = pot if element["to"] == "producers" else organiser
                    owes(member, rate * slot_wh, element["vat_bp"], to)
                elif element["to"] == "producers":
                    owes(pot, rate * slot_wh, element["vat_bp"], member)
        for fee in it.rules["fees"]:
            if fee["by"] in {kind, "each"}:
                owes(member, fee["cents"] * 10**7, fee["vat_bp"], organiser)
    assert exact.pop(pot) == 0
    order = sorted(exact)
    cents = {member: exact[member] // 10**11 for member in order}
    missing = -sum(cents.values())
    for member in sorted(order, key=lambda one: (-(exact[one] % 10**11), one))[:missing]:
        cents[member] += 1
    return [(member, cents[member]) for member in order if cents[member]]


def test_h_is_the_document_s():
    assert told(H) == octets(VECTORS["h"]["point"])


@pytest.mark.parametrize("period", SMALL, ids=lambda it: it["name"])
def test_a_reader_of_the_document_finds_every_root_share_and_hash(period):
    it = Told(period["file"])
    roots = it.roots()
    assert {name: "0x" + root.hex() for name, root in roots.items()} == period["roots"]
    assert it.given() == period["given"]

    found = cents_of(it, int(period["terms"]["organiser"], 16))
    assert found == [(int(member, 16), cents) for member, cents in period["lines"]]
    text = json.dumps(it.rules, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert "0x" + keccak(text.encode()).hex() == period["terms"]["rulesHash"]

    shape = it.op, it.period, it.start, it.step, len(it.totals), it.consumers, len(it.columns), it.slots
    readings_root = keccak(*shape, roots["columns"], roots["cells"], roots["allocations"])
    lines = [word for member, cents in it.lines for word in (int(member, 16), cents % 2**256)]
    lines_hash, said = keccak(32, len(it.lines), *lines), period["statement"]
    uri = keccak(said["uri"].encode())
    words = said["number"], it.period, lines_hash, len(it.lines), readings_root, roots["totals"], uri
    assert "0x" + keccak(keccak(STATEMENT), *words).hex() == said["hash"]


@pytest.mark.parametrize("period", SMALL, ids=lambda it: it["name"])
def test_a_reader_of_the_document_finds_commitments_totals_and_allocations_from_seeds_and_readings(period):
    it, blinds = Told(period["file"]), []
    for at, (meter, column) in enumerate(zip(period["meters"], it.columns, strict=True)):
        readings = meter["readings"]
        blind = blindings_of(octets(meter["seed"]), it.op, octets(meter["id"]), it.period, readings)
        assert [hex(r) for r in blind] == meter["blindings"]
        curve = [plus(times(c, G), times(r, H)) for c, r in zip(readings, blind, strict=True)]
        assert curve == it.curves[at]
        assert "0x" + root_of([keccak(t, told(c)) for t, c in enumerate(curve)]).hex() == column["root"]
        for slot in range(it.slots):
            steps = [t for t, total in enumerate(it.totals) if total[0] == slot]
            value, blinding = (sum(it.k(at, t) * of[t] for t in steps) for of in (readings, blind))
            expected = [value, blinding % N, steps[-1] if steps else NONE]
            assert it.allocations[at * it.slots + slot] == expected
        blinds.append(blind)
    for t, (_, _, injected, r_injected, drawn, r_drawn) in enumerate(it.totals):
        for first, end, wh, r in ((0, it.consumers, drawn, r_drawn), (it.consumers, None, injected, r_injected)):
            assert wh == sum(meter["readings"][t] for meter in period["meters"][first:end])
            assert r == sum(blind[t] for blind in blinds[first:end]) % N


def test_the_document_says_what_stands_on_chain_of_an_agent_s_root():
    text = (ROOT / "docs/energy-format.md").read_text()
    assert "commitmentOf" in text or "H(start ‖ step_s ‖ T ‖ root)" in text


def test_the_document_says_whose_cent_it_is_among_equals():
    text = (ROOT / "docs/energy.md").read_text()
    bills = text[text.index("## Bills") : text.index("## Meters")]
    assert "lowest address" in bills or "by rising address" in bills
