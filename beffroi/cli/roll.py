"""The bureau of rolls: the registrar's, the returning officer's, and whoever checks what they sealed."""

from dataclasses import dataclass
from typing import Any, Self

from beffroi.chain.contract import Contract
from beffroi.cli.bureau import Bureau
from beffroi.consultation.checking import other_node
from beffroi.roll.sealing import RollSeals
from beffroi.town.session import open_session


@dataclass(frozen=True)
class RollBureau(Bureau):
    """Where rolls are drawn, proposed, sealed and verified.

    Attributes:
        rolls: the contract, behind a node.
    """

    rolls: RollSeals

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any, second_node: str | None = None) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.
            second_node: URL of a node that somebody else runs, which must tell the same.

        Raises:
            ConsultationError: the second node is the first.
            NotDeployedError: the town does not stand there, or holds no consultations.
        """
        session = open_session(town, str(provider.http_uri))
        manifest = session.deployed("Rolls", "Residents")
        rolls, register = (Contract.built(name, manifest.address(name)) for name in ("Rolls", "Residents"))
        second = None if second_node is None else other_node(session.rpc, second_node)
        return cls(
            session.rpc,
            session.chain_id,
            session.config,
            ecosystem,
            rolls=RollSeals(session.rpc, rolls, register, manifest.start_block, second),
        )
