"""What the scripts of a consultation share: the contracts, who signs, the roll's file, and errors in plain words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from beffroi.ballots.params import Params
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.office import choose_officer
from beffroi.roll import Roll, read_csv
from beffroi.town.config import TownConfig
from beffroi.town.session import open_session, plain_errors

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Desk:
    """Where someone acts in a consultation.

    Attributes:
        polls: the contracts.
        ecosystem: ape's, which its accounts sign for.
        config: the town's file; None where only an address is known.
        residents: the town's register; None there too.
    """

    polls: Polls
    ecosystem: Any
    config: TownConfig | None = None
    residents: Contract | None = None

    def signer(self, account: str | None, office: str | None = None) -> Signer:
        """Who signs; see `beffroi.office.Office.signer`.

        Raises:
            NoAccountError: there is no such account, or none is named on a public chain.
        """
        return choose_officer(self.polls.chain_id, self.config, self.ecosystem, account, office)


@contextmanager
def at_desk(town: str, contract: str | None, since: int, provider: Any, ecosystem: Any) -> Iterator[Desk]:
    """Opens the polls of a town, or of a contract's address alone; what a user can do something about is a message.

    Raises:
        click.ClickException: with that message.
    """
    with plain_errors():
        if contract is not None:
            yield Desk(Polls.at(Rpc(str(provider.http_uri)), contract, since), ecosystem)
            return
        session = open_session(town, str(provider.http_uri))
        manifest = session.manifest
        if manifest is None or "Consultations" not in manifest.contracts:
            raise ConsultationError(
                f"{session.config.name} holds no consultations on chain {session.chain_id}: "
                f"`ape run deploy --town {town} --network …` first, or give --contract"
            )
        polls = Polls.at(session.rpc, manifest.address("Consultations"), manifest.start_block)
        residents = Contract.built("Residents", manifest.address("Residents"))
        yield Desk(polls, ecosystem, session.config, residents)


def sealed_roll(path: Path, params: Params) -> Roll:
    """The roll of a file, which must be the one that the consultation sealed.

    Raises:
        ConsultationError: it is another.
        RollError: the file is not a roll.
    """
    roll, _ = read_csv(path)
    if (roll.root, len(roll)) != (params.roll_root, params.roll_size):
        raise ConsultationError(f"{path.name} is not the roll that consultation {params.consultation} sealed")
    return roll


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--town`, or `--contract` and `--since`, for whoever has a node and an address only."""
    for option in (
        click.option("--since", default=0, help="With --contract: the block at which it was created, to search less."),
        click.option("--contract", metavar="ADDRESS", help="Consultations itself, instead of a town."),
        click.option("--town", default="example", show_default=True, help="A file, or its name in towns/."),
    ):
        command = option(command)
    return command


def account_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--account`, for whoever sends a transaction."""
    return click.option("--account", metavar="ALIAS", help="The ape account that signs and pays.")(command)


def roll_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--roll`, the sealed roll as it was published."""
    words = "The sealed roll, as it was published when the consultation was opened."
    return click.option("--roll", "roll_path", type=EXISTING, required=True, help=words)(command)
