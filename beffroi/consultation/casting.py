"""Casting: a ballot that its voter signs as a slip, and anyone posts, she herself too; the last one counts."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.ballot import CIPHERTEXT, Ballot, make_ballot
from beffroi.ballots.events import BallotRefused, BallotsCast
from beffroi.ballots.params import BALLOT, Params
from beffroi.ballots.records import EMPTY_LEAF, Record, batch_proof, records
from beffroi.ballots.transcript import digest, keccak, to_address
from beffroi.chain.signers import sign_typed
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls, PollStatus
from beffroi.consultation.sound_key import require_acknowledged
from beffroi.roll import Roll
from beffroi.textfile import json_of


def next_seq(polls: Polls, number: int, index: int) -> int:
    """The number of this voter's next ballot: 0 for a first vote."""
    voted, seq = polls.consultations.read(polls.rpc, "turnout", number, index)
    return int(seq) + 1 if voted else 0


def sign(params: Params, index: int, ballot: Ballot, voter: Any) -> Record:
    """The slip by which anyone may post this ballot.

    Args:
        params: of the consultation.
        index: of the voter on the roll.
        ballot: hers.
        voter: a `Key`, an eth-account, or an adaptor of ape's, which asks its owner.

    Raises:
        DeclinedError: the account's holder declined.
    """
    body = digest(BALLOT.hash, params.consultation, ballot.voter, ballot.seq, ballot.hash)
    signature = sign_typed(voter, params.separator, body)
    return Record(index, ballot.seq, ballot.voter, signature, ballot.data)


def prepare(
    polls: Polls, params: Params, roll: Roll, account: str, messages: Sequence[int], panels: Sequence[Panel]
) -> tuple[int, Ballot]:
    """The voter's place on the roll and her ballot, the first or the next; nothing is sent.

    Args:
        polls: the contracts.
        params: of the consultation.
        roll: who may vote.
        account: hers.
        messages: what she chose.
        panels: the trustees whom she believes, from elsewhere than the node.

    Raises:
        ConsultationError: the vote is not open, its key is not one that these trustees signed, or she is not on the
            roll.
    """
    polls.require(params.consultation, PollStatus.OPEN)
    require_acknowledged(polls, params, panels)
    index = place_on(roll, account)
    return index, make_ballot(params, to_address(account), next_seq(polls, params.consultation, index), messages)


def hand_over(polls: Polls, params: Params, index: int, ballot: Ballot, voter: Any) -> Record:
    """The slip of a ballot for somebody else to post: a next one only where the one that it replaces is shown.

    Raises:
        ConsultationError: this node tells that she has voted, and shows no ballot of hers.
        DeclinedError: the account's holder declined.
    """
    if ballot.seq:
        replaced_by(polls, params, index)
    return sign(params, index, ballot, voter)


def handed_over(slip: Record) -> str:
    """What its voter must know of a slip that she signed, in words."""
    return (
        f"Signed, as ballot number {slip.seq + 1} of yours. That so many came before it is this node's word: under "
        "another number the contract refuses it. When it is posted, look for it by your receipt and another node."
    )


def cast(polls: Polls, params: Params, roll: Roll, voter: Signer, index: int, ballot: Ballot) -> dict[str, Any]:
    """Signs the voter's own ballot and posts it by her own transaction; its receipt.

    Raises:
        DeclinedError: the account's holder declined.
        TransactionFailedError: the contract refuses.
    """
    slip = sign(params, index, ballot, voter)
    words = (params.consultation, index, str(voter.address), ballot.data, slip.signature, roll.proof(index))
    if ballot.seq:
        again = (*words, replaced_by(polls, params, index))
        return polls.act(voter, polls.consultations, "castAgain", *again, purpose="cast a ballot")
    return polls.act(voter, polls.consultations, "cast", *words, purpose="cast a ballot")


def place_on(roll: Roll, account: str) -> int:
    """Where an account stands on the roll.

    Raises:
        ConsultationError: it does not.
    """
    try:
        return roll.index(account)
    except KeyError as error:
        raise ConsultationError(f"{account} is not on the roll") from error


def replaced_by(polls: Polls, params: Params, index: int) -> tuple[int, bytes, list[bytes]]:
    """What a voter's next ballot replaces: the batch that counted her last one, its ciphertexts, their proof there.

    Raises:
        ConsultationError: no ballot of hers is counted.
    """
    size = CIPHERTEXT * params.rule.size
    refused: set[tuple[int, int]] = set()
    last: tuple[int, bytes, list[bytes]] | None = None
    for event in polls.votes(params.consultation):
        if isinstance(event, BallotRefused):
            refused.add((event.batch, event.position))
        elif isinstance(event, BallotsCast):
            batch = list(records(event.records, params.rule.ballot_length))
            places = [p for p, it in enumerate(batch) if it.index == index and (event.batch, p) not in refused]
            if places:
                leaves = [
                    EMPTY_LEAF
                    if (event.batch, p) in refused
                    else params.leaf(it.index, it.seq, keccak(it.ballot[:size]))
                    for p, it in enumerate(batch)
                ]
                last = (event.batch, batch[places[0]].ballot[:size], batch_proof(leaves, places[0]))
    if last is None:
        raise ConsultationError("no ballot of this voter is counted yet")
    return last


def to_line(params: Params, record: Record) -> str:
    """A slip as one line of JSON, to hand to whoever posts."""
    where = {"chainId": params.chain_id, "consultations": "0x" + params.contract.hex()}
    return json.dumps({**where, "consultation": params.consultation, "record": "0x" + record.encode().hex()})


def from_lines(params: Params, text: str) -> Iterator[Record]:
    """The slips of a file, one a line.

    Raises:
        ConsultationError: a line is not a slip of this consultation.
    """
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            values = json_of(line)
            where = (values["chainId"], to_address(values["consultations"]), values["consultation"])
            (record,) = records(bytes.fromhex(values["record"].removeprefix("0x")), params.rule.ballot_length)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConsultationError(f"line {place} is not a slip: {error}") from error
        if where != (params.chain_id, params.contract, params.consultation):
            raise ConsultationError(f"line {place} is a slip of another consultation")
        yield record
