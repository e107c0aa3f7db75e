"""The voter's receipt: is my ballot, as I cast it, in the count?

A receipt says which bytes were cast, not what is in them: it shows nobody how its owner voted. It is found again among
the events by the hash of the ballot, recomputed from what the chain holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from beffroi.ballots.ballot import CIPHERTEXT
from beffroi.ballots.events import BallotRefused, BallotsCast, RefusedFor
from beffroi.ballots.records import EMPTY_LEAF, batch_root, records
from beffroi.ballots.transcript import keccak, to_address
from beffroi.errors import InputError
from beffroi.textfile import json_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from beffroi.ballots.ballot import Ballot
    from beffroi.ballots.events import Event
    from beffroi.ballots.params import Params
    from beffroi.ballots.records import Record


class Fate(StrEnum):
    """What became of a ballot."""

    COUNTED = "counted"
    REPLACED = "replaced"
    REFUSED = "refused"
    ABSENT = "absent"


_REASONS = {
    RefusedFor.SEQUENCE: "its number was not the next one",
    RefusedFor.ALREADY_VOTED: "another ballot of yours was counted first",
    RefusedFor.SIGNATURE: "its signature is not yours",
    RefusedFor.PROOF: "its proof is false",
}


class ReceiptError(InputError):
    """The text is not a receipt, or is of another consultation."""


@dataclass(frozen=True)
class Receipt:
    """What a voter keeps: where, who, which ballot.

    Attributes:
        chain_id: of the chain.
        contract: address of Consultations.
        consultation: its number there.
        index: the voter's place on the roll.
        voter: her account.
        seq: 0 for a first vote.
        ballot_hash: keccak256 of the ballot.
    """

    chain_id: int
    contract: bytes
    consultation: int
    index: int
    voter: bytes
    seq: int
    ballot_hash: bytes

    @classmethod
    def of(cls, params: Params, index: int, ballot: Ballot) -> Receipt:
        """The receipt of a ballot."""
        where = (params.chain_id, params.contract, params.consultation)
        return cls(*where, index, ballot.voter, ballot.seq, ballot.hash)

    def text(self) -> str:
        """The receipt as JSON, to keep in a file or a QR code."""
        return json.dumps(
            {
                "chainId": self.chain_id,
                "consultations": "0x" + self.contract.hex(),
                "consultation": self.consultation,
                "index": self.index,
                "voter": "0x" + self.voter.hex(),
                "seq": self.seq,
                "ballotHash": "0x" + self.ballot_hash.hex(),
            }
        )

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """The receipt that ``text`` wrote.

        Raises:
            ReceiptError: when it is not one.
        """
        try:
            data = json_of(text)
            where = (int(data["chainId"]), to_address(data["consultations"]), int(data["consultation"]))
            ballot_hash = bytes.fromhex(data["ballotHash"].removeprefix("0x"))
            return cls(*where, int(data["index"]), to_address(data["voter"]), int(data["seq"]), ballot_hash)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReceiptError("this is not a receipt") from error


@dataclass(frozen=True)
class Found:
    """What became of a receipt's ballot, and in which batch."""

    fate: Fate
    batch: int | None
    text: str


def find(receipt: Receipt, params: Params, events: Iterable[Event]) -> Found:
    """What became of the ballot, from the events of the consultation in order.

    Raises:
        ReceiptError: when the receipt is of another consultation.
    """
    where = (params.chain_id, params.contract, params.consultation)
    if (receipt.chain_id, receipt.contract, receipt.consultation) != where:
        raise ReceiptError("this receipt is of another consultation")
    found = Found(Fate.ABSENT, None, "Your ballot is not on the chain (yet). You can still post it yourself.")
    for batch, record, reason in _records_of(receipt, params, events):
        if (record.seq, keccak(record.ballot)) != (receipt.seq, receipt.ballot_hash):
            if not reason and found.fate is Fate.COUNTED:
                found = Found(Fate.REPLACED, batch, f"A later ballot of yours, in batch {batch}, replaced it.")
        elif not reason:
            text = f"Your ballot, exactly as you cast it, is in the count (batch {batch}), as this node shows it."
            found = Found(Fate.COUNTED, batch, text)
        elif found.fate is Fate.ABSENT:
            text = f"Your ballot was refused in batch {batch}: {_REASONS[RefusedFor(reason)]}."
            found = Found(Fate.REFUSED, batch, text)
    return found


def _records_of(receipt: Receipt, params: Params, events: Iterable[Event]) -> Iterator[tuple[int, Record, int]]:
    """The voter's records: batch, record, and the reason for which it was refused, or 0."""
    refused: dict[tuple[int, int], int] = {}
    for event in events:
        if isinstance(event, BallotRefused) and event.consultation == params.consultation:
            refused[event.batch, event.position] = event.reason
        elif isinstance(event, BallotsCast) and event.consultation == params.consultation:
            batch = list(records(event.records, params.rule.ballot_length))
            reasons = [refused.get((event.batch, position), 0) for position in range(len(batch))]
            hers = [at for at, it in enumerate(batch) if (it.index, it.voter) == (receipt.index, receipt.voter)]
            # A batch of another root is none that the contract has taken.
            if hers and _root(params, batch, reasons) == event.root:
                yield from ((event.batch, batch[at], reasons[at]) for at in hers)


def _root(params: Params, batch: list[Record], reasons: list[int]) -> bytes:
    length = CIPHERTEXT * params.rule.size
    return batch_root(
        [
            EMPTY_LEAF if reason else params.leaf(it.index, it.seq, keccak(it.ballot[:length]))
            for it, reason in zip(batch, reasons, strict=True)
        ]
    )
