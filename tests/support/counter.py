"""A post office's counter over a whole town: slips as a wallet's owner hands them in, and a worker behind it."""

import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from beffroi import slips
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain, Slip
from beffroi.post.app import make_app
from beffroi.post.config import Limits, PostConfig
from beffroi.post.limits import Rate
from beffroi.post.office import PostOffice, open_office
from beffroi.post.worker import Worker
from testbed.estate import Estate
from tests.support.mailroom import QUICK

ANY = Rate(0, 1)
OPEN_TO_ALL = Limits(client=ANY, signer=ANY, signer_gas=0)


@dataclass
class Counter:
    """A post office that answers in this process."""

    estate: Estate
    office: PostOffice
    client: TestClient
    numbers: list[int] = field(default_factory=lambda: [0])

    @property
    def rpc(self) -> Rpc:
        return self.estate.rpc

    def domain(self, kind: str) -> Domain:
        return self.office.kinds[kind].domain

    def request(self, kind: str, slip: Slip, who: Key, extra: dict | None = None, **changed: Any) -> dict[str, Any]:
        """What the dApp sends."""
        signature = who.sign(slip.digest(changed.pop("domain", self.domain(kind))))
        return {
            "kind": kind,
            "message": {name: plain(value) for name, value in slip.message.items()},
            "signature": "0x" + signature.hex(),
        } | ({"extra": extra} if extra is not None else {}) | changed  # fmt: skip

    def payment(self, payer: Key | None = None, payee: Key | None = None, cents: int = 100, **window) -> dict[str, Any]:
        payer, payee = payer or self.estate.bob, payee or self.estate.cleo
        self.numbers[0] += 1
        nonce = window.pop("nonce", 1_000 + self.numbers[0])
        slip = slips.transfer(payer.address, payee.address, cents, nonce, **window)
        return self.request("transfer", slip, payer)

    def post(self, request: Any, path: str = "/v1/slips"):
        return self.client.post(path, json=request)

    def take(self, request: Any) -> str:
        """Hands a slip in, which is taken; its id."""
        answer = self.post(request)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def refused(self, request: Any) -> tuple[int, str]:
        """Hands a slip in, which is refused; HTTP's status and the code."""
        answer = self.post(request)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        return answer.status_code, answer.json()["code"]

    def follow(self, id_: str) -> dict[str, Any]:
        return self.client.get(f"/v1/slips/{id_}").json()

    def works(self, *ids: str, steps: int = 200) -> list[dict[str, Any]]:
        """A worker posts until these have ended; what became of them."""
        key = Key.derived("postwoman")
        self.rpc.call("anvil_setBalance", key.address, hex(10**20))
        worker = Worker(self.office.store, self.office.posted, self.rpc, key, terms=QUICK)
        for step in range(steps):
            worker.step()
            time.sleep(0.0 if step < 10 else 0.03)  # a refusal that may pass is tried again for a while
            found = [self.follow(id_) for id_ in ids]
            if all(it["state"] in ("confirmed", "rejected", "expired") for it in found):
                return found
        raise AssertionError(found)

    def contract(self, name: str) -> Contract:
        return Contract.built(name, self.estate.manifest.address(name))


@contextlib.contextmanager
def open_counter(estate: Estate, folder: Any, limits: Limits = OPEN_TO_ALL, **config: Any):
    """A post office with a database of its own."""
    rolls = folder / "rolls"
    rolls.mkdir(exist_ok=True)
    office = open_office(
        PostConfig(f"sqlite:///{folder}/post.db", rolls, limits=limits, **config), estate.rpc, estate.manifest
    )
    with TestClient(make_app(office), raise_server_exceptions=True) as client:
        yield Counter(estate, office, client)


def plain(value: Any) -> Any:
    """A member of a slip as JSON has it."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, list):
        return [plain(it) for it in value]
    if isinstance(value, dict):
        return {name: plain(it) for name, it in value.items()}
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
