"""The sealed rolls that the post office has: files in a folder, read when first asked for, found by their root."""

import re
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from beffroi.ballots.records import RollTree as Proofs
from beffroi.roll import Roll, RollError, read_csv

NAME = re.compile("0x[0-9a-f]{64}")


@dataclass(frozen=True)
class SealedRoll:
    """A roll and who stands where, for many questions.

    Attributes:
        roll: as its file has it.
    """

    roll: Roll

    @cached_property
    def places(self) -> dict[bytes, int]:
        """The index of each account."""
        return {bytes.fromhex(account[2:]): index for index, account in enumerate(self.roll.accounts())}

    @cached_property
    def proofs(self) -> Proofs:
        """The whole tree, for proofs of many places at once."""
        return Proofs(list(self.places))

    def has(self, account: str) -> bool:
        """Whether an account stands on it."""
        return bytes.fromhex(account[2:]) in self.places

    def index(self, account: str) -> int:
        """Where an account stands.

        Raises:
            KeyError: it does not.
        """
        return self.places[bytes.fromhex(account[2:])]

    def proof(self, index: int) -> list[bytes]:
        """The siblings from the leaf at `index` up to the root."""
        return self.roll.proof(index)


@dataclass
class Rolls:
    """A folder of rolls named `<root>.csv`.

    Args:
        folder: where they are; None for none.
    """

    folder: Path | None
    _read: dict[bytes, SealedRoll] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def get(self, root: bytes) -> SealedRoll | None:
        """The roll of that root; None when the folder has no sound file of it."""
        known = self._read.get(root)
        if known is not None or self.folder is None:
            return known
        path = self.folder / f"0x{root.hex()}.csv"
        if not path.is_file():
            return None
        with self._lock:
            if root not in self._read:
                try:
                    roll, _ = read_csv(path)
                except (RollError, OSError, UnicodeDecodeError):
                    return None
                if roll.root != root:
                    return None
                self._read[root] = SealedRoll(roll)
        return self._read[root]

    def roots(self) -> list[str]:
        """Every root there is a file for."""
        if self.folder is None or not self.folder.is_dir():
            return []
        return sorted(path.stem for path in self.folder.glob("*.csv") if NAME.fullmatch(path.stem))
