"""Slips of the land register that one person signs: money for a sale's escrow, a retraction, a land tax bill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, NotRequired

import orjson
from eth_abi.abi import encode
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from pydantic import Field, with_config
from typing_extensions import TypedDict, override

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.sizing import BASE_GAS
from beffroi.chain.transaction import Call
from beffroi.eip712 import Domain, SlipType
from beffroi.land.deeds import RETRACTION, SaleTerms
from beffroi.post.codes import Code
from beffroi.post.json_types import CLOSED, Address, Bytes32, UInt256
from beffroi.post.kinds.base import URGENT, SlipKind, mismatch, simulated
from beffroi.post.kinds.draft import Draft
from beffroi.post.kinds.premises import Premises
from beffroi.post.kinds.reasons import refusal
from beffroi.post.kinds.till import ToOffice, Withdrawal
from beffroi.post.model import SINGLE, Kind, QueuedSlip, Refusal
from beffroi.slips import till_nonce

RESCISSION_GAS = 1_000_000
MOST_PROOF = 64


@with_config(CLOSED)
class FundExtra(TypedDict):
    """The sale that is paid for; `payer` where the terms name a key that the payment's `from` has replaced."""

    sale: UInt256
    termsHash: Bytes32
    salt: Bytes32
    payer: NotRequired[Address]


@with_config(CLOSED)
class LandTaxExtra(TypedDict):
    """The bill that is paid, and its proof on the year's roll."""

    year: UInt256
    title: UInt256
    account: Address
    proof: Annotated[list[Bytes32], Field(max_length=MOST_PROOF)]


@with_config(CLOSED)
class RetractionExtra(TypedDict):
    """Who retracts, by the key that the terms name."""

    buyer: Address


@dataclass
class Fund(ToOffice):
    """Money into the escrow of a sale."""

    base_name: ClassVar[str] = "fund"
    done_events: ClassVar[tuple[str, ...]] = ("Funded",)
    done_about: ClassVar[str] = "sale"
    extra_type: ClassVar[Any] = FundExtra

    @override
    def nonce(self, draft: Draft) -> bytes:
        """Conveyance's `slipNonce`: the contract compares the terms' hash with that of the sale."""
        return till_nonce(draft.extra["termsHash"], draft.extra["salt"])

    @override
    def alone(self, draft: Draft) -> Call:
        """One payment."""
        message, extra = draft.message, draft.extra
        payer = extra.get("payer", message["from"])
        values = (payer, message["value"], message["validAfter"], message["validBefore"], extra["salt"])
        return self.call("fundBySlip", extra["sale"], *values, draft.signature)


@dataclass
class LandTax(ToOffice):
    """A bill on a year's roll of the land tax, one's own or another's."""

    base_name: ClassVar[str] = "land_tax"
    done_events: ClassVar[tuple[str, ...]] = ("TaxPaid",)
    done_about: ClassVar[str] = "year"
    extra_type: ClassVar[Any] = LandTaxExtra

    @override
    def nonce(self, draft: Draft) -> bytes:
        """LandTax's `receiptOf`."""
        if draft.message["validAfter"]:
            raise mismatch("validAfter is not 0, which the land tax signs for")
        extra = draft.extra
        words = (extra["year"], extra["title"], extra["account"], draft.message["value"])
        return keccak(encode(["uint256", "uint256", "address", "uint256"], words))

    @override
    def alone(self, draft: Draft) -> Call:
        """One bill."""
        message, extra = draft.message, draft.extra
        bill = (extra["year"], extra["title"], extra["account"], message["value"], extra["proof"])
        return self.call("payBySlip", *bill, message["from"], message["validBefore"], draft.signature)


@dataclass
class Retraction(SlipKind):
    """A buyer withdraws in time."""

    rpc: Rpc
    residents: Contract
    start_block: int

    base_name: ClassVar[str] = "retraction"
    done_events: ClassVar[tuple[str, ...]] = ("SaleCancelled",)
    done_about: ClassVar[str] = "sale"
    slip_type: ClassVar[SlipType] = RETRACTION
    extra_type: ClassVar[Any] = RetractionExtra
    priority: ClassVar[int] = URGENT
    gas_each: ClassVar[int] = 500_000

    @override
    def account(self, message: Mapping[str, Any], extra: Mapping[str, Any]) -> str:
        """Of the buyer's current key, which is on chain."""
        return ""

    @override
    def window(self, message: Mapping[str, Any]) -> tuple[int, int | None]:
        """As long as the terms leave: the contract says."""
        return 0, None

    @override
    def resolve(self, rpc: Rpc, drafts: Sequence[Draft]) -> list[str | Refusal]:
        """The buyers' current keys."""
        asked = [(draft.extra["buyer"],) for draft in drafts]
        keys = [to_checksum_address(it) for it in self.residents.reads(rpc, "currentKeyOf", asked)]
        sales = self.contract.reads(rpc, "saleOf", [(draft.message["sale"],) for draft in drafts])
        unknown = refusal(Code.REFUSED_BY_CONTRACT, "there is no such sale")
        return [str(key) if any(sale[0]) else unknown for key, sale in zip(keys, sales, strict=True)]

    @override
    def alone(self, draft: Draft) -> Call:
        """One retraction, with the terms in force as the chain has them."""
        sale = draft.message["sale"]
        return self.call("retract", sale, self._terms(sale), draft.extra["buyer"], draft.signature)

    def _terms(self, sale: int) -> tuple[Any, ...]:
        return terms_in_force(self.rpc, self.contract, sale, self.start_block)


@dataclass(frozen=True)
class Rescission(Kind):
    """A sale that all its parties give up. Their signatures are collected as a deed's: nobody hands it in whole.

    Attributes:
        contract: Conveyance.
        domain: in which deeds are signed for it.
        instance: as a kind of slips has it.
    """

    contract: Contract
    domain: Domain
    instance: str

    most_in_batch: ClassVar[int] = 1
    gas_base: ClassVar[int] = BASE_GAS

    @property
    @override
    def name(self) -> str:
        """As of a kind of slips."""
        return f"rescission.{self.instance}" if self.instance else "rescission"

    @override
    def estimate_each(self) -> int:
        """Gas of one, with room."""
        return RESCISSION_GAS

    def slip(self, id_: bytes, signer: str, deed: Mapping[str, Any], signatures: Sequence[bytes]) -> QueuedSlip:
        """The slip of a complete rescission.

        Args:
            id_: the digest that everybody signed.
            signer: who signed last.
            deed: as it was drafted: sale and terms.
            signatures: in the contract's order.
        """
        body = {"sale": deed["sale"], "terms": deed["terms"], "signatures": ["0x" + it.hex() for it in signatures]}
        payload = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        return QueuedSlip(id_, self.name, SINGLE, signer, payload, None, URGENT, RESCISSION_GAS)

    @override
    def batch(self, queued_slips: Sequence[QueuedSlip]) -> Call:
        """One rescission."""
        (queued,) = queued_slips
        body = orjson.loads(queued.payload)
        signatures = [bytes.fromhex(it[2:]) for it in body["signatures"]]
        terms = SaleTerms.parse(body["terms"]).as_tuple()
        data = self.contract.encode("rescind", int(body["sale"]), terms, signatures)
        return Call(self.contract.address, data, self.name)

    @override
    def precheck(self, rpc: Rpc, queued_slips: Sequence[QueuedSlip]) -> dict[int, Refusal]:
        """What the contract would refuse now."""
        return simulated(rpc, [self.batch([queued]) for queued in queued_slips])

    @override
    def refused(self, queued_slips: Sequence[QueuedSlip], receipt: Mapping[str, Any]) -> dict[int, Refusal]:
        """A rescission alone is in a transaction that succeeded, or in none."""
        return {}


def terms_in_force(rpc: Rpc, conveyance: Contract, sale: int, start_block: int) -> tuple[Any, ...]:
    """The terms of a sale as its last event tells them.

    Raises:
        LookupError: the sale was never opened.
    """
    found = list(conveyance.events(rpc, "SaleOpened", "SaleAmended", first=start_block, about=sale))
    if not found:
        raise LookupError(f"there is no sale {sale}")
    terms: tuple[Any, ...] = found[-1].args["terms"]
    return terms


KINDS = (Fund, LandTax, Retraction, Withdrawal)


def kinds(premises: Premises) -> Iterator[SlipKind]:
    """Those that Conveyance and LandTax take; what is paid there is signed for the currency that they are paid in."""
    residents, first = premises.contract("Residents"), premises.manifest.start_block
    for instance, conveyance in premises.instances("Conveyance"):
        if residents is None:
            return
        yield Fund(conveyance, _paid_in(premises, conveyance), instance=instance)
        there = premises.domain("Conveyance", conveyance)
        yield Retraction(conveyance, there, premises.rpc, residents, first, instance=instance)
        yield Withdrawal(conveyance, there, residents, instance=instance)
    for instance, tax in premises.instances("LandTax"):
        yield LandTax(tax, _paid_in(premises, tax), instance=instance)


def _paid_in(premises: Premises, office: Contract) -> Domain:
    token = to_checksum_address(office.read(premises.rpc, "token"))
    return premises.money(Contract.built("LocalCurrency", token))
