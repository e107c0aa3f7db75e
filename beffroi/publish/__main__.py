"""Writes the town folder that a site serves beside the dApp; `ape run publish` does the same on ape's networks."""

from typing import Any

import click

from beffroi.publish.desk import publish_options, publish_town


@click.command(help=__doc__)
@publish_options
@click.option("--rpc", default="http://127.0.0.1:8545", show_default=True, metavar="URL", help="The node.")
def main(*, rpc: str, **options: Any) -> None:
    """Parses options, publishes, prints."""
    click.echo(publish_town(rpc, **options))


if __name__ == "__main__":
    main()
