"""What `Meters` answers to a refutation, written again from its sources: exact arithmetic, nothing of the library's.

`Refutations.sol` by its functions' names, `Periods.sol`, `PositionPair.sol`. A multiple is compared as a point, where
the contract compares its address.
"""

from eth_abi.abi import encode
from sha3 import keccak_256

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
H = (
    0xB8F3EA9F8317888502FD0B47F9BF52E66A4BCCB8186DA48FE79FFFA688FCB484,
    0x7DE4AD69584483889F1A1D98837DDE0D2576E2AD0ABEDF31E9A499D6C48CBDE2,
)
NONE = 2**256 - 1
INFINITY = (0, 0)
STATEMENT = (
    b"Statement(uint32 number,uint32 period,bytes32 linesHash,uint32 n,bytes32 readingsRoot,bytes32 totalsRoot,"
    b"string uri)"
)
HEADER = "(bytes32,uint32,uint40,uint16,uint16,uint16,uint16,uint16,bytes32,bytes32,bytes32)"


class NotThereError(Exception):
    """A leaf does not stand at its place, or another statement was made."""


def keccak(data):
    return keccak_256(data).digest()


def is_on_curve(point):
    x, y = point
    return x < P and y < P and (y * y - x**3 - 7) % P == 0


def plus(one, other):
    if INFINITY in {one, other}:
        return other if one == INFINITY else one
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return INFINITY
    slope = (3 * x1 * x1 * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)) % P
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(k, point):
    total = INFINITY
    for bit in f"{k:b}":
        total = plus(total, total)
        if bit == "1":
            total = plus(total, point)
    return total


def minus(one, other):
    return plus(one, (other[0], other[1] and P - other[1]))


def opens(point, value, blinding):
    return plus(times(value % N, G), times(blinding % N, H)) == point


class MetersTwin:
    """The contract, of one operation.

    Args:
        stated: what stands on chain.
    """

    def __init__(self, stated):
        self.stated = stated

    def voids(self, refutation, header):
        """Whether the call voids the statement; NotThereError where the contract reverts for its places."""
        *before, claim = refutation.arguments(self.stated.statement, header)[
            : 3 if refutation.function == "refuteHeader" else 1
        ]
        op, period = before or (claim[-1][0], claim[-1][1])
        self.claim, self.header = claim, claim[-1]
        is_true = getattr(self, refutation.function)(*(before or refutation.parts))
        return not is_true and self.is_stated(op, period)

    def is_stated(self, op, period):
        number, lines_hash, n, totals_root, uri_hash, header = self.claim
        words = number, period, lines_hash, n, keccak(encode([HEADER], [header])), totals_root, uri_hash
        types = ["bytes32", "uint32", "uint32", "bytes32", "uint32", "bytes32", "bytes32", "bytes32"]
        hash_ = keccak(encode(types, [keccak(STATEMENT), *words]))
        return op == self.stated.terms.op and hash_ == self.stated.statement.hash

    def refuteHeader(self, op, period):  # noqa: N802 as the contract names it
        _, _, start, step_s, steps, consumers, columns, slots, *_ = self.header
        is_sound = (
            0 < steps <= 9000 and 0 < columns <= 512 and consumers <= columns and steps * columns <= 1 << 20
            and 0 < slots <= 32 and 300 <= step_s <= 3600 and start + steps * step_s <= self.stated.now_s
        )  # fmt: skip
        return self.header[:2] == (op, period) and is_sound

    def refuteColumn(self, place, column, proof):  # noqa: N802
        self.there(self.header[8], self.header[6], place, column, proof)
        id_, kind, root = column
        meter = self.stated.meters.get(id_)
        _, _, start, step_s, steps, *_ = self.header
        return (
            kind == self.kind(place) and meter is not None and root == meter.root != bytes(32) and meter.unit == 1
            and meter.kind == kind and meter.since_s < start + steps * step_s
            and (meter.until_s == 0 or meter.until_s > start)
        )  # fmt: skip

    def refuteTwice(self, place, column, other, other_column, proof):  # noqa: N802
        self.both(self.header[8], self.header[6], place, column, other, other_column, proof)
        return column[0] != other_column[0]

    def refuteReading(self, place, step, column, column_proof, cell, cell_proof, leaf, leaf_proof):  # noqa: N802
        self.there(self.header[8], self.header[6], place, column, column_proof)
        self.holds(column[2], self.header[4], step, leaf, leaf_proof)
        self.cell(place, step, cell, cell_proof)
        return leaf == keccak(encode(["uint256"] * 3, [step, *cell[0]]))

    def refutePoint(self, place, step, cell, proof):  # noqa: N802
        self.cell(place, step, cell, proof)
        reading, *sums = cell
        return reading[0] < N and is_on_curve(reading) and all(it == INFINITY or is_on_curve(it) for it in sums)

    def refuteSum(self, place, step, total, total_proof, cell, previous, proof):  # noqa: N802
        self.there(self.claim[3], self.header[4], step, total, total_proof)
        first = total[1] == NONE
        self.cell(place, step, cell, proof) if first else self.cells(
            place, step, cell, place, total[1], previous, proof
        )
        drawn, injected = total[4], total[2]
        whole = drawn if self.kind(place) == 1 else injected
        k = (min(drawn, injected) << 32) // whole if whole else 0
        difference = minus(cell[1], INFINITY if first else previous[1])
        return difference == times(k, cell[0])

    def refuteColumnSum(self, place, step, cell, before, proof):  # noqa: N802
        first = place in {0, self.header[5]}
        self.cell(place, step, cell, proof) if first else self.cells(place, step, cell, place - 1, step, before, proof)
        return cell[2] == plus(INFINITY if first else before[2], cell[0])

    def refuteTotal(self, step, kind, total, total_proof, cell, cell_proof):  # noqa: N802
        if kind not in {1, 2}:
            raise NotThereError
        self.there(self.claim[3], self.header[4], step, total, total_proof)
        consumers, columns = self.header[5], self.header[6]
        first, end, opening = (0, consumers, total[4:]) if kind == 1 else (consumers, columns, total[2:4])
        if first >= end:
            return opening == (0, 0)
        self.cell(end - 1, step, cell, cell_proof)
        return opens(cell[2], *opening)

    def refuteRange(self, step, total, proof):  # noqa: N802
        self.there(self.claim[3], self.header[4], step, total, proof)
        slot, previous, injected, injected_blinding, drawn, drawn_blinding = total
        return (
            slot < self.header[7] and (previous == NONE or previous < step) and max(injected, drawn) < 1 << 48
            and max(injected_blinding, drawn_blinding) < N
        )  # fmt: skip

    def refuteOrder(self, step, total, earlier, earlier_total, proof):  # noqa: N802
        self.both(self.claim[3], self.header[4], step, total, earlier, earlier_total, proof)
        return earlier > step or self.leaves(total[1], total[0], earlier, earlier_total[0])

    def refuteAllocation(self, place, slot, allocation, allocation_proof, cell, cell_proof):  # noqa: N802
        self.allocation(place, slot, allocation, allocation_proof)
        value, blinding, last = allocation
        if last == NONE:
            return value == blinding == 0
        if last >= self.header[4] or value >> 96 or blinding >= N:
            return False
        self.cell(place, last, cell, cell_proof)
        return opens(cell[1], value, blinding)

    def refuteLast(self, place, slot, allocation, allocation_proof, step, total, total_proof):  # noqa: N802
        self.allocation(place, slot, allocation, allocation_proof)
        self.there(self.claim[3], self.header[4], step, total, total_proof)
        return self.leaves(allocation[2], slot, step, total[0])

    @staticmethod
    def leaves(latest, slot, step, slot_of_step):
        if step == latest:
            return slot_of_step == slot
        return slot_of_step != slot or (latest != NONE and step < latest)

    def kind(self, place):
        return 1 if place < self.header[5] else 2

    def allocation(self, place, slot, allocation, proof):
        columns, slots = self.header[6:8]
        if slot >= slots:
            raise NotThereError
        self.there(self.header[10], columns * slots, place * slots + slot, allocation, proof)

    def cell(self, place, step, cell, proof):
        self.there(self.header[9], self.header[4] * self.header[6], self.index(place, step), cell, proof)

    def cells(self, place, step, cell, other_place, other_step, other, proof):
        n, index, other_index = (
            self.header[4] * self.header[6],
            self.index(place, step),
            self.index(other_place, other_step),
        )
        self.both(self.header[9], n, index, cell, other_index, other, proof)

    def index(self, place, step):
        if step >= self.header[4]:
            raise NotThereError
        return place * self.header[4] + step

    def there(self, root, n, place, words, proof):
        self.holds(root, n, place, leaf_of(words), proof)

    @staticmethod
    def holds(root, n, place, leaf, proof):
        if place >= n:
            raise NotThereError
        node, siblings = 2 * n - 2 - place, list(proof)
        while node and siblings:
            sibling = siblings.pop(0)
            leaf = keccak(leaf + sibling if node % 2 else sibling + leaf)
            node = (node - 1) // 2
        if node or siblings or leaf != root:
            raise NotThereError

    @staticmethod
    def both(root, n, place, words, other_place, other_words, proof):
        if max(place, other_place) >= n or place == other_place:
            raise NotThereError
        one, other = (2 * n - 2 - place, leaf_of(words)), (2 * n - 2 - other_place, leaf_of(other_words))
        siblings = list(proof)
        while one[0] or other[0]:
            one, other = max(one, other), min(one, other)
            if one[0] % 2 == 0 and other[0] == one[0] - 1:
                sibling, other = other[1], (0, b"")
            elif siblings:
                sibling = siblings.pop(0)
            else:
                raise NotThereError
            leaf = keccak(sibling + one[1] if one[0] % 2 == 0 else one[1] + sibling)
            one = ((one[0] - 1) // 2, leaf)
        if siblings or max(one, other)[1] != root:
            raise NotThereError


def leaf_of(words):
    flat = [it for word in words for it in (word if isinstance(word, tuple) else (word,))]
    return keccak(b"".join(it if isinstance(it, bytes) else it.to_bytes(32) for it in flat))
