"""The bureau of mandates: an official's, a citizen's, the clerk's, the jury's; and the files they bring."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from beffroi import csvfile
from beffroi.chain.contract import Contract
from beffroi.cli.bureau import Bureau
from beffroi.cli.options import seconds
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.credibility.mandate import Mandates, Pledge
from beffroi.credibility.mandate_history import MandateHistory, read_history
from beffroi.csvfile import Column
from beffroi.town.session import open_session

COLUMNS = (
    Column("text", csvfile.words),
    Column("uri", csvfile.words),
    Column("weight_bps", csvfile.number),
    Column("due", lambda text: seconds(dt.datetime.fromisoformat(text))),
)


@dataclass(frozen=True)
class CredBureau(Bureau):
    """Where someone acts in a mandate.

    Attributes:
        polls: the contracts of consultations.
        residents: the town's register.
        mandates: the contract Promises.
    """

    polls: Polls
    residents: Contract
    mandates: Mandates

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.

        Raises:
            NotDeployedError: the town does not stand there, or has no `credibility`.
        """
        session = open_session(town, str(provider.http_uri))
        manifest = session.deployed("Consultations", "Promises")
        residents, authority, promises = (
            Contract.built(name, manifest.address(name)) for name in ("Residents", "Town", "Promises")
        )
        return cls(
            session.rpc,
            session.chain_id,
            session.config,
            ecosystem,
            polls=Polls.at(session.rpc, manifest.address("Consultations"), manifest.start_block),
            residents=residents,
            mandates=Mandates(session.rpc, authority, promises),
        )

    def history(self, mandate: int) -> MandateHistory:
        """The history of a mandate.

        Raises:
            NoMandateError: there is none of that number.
        """
        polls = self.polls
        return read_history(polls.rpc, self.mandates.promises, polls.consultations, mandate, polls.first)


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
        ConsultationError: there is no such promise, or one is named twice.
    """
    chosen = [part.strip() for part in listed.split(",")]
    if not all(part.isdigit() and 1 <= int(part) <= len(promises) for part in chosen):
        raise ConsultationError(f"{listed!r}: promises are numbers from 1 to {len(promises)}, between commas")
    found = [int(part) - 1 for part in chosen]
    if len(set(found)) < len(found):
        raise ConsultationError(f"{listed!r}: a promise is named twice: name each once")
    return found
