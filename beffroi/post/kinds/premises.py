"""Where a town's contracts take slips: what a module needs to know of a town to tell which kinds are served there."""

from collections.abc import Iterator
from dataclasses import dataclass

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain
from beffroi.post.rolls import Rolls
from beffroi.town.manifest import Manifest


@dataclass(frozen=True)
class Premises:
    """A deployed town, as its manifest has it.

    Attributes:
        rpc: the node.
        manifest: of the town.
        rolls: the sealed rolls at hand.
    """

    rpc: Rpc
    manifest: Manifest
    rolls: Rolls

    def contract(self, name: str) -> Contract | None:
        """The contract of that name in the town; None where it has none."""
        record = self.manifest.contracts.get(name)
        return Contract.built(record.contract, record.address) if record else None

    def instances(self, built: str) -> Iterator[tuple[str, Contract]]:
        """Every instance of a contract in the build with its name in the town, which is empty for the first."""
        named = [(name, record) for name, record in self.manifest.contracts.items() if record.contract == built]
        for place, (name, record) in enumerate(named):
            yield name if place else "", Contract.built(built, record.address)

    def domain(self, name: str, contract: Contract) -> Domain:
        """Where slips are valid that a contract verifies under that EIP-712 name."""
        return Domain(name, self.manifest.chain_id, contract.address)

    def money(self, currency: Contract) -> Domain:
        """Where slips of a currency are valid; its own name is theirs.

        Raises:
            RpcError: it is not where the manifest says.
        """
        return self.domain(str(currency.read(self.rpc, "name")), currency)
