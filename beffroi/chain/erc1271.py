"""Whether accounts signed what is shown as theirs: by key, or as contracts that answer for themselves (ERC-1271)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode

from beffroi.chain.code import is_contract
from beffroi.chain.reverts import is_revert
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.signatures import plain

IS_VALID = bytes.fromhex("1626ba7e")
"""ERC-1271's `isValidSignature(bytes32,bytes)`, and its answer when it is."""
CALL_GAS = 60_000
"""What a simulated call costs before the account is asked."""
SLIP_GAS = 200_000
"""What a smart account may spend to judge a slip's signature, as `SlipSignature` gives it."""


@dataclass(frozen=True)
class Claim:
    """That an account signed a digest.

    Attributes:
        account: checksummed.
        digest: 32 bytes.
        signature: of any form.
        gas: what a smart account may spend to answer.
    """

    account: str
    digest: bytes
    signature: bytes
    gas: int


def false_claims(rpc: Rpc, claims: Sequence[Claim]) -> set[int]:
    """The places of those that neither a key nor a smart account (ERC-1271) confirms.

    Raises:
        RpcError: an account could not be asked: that is no refusal.
        RpcUnreachableError: the node does not answer.
    """
    judged = judgements(rpc, claims)
    for told in judged:
        if isinstance(told, RpcError):
            raise told
    return {place for place, told in enumerate(judged) if not told}


def judgements(rpc: Rpc, claims: Sequence[Claim]) -> list[bool | RpcError]:
    """Whether each is true, in order, or why the account could not be asked; one request for all.

    Raises:
        RpcUnreachableError: the node does not answer.
    """
    found: list[bool | RpcError] = [True] * len(claims)
    unsure = [
        place for place, claim in enumerate(claims) if plain(claim.signature, claim.digest, claim.account) is None
    ]
    asked: list[tuple[str, list[Any]]] = []
    for place in unsure:
        claim = claims[place]
        question = IS_VALID + encode(["bytes32", "bytes"], [claim.digest, claim.signature])
        gas = claim.gas + CALL_GAS + 40 * len(question)
        asked.append(("eth_getCode", [claim.account, "latest"]))
        asked.append(("eth_call", [{"to": claim.account, "data": "0x" + question.hex(), "gas": hex(gas)}, "latest"]))
    told = rpc.batch(asked)
    for place, code, answer in zip(unsure, told[::2], told[1::2], strict=True):
        starved = isinstance(answer, RpcError) and not is_revert(answer)
        found[place] = answer if starved else _confirms(code, answer)
    return found


def _confirms(code: object, answer: object) -> bool:
    is_asked = isinstance(code, str) and is_contract(code)
    return is_asked and isinstance(answer, str) and len(answer) == 66 and bytes.fromhex(answer[2:10]) == IS_VALID
