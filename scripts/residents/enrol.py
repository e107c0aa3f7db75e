"""Enrols the residents listed in FILE; those who are on the register already are left alone.

\b
FILE is a CSV with these columns, in any order, between ; or , or tabs:
  account      the resident's address, with its checksum or in one case
  kind         citizen, professional, public_body or commons; never institution,
               a contract that holds money for others, which ADMIN enrols
  commitment   optional: 0x and 64 hexadecimal digits, a salted hash by which
               the town's own file can be matched; never a name or a document

The file is checked whole before anything is sent, and every problem is listed with
its line. A run that was interrupted is started again with the same file.

\b
Example:
  ape run residents enrol residents.csv --town example --network ethereum:local
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi import csvfile, residents
from beffroi.cli.connected import TownCommand
from beffroi.cli.currency import CurrencyBureau
from beffroi.cli.options import EXISTING, bureau_options
from beffroi.cli.printing import progress_bar, require_done
from beffroi.csvfile import Column
from beffroi.residents import NO_COMMITMENT, Resident

COLUMNS = [
    Column("account", csvfile.address, unique=True),
    Column("kind", residents.kind_to_enrol),
    Column("commitment", csvfile.bytes32, required=False, unique=True),
]


@click.command(cls=TownCommand, help=__doc__)
@click.argument("file", type=EXISTING)
@bureau_options
@click.option("--check", is_flag=True, help="Only say what would be done.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None, check: bool
) -> None:
    console = Console()
    bureau = CurrencyBureau.open(town, provider, ecosystem)
    rows = csvfile.read(file, COLUMNS)
    listed = [Resident(row["account"], row["kind"], row["commitment"] or NO_COMMITMENT) for row in rows]
    registrar = None if check else bureau.signer(account, "registrar", resumes=True)
    found = residents.compare(bureau.rpc, bureau.residents, listed)
    if found.conflicts:
        problems = [
            f"line {row.line}: {row['account']} {found.conflicts[row['account']]}"
            for row in rows
            if row["account"] in found.conflicts
        ]
        raise csvfile.CsvError(file, problems)
    console.print(f"{len(rows)} listed, {len(found.already)} on the register, {len(found.to_enrol)} to enrol")
    if registrar is None or not found.to_enrol:
        return
    with progress_bar(console, "enrolling", len(found.to_enrol)) as progress:
        outcomes = residents.enrol(bureau.rpc, bureau.residents, registrar, found.to_enrol, progress)
    require_done(outcomes)
    gas = sum(it.gas_used for it in outcomes)
    enrolled = residents.enrolled(outcomes, bureau.residents)
    console.print(f"{enrolled} enrolled in {len(outcomes)} transactions, {gas:,} gas")
