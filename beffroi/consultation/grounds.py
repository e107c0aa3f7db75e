"""What an audit stood on: which node, chain and block, whose key, which roll and question; and the line to compare."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from beffroi.ballots.params import Params
from beffroi.ballots.pins import spoken_count
from beffroi.ballots.verdict import Verdict
from beffroi.chain.headers import times_s
from beffroi.chain.identity import chain_identity
from beffroi.chain.transport import place_of
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.subject import Subject
from beffroi.roll.sealing import Provenance

_TAIL: Final = 8
_TOWN: Final = (
    "Only the node says that contract, trustees and roll root are the town's: compare them with what it has published."
)

_NO_ROLL: Final = Provenance(
    is_whole=False, words="no file of it is given, and only the contract vouches for who is on it"
)


@dataclass(frozen=True)
class Grounds:
    """What an audit stood on.

    Attributes:
        node: whose word it is.
        genesis: hash of the chain's first block, `0x…`.
        block: number of the block in which the vote was closed, or None.
        block_hash: its hash, empty before.
        batches: how many were cast.
        outside: how many of them in a block whose time is not of the vote.
        opens_at_s: when the vote began, unix seconds.
    """

    node: str
    genesis: str
    block: int | None
    block_hash: bytes
    batches: int
    outside: int
    opens_at_s: int

    def phrase(self, verdict: Verdict) -> str:
        """What auditors and trustees compare; empty before the vote is closed."""
        if self.block is None or not verdict.totals:
            return ""
        terms, totals = (bytes.fromhex(it[2:]) for it in (verdict.terms, verdict.totals))
        return spoken_count(terms, self.block, self.block_hash, verdict.ballots, totals)


def grounds_of(polls: Polls, params: Params, cast_in: Counter[int]) -> Grounds:
    """What an audit stands on.

    Args:
        polls: the contracts, behind the node that the audit asked.
        params: of the consultation, by which it was audited.
        cast_in: how many batches each block holds, as the audit met them.

    Raises:
        RpcError: the node refuses, or tells no time of a block.
    """
    blocks = sorted(cast_in)
    times = times_s(polls.rpc, blocks)
    outside = sum(cast_in[block] for block in blocks if not params.opens_at <= times[block] < params.closes_at)
    try:
        closed, closed_hash, _ = polls.closed_in(params.consultation)
    except ConsultationError:
        closed, closed_hash = None, b""
    genesis = chain_identity(polls.rpc)[1]
    node, batches = place_of(polls.rpc.url), sum(cast_in.values())
    return Grounds(node, genesis, closed, closed_hash, batches, outside, params.opens_at)


def warnings_of(found: Grounds, origin: Provenance | None) -> list[str]:
    """What a reader must know before the verdict.

    Args:
        found: what the audit stood on.
        origin: where the roll of the file comes from; None without a roll.
    """
    outside = [f"WARNING: {found.outside:,} batches were cast outside the time of the vote."] if found.outside else []
    return [*outside, *(origin or _NO_ROLL).warnings(found.opens_at_s)]


def grounds_text(found: Grounds, verdict: Verdict, subject: Subject | None, origin: Provenance | None) -> str:
    """The same in words, and the line to compare.

    Args:
        found: what the audit stood on.
        verdict: what it found.
        subject: what was asked, where the text is known.
        origin: where the roll of the file comes from; None without a roll.
    """
    closed = "not yet" if found.block is None else f"block {found.block:,}, 0x{found.block_hash.hex()}"
    asked = "only its hash is known here" if subject is None else f"{subject.question} [{' | '.join(subject.options)}]"
    rows = [
        ("node", found.node),
        ("chain", f"{verdict.chain_id}, first block {found.genesis}"),
        ("closed", closed),
        ("trustees", f"{verdict.threshold} of {len(verdict.trustees)}: {', '.join(verdict.trustees)}"),
        ("key h", verdict.key),
        ("roll root", f"{verdict.roll_root}, {verdict.roll_size:,} accounts"),
        ("roll", (origin or _NO_ROLL).words),
        ("question", asked),
        ("terms", verdict.terms),
        ("batches", f"{found.batches:,}, {found.outside:,} outside the time of the vote"),
        ("totals", f"…{verdict.totals[-_TAIL:]}"),
    ]
    lines = ["What it stands on:", *(f"  {name:<10} {what}" for name, what in rows)]
    if phrase := found.phrase(verdict):
        lines += ["", f"To compare: consultation {verdict.consultation}, {verdict.ballots:,} ballots, {phrase}"]
    lines += ["", _TOWN]
    return "\n".join(lines)
