"""What a unit of gas costs now: the next block's base fee, and the tip that recent blocks took (EIP-1559).

What is stuck is raised by an eighth at a time, as nodes ask of a replacement, but never beyond a multiple of what the
market asks: a chain that makes no block for a while is not a chain that asks for more.
"""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beffroi.chain.rpc import Call, Rpc, RpcError
from beffroi.errors import ChainError
from beffroi.units import GWEI

BLOCKS = 20
PERCENTILE = 50
DOUBLINGS_AHEAD = 2
"""Room for the base fee to double: it grows by an eighth a block at most, so for six full blocks in a row."""
TIP_WEI = GWEI
"""Where neither recent blocks nor the node suggest a tip."""
MOST_TIP_WEI = 500 * GWEI
"""What nobody offers who set no limit of her own: a tip is paid in full, whatever a node made it of."""
QUESTIONS: tuple[Call, ...] = (
    ("eth_getBlockByNumber", ["latest", False]),
    ("eth_feeHistory", [hex(BLOCKS), "latest", [PERCENTILE]]),
    ("eth_maxPriorityFeePerGas", []),
)
"""What `market_of` is told the answers of: for whoever asks a node more in the same batch."""


class AbsurdTipError(ChainError):
    """A node asks for a tip that no market explains; nothing is signed at it."""


@dataclass(frozen=True, slots=True)
class Fees:
    """What a transaction offers for a unit of gas.

    Attributes:
        most_wei: `maxFeePerGas`, all in all.
        tip_wei: `maxPriorityFeePerGas`, of it for whoever makes the block.
    """

    most_wei: int
    tip_wei: int


@dataclass(frozen=True, slots=True)
class Market:
    """What the chain asks for a unit of gas.

    Attributes:
        base_wei: by the next block, which burns it.
        tip_wei: by whoever makes it, as recent blocks show.
    """

    base_wei: int
    tip_wei: int

    @property
    def price_wei(self) -> int:
        """What is paid in the next block."""
        return self.base_wei + self.tip_wei

    @property
    def fees(self) -> Fees:
        """What to offer now."""
        return Fees(DOUBLINGS_AHEAD * self.base_wei + self.tip_wei, self.tip_wei)

    def bound_wei(self, times: float) -> int:
        """A multiple of the present price, rounded down."""
        return int(self.price_wei * times)

    def raised(self, last: Fees, bound_wei: int) -> Fees | None:
        """What to offer in place of what no block took: an eighth more at least; None when that is above the bound.

        Args:
            last: what was offered.
            bound_wei: the most a unit of gas may cost.
        """
        least = Fees(_eighth_more(last.most_wei), _eighth_more(last.tip_wei))
        tip_wei = max(least.tip_wei, self.tip_wei)
        if max(least.most_wei, tip_wei) > bound_wei:
            return None
        return Fees(max(least.most_wei, tip_wei, min(self.fees.most_wei, bound_wei)), tip_wei)


def read_market(rpc: Rpc) -> Market:
    """What the chain asks now.

    Raises:
        RpcError: the node could not say, or its chain knows no base fee.
        RpcUnreachableError: it does not answer.
    """
    return market_of(*rpc.batch(QUESTIONS))


def sensible_market(rpc: Rpc) -> Market:
    """What the chain asks now, for those who set no limit of their own.

    Raises:
        AbsurdTipError: its tip is above `MOST_TIP_WEI`.
        RpcError: as of `read_market`.
        RpcUnreachableError: likewise.
    """
    market = read_market(rpc)
    if market.tip_wei > MOST_TIP_WEI:
        raise AbsurdTipError(
            f"the node says that blocks take a tip of {market.tip_wei / GWEI:,.0f} gwei for a unit of gas, and more "
            f"than {MOST_TIP_WEI // GWEI} is never offered: ask another node, or wait"
        )
    return market


def market_of(block: Any, history: Any, suggested: Any, raised: Mapping[int, int] | None = None) -> Market:
    """What the answers to `QUESTIONS` say. Without a history the last block's base fee and the node's tip serve.

    Args:
        block: the last one.
        history: of recent blocks.
        suggested: the node's tip.
        raised: tips that we raised ourselves, by what each came to, and what had been offered first: for that they
            count.

    Raises:
        RpcError: the node could not tell its last block, or its chain knows no base fee.
    """
    if isinstance(block, RpcError):
        raise block
    history = history if isinstance(history, Mapping) else {}
    base = next((it for it in (_wei(_last(history.get("baseFeePerGas"))), _base_of(block)) if it is not None), None)
    if base is None:
        raise RpcError("eth_getBlockByNumber", -32000, "the chain tells no base fee: one with EIP-1559 is needed")
    told = _tips(history) or [it for it in [_wei(suggested)] if it is not None] or [TIP_WEI]
    return Market(base, int(statistics.median_low((raised or {}).get(it, it) for it in told)))


def _tips(history: Mapping[str, Any]) -> list[int]:
    """Of the blocks that held anything: an empty one's tip says nothing."""
    rewards, used = history.get("reward") or [], history.get("gasUsedRatio") or []
    if not isinstance(rewards, list) or not isinstance(used, list):
        return []
    tips = [_wei(_last(reward)) for reward, ratio in zip(rewards, used, strict=False) if ratio]
    return [it for it in tips if it is not None]


def _base_of(block: Any) -> int | None:
    return _wei(block.get("baseFeePerGas")) if isinstance(block, Mapping) else None


def _last(values: Any) -> Any:
    return values[-1] if isinstance(values, list) and values else None


def _wei(value: Any) -> int | None:
    try:
        wei = int(value, 16)
    except (TypeError, ValueError):
        return None
    return wei if wei >= 0 else None


def _eighth_more(fee_wei: int) -> int:
    return max(-(-fee_wei * 9 // 8), fee_wei + 1)
