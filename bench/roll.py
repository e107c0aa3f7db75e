"""The sealed roll: time and memory of a million leaves, and the same tree by @openzeppelin/merkle-tree on fewer."""

import subprocess
import sys
from pathlib import Path

from bench.row import Row

ROOT = Path(__file__).parents[1]
LEAVES = 1_000_000
SHARED = 100_000

OURS = """
import random, resource, sys, time
from beffroi.roll import Roll
chance = random.Random(1)
accounts = [chance.randbytes(20) for _ in range(int(sys.argv[1]))]
started = time.perf_counter()
root = Roll(accounts).root
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
mebibytes = peak / (2**20 if sys.platform == "darwin" else 2**10)
print(root.hex(), seconds, mebibytes)
"""

THEIRS = """
const { StandardMerkleTree } = require('@openzeppelin/merkle-tree');
const accounts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const values = accounts.map((account, index) => [String(index), account]);
const started = performance.now();
const tree = StandardMerkleTree.of(values, ['uint256', 'address'], { sortLeaves: false });
console.log(tree.root.slice(2), (performance.now() - started) / 1000);
"""


def rows() -> list[Row]:
    """Seconds and mebibytes, each build in a process of its own."""
    _, seconds, mebibytes = _ours(LEAVES)
    root, fewer_s, _ = _ours(SHARED)
    their_root, their_s = _theirs(SHARED)
    if root != their_root:
        raise RuntimeError(f"two trees over the same accounts: {root} and {their_root}")
    return [
        Row("roll", "seal 1,000,000 accounts", "s", ours=seconds, ceiling=60),
        Row("roll", "seal 1,000,000 accounts, peak memory", "MiB", ours=mebibytes, ceiling=2_000),
        Row("roll", "seal 100,000 accounts", "s", ours=fewer_s, peers={"@openzeppelin/merkle-tree": their_s}),
    ]


def _ours(leaves: int) -> tuple[str, float, float]:
    done = _run([sys.executable, "-c", OURS, str(leaves)])
    root, seconds, mebibytes = done.split()
    return root, float(seconds), float(mebibytes)


def _theirs(leaves: int) -> tuple[str, float]:
    accounts = (
        "import json,random;c=random.Random(1);print(json.dumps(['0x'+c.randbytes(20).hex() for _ in range(%d)]))"
    )
    given = _run([sys.executable, "-c", accounts % leaves])
    root, seconds = _run(["node", "-e", THEIRS], given).split()
    return root, float(seconds)


def _run(command: list[str], given: str | None = None) -> str:
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    return done.stdout
