"""What the local currency costs, beside OpenZeppelin's ERC-20 bare and guarded, and solady's."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from beffroi import slips
from beffroi.currency.requests import PaymentRequest
from beffroi.eip712 import Domain, Slip
from beffroi.units import DAY_S
from bench.ground import Deployed, Ground, open_ground, ours, peer
from bench.row import Row

MODULE = "currency"
GAS = "gas"
BATCH = 100
RECOVERY_DELAY_S = 14 * DAY_S
CITIZEN, PROFESSIONAL, COMMONS = 1, 2, 4
OFFICE = "0x" + "0f" * 20  # holds every office here: who may do what is not what is measured
POSTER = "0x" + "0e" * 20
COMMONS_ACCOUNT = "0x" + "c0" * 20
AMOUNT_CENTS = 1_250
BARE, GUARDED, SOLADY = "OpenZeppelin bare", "OpenZeppelin guarded", "solady"

_CHARTER = "(string,string,address,address,address,uint8,uint16,uint80,uint128,uint32,address)"


@dataclass
class Citizens:
    """Keys without end, each with its address."""

    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new(self) -> tuple[bytes, str]:
        """A key and its address."""
        key = (0xBEFF << 240 | next(self.numbers)).to_bytes(32, "big")
        return key, slips.address_of(key)

    def some(self, number: int) -> list[tuple[bytes, str]]:
        """So many of them."""
        return [self.new() for _ in range(number)]


@dataclass
class Stage:
    """Ours and the field's on one ground."""

    ground: Ground
    residents: Deployed
    currency: Deployed
    peers: dict[str, Deployed]
    citizens: Citizens = field(default_factory=Citizens)
    references: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def domain(self) -> Domain:
        """Where slips of ours are valid."""
        return Domain("Beffroi", self.ground.chain_id, self.currency.address)

    @property
    def guarded_domain(self) -> Domain:
        """Where slips of the guarded token are valid."""
        return Domain("Guarded", self.ground.chain_id, self.peers[GUARDED].address)

    def request(self, payee: str) -> PaymentRequest:
        """A payment request of this payee that differs from every other."""
        salt = next(self.references).to_bytes(32, "big")
        return PaymentRequest(self.ground.chain_id, self.currency.address, payee, AMOUNT_CENTS, salt=salt)

    def asked_by(self, payee: str, _: str) -> int:
        """The nonce of such a request."""
        return int.from_bytes(self.request(payee).nonce)

    def enrol(self, accounts: list[str]) -> tuple[int, int]:
        """Makes them residents; the gas of ours and of the guarded token."""
        gas = self.residents.send(OFFICE, "enrol", CITIZEN, accounts, [])
        return gas, self.peers[GUARDED].send(OFFICE, "enrol", accounts)

    def issue(self, accounts: list[str], amount_cents: int = 100_000) -> tuple[int, dict[str, int]]:
        """Gives them money; the gas of ours and of the others."""
        amounts = [amount_cents] * len(accounts)
        gas = self.currency.send(OFFICE, "issueBatch", accounts, amounts, next(self.references).to_bytes(32, "big"))
        return gas, {name: token.send(OFFICE, "issueBatch", accounts, amounts) for name, token in self.peers.items()}

    def holders(self, number: int) -> list[tuple[bytes, str]]:
        """Residents with money, who have neither signed nor spent."""
        people = self.citizens.some(number)
        self.enrol([account for _, account in people])
        self.issue([account for _, account in people])
        return people

    def newcomers(self, number: int) -> list[tuple[bytes, str]]:
        """Residents without money."""
        people = self.citizens.some(number)
        self.enrol([account for _, account in people])
        return people


def rows() -> list[Row]:
    """Every figure of the currency, measured now."""
    with open_ground() as ground:
        stage = raise_stage(ground)
        return [*_membership(stage), *_transfers(stage), *_slips(stage), *_recovery(stage)]


def raise_stage(ground: Ground) -> Stage:
    """A town with its money, and the field's tokens."""
    town = ground.deploy(ours("Town"), ("address",), OFFICE)
    residents = ground.deploy(ours("Residents"), ("address", "uint64"), town.address, RECOVERY_DELAY_S)
    charter = (
        "Beffroi",
        "BEF",
        town.address,
        residents.address,
        COMMONS_ACCOUNT,
        1 << PROFESSIONAL,
        500,
        0,
        0,
        86_400,
        "0x" + "00" * 20,
    )
    currency = ground.deploy(ours("LocalCurrency"), (_CHARTER,), charter)
    peers = {
        BARE: ground.deploy(peer("BareToken")),
        GUARDED: ground.deploy(peer("GuardedToken"), ("address",), town.address),
        SOLADY: ground.deploy(peer("SoladyToken")),
    }
    residents.send(OFFICE, "addFollower", currency.address)
    residents.send(OFFICE, "enrol", COMMONS, [COMMONS_ACCOUNT], [])
    _attest(town, currency)
    return Stage(ground, residents, currency, peers)


def _attest(town: Deployed, currency: Deployed) -> None:
    # The auditor may not issue, and the admin may do everything: an auditor of its own.
    auditor, role = "0x" + "0a" * 20, 3
    town.send(OFFICE, "grantRole", role, auditor, 0)
    town.send(OFFICE, "setTargetFunctionRole", currency.address, [currency.selector("attestReserve")], role)
    currency.send(auditor, "attestReserve", 10**15, b"\x01" * 32)


def _membership(stage: Stage) -> Iterator[Row]:
    accounts = [account for _, account in stage.citizens.some(BATCH)]
    gas, guarded = stage.enrol(accounts)
    yield Row(MODULE, f"enrol, each of {BATCH} at once", GAS, gas / BATCH, {GUARDED: guarded / BATCH})

    gas, peers = stage.issue(accounts)
    yield Row(MODULE, f"issue to {BATCH} registered at once", GAS, gas, peers, ceiling=1_000_000, aim=950_000)


def _transfers(stage: Stage) -> Iterator[Row]:
    ((_, payer), (_, holder)), ((_, newcomer),) = stage.holders(2), stage.newcomers(1)
    for payee, words in ((holder, "an old holder"), (newcomer, "a new holder")):
        peers = {name: token.send(payer, "transfer", payee, AMOUNT_CENTS) for name, token in stage.peers.items()}
        gas = stage.currency.send(payer, "transfer", payee, AMOUNT_CENTS)
        yield Row(MODULE, f"transfer to {words}", GAS, gas, peers, ceiling=36_000, aim=35_327)
    gas = stage.currency.send(payer, "pay", holder, AMOUNT_CENTS, b"\x07" * 32)
    yield Row(MODULE, "pay with a reference", GAS, gas, ceiling=38_000)
    stage.ground.rpc.call("anvil_setBalance", stage.currency.address, "0x1")
    gas = stage.currency.send(payer, "transfer", holder, AMOUNT_CENTS)
    yield Row(MODULE, "transfer, a wei forced into the currency and not yet swept", GAS, gas)
    yield Row(MODULE, "sweep a forced wei", GAS, stage.currency.send(POSTER, "sweep"))
    gas = stage.currency.send(payer, "payRequest", holder, AMOUNT_CENTS, stage.request(holder).hash)
    yield Row(MODULE, "pay a payment request without a slip", GAS, gas, ceiling=68_000)


def _slips(stage: Stage) -> Iterator[Row]:
    counted, asked = ("", 54_000, 43_000), (", of a payment request", 68_000, 43_000)
    for nonces, (words, alone, in_batch) in ((_counted, counted), (stage.asked_by, asked)):
        (key, payer), (_, payee) = stage.holders(2)
        for turn in ("first", "second"):
            slip = slips.transfer(payer, payee, AMOUNT_CENTS, nonces(payee, turn))
            gas = stage.currency.send(POSTER, "acceptSlip", (*slip.values, slips.sign(key, slip, stage.domain)))
            peers = {GUARDED: _relay_guarded(stage, key, slip)}
            yield Row(MODULE, f"relayed payment, {turn} of an account{words}", GAS, gas, peers, alone)

        people = stage.holders(BATCH)
        for turn in ("first", "second"):
            paid = [
                (key, slips.transfer(payer, payee, AMOUNT_CENTS, nonces(payee, turn)))
                for (key, payer), (_, payee) in zip(people, people[1:] + people[:1], strict=True)
            ]
            what = f"relayed payment, each of {BATCH} at once, {turn} of each{words}"
            yield Row(MODULE, what, GAS, _batched(stage, paid), {}, in_batch)
    yield from _crowds(stage)


def _crowds(stage: Stage) -> Iterator[Row]:
    """Many who pay one, each a request of its own; one who pays many, by the lines of a list."""
    (_, shop), *customers = stage.holders(BATCH + 1)
    paid = [(key, stage.request(shop).slip(payer)) for key, payer in customers]
    what = f"relayed payment of a payment request, each of {BATCH} customers of one shop at once"
    yield Row(MODULE, what, GAS, _batched(stage, paid), {}, 43_000, 30_000)

    ((key, payer),), people = stage.holders(1), stage.holders(BATCH)
    stage.issue([payer], AMOUNT_CENTS * BATCH)
    listed = int.from_bytes(stage.request(payer).hash) & ~0xFF
    paid = [(key, slips.transfer(payer, payee, AMOUNT_CENTS, listed + line)) for line, (_, payee) in enumerate(people)]
    what = (
        f"relayed payment, each of {BATCH} lines of one payer's list, whose nonces are 31 bytes of its hash and a line"
    )
    yield Row(MODULE, what, GAS, _batched(stage, paid), {}, 30_000)


def _counted(_: str, turn: str) -> int:
    """Nonces that a wallet counts."""
    return 0 if turn == "first" else 1


def _batched(stage: Stage, paid: list[tuple[bytes, Slip]]) -> float:
    """The gas of each, posted together."""
    batch = [(*slip.values, slips.sign(key, slip, stage.domain)) for key, slip in paid]
    return stage.currency.send(POSTER, "transferWithAuthorizationBatch", batch) / len(batch)


def _relay_guarded(stage: Stage, key: bytes, slip: Slip) -> int:
    signature = slips.split(slips.sign(key, slip, stage.guarded_domain))
    return stage.peers[GUARDED].send(POSTER, "transferWithAuthorization", *slip.values, *signature)


def _recovery(stage: Stage) -> Iterator[Row]:
    lost, successor, proposal, gas = _recover_one(stage)
    guarded = stage.peers[GUARDED].send(OFFICE, "recover", lost, successor)
    yield Row(MODULE, "propose a recovery", GAS, proposal)
    yield Row(
        MODULE, "recover a lost key, register and money", GAS, gas, {GUARDED: guarded}, ceiling=60_000, aim=54_000
    )
    stage.residents.send(OFFICE, "addFollower", stage.ground.deploy(peer("IdleFollower")).address)
    *_, told_too = _recover_one(stage)
    idle = told_too - gas
    yield Row(MODULE, "recover a lost key, for each module more with nothing to move", GAS, idle, ceiling=8_000)


def _recover_one(stage: Stage) -> tuple[str, str, int, int]:
    """A holder who signed once loses her key: hers, her new one, the gas of the proposal and of the recovery."""
    ((key, lost),), ((_, successor),) = stage.holders(1), stage.citizens.some(1)
    slip = slips.transfer(lost, lost, 1, 0)
    stage.currency.send(POSTER, "acceptSlip", (*slip.values, slips.sign(key, slip, stage.domain)))
    proposal = stage.residents.send(OFFICE, "proposeRecovery", lost, successor, b"\x01" * 32)
    stage.ground.pass_time(RECOVERY_DELAY_S)
    return lost, successor, proposal, stage.residents.send(POSTER, "recover", lost)
