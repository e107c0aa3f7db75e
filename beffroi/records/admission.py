"""Enrolment by papers: what a town asks of a kind of resident, and who shows it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from beffroi import csvfile
from beffroi.chain.abi import entry, selector
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Call, Signer
from beffroi.eip712 import Domain
from beffroi.errors import InputError, StateError
from beffroi.records.paper import Paper
from beffroi.records.paperfile import Parse, account, exactly, hexed, members, octets, whole
from beffroi.records.paperslips import admit_slip
from beffroi.residents import ResidentKind
from beffroi.textfile import read_json, write_whole

REQUEST = "beffroi-admission-1"


class NotAskedError(StateError):
    """A town enrols none of a kind by papers, or asks others."""


@dataclass(frozen=True)
class AdmissionRequest:
    """What whoever posts it sends: nothing of what the papers say is in it.

    Attributes:
        chain_id: EIP-155.
        contract: Admission.
        call: of `admit`, signed by the account.
    """

    chain_id: int
    contract: str
    call: bytes

    @property
    def who(self) -> tuple[ResidentKind, str]:
        """As what an account would be enrolled, and which."""
        kind, who = decode(["uint8", "address"], self.call[4:68])
        return ResidentKind(kind), csvfile.address(who)

    def write(self, path: Path) -> None:
        """Writes it as a file."""
        said = {"file": REQUEST, "chain": self.chain_id, "contract": self.contract, "call": hexed(self.call)}
        write_whole(path, json.dumps(said, indent=2) + "\n")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads one.

        Raises:
            InputError: the file is none.
        """
        parsers: dict[str, Parse] = {"file": exactly(REQUEST), "chain": whole, "contract": account, "call": octets}
        said = members(read_json(path), parsers, f"{path}: a request for admission")
        request = cls(said["chain"], said["contract"], said["call"])
        try:
            _ = request.who
        except (DecodingError, ValueError) as error:
            raise InputError(f"{path}: what it would send is no admission") from error
        return request


@dataclass(frozen=True)
class Admissions:
    """The contract Admission, through a node.

    Attributes:
        rpc: the node.
        contract: Admission.
        chain_id: of the chain.
    """

    rpc: Rpc
    contract: Contract
    chain_id: int

    def asked(self, kind: ResidentKind) -> tuple[int, tuple[str, ...]]:
        """Of which schema papers are asked of a kind, and of which issuers; of none when nobody is enrolled so."""
        schema, issuers = self.contract.read(self.rpc, "requirementOf", int(kind))
        return int(schema), tuple(csvfile.address(it) for it in issuers)

    def ask(self, admin: Signer, kind: ResidentKind, schema: int, issuers: Sequence[str]) -> None:
        """Asks a paper of each of these issuers under a schema of a kind; of none, the registrar alone enrols it.

        Raises:
            TransactionFailedError: there is no such schema, an issuer is named twice, or the signer is not ADMIN.
            NotAnnouncedError: ADMIN's acts wait, and this one was not announced.
        """
        named = sorted(issuers, key=_place)
        call = self.contract.encode("setRequirement", int(kind), schema, named)
        Sender(self.rpc, admin).send(Call(self.contract.address, call, "ask papers of new residents"))

    def request(self, holder: Signer, kind: ResidentKind, papers: Sequence[Paper], deadline_s: int) -> AdmissionRequest:
        """What a holder signs for anyone to post until `deadline_s` (unix seconds).

        Raises:
            NotAskedError: the town asks other papers.
        """
        slip = admit_slip(kind, str(holder.address), self._schema(kind, holder, papers), deadline_s)
        domain = Domain("Admission", self.chain_id, self.contract.address)
        signature = sign_typed(holder, domain.separator, slip.struct_hash)
        call = self._call(kind, str(holder.address), papers, deadline_s, signature)
        return AdmissionRequest(self.chain_id, self.contract.address, call)

    def admit(self, holder: Signer, kind: ResidentKind, papers: Sequence[Paper]) -> None:
        """Enrols the holder of papers, who sends.

        Raises:
            NotAskedError: the town asks other papers.
            TransactionFailedError: a paper does not hold, or the register knows the account, or has known it.
        """
        self._schema(kind, holder, papers)
        self._send(holder, self._call(kind, str(holder.address), papers, 0, b""))

    def post(self, poster: Signer, request: AdmissionRequest) -> None:
        """Sends what a holder signed.

        Raises:
            InputError: it is for another contract or chain, or is no admission.
            TransactionFailedError: as `admit`; or it was not signed so, or too late.
        """
        here = (self.chain_id, self.contract.address)
        if (request.chain_id, request.contract) != here:
            raise InputError(f"the request is for {request.contract} on chain {request.chain_id}: not for this town")
        if request.call[:4] != selector(entry(self.contract.abi, "function", "admit")):
            raise InputError("what the request would send is no admission")
        self._send(poster, request.call)

    def _schema(self, kind: ResidentKind, holder: Signer, papers: Sequence[Paper]) -> int:
        if others := {it.subject for it in papers} - {str(holder.address)}:
            raise NotAskedError(f"a paper is about {others.pop()}: that account signs, of its own papers alone")
        schema, issuers = self.asked(kind)
        if not issuers:
            raise NotAskedError(f"this town enrols no {kind.name.lower()} by papers: ask its registrar")
        shown = sorted((it.schema, _place(it.issuer)) for it in papers)
        if shown != [(schema, _place(it)) for it in issuers]:
            raise NotAskedError(
                f"this town asks one paper of schema {schema} of each of {', '.join(issuers)}, and no other"
            )
        return schema

    def _call(self, kind: ResidentKind, account: str, papers: Sequence[Paper], deadline_s: int, by: bytes) -> bytes:
        ordered = [it.as_tuple for it in sorted(papers, key=lambda it: _place(it.issuer))]
        return self.contract.encode("admit", int(kind), account, ordered, deadline_s, by)

    def _send(self, who: Signer, call: bytes) -> None:
        Sender(self.rpc, who).send(Call(self.contract.address, call, "enrol by papers"))


def _place(account: str) -> int:
    return int(account, 16)
