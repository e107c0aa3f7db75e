"""A paper shown field by field to one verifier, with the nonce that she gave; told true or false without a network.

Whoever sees a showing can tell others what it says, but not show it as his own: it names its verifier and her nonce,
and the paper's subject signed it.
"""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sha3 import keccak_256

from beffroi import slips
from beffroi.eip712 import Slip, SlipType
from beffroi.errors import InputError
from beffroi.records.attested import Attested, NoSeriesError
from beffroi.records.claims import PaperClaim, claim_leaf, is_of_schema
from beffroi.records.definition import Definition
from beffroi.records.jws import key_behind
from beffroi.records.paper import NOBODY, OwnPaper, Paper, PaperError
from beffroi.records.paperfile import (
    Home,
    account,
    claim_json,
    claim_of,
    exactly,
    hexed,
    members,
    octets,
    paper_json,
    paper_of,
    text,
    whole,
    word,
    words,
)
from beffroi.signatures import plain
from beffroi.textfile import json_of, read_text, write_whole

FORMAT = "beffroi-shown-1"
SHOWING = SlipType("Showing(bytes32 leaf,bytes32 claims,string verifier,bytes32 nonce,uint256 at)")
FRESH_S = 600
"""How long after it was signed a showing is taken."""


@dataclass(frozen=True)
class Showing:
    """What a verifier is handed.

    Attributes:
        home: the contract.
        definition: of the paper's schema.
        paper: without what it says.
        schema_proof: the siblings of the schema's hash in the tree of claims.
        claims: the fields that are shown.
        verifier: to whom, in words that she recognises.
        nonce: hers, 32 bytes.
        at_s: unix seconds at which it was signed.
        signature: the subject's; empty where the paper is about nobody.
    """

    home: Home
    definition: Definition
    paper: Paper
    schema_proof: tuple[bytes, ...]
    claims: tuple[PaperClaim, ...]
    verifier: str
    nonce: bytes
    at_s: int
    signature: bytes = field(repr=False)

    @cached_property
    def slip(self) -> Slip:
        """What the subject signed."""
        leaves = b"".join(claim_leaf(claim.salt, claim.name, claim.value) for claim in self.claims)
        shown: bytes = keccak_256(leaves).digest()
        return SHOWING.of(self.paper.leaf, shown, self.verifier, self.nonce, self.at_s)

    @property
    def digest(self) -> bytes:
        """What the subject signed, hashed; 32 bytes."""
        return self.slip.digest(self.home.domain)

    def public_key(self, paper: Paper) -> bytes:
        """The public key of whoever shows a paper, x ‖ y in 64 bytes.

        Args:
            paper: that must be shown.

        Raises:
            PaperError: it shows another paper, or no key of the subject's own signed it.
        """
        if self.paper != paper:
            raise PaperError("what is shown is another paper")
        if (key := key_behind(self.signature, self.digest, paper.subject)) is None:
            raise PaperError(f"{paper.subject}, whom it is about, did not sign it by a key of its own")
        return key

    def problems(
        self, verifier: str, nonce: bytes, now_s: int, attested: Attested | None = None, fresh_s: int = FRESH_S
    ) -> list[str]:
        """Why a verifier should not take it, a sentence each; none when all that is asked is right.

        Args:
            verifier: who asks.
            nonce: the one that she gave.
            now_s: unix seconds.
            attested: the contract, to be asked whether the paper holds now; None asks no chain.
            fresh_s: for how long after it was signed it is taken.

        Raises:
            RpcError: the node could not say.
        """
        found = [*self._claimed(), *self._held()]
        if (self.verifier, self.nonce) != (verifier, nonce):
            found.append(f"it was shown to {self.verifier!r:.80}, or for another nonce: somebody passes it on")
        if not now_s - fresh_s <= self.at_s <= now_s + FRESH_S:
            found.append("it was not signed in time: ask for it again, and see that both clocks are right")
        if self.paper.subject == NOBODY:
            found.append("the paper is about nobody: whoever has its file shows it")
        elif not self._is_signed(attested):
            found.append(f"{self.paper.subject}, whom it is about, did not sign it by a key of its own")
        if now_s < self.paper.from_s:
            found.append("the paper does not hold yet")
        if self.paper.until_s and now_s >= self.paper.until_s:
            found.append("the paper has ended")
        return found if attested is None else found + self._on_chain(attested)

    def _is_signed(self, attested: Attested | None) -> bool:
        subject = self.paper.subject
        if plain(self.signature, self.digest, subject) is not None:
            return True
        return attested is not None and attested.has_signed(subject, self.digest, self.signature)

    def _on_chain(self, attested: Attested) -> list[str]:
        found = attested.problems(self.paper)
        try:
            opened = attested.definition(self.paper.schema)
        except NoSeriesError as error:
            return [*found, str(error)]
        except InputError:
            return [*found, f"schema {self.paper.schema} does not say on chain what its papers say: ask its accreditor"]
        if opened != self.definition:
            found.append(f"schema {self.paper.schema} is {opened.name!r:.80} on chain, which says something else")
        return found

    def _claimed(self) -> list[str]:
        names = [claim.name for claim in self.claims]
        found = [f"the field {name} is shown twice" for name in sorted({it for it in names if names.count(it) > 1})]
        if not is_of_schema(self.definition, self.paper.claims_root, self.schema_proof):
            found.append(f"the paper is of another schema than {self.definition.name!r:.80}, or its words were changed")
        return found + [
            f"the paper does not say {claim.name}: {claim.value!r:.80}"
            for claim in self.claims
            if not claim.stands(self.definition, self.paper.claims_root)
        ]

    def _held(self) -> list[str]:
        return [
            f"paper {paper.number} does not stand in its batch of {paper.count}"
            for paper in self.paper.all()
            if not paper.is_sealed
        ]


def show(home: Home, own: OwnPaper, names: Sequence[str], verifier: str, nonce: bytes, at_s: int) -> Showing:
    """Fields of a paper, for its subject to sign (`signed`).

    Raises:
        DefinitionError: the paper's schema has no such field.
        PaperError: a field is named twice.
    """
    if len(set(names)) != len(names):
        raise PaperError("a field is shown once")
    claims = tuple(own.claims(names))
    return Showing(home, own.definition, own.paper, own.schema_proof, claims, verifier, nonce, at_s, b"")


def signed(showing: Showing, key: bytes) -> Showing:
    """The same, signed by the subject's key of 32 bytes.

    Raises:
        PaperError: the key is another's.
    """
    if slips.address_of(key) != showing.paper.subject:
        raise PaperError(f"the paper is about {showing.paper.subject}, whose key this is not")
    return with_signature(showing, slips.sign_digest(key, showing.digest))


def with_signature(showing: Showing, signature: bytes) -> Showing:
    """The same, with a signature that a wallet made of `slip`."""
    return dataclasses.replace(showing, signature=signature)


def showing_json(showing: Showing) -> dict[str, Any]:
    """A showing as JSON."""
    return {
        "format": FORMAT, **showing.home.json, "definition": showing.definition.json,
        "paper": paper_json(showing.paper), "schemaProof": [*map(hexed, showing.schema_proof)],
        "claims": [*map(claim_json, showing.claims)],
        "verifier": showing.verifier, "nonce": hexed(showing.nonce), "at": showing.at_s,
        "signature": hexed(showing.signature),
    }  # fmt: skip


def showing_of(value: Any) -> Showing:
    """The inverse of `showing_json`.

    Raises:
        PaperError: it is none.
        DefinitionError: its schema is none.
    """
    parsers = {
        "format": exactly(FORMAT), "chain": whole, "contract": account, "definition": Definition.of, "paper": paper_of,
        "schemaProof": words, "claims": _claims, "verifier": text, "nonce": word, "at": whole, "signature": octets,
    }  # fmt: skip
    read = members(value, parsers, "what is shown of a paper")
    return Showing(
        Home(read["chain"], read["contract"]), read["definition"], read["paper"], read["schemaProof"], read["claims"],
        read["verifier"], read["nonce"], read["at"], read["signature"],
    )  # fmt: skip


def write_showing(path: Path, showing: Showing) -> None:
    """Writes what is shown of a paper: its verifier's alone."""
    write_whole(path, json.dumps(showing_json(showing), ensure_ascii=False, indent=1) + "\n", mode=0o600)


def read_showing(path: Path) -> Showing:
    """What is shown of a paper; errors as of `showing_of`."""
    return showing_of(json_of(read_text(path, PaperError)))


def _claims(value: Any) -> tuple[PaperClaim, ...]:
    if not isinstance(value, list):
        raise PaperError(f"{value!r:.60} is no list of claims")
    return tuple(map(claim_of, value))
