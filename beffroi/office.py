"""What the scripts of an office share: the town's contracts, who signs, progress, and errors in plain words."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from beffroi.chain.contract import Contract
from beffroi.chain.order import Outcome, State
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import LOCAL_CHAIN_IDS, TEST_ACCOUNTS, anvil_account, choose_signer
from beffroi.chain.transaction import Call, Signer
from beffroi.town.config import TownConfig
from beffroi.town.session import open_session, plain_errors

SHOWN_FAILURES = 20


@dataclass(frozen=True)
class Office:
    """A town's office at work.

    Attributes:
        rpc: the node.
        chain_id: of the chain.
        residents: the register.
        currency: the local currency.
        start_block: the town's first.
        config: the town's file.
        ecosystem: ape's, which its accounts sign for.
    """

    rpc: Rpc
    chain_id: int
    residents: Contract
    currency: Contract
    start_block: int
    config: TownConfig
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

    def act(self, signer: Signer, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        """Sends one act of the currency and gives its receipt; see `Sender.send`."""
        call = Call(self.currency.address, self.currency.encode(function, *args), purpose)
        return Sender(self.rpc, signer).send(call)


def choose_officer(
    chain_id: int, config: TownConfig | None, ecosystem: Any, account: str | None, office: str | None = None
) -> Signer:
    """Who signs for an office of a town; see `Office.signer`.

    Raises:
        NoAccountError: there is no such account, or none is named on a public chain.
    """
    if account is None and office and config is not None and chain_id in LOCAL_CHAIN_IDS:
        held = {str(it.account) for it in getattr(config.offices, office)}
        for index in range(TEST_ACCOUNTS):
            if anvil_account(index).address in held:
                return anvil_account(index)
    return choose_signer(chain_id, ecosystem, account)


@contextmanager
def at_work(town: str, provider: Any, ecosystem: Any) -> Iterator[Office]:
    """Opens a town's office; what a user can do something about becomes a message.

    Raises:
        click.ClickException: with that message.
    """
    with plain_errors():
        session = open_session(town, str(provider.http_uri))
        manifest = session.manifest
        if manifest is None:
            raise click.ClickException(
                f"{session.config.name} is not deployed on chain {session.chain_id}: "
                f"`ape run deploy --town {town} --network …` first"
            )
        yield Office(
            rpc=session.rpc,
            chain_id=session.chain_id,
            residents=Contract.built("Residents", manifest.address("Residents")),
            currency=Contract.built("LocalCurrency", manifest.address("LocalCurrency")),
            start_block=manifest.start_block,
            config=session.config,
            ecosystem=ecosystem,
        )


@contextmanager
def progress_bar(console: Console, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar that stays when it is full; what it gives is called with how much was done since."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=total)
        yield functools.partial(progress.advance, task)


def require_done(outcomes: Sequence[Outcome]) -> None:
    """Lists what is not done, and ends the script with status 1.

    Raises:
        click.ClickException: something is not done.
    """
    failures = [
        f"{it.order.purpose}: {it.state}, {it.reason} {it.transaction}" for it in outcomes if it.state != State.DONE
    ]
    if failures:
        more = [f"… and {len(failures) - SHOWN_FAILURES} more"] if len(failures) > SHOWN_FAILURES else []
        advice = "What is done stays done: correct this and run the same command again."
        raise click.ClickException("\n".join(["not everything is done:", *failures[:SHOWN_FAILURES], *more, advice]))


def office_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--town` and `--account`, the same for every script."""
    command = click.option(
        "--account", help="The ape account that signs; on a local chain, Anvil's that holds the office."
    )(command)
    return click.option("--town", default="example", show_default=True, help="A file, or its name in towns/.")(command)


def euros(cents: int) -> str:
    """Cents as people read them."""
    return f"{cents // 100:,}.{cents % 100:02d}"
