"""The key ceremony, step by step: trustees of opposing sides make a key of which no one holds the whole.

What a trustee does next depends only on the chain and on her key file, so that one command serves every step and may
be given as often as she likes. The bytes: `docs/ceremony-format.md`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from beffroi.ballots import ceremony as messages
from beffroi.ballots.group import base
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.keyfiles import KeyFile, TrusteeSecret
from beffroi.ballots.proofs import pair
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.transaction import Signer
from beffroi.consultation.polls import ConsultationError, Polls


class Phase(IntEnum):
    """Where a ceremony stands, as `IKeyCeremony.Phase`."""

    NONE = 0
    ENROLMENT = 1
    COMMIT = 2
    DEAL = 3
    COMPLAINTS = 4
    KEY_READY = 5
    KEY_FAILED = 6


@dataclass(frozen=True)
class Progress:
    """Where a ceremony stands and who did what.

    Attributes:
        phase: of the ceremony.
        ends_at: its deadline, unix seconds; 0 when final.
        enrolled: indices of the trustees who gave their key.
        committed: who promised a deal.
        dealt: who opened it.
        excluded: who was caught lying.
    """

    phase: Phase
    ends_at: int
    enrolled: frozenset[int]
    committed: frozenset[int]
    dealt: frozenset[int]
    excluded: frozenset[int]


def open_ceremony(
    polls: Polls, officer: Signer, trustees: Sequence[str], threshold: int, durations_s: tuple[int, int, int, int]
) -> int:
    """Opens a ceremony and gives its number.

    Args:
        polls: the contracts.
        officer: the returning officer.
        trustees: their accounts, in any order.
        threshold: how many are needed to open the result.
        durations_s: of enrolment, commitment, dealing and complaints.

    Raises:
        TransactionFailedError: the signer is not the returning officer, or the ceremony cannot be.
    """
    accounts = sorted(trustees, key=str.lower)
    receipt = polls.act(
        officer, polls.ceremonies, "open", accounts, threshold, list(durations_s), purpose="open a key ceremony"
    )
    (opened,) = polls.ceremonies.logged(receipt, "CeremonyOpened")
    return int(opened.args["id"])


def progress(polls: Polls, number: int) -> Progress:
    """Where the ceremony stands, by the contract's own word."""
    phase, ends_at = polls.ceremonies.read(polls.rpc, "phase", number)
    masks = polls.ceremonies.read(polls.rpc, "acts", number)
    enrolled, committed, dealt, excluded = (frozenset(j for j in range(1, 17) if mask >> (j - 1) & 1) for mask in masks)
    return Progress(Phase(phase), ends_at, enrolled, committed, dealt, excluded)


def move_on(polls: Polls, number: int, anyone: Signer) -> str:
    """Ends the phase if its time is over, which anyone may do; empty when there is nothing to end."""
    at = progress(polls, number)
    if at.phase in {Phase.NONE, Phase.KEY_READY, Phase.KEY_FAILED} or polls.now_s() < at.ends_at:
        return ""
    if at.phase is not Phase.COMPLAINTS:
        polls.act(anyone, polls.ceremonies, "advance", number, purpose=f"end the {at.phase.name.lower()} phase")
        return f"Time was over: the {at.phase.name.lower()} phase is ended."
    deals = [deal.as_tuple() for deal in polls.ceremony(number).qualified.values()]
    polls.act(anyone, polls.ceremonies, "conclude", number, deals, purpose="conclude the ceremony")
    return "Nobody may complain any more: the ceremony is concluded."


def trustee_keys(said: CeremonyReplay, index: int, secret: TrusteeSecret) -> TrusteeKeys:
    """The keys of the trustee at an index.

    Raises:
        ConsultationError: she enrolled with another key file.
    """
    ceremony = _ceremony(said)
    keys = TrusteeKeys(ceremony.place(index), secret)
    if index in said.enrolled and said.enrolled[index] != keys.encryption:
        raise ConsultationError(
            f"this is not the key file with which trustee {index} enrolled in ceremony {ceremony.id}"
        )
    return keys


def take_step(polls: Polls, number: int, trustee: Signer, key: KeyFile) -> list[str]:
    """Does whatever this trustee has to do now, and says in plain words what it was; safe to repeat.

    Raises:
        ConsultationError: the key file was made for another place or ceremony or is another's, or the account is no
            trustee of this ceremony; nothing was sent.
        TransactionFailedError: the contract refuses.
    """
    said = polls.require_pinned(number, key.pins)
    ended = move_on(polls, number, trustee)
    if ended:
        said = polls.require_pinned(number, key.pins)
    ceremony = _ceremony(said)
    account = to_address(str(trustee.address))
    if account not in ceremony.trustees:
        raise ConsultationError(f"{trustee.address} is no trustee of ceremony {number}")
    index = ceremony.trustees.index(account) + 1
    keys = trustee_keys(said, index, key.secret)
    return [*([ended] if ended else []), *_Trustee(polls, trustee, said, keys).act()]


@dataclass(frozen=True)
class _Trustee:
    polls: Polls
    signer: Signer
    said: CeremonyReplay
    keys: TrusteeKeys

    @property
    def index(self) -> int:
        return self.keys.place.index

    def act(self) -> list[str]:
        at = progress(self.polls, self.keys.place.ceremony_id)
        if self.index in at.excluded:
            return ["You were excluded from this ceremony: a complaint has shown that one of your messages was false."]
        if at.phase is Phase.KEY_READY:
            return self._hold()
        steps = {
            Phase.ENROLMENT: self._enrol,
            Phase.COMMIT: self._commit,
            Phase.DEAL: self._deal,
            Phase.COMPLAINTS: self._complain,
        }
        step = steps.get(at.phase)
        return step(at) if step else ["The ceremony has failed: too few trustees took part. Open a new one."]

    def _enrol(self, at: Progress) -> list[str]:
        if self.index in at.enrolled:
            return [f"You are enrolled already. {_wait(at)}"]
        key, proof = messages.enrol(_ceremony(self.said), self.keys)
        self._send("enrol", pair(key), proof.as_tuple(), purpose="enrol as a trustee")
        return [
            f"Step 1 of 3 done: you are enrolled as trustee {self.index}; your public key is on the chain.",
            "Keep your key file, its passphrase and the paper backup apart from each other, until the result stands.",
        ]

    def _commit(self, at: Progress) -> list[str]:
        if self.index not in at.enrolled:
            return ["You did not enrol in time: the ceremony goes on without you, and you hold no share."]
        if self.index in at.committed:
            return [f"You have committed already. {_wait(at)}"]
        hash_ = messages.deal_hash(_ceremony(self.said), self.index, self._make_deal())
        self._send("commit", hash_, purpose="commit to a deal")
        return ["Step 2 of 3 done: you have sealed your part of the key. Nobody can now choose theirs to fit yours."]

    def _deal(self, at: Progress) -> list[str]:
        if self.index in at.dealt:
            return [f"You have dealt already. {_wait(at)}"]
        if self.index not in at.committed:
            return ["You did not commit in time: others make the key, and you hold a share if you enrolled."]
        self._send("deal", self._make_deal().as_tuple(), purpose="open a deal")
        return [
            "Step 3 of 3 done: you have sent each trustee an encrypted share. Come back to check those sent to you."
        ]

    def _complain(self, at: Progress) -> list[str]:
        if self.index not in at.enrolled:
            return ["You did not enrol, so nobody sent you a share: nothing to check."]
        told: list[str] = []
        for dealer, deal in self.said.qualified.items():
            if dealer == self.index or dealer in self.said.excluded:
                continue
            if messages.unmask(_ceremony(self.said), self.keys, dealer, deal) is not None:
                continue
            self._complain_of(dealer, deal)
            told.append(f"Trustee {dealer} sent you a wrong share: your complaint proved it, and it is excluded.")
        right = "The other shares" if told else f"All {len(self.said.qualified)} shares"
        return [*told, f"{right} sent to you are right. {_wait(at)}"]

    def _complain_of(self, dealer: int, deal: messages.Deal) -> None:
        """Opens one share to everybody; what was said is read again before another may be.

        Raises:
            ConsultationError: the node tells of the dealer, or of what was dealt, otherwise than it must.
        """
        ceremony = _ceremony(self.said)
        complaint = messages.complain(ceremony, self.keys, dealer, deal)
        self.polls.act(
            self.signer, self.polls.ceremonies, "complain", ceremony.id, self.index, dealer, deal.as_tuple(),
            pair(self.keys.encryption), pair(complaint.dh), complaint.proof.as_tuple(),
            purpose=f"complain of trustee {dealer}",
        )  # fmt: skip
        now = self.polls.ceremony(ceremony.id)
        if now.deals != self.said.deals or dealer not in now.excluded:
            raise ConsultationError(
                f"you complained of trustee {dealer}, and the node does not show that it is excluded, or shows another "
                "deal than before. Nothing more was sent: look by another node before you go on"
            )
        self.said.excluded.update(now.excluded)

    def _hold(self) -> list[str]:
        ready = self.said.keys()
        if ready is None or self.index not in ready.shares:
            return ["The key is ready. You hold no share of it."]
        share = messages.secret_share(_ceremony(self.said), self.keys, self.said.qualified)
        if base(share) != ready.shares[self.index]:
            raise ConsultationError("the share that this key file opens is not yours on the chain; check the node")
        return [
            f"The key is ready and your key file opens share {self.index} of it.",
            "Keep the file and its passphrase: you need them once more after the vote, for `ape run vote share`.",
        ]

    def _make_deal(self) -> messages.Deal:
        return messages.make_deal(_ceremony(self.said), self.keys, self.said.enrolled)

    def _send(self, function: str, *args: object, purpose: str) -> None:
        number = self.keys.place.ceremony_id
        self.polls.act(
            self.signer, self.polls.ceremonies, function, number, self.index, *args, purpose=purpose
        )  # fmt: skip


def _ceremony(said: CeremonyReplay) -> messages.Ceremony:
    if said.ceremony is None:
        raise ConsultationError("the ceremony's opening is not on the chain")
    return said.ceremony


def _wait(at: Progress) -> str:
    until = dt.datetime.fromtimestamp(at.ends_at, dt.UTC)
    return f"Give this command again when the others have acted, or after {until:%Y-%m-%d %H:%M} UTC."
