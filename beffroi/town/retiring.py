"""The step of a plan by which one currency follows another."""

from dataclasses import dataclass

from typing_extensions import override

from beffroi.chain.contract import Contract
from beffroi.chain.create2 import code_at
from beffroi.chain.rpc import Rpc
from beffroi.errors import StateError
from beffroi.town.site import PlannedContract
from beffroi.town.steps import GAS_PER_TRANSACTION, AdminStep


class NotPausedError(StateError):
    """A currency that still moves is to retire."""


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
        if code_at(rpc, self.old.address) and int(self._currency.read(rpc, "successor"), 16):
            return []
        return [(self.old.address, self._currency.encode("retire", self.new.address))]

    @override
    def require_ready(self, rpc: Rpc) -> None:
        if not self._currency.read(rpc, "paused"):
            raise NotPausedError(
                f"{self.old.name} still moves: `ape run currency succeed` tells residents to {self.new.name}, then the "
                f"guardian stops it by `ape run currency pause --currency {self.old.name}`; give this very command "
                "again then"
            )

    @property
    def _currency(self) -> Contract:
        return Contract.built(self.old.built, self.old.address)
