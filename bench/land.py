"""What land costs in a town as it is deployed: titles, a mortgage, a whole sale, a whole commune's cadastre.

Beside it the least that an ERC-721 does: no shares, no acts, no charges, no sale. Without the cadastre's data
(`BEFFROI_DATA`) nothing is imported.
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path

from eth_utils.crypto import keccak

from beffroi.chain.artifacts import ROOT
from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Signer
from beffroi.eip712 import Slip
from beffroi.land import cadastre, deeds, importing, registration
from beffroi.land.deeds import Loan
from beffroi.land.parcels import ParcelId
from beffroi.units import DAY_S
from bench.ground import Deployed, open_ground, peer
from bench.row import Row
from testbed.estate import HOUSE, PAPER, Estate, found
from testbed.town import NOTARY, POSTER, REGISTRAR, TREASURER

MODULE, GAS, BATCH = "land", "gas", 100
DATA = Path(os.environ.get("BEFFROI_DATA", ROOT.parent / "shared" / "data")) / "cadastre-91216"
FILE = DATA / "cadastre-91216-parcelles.json"
CLERK_ROLE, ANSWER_S = 8, 62 * DAY_S
REGISTER_CEILING, BATCH_CEILING, INSCRIBE_CEILING = 110_000, 75_000, 80_000
RECOVERY_CEILING = 88_000
SETTLE_CEILING, SALE_CEILING, SALE_AIM = 320_000, 900_000, 650_000
OPENZEPPELIN, SOLADY = "OpenZeppelin ERC-721", "solady ERC-721"
SENDER = "0x" + "0e" * 20
DEED = keccak(text="deed")


class Way(StrEnum):
    """How the buyer pays."""

    BY_HAND = "paid by hand"
    BY_SLIP = "paid by slips"
    WITH_THE_ACTS = "paid by slips posted with the acts"


@dataclass
class Stage:
    """A town with its land, and the field's titles, on one ground."""

    estate: Estate
    peers: dict[str, Deployed]
    clerk: Key

    def gas(self, who: Signer, contract: Contract, function: str, *args: object) -> int:
        """The gas of an act that succeeded."""
        return self.sent(who, contract, contract.encode(function, *args))

    def sent(self, who: Signer, contract: Contract, data: bytes) -> int:
        """The same of a call that is encoded already."""
        (outcome,) = carry_out(self.estate.rpc, [Order(who, contract.address, data)])
        assert outcome.state is OrderState.DONE, outcome.reason
        return outcome.gas_used


def rows() -> list[Row]:
    """Every figure, each part on a chain of its own."""
    with _open_stage() as stage:
        found_rows = [*_registers(stage), *_charges(stage), *_sells(stage), *_recovers(stage)]
    if FILE.exists():
        with _open_stage() as stage:
            found_rows += _imports(stage)
    return found_rows


@contextlib.contextmanager
def _open_stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory() as folder, open_ground() as ground:
        estate = found(ground.rpc, Path(folder))
        peers = {OPENZEPPELIN: ground.deploy(peer("BareTitle")), SOLADY: ground.deploy(peer("SoladyTitle"))}
        # The example's clerk waits two days before each act: here another, who does not.
        clerk = Key.derived("bench", "clerk")
        ground.rpc.call("anvil_setBalance", clerk.address, hex(10**20))
        estate.act(anvil_account(), estate.offices.town, "grantRole", CLERK_ROLE, clerk.address, 0)
        yield Stage(estate, peers, clerk)


def _registers(stage: Stage) -> Iterator[Row]:
    register = stage.estate.offices.register
    holders = [f"0x{0xABCDEF0000000000 + number:040x}" for number in range(BATCH + 1)]
    ids = [ParcelId(f"59999000AC{number:04}").token_id for number in range(1, BATCH + 2)]
    parcels = [(id_, 700, id_.to_bytes(32)) for id_ in ids]

    peers = {name: it.send(SENDER, "register", ids[0], holders[0]) for name, it in stage.peers.items()}
    gas = stage.gas(REGISTRAR, register, "register", parcels[0], holders[0])
    yield Row(MODULE, "register a title to a new holder", GAS, gas, peers, REGISTER_CEILING)

    peers = {n: it.send(SENDER, "registerMany", ids[1:], holders[1:]) / BATCH for n, it in stage.peers.items()}
    gas = stage.gas(REGISTRAR, register, "registerMany", parcels[1:], holders[1:])
    yield Row(MODULE, f"register, each of {BATCH} at once, every holder new", GAS, gas / BATCH, peers, BATCH_CEILING)


def _charges(stage: Stage) -> Iterator[Row]:
    estate, charges = stage.estate, stage.estate.offices.charges
    due_day = estate.offices.now_s() // DAY_S + 7_300
    until = estate.offices.now_s() + DAY_S
    act = (HOUSE.token_id, estate.bank.address, 100_000_00, due_day, DEED)
    attested = stage.gas(NOTARY, charges, "attest", keccak(charges.encode("inscribe", *act)), until)
    yield Row(MODULE, "the notary attests an act", GAS, attested)
    gas = stage.gas(REGISTRAR, charges, "inscribe", *act)
    yield Row(MODULE, "inscribe a title's first mortgage, attested", GAS, gas, {}, INSCRIBE_CEILING)


def _sells(stage: Stage) -> Iterator[Row]:
    """In a zone, with a deposit, a mortgage paid off, the tax three ways."""
    offices, preempts = stage.estate.offices, True
    stage.gas(stage.clerk, offices.planning, "openZone", preempts, ANSWER_S, PAPER)
    stage.gas(stage.clerk, offices.planning, "place", 1, [HOUSE.token_id])
    clean = offices.rpc.call("evm_snapshot")
    silent = sum(_sale(stage, Way.WITH_THE_ACTS, is_silent=True).values())
    yield Row(MODULE, f"sale {Way.WITH_THE_ACTS}, the town silent: in all", GAS, silent, {}, SALE_CEILING, SALE_AIM)
    offices.rpc.call("evm_revert", clean)
    for way in Way:
        clean = offices.rpc.call("evm_snapshot")
        steps = _sale(stage, way)
        peers = _transfers(stage) if way is Way.BY_HAND else {}
        for step, gas in steps.items() if way is not Way.BY_SLIP else ():
            alone = step == "settle"
            ceiling = SETTLE_CEILING if alone else None
            yield Row(MODULE, f"sale {way}: {step}", GAS, gas, peers if alone else {}, ceiling)
        yield Row(MODULE, f"sale {way}: in all", GAS, sum(steps.values()), {}, SALE_CEILING, SALE_AIM)
        offices.rpc.call("evm_revert", clean)
    yield Row(
        MODULE, "sale with a loan, which is inscribed: settle", GAS, _settles_with_a_loan(stage), {}, SETTLE_CEILING
    )


def _recovers(stage: Stage) -> Iterator[Row]:
    """Ada has money and land, Cleo money alone: the land register moves no title then, but that she may hold one."""
    estate, residents = stage.estate, stage.estate.offices.residents
    stage.gas(TREASURER, estate.offices.money, "issue", estate.ada.address, 100_00, DEED)
    for what, lost in (("money and land", estate.ada), ("money alone", estate.cleo)):
        stage.gas(REGISTRAR, residents, "proposeRecovery", lost.address, Key.derived("bench", what).address, DEED)
        estate.pass_days(estate.town.config.residents.recovery_delay_days)
        gas = stage.gas(POSTER, residents, "recover", lost.address)
        yield Row(MODULE, f"recover a lost key in a town with land, who had {what}", GAS, gas, {}, RECOVERY_CEILING)


def _sale(stage: Stage, way: Way, *, is_silent: bool = False) -> dict[str, int]:
    """The gas of each transaction; the town renounces by an act, or by its silence."""
    estate, offices, conveyance = stage.estate, stage.estate.offices, stage.estate.offices.conveyance
    terms = estate.terms(document_hash=DEED)
    sale = terms.title << 16 | terms.version + 1

    def signed(slip: Slip) -> list[bytes]:
        return list(estate.sign(slip, estate.ada, estate.bob).values())

    salts = (number.to_bytes(32) for number in count())  # beside one another: they share a word of nonces

    def slip(amount_cents: int) -> bytes:
        before_s, salt = offices.now_s() + DAY_S, next(salts)
        paid = estate.sales.funding_slip(terms.hash, estate.bob.address, amount_cents, salt, before_s)
        signature = estate.bob.sign(paid.digest(offices.domain(offices.money)))
        return conveyance.encode("fundBySlip", sale, estate.bob.address, amount_cents, 0, before_s, salt, signature)

    def pay(amount_cents: int) -> int:
        if way is Way.BY_SLIP:
            return stage.sent(POSTER, conveyance, slip(amount_cents))
        return stage.gas(estate.bob, conveyance, "fund", sale, amount_cents)

    steps: dict[str, int] = {}
    rest_cents = terms.due_cents - terms.deposit_cents
    if way is Way.BY_HAND:
        steps["allow the escrow"] = stage.gas(estate.bob, offices.money, "approve", conveyance.address, terms.due_cents)
    opening = conveyance.encode("open", terms.as_tuple(), signed(deeds.compromis(terms)))
    if way is Way.WITH_THE_ACTS:
        steps["open, with the deposit"] = stage.gas(
            NOTARY, conveyance, "multicall", [opening, slip(terms.deposit_cents)]
        )
    else:
        steps["open"] = stage.sent(NOTARY, conveyance, opening)
        steps["deposit"] = pay(terms.deposit_cents)
    declared = (terms.title, terms.hash, terms.price_cents)
    steps["declare"] = stage.gas(NOTARY, offices.planning, "declare", *declared)
    if is_silent:
        estate.pass_days(ANSWER_S // DAY_S + 1)
    else:
        steps["renounce"] = stage.gas(stage.clerk, offices.planning, "renounce", terms.hash, DEED)
    if way is not Way.WITH_THE_ACTS:
        steps["pay the rest"] = pay(rest_cents)
    estate.pass_days(12)
    settling = conveyance.encode("settle", sale, terms.as_tuple(), signed(deeds.deed(sale, terms)))
    if way is Way.WITH_THE_ACTS:
        steps["settle, with the rest"] = stage.gas(NOTARY, conveyance, "multicall", [slip(rest_cents), settling])
    else:
        steps["settle"] = stage.sent(NOTARY, conveyance, settling)
    assert offices.title(HOUSE).owner == estate.bob.address
    return steps


def _settles_with_a_loan(stage: Stage) -> int:
    """The gas of a settlement that also inscribes the lender's mortgage."""
    estate, offices, conveyance = stage.estate, stage.estate.offices, stage.estate.offices.conveyance
    terms = estate.terms(document_hash=DEED, loan=Loan(estate.lender.address, 90_000_00, 30_000))
    sale = estate.sales.open(NOTARY, terms, estate.sign(deeds.compromis(terms), estate.ada, estate.bob))
    for payment in terms.funding:
        who = next(key for key in (estate.bob, estate.lender) if key.address == payment.account)
        stage.gas(who, offices.money, "approve", conveyance.address, payment.amount_cents)
        stage.gas(who, conveyance, "fund", sale, payment.amount_cents)
    estate.sales.declare(NOTARY, terms)
    stage.gas(stage.clerk, offices.planning, "renounce", terms.hash, DEED)
    estate.pass_days(12)
    signed = estate.sign(deeds.deed(sale, terms), estate.ada, estate.bob, estate.lender)
    return stage.gas(NOTARY, conveyance, "settle", sale, terms.as_tuple(), list(signed.values()))


def _transfers(stage: Stage) -> dict[str, int]:
    """What passing an id from a holder to a new one costs elsewhere."""
    seller, buyer = "0x" + "5e" * 20, "0x" + "b0" * 20
    for it in stage.peers.values():
        it.send(SENDER, "register", 1, seller)
    return {f"{name}, transfer": it.send(seller, "transferFrom", seller, buyer, 1) for name, it in stage.peers.items()}


def _imports(stage: Stage) -> Iterator[Row]:
    """Épinay-sur-Orge: every parcel that has an area, to one holder, in batches as large as gas allows."""
    started = time.perf_counter()
    parcels = cadastre.read(FILE, "91216").parcels
    read_s = time.perf_counter() - started
    estate = stage.estate
    entries = registration.registrations(parcels, estate.ada.address)
    todo = importing.compare(estate.offices, entries)
    started = time.perf_counter()
    outcomes = importing.register(estate.offices, REGISTRAR, todo.batches)
    sent_s = time.perf_counter() - started
    number = importing.registered(outcomes, estate.offices)
    assert number == len(entries)

    peers = {}
    for name, it in stage.peers.items():
        batches = [[entry.token_id for entry in batch.registrations] for batch in todo.batches]
        used = [it.send(SENDER, "registerMany", ids, [estate.ada.address] * len(ids)) for ids in batches]
        peers[name] = sum(used) / number
    gas = sum(outcome.gas_used for outcome in outcomes)
    words = f"import {number:,} parcels to one holder"
    yield Row(MODULE, f"{words}, each", GAS, gas / number, peers, BATCH_CEILING)
    yield Row(MODULE, words, GAS, gas)
    yield Row(MODULE, f"{words}: read and check the file", "s", read_s)
    yield Row(MODULE, f"{words}: send {len(outcomes)} batches", "s", sent_s)
