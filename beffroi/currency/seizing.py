"""What courts seize of a currency: pending seizures, as the chain has them."""

from dataclasses import dataclass

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc

STAGES = ("none", "announced", "suspended", "resumed")
"""As `ISeizures.SeizureStage` numbers them."""


@dataclass(frozen=True, slots=True)
class Seizure:
    """A seizure that has not ended.

    Attributes:
        number: from 1.
        account: whose money it is, as the order names it.
        to: whose it becomes.
        amount_cents: the most that is taken.
        stage: where it stands, of `STAGES`.
        due_s: from when on it may be carried out; when it was suspended, while it is. Unix seconds.
    """

    number: int
    account: str
    to: str
    amount_cents: int
    stage: str
    due_s: int


def pending(rpc: Rpc, currency: Contract) -> list[Seizure]:
    """Every seizure that has not ended, in the order of the announcements."""
    count = currency.read(rpc, "seizures")
    records = currency.reads(rpc, "seizureOf", [(number,) for number in range(1, count + 1)])
    return [
        Seizure(number, to_checksum_address(account), to_checksum_address(to), cents, STAGES[stage], due_s)
        for number, (account, cents, stage, to, due_s) in enumerate(records, 1)
        if stage
    ]
