"""What a fact's issuers sign together, as a file that goes from hand to hand: a statement, or a withdrawal."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi import signatures
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.eip712 import Domain, Slip
from beffroi.errors import InputError
from beffroi.records.fact import STATE, WITHDRAW, Fact, FactError
from beffroi.records.paperfile import Parse, account, exactly, hexed, members, moment, octets, text, whole, word
from beffroi.textfile import read_json, write_whole

FORMAT = "beffroi-fact-act-1"


@dataclass(frozen=True)
class StatedValue:
    """A value and its time.

    Attributes:
        value: in 10^-decimals of the fact's unit.
        at_s: unix seconds of when it was so.
    """

    value: int
    at_s: int


@dataclass(frozen=True)
class FactAct:
    """A statement or a withdrawal, with the signatures that it has so far.

    Attributes:
        chain_id: EIP-155.
        contract: Facts.
        fact: of which.
        number: of the act.
        source: the hash of what it is taken from, or of what says why; 32 bytes.
        deadline_s: the last unix second at which it may be posted.
        stated: what is stated; None when the value is withdrawn.
        signatures: by issuer.
    """

    chain_id: int
    contract: str
    fact: Fact
    number: int
    source: bytes
    deadline_s: int
    stated: StatedValue | None
    signatures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def domain(self) -> Domain:
        """Where it is valid."""
        return Domain("Facts", self.chain_id, self.contract)

    @cached_property
    def slip(self) -> Slip:
        """What each issuer signs: the definition is in it, so that a wallet shows it."""
        fact, it = self.fact.as_tuple, self.stated
        if it is None:
            return WITHDRAW.of(fact, self.number, self.source, self.deadline_s)
        return STATE.of(fact, self.number, it.value, it.at_s, self.source, self.deadline_s)

    @cached_property
    def digest(self) -> bytes:
        """That is signed, 32 bytes."""
        return self.slip.digest(self.domain)

    @property
    def signers(self) -> list[str]:
        """Who signed, in the order of their places."""
        return [it for it in self.fact.issuers if it in self.signatures]

    def signed(self, issuer: Signer) -> "FactAct":
        """With one signature more.

        Raises:
            FactError: the account is no issuer of the fact.
            DeclinedError: its holder declined.
        """
        who = str(issuer.address)
        if who not in self.fact.issuers:
            raise FactError(f"{who} is no issuer of {self.fact.name}: {', '.join(self.fact.issuers)} are")
        signature = sign_typed(issuer, self.domain.separator, self.slip.struct_hash)
        return dataclasses.replace(self, signatures={**self.signatures, who: signature})

    def key_signed(self, issuer: str) -> bool:
        """Whether its signature is by that account's own key, in whatever form its wallet gave it."""
        return signatures.plain(self.signatures[issuer], self.digest, issuer) is not None

    @property
    def json(self) -> dict[str, Any]:
        """As its file has it."""
        it = self.stated
        return {
            "format": FORMAT, "chain": self.chain_id, "contract": self.contract, "fact": self.fact.json,
            "number": self.number, "value": None if it is None else self.fact.written(it.value),
            "at": None if it is None else it.at_s, "source": hexed(self.source), "deadline": self.deadline_s,
            "signatures": {who: hexed(self.signatures[who]) for who in self.signers},
        }  # fmt: skip

    def write(self, path: Path) -> None:
        """Writes it as a file."""
        write_whole(path, json.dumps(self.json, ensure_ascii=False, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "FactAct":
        """Reads one.

        Raises:
            InputError: the file is none, or somebody else than an issuer signed.
        """
        return act_of(read_json(path), path.name)


def act_of(value: Any, name: str) -> FactAct:
    """An act, from the JSON of the file of that name.

    Raises:
        InputError: it is none, or somebody else than an issuer signed.
    """
    parsers: dict[str, Parse] = {
        "format": exactly(FORMAT), "chain": whole, "contract": account, "fact": Fact.of, "number": _number,
        "value": _or_none(text), "at": _or_none(moment), "source": word, "deadline": whole, "signatures": _signatures,
    }  # fmt: skip
    read = members(value, parsers, f"{name}: an act of a fact")
    fact, said, at_s = read["fact"], read["value"], read["at"]
    if (said is None) != (at_s is None):
        raise FactError(f"{name}: value and at are both there, or neither: then it is a withdrawal")
    stated = None if said is None else StatedValue(fact.value(said), at_s)
    for who in read["signatures"].keys() - set(fact.issuers):
        raise FactError(f"{name}: {who} signed and is no issuer of {fact.name}")
    home = read["chain"], read["contract"]
    return FactAct(*home, fact, read["number"], read["source"], read["deadline"], stated, read["signatures"])


def gathered(acts: Sequence[FactAct]) -> FactAct:
    """One act with all signatures of several files of it; what an account's own key signed, no other copy displaces.

    Raises:
        InputError: they are of different acts.
    """
    first = acts[0]
    found: dict[str, bytes] = {}
    for it in acts:
        if it.digest != first.digest:
            raise InputError("the files are of different acts: gather those of one statement")
        found |= {who: signed for who, signed in it.signatures.items() if who not in found or it.key_signed(who)}
    return dataclasses.replace(first, signatures=found)


def _number(value: Any) -> int:
    if not 0 < whole(value) < 2**32:
        raise FactError(f"{value} numbers no act: they begin with 1")
    return int(value)


def _or_none(parse: Parse) -> Parse:
    return lambda value: None if value is None else parse(value)


def _signatures(value: Any) -> dict[str, bytes]:
    if not isinstance(value, dict):
        raise FactError(f"{value!r:.60} is no object of issuers and signatures")
    return {account(who): octets(signature) for who, signature in value.items()}
