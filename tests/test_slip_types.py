"""Each type of slip is declared once in Python and once in an interface, and is the one that a contract hashes."""

import importlib
import pkgutil
import re

import pytest

import beffroi
from beffroi.chain.artifacts import ROOT, artifacts
from beffroi.eip712 import DOMAIN, SlipType

OFF_CHAIN = {
    "HolderKey": "makes the key of whoever spends in a programme: the signature is its seed, and goes nowhere",
    "PaymentRequest": "a till's request: the chain sees its hash alone, as a nonce or a reference",
    "Reading": "a sensor's: the chain sees the root of a day of them",
    "Showing": "of a paper to a verifier, who checks the signature herself",
}
"""Types that no contract hashes, each with the reason."""


def declared() -> dict[str, SlipType]:
    """Every type that a module of the library declares, by the text that is hashed."""
    found: dict[str, SlipType] = {}
    for info in pkgutil.walk_packages(beffroi.__path__, "beffroi."):
        if info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            if isinstance(value, SlipType) and value is not DOMAIN:
                assert found.setdefault(value.encoded, value) is value, f"{value.text} is declared twice"
    return found


SIGNED = [slip_type for slip_type in declared().values() if slip_type.name not in OFF_CHAIN]
STRUCTS = {struct for slip_type in SIGNED for struct in slip_type.structs}
PLAIN = [slip_type for slip_type in SIGNED if not slip_type.structs and slip_type not in STRUCTS]
"""A type with structs is joined from its parts at deployment: the vectors of `tests/land` hold its hash."""


def documented() -> set[str]:
    """Every type that an interface says is signed: "EIP-712 `Name(type member,…)`", however its lines break."""
    paths = sorted((ROOT / "contracts").glob("*/interfaces/*.sol"))
    lines = (re.sub(r"\n\s*/// ", " ", path.read_text()) for path in paths)
    return {text for line in lines for text in re.findall(r"EIP-712 `(\w+\([^`]+\))`", line)}


@pytest.fixture(scope="module")
def code() -> bytes:
    return b"\0".join(built.runtime for built in artifacts())


def test_the_interfaces_say_what_python_declares():
    assert documented() == {slip_type.text for slip_type in SIGNED}


@pytest.mark.parametrize("slip_type", PLAIN, ids=lambda slip_type: slip_type.text.partition(",")[0])
def test_a_contract_hashes_the_declared_type(slip_type, code):
    assert slip_type.hash in code


def test_text_that_is_no_type_is_refused():
    for text in ("Mail", "Mail()", "Mail(address)", "Mail(address to, string text)"):
        with pytest.raises(ValueError, match="is no type"):
            SlipType(text)


def test_a_member_of_no_known_type_is_refused():
    for kind in ("int7", "uint7", "bytes33", "uint256[3]", "Person", "Person[]"):
        with pytest.raises(ValueError, match="of no known type"):
            SlipType(f"Mail({kind} to)")
