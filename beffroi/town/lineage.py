"""What the chain knows of the contracts that a file and a manifest name: neither may say otherwise."""

from collections.abc import Iterator

from beffroi.town.authority import Authority, Names
from beffroi.town.drift import Drift
from beffroi.town.site import NothingToSucceedError, Site


def left_out(site: Site, found: Authority, names: Names) -> Iterator[Drift]:
    """Contracts that have offices on chain and no place on the site: what is open there could never be ended.

    Args:
        site: the town by its file.
        found: who may do what, on chain.
        names: what contracts are called.
    """
    placed = {contract.address for contract in site.contracts.values()}
    for address in dict.fromkeys(target for target, _ in found.functions):
        if address not in placed:
            yield Drift(
                names.contract(address),
                f"acts by offices of the town at {address}, and the file has it nowhere: put it back, as `instance` "
                "with what it `succeeds` if it took over from another; it may be succeeded in its turn, never left out",
            )


def require_known(site: Site, found: Authority) -> None:
    """Lets nothing follow an address that a manifest alone tells: it would be given the offices of the contract there.

    Raises:
        NothingToSucceedError: the town never let any office act there.
    """
    for it in site.successions:
        address = site.address(it.old)
        if address not in found.targets:
            raise NothingToSucceedError(
                f"{it.new} is to succeed {it.old}, which the manifest has at {address}: the town never let any office "
                "act there. Bring the manifest back as the last deployment wrote it; whoever changed it may mean harm"
            )
