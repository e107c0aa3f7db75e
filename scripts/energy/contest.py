"""Contests one's line of the statement of OP whose window is open, for a REASON in words.

\b
The hash of REASON goes on chain: keep the words, the arbiter asks for them. What the line debits is
held for the arbiter instead of paid, and the organiser advances it. A line that credits is paid as it
was stated; what is missing from it is for a line of a later period. It counts wherever the period is
stated anew.

\b
Example:
  ape run energy contest 0x… "My meter stood still from the 3rd to the 9th" --account ada --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI
from eth_utils.crypto import keccak

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, member_option
from beffroi.cli.options import OPERATION, bureau_options


@click.command(cls=TownCommand, help=__doc__)
@click.argument("op", type=OPERATION)
@click.argument("reason")
@member_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, op: bytes, reason: str, member: str | None, town: str,
    account: str | None,
) -> None:  # fmt: skip
    bureau = EnergyBureau.open(town, provider, ecosystem)
    terms, who = bureau.clearings.terms(op), bureau.signer(account)
    named, hashed = member or str(who.address), keccak(text=reason)
    period = bureau.acts.contest(who, terms, named, hashed)
    click.echo(f"{named} contests period {period}, for the reason 0x{hashed.hex()}.")
