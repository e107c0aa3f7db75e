"""The journals of a command: one for each account that signs, from its start to its end."""

from pathlib import Path

import click

from beffroi.chain.journal import Journal

_OPEN = "beffroi.journals"


def journal(path: Path, account: str) -> Journal:
    """The journal at a path, which is this command's until it ends.

    Raises:
        AccountBusyError: another command has it.
        JournalError: the file is damaged.
    """
    context = click.get_current_context()
    opened: dict[Path, Journal] = context.meta.setdefault(_OPEN, {})
    if path not in opened:
        opened[path] = Journal(path, account)
        context.call_on_close(opened[path].close)
    return opened[path]


def clear(context: click.Context) -> None:
    """Forgets what a command sent, now that it has told how it ended."""
    for opened in context.meta.get(_OPEN, {}).values():
        opened.clear()
