"""Posts signed slips in batches, at the expense of whoever posts; anyone may.

FILE holds one slip a line, as `ape run vote cast --slip` writes them, in any order. Slips that the contract would
refuse are named and left out before they cost gas (--unchecked sends them all the same: the contract names and
leaves them out itself). Safe to repeat with the same file: what is counted is not sent again.

\b
Example:
  ape run vote post 1 slips.jsonl --roll roll.csv --account clerk --network …
"""

from pathlib import Path

import click
from ape.api import EcosystemAPI, ProviderAPI
from rich.console import Console

from beffroi.cli.connected import TownCommand
from beffroi.cli.consultation import PollsBureau, sealed_roll
from beffroi.cli.options import EXISTING, account_option, polls_options, roll_option
from beffroi.cli.printing import progress_bar, require_done
from beffroi.consultation import casting, posting
from beffroi.textfile import read_text


@click.command(cls=TownCommand, help=__doc__)
@click.argument("number", type=int)
@click.argument("file", type=EXISTING)
@polls_options
@account_option
@roll_option
@click.option("--unchecked", is_flag=True, help="Send even what the contract will leave out.")
def cli(
    *, provider: ProviderAPI, ecosystem: EcosystemAPI, number: int, file: Path, town: str, contract: str | None,
    since: int, account: str | None, roll_path: Path, unchecked: bool,
) -> None:  # fmt: skip
    console = Console()
    bureau = PollsBureau.open(town, provider, ecosystem, contract=contract, since=since)
    params = bureau.polls.params(number)
    roll, _ = sealed_roll(roll_path, params)
    slips = list(casting.from_lines(params, read_text(file)))
    with progress_bar(console, "posting", len(slips)) as progress:
        clerk = bureau.signer(account, resumes=True)
        posted = posting.post(bureau.polls, params, roll, clerk, slips, check=not unchecked, progress=progress)
    for index, why in posted.unsent.items():
        console.print(f"voter {index}: the slip {why}; not sent")
    for index, reason in posted.refused.items():
        console.print(f"voter {index}: left out by the contract, {reason.name.lower().replace('_', ' ')}")
    require_done(posted.outcomes)
    each = posted.gas_used // max(1, sum(posted.sizes))
    told = f"{posted.counted} counted in {len(posted.outcomes)} transactions, {each:,} gas each"
    console.print(f"{told}, as this node shows it")
