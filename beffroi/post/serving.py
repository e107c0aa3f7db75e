"""A post office in one process: HTTP on the event loop, a thread for each key that posts. Ends in order at SIGTERM."""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import uvicorn

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.post.app import make_app
from beffroi.post.office import PostOffice
from beffroi.post.privacy import LOG, log_failure, quiet
from beffroi.post.sending import SendingTerms
from beffroi.post.worker import Worker

CLOSING_S = 3
"""How long open questions may take to end; then they are cut."""
JOINING_S = 60.0
"""A pass under way is finished: what it sent is recorded, so that cutting it would lose nothing either."""


@dataclass(frozen=True)
class Listen:
    """Where HTTP is answered.

    Attributes:
        host: an address of this machine.
        port: of TCP.
        proxies: addresses of proxies whose `X-Forwarded-For` is believed.
    """

    host: str = "127.0.0.1"
    port: int = 8600
    proxies: tuple[str, ...] = ()


def serve(office: PostOffice, keys: Sequence[Key], terms: SendingTerms, listen: Listen | None) -> None:
    """Works until it is told to end (SIGINT, SIGTERM).

    Args:
        office: open.
        keys: one for each worker; none for HTTP alone.
        terms: how they send.
        listen: None for workers alone.

    Raises:
        SenderTakenError: another process posts with one of the keys.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    quiet()
    crew = Crew(office, keys, terms)
    if listen is None:
        crew.wait()
        return
    config = uvicorn.Config(
        make_app(office), host=listen.host, port=listen.port, access_log=False, log_level="warning",
        proxy_headers=bool(listen.proxies), forwarded_allow_ips=list(listen.proxies), server_header=False,
        timeout_graceful_shutdown=CLOSING_S, backlog=4_096,
    )  # fmt: skip
    server = uvicorn.Server(config)
    crew.start(on_failure=lambda: setattr(server, "should_exit", True))
    LOG.info("answering at http://%s:%d for %s", listen.host, listen.port, office.manifest.name)
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn raises the signal again once it has ended: the workers are still to finish their pass then.
        signal.signal(number, lambda *_: None)
    try:
        server.run()
    finally:
        crew.end()


class Crew:
    """The workers of a process: a thread each, with a connection to the node of its own."""

    def __init__(self, office: PostOffice, keys: Sequence[Key], terms: SendingTerms) -> None:
        self._stop = threading.Event()
        self._failures: list[Exception] = []
        self._workers = [Worker(office.store, office.posted, Rpc(office.rpc.url), key, terms=terms) for key in keys]
        self._threads: list[threading.Thread] = []

    def start(self, on_failure: Callable[[], object]) -> None:
        """Sets all to work; one that cannot go on has the whole process end, and says so."""
        for worker in self._workers:
            name = f"worker {worker.sender.address}"
            thread = threading.Thread(target=self._run, args=(worker, on_failure), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        """Lets each finish its pass.

        Raises:
            Exception: whatever kept one from going on.
        """
        self._stop.set()
        for thread in self._threads:
            thread.join(JOINING_S)
        if self._failures:
            raise self._failures[0]

    def wait(self) -> None:
        """Until someone says that it is over."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        self.start(on_failure=self._stop.set)
        self._stop.wait()
        self.end()

    def _run(self, worker: Worker, on_failure: Callable[[], object]) -> None:
        try:
            worker.run(self._stop)
        except Exception as error:  # noqa: BLE001, raised again by `end`
            log_failure(threading.current_thread().name, error)
            self._failures.append(error)
            on_failure()
