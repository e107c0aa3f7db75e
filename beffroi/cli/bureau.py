"""Where someone gives commands for an office of a town."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import click

from beffroi.chain.identity import chain_identity
from beffroi.chain.journal import Journal, JournaledSigner
from beffroi.chain.pending import TransactionPendingError, settle
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.cli import journals
from beffroi.cli.accounts import choose_officer
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest, journal_path
from beffroi.town.session import open_session


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

        What a run that was cut short has sent gets into blocks first, and is told. Whoever compares with the chain
        then sees all of it; any other command finds its acts in the account's journal, and does none twice.

        Args:
            account: ape's alias.
            office: as in the town's file.
            resumes: whether the command compares with the chain from here on, and does only what is left.

        Raises:
            NoAccountError: there is no such account, or none is named on a public chain.
            AccountBusyError: another command of that account is under way.
            JournalError: the journal is damaged.
            TransactionPendingError: its transactions are in no block in time; or they are now, and were sent from
                elsewhere, perhaps for this command, which would be carried out again.
        """
        who = self.chosen(account, office)
        journal = self._journal(str(who.address))
        carried_out = self.rpc.number("eth_getTransactionCount", who.address, "latest")
        under_way = settle(self.rpc, str(who.address), told=click.echo)
        if under_way and not resumes and not any(note.nonce >= carried_out for note in journal.earlier):
            raise TransactionPendingError(
                f"transactions of {who.address} were under way, perhaps of this very command, and are in blocks now: "
                "see what they did before you start it again"
            )
        for note in journal.earlier:
            fate, receipt = journal.outcome(self.rpc, note)
            where = f", in block {int(receipt['blockNumber'], 16):,}" if receipt else ""
            click.echo(
                f"An earlier run was cut short. It sent: {note.purpose}. {fate.capitalize()}{where} "
                f"({receipt.get('transactionHash', note.transactions[-1])})."
            )
        if journal.earlier:
            click.echo("You are told so until that command is given again.")
        return who if resumes else JournaledSigner(who, journal)

    def _journal(self, account: str) -> Journal:
        _, genesis_hash = chain_identity(self.rpc)
        return journals.journal(journal_path(self.chain_id, genesis_hash, account), account)


@dataclass(frozen=True)
class TownBureau(Bureau):
    """Where someone acts in contracts of a town that stands.

    Attributes:
        NEEDS: the contracts without which it does not open.
        manifest: of the town.
    """

    NEEDS: ClassVar[tuple[str, ...]]

    manifest: Manifest

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.

        Raises:
            NotDeployedError: the town does not stand there, or has not what is needed.
        """
        session = open_session(town, str(provider.http_uri))
        manifest = session.deployed(*cls.NEEDS)
        return cls(session.rpc, session.chain_id, session.config, ecosystem, manifest=manifest)
