"""The roll of a programme under its Merkle root, as `Programmes` reads it, and the file in which it is published.

The tree is that of `beffroi.roll.merkle` over `['bytes32', 'uint256', 'address', 'uint256']`, values `[programme,
index, key, units a period]`: the programme's name, which binds sponsor, contract and chain, is in each leaf. Keys stand
in their own order, never in that of a list of people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi import csvfile
from beffroi.csvfile import Column, CsvError
from beffroi.errors import InputError
from beffroi.roll.merkle import Tree, climb, hash_leaf

MOST_UNITS = 2**32 - 1
"""A period: what the contract's slot holds."""
_LEAF = ("bytes32", "uint256", "address", "uint256")
_COLUMNS = (
    Column("index", csvfile.number, unique=True),
    Column("key", csvfile.address, unique=True, also=("clé",)),
    Column("units", csvfile.number, also=("unités",)),
    Column("rule", csvfile.bytes32, also=("règle",)),
)


class ProgrammeRollError(InputError):
    """What was given is not a programme's roll, or not the one that was sealed."""


@dataclass(frozen=True)
class SealedProgramme:
    """What the chain says of a roll, by `ProgrammeOpened`.

    Attributes:
        root: its Merkle root.
        total: units a period that it allows in sum.
        rule_hash: of the rule by which it was made.
    """

    root: bytes
    total: int
    rule_hash: bytes


class ProgrammeRoll:
    """Who may spend how many units a period, under one root. It never changes.

    Args:
        programme: the 32 bytes that name it (`name_of`).
        rule_hash: 32 bytes, of the rule by which it was made.
        units: a period, by checksummed key, in any order.

    Raises:
        ProgrammeRollError: nobody stands there, or somebody may spend nothing or more than the contract counts.
    """

    def __init__(self, programme: bytes, rule_hash: bytes, units: Mapping[str, int]) -> None:
        if not units:
            raise ProgrammeRollError("nobody stands on the roll: there is nothing to seal")
        for key, each in units.items():
            if not 0 < each <= MOST_UNITS:
                raise ProgrammeRollError(f"{key} may spend {each} units a period: 1 to {MOST_UNITS} are allowed")
        self.programme = programme
        self.rule_hash = rule_hash
        self.entries = tuple(sorted(units.items(), key=lambda entry: entry[0].lower()))
        self._tree = Tree(self._leaves(), len(self.entries))

    @property
    def root(self) -> bytes:
        """What `Programmes.open` takes."""
        return self._tree.root

    @property
    def total(self) -> int:
        """Units a period in sum, which go with the root."""
        return sum(each for _, each in self.entries)

    def index_of(self, key: str) -> int:
        """Where a key stands.

        Raises:
            ProgrammeRollError: it does not.
        """
        for index, (listed, _) in enumerate(self.entries):
            if listed.lower() == key.lower():
                return index
        raise ProgrammeRollError(f"{key} does not stand on this programme's roll: the sheet may be of another one")

    def place(self, key: str) -> tuple[str, int, int, list[bytes]]:
        """A key's `Place`, as `Programmes.spend` takes it: key, index, units a period, proof.

        Raises:
            ProgrammeRollError: it does not stand there.
        """
        index = self.index_of(key)
        listed, each = self.entries[index]
        return (listed, index, each, self._tree.proof(index))

    def require(self, sealed: SealedProgramme) -> None:
        """Holds the roll to what was sealed.

        Raises:
            ProgrammeRollError: with everything that is not as the chain says.
        """
        problems = []
        if self.total != sealed.total:
            problems.append(f"it allows {self.total} units a period, and {sealed.total} were announced")
        if self.rule_hash != sealed.rule_hash:
            problems.append(
                f"it was made by rule 0x{self.rule_hash.hex()}, and 0x{sealed.rule_hash.hex()} was announced"
            )
        if self.root != sealed.root:
            problems.append(
                f"its root is 0x{self.root.hex()} where 0x{sealed.root.hex()} was sealed: "
                "it is another programme's, or was changed"
            )
        if problems:
            raise ProgrammeRollError("this is not the roll that was sealed: " + "; ".join(problems))

    def text(self) -> str:
        """The file that is published: CSV, a line a key."""
        rule = f"0x{self.rule_hash.hex()}"
        lines = [f"{index};{key};{each};{rule}" for index, (key, each) in enumerate(self.entries)]
        return "\n".join(["index;key;units;rule", *lines, ""])

    def _leaves(self) -> Iterable[bytes]:
        return (leaf(self.programme, index, key, each) for index, (key, each) in enumerate(self.entries))


def read_roll(path: Path, programme: bytes) -> ProgrammeRoll:
    """A roll from the file in which it is published.

    Raises:
        CsvError: with every line that is wrong: a key twice, an index out of its place, another rule.
        ProgrammeRollError: see `ProgrammeRoll`.
    """
    rows = csvfile.read(path, _COLUMNS)
    ordered = sorted((str(row["key"]) for row in rows), key=str.lower)
    rule = rows[0]["rule"]
    problems = []
    for row in rows:
        if row["index"] >= len(ordered) or ordered[row["index"]] != row["key"]:
            problems.append(
                f"line {row.line}: {row['key']} has index {ordered.index(row['key'])}, in the order of keys"
            )
        if row["rule"] != rule:
            problems.append(f"line {row.line}: the rule is not that of line {rows[0].line}: a roll is made by one")
    if problems:
        raise CsvError(path, problems)
    return ProgrammeRoll(programme, rule, {row["key"]: row["units"] for row in rows})


def name_of(chain_id: int, contract: str, sponsor: str, salt: bytes) -> bytes:
    """What names a sponsor's programme: `Programmes.nameOf`, keccak256(abi.encode(chain, contract, sponsor, salt))."""
    return keccak(encode(("uint256", "address", "address", "bytes32"), (chain_id, contract, sponsor, salt)))


def leaf(programme: bytes, index: int, key: str, each: int) -> bytes:
    """keccak(keccak(abi.encode(programme, index, key, units a period)))."""
    return hash_leaf(encode(_LEAF, (programme, index, key, each)))


def holds(root: bytes, programme: bytes, place: tuple[str, int, int, Sequence[bytes]]) -> bool:
    """Whether a place is on the roll that a root seals, as the contract decides it."""
    key, index, each, proof = place
    return climb(leaf(programme, index, key, each), proof) == root
