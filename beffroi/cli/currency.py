"""The treasurer's bureau, and whoever else's acts on the currency or the register."""

from dataclasses import dataclass
from typing import Any, Self

from beffroi.chain.contract import Contract
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.cli.bureau import Bureau
from beffroi.town.session import open_session


@dataclass(frozen=True)
class CurrencyBureau(Bureau):
    """Where someone acts on the local currency or the register of residents.

    Attributes:
        residents: the register.
        currency: the local currency.
        start_block: the town's first.
    """

    residents: Contract
    currency: Contract
    start_block: int

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.

        Raises:
            NotDeployedError: the town does not stand there.
        """
        session = open_session(town, str(provider.http_uri))
        manifest = session.deployed("Residents", "LocalCurrency")
        return cls(
            session.rpc,
            session.chain_id,
            session.config,
            ecosystem,
            residents=Contract.built("Residents", manifest.address("Residents")),
            currency=Contract.built("LocalCurrency", manifest.address("LocalCurrency")),
            start_block=manifest.start_block,
        )

    def act(self, signer: Signer, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        """Sends one act of the currency and gives its receipt; see `Sender.send`."""
        call = Call(self.currency.address, self.currency.encode(function, *args), purpose)
        return Sender(self.rpc, signer).send(call)
