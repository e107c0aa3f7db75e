"""A trustee's key file and its paper, at her own desk."""

import pytest

from beffroi.ballots.keyfiles import KeyFileError
from beffroi.cli import keyring
from beffroi.consultation.polls import ConsultationError

QUICK = 2  # scrypt's cost: what is tested is not its strength


@pytest.fixture(autouse=True)
def passphrase(monkeypatch):
    monkeypatch.setenv(keyring.PASSPHRASE, "the bell of the belfry")


def test_a_key_is_made_with_a_paper_from_which_the_same_file_is_made_again(tmp_path):
    path = tmp_path / "key.json"
    paper = keyring.create(path, "ceremony 1", QUICK)
    secret = keyring.unlock(path)
    path.unlink()
    keyring.restore(path, paper.read_text().split("\n\n")[1], QUICK)
    assert keyring.unlock(path) == secret
    assert [it.stat().st_mode & 0o777 for it in (path, paper)] == [0o600, 0o600]
    assert secret.value.hex() not in path.read_text() + paper.read_text()


def test_neither_a_key_nor_a_paper_is_ever_overwritten(tmp_path):
    path = tmp_path / "key.json"
    paper = keyring.create(path, "ceremony 1", QUICK)
    before = (path.read_bytes(), paper.read_bytes())
    with pytest.raises(FileExistsError):
        keyring.create(path, "ceremony 2", QUICK)
    path.unlink()
    with pytest.raises(FileExistsError, match="only backup"):
        keyring.create(path, "ceremony 2", QUICK)
    assert not path.exists()
    path.write_bytes(before[0])
    with pytest.raises(FileExistsError):
        keyring.restore(path, paper.read_text().split("\n\n")[1], QUICK)
    assert (path.read_bytes(), paper.read_bytes()) == before


def test_a_missing_file_a_wrong_or_an_empty_passphrase_say_so(tmp_path, monkeypatch):
    path = tmp_path / "key.json"
    with pytest.raises(ConsultationError, match=r"there is no key file .* ceremony restore"):
        keyring.unlock(path)
    keyring.create(path, "ceremony 1", QUICK)
    monkeypatch.setenv(keyring.PASSPHRASE, "another")
    with pytest.raises(KeyFileError, match=r"wrong password for key.json"):
        keyring.unlock(path)
    monkeypatch.setenv(keyring.PASSPHRASE, "")
    with pytest.raises(ConsultationError, match="needs a passphrase"):
        keyring.unlock(path)


def test_words_that_are_no_backup_make_no_file(tmp_path):
    with pytest.raises(KeyFileError):
        keyring.restore(tmp_path / "key.json", "abandon " * 24, QUICK)
    assert not (tmp_path / "key.json").exists()
