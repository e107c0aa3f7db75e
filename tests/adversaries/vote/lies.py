"""Lies by name, each small, to be composed: see `lying_node`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from eth_abi.abi import decode, encode

from beffroi.chain.abi import decode_event, entry, selector, topic, types
from beffroi.chain.contract import Contract
from tests.adversaries.vote.lying_node import Answer, Ask, Asked, Lie, asks

Values = dict[str, Any]
LOST = {"error": {"code": -32000, "message": "header not found"}}
"""What real nodes say when they lag: nobody who reads it thinks of an attack."""
STATE_AT = {"eth_call": 1, "eth_getBalance": 1, "eth_getCode": 1, "eth_getTransactionCount": 1, "eth_getStorageAt": 2}
"""Methods that read a state, and at which parameter they name the block."""


def swaps(contract: Contract, event: str, change: Callable[[Values], Values]) -> Lie:
    """Shows an event of a contract with other values, by `change` of those that were logged; what is indexed stays.

    Logs by filter, and receipts.
    """
    item = entry(contract.abi, "event", event)
    plain = [it for it in item["inputs"] if not it["indexed"]]

    def shown(log: dict[str, Any]) -> dict[str, Any]:
        if not _is_of(log, contract, topic(item)):
            return log
        values = change(decode_event(item, log))
        return log | {"data": "0x" + encode(types(plain), [values[it["name"]] for it in plain]).hex()}

    return of_logs(lambda logs: [shown(it) for it in logs])


def hides(contract: Contract, event: str) -> Lie:
    """Leaves the events of that name out."""
    word = topic(entry(contract.abi, "event", event))
    return of_logs(lambda logs: [it for it in logs if not _is_of(it, contract, word)])


def shows(contract: Contract, logs: Sequence[dict[str, Any]]) -> Lie:
    """Tells these logs of a contract and none other, by the filter that is asked."""

    def lie(asked: Asked, ask: Ask) -> Answer:
        told = ask(asked)
        if asked.method != "eth_getLogs" or "result" not in told:
            return told
        kept = [it for it in told["result"] if it["address"].lower() != contract.address.lower()]
        return {"result": kept + [it for it in logs if _fits(it, asked.params[0])]}

    return lie


def log_of(contract: Contract, event: str, like: dict[str, Any], at: int, **values: Any) -> dict[str, Any]:
    """An event that a contract never said, beside another and at that place in its block."""
    item = entry(contract.abi, "event", event)
    indexed, plain = ([it for it in item["inputs"] if it["indexed"] is which] for which in (True, False))
    topics = [topic(item), *(f"0x{values[it['name']]:064x}" for it in indexed)]
    data = encode(types(plain), [values[it["name"]] for it in plain])
    return like | {"topics": topics, "data": "0x" + data.hex(), "logIndex": hex(at)}


def alters(contract: Contract, view: str, change: Callable[[list[Any]], list[Any]]) -> Lie:
    """Answers a view of a contract with other values, by `change` of those that are true."""
    item = entry(contract.abi, "function", view)
    four, outputs = "0x" + selector(item).hex(), types(item["outputs"])

    def lie(asked: Asked, ask: Ask) -> Answer:
        told = ask(asked)
        if asked.method != "eth_call" or "result" not in told or not _calls(asked.params[0], contract, four):
            return told
        true = decode(outputs, bytes.fromhex(told["result"][2:]))
        return {"result": "0x" + encode(outputs, change(list(true))).hex()}

    return lie


def answers(method: str, result: Callable[[list[Any], Any], Any]) -> Lie:
    """Answers a method by `result` of its parameters and the true answer."""

    def lie(asked: Asked, ask: Ask) -> Answer:
        told = ask(asked)
        return {"result": result(asked.params, told.get("result"))} if asked.method == method else told

    return lie


def loses(*methods: str) -> Lie:
    """Hears these methods, and pretends to lag: nothing reaches the chain."""
    return lambda asked, ask: LOST if asked.method in methods else ask(asked)


def delays(seconds: float, *methods: str) -> Lie:
    """Tells the truth about these methods, later."""

    def lie(asked: Asked, ask: Ask) -> Answer:
        if asked.method in methods:
            time.sleep(seconds)
        return ask(asked)

    return lie


def replays(block: int) -> Lie:
    """Shows the chain as it was at a block, as if nothing had come after."""

    def lie(asked: Asked, ask: Ask) -> Answer:
        method, params = asked.method, list(asked.params)
        if method == "eth_blockNumber":
            return {"result": hex(block)}
        if method in STATE_AT:
            params[STATE_AT[method] :] = [hex(block)]
        elif method == "eth_getBlockByNumber":
            params[0] = _not_after(params[0], block)
        elif method == "eth_getLogs":
            params[0] = params[0] | {"toBlock": _not_after(params[0].get("toBlock", "latest"), block)}
            if int(_not_after(params[0].get("fromBlock", "0x0"), block + 1), 16) > block:
                return {"result": []}
        return ask(Asked(method, params))

    return lie


def answers_from(url: str, *but: str) -> Lie:
    """Answers whatever is asked from another chain's node, these methods excepted."""
    elsewhere = asks(url)
    return lambda asked, ask: ask(asked) if asked.method in but else elsewhere(asked)


def _not_after(tag: str, block: int) -> str:
    return hex(min(int(tag, 16), block)) if tag.startswith("0x") else hex(block)


def _calls(call: dict[str, Any], contract: Contract, four: str) -> bool:
    data = call.get("data") or call.get("input") or "0x"
    return call["to"].lower() == contract.address.lower() and data.startswith(four)


def _is_of(log: dict[str, Any], contract: Contract, word: str) -> bool:
    return log["address"].lower() == contract.address.lower() and log["topics"][0] == word


def _fits(log: dict[str, Any], wanted: dict[str, Any]) -> bool:
    words = wanted.get("topics") or []
    is_asked = all(not want or word in want for want, word in zip(words, log["topics"], strict=False))
    return is_asked and len(words) <= len(log["topics"])


def of_logs(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Lie:
    def lie(asked: Asked, ask: Ask) -> Answer:
        told = ask(asked)
        if told.get("result") and asked.method == "eth_getLogs":
            return {"result": change(told["result"])}
        if told.get("result") and asked.method == "eth_getTransactionReceipt":
            return {"result": told["result"] | {"logs": change(told["result"]["logs"])}}
        return told

    return lie
