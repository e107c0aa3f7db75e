"""Drawing a roll by papers, at the office's desk: a folder of what people showed it, and whom it admits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from beffroi import csvfile
from beffroi.chain.headers import clock_s
from beffroi.cli.options import FOLDER
from beffroi.cli.printing import progress_bar
from beffroi.cli.records import RecordsBureau
from beffroi.errors import InputError
from beffroi.records.eligibility import Condition, Electorate, admit
from beffroi.records.showing import Showing, read_showing
from beffroi.residents import ResidentKind, active, seal_at
from beffroi.roll import Roll, Seal
from beffroi.roll.sealing import RollSeals

DAYS = 60


@dataclass(frozen=True)
class ByPapers:
    """What an office asks people to show it.

    Attributes:
        papers: the folder of what they showed.
        schema: of the papers, its number.
        where: conditions, all of which a paper must meet.
        verifier: the office, as it calls itself.
        nonce: that it drew for this roll.
        days: for how long it took them.
        leave_out: whether it goes on without those that it refuses.
    """

    papers: Path
    schema: int
    where: Sequence[str]
    verifier: str
    nonce: str
    days: int
    leave_out: bool

    @classmethod
    def asked(cls, papers: Path | None, **given: Any) -> "ByPapers | None":
        """From the options; None where the roll is not drawn by papers.

        Raises:
            click.UsageError: one is missing, or given without `--papers`.
        """
        words = {"schema": "--schema", "verifier": "--as", "nonce": "--nonce"}
        if papers is None:
            if any(given[name] is not None for name in words) or given["where"] or given["leave_out"]:
                raise click.UsageError("--schema, --where, --as, --nonce and --leave-out go with --papers FOLDER")
            return None
        if missing := [option for name, option in words.items() if given[name] is None]:
            raise click.UsageError(f"--papers needs {', '.join(missing)} too")
        return cls(papers, **given)


def papers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a roll is drawn by papers; `--papers` says that it is."""
    for option in reversed((
        click.option("--papers", type=FOLDER, help="Only who shows a paper: the folder of what was shown (*.json)."),
        click.option("--schema", type=click.IntRange(1), help="With --papers: of the papers."),
        click.option("--where", multiple=True, metavar="CONDITION", help="With --papers: as district=Nord, age>=16."),
        click.option("--as", "verifier", help="With --papers: your name, as people showed them to you."),
        click.option("--nonce", help="With --papers: yours, drawn for this roll alone."),
        click.option("--days", default=DAYS, show_default=True, help="With --papers: how long ago they may be signed."),
        click.option("--leave-out", is_flag=True, help="With --papers: go on without those that are refused."),
    )):  # fmt: skip
        command = option(command)
    return command


def draw_by_papers(
    bureau: RecordsBureau, rolls: RollSeals, asked: ByPapers, kind: ResidentKind, block: int | None
) -> tuple[Roll, Seal]:
    """The roll of those residents who showed a paper as asked; tells of each that is refused, and why.

    Raises:
        InputError: some are refused, and are not to be left out; or nobody is left.
        RpcError: the node could not say.
    """
    at = bureau.rpc.number("eth_blockNumber") if block is None else block
    definition = bureau.attested.definition(asked.schema)
    conditions = tuple(Condition.parse(text, definition) for text in asked.where)
    residents = frozenset(active(bureau.rpc, rolls.register, [kind], at, rolls.first))
    electorate = Electorate(asked.schema, definition, conditions, residents, kind.name.lower())
    shown, refused = _read(asked.papers, bureau)
    nonce, now_s = csvfile.bytes32(asked.nonce), clock_s(bureau.rpc)
    with progress_bar(Console(), "checking", len(shown)) as progress:
        admitted = admit(electorate, shown, asked.verifier, nonce, asked.days, now_s, bureau.attested, progress)
    refused |= admitted.refused
    for name, problems in sorted(refused.items()):
        for problem in problems:
            click.secho(f"{name}: {problem}.", fg="red")
    if refused and not asked.leave_out:
        count = len(shown) + len(refused.keys() - shown.keys())
        raise InputError(f"{len(refused)} of {count} are refused; --leave-out goes on without them")
    if not admitted.accounts:
        raise InputError(f"nobody is admitted by what stands in {asked.papers}")
    roll = Roll.of(admitted.accounts)
    return roll, seal_at(bureau.rpc, rolls.register, roll, at, str(electorate))


def _read(folder: Path, bureau: RecordsBureau) -> tuple[dict[str, Showing], dict[str, Sequence[str]]]:
    """What stands in a folder, by name; and why not, of each file that shows no paper of the town's."""
    shown: dict[str, Showing] = {}
    refused: dict[str, Sequence[str]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            showing = read_showing(path)
            bureau.require_home(showing.home)
        except InputError as error:
            refused[path.name] = [str(error)]
        else:
            shown[path.name] = showing
    return shown, refused
