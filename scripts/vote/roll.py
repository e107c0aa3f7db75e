"""The rolls of the town: the registrar proposes one, the returning officer draws it again and seals that very one.

\b
A roll is everybody of one kind whom the register has as active at the end of a block, in the order of addresses.
Whoever draws it from the register's events gets the same root:
  ape run vote roll draw roll.csv --network …                          # anyone
  ape run vote roll propose roll.csv --account registrar --network …
  ape run vote roll seal --account officer --network …                 # another office, by its own node
  ape run vote roll verify roll.csv --network …                        # anyone
One of those who show a paper is drawn by an office that asks for it, and no other office can draw it again:
  ape run vote roll draw nord.csv --papers shown/ --schema 3 --where "district=Nord" --where "age>=16" \\
      --as "Valombre, bureau de vote" --nonce 0x… --network …

A roll is drawn at a block of the last day, and sealed within a week. A vote that no officer opens is held on the roll
of citizens sealed last, for a year from its proposal.
"""

import sys
from pathlib import Path
from typing import Any

import click
from ape.api import EcosystemAPI, ProviderAPI

from beffroi.cli.connected import TownCommand
from beffroi.cli.options import EXISTING, FILE, bureau_options, second_node_option, town_option
from beffroi.cli.paperroll import ByPapers, draw_by_papers, papers_options
from beffroi.cli.records import RecordsBureau
from beffroi.cli.roll import RollBureau
from beffroi.residents import ResidentKind
from beffroi.roll import read_csv, write_csv

KINDS = [it.name.lower() for it in ResidentKind if it != ResidentKind.INSTITUTION]
NOT_WHOLE = 1

kind_option = click.option("--kind", type=click.Choice(KINDS), default="citizen", show_default=True, help="Of whom.")


@click.group(help=__doc__)
def cli() -> None:
    pass


@cli.command(cls=TownCommand)
@click.argument("file", type=FILE)
@town_option
@kind_option
@click.option("--block", type=click.IntRange(0), help="At whose end; the last by default.")
@papers_options
def draw(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, kind: str, block: int | None, **asked: Any
) -> None:
    """Draws a roll from the register's events and writes it to FILE. Sends nothing.

    With --papers, of those residents who showed you a paper that meets each --where: for you, with your
    nonce, held on chain now, each account once. What they showed goes into no file, and FILE says that
    it is no whole roll: nobody can draw it again, and whoever votes is told so. Give one nonce to all,
    as `openssl rand -hex 32` draws it, and delete the folder afterwards.
    """
    bureau, of_kind = RollBureau.open(town, provider, ecosystem), ResidentKind[kind.upper()]
    if (by_papers := ByPapers.asked(**asked)) is None:
        roll, seal = bureau.rolls.draw(of_kind, block)
    else:
        records = RecordsBureau.open(town, provider, ecosystem)
        roll, seal = draw_by_papers(records, bureau.rolls, by_papers, of_kind, block)
    write_csv(roll, seal, file)
    click.echo(f"{seal.size:,} accounts of kind {seal.kind} at block {seal.block:,}, root {seal.root}: {file}")


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@bureau_options
@second_node_option
def propose(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, account: str | None,
    second_node: str | None,
) -> None:  # fmt: skip
    """The registrar proposes the roll of FILE, which is drawn again first."""
    bureau = RollBureau.open(town, provider, ecosystem, second_node)
    _, seal = read_csv(file)
    bureau.rolls.propose(bureau.signer(account, "registrar"), seal)
    click.echo(f"Proposed: {seal.size:,} accounts of kind {seal.kind} at block {seal.block:,}, root {seal.root}.")
    click.echo(f"Drawn again as {bureau.rolls.nodes} tells.")
    click.echo("The returning officer now gives: ape run vote roll seal --account ALIAS --network …")


@cli.command(cls=TownCommand)
@kind_option
@bureau_options
@second_node_option
def seal(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, kind: str, town: str, account: str | None,
    second_node: str | None,
) -> None:  # fmt: skip
    """The returning officer seals the roll that was proposed, if the register's events give that very one.

    Within a week, and while about as many are on the register. Who came or went around the block that the
    registrar chose is listed first: where somebody is missing or was barred, you are asked.
    """
    bureau = RollBureau.open(town, provider, ecosystem, second_node)
    of_kind = ResidentKind[kind.upper()]
    if (proposal := bureau.rolls.proposed(of_kind)) is None:
        click.echo(f"No roll of kind {kind} is proposed that is not sealed.")
        return
    remarks = bureau.rolls.remarks(proposal)
    for remark in [*remarks.doubts, *remarks.arrivals]:
        click.echo(remark)
    if remarks.doubts:
        click.confirm("Does the town know why of each of them? Seal the roll", abort=True)
    officer = bureau.signer(account, "returning_officer", resumes=True)
    sealed = bureau.rolls.seal(officer, of_kind) or proposal
    click.echo(
        f"Drawn again and sealed, as {bureau.rolls.nodes} tells: whole roll of kind {sealed.kind} at block "
        f"{sealed.block:,}, {sealed.size:,} accounts."
    )
    click.echo(f"Its root: {sealed.root}. Anyone writes its file: ape run vote roll draw FILE --block {sealed.block}")


@cli.command(cls=TownCommand)
@click.argument("file", type=EXISTING)
@town_option
@second_node_option
def verify(*, provider: ProviderAPI, ecosystem: EcosystemAPI, file: Path, town: str, second_node: str | None) -> None:
    """Says whether FILE is a whole roll, by drawing it again from a node's events; exit status 1 where it is not."""
    bureau = RollBureau.open(town, provider, ecosystem, second_node)
    rolls, (_, stated) = bureau.rolls, read_csv(file)
    origin = rolls.origin(stated)
    if not origin.is_whole:
        click.echo("\n".join(origin.warnings(0)))
        sys.exit(NOT_WHOLE)
    for remark in rolls.remarks(stated).doubts:
        click.echo(remark)
    click.echo(f"{file.name}: {origin.words}, {stated.size:,} accounts, root {stated.root}.")
    if rolls.second is not None:
        click.echo(f"So both tell: {rolls.nodes}.")
    click.echo(f"It is {rolls.standing(stated)}.")
