"""Prints the hash by which an act authorises one call: of CONTRACT's FUNCTION with these ARGUMENTS, on this chain.

\b
CONTRACT is a name in the town, as LocalCurrency; whoever carries the act out must call just that,
by itself, through the town's authority, or through a Safe. Numbers are plain, amounts in cents;
addresses and bytes are 0x…; lists and structs are JSON. The calldata is printed too, for the wallet
of whoever carries it out. `acts audit` finds calls that issue money, set the land tax's rates,
open a zone or a mandate; of any other function it says that the call was not made.

\b
Example:
  ape run acts call LocalCurrency issue 0x… 250000 0x… --network …
  ape run acts seal 3:0x… march.csv march.batch march.acts.json --authorises 2026-004=0x… --network …
"""

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.spoken import encode_words
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import town_option
from beffroi.cli.records import RecordsBureau
from beffroi.records.council import call_hash
from beffroi.records.paperfile import hexed


@click.command(cls=TownCommand, help=__doc__)
@click.argument("contract")
@click.argument("function")
@click.argument("arguments", nargs=-1)
@town_option
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, contract: str, function: str, arguments: tuple[str, ...],
    town: str,
) -> None:  # fmt: skip
    bureau = RecordsBureau.open(town, provider, ecosystem)
    target = bureau.contract(contract)
    data = encode_words(target.abi, function, arguments)
    click.echo(f"To {target.address}, calldata {hexed(data)}")
    click.echo(f"An act authorises it by {hexed(call_hash(bureau.chain_id, target.address, data))}")
