"""A ballot opened instead of cast (Benaloh's challenge): its bytes and its secrets, to be checked on another computer.

Source: Benaloh, "Simple verifiable elections", EVT 2006, §3.
"""

import json
from collections.abc import Iterable

from beffroi.ballots.ballot import CIPHERTEXT, Ballot, Opening, verify_opening
from beffroi.ballots.events import BallotsCast, Event
from beffroi.ballots.params import Params
from beffroi.ballots.transcript import keccak, to_address
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.subject import Subject
from beffroi.textfile import json_of

KIND = "beffroi-opened-ballot-1"


def to_text(params: Params, ballot: Ballot) -> str:
    """The opened ballot as JSON."""
    opened = {
        "kind": KIND,
        "chainId": params.chain_id,
        "consultations": "0x" + params.contract.hex(),
        "consultation": params.consultation,
        "terms": "0x" + params.hash.hex(),
        "voter": "0x" + ballot.voter.hex(),
        "seq": ballot.seq,
        "hash": "0x" + ballot.hash.hex(),
        "ballot": "0x" + ballot.data.hex(),
        "messages": [str(it) for it in ballot.opening.messages],
        "randomness": [str(it) for it in ballot.opening.randomness],
    }
    return json.dumps(opened, indent=2) + "\n"


def is_opening(text: str) -> bool:
    """Whether a file's text is an opened ballot."""
    return f'"{KIND}"' in text


def consultation(text: str) -> int:
    """Of which consultation it is.

    Raises:
        ConsultationError: it is damaged.
    """
    try:
        return int(json_of(text)["consultation"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConsultationError("the opened ballot is damaged") from error


def check(text: str, params: Params, subject: Subject | None, votes: Iterable[Event]) -> tuple[bool, str]:
    """Whether the ballot holds what its opening says and was not cast, and what it holds, in words.

    Args:
        text: of the opened ballot's file.
        params: of its consultation.
        subject: what was asked, where it is known.
        votes: what the chain tells of the consultation, to look whether the ballot was cast.

    Raises:
        ConsultationError: it is damaged, or was made for another chain, contract or other terms than these.
    """
    try:
        values = json_of(text)
        data, hash_, terms = (bytes.fromhex(values[name].removeprefix("0x")) for name in ("ballot", "hash", "terms"))
        messages, randomness = (tuple(map(int, values[name])) for name in ("messages", "randomness"))
        place = int(values["chainId"]), to_address(values["consultations"])
        opening = Opening(to_address(values["voter"]), int(values["seq"]), messages, randomness)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConsultationError("the opened ballot is damaged") from error
    if place != (params.chain_id, params.contract):
        raise ConsultationError(
            f"this ballot was made for the contract 0x{place[1].hex()} on chain {place[0]}, and this node tells of "
            f"0x{params.contract.hex()} on chain {params.chain_id}: the town or the node is another, or one of the two "
            "nodes lies. Nothing is known of the computer that made it"
        )
    if terms != params.hash:
        raise ConsultationError(
            f"this node tells other terms (0x{params.hash.hex()}) than those the ballot was made for "
            f"(0x{terms.hex()}): one of the two nodes lies. Nothing is known of the computer that made it: check it by "
            "a third node"
        )
    try:
        is_held = keccak(data) == hash_ and verify_opening(params, opening, hash_, data)
    except OverflowError as error:
        raise ConsultationError("the opened ballot is damaged: a number in it is none of a ballot") from error
    if not is_held:
        return False, "This ballot does NOT hold what its opening says: the computer that made it is not to be trusted."
    # Its proofs may have been drawn anew: what is in a ballot are its ciphertexts.
    sealed = data[: CIPHERTEXT * params.rule.size]
    if any(isinstance(event, BallotsCast) and sealed in event.records for event in votes):
        return False, (
            f"This ballot was opened AND cast: 0x{hash_.hex()} is on the chain, and whoever has this file reads that "
            f"it holds {_words(opening, subject)}. Vote again by another computer, and keep the file to yourself."
        )
    return True, (
        f"Honest: ballot 0x{hash_.hex()} holds {_words(opening, subject)}. It was not cast: this node shows it nowhere."
    )


def _words(opening: Opening, subject: Subject | None) -> str:
    return f"the messages {list(opening.messages)}" if subject is None else subject.held(opening.messages)
