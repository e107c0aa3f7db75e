"""A town with its post office on the bench's ground: the real process, over real HTTP, in front of the same Anvil."""

import contextlib
import datetime as dt
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi import slips
from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.consultation import casting
from beffroi.consultation.subject import Subject
from beffroi.eip712 import Slip
from beffroi.roll import Roll, Seal, write_csv
from beffroi.town.manifest import ContractRecord, Manifest, write_manifest
from beffroi.units import ETHER, HOUR_S
from bench.currency import AMOUNT_CENTS, Stage, raise_stage
from bench.ground import Ground
from bench.vote_ground import OPTIONS, Hall

START_TIMEOUT_S = 60.0
POSTER = Key.derived("bench", "post office")

Person = tuple[bytes, str]


class PostGround:
    """A town with money and an open consultation, and a post office that serves it."""

    def __init__(self, ground: Ground, voters: int) -> None:
        self.ground = ground
        self.stage: Stage = raise_stage(ground)
        self._folder = tempfile.TemporaryDirectory(prefix="beffroi-bench-")
        self.folder = Path(self._folder.name)
        self.hall = Hall(ground)
        self.ballots = self._open_poll(voters)
        ground.rpc.call("anvil_setBalance", POSTER.address, hex(1_000 * ETHER))

    def payments(self, people: list[Person], number: int, first_nonce: int = 0) -> list[tuple[Slip, bytes]]:
        """Signed payments round the circle of these people, whose nonces have not been used."""
        signed = []
        for turn in range(number):
            (key, payer), (_, payee) = people[turn % len(people)], people[(turn + 1) % len(people)]
            slip = slips.transfer(payer, payee, AMOUNT_CENTS, first_nonce + turn // len(people))
            signed.append((slip, slips.sign(key, slip, self.stage.domain)))
        return signed

    @contextlib.contextmanager
    def post_office(self) -> Iterator[int]:
        """The port of `python -m beffroi.post`, in a process of its own, without a database yet."""
        manifest = self.folder / "manifest.json"
        write_manifest(manifest, self._manifest())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        database = f"sqlite:///{self.folder}/post-{port}.db"
        command = [
            sys.executable, "-m", "beffroi.post", "--manifest", manifest, "--rpc", self.ground.rpc.url,
            "--database", database, "--rolls", self.folder, "--port", str(port), "--confirmations", "1",
            "--client-rate", "0", "--signer-rate", "0", "--signer-gas", "0",
        ]  # fmt: skip
        env = {**os.environ, "BEFFROI_POST_KEYS": POSTER.secret.hex()}
        with (self.folder / "post.log").open("w") as log:
            process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            _await(f"http://127.0.0.1:{port}/ready", process, self.folder / "post.log")
            yield port
        finally:
            process.terminate()
            process.wait(timeout=90)

    def close(self) -> None:
        """Removes its files."""
        self._folder.cleanup()

    def _open_poll(self, voters: int) -> list[dict[str, Any]]:
        """A consultation of two options over a roll of so many voters; the ballot of each, as HTTP takes it."""
        keys = [Key.derived("bench", "voter", number) for number in range(voters)]
        roll = Roll.of([it.address for it in keys])
        key, subject = self.hall.key(), Subject("?", OPTIONS[:2])
        opens = self.hall.polls.now_s() + HOUR_S
        terms = (
            key, roll.root, len(roll), opens, opens + HOUR_S, opens + 2 * HOUR_S, 5,
            subject.question_hash, subject.options_hash, subject.data_uri, subject.asked.rule.as_tuple(),
        )  # fmt: skip
        self.hall.contract.send(self.hall.officer.address, "open", terms)
        self.ground.pass_time(HOUR_S)
        contract = self.hall.polls.consultations
        params = self.hall.polls.params(contract.read(self.ground.rpc, "consultations"))
        where = {"chain": self.ground.chain_id, "contract": contract.address, "block": 0, "kind": "citizen"}
        seal = Seal.of(roll, date=dt.date(2026, 1, 1), **where)
        write_csv(roll, seal, self.folder / f"0x{roll.root.hex()}.csv")
        ballots = []
        for number, voter in enumerate(keys):
            index = roll.index(voter.address)
            ballot = make_ballot(params, to_address(voter.address), 0, subject.asked.messages(number % 2))
            signed = casting.sign(params, index, ballot, voter)
            message = {
                "consultation": str(params.consultation), "voter": voter.address, "seq": "0",
                "ballotHash": "0x" + keccak(signed.ballot).hex(),
            }  # fmt: skip
            extra = {"index": index, "ballot": "0x" + signed.ballot.hex()}
            ballots.append(_body("ballot", message, signed.signature, extra))
        return ballots

    def _manifest(self) -> Manifest:
        def record(contract: str, address: str) -> ContractRecord:
            nothing = "0x" + "00" * 32
            return ContractRecord(
                contract=contract, address=to_checksum_address(address), arguments={}, creation_code_hash=nothing,
                initcode_hash=nothing, runtime_code_hash=nothing, block=0, transaction=nothing,
            )  # fmt: skip

        genesis = self.ground.rpc.call("eth_getBlockByNumber", "0x0", False)["hash"]  # noqa: FBT003, the node's
        contracts = {
            "Residents": record("Residents", self.stage.residents.address),
            "LocalCurrency": record("LocalCurrency", self.stage.currency.address),
            "Consultations": record("Consultations", self.hall.contract.address),
        }
        return Manifest(
            town="bench", name="Bench", chain_id=self.ground.chain_id, genesis_hash=genesis,
            deployer=POSTER.address, solc="", start_block=0, contracts=contracts, acts={},
        )  # fmt: skip


def payment_body(signed: tuple[Slip, bytes]) -> dict[str, Any]:
    """A signed payment, as HTTP takes it."""
    slip, signature = signed
    message = {name: _plain(value) for name, value in slip.message.items()}
    return _body("transfer", message, signature)


def _body(kind: str, message: dict[str, Any], signature: bytes, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    body = {"kind": kind, "message": message, "signature": "0x" + signature.hex()}
    return body | ({"extra": extra} if extra else {})


def _plain(value: Any) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
            if json.load(answer) is not None:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the post office did not start: {log.read_text()[-2_000:]}")
