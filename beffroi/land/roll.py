"""The roll of the yearly land tax under its Merkle root, as `LandTax` reads it.

The tree is that of `beffroi.roll.merkle` over `['uint256', 'address', 'uint256']`, values `[title, account,
amount_cents]`.
"""

from collections.abc import Sequence

from eth_abi.abi import encode
from eth_utils.address import is_address
from eth_utils.crypto import keccak

from beffroi.land.tax import Bill, TaxError
from beffroi.roll.merkle import Tree, climb, hash_leaf

_LEAF = ("uint256", "address", "uint256")


class TaxRoll:
    """The bills of a year, sealed.

    Args:
        year: of the tax.
        bills: in the order that `tax.land_tax_roll` gives them.

    Raises:
        TaxError: there is no bill, an account is no address, or someone has two bills for a title.
    """

    def __init__(self, year: int, bills: Sequence[Bill]) -> None:
        if not bills:
            raise TaxError(f"nobody owes anything for {year}: there is no roll to seal")
        for bill in bills:
            if not is_address(bill.account):
                raise TaxError(f"{bill.account!r} is no address")
        if len({(bill.title, bill.account.lower()) for bill in bills}) != len(bills):
            raise TaxError("someone has two bills for one title")
        self.year = year
        self.bills = tuple(bills)
        self._tree = Tree((leaf(bill) for bill in bills), len(bills))

    @property
    def root(self) -> bytes:
        """What `LandTax.publishRoll` takes."""
        return self._tree.root

    @property
    def total_cents(self) -> int:
        """The sum of the bills, which goes with the root."""
        return sum(bill.amount_cents for bill in self.bills)

    def proof(self, index: int) -> list[bytes]:
        """The siblings from a bill up to the root: what `LandTax.pay` takes.

        Raises:
            IndexError: there is no such bill.
        """
        return self._tree.proof(index)

    def receipt(self, index: int) -> bytes:
        """The hash that names a bill once paid: `LandTax.receiptOf`.

        Raises:
            IndexError: there is no such bill.
        """
        bill = self.bills[index]
        return keccak(encode(("uint256", *_LEAF), (self.year, bill.title, bill.account, bill.amount_cents)))


def leaf(bill: Bill) -> bytes:
    """keccak(keccak(abi.encode(title, account, amount_cents)))."""
    return hash_leaf(encode(_LEAF, (bill.title, bill.account, bill.amount_cents)))


def holds(root: bytes, bill: Bill, proof: Sequence[bytes]) -> bool:
    """Whether a bill is on the roll that a root seals."""
    return climb(leaf(bill), proof) == root
