"""After the story: the dApp with its town, its post office, and the wallets to play everyone; nothing of it stays."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests

from beffroi.chain.artifacts import ROOT
from beffroi.chain.signers import anvil_account
from beffroi.demo.stage import Stage
from beffroi.demo.static_site import port_near, static_site
from beffroi.errors import SetupError
from beffroi.publish import publish
from beffroi.records.published import tell_records
from beffroi.town.config import TownConfig
from beffroi.town.manifest import write_manifest
from beffroi.units import ETHER

FRONTEND = ROOT / "frontend"
VITE = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
SITE = ROOT / "build" / "site"
ONE_FILE = "beffroi.html"
SITE_PORT, POST_PORT = 8080, 8600
POSTMEN = (17,)
"""Those of Anvil's accounts that pay for what citizens sign; they hold no office."""
START_TIMEOUT_S = 30.0
POLL_S = 0.1


class ServingError(SetupError):
    """The dApp cannot be built, or the post office does not start."""


@dataclass
class OpenedPost:
    """A post office of the town, in a process of its own.

    Attributes:
        stage: the town.
        rolls: the folder of its sealed rolls.
        port: where it listens, on loopback.
        folder: where it keeps what it was given.
    """

    stage: Stage
    rolls: Path
    port: int
    folder: Path
    _process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        """Its store."""
        return self.folder / "post.db"

    def start(self) -> None:
        """Opens it, its postmen funded.

        Raises:
            ServingError: it does not start; the message has its last words.
        """
        manifest, said = self.folder / "town.json", self.folder / "said"
        write_manifest(manifest, self.stage.manifest)
        command = [
            sys.executable, "-m", "beffroi.post", "--manifest", str(manifest), "--rpc", self.stage.rpc.url,
            "--rolls", str(self.rolls), "--database", f"sqlite:///{self.database}", "--host", "127.0.0.1",
            "--port", str(self.port), "--confirmations", "1",
        ]  # fmt: skip
        postmen = [anvil_account(index) for index in POSTMEN]
        for postman in postmen:
            self.stage.rpc.call("anvil_setBalance", postman.address, hex(100 * ETHER))
        keys = ",".join("0x" + bytes(postman.key).hex() for postman in postmen)
        environment = os.environ | {"BEFFROI_POST_KEYS": keys}
        with said.open("ab") as words:
            # A session of its own: a Ctrl-C at the terminal reaches us alone, and we end it in order.
            self._process = subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=environment, stdout=words, stderr=subprocess.STDOUT, start_new_session=True
            )
        _await_ready(self._process, f"http://127.0.0.1:{self.port}/ready", said)

    def end(self) -> None:
        """Closes it, if it is open."""
        if self._process:
            _end(self._process)
        self._process = None


@dataclass(frozen=True)
class Served:
    """What is served.

    Attributes:
        site: the URL of the dApp.
        post: that of the post office.
        one_file: the dApp and its town in one file, which works from disk.
        office: the post office itself.
    """

    site: str
    post: str
    one_file: Path
    office: OpenedPost


def build_site(folder: Path = SITE) -> None:
    """Builds the dApp for any static host.

    Args:
        folder: emptied first.

    Raises:
        ServingError: it cannot be built; the message says why.
    """
    _node(FRONTEND / "scripts" / "abi.mjs")
    _node(VITE, "build", "--logLevel", "error", "--outDir", str(folder))


def furnish(folder: Path, stage: Stage, config: TownConfig, *, post: str | None) -> None:
    """Publishes the town into the site, and the one file that works from disk beside it.

    Raises:
        PublishError: the town may not be published.
        ServingError: the file cannot be built.
    """
    stage.papers.records = tell_records(stage.rpc, stage.manifest, stage.papers.acts)
    publish(folder / "town", stage.manifest, config, stage.papers, rpc=stage.rpc.url, post=post)
    one_file = ("--mode", "single", "--outDir", str(folder))
    _node(VITE, "build", "--logLevel", "error", *one_file, BEFFROI_TOWN=str(folder / "town"))


@contextlib.contextmanager
def served(stage: Stage, config: TownConfig, folder: Path = SITE, *, fixed: bool = False) -> Iterator[Served]:
    """A site that is built, furnished with the town and served; and its post office. All ends with the caller.

    Args:
        stage: the town.
        config: its file.
        folder: where the site was built.
        fixed: on the ports that people are told of, where they are free; on any free ones otherwise.

    Raises:
        ServingError: the post office does not start, or the file for the disk cannot be built.
    """
    port = port_near(POST_PORT if fixed else 0)
    post = f"http://127.0.0.1:{port}"
    furnish(folder, stage, config, post=post)
    with (
        tempfile.TemporaryDirectory(prefix="beffroi-post-") as name,
        static_site(folder, port_near(SITE_PORT if fixed else 0)) as site,
    ):
        office = OpenedPost(stage, folder / "town" / "rolls", port, Path(name))
        try:
            office.start()
            yield Served(site, post, folder / ONE_FILE, office)
        finally:
            office.end()


def _await_ready(process: subprocess.Popen[bytes], url: str, said: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(url, timeout=POLL_S * 10).ok:
                return
        time.sleep(POLL_S)
    words = said.read_text(errors="replace").strip()
    raise ServingError(f"the post office did not start: {words[-2_000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _node(script: Path, *arguments: str, **environment: str) -> None:
    command = ["node", str(script), *arguments]
    run = subprocess.run(  # noqa: S603
        command, cwd=FRONTEND, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise ServingError(f"the dApp cannot be built: {(run.stdout + run.stderr).strip()[-2_000:]}")
