"""A revert is told by the name that its error has in the source, a library's too."""

import re

import pytest
from eth_utils.crypto import keccak

from beffroi.chain.artifacts import ROOT
from beffroi.chain.reverts import decode_error, known_errors

SOURCES = [*(ROOT / "contracts").rglob("*.sol")]
OPENZEPPELIN = ROOT / "node_modules"
ERROR = re.compile(r"^\s*error (\w+)\(([^)]*)\)", re.MULTILINE)
IMPORT = re.compile(r"""(?:from|import) ["']([^"']+)["']""")


def reached():
    """Every source that our contracts import, at any depth."""
    seen, waiting = set(), list(SOURCES)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        names = IMPORT.findall(path.read_text())
        waiting += [OPENZEPPELIN / it if it.startswith("@") else (path.parent / it).resolve() for it in names]
    return seen


def of_libraries():
    """The errors of the libraries among them, as selectors see them."""
    texts = [path.read_text() for path in reached()]
    found = [match for text in texts if re.search(r"^library ", text, re.MULTILINE) for match in ERROR.findall(text)]
    return sorted(
        {f"{name}({','.join(part.split()[0] for part in inputs.split(',') if part)})" for name, inputs in found}
    )


@pytest.mark.parametrize("signature", of_libraries())
def test_a_librarys_error_is_known_by_name(signature):
    item = known_errors()[keccak(text=signature)[:4]]
    assert item["name"] == signature.partition("(")[0]


def test_an_error_is_told_with_its_arguments():
    data = keccak(text="ECDSAInvalidSignatureLength(uint256)")[:4] + (64).to_bytes(32)
    assert decode_error(data) == "ECDSAInvalidSignatureLength(length=64)"
