"""Files stay as long as a reader's patience: a limit for each, and half of a language's files well below it."""

import statistics
import subprocess

import pytest

from beffroi.chain.artifacts import ROOT

SOURCES = {
    "contracts": ("contracts/*.sol",),
    "Python": ("beffroi/*.py", "scripts/*.py"),
    "TypeScript": ("frontend/src/*.ts", "frontend/src/*.tsx"),
}
MEDIAN_LINES = {"contracts": 120, "Python": 120, "TypeScript": 75}
LONGEST_LINES = {".sol": 400, ".py": 300, ".ts": 300, ".tsx": 300}


def lines(*patterns):
    """The number of lines of each tracked file."""
    command = ["git", "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return {path.relative_to(ROOT): path.read_bytes().count(b"\n") for path in paths if path.is_file()}


@pytest.mark.parametrize("language", SOURCES)
def test_half_of_a_languages_files_are_short(language):
    counted = lines(*SOURCES[language])
    assert statistics.median(counted.values()) <= MEDIAN_LINES[language]


@pytest.mark.parametrize("suffix", LONGEST_LINES)
def test_no_file_is_too_long_to_read(suffix):
    counted = lines(f"*{suffix}")
    assert counted
    assert {str(path): length for path, length in counted.items() if length > LONGEST_LINES[suffix]} == {}
