"""Commands that show what went wrong as a sentence: the one place that catches Beffroi's errors for a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from typing_extensions import override

from beffroi.errors import BeffroiError


@contextmanager
def plain_errors() -> Iterator[None]:
    """Shows what a user can do something about as a message, and leaves the rest its traceback.

    Raises:
        click.ClickException: with that message.
    """
    try:
        yield
    except BeffroiError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
        raise click.ClickException(told) from error


class PlainCommand(click.Command):
    """A command whose errors are sentences."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        with plain_errors():
            return super().invoke(ctx)
