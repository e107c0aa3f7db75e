"""Which key a vote may go by: one by which trustees would count, and that those whom voters believe have signed."""

from collections.abc import Sequence
from typing import Final

from beffroi.ballots.acknowledged import KeySignature, Panel, believed
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.params import Params
from beffroi.consultation.polls import ConsultationError, Polls

_NOTHING: Final = "No ballot was made, and nothing was sent"


def require_key(polls: Polls, number: int) -> None:
    """Lets no vote go by a key by which its trustees would count nothing.

    Args:
        polls: the contracts.
        number: of the ceremony.

    Raises:
        ConsultationError: it is such a key.
    """
    _require_sound(polls.ceremony(number), number)


def require_acknowledged(polls: Polls, params: Params, panels: Sequence[Panel]) -> Panel:
    """Lets no ballot be made for a key that the published trustees have not signed; gives who has.

    Args:
        polls: the contracts.
        params: of the consultation.
        panels: the trustees, as the town published them elsewhere than on this node.

    Raises:
        ConsultationError: too few of any of them have, or they would not count by it.
    """
    said = polls.ceremony(params.ceremony)
    keys = said.keys()
    shares = keys.shares if keys is not None else {}
    told = {index: KeySignature(shares[index], it) for index, it in said.acknowledged.items() if index in shares}
    panel = believed(panels, params, told)
    if panel is None:
        raise ConsultationError(
            f"the key that this node shows for consultation {params.consultation} is not one that the trustees whom "
            f"your town published have signed. {_NOTHING}: ask the town who the trustees are, or look by another node"
        )
    _require_sound(said, params.ceremony)
    return panel


def _require_sound(said: CeremonyReplay, number: int) -> None:
    if doubt := said.problem():
        raise ConsultationError(
            f"by the key of ceremony {number}, as this node shows it, trustees would count nothing: {doubt}. "
            f"{_NOTHING}: look by another node, and ask them"
        )
