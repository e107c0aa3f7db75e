"""What a trustee does in each phase of a ceremony, and what she does only once she has checked what it rests on."""

from collections.abc import Callable
from dataclasses import dataclass

from beffroi.ballots import ceremony as messages
from beffroi.ballots import complaints
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.ceremony import Ceremony, CeremonyError, Deal, PublicKeys
from beffroi.ballots.group import base
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.ballots.trustee_slips import Message
from beffroi.chain.transaction import Signer
from beffroi.consultation import trustee_steps
from beffroi.consultation.phases import Phase, Progress
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.promised import Promise
from beffroi.consultation.standing import unshown
from beffroi.consultation.told import moment
from beffroi.consultation.trustee_steps import SignedStep

_AS_SHOWN = ", as this node shows it"


@dataclass(frozen=True)
class Trustee:
    """A trustee at a point of a ceremony.

    Attributes:
        polls: the contracts.
        signer: her account.
        said: all that trustees signed until now.
        keys: hers.
        promise: remembers what she may say once alone.
        hand: takes what she signs, for somebody else to post; None where she posts it herself.
    """

    polls: Polls
    signer: Signer
    said: CeremonyReplay
    keys: TrusteeKeys
    promise: Promise
    hand: Callable[[SignedStep], None] | None = None

    @property
    def index(self) -> int:
        """Hers, from 1."""
        return self.keys.place.index

    @property
    def ceremony(self) -> Ceremony:
        """The setting."""
        return ceremony_of(self.said)

    def act(self, at: Progress) -> list[str]:
        """Does what is to be done now, and says what it was.

        Raises:
            ConsultationError: the node does not tell what she needs; nothing was sent.
            TransactionFailedError: the contract refuses.
        """
        self._require_shown(at)
        if self.index in self.said.excluded:
            return ["You were excluded from this ceremony: a complaint has shown that one of your messages was false."]
        steps_ = {
            Phase.ENROLMENT: self._enrol,
            Phase.COMMIT: self._commit,
            Phase.DEAL: self._deal,
            Phase.COMPLAINTS: self._complain,
            Phase.ACKNOWLEDGEMENT: self._acknowledge,
            Phase.KEY_READY: self._hold,
        }
        step = steps_.get(at.phase)
        return (
            step(at) if step else [f"The ceremony has failed{_AS_SHOWN}: too few trustees took part. Open a new one."]
        )

    def _enrol(self, at: Progress) -> list[str]:
        if self.index in self.said.enrolled:
            return [f"You are enrolled already. {_wait(at)}"]
        key, proof = messages.enrol(self.ceremony, self.keys)
        self._say(slips.enrolment(self.ceremony, self.index, key, proof), "enrol as a trustee")
        done = f"Step 1 of 4 done, as this node shows it: you are enrolled as trustee {self.index}."
        return [
            *self._done(done),
            "Keep your key file, its passphrase and the paper backup apart from each other, until the result stands.",
        ]

    def _commit(self, at: Progress) -> list[str]:
        if self.index not in self.said.enrolled:
            return [f"You did not enrol in time{_AS_SHOWN}: the ceremony goes on without you, and you hold no share."]
        if self.index in self.said.promised:
            return [f"You have committed already. {_wait(at)}"]
        hash_ = messages.deal_hash(self.ceremony, self.index, self._make_deal(at))
        said = slips.commitment(self.ceremony, self.index, hash_, slips.mask(self.said.enrolled))
        self._say(said, "commit to a deal", once=f"commit {slips.mask(self.said.enrolled)}")
        return self._done(
            "Step 2 of 4 done, as this node shows it: your part of the key is sealed. Nobody can fit theirs to it."
        )

    def _deal(self, at: Progress) -> list[str]:
        if self.index in self.said.deals:
            return [f"You have dealt already. {_wait(at)}"]
        if self.index not in self.said.promised:
            return [
                f"You did not commit in time{_AS_SHOWN}: others make the key, and you hold a share if you enrolled."
            ]
        deal = self._make_deal(at)
        if messages.deal_hash(self.ceremony, self.index, deal) != self.said.promised.get(self.index):
            raise ConsultationError(
                "the trustees' keys that this node shows do not give the deal to which you committed. Nothing was "
                "sent: look by another node"
            )
        self._say(slips.dealing(self.ceremony, self.index, deal), "open a deal")
        return self._done(
            "Step 3 of 4 done, as this node shows it: each trustee has an encrypted share of yours. Come back to check "
            "those sent to you."
        )

    def _complain(self, at: Progress) -> list[str]:
        if self.index not in self.said.enrolled:
            return [f"You did not enrol in time{_AS_SHOWN}, so nobody sent you a share: nothing to check."]
        if set(self.said.deals) != at.dealt or len(at.dealt) < self.ceremony.threshold:
            raise ConsultationError(
                f"the node tells that trustees {sorted(at.dealt)} dealt, and shows the deals of "
                f"{sorted(self.said.deals)}, where complaints begin with {self.ceremony.threshold} or more. {_SAFE}"
            )
        told: list[str] = []
        for dealer, deal in self._proven().items():
            if dealer == self.index or dealer in self.said.excluded:
                continue
            if messages.unmask(self.ceremony, self.keys, dealer, deal) is not None:
                continue
            self._complain_of(dealer, deal)
            told.append(f"Trustee {dealer} sent you a wrong share: your complaint proved it, and it is excluded.")
            if self.hand is not None:
                return [f"Trustee {dealer} sent you a wrong share: you complain. Give this command again afterwards."]
        right = "The other shares" if told else f"All {len(self.said.qualified)} shares"
        return [*told, f"{right} sent to you are right. {_wait(at)}"]

    def _complain_of(self, dealer: int, deal: Deal) -> None:
        """Opens one share to everybody; what was said is read again before another may be.

        Raises:
            ConsultationError: the node tells of the dealer, or of what was dealt, otherwise than it must.
        """
        said = complaints.complain(self.ceremony, self.keys, dealer, deal)
        message = slips.complaint(self.ceremony, said, self.keys.encryption, deal)
        self._say(message, f"complain of trustee {dealer}")
        if self.hand is not None:
            return
        now = self.polls.ceremony(self.ceremony.id, self.said.smart)
        if now.deals != self.said.deals or dealer not in now.excluded or now.vouched - self.said.vouched:
            raise ConsultationError(
                f"you complained of trustee {dealer}, and the node does not show that it is excluded, or shows another "
                "deal than before. Nothing more was sent: look by another node before you go on"
            )
        self.said.excluded.update(now.excluded)

    def _acknowledge(self, at: Progress) -> list[str]:
        keys = self._keys()
        if self.index not in keys.shares:
            return ["You hold no share of the key that was made: nothing to acknowledge."]
        share = self._share(keys)
        if self.index in self.said.acknowledged:
            return [f"You have acknowledged the key already. {_wait(at)}"]
        proof = messages.acknowledge(self.ceremony, self.keys, keys, share)
        said = slips.acknowledgement(self.ceremony, self.index, keys.h, keys.shares[self.index], proof)
        self._say(said, "acknowledge the key")
        return self._done(
            f"Step 4 of 4 done, as this node shows it: your key file opens share {self.index}, and you have signed the "
            "key. Voters go by that."
        )

    def _hold(self, _: Progress) -> list[str]:
        keys = self._keys()
        if self.index not in keys.shares:
            return [f"The key is ready{_AS_SHOWN}. You hold no share of it."]
        self._share(keys)
        return [
            f"The key is ready{_AS_SHOWN}, and your key file opens share {self.index} of it.",
            "Keep the file and its passphrase: you need them once more after the vote, for `ape run vote share`.",
        ]

    def _proven(self) -> dict[int, Deal]:
        """The deals that were committed to and proven; a share is read, and complained of, in no other.

        Raises:
            ConsultationError: the node shows another.
        """
        try:
            for dealer, deal in self.said.qualified.items():
                self.said.require_deal(dealer, deal)
        except CeremonyError as error:
            raise ConsultationError(f"{error}: the contract takes no such deal, so the node lies. {_SAFE}") from error
        return self.said.qualified

    def _keys(self) -> PublicKeys:
        """The keys, of which the contract and the deals tell the same.

        Raises:
            ConsultationError: they do not.
        """
        try:
            keys = self.said.computed()
        except CeremonyError as error:
            raise ConsultationError(f"the deals that this node shows give no key: {error}. {_SAFE}") from error
        if keys != self.said.keys():
            raise ConsultationError(f"the keys that this node shows are not those that were dealt. {_SAFE}")
        return keys

    def _share(self, keys: PublicKeys) -> int:
        """x_j.

        Raises:
            ConsultationError: a share that was sent is wrong.
        """
        try:
            share = messages.secret_share(self.ceremony, self.keys, self.said.qualified)
        except CeremonyError as error:
            raise ConsultationError(f"your share cannot be opened: {error}. Acknowledge nothing, and say so") from error
        if base(share) != keys.shares[self.index]:
            raise ConsultationError("the share that this key file opens is not yours on the chain; check the node")
        return share

    def _require_shown(self, at: Progress) -> None:
        """Lets no trustee be kept away by what a node says of her, and shows nothing of.

        Raises:
            ConsultationError: it says that she acted, and shows nothing that she signed.
        """
        if more := unshown(self.said, at, self.index):
            raise ConsultationError(
                f"this node says of you: {', '.join(more)}; and it shows nothing signed that bears it out. {_SAFE}"
            )

    def _make_deal(self, at: Progress) -> Deal:
        if set(self.said.enrolled) != at.enrolled:
            raise ConsultationError(
                f"the node tells that trustees {sorted(at.enrolled)} enrolled, and shows the keys of "
                f"{sorted(self.said.enrolled)}. {_SAFE}"
            )
        return messages.make_deal(self.ceremony, self.keys, self.said.enrolled)

    def _done(self, sentence: str) -> list[str]:
        """That a step is done, or that it is signed alone, where somebody else posts it."""
        if self.hand is None:
            return [sentence]
        words = "You have signed this step, and it is not done: it counts once it is posted, before the phase ends."
        return [f"{words} See by: ape run vote ceremony status {self.ceremony.id}"]

    def _say(self, message: Message, purpose: str, once: str = "") -> None:
        if once:
            self.promise(once, f"0x{message.slip.struct_hash.hex()}")
        signed = trustee_steps.sign(self.polls, message, self.signer)
        if self.hand is None:
            signed.post(self.polls, self.signer, purpose)
        else:
            self.hand(signed)


def ceremony_of(said: CeremonyReplay) -> Ceremony:
    """The setting of what was said.

    Raises:
        ConsultationError: it is not told.
    """
    if said.ceremony is None:
        raise ConsultationError("the ceremony's opening is not on the chain")
    return said.ceremony


_SAFE = "Nothing was sent, and nothing of your key has left this computer: look by another node"


def _wait(at: Progress) -> str:
    return f"Give this command again when the others have acted, or after {moment(at.ends_at)}{_AS_SHOWN}."
