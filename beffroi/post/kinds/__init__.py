"""The kinds of slips that a town's post office takes: whatever the town's contracts take, module by module."""

import functools

from beffroi.chain.rpc import Rpc
from beffroi.post.kinds.base import SlipKind
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.rolls import Rolls
from beffroi.town.manifest import Manifest
from beffroi.town.modules import rooms

__all__ = ["Draft", "SlipKind", "kinds_of", "known_names"]


def kinds_of(rpc: Rpc, manifest: Manifest, rolls: Rolls) -> dict[str, SlipKind]:
    """The kinds that this town's contracts take, by name.

    Args:
        rpc: the node.
        manifest: of the town.
        rolls: the sealed rolls at hand.

    Raises:
        NotCompiledError: the contracts are not in the build.
        RpcError: a contract is not where the manifest says.
    """
    premises = Premises(rpc, manifest, rolls)
    return {kind.name: kind for room in rooms("slips") for kind in room.kinds(premises)}


@functools.cache
def known_names() -> frozenset[str]:
    """The names of the kinds that are handed in somewhere, if not in every town."""
    return frozenset(kind.base_name for room in rooms("slips") for kind in room.KINDS)
