"""The one town of all tests: that of `towns/example.yaml`, founded by its plan; its contracts, offices and acts."""

import contextlib
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.chain.pending import until
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Signer
from beffroi.chain.signers import TEST_ACCOUNTS, anvil_account
from beffroi.eip712 import Domain
from beffroi.residents import ResidentKind
from beffroi.town.apply import apply_plan
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.load import load_town
from beffroi.town.manifest import Manifest
from beffroi.town.plan import make_plan
from beffroi.town.session import TOWNS
from testbed.anvil import anvil

EXAMPLE = TOWNS / "example.yaml"
CONFIG = load_town(EXAMPLE)
ETHER = 10**18
DAY_S = 86_400
POOL_S = 5.0
_KEYS = {anvil_account(place).address: Key(bytes(anvil_account(place).key)) for place in range(TEST_ACCOUNTS)}


def holder(office: Office, config: TownConfig = CONFIG) -> Key:
    """Who holds an office, as the town's file has it."""
    (account, *_) = config.offices.held()[office]
    return _KEYS[account]


MAYOR = _KEYS[anvil_account().address]
"""Deploys, and is ADMIN from then on."""
REGISTRAR, TREASURER, AUDITOR, COURT, GUARDIAN = (
    holder(office) for office in (Office.REGISTRAR, Office.TREASURER, Office.AUDITOR, Office.COURT, Office.GUARDIAN)
)
RETURNING_OFFICER, NOTARY, CLERK = (
    holder(office) for office in (Office.RETURNING_OFFICER, Office.NOTARY, Office.CLERK)
)
MONEY = CONFIG.money()
COMMONS = _KEYS[MONEY.commons]
FEE_BPS = MONEY.redemption_fee_bps
RECOVERY_DELAY_S = CONFIG.residents.recovery_delay_days * 86_400
ELSEWHERE = [key for address, key in _KEYS.items() if address not in CONFIG.addresses() | {MAYOR.address}]
"""Keys to which the town's file gives no part."""
POSTER = ELSEWHERE[0]


@dataclass(frozen=True)
class Town:
    """A town on a node.

    Attributes:
        rpc: the node.
        config: the town's file.
        manifest: what stands where.
    """

    rpc: Rpc
    config: TownConfig
    manifest: Manifest

    def contract(self, name: str) -> Contract:
        """A contract of the town."""
        return Contract.built(name, self.manifest.address(name))

    @property
    def authority(self) -> Contract:
        """The AccessManager."""
        return self.contract("Town")

    @property
    def residents(self) -> Contract:
        """The register of residents."""
        return self.contract("Residents")

    @property
    def currency(self) -> Contract:
        """The town's money."""
        return self.contract("LocalCurrency")

    def domain(self, contract: Contract) -> Domain:
        """Where slips for a contract are valid, as it tells itself (ERC-5267)."""
        _, name, version, chain_id, address, *_ = contract.read(self.rpc, "eip712Domain")
        return Domain(name, chain_id, address, version)

    def does(self, who: Signer, contract: Contract, function: str, *args: object, gas: int = 0) -> dict[str, Any]:
        """Carries one act out and gives its receipt; an act that fails fails the test."""
        order = Order(who, contract.address, contract.encode(function, *args), gas, function)
        (outcome,) = carry_out(self.rpc, [order])
        assert outcome.state == OrderState.DONE, outcome.reason
        return outcome.receipt

    def enrols(self, kind: ResidentKind, *who: Key) -> None:
        """The registrar enrols these."""
        self.does(REGISTRAR, self.residents, "enrol", int(kind), [key.address for key in who], [])

    def pauses(self, currency: Contract) -> None:
        """The guardian stops a currency, and brings the wei that it takes."""
        call = {"from": GUARDIAN.address, "to": currency.address, "value": "0x1"}
        self.rpc.call("anvil_impersonateAccount", GUARDIAN.address)
        sent = self.rpc.call("eth_sendTransaction", call | {"data": "0x" + currency.encode("pause").hex()})
        until(lambda: self.rpc.call("eth_getTransactionReceipt", sent), "the pause is in no block")
        self.rpc.call("anvil_stopImpersonatingAccount", GUARDIAN.address)
        assert currency.read(self.rpc, "paused")

    def pass_s(self, seconds: int) -> None:
        """Time goes by."""
        self.rpc.batch([("evm_increaseTime", [seconds]), ("evm_mine", [])])


def found(rpc: Rpc, path: Path = EXAMPLE, folder: Path | None = None) -> Town:
    """Founds a town by its plan, which enrols its commons. Without a folder its manifest is kept in memory alone."""
    return _found(rpc, load_town(path), folder)


def variant(rpc: Rpc, name: str, **changes: Any) -> Town:
    """Founds a town of another name, with other sections."""
    content = CONFIG.model_dump() | {"town": name} | changes
    return _found(rpc, TownConfig.model_validate(content), None)


def _found(rpc: Rpc, config: TownConfig, folder: Path | None) -> Town:
    fund(rpc, _KEYS.values())
    plan = make_plan(rpc, config, MAYOR.address)
    with tempfile.TemporaryDirectory() as forgotten:
        return Town(rpc, config, apply_plan(plan, rpc, MAYOR, folder=folder or Path(forgotten)))


@dataclass(frozen=True)
class Foundation:
    """A town as it was founded: it stands on any empty node as soon as its state is there.

    Attributes:
        town: on the node where it was founded, which is gone.
        state: of that node at its last block.
    """

    town: Town
    state: str

    @classmethod
    def lay(cls) -> "Foundation":
        """Founds the town once."""
        with anvil() as url:
            town = found(Rpc(url))
            return cls(town, town.rpc.call("anvil_dumpState"))

    def on(self, rpc: Rpc) -> Town:
        """The town on an empty node."""
        rpc.call("anvil_loadState", self.state)
        rpc.call("evm_setTime", int(time.time()))  # a node's clock may stand behind: before the offices were granted
        return Town(rpc, self.town.config, self.town.manifest)

    @contextlib.contextmanager
    def standing(self) -> Iterator[Town]:
        """The town on a node of its own."""
        with anvil() as url:
            yield self.on(Rpc(url))


@contextlib.contextmanager
def undone(rpc: Rpc) -> Iterator[None]:
    """Whatever is done to the chain in between is undone."""
    before = rpc.call("evm_snapshot")
    try:
        yield
    finally:
        clear_pool(rpc)
        rpc.batch([("evm_setAutomine", [True]), ("evm_revert", [before])])


def clear_pool(rpc: Rpc) -> None:
    """Waits until the pool has let go of what is in a block, then drops the rest.

    Anvil answers for a block before it takes that block's transactions from its pool: a test that then sent the same
    bytes again, on the chain as it was, would have them taken away unmined.
    """
    deadline = time.monotonic() + POOL_S
    mines = rpc.call("anvil_getAutomine")
    while mines and int(rpc.call("txpool_status")["pending"], 16) and time.monotonic() < deadline:
        time.sleep(0.01)
    rpc.call("anvil_dropAllTransactions")


def fund(rpc: Rpc, keys: Iterable[Signer]) -> None:
    """Gives each some ether: Anvil's gift, where a chain would want real money."""
    rpc.batch([("anvil_setBalance", [key.address, hex(10_000 * ETHER)]) for key in keys])
