"""A trustee's secret on disk and on paper: it comes back, it does not show, and mistakes say so."""

import json
import stat

import pytest
from eth_account.types import Language

from beffroi.ballots import keyfiles
from beffroi.ballots.group import N
from beffroi.ballots.keyfiles import KeyFileError, TrusteeSecret

CHEAP = 2


@pytest.fixture
def secret():
    return TrusteeSecret.generate()


def test_a_file_gives_the_secret_back_for_its_password_only(secret, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(secret, path, "mot de passe → œ", "Bretigny, trustee 2", CHEAP)
    assert keyfiles.load(path, "mot de passe → œ") == secret
    with pytest.raises(KeyFileError, match="wrong password"):
        keyfiles.load(path, "another")


def test_a_file_is_its_owners_only_and_tells_nothing(secret, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(secret, path, "password", cost=CHEAP)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret.value.hex() not in path.read_text()
    assert "address" not in json.loads(path.read_text())


def test_a_file_is_never_overwritten(secret, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(secret, path, "password", cost=CHEAP)
    with pytest.raises(FileExistsError):
        keyfiles.save(TrusteeSecret.generate(), path, "password", cost=CHEAP)
    assert keyfiles.load(path, "password") == secret


@pytest.mark.parametrize("content", ["not json", "[]", '{"version": 3, "crypto": {}}'])
def test_another_kind_of_file_is_named_as_such(content, tmp_path):
    path = tmp_path / "wallet.json"
    path.write_text(content)
    with pytest.raises(KeyFileError, match=r"wallet\.json is not a"):
        keyfiles.load(path, "password")


def test_a_damaged_file_says_so(secret, tmp_path):
    path = tmp_path / "trustee.json"
    keyfiles.save(secret, path, "password", cost=CHEAP)
    content = json.loads(path.read_text())
    del content["crypto"]["mac"]
    path.write_text(json.dumps(content))
    with pytest.raises(KeyFileError, match="damaged"):
        keyfiles.load(path, "password")


def test_an_empty_password_is_refused(secret, tmp_path):
    with pytest.raises(KeyFileError, match="needs a password"):
        keyfiles.save(secret, tmp_path / "trustee.json", "")


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
