"""Opens an operation by its RULES, in which an organiser states what neighbours owe each other; anyone may.

\b
RULES is YAML (docs/energy.md): tariff slots, price elements, fees, the key by which the sun is shared.
Their hash is in the terms that every member signs: other rules are another operation, for good. --out
writes them in the one text that is hashed: publish it. Nobody is bound before her own payment joins.
The arbiter rules on contested lines, and must be another than the organiser: name one whom members trust.

\b
Example:
  ape run energy open rules.yaml --arbiter 0x… --out rules.json --account organiser --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.energy import EnergyBureau
from beffroi.cli.options import ACCOUNT, EXISTING, FILE, bureau_options
from beffroi.flows.energy.rulesfile import read_rules
from beffroi.flows.operation import MOST_HOURS, OperationTerms
from beffroi.textfile import write_whole

HOURS = click.IntRange(1, MOST_HOURS)


@click.command(cls=TownCommand, help=__doc__)
@click.argument("rules_path", metavar="RULES", type=EXISTING)
@click.option("--arbiter", type=ACCOUNT, required=True, help="Who rules on contested lines.")
@click.option("--organiser", type=ACCOUNT, help="Who states and carries; the signer by default.")
@click.option("--contest-hours", type=HOURS, default=72, show_default=True, help="In which members contest.")
@click.option("--rule-hours", type=HOURS, default=360, show_default=True, help="In which the arbiter rules.")
@click.option("--out", type=FILE, help="Write the rules in the text that is hashed.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, rules_path: Path, arbiter: str, organiser: str | None,
    contest_hours: int, rule_hours: int, out: Path | None, town: str, account: str | None,
) -> None:  # fmt: skip
    rules = read_rules(rules_path)
    bureau = EnergyBureau.open(town, provider, ecosystem)
    opener = bureau.signer(account, resumes=True)
    parties = organiser or str(opener.address), arbiter, bureau.meters.contract.address
    terms = OperationTerms(*parties, contest_hours, rule_hours, rules.rules_hash)
    sent = bureau.acts.open(opener, terms)
    if out is not None:
        write_whole(out, rules.canonical())
    if rules.key != "default":
        click.secho(f"By the {rules.key} key no stranger verifies the shares: members check their own.", fg="red")
    click.echo(f"The operation {rules.name} {'is' if sent else 'was already'} open: 0x{terms.op.hex()}")
