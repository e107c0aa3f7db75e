"""Where someone gives commands for an office of a town."""

from dataclasses import dataclass
from typing import Any

from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.cli.accounts import choose_officer
from beffroi.town.config import TownConfig


@dataclass(frozen=True)
class Bureau:
    """A node, a town's file, and whoever may sign.

    Attributes:
        rpc: the node.
        chain_id: of the chain.
        config: the town's file; None where only an address is known.
        ecosystem: ape's, which its accounts sign for.
    """

    rpc: Rpc
    chain_id: int
    config: TownConfig | None
    ecosystem: Any

    def signer(self, account: str | None, office: str | None = None) -> Signer:
        """Who signs: an account of ape's; on a local chain, without one, whoever of Anvil's holds that office.

        Args:
            account: ape's alias.
            office: as in the town's file.

        Raises:
            NoAccountError: there is no such account, or none is named on a public chain.
        """
        return choose_officer(self.chain_id, self.config, self.ecosystem, account, office)
