"""How a contract ends that another follows: the step by which a currency retires, and what is left in any."""

from dataclasses import dataclass

from eth_utils.address import to_checksum_address
from typing_extensions import override

from beffroi.chain.abi import encode_call, entry, selector
from beffroi.chain.address import ZERO_ADDRESS
from beffroi.chain.artifacts import artifact
from beffroi.chain.contract import Contract
from beffroi.chain.create2 import code_at
from beffroi.chain.rpc import Rpc
from beffroi.currency.succession import standing
from beffroi.errors import StateError
from beffroi.town.fields import Office
from beffroi.town.laid import PlannedContract
from beffroi.town.site import Site
from beffroi.town.steps import GAS_PER_TRANSACTION, AdminStep
from beffroi.units import euros


class NotPausedError(StateError):
    """A currency that still moves is to retire."""


class RetiredForAnotherError(StateError):
    """A currency has retired, and not for the one that the town's file names."""


@dataclass(frozen=True)
class Retire(AdminStep):
    """Ends a currency for the one that follows it, once the guardian has paused it: neither ends a money alone.

    Attributes:
        town: the AccessManager.
        old: the currency that retires.
        new: the one that follows.
    """

    old: PlannedContract
    new: PlannedContract

    @property
    @override
    def key(self) -> str:
        return f"retire {self.old.name}"

    @property
    @override
    def description(self) -> str:
        return f"retire {self.old.name}, which the guardian has paused, for {self.new.name}"

    @property
    @override
    def gas(self) -> int:
        return 2 * GAS_PER_TRANSACTION

    @override
    def acts(self, rpc: Rpc) -> list[tuple[str, bytes]]:
        successor = successor_of(rpc, self.old)
        if int(successor, 16) == int(self.new.address, 16):
            return []
        if successor != ZERO_ADDRESS:
            raise RetiredForAnotherError(
                f"{self.old.name} retired for {successor}, for ever, and the file has {self.new.name} at "
                f"{self.new.address} follow it: bring back the file and the manifest that made {successor}, or ask "
                "ADMIN and the guardian, who retired it together, what that is"
            )
        return [(self.old.address, encode_call(artifact(self.old.built).abi, "retire", self.new.address))]

    @override
    def require_ready(self, rpc: Rpc) -> None:
        if not Contract.built(self.old.built, self.old.address).read(rpc, "paused"):
            raise NotPausedError(
                f"{self.old.name} still moves: `ape run currency succeed` tells residents to {self.new.name}, then the "
                f"guardian stops it by `ape run currency pause --currency {self.old.name}`; give this very command "
                "again then"
            )


def successor_of(rpc: Rpc, currency: PlannedContract) -> str:
    """For which other a currency has retired; the zero address for none, and where there is no currency yet."""
    if not code_at(rpc, currency.address):
        return ZERO_ADDRESS
    return str(to_checksum_address(Contract.built(currency.built, currency.address).read(rpc, "successor")))


def remains(rpc: Rpc, site: Site, old: str, first: int) -> str:
    """What keeps the offices of a contract that another follows from ending, in words; nothing once it is over.

    Args:
        rpc: the node.
        site: on which both stand.
        old: the name of the one that is followed.
        first: a block at or before its own.
    """
    contract = site.contracts[old]
    if contract.built == "LocalCurrency":
        return _money_left(rpc, site.contracts["Residents"], contract, first)
    if contract.built == "Conveyance":
        return _sales_left(rpc, site.town, contract, first)
    # What sales are taxed by serves as long as they do.
    conveyances = [it for it in site.contracts.values() if it.built == "Conveyance"]
    taxed = [it for it in conveyances if it.arguments["offices"]["tax"] == contract.address]
    return next((left for it in taxed if (left := _sales_left(rpc, site.town, it, first))), "")


def _money_left(rpc: Rpc, residents: PlannedContract, currency: PlannedContract, first: int) -> str:
    successor = successor_of(rpc, currency)
    if successor == ZERO_ADDRESS:
        return "it has not retired"
    old, new = (Contract.built(currency.built, it) for it in (currency.address, successor))
    passage = standing(rpc, Contract.built(residents.built, residents.address), old, new, first)
    if passage.is_over:
        return ""
    if not passage.supply_cents and not passage.owed_cents:
        return f"accounts that are frozen there, and not in what follows it: {len(passage.held)}"
    return (
        f"{euros(passage.supply_cents)} are left in its accounts, {euros(passage.owed_cents)} are owed by redemptions"
    )


def _sales_left(rpc: Rpc, town: str, conveyance: PlannedContract, first: int) -> str:
    contract = Contract.built(conveyance.built, conveyance.address)
    opening = selector(entry(contract.abi, "function", "open"))
    if Contract.built("Town", town).read(rpc, "getTargetFunctionRole", conveyance.address, opening) != Office.ADMIN:
        return "sales are opened there"
    told = [it.name for it in contract.events(rpc, "SaleOpened", "SaleSettled", "SaleCancelled", first=first)]
    # Each sale that was opened ends once.
    left = 2 * told.count("SaleOpened") - len(told)
    return f"sales that are open there: {left}" if left else ""
