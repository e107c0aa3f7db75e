"""A trustee's keys, every one derived from her single secret and bound to one place in one ceremony.

The derivation is deterministic, so that each step can be repeated after a crash, on another computer, from the paper
backup, and gives the same bytes: a second deal, or a second use of a nonce, cannot happen by accident. Nonces of proofs
are derived from the statement as well, as RFC 6979 §3.2 does for ECDSA.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beffroi.ballots.group import N, Point, base
from beffroi.ballots.transcript import keccak, tag, words

if TYPE_CHECKING:
    from beffroi.ballots.keyfiles import TrusteeSecret


@dataclass(frozen=True)
class Place:
    """Where a key is used: trustee ``index`` (from 1) of ceremony ``ceremony_id`` of a contract on a chain."""

    chain_id: int
    ceremony: bytes
    ceremony_id: int
    index: int


@dataclass(frozen=True)
class TrusteeKeys:
    """The secret keys of the trustee at ``place``; ``repr`` shows the place only."""

    place: Place
    secret: TrusteeSecret = field(repr=False)

    def scalar(self, purpose: str, *context: int | bytes) -> int:
        """A scalar of [1, N − 1] for this purpose, this place and this context.

        64 bytes of keccak256 modulo N − 1 are within 2⁻²⁵⁶ of uniform (FIPS 186-5 §A.2.1, "extra random bits").
        """
        where = words(self.place.chain_id, self.place.ceremony, self.place.ceremony_id, self.place.index)
        seed = keccak(tag(f"beffroi.vote.trustee.{purpose}") + self.secret.value + where + words(*context))
        wide = keccak(seed + b"\x00") + keccak(seed + b"\x01")
        return int.from_bytes(wide, "big") % (N - 1) + 1

    @property
    def decryption(self) -> int:
        """k_j, which opens the shares that others deal to this trustee."""
        return self.scalar("encryption")

    @property
    def encryption(self) -> Point:
        """K_j = k_j·G."""
        return base(self.decryption)

    def coefficients(self, threshold: int, setting: bytes) -> list[int]:
        """a_{i,0} … a_{i,t−1}: the secret polynomial that this trustee deals.

        Args:
            threshold: t.
            setting: hash of the trustees and their keys: the same polynomial is never dealt to another set, as when a
                test chain starts again and gives the same addresses.
        """
        return [self.scalar("coefficient", setting, k) for k in range(threshold)]

    def ephemeral(self, setting: bytes) -> int:
        """ε_i, the key that masks the shares of this trustee's deal."""
        return self.scalar("ephemeral", setting)
