"""What an attacker computes, after `docs/ceremony-format.md` and the contracts alone."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from beffroi.ballots.group import N, Point, add, base, mul, sub
from beffroi.ballots.rules import Rule
from beffroi.ballots.transcript import challenge, tag
from tests.adversaries.vote.station import Ciphertexts

MASK = tag("beffroi.vote.ceremony.mask")


def mask(chain_id: int, ceremonies: bytes, number: int, dealer: int, receiver: int, dh: Point) -> int:
    """What hides the share of a dealer for a receiver, by their Diffie–Hellman point (`KeyCeremony._unmask`)."""
    return challenge(MASK, chain_id, ceremonies, number, dealer, receiver, dh)


def interpolate(values: Mapping[int, int], at: int) -> int:
    """The value at a place of the polynomial that has these, of a degree below their number, modulo N."""
    return sum(value * factor(j, values, at) for j, value in values.items()) % N


def interpolate_points(values: Mapping[int, Point], at: int) -> Point:
    """The same in the exponent."""
    return add(*(mul(factor(j, values, at), value) for j, value in values.items()))


def factor(j: int, places: Iterable[int], at: int) -> int:
    """Lagrange's coefficient."""
    product = 1
    for i in places:
        if i != j:
            product = product * (at - i) * pow(j - i, -1, N) % N
    return product


def messages_of(opened: Sequence[Point], rule: Rule) -> tuple[int, ...] | None:
    """The messages that the opened ciphertexts of a ballot hold; None where these are none of the rule's."""
    images = [{base(it): it for it in rule.sets[place]} for place in rule.set_of]
    found = tuple(known.get(point) for point, known in zip(opened, images, strict=True))
    return None if None in found else found


def decrypt(key: int, ciphertexts: Ciphertexts, rule: Rule) -> tuple[int, ...] | None:
    """The messages of a ballot under a secret key; None where it is not under this key."""
    return messages_of([sub(c, mul(key, c1)) for c1, c in ciphertexts], rule)


def decrypt_all(key: int, ballots: Mapping[int, Ciphertexts], rule: Rule) -> dict[int, tuple[int, ...]]:
    """The messages of every ballot that is under this key, by place on the roll."""
    opened = {index: decrypt(key, ciphertexts, rule) for index, ciphertexts in ballots.items()}
    return {index: messages for index, messages in opened.items() if messages is not None}


def weigh(points: Sequence[Point]) -> Point:
    """Σ 3^i·P_i: a sum in which each keeps a place of its own."""
    return add(*(mul(3**i, point) for i, point in enumerate(points)))


def unweigh(opened: Point, count: int, messages: Sequence[int]) -> tuple[int, ...] | None:
    """The messages that were weighed into an opened sum, found by trying all; None where there are none."""
    for tried in itertools.product(messages, repeat=count):
        if base(sum(3**i * message for i, message in enumerate(tried))) == opened:
            return tried
    return None
