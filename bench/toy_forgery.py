"""Forges ballot proofs where that can be done: in groups of 16 to 36 bits, with hashes as short.

    python -m bench.toy_forgery [--trials 8] 16 20 24 28 32 36

The attack is the best that `docs/vote-soundness.md` knows on a group of three branches, 2¹²⁸ hashes in the real group:
a collision, found without memory. A proof over six or sixteen messages costs as much as one over three: that is what
two levels of shares are for. The group is the subgroup of prime order of the residues modulo a prime; the proof's
equations are the ballot's, less what only spares an Ethereum contract work (D, λ, addresses).
"""

from __future__ import annotations

import argparse
import random
import struct
from dataclasses import dataclass, field
from math import pi, sqrt
from statistics import mean
from typing import TYPE_CHECKING

from beffroi.ballots.rules import GROUP
from beffroi.ballots.transcript import keccak

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (3, 6, 16)
PLAINTEXT = 1000
"""What a forged ciphertext encrypts; the sets are 0, 1, 2, …"""
HASHES_A_STEP = 2.5
"""Two challenges for a seed, or the closing hash, the group's and a challenge for a commitment: as often the one."""


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % divisor for divisor in range(2, int(sqrt(number)) + 1))


@dataclass
class Toy:
    """A group of prime order just below 2^bits, and a hash of so many bits that counts its calls."""

    bits: int
    order: int = field(init=False)
    modulus: int = field(init=False)
    generator: int = field(init=False)
    hashes: int = 0

    def __post_init__(self) -> None:
        """Find the group: the greatest prime order of so many bits, and the least prime that leaves room for it."""
        self.order = next(n for n in range(2**self.bits - 1, 2, -1) if _is_prime(n))
        self.modulus = next(q for q in range(2 * self.order + 1, 2**62, 2 * self.order) if _is_prime(q))
        cofactor = (self.modulus - 1) // self.order
        self.generator = next(g for base in range(2, 100) if (g := pow(base, cofactor, self.modulus)) != 1)

    def power(self, base: int, exponent: int) -> int:
        """``exponent·base``, as the paper writes it."""
        return pow(base, exponent % self.order, self.modulus)

    def hash(self, *words: int) -> int:
        """A string of ``bits`` bits."""
        self.hashes += 1
        return int.from_bytes(keccak(struct.pack(f">{len(words)}Q", *words))[:8], "big") >> (64 - self.bits)

    def challenge(self, t0: int, j: int, seed: int) -> int:
        """``e_j``; branches count from 1."""
        return self.hash(t0, j, seed) % self.order


@dataclass(frozen=True)
class Part:
    """What a proof says of one group of branches: its share, the seeds after the first, the response."""

    share: int
    seeds: tuple[int, ...]
    z: int


@dataclass(frozen=True)
class Statement:
    """A ciphertext ``(c1, c)`` under the key ``h``, to be one of the messages."""

    h: int
    c1: int
    c: int
    messages: tuple[int, ...]

    @property
    def firsts(self) -> range:
        """The place of the first message of each group, from 0."""
        return range(0, len(self.messages), GROUP)


def commitments(toy: Toy, what: Statement, t0: int, first: int, part: Part) -> tuple[int, int]:
    """``(A, B)`` as the verifier finds them for the group that begins at message ``first``."""
    own = toy.hash(t0, 0, part.share)
    for seed in part.seeds:
        own ^= seed
    e = [toy.challenge(t0, first + i + 1, seed) for i, seed in enumerate((own, *part.seeds))]
    weighted = sum(x * m for x, m in zip(e, what.messages[first:], strict=False))
    a = toy.power(toy.generator, part.z) * toy.power(what.c1, -sum(e)) % toy.modulus
    b = toy.power(what.h, part.z) * toy.power(what.c, -sum(e)) * toy.power(toy.generator, weighted) % toy.modulus
    return a, b


def verify(toy: Toy, what: Statement, proof: Sequence[Part]) -> bool:
    """Whether the proof shows that the ciphertext encrypts one of the messages, by the ballot's own equations."""
    words: list[int] = []
    t0, shares = toy.hash(what.c1, what.c), 0
    for first, part in zip(what.firsts, proof, strict=True):
        words += commitments(toy, what, t0, first, part)
        shares ^= part.share
    return shares == toy.hash(t0, 0, *words)


class Forger:
    """Proves that a ciphertext of 1000 encrypts one of 0 … size − 1.

    Every group but the first is answered with its challenges known beforehand, as an honest prover does for those that
    do not hold the message. For the first, with κ = log B − x·log A chosen and A free, the equation
    ``κ + Σ e_j·(1000 − m_j) = 0`` is split by ``s_2 = s_1 ⊕ y, s_3 = Y ⊕ y`` (Y the hash of the group's share) into a
    function of s_1 and one of A: where they meet is a forgery.
    """

    def __init__(self, toy: Toy, size: int, dice: random.Random) -> None:
        """Encrypt 1000, and answer the other groups.

        Raises:
            ValueError: when the first group is not of three messages.
        """
        if size < GROUP:
            raise ValueError("the attack is on a group of three")
        self.toy, self.dice = toy, dice
        self.h = toy.power(toy.generator, self._scalar())
        self.r = self._scalar()
        c = toy.power(self.h, self.r) * toy.power(toy.generator, PLAINTEXT) % toy.modulus
        self.what = Statement(self.h, toy.power(toy.generator, self.r), c, tuple(range(size)))
        self.t0 = toy.hash(self.what.c1, c)
        self.kappa, self.y = self._scalar(), self._string()
        self.distances = [PLAINTEXT - m for m in self.what.messages[:GROUP]]
        self.others = []
        self.words: list[int] = []
        for first in self.what.firsts[1:]:
            after = min(GROUP, size - first) - 1
            part = Part(self._string(), tuple(self._string() for _ in range(after)), self._scalar())
            self.others.append(part)
            self.words += commitments(toy, self.what, self.t0, first, part)

    def _scalar(self) -> int:
        return self.dice.randrange(1, self.toy.order)

    def _string(self) -> int:
        return self.dice.getrandbits(self.toy.bits)

    def _of_seed(self, s1: int) -> int:
        toy, (d1, d2, _) = self.toy, self.distances
        return (d1 * toy.challenge(self.t0, 1, s1) + d2 * toy.challenge(self.t0, 2, s1 ^ self.y)) % toy.order

    def _share(self, alpha: int) -> int:
        """The first group's share when A = α·G."""
        toy = self.toy
        a = toy.power(toy.generator, alpha)
        b = toy.power(self.h, alpha) * toy.power(toy.generator, self.kappa) % toy.modulus
        share = toy.hash(self.t0, 0, a, b, *self.words)
        for part in self.others:
            share ^= part.share
        return share

    def _of_commitment(self, alpha: int) -> int:
        toy = self.toy
        seed = toy.hash(self.t0, 0, self._share(alpha)) ^ self.y
        return -(self.kappa + self.distances[2] * toy.challenge(self.t0, 3, seed)) % toy.order

    def _step(self, value: int) -> int:
        return self._of_seed(value) if value & 1 else self._of_commitment(value)

    def _meeting(self) -> tuple[int, int]:
        """An odd and an even value that step to the same: by distinguished points (van Oorschot & Wiener, 1999)."""
        mask = (1 << max(0, self.toy.bits // 2 - 6)) - 1
        trails: dict[int, tuple[int, int]] = {}
        while True:
            start, length = self.dice.randrange(self.toy.order), 1
            value = self._step(start)
            while value >> 1 & mask and length < 20 * (mask + 1):
                value, length = self._step(value), length + 1
            if value >> 1 & mask:
                continue
            met = self._merge(trails.setdefault(value, (start, length)), (start, length))
            if met and (met[0] ^ met[1]) & 1:
                return met if met[0] & 1 else (met[1], met[0])

    def _merge(self, one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int] | None:
        """The two values just before two trails to one end become one; none when one is a part of the other."""
        (shorter, less), (longer, more) = sorted((one, two), key=lambda trail: trail[1])
        for _ in range(more - less):
            longer = self._step(longer)
        while longer != shorter:
            ahead = self._step(longer), self._step(shorter)
            if ahead[0] == ahead[1]:
                return longer, shorter
            longer, shorter = ahead
        return None

    def forge(self) -> list[Part]:
        """A proof that verifies."""
        toy = self.toy
        s1, alpha = self._meeting()
        share = self._share(alpha)
        whole = toy.hash(self.t0, 0, share)
        seeds = (s1, s1 ^ self.y, whole ^ self.y)
        total = sum(toy.challenge(self.t0, j + 1, seed) for j, seed in enumerate(seeds))
        return [Part(share, seeds[1:], (alpha + total * self.r) % toy.order), *self.others]


def predicted(bits: int) -> float:
    """Hashes that the attack should cost: every other collision is one, after √(πN) steps."""
    return HASHES_A_STEP * sqrt(pi * Toy(bits).order)


def measure(bits: int, size: int, trials: int) -> float:
    """The hashes that a forgery cost, on average.

    Raises:
        ArithmeticError: when one does not verify, or its plaintext is in the set.
    """
    spent = []
    for trial in range(trials):
        toy = Toy(bits)
        forger = Forger(toy, size, random.Random(f"{bits} {size} {trial}"))
        proof = forger.forge()
        spent.append(toy.hashes)
        if not verify(toy, forger.what, proof) or PLAINTEXT in forger.what.messages:
            raise ArithmeticError("not a forgery")
    return mean(spent)


def main() -> None:
    """Print what forgeries cost, a line for each size of the group."""
    parser = argparse.ArgumentParser(description="Forge ballot proofs in small groups, and count the hashes.")
    parser.add_argument("bits", type=int, nargs="+", help="bits of the group's order and of the hash, 12 to 40")
    parser.add_argument("--trials", type=int, default=8, help="forgeries of each kind (default 8)")
    options = parser.parse_args()
    if not all(12 <= bits <= 40 for bits in options.bits) or options.trials < 1:
        parser.error("from 12 to 40 bits, and one trial at least")
    print("| bits | predicted | " + " | ".join(f"{size} messages" for size in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    for bits in options.bits:
        costs = (f"{measure(bits, size, options.trials):,.0f}" for size in SIZES)
        print(f"| {bits} | {predicted(bits):,.0f} | " + " | ".join(costs) + " |", flush=True)


if __name__ == "__main__":
    main()
