"""A contract that says what its author wants: logs when it is born, fixed answers after; it takes every other call.

Raw code of the EVM, which anyone may send to any chain: there is nothing in it to compile.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

PUSH1, PUSH2, PUSH4, PUSH32 = b"\x60", b"\x61", b"\x63", b"\x7f"
DUP1, EQ, CODECOPY, JUMPI, JUMPDEST, RETURN, STOP, LOG0 = (
    b"\x80",
    b"\x14",
    b"\x39",
    b"\x57",
    b"\x5b",
    b"\xf3",
    b"\0",
    0xA0,
)
SELECTOR = PUSH1 + b"\x00\x35" + PUSH1 + b"\xe0\x1c"
"""CALLDATALOAD at 0, shifted right by 224 bits."""
TEST = 11
"""Bytes of a selector's test and jump."""


def initcode(logs: Sequence[tuple[Sequence[bytes], bytes]], answers: Mapping[bytes, bytes]) -> bytes:
    """What to deploy.

    Args:
        logs: topics and data of each.
        answers: what is returned, by selector.
    """
    runtime = _runtime(answers)
    blobs = [*(said for _, said in logs), runtime]

    def code(base: int) -> bytes:
        places = list(accumulate(map(len, blobs), initial=base))
        said = (_log(topics, at, len(blob)) for (topics, _), at, blob in zip(logs, places, blobs, strict=False))
        return b"".join(said) + _return(places[-2], len(runtime))

    return code(len(code(0))) + b"".join(blobs)


def _runtime(answers: Mapping[bytes, bytes]) -> bytes:
    def code(base: int, first: int) -> bytes:
        places = list(accumulate(map(len, answers.values()), initial=base))
        ends = [JUMPDEST + _return(at, len(said)) for at, said in zip(places, answers.values(), strict=False)]
        starts = accumulate(map(len, ends), initial=first)
        tests = (DUP1 + PUSH4 + four + EQ + _push(start) + JUMPI for four, start in zip(answers, starts, strict=False))
        return SELECTOR + b"".join(tests) + STOP + b"".join(ends)

    first = len(SELECTOR) + TEST * len(answers) + len(STOP)
    return code(len(code(0, first)), first) + b"".join(answers.values())


def _log(topics: Sequence[bytes], at: int, size: int) -> bytes:
    pushed = b"".join(PUSH32 + it for it in reversed(topics))
    return _copy(at, size) + pushed + _push(size) + PUSH1 + b"\0" + bytes([LOG0 + len(topics)])


def _return(at: int, size: int) -> bytes:
    return _copy(at, size) + _push(size) + PUSH1 + b"\0" + RETURN


def _copy(at: int, size: int) -> bytes:
    """From the code into memory at 0."""
    return _push(size) + _push(at) + PUSH1 + b"\0" + CODECOPY


def _push(value: int) -> bytes:
    return PUSH2 + value.to_bytes(2, "big")
