"""A sealed roll under its Merkle root: leaf encoding `['uint256', 'address']`, values `[index, account]`.

The tree is that of `beffroi.roll.merkle`; `Roll.sol` verifies it.
"""

from collections.abc import Iterable, Sequence

from eth_utils.address import to_checksum_address

from beffroi.errors import InputError
from beffroi.roll.merkle import Tree, climb, hash_leaf

ADDRESS = 20
WORD = 32
PAD = bytes(WORD - ADDRESS)
ZERO = bytes(ADDRESS)


class RollError(InputError):
    """What was given is not a roll."""


class Roll:
    """Everyone who may take part, in order, under one root. It never changes.

    A million accounts take 84 MB: 20 bytes for each, 32 for each node.

    Args:
        accounts: 20 bytes each, in the order of their indices.

    Raises:
        RollError: there is none, one is not 20 bytes, one is zero, or one stands there twice.
    """

    __slots__ = ("_accounts", "_size", "_tree")

    def __init__(self, accounts: Iterable[bytes]) -> None:
        listed = list(accounts)
        _check(listed)
        self._size = len(listed)
        self._accounts = b"".join(listed)
        self._tree = Tree((leaf(index, account) for index, account in enumerate(listed)), self._size)

    @classmethod
    def of(cls, accounts: Iterable[str]) -> "Roll":
        """The roll of these addresses, in this order.

        Raises:
            RollError: one is not an address, or see `Roll`.
        """
        try:
            return cls(bytes.fromhex(account.removeprefix("0x")) for account in accounts)
        except ValueError as error:
            if isinstance(error, RollError):
                raise
            raise RollError(f"an account is not written in hexadecimal: {error}") from error

    def __len__(self) -> int:
        """How many accounts stand on the roll."""
        return self._size

    @property
    def root(self) -> bytes:
        """What seals the roll."""
        return self._tree.root

    def node(self, position: int) -> bytes:
        """A node of the tree: 0 is the root, there are 2n - 1."""
        return self._tree.node(position)

    def account(self, index: int) -> str:
        """The checksummed address that stands at an index."""
        if not 0 <= index < self._size:
            raise IndexError(index)
        return to_checksum_address(self._accounts[index * ADDRESS : (index + 1) * ADDRESS])

    def accounts(self) -> Iterable[str]:
        """Every address in order, checksummed."""
        return (self.account(index) for index in range(self._size))

    def index(self, account: str) -> int:
        """Where an account stands.

        Raises:
            KeyError: it does not.
        """
        wanted = bytes.fromhex(account.removeprefix("0x"))
        at = self._accounts.find(wanted)
        while at != -1 and at % ADDRESS:
            at = self._accounts.find(wanted, at + 1)
        if at == -1 or len(wanted) != ADDRESS:
            raise KeyError(account)
        return at // ADDRESS

    def proof(self, index: int) -> list[bytes]:
        """The siblings from the leaf at `index` up to the root: what `Roll.holds` takes."""
        return self._tree.proof(index)


def leaf(index: int, account: bytes) -> bytes:
    """keccak(keccak(abi.encode(index, account)))."""
    return hash_leaf(index.to_bytes(WORD) + PAD + account)


def verify(root: bytes, index: int, account: str, proof: Sequence[bytes]) -> bool:
    """Whether `account` stands at `index` on the roll that `root` seals, as `Roll.sol` decides it."""
    raw = bytes.fromhex(account.removeprefix("0x"))
    if raw == ZERO or len(raw) != ADDRESS or index < 0:
        return False
    return climb(leaf(index, raw), proof) == root


def _check(accounts: list[bytes]) -> None:
    if not accounts:
        raise RollError("a roll has at least one account")
    seen: set[bytes] = set()
    for index, account in enumerate(accounts):
        if len(account) != ADDRESS:
            raise RollError(f"the account at {index} has {len(account)} bytes, not 20")
        if account == ZERO:
            raise RollError(f"the account at {index} is zero")
        if account in seen:
            raise RollError(f"{to_checksum_address(account)} stands twice, the second time at {index}")
        seen.add(account)
