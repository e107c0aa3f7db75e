"""Opens the programme that FILE describes: aid, meals, vouchers, stamps or rewards; the signer is its sponsor.

\b
FILE is YAML (docs/programmes.md):
  title: Food aid, winter 2027   a sponsor's programmes have titles of their own
  opens: 2027-01-01              UTC; periods and days are counted from it
  period_days: 30                what of an allowance is not spent in it lapses
  periods: 3
  unit: 0.01                     euros that a unit is: 4.50 for a meal, 0 for stamps
  meals: false                   true where a unit is a meal; left out, it is shown as money
  units: 12000                   a period, for each sheet
  daily_cap: 4000                the most units a day; left out, there is none
  categories: [food, hygiene]    of merchants: 1 and 2 where they are accredited
  rule: Who is helped, and by how much: the text whose hash is sealed
  uri: https://…                 where roll and rule are published

\b
Keys are those of --households, a CSV with the columns key and units, which households made in
their wallets; or of --sheets, so many new codes, written to the private file --codes before
anything is sent; or both. Without either it is a programme of grants alone. --roll writes the
roll, to be published: index, key, units, hash of the rule. Nothing of it can be changed once it
is open. A run that was cut short is started again with the same files, and opens nothing twice.

\b
Example:
  ape run programme open food.yaml --sheets 400 --codes food.codes --roll food.csv --account ccas --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.chain.announcing import moment
from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options, require_apart
from beffroi.cli.programme import ProgrammeBureau, worth
from beffroi.errors import InputError
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmesheets import Sheets, listed, read_households, sheets_at
from beffroi.programmes.programmeterms import read_programme
from beffroi.textfile import write_whole


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@click.option("--households", type=EXISTING, help="CSV: keys that households made, and their units a period.")
@click.option("--sheets", "count", type=click.IntRange(1, 100_000), help="So many sheets with codes to print.")
@click.option("--codes", "codes_path", type=FILE, help="With --sheets: the private file of their codes.")
@click.option("--roll", "roll_path", type=FILE, help="Where the roll is written, to be published.")
@bureau_options
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, households: Path | None, count: int | None,
    codes_path: Path | None, roll_path: Path | None, town: str, account: str | None,
) -> None:  # fmt: skip
    if (count is None) != (codes_path is None):
        raise click.UsageError("--sheets and --codes go together")
    if (households or count) and roll_path is None:
        raise click.UsageError("a programme with keys has a roll, which is published: say where, by --roll")
    require_apart(file, households, codes_path, roll_path)
    told = read_programme(file)
    if count and told.units is None:
        raise InputError(f"{file.name}: units: say how many a sheet has a period")
    if told.units is not None and not (count or households):
        raise InputError(f"{file.name} says units for each sheet: give --sheets, or leave them out for grants alone")
    by_wallet = read_households(households) if households else {}
    bureau = ProgrammeBureau.open(town, provider, ecosystem)
    sponsor = bureau.signer(account, resumes=True)
    name = name_of(bureau.chain_id, bureau.book.contract.address, str(sponsor.address), told.salt)
    is_drawn = codes_path is not None and not codes_path.exists()
    sheets = sheets_at(codes_path, told.title, name, count) if codes_path and count else Sheets(told.title, name, ())
    units = listed(by_wallet, sheets, told.units or 0)
    roll = ProgrammeRoll(name, told.rule_hash, units) if units else None
    terms = told.terms(str(sponsor.address), roll)
    is_new = bureau.acts.require_new(name, terms)
    if codes_path and is_drawn and is_new:
        sheets.write(codes_path)
    if roll and roll_path:
        write_whole(roll_path, roll.text())
    if is_new:
        bureau.acts.open(sponsor, name, terms)
    click.echo(f"{told.title} {'is' if is_new else 'was already'} open: 0x{name.hex()}")
    click.echo(f"  {moment(terms.opens_at_s)} to {moment(terms.ends_at_s)}; {len(units)} keys")
    if terms.unit_cents and terms.announced:
        click.echo(f"  to be funded before anybody spends: {worth(terms, terms.announced)}")
    if sheets.seeds:
        click.echo(f"  {codes_path} has the codes: whoever reads it spends. Print it, hand the sheets out, erase it.")
