"""Refutes the statement of the public FILE's period: posts the first falsity that the contract can see; anyone may.

\b
The statement is then void, and nobody owes anything by it. With --own, one's own month, a reading that is
not one's own is refuted too. What is true cannot be refuted, and what the contract cannot see (a wrong
slot of the tariff, a line that is not what the rules say) is told: members contest that.

\b
Example:
  ape run energy refute june.json.gz --account anyone --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau, findings_of, own_option, show_findings
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.errors import InputError
from beffroi.flows.energy.publicfile import read_public


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@own_option
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, own: tuple[Path, ...], town: str,
    account: str | None,
) -> None:  # fmt: skip
    published = read_public(file)
    bureau, period = EnergyBureau.open(town, provider, ecosystem), published.period
    with Console().status("verifying the file"):
        statement, findings = findings_of(bureau, published, own)
    show_findings(findings)
    refutation = next((it.refutation for it in findings if it.refutation), None)
    if refutation is None:
        raise InputError("nothing false that the contract can see: what is told above, if anything, is for a contest")
    said = refutation.arguments(statement, period.header)
    receipt = bureau.meters.refute(bureau.signer(account), refutation.function, said)
    gas = int(receipt["gasUsed"], 16)
    click.echo(f"Refuted by {refutation.function}, for {gas:,} gas: the statement of period {period.period} is void.")
