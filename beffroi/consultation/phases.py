"""Where a ceremony stands, and who did what."""

from dataclasses import dataclass
from enum import IntEnum


class Phase(IntEnum):
    """Where a ceremony stands, as `IKeyCeremony.Phase`."""

    NONE = 0
    ENROLMENT = 1
    COMMIT = 2
    DEAL = 3
    COMPLAINTS = 4
    ACKNOWLEDGEMENT = 5
    KEY_READY = 6
    KEY_FAILED = 7


@dataclass(frozen=True)
class Progress:
    """Where a ceremony stands and who did what.

    Attributes:
        phase: of the ceremony.
        ends_at: its deadline, unix seconds; 0 when final.
        enrolled: indices of the trustees who gave their key.
        committed: who promised a deal.
        dealt: who opened it.
        excluded: who was caught lying.
        acknowledged: who signed the key and her share of it.
    """

    phase: Phase
    ends_at: int
    enrolled: frozenset[int]
    committed: frozenset[int]
    dealt: frozenset[int]
    excluded: frozenset[int]
    acknowledged: frozenset[int]
