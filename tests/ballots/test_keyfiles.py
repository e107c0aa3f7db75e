"""A trustee's secret on disk and on paper: it comes back, it does not show, and mistakes say so."""

import json
import re
import stat
from dataclasses import replace

import pytest
from eth_account.types import Language

from beffroi.ballots import keyfiles
from beffroi.ballots.group import N
from beffroi.ballots.keyfiles import KeyFile, KeyFileError, TrusteeSecret
from beffroi.ballots.pins import Pins, spoken_count
from beffroi.chain.artifacts import ROOT

CHEAP = 2


PINS = Pins(31337, bytes([7]) * 32, bytes([1]) * 20, bytes([2]) * 20, 1, 2, (bytes([3]) * 20, bytes([4]) * 20))
SMART = replace(PINS, smart=PINS.trustees[1:])


@pytest.fixture
def secret():
    return TrusteeSecret.generate()


@pytest.fixture
def key(secret):
    return KeyFile(secret, PINS)


def test_a_file_gives_the_secret_back_for_its_password_only(key, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(key, path, "mot de passe → œ", "Bretigny, trustee 2", CHEAP)
    assert keyfiles.load(path, "mot de passe → œ") == key
    with pytest.raises(KeyFileError, match="wrong password"):
        keyfiles.load(path, "another")


def test_a_file_is_its_owners_only_and_tells_nothing(key, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(key, path, "password", cost=CHEAP)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key.secret.value.hex() not in path.read_text()
    assert "address" not in json.loads(path.read_text())


def test_a_file_is_never_overwritten(key, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(key, path, "password", cost=CHEAP)
    with pytest.raises(FileExistsError):
        keyfiles.save(KeyFile(TrusteeSecret.generate(), PINS), path, "password", cost=CHEAP)
    assert keyfiles.load(path, "password") == key


def test_a_file_remembers_what_it_opened_of_each_consultation_and_so_do_its_copies(key, tmp_path):
    path, copy = tmp_path / "trustee.json", tmp_path / "copy.json"
    keyfiles.save(key, path, "password", cost=CHEAP)
    assert keyfiles.remember(path, "opened", "4", "40 0xaa") == ""
    assert keyfiles.remember(path, "opened", "5", "7 0xbb") == ""
    copy.write_bytes(path.read_bytes())
    assert [keyfiles.remember(it, "opened", "4", "41 0xcc") for it in (path, copy)] == ["40 0xaa", "40 0xaa"]
    assert json.loads(path.read_text())["opened"] == {"4": "40 0xaa", "5": "7 0xbb"}
    assert keyfiles.load(path, "password") == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ['{"opened": 7}', "[]"])
def test_a_file_that_cannot_remember_opens_nothing(content, tmp_path):
    path = tmp_path / "trustee.json"
    path.write_text(content)
    with pytest.raises(KeyFileError, match="damaged"):
        keyfiles.remember(path, "opened", "4", "40 0xaa")
    assert path.read_text() == content


@pytest.mark.parametrize("content", ["not json", "[]", '{"version": 3, "crypto": {}}'])
def test_another_kind_of_file_is_named_as_such(content, tmp_path):
    path = tmp_path / "wallet.json"
    path.write_text(content)
    with pytest.raises(KeyFileError, match=r"wallet\.json is not a"):
        keyfiles.load(path, "password")


def test_a_damaged_file_says_so(key, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(key, path, "password", cost=CHEAP)
    content = json.loads(path.read_text())
    del content["crypto"]["mac"]
    path.write_text(json.dumps(content))
    with pytest.raises(KeyFileError, match="damaged"):
        keyfiles.load(path, "password")


def test_an_empty_password_is_refused(key, tmp_path):
    with pytest.raises(KeyFileError, match="needs a password"):
        keyfiles.save(key, tmp_path / "trustee.json", "")


def test_what_a_key_is_for_cannot_be_altered_nor_left_out(key, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(key, path, "password", cost=CHEAP)
    content = json.loads(path.read_text())
    others = {
        "chain_id": 1, "genesis": "0x" + "08" * 32, "ceremonies": "0x" + "09" * 20, "consultations": "0x" + "09" * 20,
        "ceremony": 2, "threshold": 3, "trustees": ["0x" + "03" * 20, "0x" + "05" * 20],
        "smart": ["0x" + "04" * 20],
    }  # fmt: skip
    assert others.keys() == content["pins"].keys()
    for name, other in others.items():
        path.write_text(json.dumps(content | {"pins": content["pins"] | {name: other}}))
        with pytest.raises(KeyFileError, match="names a place that its key was not made for"):
            keyfiles.load(path, "password")
    without = {name: it for name, it in content.items() if name != "pins"}
    odd = [content["pins"] | it for it in ({"ceremony": 10**400}, {"ceremony": -1}, {"genesis": "0x07"})]
    for damaged in (without, *(content | {"pins": pins} for pins in ({}, *odd))):
        path.write_text(json.dumps(damaged))
        with pytest.raises(KeyFileError, match="damaged"):
            keyfiles.load(path, "password")


def test_the_browsers_vectors_are_read_here():
    for name in ("keyfile", "keyfile-zero"):
        key = keyfiles.load(ROOT / f"frontend/tests/vote/ballot/{name}.json", "une phrase é longue")
        assert (key.pins, key.pins.phrase) == (PINS, "5968 8566 6810 8979 7179 4766 0890 1097 3454 2068")


def test_a_place_is_compared_by_ten_groups_of_digits_that_change_with_any_part_of_it():
    assert re.fullmatch(r"\d{4}( \d{4}){9}", PINS.phrase)
    others = [
        replace(PINS, chain_id=1),
        replace(PINS, ceremony=2),
        replace(PINS, threshold=1),
        replace(PINS, trustees=()),
        SMART,
    ]
    assert len({it.phrase for it in [PINS, *others]}) == 6
    assert PINS.differences(PINS) == []
    assert PINS.differences(replace(PINS, threshold=1)) == ["the number of trustees needed is 1, and was 2"]


def test_a_count_is_compared_by_the_number_that_the_browser_says():
    assert (
        spoken_count(bytes([5]) * 32, 7, bytes([8]) * 32, 6, bytes([9]) * 32)
        == "3160 6172 9475 0505 5325 7541 9862 5248 1016 6751"
    )


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.FRENCH])
def test_the_words_give_the_secret_back(secret, language):
    assert TrusteeSecret.from_words(secret.words(language), language) == secret


def test_four_letters_of_each_word_in_capitals_are_enough(secret):
    short = " ".join(word[:4].upper() for word in secret.words().split())
    assert TrusteeSecret.from_words(short) == secret


def test_the_known_vector_of_bip_39():
    secret = TrusteeSecret.generate(bytes.fromhex("7f" * 32))
    assert secret.words().split()[1:][-1] == "title"


def test_wrong_words_say_what_is_wrong(secret):
    words = [word for word in secret.words().split() if word.isalpha()]
    with pytest.raises(KeyFileError, match="24 words, not 23"):
        TrusteeSecret.from_words(" ".join(words[:-1]))
    with pytest.raises(KeyFileError, match="1 of the words"):
        TrusteeSecret.from_words(" ".join(["beffroi", *words[1:]]))
    refused = 0
    for word in ("abandon", "zoo", "title", "legal"):
        try:
            TrusteeSecret.from_words(" ".join([word, *words[1:]]))
        except KeyFileError as error:
            assert "checksum" in str(error)  # noqa: PT017
            refused += 1
    assert refused >= 3


@pytest.mark.parametrize("value", [bytes(32), N.to_bytes(32, "big"), b"short"])
def test_a_secret_out_of_range_is_refused(value):
    with pytest.raises(KeyFileError):
        TrusteeSecret(value)


def test_the_secret_shows_nowhere(secret):
    assert secret.value.hex() not in repr(secret)
    assert str(int.from_bytes(secret.value, "big")) not in repr(secret)


def test_which_accounts_are_contracts_is_in_the_number_and_told_and_no_node_is_asked_again():
    assert SMART.phrase == "2065 0871 7862 1069 3047 1991 1320 7960 0576 0951"
    assert PINS.differences(SMART) == []
    assert SMART.words()[-1].endswith("is a contract: her word is whatever a node says that it is")
    assert "is a contract" not in "".join(PINS.words() + SMART.words()[:-1])
