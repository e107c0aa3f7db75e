"""Workers to be killed: a process that has imported everything forks one for each line that it reads.

Each is a process of its own with its own store, connections and memory; only the second of imports is shared. The
parent touches neither the database nor the node.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass

from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain
from beffroi.post.kinds.currency import Transfer
from beffroi.post.sending import SendingTerms
from beffroi.post.store import Store
from beffroi.post.worker import Worker


@dataclass(frozen=True)
class Plan:
    """What a worker needs."""

    store: str
    node: str
    domain: tuple
    secret: str
    terms: dict
    pace_s: float = 0.02

    def work(self) -> None:
        """Works until it is killed."""
        domain = Domain(*self.domain)
        kind = Transfer(Contract.built("LocalCurrency", domain.contract), domain)
        store, key = Store(self.store), Key(bytes.fromhex(self.secret))
        worker = Worker(store, {kind.name: kind}, Rpc(self.node, retries=1), key, terms=SendingTerms(**self.terms))
        worker.run(threading.Event(), pace_s=self.pace_s)


class MortalWorkers:
    """The parent of workers; give it a plan, then start and kill."""

    def __init__(self, plan: Plan) -> None:
        command = [sys.executable, "-m", "tests.support.mortal_workers", json.dumps(asdict(plan))]
        self._parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._parent.stdout.readline()

    def start(self) -> int:
        """The process id of a new worker."""
        self._parent.stdin.write("start\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())

    def kill(self, worker: int) -> None:
        """SIGKILL; when it returns the worker is gone."""
        os.kill(worker, signal.SIGKILL)
        self._parent.stdin.write("wait\n")
        self._parent.stdin.flush()
        status = int(self._parent.stdout.readline())
        assert os.WIFSIGNALED(status), f"the worker ended by itself: {os.WEXITSTATUS(status)}"

    def close(self) -> None:
        """Ends the parent, and the worker if it lives."""
        self._parent.stdin.close()
        self._parent.wait(timeout=60)
        self._parent.stdout.close()


def main() -> None:
    plan, worker = Plan(**json.loads(sys.argv[1])), 0
    print("ready", flush=True)
    for line in sys.stdin:
        if line == "start\n":
            if (worker := os.fork()) == 0:
                os.dup2(2, 1)
                plan.work()
                os._exit(1)
            print(worker, flush=True)
        else:
            print(os.waitpid(worker, 0)[1], flush=True)
            worker = 0
    if worker:  # whoever started us is gone
        os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    main()
