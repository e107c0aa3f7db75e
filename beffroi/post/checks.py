"""A slip is checked as the contract would: in its window, signed by whom it binds, and accepted if it came now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from beffroi.chain.erc1271 import Claim, judgements
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.eip712 import Domain
from beffroi.post.clock import Clock
from beffroi.post.codes import Code
from beffroi.post.elsewhere import carried_out
from beffroi.post.kinds import Draft, SlipKind
from beffroi.post.kinds.reasons import UNTOLD, refusal
from beffroi.post.model import QueuedSlip, Refusal
from beffroi.signatures import plain

CHAINS = (1, 100, 10200, 31337, 560048, 11155111)
"""Ethereum, Gnosis, Chiado, a local chain, Hoodi, Sepolia: where the same town may stand at the same addresses."""
DONE = frozenset({str(Code.SLIP_USED), str(Code.BALLOT_COUNTED), str(Code.INVALID_SIGNATURE)})
"""What contracts say of a slip that was carried out, or whose place another has taken; its signature was good."""


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
