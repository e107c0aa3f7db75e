"""A slip is checked as the contract would: in its window, signed by whom it binds, and accepted if it came now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import encode

from beffroi.chain.code import is_contract
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.eip712 import Domain
from beffroi.post.clock import Clock
from beffroi.post.codes import Code
from beffroi.post.elsewhere import carried_out
from beffroi.post.kinds import Draft, SlipKind
from beffroi.post.kinds.reasons import UNTOLD, is_revert, refusal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.signatures import plain

IS_VALID = bytes.fromhex("1626ba7e")
"""ERC-1271's `isValidSignature(bytes32,bytes)`, and its answer when it is."""
CHAINS = (1, 100, 10200, 31337, 560048, 11155111)
"""Ethereum, Gnosis, Chiado, a local chain, Hoodi, Sepolia: where the same town may stand at the same addresses."""
DONE = frozenset({str(Code.SLIP_USED), str(Code.BALLOT_COUNTED), str(Code.INVALID_SIGNATURE)})
"""What contracts say of a slip that was carried out, or whose place another has taken; its signature was good."""
CALL_GAS = 60_000
"""What a simulated call costs before the account is asked."""


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


@dataclass(frozen=True)
class Checker:
    """Checks slips of every kind.

    Args:
        rpc: the node.
        clock: the chain's.
        kinds: by name.
        elsewhere: chains whose slips are told from false ones.
    """

    rpc: Rpc
    clock: Clock
    kinds: Mapping[str, SlipKind]
    elsewhere: Collection[int] = CHAINS

    def check(self, drafts: Sequence[Draft]) -> list[QueuedSlip | Refusal]:
        """The slips of those that the contracts would take now, and why not of the others, in order.

        Raises:
            RpcUnreachableError: the node does not answer.
            RpcError: it does not do what it is asked.
        """
        found: list[QueuedSlip | Refusal | None] = [None] * len(drafts)
        now_s = self.clock.now_s()
        for place, draft in enumerate(drafts):
            found[place] = out_of_window(draft, now_s)
        for name in {draft.kind for draft in drafts}:
            self._check_kind(self.kinds[name], drafts, found)
        return [it for it in found if it is not None]

    def _check_kind(self, kind: SlipKind, drafts: Sequence[Draft], found: list[QueuedSlip | Refusal | None]) -> None:
        def left() -> list[int]:
            return [place for place, it in enumerate(drafts) if it.kind == kind.name and found[place] is None]

        places = left()
        signers = dict(zip(places, kind.resolve(self.rpc, [drafts[place] for place in places]), strict=True))
        for place, signer_ in signers.items():
            if isinstance(signer_, Refusal):
                found[place] = signer_
        by_key: dict[int, Draft] = {}
        others: dict[int, Claim] = {}
        for place in left():
            draft, account = drafts[place], str(signers[place])
            if signature := plain(draft.signature, draft.id, account):
                by_key[place] = draft if signature == draft.signature else draft.signed(signature)
            else:
                others[place] = Claim(account, draft.id, draft.signature, kind.erc1271_gas)
        for place, told in zip(others, judgements(self.rpc, list(others.values())), strict=True):
            if isinstance(told, RpcError):
                found[place] = UNTOLD
            elif not told:
                found[place] = self._why_false(kind, others[place], drafts[place])
        sound = {place: by_key.get(place, drafts[place]) for place in left()}
        refused = self._refused(kind, list(sound.values()))
        for at, (place, draft) in enumerate(sound.items()):
            gas = kind.gas_of(draft) + (0 if place in by_key else kind.erc1271_gas)
            found[place] = refused.get(at) or draft.queued(str(signers[place]), kind.priority, gas)

    def _refused(self, kind: SlipKind, drafts: Sequence[Draft]) -> dict[int, Refusal]:
        """What the contract would refuse, but for what it has carried out: that is taken, and a worker tells it so."""
        refused = kind.check(self.rpc, drafts) if drafts else {}
        done = {at for at, why in refused.items() if why.code in DONE and carried_out(self.rpc, kind, drafts[at])}
        return {at: why for at, why in refused.items() if at not in done}

    def _why_false(self, kind: SlipKind, claim: Claim, draft: Draft) -> Refusal:
        here = kind.domain
        for chain_id in self.elsewhere:
            there = Domain(here.name, chain_id, here.contract, here.version)
            digest = kind.slip(draft.message).digest(there)
            if chain_id != here.chain_id and plain(claim.signature, digest, claim.account):
                return refusal(Code.OTHER_CHAIN, f"the slip was signed for chain {chain_id}")
        return refusal(Code.INVALID_SIGNATURE)


def out_of_window(draft: Draft, now_s: int) -> Refusal | None:
    """Why a slip is out of its time, if it is."""
    if draft.deadline_s is not None and now_s >= draft.deadline_s:
        return refusal(Code.SLIP_EXPIRED)
    if now_s <= draft.after_s:
        return refusal(Code.SLIP_NOT_YET_VALID)
    return None
