"""A lost key's replacement: proposed by the registrar, announced, carried out by anyone once its delay is over.

The old key may veto it meanwhile. What was vetoed goes on only if the court confirms it by
order; its delay then begins anew, and no veto counts. The registrar may withdraw it at any time.

\b
Examples:
  ape run residents recovery propose 0x… 0x… request.pdf --account registrar --network …
  ape run residents recovery confirm 0x… 0x… order.pdf --account court --network …
  ape run residents recovery carry-out 0x… --account anyone --network …
  ape run residents recovery move-again 0x… LocalCurrency --account anyone --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.announcing import moment
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.land import document_hash
from beffroi.cli.options import ACCOUNT, EXISTING, bureau_options
from beffroi.town.session import open_session


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("lost", type=ACCOUNT)
@click.argument("successor", type=ACCOUNT)
@click.argument("document", type=EXISTING)
@bureau_options
def propose(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, lost: str, successor: str, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """Proposes that SUCCESSOR replace the key LOST, as the request DOCUMENT asks."""
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    words = (lost, successor, document_hash(document))
    _act(bureau, bureau.signer(account, "registrar"), "proposeRecovery", *words)
    click.echo(f"It may be vetoed until {_due(bureau, lost)}, and carried out from then on.")


@cli.command(cls=TownCommand)
@click.argument("lost", type=ACCOUNT)
@click.argument("successor", type=ACCOUNT)
@click.argument("document", type=EXISTING)
@bureau_options
def confirm(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, lost: str, successor: str, document: Path, town: str,
    account: str | None,
) -> None:  # fmt: skip
    """Confirms that SUCCESSOR replace the key LOST, vetoed or not, by the court's order DOCUMENT."""
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    words = (lost, successor, document_hash(document))
    _act(bureau, bureau.signer(account, "court"), "confirmRecovery", *words)
    click.echo(f"It may be carried out from {_due(bureau, lost)} on; no veto counts.")


@cli.command(cls=TownCommand)
@click.argument("lost", type=ACCOUNT)
@bureau_options
def withdraw(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, lost: str, town: str, account: str | None
) -> None:  # fmt: skip
    """Withdraws the replacement of the key LOST, vetoed or confirmed though it be."""
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    _act(bureau, bureau.signer(account, "registrar"), "withdrawRecovery", lost)
    click.echo("It is withdrawn.")


@cli.command("carry-out", cls=TownCommand)
@click.argument("lost", type=ACCOUNT)
@bureau_options
def carry_out(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, lost: str, town: str, account: str | None
) -> None:  # fmt: skip
    """Replaces the key LOST, once the delay is over; anyone may."""
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    receipt = _act(bureau, bureau.signer(account, None), "recover", lost)
    click.echo("The new key has taken its place.")
    for failed in bureau.residents.logged(receipt, "MoveFailed"):
        click.echo(f"{failed.args['follower']} could not move what it held: `move-again` asks it again.")


@cli.command("move-again", cls=TownCommand)
@click.argument("key", type=ACCOUNT)
@click.argument("module")
@bureau_options
def move_again(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, key: str, module: str, town: str, account: str | None
) -> None:  # fmt: skip
    """Has MODULE, a contract of the town, move to KEY what its lost keys held, where it failed to; anyone may."""
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    follower = open_session(town, str(provider.http_uri)).deployed(module).address(module)
    _act(bureau, bureau.signer(account, None), "moveAgain", follower, key)
    click.echo(f"{module} has moved it.")


def _act(bureau: CurrencyBureau, signer: Signer, function: str, *words: object) -> dict[str, object]:
    call = Call(bureau.residents.address, bureau.residents.encode(function, *words), f"{function} {words[0]}")
    return Sender(bureau.rpc, signer).send(call)


def _due(bureau: CurrencyBureau, lost: str) -> str:
    _, _, due_s, *_ = bureau.residents.read(bureau.rpc, "residentOf", lost)
    return moment(due_s)
