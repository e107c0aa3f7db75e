"""What a town may be made of: one file a module, and one line here.

A module turns its section of the town's file into contracts, permissions, links and expectations (`Site`). To add one:
its file beside these, its section in `TownConfig`, its line in `MODULES`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beffroi.town.modules import consultations, credibility, currency, land, residents

if TYPE_CHECKING:
    from collections.abc import Callable

    from beffroi.town.config import TownConfig
    from beffroi.town.site import Site


@dataclass(frozen=True)
class Module:
    """A part of a town.

    Attributes:
        section: its key in the town's file; a town without that section goes without the module.
        offices: the offices that someone must hold for it to work.
        lay: lays it on the site, after those before it.
    """

    section: str
    offices: tuple[str, ...]
    lay: "Callable[[TownConfig, Site], None]"


MODULES = (
    Module("residents", ("registrar",), residents.lay),
    Module("currency", ("treasurer", "auditor", "court", "guardian"), currency.lay),
    Module("consultations", ("returning_officer",), consultations.lay),
    Module("credibility", ("clerk", "returning_officer", "jury"), credibility.lay),
    Module("land", ("registrar", "notary", "court", "clerk"), land.lay),
)
