"""Which lines of prose and comments run past 120 columns: `python tools/columns.py`, in `make lint`.

Ruff, forge fmt and prettier hold code; none of them holds comments in every language, Markdown, or what configures
tools. A table's row, a fence of code and a line that is one long word cannot be broken, and are left alone.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 120
PROSE = {".md"}
COMMENTED = {".sol", ".ts", ".tsx", ".css", ".toml", ".yaml", ".yml", ".sh", ".cjs", ".mjs", ".py", ".tree", ""}
COMMENT = re.compile(r"^\s*(//|#|\*|/\*|<!--)")
LOCKED = {"uv.lock", "package-lock.json"}


def too_wide(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Lines of a file that a reader has to scroll for.

    Args:
        path: decides what counts: all prose of Markdown, the comments of everything else, each line of a tree.
        text: what stands in the file.

    Yields:
        The line's number, from 1, and the line.
    """
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        fenced ^= line.lstrip().startswith("```")
        if len(line) <= WIDTH or len(line.split()) == 1:
            continue
        prose = path.suffix in PROSE and not fenced and not line.startswith(("|", "    "))
        comment = path.suffix in COMMENTED and COMMENT.match(line)
        if prose or comment or path.suffix == ".tree":
            yield number, line


def main() -> int:
    """Names every such line of the tracked files.

    Returns:
        1 when there is one, else 0.
    """
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wide = 0
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.name in LOCKED or path.suffix not in PROSE | COMMENTED or not path.is_file():
            continue
        for number, line in too_wide(path, path.read_text(encoding="utf-8")):
            wide += 1
            print(f"{name}:{number}: {len(line)} columns, {WIDTH} at most: {line.strip()[:60]}…")
    return int(wide > 0)


if __name__ == "__main__":
    sys.exit(main())
