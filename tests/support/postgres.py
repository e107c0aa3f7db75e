"""A PostgreSQL cluster for as long as a test needs it, from the binaries of Debian's package; nothing is installed."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

MISSING = (
    "PostgreSQL's initdb and postgres are neither under /usr/lib/postgresql nor on the PATH: install Debian's package "
    "`postgresql`, or set BEFFROI_NO_POSTGRES=1 to leave these tests out"
)


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`, of the newest version that is there."""
    found = [it for it in Path("/usr/lib/postgresql").glob("*/bin") if (it / "initdb").exists()]
    if found:
        return max(found, key=lambda it: int(it.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path and shutil.which("postgres") else None


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """The URL of a fresh cluster on loopback. PostgreSQL refuses to be run by root: then as `postgres`."""
    folder = binaries()
    assert folder, MISSING
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    with tempfile.TemporaryDirectory(prefix="beffroi-pg-") as home, socket.socket() as probe:
        os.chown(home, user.pw_uid, user.pw_gid)
        data, port = Path(home) / "data", _free_port(probe)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        initdb = [folder / "initdb", "-D", data, "-U", "beffroi", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=home, **as_user)
        server = subprocess.Popen(
            [folder / "postgres", "-D", data, "-p", str(port), "-k", home,
             "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home, **as_user,
        )  # fmt: skip
        try:
            url = f"postgresql://beffroi@127.0.0.1:{port}/postgres"
            _await(url)
            yield url
        finally:
            server.send_signal(2)  # "fast": ends what is open, then itself
            server.wait(timeout=60)


def _free_port(probe: socket.socket) -> int:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
    probe.close()
    return int(port)


def _await(url: str) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def fresh(url: str) -> str:
    """The URL of a new, empty database in a cluster."""
    name = f"post_{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.rpartition("/")[0] + f"/{name}"
