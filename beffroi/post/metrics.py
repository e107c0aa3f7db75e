"""What Prometheus is told: requests, slips, and how the queue stands. No label names a person."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from typing_extensions import override

from beffroi.post.model import SlipState, Vitals
from beffroi.units import ETHER

FRESH_S = 5.0
BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30)


@dataclass
class Metrics:
    """The figures of one post office."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)

    def __post_init__(self) -> None:
        self._requests = Counter(
            "beffroi_post_requests", "Requests answered.", ["route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "beffroi_post_request_seconds", "Time to answer.", ["route"], buckets=BUCKETS, registry=self.registry
        )
        self._slips = Counter(
            "beffroi_post_slips_in", "Slips handed in, by outcome: new, known, or the code of the refusal.",
            ["kind", "outcome"], registry=self.registry,
        )  # fmt: skip

    def request(self, route: str, status: int, seconds: float) -> None:
        """Counts a request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def slip(self, kind: str, outcome: str) -> None:
        """Counts a slip."""
        self._slips.labels(kind, outcome).inc()

    def watch(self, collector: Collector) -> None:
        """Shows what a collector says too: of a queue, of senders."""
        self.registry.register(collector)

    def text(self) -> bytes:
        """In Prometheus' format."""
        return generate_latest(self.registry)


@dataclass(eq=False)
class Queue(Collector):
    """How the queue stands, asked of the database at most every few seconds.

    Args:
        counts: of slips by kind and state.
        oldest_s: how long the one that waits longest has waited.
        senders: how each of them does.
    """

    counts: Callable[[], Mapping[tuple[str, SlipState], int]]
    oldest_s: Callable[[], float]
    senders: Callable[[], list[Vitals]]
    _asked_at: float = field(default=float("-inf"), init=False)
    _seen: tuple[Mapping[tuple[str, SlipState], int], float] = field(default=({}, 0.0), init=False)
    _vitals: list[Vitals] = field(default_factory=list, init=False)

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the database to be registered."""
        return iter(())

    @override
    def collect(self) -> Iterator[Metric]:
        """Slips by kind and state, and the oldest that waits."""
        if time.monotonic() - self._asked_at > FRESH_S:
            self._seen, self._asked_at = (self.counts(), self.oldest_s()), time.monotonic()
            self._vitals = self.senders()
        slips = GaugeMetricFamily("beffroi_post_slips", "Slips by state.", labels=["kind", "state"])
        for (kind, state), number in self._seen[0].items():
            slips.add_metric([kind, str(state)], number)
        yield slips
        yield from self._of_senders()
        yield GaugeMetricFamily("beffroi_post_oldest_waiting_seconds", "Age of the oldest that waits.", self._seen[1])

    def _of_senders(self) -> Iterator[Metric]:
        figures: dict[str, tuple[str, Callable[[Vitals], float]]] = {
            "balance_ether": ("What it holds.", lambda it: it.balance_wei / ETHER),
            "low": ("1 when somebody should fund it.", lambda it: float(it.is_low)),
            "in_flight": ("Transactions that no block has.", lambda it: it.in_flight),
            "seen_seconds": ("Unix seconds at which its worker last looked.", lambda it: it.seen_at),
            "replaced": ("Transactions whose fee was raised.", lambda it: it.replaced),
            "undone": ("Batches that a reorganisation undid.", lambda it: it.undone),
            "reverted": ("Batches that reverted.", lambda it: it.reverted),
        }
        for name, (words, figure) in figures.items():
            family = GaugeMetricFamily(f"beffroi_post_sender_{name}", words, labels=["sender"])
            for vitals in self._vitals:
                family.add_metric([vitals.address], figure(vitals))
            yield family
