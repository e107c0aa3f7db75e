"""Commands that show what went wrong as a sentence: the one place that catches Beffroi's errors for a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from typing_extensions import override

from beffroi.chain.announcing import NotAnnouncedError, moment
from beffroi.chain.sender import announce
from beffroi.cli import journals
from beffroi.errors import BeffroiError
from beffroi.plain import plain_lines


@contextmanager
def plain_errors() -> Iterator[None]:
    """Shows what a user can do something about as a message, and leaves the rest its traceback.

    What others said stands in it, a node or a file: no character of theirs moves what is shown.

    Raises:
        click.ClickException: with that message.
    """
    try:
        yield
    except BeffroiError as error:
        raise click.ClickException(plain_lines(str(error))) from error
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        raise click.ClickException(plain_lines(told)) from error


class PlainCommand(click.Command):
    """A command whose errors are sentences."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        with plain_errors():
            try:
                result = super().invoke(ctx)
            except NotAnnouncedError as error:
                ready_at_s = announce(error.rpc, error.acts)
                click.echo(
                    f"Announced: {'; '.join(error.purposes)}. Acts of this office wait: give this very command again "
                    f"from {moment(ready_at_s)} on, within a week."
                )
                result = None
            journals.clear(ctx)
            return result
