import copy
import hashlib
import os
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from beffroi.land import cadastre, village
from beffroi.land.certificate import (
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
from beffroi.land.shares import RightKind

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def epinay():
    """The real cadastre of Épinay-sur-Orge (DGFiP - Etalab, 2022-01-01, Licence Ouverte 2.0), if it is here."""
    folder = DATA / "cadastre-91216"
    if not folder.is_dir():
        pytest.xfail(f"NOT RUN: no {folder.name} in BEFFROI_DATA or ../shared/data")
    return folder


@pytest.fixture(scope="session")
def _village():
    return village.cadastre()


@pytest.fixture
def features(_village):
    """The features of the village, to spoil at will."""
    return copy.deepcopy(_village["features"])


@pytest.fixture(scope="session")
def parcels(_village):
    """The village's parcels, read and checked."""
    return cadastre.check(_village["features"], village.COMMUNE).parcels


ADA, BOB, CLEO = ("0x" + digits * 20 for digits in ("a1", "b2", "c3"))
URL = "https://registre.example/titre/59999000AB0017?bloc=8412907"
SECOND = Fraction(1, 2)


def digest(text):
    return hashlib.sha256(text.encode()).digest()


@pytest.fixture
def certificate(parcels):
    parcel = next(parcel for parcel in parcels if str(parcel.id) == "59999000AB0017")
    return Certificate(
        commune="Valombre-sur-Lys",
        parcel=parcel,
        status=TitleStatus.UNDER_SALE,
        holders=(
            HolderLine(CLEO, RightKind.USUFRUCT, SECOND, date(2024, 5, 14)),
            HolderLine(ADA, RightKind.FULL, SECOND, date(2021, 9, 1), "Adélaïde Vanderbeke"),
            HolderLine(BOB, RightKind.BARE, SECOND, date(2024, 5, 14), "Baptiste Lemaire"),
        ),
        charges=(
            ChargeLine(42, "Crédit mutuel de la Lys", 185_000_00, date(2041, 9, 1), digest("first")),
            ChargeLine(17, BOB, 32_500_50, date(2034, 1, 15), digest("second")),
        ),
        burdens=(BurdenLine(Burden.EASEMENT, digest("way"), "Passage à pied", dominant=parcels[9].id),),
        history=(HistoryLine(date(2021, 3, 12), TitleEvent.REGISTERED, "reprise du cadastre", digest("register")),),
        proof=Proof(
            "Sepolia", 11155111, BOB, 8_412_907, digest("block"), datetime(2026, 11, 21, 22, 5, tzinfo=UTC), URL
        ),
        issued=datetime(2026, 11, 21, 22, 7, tzinfo=UTC),
        neighbours=parcels,
    )
