"""Holders' keys: the same from the same seed, unlike in each programme, and codes that tell a slip of the hand."""

import json

import pytest

from beffroi.ballots.group import N
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.eip712 import Domain
from beffroi.programmes.programmekeys import CodeError, code_of, key_by_wallet, key_of, new_seed, seed_of
from beffroi.programmes.programmeslips import holder_key_slip
from beffroi.slips import sign_by_wallet, sign_digest

FOOD, BOOKS = bytes([1]) * 32, bytes([2]) * 32
SEED = bytes(range(16))
VECTORS = json.loads((ROOT / "tests/vectors/programme-keys.json").read_text())
"""The page reads the same (frontend/tests/programmes/keys.test.ts)."""
FAULTS = {"length": "were typed", "character": "no code has", "mistyped": "was mistyped"}


def test_a_seed_makes_one_key_in_a_programme_and_another_in_the_next() -> None:
    assert key_of(SEED, FOOD).secret == key_of(SEED, FOOD).secret
    assert key_of(SEED, FOOD).secret != key_of(SEED, BOOKS).secret
    assert key_of(SEED, FOOD).secret != key_of(SEED[::-1], FOOD).secret


def test_a_key_is_not_made_of_too_little() -> None:
    with pytest.raises(CodeError, match="16 bytes at least"):
        key_of(SEED[:15], FOOD)
    with pytest.raises(CodeError, match="32 bytes"):
        key_of(SEED, FOOD[:31])
    with pytest.raises(CodeError, match="16 bytes"):
        code_of(SEED[:15])


def test_a_code_is_read_as_people_type_it() -> None:
    code = code_of(SEED)
    assert len(code.split("-")) == 7
    assert seed_of(code) == SEED
    assert seed_of(code.lower().replace("-", " ")) == SEED
    assert seed_of(code.replace("0", "O").replace("1", "l")) == SEED
    seeds = {new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert {seed_of(code_of(seed)) for seed in seeds} == seeds


def test_a_slip_of_the_hand_is_told() -> None:
    code = code_of(SEED)
    with pytest.raises(CodeError, match="27 were typed"):
        seed_of(code[:-1])
    with pytest.raises(CodeError, match="no code has the character 'U'"):
        seed_of("U" + code[1:])
    told = 0
    for at, letter in enumerate(code):
        if letter == "-":
            continue
        with pytest.raises(CodeError, match="mistyped"):
            seed_of(code[:at] + ("2" if letter != "2" else "3") + code[at + 1 :])
        told += 1
    assert told == 28


def test_the_page_makes_the_same_keys_of_the_same_codes() -> None:
    for it in VECTORS["keys"]:
        key = key_of(bytes.fromhex(it["seed"][2:]), bytes.fromhex(it["programme"][2:]))
        assert (f"0x{key.secret.hex()}", key.address) == (it["secret"], it["address"])
    for it in VECTORS["codes"]:
        assert code_of(bytes.fromhex(it["seed"][2:])) == it["code"]
    for it in VECTORS["typed"]:
        assert f"0x{seed_of(it['typed']).hex()}" == it["seed"]


@pytest.mark.parametrize("it", VECTORS["refused"], ids=lambda it: it["typed"])
def test_the_page_refuses_the_same_codes(it: dict[str, str]) -> None:
    with pytest.raises(CodeError, match=FAULTS[it["fault"]]):
        seed_of(it["typed"])


@pytest.mark.parametrize("it", VECTORS["wallets"], ids=lambda it: it["holder"])
def test_a_wallet_and_the_page_make_the_same_key_of_the_same_message(it: dict[str, str]) -> None:
    secret, programme = bytes.fromhex(it["secret"][2:]), bytes.fromhex(it["programme"][2:])
    domain = Domain(it["name"], int(it["chainId"]), it["contract"])
    signature = sign_by_wallet(secret, holder_key_slip(programme), domain)
    assert f"0x{signature.hex()}" == it["signature"]
    assert key_by_wallet(signature, it["account"], programme, domain).address == it["holder"]


def test_a_wallets_key_is_another_for_each_programme_contract_and_chain() -> None:
    wallets = VECTORS["wallets"]
    assert len({it["holder"] for it in wallets}) == len(wallets) == 12


def test_however_a_wallet_writes_its_signature_the_key_is_the_same() -> None:
    it = VECTORS["wallets"][0]
    domain, signature = Domain(it["name"], it["chainId"], it["contract"]), bytes.fromhex(it["signature"][2:])
    r, s, v = signature[:32], int.from_bytes(signature[32:64]), signature[64]
    for form in (
        signature[:64] + bytes([v - 27]),
        r + (s | (v - 27) << 255).to_bytes(32),
        r + (N - s).to_bytes(32) + bytes([55 - v]),
    ):
        assert key_by_wallet(form, it["account"], FOOD, domain).address == it["holder"]


def test_what_no_key_of_the_account_signed_makes_no_key() -> None:
    it = VECTORS["wallets"][0]
    domain, signature = Domain(it["name"], it["chainId"], it["contract"]), bytes.fromhex(it["signature"][2:])
    other = sign_digest(Key(b"\x12" * 32).secret, holder_key_slip(FOOD).digest(domain))
    for forged in (other, signature + b"\x00", signature[:63], b"\x07" * 65, b""):
        with pytest.raises(CodeError, match="did not sign this by a key of its own"):
            key_by_wallet(forged, it["account"], FOOD, domain)
    with pytest.raises(CodeError, match="by a key of its own"):
        key_by_wallet(signature, it["account"], BOOKS, domain)
