"""The post office as a process: its keys, its start, its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests
from eth_account import Account

from beffroi.chain.keys import Key
from beffroi.chain.signers import NoAccountError, TestAccountError, anvil_account
from beffroi.post.payers import FIRST_TOY, sender_keys
from beffroi.town.manifest import manifest_path, write_manifest

SEPOLIA, LOCAL = 11_155_111, 31_337


@pytest.fixture
def keyfiles(tmp_path, monkeypatch):
    """Two of ape's keyfiles, with their passphrases in the environment."""
    folder = tmp_path / "ape" / "accounts"
    folder.mkdir(parents=True)
    keys = [Key.derived("post", number) for number in range(2)]
    for number, key in enumerate(keys):
        sealed = Account.encrypt(key.secret, f"word {number}", iterations=2)
        (folder / f"post{number}.json").write_text(json.dumps(sealed))
        monkeypatch.setenv(f"APE_ACCOUNTS_post{number}_PASSPHRASE", f"word {number}")
    monkeypatch.setenv("APE_DATA_FOLDER", str(folder.parent))
    return keys


def test_keyfiles_are_opened_by_the_environment(keyfiles, monkeypatch):
    found = sender_keys(SEPOLIA, ["post0", "post1"], 2)
    assert [it.address for it in found] == [it.address for it in keyfiles]
    monkeypatch.setenv("APE_ACCOUNTS_post1_PASSPHRASE", "another")
    with pytest.raises(NoAccountError, match="post1 does not open"):
        sender_keys(SEPOLIA, ["post0", "post1"], 2)
    monkeypatch.delenv("APE_ACCOUNTS_post1_PASSPHRASE")
    with pytest.raises(NoAccountError, match="PASSPHRASE is not set"):
        sender_keys(SEPOLIA, ["post1"], 1)
    monkeypatch.setenv("APE_ACCOUNTS_post7_PASSPHRASE", "any")
    with pytest.raises(NoAccountError, match="ape has no account post7"):
        sender_keys(SEPOLIA, ["post7"], 1)


def test_a_worker_has_a_key_of_its_own(keyfiles):
    with pytest.raises(NoAccountError, match="2 workers need 2 different accounts, and there are 1"):
        sender_keys(SEPOLIA, ["post0"], 2)
    with pytest.raises(NoAccountError, match="2 workers need 2 different"):
        sender_keys(SEPOLIA, ["post0", "post0"], 2)
    assert sender_keys(SEPOLIA, ["post0"], 0) == []


def test_toys_are_for_local_chains(monkeypatch):
    assert [it.address for it in sender_keys(LOCAL, [], 1)] == [anvil_account(FIRST_TOY).address]
    with pytest.raises(NoAccountError, match="is public"):
        sender_keys(SEPOLIA, [], 1)
    monkeypatch.setenv("BEFFROI_POST_KEYS", f"0x{'01' * 32}, {'02' * 32}")
    assert len(sender_keys(LOCAL, [], 2)) == 2
    with pytest.raises(NoAccountError, match="is public"):
        sender_keys(SEPOLIA, [], 1)


def test_anvils_keys_are_refused_on_a_public_chain(keyfiles):
    folder = os.environ["APE_DATA_FOLDER"] + "/accounts/post0.json"
    with open(folder, "w") as file:
        json.dump(Account.encrypt(bytes(anvil_account().key), "word 0", iterations=2), file)
    with pytest.raises(TestAccountError):
        sender_keys(SEPOLIA, ["post0"], 1)


@pytest.mark.clock
def test_it_takes_posts_and_ends_in_order(counter, tmp_path):
    manifest = manifest_path(LOCAL, counter.estate.manifest.town, tmp_path)
    write_manifest(manifest, counter.estate.manifest)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "beffroi.post", "--manifest", str(manifest), "--rpc", counter.rpc.url]
    command += ["--database", f"sqlite:///{tmp_path}/own.db", "--port", str(port), "--rolls", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: requests.get(f"{url}/ready", timeout=5).ok)
        taken = requests.post(f"{url}/v1/slips", json=counter.payment(cents=777), timeout=10)
        assert taken.status_code == 202, taken.text
        asked = f"{url}/v1/slips/{taken.json()['id']}?wait_s=20"
        wait_for(lambda: requests.get(asked, timeout=30).json()["state"] == "confirmed")
        senders = requests.get(f"{url}/v1/town", timeout=5).json()["senders"]
        assert senders == [anvil_account(FIRST_TOY).address]
        assert "Server" not in requests.get(f"{url}/health", timeout=5).headers
        rival = subprocess.run([*command[:-4], "--port", str(port + 1)], capture_output=True, text=True, timeout=60)
        assert rival.returncode == 1
        assert "another worker sends with" in rival.stderr
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log
    assert counter.estate.bob.address.lower()[2:] not in log.lower()


def wait_for(condition, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if condition():
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    raise AssertionError("it never came")
