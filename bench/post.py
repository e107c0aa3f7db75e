"""How much a post office carries, how long a slip takes, and what it costs; beside one transaction for each payment.

The real process, SQLite on the disk with a sync for each commit, one worker with one key, on the Anvil that the
others use too. `BENCH_PAYMENTS` and `BENCH_POST_BALLOTS` set how many; the ballots are made beforehand.
"""

import json
import os
import time
import urllib.request
from collections.abc import Iterator

from ape import Contract, accounts, networks
from ape.logging import LogLevel, logger

from beffroi.chain.abi import encode_call
from beffroi.chain.bulk import carry_out
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.units import ETHER
from bench import post_load
from bench.currency import BATCH
from bench.ground import open_ground
from bench.post_ground import Person, PostGround, payment_body
from bench.row import Row

MODULE = "post"
RATE, SECONDS, GAS = "1/s", "s", "gas"
PAYMENTS = int(os.environ.get("BENCH_PAYMENTS", "8000"))
BALLOTS = int(os.environ.get("BENCH_POST_BALLOTS", "1024"))
PEOPLE = 400
BY_APE = 60
BY_RAW = 1_600
POSTERS = 8
STEADY = {"payments": (100.0, 1_500), "ballots": (20.0, 300)}
PAYMENT_GAS = 40_000
BALLOT_GAS = 65_000


def rows() -> list[Row]:
    """Every figure of the post office, measured now."""
    with open_ground() as ground:
        post = PostGround(ground, BALLOTS)
        try:
            return list(_measured(post))
        finally:
            post.close()


def _measured(post: PostGround) -> Iterator[Row]:
    people = [person for _ in range(PEOPLE // BATCH) for person in post.stage.holders(BATCH)]
    peers = {"ape, one transaction each": _by_ape(post, people), "JSON-RPC batches, likewise": _by_raw(post, people)}
    steady_rate, steady = STEADY["payments"]
    some = [payment_body(it) for it in post.payments(people, PAYMENTS + steady, first_nonce=100)]
    ballots_rate, few = STEADY["ballots"]
    few = min(few, BALLOTS // 4)
    with post.post_office() as port:
        fast = post_load.until_confirmed(port, some[:PAYMENTS])
        yield Row(MODULE, f"{PAYMENTS:,} payments, through HTTP to confirmed", RATE, fast, peers, ceiling=400.0)
        yield from _delays("payment", post_load.latencies(port, some[PAYMENTS:], steady_rate), steady_rate)
        fast = post_load.until_confirmed(port, post.ballots[few:])
        words = f"{BALLOTS - few:,} two-option ballots, roll of {BALLOTS:,}, through HTTP to confirmed"
        yield Row(MODULE, words, RATE, fast, {}, ceiling=60.0)
        yield from _delays(
            "two-option ballot", post_load.latencies(port, post.ballots[:few], ballots_rate), ballots_rate
        )
        costs = _costs(port)
    yield Row(MODULE, "payment, all included", GAS, costs["transfer"], {}, ceiling=PAYMENT_GAS)
    yield Row(
        MODULE, f"two-option ballot, all included, roll of {BALLOTS:,}", GAS, costs["ballot"], {}, ceiling=BALLOT_GAS
    )


def _delays(what: str, found: list[float], per_s: float) -> Iterator[Row]:
    for percent in (50, 95, 99):
        value = found[min(len(found) - 1, len(found) * percent // 100)]
        yield Row(MODULE, f"{what}, from slip to confirmed at {per_s:.0f}/s, {percent} % within", SECONDS, value)


def _costs(port: int) -> dict[str, float]:
    """The mean gas of a slip, by kind, from the post office's own ledger."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/costs?by=service") as answer:
        costs = json.load(answer)["costs"]
    return {it["service"]: it["gas"] / it["slips"] for it in costs}


def _by_ape(post: PostGround, people: list[Person]) -> float:
    """Payments a second by ape, which waits for each receipt."""
    logger.set_level(LogLevel.WARNING)
    signed = post.payments(people, BY_APE)
    with networks.parse_network_choice(post.ground.rpc.url):
        contract = Contract(post.stage.currency.address, abi=post.stage.currency.abi)
        poster = accounts.test_accounts[0]
        started = time.perf_counter()
        for slip, signature in signed:
            contract.transferWithAuthorization(*slip.values, signature, sender=poster)
        return BY_APE / (time.perf_counter() - started)


def _by_raw(post: PostGround, people: list[Person]) -> float:
    """Payments a second as raw transactions in JSON-RPC batches of 200, of several posters."""
    currency = post.stage.currency
    abi = [it for it in currency.abi if it.get("name") != "transferWithAuthorization" or len(it["inputs"]) == 7]
    posters = [Key.derived("bench", "poster", number) for number in range(POSTERS)]
    post.ground.rpc.batch([("anvil_setBalance", [it.address, hex(1_000 * ETHER)]) for it in posters])
    orders = []
    for turn, (slip, signature) in enumerate(post.payments(people, BY_RAW, first_nonce=50)):
        data = encode_call(abi, "transferWithAuthorization", *slip.values, signature)
        orders.append(Order(posters[turn % POSTERS], currency.address, data, 120_000))
    started = time.perf_counter()
    outcomes = carry_out(post.ground.rpc, orders)
    seconds = time.perf_counter() - started
    if any(it.state != OrderState.DONE for it in outcomes):
        raise AssertionError("a payment of the bench failed")
    return BY_RAW / seconds
