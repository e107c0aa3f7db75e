"""What a fact costs: opened, stated by two of three and by all, withdrawn; beside a Safe that writes to storage.

No oracle network stands beside them: what those ask is its nodes' price, not a transaction's gas.
"""

import json
from dataclasses import dataclass, field

from eth_abi.abi import encode

from beffroi import slips
from beffroi.chain.artifacts import ROOT
from beffroi.chain.keys import Key
from beffroi.records.fact import Fact
from beffroi.records.factact import FactAct, StatedValue
from bench.ground import Deployed, Ground, open_ground, ours, peer
from bench.row import Row

MODULE, GAS, SAFE = "facts", "gas", "Safe 1.4.1 → storage"
POSTER, NOBODY = "0x" + "0e" * 20, "0x" + "00" * 20
SOURCE = b"bulletin".ljust(32, b"\0")
NOW_S = 1_700_000_000
SETUP = {"name": "setup", "type": "function", "inputs": [
    {"type": it} for it in ("address[]", "uint256", "address", "bytes", "address", "address", "uint256", "address")
]}  # fmt: skip
EXECUTED = ("address", "uint256", "bytes", "uint8", "uint256", "uint256", "uint256", "address", "address")
EXECUTE = {"name": "execTransaction", "type": "function", "inputs": [{"type": it} for it in (*EXECUTED, "bytes")]}
HASH = {"name": "getTransactionHash", "type": "function", "inputs": [{"type": it} for it in (*EXECUTED, "uint256")]}


@dataclass
class _Panel:
    """A fact of issuers of their own.

    Attributes:
        ground: where.
        facts: the contract.
        n: how many issuers.
        m: how many it takes.
        number: of the last act.
    """

    ground: Ground
    facts: Deployed
    n: int
    m: int
    number: int = 0
    keys: list[Key] = field(init=False)
    fact: Fact = field(init=False)

    def __post_init__(self) -> None:
        keys = [Key.derived("bench", f"issuer {at}") for at in range(self.n)]
        self.keys = sorted(keys, key=lambda it: int(it.address, 16))
        issuers = tuple(it.address for it in self.keys)
        self.fact = Fact("Wheat, Valombre market", "EUR/t", 2, "", issuers, self.m)

    def open(self) -> int:
        """The gas of its opening."""
        return self.facts.send(POSTER, "open", self.fact.as_tuple)

    def state(self, value: int, signers: int) -> int:
        """The gas of a value that the first so many issuers sign."""
        act = self._act(StatedValue(value, NOW_S + value))
        said = (self.fact.id, act.number, value, NOW_S + value, SOURCE, slips.FOREVER)
        return self.facts.send(POSTER, "state", said, (1 << signers) - 1, self._signed(act, signers))

    def withdraw(self, signers: int) -> int:
        """The gas of a withdrawal that the first so many sign."""
        act = self._act(None)
        said = (self.fact.id, act.number, SOURCE, slips.FOREVER)
        return self.facts.send(POSTER, "withdraw", *said, (1 << signers) - 1, self._signed(act, signers))

    def resign(self, seat: int) -> int:
        """The gas of an issuer's own resignation."""
        return self.facts.send(self.keys[seat].address, "resign", self.fact.id, seat, 0, b"")

    def _act(self, stated: StatedValue | None) -> FactAct:
        self.number += 1
        home = self.ground.chain_id, self.facts.address
        return FactAct(*home, self.fact, self.number, SOURCE, slips.FOREVER, stated)

    def _signed(self, act: FactAct, signers: int) -> list[bytes]:
        return [slips.sign(it.secret, act.slip, act.domain) for it in self.keys[:signers]]


@dataclass
class _Safe:
    """The same panel as owners of a Safe, whose owner's act writes a value."""

    panel: _Panel
    safe: Deployed = field(init=False)
    stored: Deployed = field(init=False)
    nonce: int = 0

    def __post_init__(self) -> None:
        code = json.loads((ROOT / "tests" / "vectors" / "safe-1.4.1.json").read_text())
        ground, owners = self.panel.ground, [it.address for it in self.panel.keys]
        singleton = ground.send(POSTER, None, code["Safe"])["contractAddress"]
        proxy = code["SafeProxy"] + encode(["address"], [singleton]).hex()
        self.safe = Deployed(ground, ground.send(POSTER, None, proxy)["contractAddress"], [SETUP, EXECUTE, HASH])
        self.safe.send(POSTER, "setup", owners, self.panel.m, NOBODY, b"", NOBODY, NOBODY, 0, NOBODY)
        self.stored = ground.deploy(peer("StoredValue"), ("address",), self.safe.address)

    def state(self, value: int) -> int:
        """The gas of a value that m owners sign."""
        data = self.stored.calldata("set", value, NOW_S + value, SOURCE)
        said = (self.stored.address, 0, data, 0, 0, 0, 0, NOBODY, NOBODY)
        asked = "0x" + self.safe.calldata("getTransactionHash", *said, self.nonce).hex()
        answer = self.panel.ground.rpc.call("eth_call", {"to": self.safe.address, "data": asked}, "latest")
        digest = bytes.fromhex(answer[2:])
        self.nonce += 1
        signed = b"".join(it.sign(digest) for it in self.panel.keys[: self.panel.m])
        return self.safe.send(POSTER, "execTransaction", *said, signed)


def rows() -> list[Row]:
    """Every figure."""
    with open_ground() as ground:
        facts = ground.deploy(ours("Facts"))
        three, nine = _Panel(ground, facts, 3, 2), _Panel(ground, facts, 9, 5)
        safes = {it.n: _Safe(it) for it in (three, nine)}
        for safe in safes.values():
            safe.state(1)
        return [
            _row("open a fact of three issuers", three.open(), 165_000),
            _row("open a fact of nine issuers", nine.open(), 310_000),
            _row("the first value, by two of three", three.state(1, 2), 62_000),
            _row("a value, by two of three", three.state(2, 2), 62_000, safes[3].state(2)),
            _row("a value, by all three", three.state(3, 3), 72_000),
            _row("the first value, by five of nine", nine.state(1, 5), 92_000),
            _row("a value, by five of nine", nine.state(2, 5), 92_000, safes[9].state(2)),
            _row("withdraw, by two of three", three.withdraw(2), 62_000),
            _row("resign", three.resign(2), 40_000),
        ]


def _row(operation: str, gas: int, ceiling: int, safe: int | None = None) -> Row:
    return Row(MODULE, operation, GAS, gas, {} if safe is None else {SAFE: safe}, ceiling)
