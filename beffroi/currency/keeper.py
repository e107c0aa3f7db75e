"""A contract of a town that keeps others' money, as contracts/currency/Till.sol has it."""

from dataclasses import dataclass
from typing import ClassVar, Self

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Contract
from beffroi.chain.headers import clock_s
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain
from beffroi.town.manifest import Manifest


@dataclass(frozen=True)
class Keeper:
    """The contract, through a node.

    Attributes:
        NAME: the contract's, by which a town has it and slips are signed for it.
        rpc: the node.
        contract: that keeps the money.
        money: the currency.
        residents: the register, which knows who replaced a lost key.
        chain_id: of the chain.
        start_block: before which it was not there.
    """

    NAME: ClassVar[str]

    rpc: Rpc
    contract: Contract
    money: Contract
    residents: Contract
    chain_id: int
    start_block: int = 0

    @classmethod
    def of(cls, rpc: Rpc, manifest: Manifest) -> Self:
        """A town's.

        Raises:
            KeyError: it has none.
        """
        contract = Contract.built(cls.NAME, manifest.address(cls.NAME))
        money = Contract.built("LocalCurrency", to_checksum_address(contract.read(rpc, "token")))
        residents = Contract.built("Residents", manifest.address("Residents"))
        return cls(rpc, contract, money, residents, manifest.chain_id, manifest.start_block)

    @property
    def domain(self) -> Domain:
        """Where slips for it are valid."""
        return Domain(self.NAME, self.chain_id, self.contract.address)

    def money_domain(self) -> Domain:
        """Where the payments to it are valid."""
        return Domain(str(self.money.read(self.rpc, "name")), self.chain_id, self.money.address)

    def now_s(self) -> int:
        """The chain's clock, unix seconds."""
        return clock_s(self.rpc)
