"""Options and arguments that commands share."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from beffroi import amounts, csvfile
from beffroi.currency import issuing
from beffroi.errors import InputError
from beffroi.flows.operation import operation_name
from beffroi.land.parcels import ParcelId
from beffroi.land.shares import RightKind, Share

FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class _Checked(click.ParamType):
    """An argument that a function of the library reads; its InputError is the message."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name, self._parse = name, parse

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


def _share(text: str) -> Share:
    """0x…=1/2, 0x…=bare:1/2, 0x…=usufruct:1 or 0x… alone for the whole."""
    holder, _, rest = text.partition("=")
    kind, _, fraction = (rest or "1").rpartition(":")
    try:
        return Share(csvfile.address(holder), RightKind(kind or "full"), Fraction(fraction))
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(f"{text!r} is not ACCOUNT, ACCOUNT=1/2, ACCOUNT=bare:1/2 or ACCOUNT=usufruct:1") from error


def checked(name: str, parse: Callable[[str], Any]) -> click.ParamType:
    """An argument of one module's commands alone, which a function of the library reads.

    Args:
        name: of the type, as messages have it.
        parse: of the text; its InputError is the message.
    """
    return _Checked(name, parse)


PARCEL = _Checked("parcel", ParcelId.parse)
ACCOUNT = _Checked("account", csvfile.address)
AMOUNT = _Checked("amount", amounts.amount_cents)
AMOUNT_OR_NOTHING = _Checked("amount", amounts.amount_or_nothing_cents)
REFERENCE = _Checked("reference", issuing.reference)
SHARE = _Checked("share", _share)
OPERATION = _Checked("operation", operation_name)
HASH = _Checked("hash", csvfile.bytes32)


def require_apart(*paths: Path | None) -> None:
    """Lets no command write over what it reads, nor one of its files over another.

    Raises:
        InputError: two of these paths are one file.
    """
    seen: dict[Path, Path] = {}
    for path in filter(None, paths):
        if first := seen.get(path.resolve()):
            raise InputError(f"{first} and {path} are one file: name another, or what one has is lost")
        seen[path.resolve()] = path


def seconds(moment: dt.datetime) -> int:
    """Unix seconds of a moment written without a zone, which is UTC."""
    return int(moment.replace(tzinfo=dt.UTC).timestamp())


def town_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--town`, the same for every command."""
    return click.option("--town", default="example", show_default=True, help="A file, or its name in towns/.")(command)


def account_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--account`, for whoever sends a transaction."""
    words = "The ape account that signs and pays; on a local chain, Anvil's that holds the office."
    return click.option("--account", metavar="ALIAS", help=words)(command)


def bureau_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--town` and `--account`, of every command that acts for an office."""
    return town_option(account_option(command))


def currency_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--currency`, for a town that has several."""
    words = "Its name in the town, where it has several, as `instance` in its file; the first by default."
    return click.option("--currency", metavar="NAME", help=words)(command)


def polls_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--town`, or `--contract` and `--since`, for whoever has a node and an address only."""
    for option in (
        click.option(
            "--since",
            default=0,
            help="With --contract: a block at or before the town's first contract, to search less.",
        ),
        click.option("--contract", metavar="ADDRESS", help="Consultations itself, instead of a town."),
        town_option,
    ):
        command = option(command)
    return command


def concurring(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--attest`, for acts that two offices concur in."""
    words = "The notary's part: attest this very act; the registrar then gives the same command without it."
    return click.option("--attest", is_flag=True, help=words)(command)


def second_node_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--second-node`, for whoever would not go by one node's word."""
    words = "A node that somebody else runs, which must tell the same."
    return click.option("--second-node", metavar="URL", help=words)(command)


def trust_roll_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--trust-roll`, for who would be asked otherwise."""
    words = "Go on where nobody has shown that the roll is whole; you are asked otherwise."
    return click.option("--trust-roll", is_flag=True, help=words)(command)


def roll_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--roll`, the sealed roll as it was published."""
    words = "The sealed roll, as it was published when the consultation was opened."
    return click.option("--roll", "roll_path", type=EXISTING, required=True, help=words)(command)
