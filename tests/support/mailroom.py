"""A post office's back room: residents of the town with money, their slips as slips, a worker that posts them."""

import itertools
import time
from dataclasses import dataclass, field

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain
from beffroi.post import ledger
from beffroi.post.kinds.currency import Cancel, Transfer
from beffroi.post.model import QueuedSlip
from beffroi.post.sending import SendingTerms
from beffroi.post.store import Store
from beffroi.post.worker import Worker
from beffroi.residents import ResidentKind
from beffroi.units import GWEI
from testbed.town import AUDITOR, TREASURER, Town, fund

PURSE_CENTS = 100_000
QUICK = SendingTerms(confirmations=1, stuck_s=1.0, resend_s=0.3, doubt_s=0.4, patience_s=1.5, most_fee_wei=500 * GWEI)


@dataclass
class Mailroom:
    """Residents who pay one another by slip."""

    town: Town
    people: list[Key]
    domain: Domain
    first_block: int
    """From which on slips are posted: the blocks before hold the founding, megabytes that nobody needs."""
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    @property
    def rpc(self) -> Rpc:
        return self.town.rpc

    @property
    def kinds(self) -> dict:
        return {kind.base_name: kind(self.town.currency, self.domain) for kind in (Transfer, Cancel)}

    def payment(self, payer: int = 0, payee: int = 1, cents: int = 1, *, number: int = 0, **window) -> QueuedSlip:
        """A payment that its payer signed, each of another number."""
        who, to = self.people[payer], self.people[payee].address
        return self.queued(
            "transfer", who, slips.transfer(who.address, to, cents, number or next(self.numbers), **window)
        )

    def queued(self, kind: str, who: Key, slip: slips.Slip) -> QueuedSlip:
        """A slip as the HTTP half hands it over."""
        message = {name: _plain(value) for name, value in slip.message.items()}
        signature = "0x" + who.sign(slip.digest(self.domain)).hex()
        draft = self.kinds[kind].read({"kind": kind, "message": message, "signature": signature})
        return draft.queued(who.address, self.kinds[kind].priority)

    def worker(
        self, store: Store, key: Key | None = None, *, rpc: Rpc | None = None, terms: SendingTerms = QUICK
    ) -> Worker:
        """A worker with a funded key."""
        key = key or Key.derived("poster")
        fund(self.rpc, [key])
        return Worker(store, self.kinds, rpc or self.rpc, key, terms=terms)

    def balances(self) -> list[int]:
        return self.town.currency.reads(self.rpc, "balanceOf", [(it.address,) for it in self.people])

    def nonces_used(self, key: Key) -> int:
        return self.rpc.number("eth_getTransactionCount", key.address, "latest")

    def await_block(self, key: Key) -> None:
        """Anvil answers before it mines: what it has of a key is in a block then."""
        while self.nonces_used(key) < self.rpc.number("eth_getTransactionCount", key.address, "pending"):
            time.sleep(0.01)


def furnish(town: Town, people: int = 4, name: str = "mailroom") -> Mailroom:
    """So many residents of a town, each with a purse."""
    keys = [Key.derived(name, number) for number in range(people)]
    accounts, purses = [key.address for key in keys], [PURSE_CENTS] * people
    town.enrols(ResidentKind.CITIZEN, *keys)
    town.does(AUDITOR, town.currency, "attestReserve", 10**12, b"\x01" * 32)
    town.does(TREASURER, town.currency, "issueBatch", accounts, purses, b"\x02" * 32)
    return Mailroom(town, keys, town.domain(town.currency), int(town.rpc.call("eth_blockNumber"), 16) + 1)


def settle(worker: Worker, store: Store, queued_slips: list[QueuedSlip], steps: int = 400) -> dict:
    """Steps until every slip has ended; their statuses."""
    for _ in range(steps):
        worker.step()
        told = store.statuses([it.id for it in queued_slips])
        if all(it.state.ended for it in told.values()):
            return told
        time.sleep(0.02)
    raise AssertionError(f"still waiting: {store.counts()}")


def sent(room: Mailroom, key: Key) -> list[dict]:
    """The receipts of every transaction of a key that the chain has since the room was furnished."""
    rpc, head = room.rpc, int(room.rpc.call("eth_blockNumber"), 16)
    numbers = range(room.first_block, head + 1)
    blocks = rpc.batch([("eth_getBlockByNumber", [hex(number), True]) for number in numbers])
    hashes = [it["hash"] for block in blocks for it in block["transactions"] if it["from"] == key.address.lower()]
    return rpc.batch([("eth_getTransactionReceipt", [it]) for it in hashes])


def reckon(room: Mailroom, store: Store, key: Key, payments) -> list[dict]:
    """Holds what the store says against the chain: payments, nonces, cents, gas and wei; the key's receipts.

    Args:
        room: where it happened.
        store: what was made of it.
        key: the only one that posted.
        payments: (slip, payer, payee, cents) of all that must have been carried out, and nothing else.
    """
    receipts, payments = sent(room, key), list(payments)

    # Each was carried out once.
    used = [it for receipt in receipts for it in room.town.currency.logged(receipt, "AuthorizationUsed")]
    assert len({(it.args["authorizer"], it.args["nonce"]) for it in used}) == len(used) == len(payments)
    purses = [PURSE_CENTS] * len(room.people)
    for _, payer, payee, cents in payments:
        purses[payer] -= cents
        purses[payee] += cents
    assert room.balances() == purses

    # Every transaction of the key is known; its nonces have no gap.
    days = ledger.by_day(store)
    assert sum(it.transactions for it in days) == len(receipts) == room.nonces_used(key)
    assert {it.transaction for it in ledger.by_slip(store)} <= {it["transactionHash"] for it in receipts}

    # Gas to the unit, fees to the wei.
    fees = [int(it["gasUsed"], 16) * int(it["effectiveGasPrice"], 16) for it in receipts]
    assert sum(it.gas for it in days) == sum(int(it["gasUsed"], 16) for it in receipts)
    assert sum(it.fee_wei for it in days) == sum(fees)
    assert sum(it.fee_wei for it in ledger.by_slip(store)) == sum(
        it.fee_wei for it in days if it.service != ledger.GAPS
    )
    return receipts


def _plain(value):
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) else value
