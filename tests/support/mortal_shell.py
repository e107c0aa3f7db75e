"""Scripts to be killed: a process that has loaded ape and every command forks one for each command line it reads.

Each is a process of its own, with its own connections and memory; only the seconds of loading are shared. The parent
asks no node anything.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from beffroi.chain.artifacts import ROOT
from beffroi.chain.identity import chain_identity
from beffroi.town.manifest import journal_path
from tests.support.flaky_proxy import Fault, flaky_proxy

LOADED_LATE = ("ape.managers.chain", "ape_test.provider", "ape_node.provider", "ape_ethereum.provider", "pandas")
"""What ape imports once it connects: nine tenths of a script's time."""
SENDS = "eth_sendRawTransaction"


class MortalShell:
    """A parent of scripts, with ape's data in a folder of its own.

    Args:
        folder: for ape's data and what scripts print.
        environment: what they find in it besides.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        environment = {**os.environ, **(environment or {}), "COLUMNS": "200", "APE_DATA_FOLDER": str(folder / "ape")}
        self._printed = folder / "printed.txt"
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.support.mortal_shell", str(self._printed)],
            cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._answer()

    def start(self, *words: object) -> int:
        """Starts a script; its process id."""
        return int(self._ask(json.dumps(["run", *map(str, words)])))

    def ended(self) -> tuple[int, str]:
        """Waits for it: its exit code, or minus the signal that killed it; and what it printed."""
        code = int(self._ask("wait"))
        return code, " ".join(self._printed.read_text().split())

    def run(self, *words: object) -> tuple[int, str]:
        """A script from its start to its end."""
        self.start(*words)
        return self.ended()

    def is_killed(self, url: str, death: "Death", words: Sequence[object]) -> None:
        """A script whose node kills it."""
        with flaky_proxy(url, death.faults, death.lies) as node:
            death.process = self.start(*words, "--network", f"ethereum:local:{node}")
            code, printed = self.ended()
        assert code == -signal.SIGKILL, printed

    def close(self) -> None:
        """Ends the parent, and the script if it lives."""
        self._parent.stdin.close()
        self._parent.wait(timeout=60)
        self._parent.stdout.close()

    def _ask(self, line: str) -> str:
        self._parent.stdin.write(line + "\n")
        self._parent.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        answer = self._parent.stdout.readline()
        assert answer, "the parent of scripts has ended"
        return answer


def forget(rpc):
    """What scripts wrote down is of a chain that is gone."""
    _, genesis_hash = chain_identity(rpc)
    for left in journal_path(31337, genesis_hash, "").parent.glob(f"{genesis_hash[2:14]}-*"):
        left.unlink()


@dataclass
class Death:
    """Kills a process at its n-th transaction: a node's behaviour for `flaky_proxy`.

    Args:
        moment: which transaction, from 1.
        heard: whether the node takes it; else it was signed, and nobody has it.
        process: its id, once there is one.
    """

    moment: int
    heard: bool
    process: int = 0
    sent: int = field(default=0, init=False)
    done: bool = field(default=False, init=False)

    def faults(self, method: str) -> Fault:
        """Before the node hears of it."""
        if method == SENDS and not self.done:
            self.sent += 1
            if self.sent == self.moment and not self.heard:
                self._strike()
        return Fault.DROP if self.done else Fault.NONE

    def lies(self, method: str, result: Any) -> Any:
        """Once the node has it, before the script knows."""
        if method == SENDS and self.sent == self.moment and self.heard and not self.done:
            self._strike()
        return result

    def _strike(self) -> None:
        self.done = True
        os.kill(self.process, signal.SIGKILL)


def serve(printed: Path) -> None:
    sys.path.insert(0, str(ROOT))
    from ape._cli import cli  # noqa: PLC0415, after the environment
    from click.testing import CliRunner  # noqa: PLC0415

    from tests.support.standing_scripts import read_once  # noqa: PLC0415

    read_once()
    CliRunner().invoke(cli, ["run", "currency", "pay", "--help"])  # loads every script
    for name in LOADED_LATE:
        importlib.import_module(name)
    from ape import networks, project  # noqa: PLC0415, after the environment

    assert networks.ecosystems
    assert project.manifest
    print("ready", flush=True)
    script = 0
    for line in sys.stdin:
        if line == "wait\n":
            print(os.waitstatus_to_exitcode(os.waitpid(script, 0)[1]), flush=True)
            script = 0
        elif (script := os.fork()) == 0:
            _become(cli, json.loads(line), printed)
        else:
            print(script, flush=True)
    if script:  # whoever started us is gone
        os.kill(script, signal.SIGKILL)


def _become(cli: Callable[..., object], words: list[str], printed: Path) -> None:
    with printed.open("w") as file, tempfile.TemporaryFile() as nothing:
        for stream, end in ((nothing, 0), (file, 1), (file, 2)):
            os.dup2(stream.fileno(), end)
    sys.modules["__main__"] = ModuleType("__main__")  # workers that it spawns are not to load this shell
    code = 1
    try:
        cli(words)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
