"""A trustee's key file and its paper, at her own desk."""

from dataclasses import replace

import pytest

from beffroi.ballots.keyfiles import KeyFileError
from beffroi.ballots.pins import Pins
from beffroi.cli import keyring
from beffroi.consultation.polls import ConsultationError

QUICK = 2  # scrypt's cost: what is tested is not its strength


PINS = Pins(31337, bytes([7]) * 32, bytes([1]) * 20, bytes([2]) * 20, 1, 2, (bytes([3]) * 20, bytes([4]) * 20))


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv(keyring.PASSPHRASE, "the bell of the belfry")


def test_a_key_is_made_with_a_paper_from_which_the_same_file_is_made_again(tmp_path):
    path = tmp_path / "key.json"
    paper = keyring.create(path, "ceremony 1", PINS, QUICK)
    key = keyring.unlock(path)
    path.unlink()
    keyring.restore(path, paper.read_text().split("\n\n")[1], PINS, PINS.phrase, QUICK)
    assert keyring.unlock(path) == key
    assert [it.stat().st_mode & 0o777 for it in (path, paper)] == [0o600, 0o600]
    assert key.secret.value.hex() not in path.read_text() + paper.read_text()


def test_neither_a_key_nor_a_paper_is_ever_overwritten(tmp_path):
    path = tmp_path / "key.json"
    paper = keyring.create(path, "ceremony 1", PINS, QUICK)
    before = (path.read_bytes(), paper.read_bytes())
    with pytest.raises(FileExistsError):
        keyring.create(path, "ceremony 2", PINS, QUICK)
    path.unlink()
    with pytest.raises(FileExistsError, match="only backup"):
        keyring.create(path, "ceremony 2", PINS, QUICK)
    assert not path.exists()
    path.write_bytes(before[0])
    with pytest.raises(FileExistsError):
        keyring.restore(path, paper.read_text().split("\n\n")[1], PINS, PINS.phrase, QUICK)
    assert (path.read_bytes(), paper.read_bytes()) == before


def test_a_missing_file_a_wrong_or_an_empty_passphrase_say_so(tmp_path, monkeypatch):
    path = tmp_path / "key.json"
    with pytest.raises(ConsultationError, match=r"there is no key file .* ceremony restore"):
        keyring.unlock(path)
    keyring.create(path, "ceremony 1", PINS, QUICK)
    monkeypatch.setenv(keyring.PASSPHRASE, "another")
    with pytest.raises(KeyFileError, match=r"wrong password for key.json"):
        keyring.unlock(path)
    monkeypatch.setenv(keyring.PASSPHRASE, "")
    with pytest.raises(ConsultationError, match="needs a passphrase"):
        keyring.unlock(path)


def test_words_that_are_no_backup_make_no_file(tmp_path):
    with pytest.raises(KeyFileError):
        keyring.restore(tmp_path / "key.json", "abandon " * 24, PINS, PINS.phrase, QUICK)
    assert not (tmp_path / "key.json").exists()


def test_a_paper_of_another_ceremony_makes_no_file(tmp_path):
    path = tmp_path / "key.json"
    paper = keyring.create(path, "ceremony 1", PINS, QUICK).read_text()
    path.unlink()
    words, other = paper.split("\n\n")[1], replace(PINS, consultations=bytes([9]) * 20)
    with pytest.raises(ConsultationError, match="the paper was printed for another") as refused:
        keyring.restore(path, words, other, PINS.phrase, QUICK)
    assert other.phrase not in str(refused.value)
    assert not path.exists()
    assert PINS.phrase in paper
    keyring.restore(path, words, PINS, PINS.phrase.replace(" ", ""), QUICK)
    assert keyring.unlock(path).pins == PINS
