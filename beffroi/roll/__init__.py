"""The sealed roll: who may take part, frozen under one Merkle root that anyone can rebuild and verify."""

from beffroi.roll.file import Seal, as_standard_tree, read_csv, verify_csv, write_csv
from beffroi.roll.merkle import parent
from beffroi.roll.tree import Roll, RollError, leaf, verify

__all__ = [
    "Roll",
    "RollError",
    "Seal",
    "as_standard_tree",
    "leaf",
    "parent",
    "read_csv",
    "verify",
    "verify_csv",
    "write_csv",
]
