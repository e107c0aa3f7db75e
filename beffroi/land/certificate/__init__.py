"""The certificate of title: what the register says of a parcel at a block, on a page to print and to verify."""

from beffroi.land.certificate.facts import (
    Burden,
    BurdenLine,
    Certificate,
    ChargeLine,
    HistoryLine,
    HolderLine,
    Proof,
    TitleEvent,
    TitleStatus,
)
from beffroi.land.certificate.page import render

__all__ = [
    "Burden",
    "BurdenLine",
    "Certificate",
    "ChargeLine",
    "HistoryLine",
    "HolderLine",
    "Proof",
    "TitleEvent",
    "TitleStatus",
    "render",
]
