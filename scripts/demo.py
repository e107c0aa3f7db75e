"""A few weeks in an example town on an embedded Anvil, then the dApp to go on with.

Nothing is needed but the checkout, and nothing of it stays behind: all of it ends with the story, or at Ctrl-C.
"""

import signal
import sys
from pathlib import Path

import click
from rich.console import Console

from beffroi.cli.command import PlainCommand
from beffroi.cli.narrator import TerminalNarrator
from beffroi.demo.story import play


@click.command(cls=PlainCommand, help=__doc__)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of real data to live through too.",
)
@click.option(
    "--serve/--no-serve", default=True, show_default=True, help="Serve the dApp until Ctrl-C once the story is told."
)
@click.option("--keep", is_flag=True, help="Leave Anvil running for play when all is over.")
def cli(*, data: Path | None, serve: bool, keep: bool) -> None:
    narrator = TerminalNarrator(Console())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ape has taken it
    try:
        play(narrator, data=data, serve=serve, keep=keep)
    except KeyboardInterrupt:
        narrator.close("Good-bye: nothing is left running.")
