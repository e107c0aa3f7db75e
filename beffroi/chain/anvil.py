"""A local chain for as long as someone needs it: the native Anvil, by osaka's rules."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from beffroi.chain.artifacts import ROOT
from beffroi.errors import SetupError

LOCAL_CHAIN_ID = 31337
MNEMONIC = "test test test test test test test test test test test junk"
START_TIMEOUT_S = 20.0
GAS_LIMIT = 60_000_000
"""The gas of a block, as on Ethereum at the time of writing."""


class AnvilError(SetupError):
    """Anvil is not there, or did not start."""


@dataclass
class Anvil:
    """A running Anvil.

    Attributes:
        url: where its JSON-RPC answers.
        process: the native binary itself, no wrapper.
    """

    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End it, and wait until it has."""
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_anvil(*, port: int | None = None, chain_id: int = LOCAL_CHAIN_ID, extra: tuple[str, ...] = ()) -> Anvil:
    """Start Anvil and wait until it answers.

    Args:
        port: where to listen on loopback; a free port when not given.
        chain_id: the chain it plays.
        extra: further flags of Anvil.

    Raises:
        AnvilError: there is no Anvil, another program has the port, or it ended or stayed silent for `START_TIMEOUT_S`.
    """
    port = port or _free_port()
    with tempfile.TemporaryDirectory(prefix="anvil-") as folder:
        # Anvil writes this once it listens: on a port that another node holds, that node's answers prove nothing.
        listening, complaints = Path(folder) / "listening.json", Path(folder) / "complaints.txt"
        command = [
            _binary(), "--silent", "--host", "127.0.0.1", "--port", str(port),
            "--hardfork", "osaka", "--chain-id", str(chain_id), "--mnemonic", MNEMONIC,
            "--gas-limit", str(GAS_LIMIT), "--config-out", str(listening), *extra,
        ]  # fmt: skip
        # A session of its own: a Ctrl-C at the terminal reaches us alone, and we end Anvil in order.
        with complaints.open("wb") as file:  # a pipe that nobody reads would stop it once full
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=file, start_new_session=True)  # noqa: S603
        anvil = Anvil(f"http://127.0.0.1:{port}", process)
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise AnvilError(_complaint(complaints.read_text(errors="replace"), port))
            if listening.exists():
                return anvil
            time.sleep(0.02)
        anvil.stop()
    raise AnvilError(f"Anvil did not listen on port {port} within {START_TIMEOUT_S:.0f} s")


@contextlib.contextmanager
def anvil_running(
    *, port: int | None = None, chain_id: int = LOCAL_CHAIN_ID, extra: tuple[str, ...] = ()
) -> Iterator[Anvil]:
    """A running Anvil, ended whatever happens in between. Arguments and errors as of `start_anvil`."""
    anvil = start_anvil(port=port, chain_id=chain_id, extra=extra)
    try:
        yield anvil
    finally:
        anvil.stop()


def _complaint(words: str, port: int) -> str:
    if "in use" in words:
        return f"port {port} is taken by another program, perhaps another node: stop it, or choose another port"
    return f"Anvil ended at once: {words.strip()}"


def _binary() -> str:
    installed = ROOT / ".venv" / "bin" / "anvil"
    binary = str(installed) if installed.exists() else shutil.which("anvil")
    if not binary:
        raise AnvilError("there is no anvil: run `make install`")
    return str(Path(binary).resolve())


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
