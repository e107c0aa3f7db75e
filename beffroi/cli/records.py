"""The bureau of papers: an accreditor's, an issuer's, a holder's, a verifier's; and the register of acts."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from beffroi import csvfile
from beffroi.chain.contract import Contract
from beffroi.cli.bureau import Bureau
from beffroi.errors import InputError
from beffroi.records.actaudit import WATCHED, CarriedOut, carried_out
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.paperfile import Home
from beffroi.town.manifest import Manifest
from beffroi.town.session import open_session


@dataclass(frozen=True)
class RecordsBureau(Bureau):
    """Where someone acts on papers.

    Attributes:
        manifest: of the town.
    """

    manifest: Manifest

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.

        Raises:
            NotDeployedError: the town does not stand there, or has no `records`.
        """
        session = open_session(town, str(provider.http_uri))
        manifest = session.deployed("Attestations")
        return cls(session.rpc, session.chain_id, session.config, ecosystem, manifest=manifest)

    @cached_property
    def attested(self) -> Attested:
        """The town's contract Attestations."""
        return Attested(self.rpc, self._built("Attestations"), self.chain_id, self.manifest.start_block)

    def require_home(self, home: Home) -> None:
        """Lets no paper of another contract pass.

        Raises:
            InputError: it is of another.
        """
        if home != self.attested.home:
            here = self.attested.home
            there = f"{home.contract} on chain {home.chain_id}"
            raise InputError(f"the file is of {there}; the town's papers are of {here.contract} on {here.chain_id}")

    def calls(self) -> list[CarriedOut]:
        """What was carried out that a council decides.

        Raises:
            RpcError: the node could not say.
        """
        contracts = {name: self._built(name) for name in WATCHED if name in self.manifest.contracts}
        start_block = self.manifest.start_block
        return carried_out(self.rpc, contracts, self._built("Town"), self.chain_id, start_block)

    def _built(self, name: str) -> Contract:
        return Contract.built(name, self.manifest.address(name))


def series_name(text: str) -> SeriesName:
    """A series as it is written: 3:0x….

    Raises:
        InputError: it is none.
    """
    match = re.fullmatch("([0-9]{1,9}):(0x[0-9a-fA-F]{40})", text)
    if match is None:
        raise InputError(f"{text[:60]!r} is no series: SCHEMA:ISSUER, as 3:0x… by the account first accredited")
    return SeriesName(int(match[1]), csvfile.address(match[2]))


def paper_numbers(text: str) -> set[int]:
    """Numbers of papers between commas, or from one to another: 3,7,10-20.

    Raises:
        InputError: they are none.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch("([0-9]{1,12})(?:-([0-9]{1,12}))?", part.strip())
        if match is None:
            raise InputError(f"{part[:40]!r} is no number of a paper, and no range: 3,7,10-20")
        found |= {*range(int(match[1]), int(match[2] or match[1]) + 1)}
    return found


def purpose_word(text: str) -> bytes:
    """What a paper is used for, as 32 bytes.

    Raises:
        InputError: it is longer.
    """
    if not 0 < len(word := text.encode()) <= 32:
        raise InputError(f"{text[:60]!r}: a purpose has 1 to 32 bytes")
    return word.ljust(32, b"\0")
