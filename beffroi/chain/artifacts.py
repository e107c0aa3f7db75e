"""The contracts as ape compiled them: the only build that is ever deployed."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.errors import SetupError

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "ape-config.yaml").exists() else None
ROOT = CHECKOUT or Path.cwd()
"""Where towns and deployments are: the checkout, or where there is none, the folder one works in."""
BUILD = CHECKOUT / ".build" / "__local__.json" if CHECKOUT else PACKAGE / "contracts.json"
"""What ape compiled in the checkout, or what the wheel brings of it."""


class NotCompiledError(SetupError):
    """A contract is not in the build."""


@dataclass(frozen=True)
class Artifact:
    """A compiled contract.

    Attributes:
        name: unique in the repository.
        abi: its ABI, as JSON.
        initcode: creation code, without constructor arguments.
        runtime: deployed code, with immutables as zeroes.
    """

    name: str
    abi: list[dict[str, Any]]
    initcode: bytes
    runtime: bytes


def artifact(name: str) -> Artifact:
    """The compiled contract of that name.

    Raises:
        NotCompiledError: it is not in the build.
    """
    contract = _build(_modified_ns()).get(name)
    if contract is None:
        raise NotCompiledError(f"{name} is not compiled: run `ape compile`")
    return Artifact(
        name=name,
        abi=contract["abi"],
        initcode=_code(contract, "deploymentBytecode"),
        runtime=_code(contract, "runtimeBytecode"),
    )


def artifacts() -> list[Artifact]:
    """Every contract in the build."""
    return [artifact(name) for name in _build(_modified_ns())]


def compiler_version(name: str) -> str:
    """The full version of the compiler that built a contract, as `0.8.37+commit.f401782d`."""
    artifact(name)
    compilers = json.loads(BUILD.read_text())["compilers"]
    return str(next(compiler["version"] for compiler in compilers if name in compiler["contractTypes"]))


def _code(contract: dict[str, Any], kind: str) -> bytes:
    return bytes.fromhex((contract.get(kind) or {}).get("bytecode", "0x").removeprefix("0x"))


def _modified_ns() -> int:
    return BUILD.stat().st_mtime_ns if BUILD.exists() else 0


@functools.lru_cache(maxsize=1)
def _build(modified_ns: int) -> dict[str, Any]:
    if not modified_ns:
        return {}
    contracts: dict[str, Any] = json.loads(BUILD.read_text())["contractTypes"]
    return contracts
