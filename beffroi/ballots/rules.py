"""Rules of a consultation: what each ciphertext may encrypt, what a choice encrypts, what a total says.

A rule is a list of sets of messages, the set of each ciphertext, and a set for their sum (`docs/ballot-format.md`,
"Rule"). A message packs two counters, ``low + M·high``; the last option of a single choice is implied by the number of
ballots. The sum's set is what bounds several ciphertexts together, as in Belenios' homomorphic questions (Cortier,
Gaudry & Glondu, "Belenios specification", §4.11).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from beffroi.ballots.transcript import keccak, words
from beffroi.errors import InputError

M: Final = 1 << 24
"""Weight of a message's second counter; more than any counter may reach."""
GROUP: Final = 3
"""Branches that share one pair of commitments in a proof."""
MOST_CIPHERTEXTS: Final = 32
"""Of a ballot; an approval or points take one for each option."""
MOST_CHOICES: Final = 2 * MOST_CIPHERTEXTS + 1
"""Options of a single choice: two counters a ciphertext, the last option implied."""
MOST_MESSAGES: Final = 64
"""Of a set."""
MOST_POINTS: Final = MOST_MESSAGES - 1
"""That an option may get, or a voter give: none is a message too."""


class RuleError(InputError):
    """The rule is malformed, or the choice is not one it allows."""


def counters(message: int) -> tuple[int, int]:
    """The two counters packed in a message: ``(low, high)``."""
    return message % M, message // M


@dataclass(frozen=True)
class Rule:
    """What a ballot may hold.

    Attributes:
        sets: the sets of messages.
        set_of: for each ciphertext, the index of its set.
        sum_set: 0 when the sum of the ciphertexts is not bounded, otherwise 1 + the index of the sum's set.
    """

    sets: tuple[tuple[int, ...], ...]
    set_of: bytes
    sum_set: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.set_of) <= MOST_CIPHERTEXTS or not 1 <= len(self.sets) <= MOST_CIPHERTEXTS:
            raise RuleError(f"a rule has 1 to {MOST_CIPHERTEXTS} ciphertexts and 1 to {MOST_CIPHERTEXTS} sets")
        if max(self.set_of) >= len(self.sets) or not 0 <= self.sum_set <= len(self.sets):
            raise RuleError("a set is named that does not exist")
        if any(not 1 <= len(s) <= MOST_MESSAGES for s in self.sets):
            raise RuleError(f"a set has 1 to {MOST_MESSAGES} messages")
        if any(not 0 <= m < M * M for s in self.sets for m in s):
            raise RuleError("a message is two counters below 2^24")

    def as_tuple(self) -> tuple[list[list[int]], bytes, int]:
        """As the contract's ABI takes it."""
        return [list(s) for s in self.sets], self.set_of, self.sum_set

    @classmethod
    def from_tuple(cls, values: Sequence[object]) -> Rule:
        """The rule of an event or a call."""
        sets, set_of, sum_set = values
        if not isinstance(sets, Sequence) or not isinstance(set_of, bytes) or not isinstance(sum_set, int):
            raise RuleError("not a rule")
        return cls(tuple(tuple(s) for s in sets), set_of, sum_set)

    @cached_property
    def hash(self) -> bytes:
        """keccak256(abi.encode(rule))."""
        return keccak(self.encoded)

    @property
    def encoded(self) -> bytes:
        """abi.encode(rule), written out: eth_abi costs a worker of the audit more to load than its first chunk."""
        arrays = [words(len(s), *s) for s in self.sets]
        places = [32 * len(arrays) + sum(map(len, arrays[:i])) for i in range(len(arrays))]
        sets = words(len(arrays), *places) + b"".join(arrays)
        set_of = words(self.size) + self.set_of + bytes(-self.size % 32)
        return words(32, 96, 96 + len(sets), self.sum_set) + sets + set_of

    @property
    def size(self) -> int:
        """n, the number of ciphertexts of a ballot."""
        return len(self.set_of)

    @cached_property
    def statements(self) -> tuple[tuple[int, ...], ...]:
        """The set of messages of each proof of a ballot: one for each ciphertext, then the sum's if it has one."""
        own = tuple(self.sets[i] for i in self.set_of)
        return (*own, self.sets[self.sum_set - 1]) if self.sum_set else own

    @cached_property
    def ballot_length(self) -> int:
        """Bytes of a ballot: 128 a ciphertext; 32 a branch and 96 a group of branches for each proof."""
        return 128 * self.size + sum(32 * len(s) + 96 * -(-len(s) // GROUP) for s in self.statements)

    def maxima(self, ciphertext: int) -> tuple[int, int]:
        """The greatest value of each of the two counters in one ballot's ciphertext."""
        pairs = [counters(m) for m in self.sets[self.set_of[ciphertext]]]
        return max(low for low, _ in pairs), max(high for _, high in pairs)

    def allows(self, messages: Sequence[int]) -> bool:
        """Whether a ballot may hold these messages."""
        return (
            len(messages) == self.size
            and all(m in self.sets[i] for m, i in zip(messages, self.set_of, strict=True))
            and (not self.sum_set or sum(messages) in self.sets[self.sum_set - 1])
        )

    def fits(self, roll_size: int) -> bool:
        """Whether no counter can reach M when everyone on the roll votes for its maximum."""
        return all(max(self.maxima(i)) * roll_size < M for i in range(self.size))


@dataclass(frozen=True)
class Question:
    """A rule with the meaning of its counters.

    Attributes:
        rule: what a ballot may hold.
        kind: ``single``, ``approval`` or ``points``.
        options: how many the voter sees, the blank one included.
    """

    rule: Rule
    kind: str
    options: int

    def messages(self, choice: int | Sequence[int]) -> tuple[int, ...]:
        """What each ciphertext encrypts for a choice.

        Args:
            choice: of a single choice, the option's number from 0; of an approval, the numbers of the options approved;
                of points, the points of each option.

        Raises:
            RuleError: when the rule does not allow it.
        """
        if self.kind == "single":
            if not isinstance(choice, int) or not 0 <= choice < self.options:
                raise RuleError(f"choose one option from 0 to {self.options - 1}")
            messages = [0] * self.rule.size
            if choice < self.options - 1:
                messages[choice // 2] = M if choice % 2 else 1
        else:
            if isinstance(choice, int):
                raise RuleError("give a list")
            values = list(choice)
            if self.kind == "approval":
                if len(set(values)) != len(values) or any(not 0 <= c < self.options for c in values):
                    raise RuleError(f"approve options from 0 to {self.options - 1}, each once")
                values = [int(option in values) for option in range(self.options)]
            messages = values
        if not self.rule.allows(messages):
            raise RuleError("the rule does not allow this choice")
        return tuple(messages)

    def results(self, totals: Sequence[tuple[int, int]], ballots: int) -> list[int]:
        """What each option got, from the two counters of each total.

        Raises:
            RuleError: when the totals cannot be those of ``ballots`` ballots.
        """
        flat = [value for pair in totals for value in pair]
        if self.kind == "single":
            named = flat[: self.options - 1]
            if any(flat[self.options - 1 :]) or sum(named) > ballots:
                raise RuleError("the totals exceed the number of ballots")
            return [*named, ballots - sum(named)]
        if any(flat[1::2]):
            raise RuleError("a counter that no ballot can fill is not zero")
        return flat[0::2]


def single_choice(options: int) -> Question:
    """One option out of ``options`` (blank included), two counters a ciphertext, the last option implied."""
    if not 2 <= options <= MOST_CHOICES:
        raise RuleError(f"a single choice has 2 to {MOST_CHOICES} options")
    pairs, odd = divmod(options - 1, 2)
    if not pairs:
        return Question(Rule(((1, 0),), b"\x00"), "single", options)
    sets = ((1, M, 0), (1, 0)) if odd else ((1, M, 0),)
    set_of = bytes(pairs) + b"\x01" * odd
    return Question(Rule(sets, set_of, 1 if len(set_of) > 1 else 0), "single", options)


def approval(options: int, minimum: int = 0, maximum: int | None = None) -> Question:
    """From ``minimum`` to ``maximum`` options out of ``options``; a bound on the sum is proven only if there is one."""
    maximum = options if maximum is None else maximum
    if not 0 <= minimum <= maximum <= options:
        raise RuleError("0 ≤ minimum ≤ maximum ≤ options")
    if (minimum, maximum) == (0, options):
        return Question(Rule(((0, 1),), bytes(options)), "approval", options)
    return Question(Rule(((0, 1), tuple(range(minimum, maximum + 1))), bytes(options), 2), "approval", options)


def points(options: int, each: int, total: int) -> Question:
    """Up to ``each`` points an option and ``total`` in all (Toulouse 2019: 3 and 7)."""
    if not (1 <= each <= MOST_POINTS and 1 <= total <= MOST_POINTS):
        raise RuleError(f"points go from 1 to {MOST_POINTS} an option, and in all")
    sets = (tuple(range(each + 1)), tuple(range(total + 1)))
    return Question(Rule(sets, bytes(options), 2), "points", options)
