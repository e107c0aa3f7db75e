"""Runs `ape` commands one after another in one process: JSON lists of arguments in, exit codes and output out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from beffroi.chain.artifacts import ROOT


class ApeShell:
    """A process of its own, with ape's data in a folder of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit code and everything printed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(["run", *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        code, output = json.loads(line)
        return code, output

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=30)


def serve() -> None:
    sys.path.insert(0, str(Path.cwd()))
    from ape._cli import cli  # noqa: PLC0415, after the environment
    from click.testing import CliRunner  # noqa: PLC0415

    from tests.support.standing_scripts import read_once  # noqa: PLC0415

    read_once()
    answers: Any = sys.stdout
    for line in sys.stdin:
        result = CliRunner().invoke(cli, json.loads(line))
        trace = "" if result.exception is None or isinstance(result.exception, SystemExit) else repr(result.exception)
        answers.write(json.dumps([result.exit_code, result.output + trace]) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve()
