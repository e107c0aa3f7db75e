"""Slips of the register of residents: the veto of a recovery, by the key that was said to be lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from beffroi.chain.transaction import Call
from beffroi.eip712 import SlipType
from beffroi.post.kinds.base import URGENT, SlipKind, overloaded
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.slips import VETO_RECOVERY


@dataclass
class Veto(SlipKind):
    """Stops the recovery that is proposed for an account."""

    base_name: ClassVar[str] = "veto"
    slip_type: ClassVar[SlipType] = VETO_RECOVERY
    done_events: ClassVar[tuple[str, ...]] = ("RecoveryVetoed",)
    done_about: ClassVar[str] = "account"
    priority: ClassVar[int] = URGENT

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """The old key's."""
        return str(message["account"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One veto. Successor and date are not handed over: the contract hashes those of the recovery that pends."""
        form = overloaded(self.contract, "vetoRecovery", "bytes")
        values = (draft.message["account"], draft.message["deadline"], draft.signature)
        return Call(form.address, form.encode("vetoRecovery", *values), self.name)


KINDS = (Veto,)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that the register takes."""
    if residents := premises.contract("Residents"):
        yield Veto(residents, premises.domain("Residents", residents))
