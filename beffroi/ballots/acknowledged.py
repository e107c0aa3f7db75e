"""The voter's proof of a key: t trustees' signatures over it, checked against trustees who were published beforehand.

A ballot is as secret as the key that it is encrypted for, and a node tells whatever key it likes. The trustees have
signed theirs (`Acknowledgement`), each with her own share key, in a setting that holds chain, contracts, ceremony,
trustees and threshold. Who they are must come from elsewhere than the node and the server: a panel that two offices
published, or that is in the hashed build of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.ceremony import Ceremony, CeremonyError
from beffroi.ballots.pins import spoken
from beffroi.ballots.records import signer
from beffroi.ballots.transcript import digest, tag, to_address
from beffroi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beffroi.ballots.group import Point
    from beffroi.ballots.params import Params

TAG_PANEL = tag("beffroi.vote.panel")


class PanelError(InputError):
    """What is given is no list of trustees."""


@dataclass(frozen=True)
class Panel:
    """Trustees as their town published them.

    Attributes:
        needed: t, how many of them open a result, and how many signatures a key takes.
        trustees: their accounts, in ascending order.
    """

    needed: int
    trustees: tuple[bytes, ...]

    @property
    def phrase(self) -> str:
        """What a voter compares with what two offices published."""
        return spoken(digest(TAG_PANEL, self.needed, len(self.trustees), *self.trustees))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"needed": self.needed, "trustees": ["0x" + it.hex() for it in self.trustees]}

    @classmethod
    def from_dict(cls, values: Any) -> Panel:
        """What `as_dict` gave.

        Raises:
            PanelError: it is something else, or can be no panel.
        """
        try:
            needed, trustees = values["needed"], tuple(map(to_address, values["trustees"]))
            if type(needed) is not int:
                raise PanelError("needed must be a whole number")
            Ceremony(0, bytes(20), 1, needed, trustees, bytes(20))
        except (AttributeError, KeyError, TypeError, ValueError, CeremonyError) as error:
            raise PanelError(f"no list of trustees, {{needed, trustees}}: {error}") from error
        return cls(needed, trustees)


@dataclass(frozen=True)
class KeySignature:
    """A trustee's word for a key, as a node tells it.

    Attributes:
        share_key: her X_j.
        signature: hers.
    """

    share_key: Point
    signature: bytes


def signers(panel: Panel, params: Params, said: Mapping[int, KeySignature]) -> set[int]:
    """Which trustees of a panel have signed the key of a consultation.

    Args:
        panel: who may.
        params: of the consultation.
        said: what the node tells, by trustee.
    """
    setting = panel.needed, panel.trustees, params.contract
    ceremony = Ceremony(params.chain_id, params.ceremonies, params.ceremony, *setting)
    where = slips.domain(params.chain_id, params.ceremonies)
    return {
        index
        for index, it in said.items()
        if index in ceremony.indices
        and signer(slips.acknowledged(ceremony, index, params.h, it.share_key).digest(where), it.signature)
        == panel.trustees[index - 1]
    }


def believed(panels: Sequence[Panel], params: Params, said: Mapping[int, KeySignature]) -> Panel | None:
    """The panel of which enough have signed the key of a consultation; None: make no ballot."""
    return next((it for it in panels if len(signers(it, params, said)) >= it.needed), None)
