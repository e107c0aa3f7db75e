"""The key ceremony: trustees of opposing sides make the key of one consultation; none of them holds it whole.

\b
The returning officer opens it; each trustee then gives one command, the same at every step:
  ape run vote ceremony open --trustee 0x… --trustee 0x… --trustee 0x… --needed 2 --account officer
  ape run vote ceremony step 1 my-key.json --account me

A trustee needs no ether: with --slip or --post she signs, and somebody else posts. A trustee who is late is left
behind, and the others go on: a deadline may be enforced by anyone.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.ballots.transcript import to_address
from beffroi.cli import keyring
from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau, published_trustees
from beffroi.cli.options import ACCOUNT, EXISTING, FILE, account_option, polls_options
from beffroi.cli.postbox import hand_in
from beffroi.consultation import ceremony, trustee_steps
from beffroi.consultation.freekeys import free_keys
from beffroi.consultation.phases import Phase
from beffroi.consultation.standing import standing
from beffroi.consultation.trustee_steps import SignedStep
from beffroi.textfile import read_text, write_whole
from beffroi.units import HOUR_S

_TRUSTEES = click.option("--trustee", "trustees", type=ACCOUNT, multiple=True, required=True,
                         help="A trustee's account; once for each.")  # fmt: skip
_NEEDED = click.option("--needed", type=click.IntRange(2, 16), required=True, help="How many open the result together.")


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command("open", cls=TownCommand)
@polls_options
@account_option
@_TRUSTEES
@_NEEDED
@click.option("--hours", nargs=5, type=click.IntRange(1), default=(48, 48, 48, 48, 48), show_default=True,
              help="At most, to enrol, to commit, to deal, to complain and to acknowledge.")  # fmt: skip
@click.option(
    "--reserved", is_flag=True, help="Keep the key for what you open: no vote that a contract calls takes it."
)
def open_(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, contract: str | None, since: int,
    account: str | None, trustees: tuple[str, ...], needed: int, hours: tuple[int, int, int, int, int], reserved: bool,
) -> None:  # fmt: skip
    """Opens a ceremony: the returning officer names the trustees, and how many of them open a result."""
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    enrol, commit, deal, complain, acknowledge = (each * HOUR_S for each in hours)
    durations = (enrol, commit, deal, complain, acknowledge)
    officer = bureau.signer(account, "returning_officer")
    number = ceremony.open_ceremony(bureau.polls, officer, trustees, needed, durations, reserved=reserved)
    click.echo(f"Ceremony {number} is open: {needed} of its {len(trustees)} trustees will open the result.")
    click.echo(f"Each of them now gives: ape run vote ceremony step {number} KEYFILE --account ALIAS --network …")


@cli.command(cls=TownCommand)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@polls_options
@account_option
@click.option("--slip", type=FILE, help="Append what you sign to this file, for somebody else to post.")
@click.option("--post", "office", metavar="URL", help="Hand what you sign to the town's post office, which posts it.")
def step(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int, account: str | None, slip: Path | None, office: str | None,
) -> None:  # fmt: skip
    """A trustee does whatever is to be done now, and is told what it was. Safe to give again at any time.

    The first time, KEYFILE is made: an encrypted file, and beside it a text to print and to delete. Keep the file, its
    passphrase and the paper apart from each other until the result stands. It is made for the trustees that this node
    shows, and its number, compared by telephone before the second step, tells whether these are all the same: who deals
    for others is excluded. BEFFROI_TRUSTEE_PASSPHRASE answers for the passphrase where nobody sits at the keyboard.
    """
    if slip is not None and office is not None:
        raise click.UsageError("give --slip or --post, not both")
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    trustee = bureau.signer(account, resumes=True)
    if not keyfile.exists() and _may_enrol(bureau, number, trustee):
        label, pins = f"ceremony {number}, {trustee.address}", bureau.polls.pins(number)
        paper = keyring.create(keyfile, label, pins)
        click.echo(f"Your key is made: {keyfile}, encrypted. Print {paper}, delete it, and lock the paper away.")
        click.echo("\n".join(["It is for this alone, and refuses anything else:", *pins.words()]))
        click.echo(f"Before your next step, compare by telephone; each trustee's number must be {pins.phrase}")
    hand = _hand(bureau, slip, office)
    key, promise = keyring.unlock(keyfile), partial(keyring.promise, keyfile)
    for sentence in ceremony.take_step(bureau.polls, number, trustee, key, promise, hand):
        click.echo(sentence)


def _hand(bureau: PollsBureau, slip: Path | None, office: str | None) -> Callable[[SignedStep], None] | None:
    """Who is given what a trustee signs; None where she posts it herself."""
    if slip is not None:
        return partial(_write, bureau, slip)
    return partial(_hand_in, bureau, office) if office is not None else None


def _write(bureau: PollsBureau, slip: Path, signed: SignedStep) -> None:
    with slip.open("a", encoding="utf-8") as file:
        file.write(trustee_steps.to_line(bureau.polls, signed) + "\n")
    click.echo(f"Signed. Hand {slip} to whoever posts (ape run vote ceremony post): they can change nothing of it.")


def _hand_in(bureau: PollsBureau, office: str, signed: SignedStep) -> None:
    known_by = hand_in(office, signed.request(trustee_steps.domain_of(bureau.polls)))
    click.echo(f"Signed, and taken by the post office, which posts it: {known_by}")


def _may_enrol(bureau: PollsBureau, number: int, trustee: Any) -> bool:
    """Whether a fresh key is of use: before this trustee has enrolled, and in time."""
    said = bureau.polls.ceremony(number)
    account = to_address(str(trustee.address))
    if said.ceremony is None or account not in said.ceremony.trustees:
        return False
    is_open = ceremony.progress(bureau.polls, number).phase is Phase.ENROLMENT
    return is_open and said.ceremony.trustees.index(account) + 1 not in said.enrolled


@cli.command(cls=TownCommand)
@click.argument("slips", type=EXISTING)
@polls_options
@account_option
def post(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, slips: Path, town: str, contract: str | None, since: int,
    account: str | None,
) -> None:  # fmt: skip
    """Posts the steps that trustees signed into the file SLIPS; anyone may, and pays. One done already is left out.

    So is a line that the contract refuses: it is named, and the others are posted all the same.
    """
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    for sentence in ceremony.post_all(bureau.polls, bureau.signer(account, resumes=True), read_text(slips)):
        click.echo(sentence)


@cli.command("move-on", cls=TownCommand)
@click.argument("number", type=int)
@polls_options
@account_option
def move_on(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int,
    account: str | None,
) -> None:  # fmt: skip
    """Ends a phase whose time is over; anyone may."""
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    said = ceremony.move_on(bureau.polls, number, bureau.signer(account, resumes=True))
    click.echo(said or "Nothing to end: the phase's time is not over, or the ceremony is.")


@cli.command(cls=TownCommand)
@click.argument("number", type=int)
@polls_options
def status(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, town: str, contract: str | None, since: int
) -> None:
    """Shows where a ceremony stands, and who did what.

    What trustees did is read from what they signed. Where the node says more than it shows signed, that is said.
    """
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    at, said = ceremony.progress(bureau.polls, number), bureau.polls.ceremony(number)
    click.echo("\n".join(standing(said, at)))


@cli.command(cls=TownCommand)
@polls_options
@click.option(
    "--trustees", type=EXISTING, help="The trustees, as two offices published them: says whose key is theirs."
)
def keys(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, town: str, contract: str | None, since: int,
    trustees: Path | None,
) -> None:  # fmt: skip
    """Lists the keys that no vote has taken yet, by their ceremony's number.

    A vote that anyone calls (ape run cred call) takes one that is not reserved; ballots are made for one of published
    trustees alone.
    """
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    panels = published_trustees(trustees) if trustees else []
    found = free_keys(bureau.polls)
    click.echo(f"As this node shows it, {len(found)} keys are free:")
    for key in found:
        use = "reserved for what the returning officer opens" if key.is_reserved else "for any vote"
        whose = ", ".join(f"0x{it.hex()}" for it in key.trustees.trustees)
        of = f"{key.trustees.needed} of {len(key.trustees.trustees)} trustees"
        strange = "; NOT OF THE PUBLISHED TRUSTEES" if panels and key.trustees not in panels else ""
        click.echo(f"  ceremony {key.ceremony}, {use}, {of}: {whose}{strange}")


@cli.command(cls=TownCommand)
@click.argument("number", type=int)
@click.argument("file", type=FILE)
@polls_options
@_TRUSTEES
@_NEEDED
def trustees(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, file: Path, town: str, contract: str | None,
    since: int, trustees: tuple[str, ...], needed: int,
) -> None:  # fmt: skip
    """Writes who the trustees of a ceremony are into FILE, for voters: publish it, and its number, under two offices.

    Voters believe no node for the key: their tools go by the trustees of this file, and the page by those of its build.
    So they are yours to give, and not the node's: take the accounts from the decision that appointed the trustees, or
    from the trustees themselves, never from a screen that shows the ceremony. Where the ceremony has others nothing is
    written. The second office does the same from its own copy of the decision, and has the same number.
    """
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    panel = ceremony.panel(bureau.polls, number, trustees, needed)
    write_whole(file, json.dumps(panel.as_dict(), indent=2) + "\n")
    click.echo(f"{file}: {panel.needed} of these {len(panel.trustees)} trustees open a result. Compare each account")
    click.echo("with the one that its trustee was appointed by, not with another screen:")
    for index, account in enumerate(panel.trustees, 1):
        click.echo(f"  {index}. 0x{account.hex()}")
    click.echo("Read its number aloud, and print it beside:")
    click.echo(panel.phrase)


@cli.command(cls=TownCommand)
@click.argument("number", type=int)
@click.argument("keyfile", type=FILE)
@polls_options
def restore(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, keyfile: Path, town: str, contract: str | None,
    since: int,
) -> None:  # fmt: skip
    """Makes KEYFILE of ceremony NUMBER again from the paper: its words, typed without being shown, and its number."""
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    words = click.prompt("The 24 words", hide_input=True)
    keyring.restore(keyfile, words, bureau.polls.pins(number), click.prompt("The number on the paper"))
    click.echo(f"{keyfile} is made again. It knows nothing of what was signed or opened with the one before: with a")
    click.echo("vote of which that one opened a count, open no other.")
