"""What a town publishes of programmes: title, rule, categories, shops' labels and the roll, held to the chain."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from beffroi.programmes.programmebook import ProgrammeBook
from beffroi.programmes.programmeroll import ProgrammeRoll, name_of
from beffroi.programmes.programmeterms import ProgrammeError, ProgrammeFile

FILE, FOLDER = "programmes.json", "programmes"


@dataclass(frozen=True)
class ToldProgramme:
    """A programme as it is published, of which the chain has hashes; `tell_programme` holds it to them.

    Attributes:
        name: 32 bytes.
        contract: where it stands.
        sponsor: whose it is.
        file: as the sponsor wrote it.
        roll: who may spend; None where there are grants alone.
        shops: how merchants are called, by account.
    """

    name: bytes
    contract: str
    sponsor: str
    file: ProgrammeFile
    roll: ProgrammeRoll | None = None
    shops: Mapping[str, str] = field(default_factory=dict)

    def is_of(self, chain_id: int, contract: str) -> bool:
        """Whether it is a programme of that contract."""
        return contract == self.contract and name_of(chain_id, contract, self.sponsor, self.file.salt) == self.name

    @property
    def place(self) -> str:
        """Where its roll is published."""
        return f"{FOLDER}/0x{self.name.hex()}.csv"

    @property
    def said(self) -> dict[str, Any]:
        """Its line of `programmes.json`."""
        return {
            "name": f"0x{self.name.hex()}",
            "title": self.file.title,
            "rule": self.file.rule,
            "categories": list(self.file.categories),
            "unit": self._unit,
            "merchants": [{"account": account, "label": label} for account, label in self.shops.items()],
            "roll": self.roll is not None,
        }

    @property
    def _unit(self) -> Literal["money", "meals", "stamps"]:
        if self.file.meals:
            return "meals"
        return "money" if self.file.unit else "stamps"


def tell_programme(
    book: ProgrammeBook, name: bytes, file: ProgrammeFile, roll: ProgrammeRoll | None, shops: Mapping[str, str]
) -> ToldProgramme:
    """A programme to be published.

    Args:
        book: the contract.
        name: 32 bytes.
        file: the sponsor's.
        roll: as the sponsor published it; None for a programme of grants alone.
        shops: how merchants are called, by account.

    Raises:
        NoProgrammeError: nobody opened it.
        ProgrammeRollError: the roll is another than the one that was sealed.
        ProgrammeError: it was opened on other terms, or a shop is named that was never accredited.
    """
    terms = book.terms(name)
    if roll is not None:
        roll.require(terms.sealed)
    if differ := terms.differing(file.terms(terms.sponsor, roll)):
        unread = "; its roll is missing" if terms.total and roll is None else ""
        raise ProgrammeError(f"0x{name.hex()} is not what {file.title!r} says: {', '.join(differ)} differ{unread}")
    accredited = {it.args["merchant"] for it in book.told(name, "MerchantAccredited")}
    if strangers := [it for it in shops if it not in accredited]:
        raise ProgrammeError(f"never accredited in {file.title!r}: {', '.join(strangers)}")
    return ToldProgramme(name, book.contract.address, terms.sponsor, file, roll, shops)


def programmes_text(told: Sequence[ToldProgramme]) -> str:
    """The text of `programmes.json`, of one contract's programmes."""
    value = {"contract": told[0].contract, "programmes": [it.said for it in told]}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
