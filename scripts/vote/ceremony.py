"""The key ceremony: trustees of opposing sides make the key of one consultation; none of them holds it whole.

\b
The returning officer opens it; each trustee then gives one command, the same at every step:
  ape run vote ceremony open --trustee 0x… --trustee 0x… --trustee 0x… --needed 2 --account officer
  ape run vote ceremony step 1 my-key.json --account me

A trustee who is late is left behind, and the others go on: a deadline may be enforced by anyone.
"""

from pathlib import Path
from typing import Any

import click
from ape.api import EcosystemAPI, ProviderAPI
from ape.cli import ConnectedProviderCommand

from beffroi import csvfile
from beffroi.ballots.transcript import to_address
from beffroi.consultation import ceremony, keyring
from beffroi.consultation.ceremony import Phase
from beffroi.consultation.desk import FILE, Desk, account_option, at_desk, desk_options

HOUR_S = 3_600


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command("open", cls=ConnectedProviderCommand)
@desk_options
@account_option
@click.option("--trustee", "trustees", multiple=True, required=True, help="A trustee's account; once for each.")
@click.option("--needed", type=click.IntRange(2, 16), required=True, help="How many open the result together.")
@click.option("--hours", nargs=4, type=click.IntRange(1), default=(48, 48, 48, 48), show_default=True,
              help="At most, to enrol, to commit, to deal and to complain.")  # fmt: skip
def open_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, contract: str | None, since: int,
    account: str | None, trustees: tuple[str, ...], needed: int, hours: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Opens a ceremony: the returning officer names the trustees, and how many of them open a result."""
    try:
        accounts = [csvfile.address(trustee) for trustee in trustees]
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--trustee") from error
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        durations = (hours[0] * HOUR_S, hours[1] * HOUR_S, hours[2] * HOUR_S, hours[3] * HOUR_S)
        officer = desk.signer(account, "returning_officer")
        number = ceremony.open_ceremony(desk.polls, officer, accounts, needed, durations)
        click.echo(f"Ceremony {number} is open: {needed} of its {len(accounts)} trustees will open the result.")
        click.echo(f"Each of them now gives: ape run vote ceremony step {number} KEYFILE --account ALIAS --network …")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@desk_options
@account_option
def step(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int, account: str | None,
) -> None:  # fmt: skip
    """A trustee does whatever is to be done now, and is told what it was. Safe to give again at any time.

    The first time, KEYFILE is made: an encrypted file, and beside it a text to print and to delete. Keep the file, its
    passphrase and the paper apart from each other until the result stands. BEFFROI_TRUSTEE_PASSPHRASE answers
    for the passphrase where nobody sits at the keyboard.
    """
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        trustee = desk.signer(account)
        if not keyfile.exists() and _may_enrol(desk, number, trustee):
            paper = keyring.create(keyfile, f"ceremony {number} of {desk.polls.ceremonies.address}, {trustee.address}")
            click.echo(f"Your key is made: {keyfile}, encrypted. Print {paper}, delete it, and lock the paper away.")
        for sentence in ceremony.take_step(desk.polls, number, trustee, keyring.unlock(keyfile)):
            click.echo(sentence)


def _may_enrol(desk: Desk, number: int, trustee: Any) -> bool:
    """Whether a fresh key is of use: before this trustee has enrolled, and in time."""
    said = desk.polls.ceremony(number).ceremony
    account = to_address(str(trustee.address))
    if said is None or account not in said.trustees:
        return False
    at = ceremony.progress(desk.polls, number)
    return at.phase is Phase.ENROLMENT and said.trustees.index(account) + 1 not in at.enrolled


@cli.command("move-on", cls=ConnectedProviderCommand)
@click.argument("number", type=int)
@desk_options
@account_option
def move_on(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None,
) -> None:  # fmt: skip
    """Ends a phase whose time is over; anyone may."""
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        said = ceremony.move_on(desk.polls, number, desk.signer(account))
        click.echo(said or "Nothing to end: the phase's time is not over, or the ceremony is.")


@cli.command(cls=ConnectedProviderCommand)
@click.argument("number", type=int)
@desk_options
def status(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int
) -> None:
    """Shows where a ceremony stands, and who did what."""
    with at_desk(town, contract, since, provider, ecosystem) as desk:
        at, said = ceremony.progress(desk.polls, number), desk.polls.ceremony(number).ceremony
        click.echo(f"Ceremony {number}: {at.phase.name.lower().replace('_', ' ')}")
        for index, trustee in enumerate(said.trustees if said else (), 1):
            acts = {"enrolled": at.enrolled, "committed": at.committed, "dealt": at.dealt, "EXCLUDED": at.excluded}
            did = ", ".join(word for word, who in acts.items() if index in who) or "nothing yet"
            click.echo(f"  trustee {index}, 0x{trustee.hex()}: {did}")


@cli.command()
@click.argument("keyfile", type=FILE)
def restore(*, keyfile: Path) -> None:
    """Makes KEYFILE again from the words on paper, which are typed without being shown."""
    try:
        keyring.restore(keyfile, click.prompt("The 24 words", hide_input=True))
    except (ValueError, FileExistsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{keyfile} is made again.")
