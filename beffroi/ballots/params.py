"""A consultation's parameters, and every hash that binds a ballot to them (`docs/ballot-format.md`, "Parameters")."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from beffroi.ballots.transcript import digest, keccak, tag
from beffroi.eip712 import DOMAIN, SlipType

if TYPE_CHECKING:
    from beffroi.ballots.group import Point
    from beffroi.ballots.rules import Rule

TAG_PARAMETERS: Final = tag("Beffroi consultation parameters v1")
TAG_BALLOT: Final = tag("Beffroi ballot v1")
TAG_LEAF: Final = tag("Beffroi ballot leaf v1")

BALLOT: Final = SlipType("Ballot(uint256 consultation,address voter,uint256 seq,bytes32 ballotHash)")


def separator_of(chain_id: int, contract: bytes) -> bytes:
    """The EIP-712 domain separator of Consultations at an address."""
    return digest(DOMAIN.hash, tag("Consultations"), tag("1"), chain_id, contract)


@dataclass(frozen=True)
class Params:
    """Everything a ballot of one consultation is bound to.

    Attributes:
        chain_id: of the chain.
        contract: address of Consultations.
        consultation: its number there.
        ceremonies: address of KeyCeremony.
        ceremony: number of the ceremony that made the key.
        h: the public key.
        roll_root: Merkle root of the sealed roll.
        roll_size: how many may vote.
        opens_at: unix seconds.
        closes_at: unix seconds.
        tally_by: unix seconds.
        secrecy_minimum: ballots below which nothing is opened.
        question_hash: of the question's text.
        options_hash: of the options' texts.
        rule: what a ballot may hold.
    """

    chain_id: int
    contract: bytes
    consultation: int
    ceremonies: bytes
    ceremony: int
    h: Point
    roll_root: bytes
    roll_size: int
    opens_at: int
    closes_at: int
    tally_by: int
    secrecy_minimum: int
    question_hash: bytes
    options_hash: bytes
    rule: Rule

    @cached_property
    def hash(self) -> bytes:
        """``paramsHash``."""
        return digest(
            TAG_PARAMETERS,
            self.ceremonies,
            self.ceremony,
            self.h,
            self.roll_root,
            self.roll_size,
            self.opens_at,
            self.closes_at,
            self.tally_by,
            self.secrecy_minimum,
            self.question_hash,
            self.options_hash,
            self.rule.hash,
        )

    @cached_property
    def domain(self) -> bytes:
        """``ballotDomain``: chain, contract, consultation and parameters."""
        return digest(TAG_BALLOT, self.chain_id, self.contract, self.consultation, self.hash)

    @cached_property
    def separator(self) -> bytes:
        """The EIP-712 domain separator of the contract."""
        return separator_of(self.chain_id, self.contract)

    def context(self, voter: bytes, seq: int) -> bytes:
        """``ctx`` of the ballot number ``seq`` (from 0) of ``voter``."""
        return digest(self.domain, voter, seq)

    def slip_digest(self, voter: bytes, seq: int, ballot_hash: bytes) -> bytes:
        """What the voter signs so that anyone may post her ballot (EIP-712)."""
        body = digest(BALLOT.hash, self.consultation, voter, seq, ballot_hash)
        return keccak(b"\x19\x01" + self.separator + body)

    def leaf(self, index: int, seq: int, ciphertexts_hash: bytes) -> bytes:
        """The leaf that stands for a counted ballot in its batch's root."""
        return digest(TAG_LEAF, self.consultation, index, seq, ciphertexts_hash)
