"""Where the gas of a transaction goes, from a trace of every step: `python -m bench.spent` for payments to one shop."""

import sys
from collections import defaultdict
from typing import Any

from rich.console import Console

from beffroi import slips
from beffroi.chain.rpc import Rpc
from bench.currency import BATCH, POSTER, Stage, raise_stage
from bench.ground import open_ground

TRANSACTION_GAS = 21_000
ZERO_GAS, BYTE_GAS = 4, 16
"""Of a byte of calldata: EIP-2028."""
CALLS = {"CALL", "STATICCALL", "DELEGATECALL"}
GROUPS = {
    "SLOAD": "storage read",
    "SSTORE": "storage written",
    "KECCAK256": "hashes",
    "CALL": "calls",
    "STATICCALL": "calls of ecrecover",
    "CALLDATACOPY": "calldata and memory",
    "CALLDATALOAD": "calldata and memory",
    "MSTORE": "calldata and memory",
    "MLOAD": "calldata and memory",
    "MCOPY": "calldata and memory",
}
LOGS = "events"
REST = "arithmetic, jumps, the search for the function"


def spent(rpc: Rpc, transaction: str) -> dict[str, int]:
    """The gas of a transaction by what it went into; in all, what the receipt says before refunds.

    Args:
        rpc: a node that traces.
        transaction: its hash.
    """
    sent = rpc.call("eth_getTransactionByHash", transaction)
    steps = rpc.call(
        "debug_traceTransaction", transaction, {"disableStack": True, "disableMemory": True, "disableStorage": True}
    )["structLogs"]
    data = bytes.fromhex(sent["input"][2:])
    found: dict[str, int] = defaultdict(int)
    found["a transaction of its own"] = TRANSACTION_GAS
    found["calldata"] = sum(BYTE_GAS if byte else ZERO_GAS for byte in data)
    for step, cost in zip(steps, _costs(steps), strict=True):
        name = step["op"]
        found[LOGS if name.startswith("LOG") else GROUPS.get(name, REST)] += cost
    return dict(found)


def _costs(steps: list[dict[str, Any]]) -> list[int]:
    """What each step took itself: a call is told with all that it hands on, of which the rest comes back."""
    costs = [step["gasCost"] for step in steps]
    within: list[int] = []  # the calls that are under way, outermost first
    for position, (step, after) in enumerate(zip(steps, [*steps[1:], None], strict=True)):
        if after is None:  # the last step gives nothing on
            continue
        if after["depth"] > step["depth"]:
            costs[position] = step["gasCost"] - after["gas"]
            within.append(position)
        elif after["depth"] < step["depth"]:
            call = within.pop()
            used = steps[call]["gas"] - after["gas"]
            inner = steps[call + 1]["gas"] - (step["gas"] - step["gasCost"])
            costs[call] = used - inner
        elif step["op"] in CALLS:  # of a precompile, which has no steps
            costs[position] = step["gas"] - after["gas"]
    return costs


def to_one_shop(stage: Stage) -> tuple[dict[str, int], int]:
    """Where the gas of 100 customers' payments to one shop goes, and what the receipt says."""
    (_, shop), *customers = stage.holders(BATCH + 1)
    paid = [(key, stage.request(shop).slip(payer)) for key, payer in customers]
    rows = [(*slip.values, slips.sign(key, slip, stage.domain)) for key, slip in paid]
    data = stage.currency.calldata("transferWithAuthorizationBatch", rows)
    receipt = stage.ground.send(POSTER, stage.currency.address, "0x" + data.hex())
    return spent(stage.ground.rpc, receipt["transactionHash"]), int(receipt["gasUsed"], 16)


def main() -> int:
    """Prints a table in Markdown. The exit status is 1 when the parts are not the whole."""
    with Console().status("tracing …"), open_ground("--steps-tracing") as ground:
        parts, whole = to_one_shop(raise_stage(ground))
    print("| each of 100 customers of one shop, by the hash of a payment request | gas |\n|---|---|")
    for what, gas in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"| {what} | {gas / BATCH:,.0f} |")
    print(f"| in all | {whole / BATCH:,.0f} |")
    return 0 if sum(parts.values()) == whole else 1


if __name__ == "__main__":
    sys.exit(main())
