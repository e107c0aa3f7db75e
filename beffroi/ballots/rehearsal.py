"""A consultation held in memory, which tells the events that the contracts would: for tests, benches and rehearsals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from beffroi.ballots import ceremony as messages
from beffroi.ballots import dlog, tally
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.audit import PollSite
from beffroi.ballots.ballot import CIPHERTEXT, Ballot, make_ballot, split, verify_ballot
from beffroi.ballots.ceremony import Ceremony
from beffroi.ballots.ceremony_events import (
    Acknowledged,
    CeremonyOpened,
    Committed,
    Dealt,
    Enrolled,
    KeyProposed,
    KeyReady,
)
from beffroi.ballots.events import (
    BallotRefused,
    BallotReplaced,
    BallotsCast,
    Closed,
    Opened,
    RefusedFor,
    ShareSubmitted,
    Tallied,
)
from beffroi.ballots.group import INFINITY, add, address, base, neg
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.records import EMPTY_LEAF, Record, batch_root, roll_root, sign_slip, signer
from beffroi.ballots.tally import Ciphertext, Closing
from beffroi.ballots.transcript import keccak
from beffroi.ballots.trustee_keys import TrusteeKeys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beffroi.ballots.events import Event
    from beffroi.ballots.params import Params
    from beffroi.ballots.rules import Rule
    from beffroi.eip712 import Slip


@dataclass
class Town:
    """Five trustees, three of whom open totals; voters whose keys are known; and everything published so far.

    Attributes:
        site: where the contracts are said to be.
        voter_keys: secret key of each voter, in the roll's order.
        events: what was published.
    """

    site: PollSite
    voter_keys: Sequence[bytes]
    seed: bytes
    threshold: int = 3
    trustees: int = 5
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.roll = [address(base(int.from_bytes(key, "big"))) for key in self.voter_keys]
        self._last: dict[int, tuple[int, int, bytes]] = {}
        self._batches = 0
        self.totals: list[Ciphertext] = []
        self._hold_ceremony()

    def _hold_ceremony(self) -> None:
        signers = {address(base(int.from_bytes(it, "big"))): it for it in self._accounts()}
        accounts, consumer = tuple(sorted(signers)), self.site.consultations
        self._account_keys = [signers[account] for account in accounts]
        ceremony = Ceremony(self.site.chain_id, self.site.ceremonies, 1, self.threshold, accounts, consumer)
        secrets = {j: TrusteeSecret.generate(keccak(self.seed + bytes([j]))) for j in ceremony.indices}
        keys = {j: TrusteeKeys(ceremony.place(j), secret) for j, secret in secrets.items()}
        enrolments = {j: messages.enrol(ceremony, k) for j, k in keys.items()}
        enrolled = {j: key for j, (key, _) in enrolments.items()}
        deals = {j: messages.make_deal(ceremony, k, enrolled) for j, k in keys.items()}
        hashes = {j: messages.deal_hash(ceremony, j, deal) for j, deal in deals.items()}
        self.public = messages.conclude(deals, list(ceremony.indices))
        self.shares = {j: messages.secret_share(ceremony, k, deals) for j, k in keys.items()}
        proofs = {j: messages.acknowledge(ceremony, k, self.public, self.shares[j]) for j, k in keys.items()}

        def signed(index: int, slip: Slip) -> bytes:
            where = slips.domain(ceremony.chain_id, ceremony.address)
            return sign_slip(signers[accounts[index - 1]], slip.digest(where))

        self.events.append(CeremonyOpened(1, consumer, accounts, self.threshold))
        for j, (key, proof) in enrolments.items():
            self.events.append(Enrolled(1, j, key, proof, signed(j, slips.enrolment(ceremony, j, key, proof).slip)))
        for j, hash_ in hashes.items():
            said = slips.commitment(ceremony, j, hash_, slips.mask(enrolled))
            self.events.append(Committed(1, j, hash_, slips.mask(enrolled), signed(j, said.slip)))
        for j, deal in deals.items():
            self.events.append(Dealt(1, j, deal, signed(j, slips.dealing(ceremony, j, deal).slip)))
        self.events.append(KeyProposed(1, self.public.h, tuple(self.public.shares.values())))
        for j, proof in proofs.items():
            slip = slips.acknowledged(ceremony, j, self.public.h, self.public.shares[j])
            self.events.append(Acknowledged(1, j, proof, signed(j, slip)))
        self.events.append(KeyReady(1))

    def _accounts(self) -> list[bytes]:
        """The trustees' accounts' keys."""
        return [keccak(self.seed + b"account" + bytes([j])) for j in range(self.trustees)]

    def open(self, rule: Rule, secrecy_minimum: int = 1) -> Params:
        """Open the consultation, over everyone."""
        dates, texts = (1_800_000_000, 1_800_600_000, 1_801_200_000), (keccak(b"question"), keccak(b"options"))
        root, number = roll_root(self.roll), self.site.consultation
        opened = Opened(number, 1, bytes(32), root, len(self.roll), *dates, secrecy_minimum, *texts, rule)
        site = self.site
        self.params = opened.params(site.chain_id, site.consultations, site.ceremonies, self.public.h)
        self.events.append(replace(opened, params_hash=self.params.hash))
        self.totals = [(INFINITY, INFINITY)] * rule.size
        return self.params

    def ballot(self, index: int, choice: Sequence[int], seq: int = 0) -> Ballot:
        """A ballot of the voter at ``index``."""
        return make_ballot(self.params, self.roll[index], seq, choice, keccak(self.seed + index.to_bytes(4, "big")))

    def record(self, index: int, ballot: Ballot, *, signed: bool = True) -> Record:
        """The record of a ballot, signed by its voter."""
        digest = self.params.slip_digest(ballot.voter, ballot.seq, ballot.hash)
        signature = sign_slip(self.voter_keys[index], digest) if signed else b""
        return Record(index, ballot.seq, ballot.voter, signature, ballot.data)

    def cast(self, records: Sequence[Record]) -> None:
        """Post a batch as ``castBatch`` does, or one record as ``cast`` and ``castAgain`` do; a bad one is left out."""
        number, leaves = self._batches, []
        for position, record in enumerate(records):
            reason = self._examine(record)
            if reason:
                self.events.append(BallotRefused(self.site.consultation, number, position, record.index, reason))
                leaves.append(EMPTY_LEAF)
                continue
            if record.seq:
                replaced = self._last[record.index]
                self._add(replaced[2], subtract=True)
                self.events.append(BallotReplaced(self.site.consultation, record.index, record.seq, replaced[0]))
            ciphertexts = record.ballot[: CIPHERTEXT * self.params.rule.size]
            self._add(ciphertexts)
            self._last[record.index] = (number, record.seq, ciphertexts)
            leaves.append(self.params.leaf(record.index, record.seq, keccak(ciphertexts)))
        data = b"".join(record.encode() for record in records)
        self.events.append(BallotsCast(self.site.consultation, number, batch_root(leaves), data))
        self._batches += 1

    def _examine(self, record: Record) -> RefusedFor:
        known = self._last.get(record.index)
        if record.seq != (known[1] + 1 if known and record.seq else 0):
            return RefusedFor.SEQUENCE
        if known and not record.seq:
            return RefusedFor.ALREADY_VOTED
        digest = self.params.slip_digest(record.voter, record.seq, keccak(record.ballot))
        if signer(digest, record.signature) != record.voter:
            return RefusedFor.SIGNATURE
        valid = verify_ballot(self.params, record.voter, record.seq, record.ballot)
        return RefusedFor.NONE if valid else RefusedFor.PROOF

    def _add(self, ciphertexts: bytes, *, subtract: bool = False) -> None:
        pairs = split(ciphertexts, self.params.rule.size)
        signed = [(neg(x), neg(y)) if subtract else (x, y) for x, y in pairs]
        self.totals = [(add(r, x), add(s, y)) for (r, s), (x, y) in zip(self.totals, signed, strict=True)]

    def close(self) -> Closing:
        """End the voting."""
        self.events.append(Closed(self.site.consultation, len(self._last), tuple(self.totals)))
        self.closing = Closing.of(self.params, self.totals, len(self._last))
        return self.closing

    def share(self, *trustees: int) -> None:
        """Have these trustees hand in their shares."""
        for j in trustees:
            share = tally.decryption_share(self.closing, j, self.shares[j])
            signature = sign_slip(self._account_keys[j - 1], self.closing.slip_digest(share))
            self.events.append(ShareSubmitted(self.site.consultation, share, signature))

    def finalise(self) -> tuple[int, ...]:
        """Publish the result."""
        given = [e.share for e in self.events if isinstance(e, ShareSubmitted)][: self.threshold]
        opened = tally.open_totals(self.closing, sorted(given, key=lambda share: share.trustee), self.threshold)
        pairs = dlog.counts(opened, self.params.rule, self.closing.ballots, workers=1)
        counts = tuple(count for pair in pairs for count in pair)
        self.events.append(Tallied(self.site.consultation, self.closing.ballots, counts))
        return counts


def rehearse(voters: int, seed: bytes = b"rehearsal") -> Town:
    """A town of so many voters, the same for the same seed."""
    site = PollSite(31337, bytes.fromhex("c0" * 20), bytes.fromhex("ce" * 20), 7)
    return Town(site, [keccak(seed + b"voter" + i.to_bytes(4, "big")) for i in range(voters)], seed)
