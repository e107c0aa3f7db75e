"""The key ceremony replayed from its events, of which only what its trustees signed is heard.

For an auditor: is the ballots' key the sum of what the trustees dealt, and have they acknowledged it? For a trustee:
what must I do next, and with which deals do I find my share again? The accounts come from what was pinned, not from the
node that tells the events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beffroi.ballots import ceremony as messages
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.ceremony import Ceremony, CeremonyError, Deal, PublicKeys
from beffroi.ballots.ceremony_events import (
    Acknowledged,
    CeremonyEvent,
    CeremonyOpened,
    Committed,
    Complained,
    Dealt,
    Enrolled,
    KeyProposed,
    KeyReady,
)
from beffroi.ballots.complaints import judge
from beffroi.ballots.group import INFINITY
from beffroi.ballots.records import signer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from beffroi.ballots.events import Event
    from beffroi.ballots.group import Point
    from beffroi.eip712 import Slip


@dataclass
class CeremonyReplay:
    """Everything that trustees said in one ceremony.

    Attributes:
        chain_id: of the chain.
        address: of the contract KeyCeremony.
        smart: the trustees' accounts that were contracts when it opened. Nobody but the chain can check what they sign
            (ERC-1271): their messages are believed of the node, and `vouched` tells whose they are.
        ceremony: its setting, as it was opened.
        enrolled: encryption keys, by trustee.
        promised: hashes of deals, by dealer.
        deals: by dealer.
        excluded: who was, by complaints that were judged again here.
        proposed: the keys that the contract computed.
        is_ready: whether the contract says that the key stands.
        acknowledged: signatures of holders over the keys, by trustee.
        vouched: trustees of whom something is believed without a signature that can be checked.
        unsigned: what is told of trustees and they did not sign, or signed where this was not shown; a clause each.
        faults: proofs that a trustee signed two different messages for one step, and for the same enrolled; a clause
            each.
    """

    chain_id: int
    address: bytes
    smart: frozenset[bytes] = frozenset()
    ceremony: Ceremony | None = None
    enrolled: dict[int, Point] = field(default_factory=dict)
    promised: dict[int, bytes] = field(default_factory=dict)
    deals: dict[int, Deal] = field(default_factory=dict)
    excluded: set[int] = field(default_factory=set)
    proposed: KeyProposed | None = None
    is_ready: bool = False
    acknowledged: dict[int, bytes] = field(default_factory=dict)
    vouched: set[int] = field(default_factory=set)
    unsigned: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _heard: dict[tuple[int, str], tuple[bytes, bool]] = field(default_factory=dict)

    def feed(self, event: CeremonyEvent) -> None:
        """Take the next event of this ceremony."""
        if isinstance(event, CeremonyOpened) and self.ceremony is None:
            setting = (event.id, event.threshold, event.trustees, event.consumer)
            self.ceremony = Ceremony(self.chain_id, self.address, *setting)
        elif isinstance(event, KeyProposed):
            self.proposed = self.proposed or event
        elif isinstance(event, KeyReady):
            self.is_ready = True
        elif self.ceremony is None or isinstance(event, CeremonyOpened):
            self.unsigned.append("the ceremony is opened twice, or after something was said in it")
        else:
            self._take(self.ceremony, event)

    def _take(self, ceremony: Ceremony, event: Enrolled | Committed | Dealt | Complained | Acknowledged) -> None:
        match event:
            case Enrolled():
                said = slips.enrolment(ceremony, event.index, event.key, event.proof)
                is_late = self.promised and event.index not in self.enrolled
                doubt = f"trustee {event.index} is shown to enrol after others have committed" if is_late else ""
                if self._hears(event.index, said.function, said.slip, event.signature, doubt):
                    self.enrolled[event.index] = event.key
            case Committed():
                said = slips.commitment(ceremony, event.index, event.deal_hash, event.enrolled)
                others = f"trustee {event.index} is shown to commit for others than are shown to have enrolled"
                doubt = others if event.enrolled != slips.mask(self.enrolled) else ""
                if self._hears(event.index, said.function, said.slip, event.signature, doubt):
                    self.promised[event.index] = event.deal_hash
            case Dealt():
                said = slips.dealing(ceremony, event.index, event.deal)
                is_other = self.promised.get(event.index) != messages.deal_hash(ceremony, event.index, event.deal)
                doubt = f"the deal of trustee {event.index} is not the one that she committed to" if is_other else ""
                if self._hears(event.index, said.function, said.slip, event.signature, doubt):
                    self.deals[event.index] = event.deal
            case Complained():
                self._judge(ceremony, event)
            case Acknowledged():
                self._acknowledge(ceremony, event)

    def _judge(self, ceremony: Ceremony, event: Complained) -> None:
        said = event.complaint
        key, deal = self.enrolled.get(said.accuser), self.deals.get(said.dealer)
        if key is None or deal is None:
            self.unsigned.append(f"a complaint of trustee {said.accuser} about a deal that is not there")
            return
        slip = slips.complaint(ceremony, said, key, deal).slip
        if self._hears(said.accuser, f"complain {said.dealer}", slip, event.signature):
            is_true = judge(ceremony, said, key, deal)
            if is_true is None:
                self.unsigned.append(f"a complaint of trustee {said.accuser} that proves nothing")
            else:
                self.excluded.add(said.dealer if is_true else said.accuser)

    def _acknowledge(self, ceremony: Ceremony, event: Acknowledged) -> None:
        """What is not hers is no acknowledgement, and nothing else: t others' are enough, and no secret rests on it."""
        keys, index = self.keys(), event.index
        if keys is None or index not in keys.shares or index not in ceremony.indices:
            return
        account, where = ceremony.trustees[index - 1], slips.domain(self.chain_id, self.address)
        slip = slips.acknowledged(ceremony, index, keys.h, keys.shares[index])
        is_signed = signer(slip.digest(where), event.signature) == account
        if is_signed or account in self.smart:
            self.acknowledged[index] = event.signature
        if account in self.smart and not is_signed:
            self.vouched.add(index)

    def _hears(self, index: int, step: str, slip: Slip, signature: bytes, doubt: str = "") -> bool:
        """Whether it is the trustee's word, and news.

        `doubt`: why it does not fit what was heard before. Then it may be hers and yet no fault: to sign it she was
        shown something else.
        """
        ceremony = self.ceremony
        if ceremony is None or index not in ceremony.indices:
            self.unsigned.append(f"trustee {index}, who does not exist, is said to {step}")
            return False
        account, where = ceremony.trustees[index - 1], slips.domain(self.chain_id, self.address)
        is_signed = signer(slip.digest(where), signature) == account
        if not is_signed and account not in self.smart:
            self.unsigned.append(f"trustee {index} did not sign what is shown as hers ({step})")
            return False
        if doubt:
            self.unsigned.append(doubt)
            return False
        if not is_signed:
            self.vouched.add(index)
        before, was_signed = self._heard.setdefault((index, step), (slip.struct_hash, is_signed))
        if before != slip.struct_hash:
            is_proof = is_signed and was_signed
            clause = f"trustee {index} {'signed' if is_proof else 'is shown with'} two different messages ({step})"
            (self.faults if is_proof else self.unsigned).append(clause)
        return before == slip.struct_hash

    @property
    def qualified(self) -> dict[int, Deal]:
        """The deals that make the key, by dealer: those of the trustees who were not excluded."""
        return {i: deal for i, deal in sorted(self.deals.items()) if i not in self.excluded}

    @property
    def holders(self) -> list[int]:
        """The trustees who hold a share: enrolled and not excluded."""
        return [j for j in sorted(self.enrolled) if j not in self.excluded]

    def keys(self) -> PublicKeys | None:
        """The keys that the contract announced; ``None`` before it did."""
        if self.proposed is None or self.ceremony is None:
            return None
        shares = {j: key for j, key in enumerate(self.proposed.share_keys, 1) if key != INFINITY}
        return PublicKeys(self.proposed.key, shares)

    def disbelief(self) -> str:
        """Empty when all that was told is the trustees' own word, but for t − 2 of them at most.

        What is only vouched for may be the node's, who with t − 1 such and one corrupt trustee would hold the key.
        """
        if self.faults:
            return f"{self.faults[0]}: whoever has both proves a fault"
        if self.unsigned:
            return self.unsigned[0]
        if self.ceremony is not None and len(self.vouched) > max(0, self.ceremony.threshold - 2):
            told = ", ".join(str(it) for it in sorted(self.vouched))
            return (
                f"trustees {told} are smart accounts, of which only the contract, as this node shows it, vouches that "
                "they signed: with one trustee more, as many as open a result"
            )
        return ""

    def computed(self) -> PublicKeys:
        """The keys that the deals heard here give.

        Raises:
            CeremonyError: too few qualified, one is not proven, or they cancel out.
        """
        ceremony, qualified = self.ceremony, self.qualified
        if ceremony is None or len(qualified) < ceremony.threshold:
            needed = ceremony.threshold if ceremony is not None else 2
            raise CeremonyError(f"{len(qualified)} dealers qualified, fewer than {needed}")
        for index, deal in qualified.items():
            self.require_deal(index, deal)
        return messages.conclude(qualified, self.holders)

    def require_deal(self, index: int, deal: Deal) -> None:
        """Lets no deal be read that its dealer has not committed to and proven.

        Raises:
            CeremonyError: it is such a deal.
        """
        ceremony = self.ceremony
        if ceremony is None or not messages.verify_deal(ceremony, index, deal):
            raise CeremonyError(f"the deal of trustee {index} is not proven")
        if self.promised.get(index) != messages.deal_hash(ceremony, index, deal):
            raise CeremonyError(f"the deal of trustee {index} is not the one that she committed to")

    def problem(self) -> str:
        """Empty when the key stands on what trustees dealt, signed and acknowledged, and nothing else was told."""
        if self.ceremony is None or self.proposed is None or not self.is_ready:
            return "the ceremony's events are missing"
        if doubt := self.disbelief():
            return doubt
        try:
            keys = self.computed()
        except CeremonyError as error:
            return str(error)
        if keys != self.keys():
            return "the keys announced are not those that were dealt"
        if len(self.acknowledged) < self.ceremony.threshold:
            return f"{len(self.acknowledged)} trustees acknowledged the key, fewer than {self.ceremony.threshold}"
        return ""


def too_smart(smart: Collection[str], threshold: int) -> str:
    """Empty where no more than t − 2 trustees' accounts are contracts.

    What these sign only a node can tell: it and one corrupt trustee must stay fewer than t.
    """
    if len(smart) <= max(0, threshold - 2):
        return ""
    return (
        f"these trustees' accounts are contracts, as this node tells: {', '.join(smart)}. What they sign only a node "
        f"can tell, so that at most {max(0, threshold - 2)} may be where {threshold} open a result. Nothing was sent"
    )


def replay(
    events: Iterable[Event], chain_id: int, address: bytes, ceremony_id: int, smart: frozenset[bytes] = frozenset()
) -> CeremonyReplay:
    """The replay of one ceremony of the contract at ``address``, out of a stream of events; `CeremonyReplay.smart`."""
    found = CeremonyReplay(chain_id, address, smart)
    for event in events:
        if isinstance(event, CeremonyEvent) and event.id == ceremony_id:
            found.feed(event)
    return found
