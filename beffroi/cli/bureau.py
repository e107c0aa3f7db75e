"""Where someone gives commands for an office of a town."""

from dataclasses import dataclass
from typing import Any

import click

from beffroi.chain.pending import TransactionPendingError, settle
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

    def chosen(self, account: str | None, office: str | None) -> Signer:
        """The account itself, whatever it has under way; see `signer`."""
        return choose_officer(self.chain_id, self.config, self.ecosystem, account, office)

    def signer(self, account: str | None, office: str | None = None, *, resumes: bool = False) -> Signer:
        """Who signs: an account of ape's; on a local chain, without one, whoever of Anvil's holds that office.

        What a run that was cut short has sent gets into blocks first: whoever compares then sees all of it.

        Args:
            account: ape's alias.
            office: as in the town's file.
            resumes: whether the command compares with the chain from here on, and does only what is left.

        Raises:
            NoAccountError: there is no such account, or none is named on a public chain.
            TransactionPendingError: its transactions are in no block in time; or they are now, and this command, which
                they may be of, would be carried out again.
        """
        who = self.chosen(account, office)
        if settle(self.rpc, str(who.address), told=click.echo) and not resumes:
            raise TransactionPendingError(
                f"transactions of {who.address} were under way, perhaps of this very command, and are in blocks now: "
                "see what they did before you start it again"
            )
        return who
