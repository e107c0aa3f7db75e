"""The file of a sale, which its parties pass on until everybody has signed: terms, and signatures by act and account.

JSON; the terms are those of `beffroi.land.deeds`. Nothing in it is secret, and nothing in it need be trusted: the
contract checks every signature over the very terms that it is given.
"""

import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from beffroi.chain.signers import sign_typed
from beffroi.eip712 import Slip
from beffroi.land import deeds
from beffroi.land.deeds import SaleTerms, TermsError
from beffroi.land.registry import LandError
from beffroi.land.sale import Sales
from beffroi.textfile import read_json

FORMAT = "beffroi-sale-1"


class SaleAct(StrEnum):
    """What is signed in the course of a sale."""

    COMPROMIS = "compromis"
    AMENDMENT = "amendment"
    DEED = "deed"
    RESCISSION = "rescission"
    RETRACTION = "retraction"


@dataclass(frozen=True)
class SaleFile:
    """A sale on its way from desk to desk.

    Attributes:
        chain_id: of the chain.
        conveyance: the contract's address.
        terms: in force, or to be.
        sale: its number; None until it is open.
        proposed: other terms, which an amendment would put in force.
        signatures: by act and account.
    """

    chain_id: int
    conveyance: str
    terms: SaleTerms
    sale: int | None = None
    proposed: SaleTerms | None = None
    signatures: dict[SaleAct, dict[str, bytes]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The file.

        Raises:
            LandError: it is no such file; the message says why.
        """
        content = read_json(path, LandError, "the file of a sale")
        if isinstance(content, dict) and content.get("format", FORMAT) != FORMAT:
            raise LandError(f"{path} is of the format {content['format']!r}, not {FORMAT}")
        try:
            return cls(
                chain_id=int(content["chainId"]),
                conveyance=content["conveyance"],
                terms=SaleTerms.parse(content["terms"]),
                sale=int(content["sale"]) if content["sale"] is not None else None,
                proposed=SaleTerms.parse(content["proposed"]) if content["proposed"] is not None else None,
                signatures={
                    SaleAct(act): {account: bytes.fromhex(it.removeprefix("0x")) for account, it in signed.items()}
                    for act, signed in content["signatures"].items()
                },
            )
        except TermsError as error:
            raise LandError(f"{path}: {error}") from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise LandError(f"{path} is not the file of a sale: `ape run land sell draft` makes one") from error

    def write(self, path: Path) -> None:
        """Writes the file."""
        content = {
            "format": FORMAT,
            "chainId": self.chain_id,
            "conveyance": self.conveyance,
            "parcel": str(self.terms.parcel),
            "sale": None if self.sale is None else str(self.sale),
            "terms": self.terms.plain(),
            "proposed": self.proposed.plain() if self.proposed else None,
            "signatures": {
                act: {account: "0x" + it.hex() for account, it in signed.items()}
                for act, signed in self.signatures.items()
            },
        }
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")

    @property
    def number(self) -> int:
        """The sale's.

        Raises:
            LandError: it is not open.
        """
        if self.sale is None:
            raise LandError("the sale is not open yet: `ape run land sell open` once everybody signed the compromis")
        return self.sale

    def slip(self, act: SaleAct) -> Slip:
        """What is signed for an act.

        Raises:
            LandError: the sale is not open, or nothing else is proposed.
        """
        match act:
            case SaleAct.COMPROMIS:
                return deeds.compromis(self.terms)
            case SaleAct.DEED:
                return deeds.deed(self.number, self.terms)
            case SaleAct.RESCISSION:
                return deeds.rescission(self.number)
            case SaleAct.RETRACTION:
                return deeds.retraction(self.number)
            case SaleAct.AMENDMENT:
                return deeds.amendment(self.number, self.terms.hash, self.amended())

    def amended(self) -> SaleTerms:
        """The terms that are proposed.

        Raises:
            LandError: none are.
        """
        if self.proposed is None:
            raise LandError("no other terms are proposed: `ape run land amend propose` writes them")
        return self.proposed

    def parties(self, act: SaleAct, sales: Sales) -> tuple[str, ...]:
        """Who signs an act, as recorded, in the contract's order; of a retraction, whoever may."""
        if act is SaleAct.DEED:
            return sales.deed_parties(self.terms)
        if act is SaleAct.RETRACTION:
            return tuple(right.holder for right in self.terms.bought)
        return (self.amended() if act is SaleAct.AMENDMENT else self.terms).parties

    def missing(self, act: SaleAct, sales: Sales) -> list[str]:
        """Who has not signed an act yet."""
        signed = self.signatures.get(act, {})
        return [party for party in dict.fromkeys(self.parties(act, sales)) if party not in signed]

    def signed(self, act: SaleAct, who: Any, sales: Sales) -> Self:
        """The same file with one more signature.

        Args:
            act: what is signed.
            who: the signer, a party or the key that replaced a party's.
            sales: of the contract that it was drawn up for.

        Raises:
            LandError: it is no party to the act.
            DeclinedError: the account's holder declined.
        """
        offices, parties = sales.offices, tuple(dict.fromkeys(self.parties(act, sales)))
        keys = offices.residents.reads(offices.rpc, "currentKeyOf", [(party,) for party in parties])
        own = [party for party, key in zip(parties, keys, strict=True) if key.lower() == str(who.address).lower()]
        if not own:
            raise LandError(f"{who.address} is no party to the {act}: {', '.join(parties)} sign it")
        signature = sign_typed(who, offices.domain(offices.conveyance).separator, self.slip(act).struct_hash)
        return replace(
            self,
            signatures=self.signatures | {act: self.signatures.get(act, {}) | dict.fromkeys(own, signature)},
        )

    def require_chain(self, chain_id: int) -> None:
        """Lets no file act on a chain that it was not written for.

        Raises:
            LandError: it is another chain's.
        """
        if self.chain_id != chain_id:
            raise LandError(
                f"the file is of a sale on chain {self.chain_id}, and this is chain {chain_id}: choose that network"
            )
