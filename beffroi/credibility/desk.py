"""What the scripts of credibility share: the contracts, who signs, files, and errors in plain words."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from beffroi import csvfile
from beffroi.chain.contract import Contract
from beffroi.consultation.desk import Desk, at_desk
from beffroi.consultation.polls import ConsultationError
from beffroi.credibility.history import History, NoMandateError, read_history
from beffroi.credibility.mandate import Mandates, Pledge
from beffroi.csvfile import Column
from beffroi.town.session import open_session

DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
COLUMNS = (
    Column("text", csvfile.words),
    Column("uri", csvfile.words),
    Column("weight_bps", csvfile.number),
    Column("due", lambda text: seconds(dt.datetime.fromisoformat(text))),
)


@dataclass(frozen=True)
class CredDesk:
    """Where someone acts in a mandate.

    Attributes:
        desk: of consultations.
        mandates: the contract Promises.
    """

    desk: Desk
    mandates: Mandates

    def history(self, mandate: int) -> History:
        """The history of a mandate.

        Raises:
            ConsultationError: there is none of that number.
        """
        polls = self.desk.polls
        try:
            return read_history(polls.rpc, self.mandates.promises, polls.consultations, mandate, polls.first)
        except NoMandateError as error:
            raise ConsultationError(str(error)) from error


@contextmanager
def at_cred_desk(town: str, provider: Any, ecosystem: Any) -> Iterator[CredDesk]:
    """Opens a town's promises; what a user can do something about is a message.

    Raises:
        click.ClickException: with that message.
    """
    with at_desk(town, None, 0, provider, ecosystem) as desk:
        session = open_session(town, str(provider.http_uri))
        if session.manifest is None or "Promises" not in session.manifest.contracts:
            raise ConsultationError(f"{session.config.name} has no `credibility` on chain {session.chain_id}")
        town_, promises = (Contract.built(name, session.manifest.address(name)) for name in ("Town", "Promises"))
        yield CredDesk(desk, Mandates(session.rpc, town_, promises))


def seconds(moment: dt.datetime) -> int:
    """Unix seconds of a moment written without a zone, which is UTC."""
    return int(moment.replace(tzinfo=dt.UTC).timestamp())


def read_pledges(path: Path) -> list[Pledge]:
    """The promises of a CSV file: text, uri, weight_bps (they sum to 10,000), due (a day, UTC).

    Raises:
        CsvError: the file is wrong, line by line.
    """
    rows = csvfile.read(path, COLUMNS)
    return [Pledge(row["text"], row["uri"], row["weight_bps"], row["due"]) for row in rows]


def numbers(listed: str, promises: Sequence[object]) -> list[int]:
    """Promises from 1 as people count them, between commas; from 0 as the chain does.

    Raises:
        ConsultationError: there is no such promise.
    """
    chosen = [part.strip() for part in listed.split(",")]
    if not all(part.isdigit() and 1 <= int(part) <= len(promises) for part in chosen):
        raise ConsultationError(f"{listed!r}: promises are numbers from 1 to {len(promises)}, between commas")
    return [int(part) - 1 for part in chosen]
