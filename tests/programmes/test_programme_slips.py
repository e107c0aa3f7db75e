"""A programme's slips: hashed as the contract hashes them (ProgrammeRollVectors.t.sol reads the same file)."""

import json

from beffroi.chain.artifacts import ROOT
from beffroi.programmes.programmeslips import fund_purpose, grant_slip, refund_purpose, spend_slip

VECTORS = json.loads((ROOT / "tests/vectors/programme-roll.json").read_text())
PROGRAMME, SPENT = bytes.fromhex(VECTORS["programme"][2:]), VECTORS["spend"]
SPEND = spend_slip(PROGRAMME, *(SPENT[name] for name in ("holder", "merchant", "units", "nonce", "deadline")))


def test_a_spend_is_hashed_as_the_contract_hashes_it() -> None:
    assert f"0x{SPEND.struct_hash.hex()}" == SPENT["hash"]


def test_what_funds_and_what_is_given_back_are_named_as_the_contract_names_them() -> None:
    assert f"0x{fund_purpose(PROGRAMME).hex()}" == VECTORS["fundPurpose"]
    assert f"0x{refund_purpose(SPEND, VECTORS['refund']).hex()}" == VECTORS["refundPurpose"]


def test_a_grant_says_who_grants_what_to_whom_for_which_act() -> None:
    act = bytes([9]) * 32
    slip = grant_slip(PROGRAMME, VECTORS["sponsor"], SPENT["holder"], 5, act, 1_800_000_000)
    assert slip.message == {
        "programme": PROGRAMME,
        "granter": VECTORS["sponsor"],
        "holder": SPENT["holder"],
        "units": 5,
        "act": act,
        "deadline": 1_800_000_000,
    }
