"""Commands on a network of ape's: `--network`, and errors as sentences."""

from ape.cli import ConnectedProviderCommand

from beffroi.cli.command import PlainCommand


class TownCommand(PlainCommand, ConnectedProviderCommand):
    """A command that acts on a town by a node that ape knows."""
