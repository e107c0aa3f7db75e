"""A roll as open data.

Two forms, both rebuilt and checked by anyone:

* **CSV**, compact: lines `# key: value` that state the seal (`format`, `root`, `size`, `chain`, `contract`, `block`,
  `date`, `kind`), then `index,account` and one line for each account, in order, in UTF-8. A million accounts are 50 MB.
  The header says what to expect; the root is always computed again from the lines.
* **`standard-v1` JSON**, what `StandardMerkleTree.load` of @openzeppelin/merkle-tree reads, with every node.
"""

import dataclasses
import datetime as dt
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.roll.tree import Roll, RollError
from beffroi.textfile import read_text

FORMAT = "beffroi-roll-2"
ENCODING = ["uint256", "address"]
COLUMNS = ["index", "account"]
HEAD_BYTES = 4_096
HEADER = re.compile(r"# ([a-z]+): (.*)")
ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}")
BY_PAPERS = " by papers of schema "
"""In the kind of a roll that an office drew by what people showed it."""


@dataclasses.dataclass(frozen=True)
class Seal:
    """What a roll's file states about itself.

    Attributes:
        root: 32 bytes, `0x…`.
        size: how many accounts.
        chain: chain id of the register it was drawn from.
        contract: address of that register.
        block: the block at whose end it was drawn.
        date: that day, ISO 8601, UTC.
        kind: the kinds of residents that it is the whole roll of, as `citizen+professional`; or by which papers an
            office drew it.
    """

    root: str
    size: int
    chain: int
    contract: str
    block: int
    date: str
    kind: str

    @classmethod
    def of(cls, roll: Roll, *, chain: int, contract: str, block: int, date: dt.date, kind: str) -> "Seal":
        """The seal of a roll of a kind drawn from the register `contract` on `chain` at the end of `block`."""
        return cls("0x" + roll.root.hex(), len(roll), chain, contract, block, date.isoformat(), kind)


def write_csv(roll: Roll, seal: Seal, path: Path) -> None:
    """Writes the roll as CSV, whole or not at all.

    Raises:
        RollError: the seal is another roll's.
    """
    _compare(roll, seal)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(f"# format: {FORMAT}\n")
            file.writelines(f"# {key}: {value}\n" for key, value in dataclasses.asdict(seal).items())
            file.write(",".join(COLUMNS) + "\n")
            file.writelines(f"{index},{account}\n" for index, account in enumerate(roll.accounts()))
        except BaseException:
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105, the atomic one by its name


def read_csv(path: Path) -> tuple[Roll, Seal]:
    """The roll of a file, its root computed from its lines and equal to the one that it states.

    Raises:
        RollError: the file is not a roll, or does not have the root, size or order that it states.
    """
    with path.open("rb") as raw:
        head = raw.read(HEAD_BYTES)
        if b"\0" in head or head.startswith(b"%PDF"):
            read_text(path, RollError)  # which says what it is instead
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = enumerate(file, 1)
            seal = _seal(lines)
            roll = Roll(_accounts(lines))
    except UnicodeDecodeError:
        read_text(path, RollError)  # which says where
        raise
    _compare(roll, seal)
    return roll, seal


def verify_csv(path: Path, root: bytes) -> Seal:
    """The seal of a file, if its accounts have this root: the one that the chain holds.

    Raises:
        RollError: the file is not a roll, or another one.
    """
    roll, seal = read_csv(path)
    if roll.root != root:
        raise RollError(f"the file's accounts have the root 0x{roll.root.hex()}, not 0x{root.hex()}")
    return seal


def as_standard_tree(roll: Roll) -> dict[str, Any]:
    """The roll as `StandardMerkleTree.load` reads it: to be written as JSON."""
    size = len(roll)
    return {
        "format": "standard-v1",
        "leafEncoding": ENCODING,
        "tree": ["0x" + roll.node(position).hex() for position in range(2 * size - 1)],
        "values": [
            {"value": [str(index), account], "treeIndex": 2 * size - 2 - index}
            for index, account in enumerate(roll.accounts())
        ],
    }


def _seal(lines: Iterator[tuple[int, str]]) -> Seal:
    """The seal that the header states; reads up to the line of column names."""
    stated: dict[str, str] = {}
    for number, line in lines:
        text = line.rstrip("\r\n")
        if match := HEADER.fullmatch(text):
            if match[1] in stated:
                raise RollError(f"line {number}: the header states {match[1]} twice")
            stated[match[1]] = match[2]
        elif text.split(",") == COLUMNS:
            break
        else:
            raise RollError(f"line {number}: expected `# key: value` or `{','.join(COLUMNS)}`, found {text[:60]!r}")
    if stated.pop("format", None) != FORMAT:
        raise RollError(f"not a roll: its header does not say `# format: {FORMAT}`")
    if missing := {field.name for field in dataclasses.fields(Seal)} - stated.keys():
        raise RollError(f"the header does not state {', '.join(sorted(missing))}")
    if not ACCOUNT.fullmatch(stated["contract"]):
        raise RollError("the header states a contract that is no address")
    try:
        return Seal(
            root=stated["root"],
            size=int(stated["size"]),
            chain=int(stated["chain"]),
            contract=stated["contract"],
            block=int(stated["block"]),
            date=dt.date.fromisoformat(stated["date"]).isoformat(),
            kind=stated["kind"],
        )
    except ValueError as error:
        raise RollError(f"the header states something that it cannot: {error}") from error


def _accounts(lines: Iterator[tuple[int, str]]) -> Iterator[bytes]:
    for expected, (number, line) in enumerate(lines):
        if not line.strip():
            _require_blank(number, lines)
            return
        index, _, account = line.rstrip("\r\n").partition(",")
        if index != str(expected):
            raise RollError(f"line {number}: expected index {expected}, found {index[:20]!r}")
        if not ACCOUNT.fullmatch(account):
            raise RollError(f"line {number}: {account[:60]!r} is not an address")
        yield bytes.fromhex(account[2:])


def _require_blank(blank: int, lines: Iterator[tuple[int, str]]) -> None:
    """Editors end a file with blank lines; within it, one hides something that is missing."""
    if any(line.strip() for _, line in lines):
        raise RollError(f"line {blank}: blank, and more lines follow")


def _compare(roll: Roll, seal: Seal) -> None:
    if len(roll) != seal.size:
        raise RollError(f"there are {len(roll)} accounts, where {seal.size} are stated")
    if "0x" + roll.root.hex() != seal.root.lower():
        raise RollError(f"the accounts have the root 0x{roll.root.hex()}, where {seal.root} is stated")
