"""The treasurer's bureau, and whoever else's acts on the currency or the register."""

from dataclasses import dataclass
from typing import Any, Self

from typing_extensions import override

from beffroi.chain.contract import Contract
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.cli.accounts import held_by_anvil
from beffroi.cli.bureau import Bureau
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.modules.currency import CurrencySection
from beffroi.town.session import NotDeployedError, open_session


@dataclass(frozen=True)
class CurrencyBureau(Bureau):
    """Where someone acts on the local currency or the register of residents.

    Attributes:
        residents: the register.
        currency: the local currency, or another of the town's.
        money: its section of the town's file.
        currencies: every one that stands, by name, one that another takes over from included.
        start_block: the town's first.
    """

    residents: Contract
    currency: Contract
    money: CurrencySection
    currencies: dict[str, Contract]
    start_block: int

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any, *, currency: str | None = None) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.
            currency: the currency's name in the town, or of one that it succeeds; the first by default.

        Raises:
            NotDeployedError: the town does not stand there, or has no such currency.
        """
        session = open_session(town, str(provider.http_uri))
        money = _section(session.config, currency)
        name = currency or money.contract
        manifest = session.deployed("Residents", name)
        return cls(
            session.rpc,
            session.chain_id,
            session.config,
            ecosystem,
            residents=Contract.built("Residents", manifest.address("Residents")),
            currency=Contract.built("LocalCurrency", manifest.address(name)),
            money=money,
            currencies={
                it: Contract.built("LocalCurrency", manifest.address(it)) for it in manifest.instances("LocalCurrency")
            },
            start_block=manifest.start_block,
        )

    @override
    def chosen(self, account: str | None, office: str | None) -> Signer:
        own = self.money.offices.held().get(Office[office.upper()]) if office else None
        holder = held_by_anvil(self.chain_id, own) if account is None and own else None
        return holder or super().chosen(account, office)

    def moving(self) -> list[str]:
        """The names of the town's currencies that are not stopped."""
        return [name for name, currency in self.currencies.items() if not currency.read(self.rpc, "paused")]

    def act(
        self, signer: Signer, function: str, *args: Any, purpose: str, value_wei: int = 0, missing: bool = False
    ) -> dict[str, Any]:
        """Sends one act of the currency and gives its receipt; see `Sender.send`.

        Args:
            signer: who acts.
            function: of the contract.
            args: of the function.
            purpose: in words.
            value_wei: what it brings along.
            missing: whether the chain was asked and lacks it; see `Sender.send_missing`.
        """
        call = Call(self.currency.address, self.currency.encode(function, *args), purpose, value_wei)
        sender = Sender(self.rpc, signer)
        return sender.send_missing(call) if missing else sender.send(call)


def _section(config: TownConfig, currency: str | None) -> CurrencySection:
    money = config.money(currency)
    if money is None:
        there = ", ".join(known.contract for known in config.currency) or "none"
        raise NotDeployedError(f"{config.name} has no currency {currency or ''}: it has {there}")
    return money
