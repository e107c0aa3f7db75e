"""A sale, act by act: opened, paid for, declared, settled, or ended another way.

Who may do what and until when: docs/land.md. Signatures over `beffroi.land.deeds` come with the call; `draft` keeps
them in a file that the parties pass on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from beffroi import slips
from beffroi.chain.transaction import Signer
from beffroi.eip712 import Slip
from beffroi.land import deeds
from beffroi.land.deeds import SaleTerms
from beffroi.land.registry import LandContracts, LandError
from beffroi.signatures import plain_or_same
from beffroi.units import euros


class SaleState(IntEnum):
    """Where a sale stands, as `IConveyance.SaleState`."""

    NONE = 0
    AGREED = 1
    DEPOSITED = 2
    SETTLED = 3
    CANCELLED = 4


@dataclass(frozen=True)
class Sale:
    """A sale as the contract keeps it; `IConveyance.Sale` tells what each member is."""

    terms_hash: bytes
    state: SaleState
    pending: int
    deposit_by: int
    conditions_by: int
    settle_by: int
    deposit_cents: int
    escrow_cents: int


@dataclass(frozen=True)
class Sales:
    """The sales of a town.

    Attributes:
        offices: of the town.
    """

    offices: LandContracts

    def signed(self, slip: Slip, parties: Sequence[str], signatures: Mapping[str, bytes]) -> list[bytes]:
        """The signatures of the parties in the contract's order, each in the form that the contract takes.

        Raises:
            LandError: someone has not signed.
        """
        if missing := [party for party in dict.fromkeys(parties) if party not in signatures]:
            raise LandError(f"the {slip.purpose.lower()} lacks the signatures of {', '.join(missing)}")
        offices = self.offices
        digest = slip.digest(offices.domain(offices.conveyance))
        keys = offices.residents.reads(offices.rpc, "currentKeyOf", [(party,) for party in parties])
        return [plain_or_same(signatures[party], digest, key) for party, key in zip(parties, keys, strict=True)]

    def open(self, notary: Signer, terms: SaleTerms, signatures: Mapping[str, bytes]) -> int:
        """The notary opens a sale that sellers and buyers signed (`deeds.compromis`); its number.

        Raises:
            LandError: someone has not signed.
            TransactionFailedError: the contract refuses.
        """
        given = self.signed(deeds.compromis(terms), terms.parties, signatures)
        receipt = self._send(notary, "open", terms.as_tuple(), given, purpose=f"open the sale of {terms.parcel}")
        (opened,) = self.offices.conveyance.logged(receipt, "SaleOpened")
        return int(opened.args["sale"])

    def amend(
        self, notary: Signer, sale: int, old: SaleTerms, terms: SaleTerms, signatures: Mapping[str, bytes]
    ) -> dict[str, Any]:
        """The notary replaces the terms by others that everybody signed (`deeds.amendment`); as `open`."""
        given = self.signed(deeds.amendment(sale, old.hash, terms), terms.parties, signatures)
        return self._send(notary, "amend", sale, old.as_tuple(), terms.as_tuple(), given, purpose="amend a sale")

    def funding_slip(self, terms_hash: bytes, payer: str, amount_cents: int, salt: bytes, before_s: int) -> Slip:
        """What a payer signs, for the currency's domain, so that anyone posts a payment into this sale on these terms.

        Args:
            terms_hash: of the terms in force.
            payer: who pays, by the key that is in force.
            amount_cents: at most what the terms say.
            salt: 32 bytes, another for each payment.
            before_s: valid strictly before, unix seconds.
        """
        nonce = self.offices.conveyance.read(self.offices.rpc, "slipNonce", terms_hash, salt)
        into = self.offices.conveyance.address
        return slips.receive(payer, into, amount_cents, int.from_bytes(nonce), before_s=before_s)

    def fund_by_slip(
        self, poster: Signer, sale: int, slip: Slip, salt: bytes, signature: bytes, pledged: str = ""
    ) -> dict[str, Any]:
        """Posts what a payer signed; anyone may.

        Args:
            poster: who sends and pays the gas.
            sale: its number.
            slip: from `funding_slip`.
            salt: of that slip.
            signature: of that slip.
            pledged: whom the terms name, where the payer's key replaced that one.

        Raises:
            TransactionFailedError: the contract refuses.
        """
        payer, _, amount_cents, after_s, before_s, _ = slip.values
        paid = (pledged or payer, amount_cents, after_s, before_s, salt, signature)
        return self._send(poster, "fundBySlip", sale, *paid, purpose=f"pay {euros(amount_cents)} into a sale")

    def declare(self, notary: Signer, terms: SaleTerms) -> dict[str, Any]:
        """The notary declares the terms to the town, where it may pre-empt.

        Raises:
            TransactionFailedError: the title is in no zone with that right, or these terms are declared.
        """
        planning, declared = self.offices.planning, (terms.title, terms.hash, terms.price_cents)
        return self.offices.send(notary, planning, "declare", *declared, purpose="declare an intent to sell")

    def meet_condition(self, notary: Signer, sale: int, condition: int, document_hash: bytes) -> dict[str, Any]:
        """The notary states that a condition is met."""
        return self._send(notary, "meetCondition", sale, condition, document_hash, purpose="state a condition met")

    def fail_condition(self, notary: Signer, sale: int, condition: int, document_hash: bytes) -> dict[str, Any]:
        """The notary states that a condition failed, which ends the sale."""
        return self._send(notary, "failCondition", sale, condition, document_hash, purpose="state a condition failed")

    def deed_parties(self, terms: SaleTerms) -> tuple[str, ...]:
        """Who signs the deed, in the contract's order.

        Raises:
            LandError: the charges on the title are no longer those of the terms.
        """
        charges = self.offices.charges_on(terms.parcel)
        if [charge.number for charge in charges] != [payoff.charge for payoff in terms.payoffs]:
            raise LandError(f"the charges on {terms.parcel} are no longer those of the terms: amend them")
        return deeds.consenting(terms, [(it.creditor, it.amount_cents) for it in charges])

    def settle(self, notary: Signer, sale: int, terms: SaleTerms, signatures: Mapping[str, bytes]) -> dict[str, Any]:
        """The notary settles a sale whose deed everybody signed (`deeds.deed`).

        Raises:
            LandError: someone has not signed, or the charges changed.
            TransactionFailedError: the contract refuses.
        """
        given = self.signed(deeds.deed(sale, terms), self.deed_parties(terms), signatures)
        return self._send(notary, "settle", sale, terms.as_tuple(), given, purpose=f"settle the sale of {terms.parcel}")

    def retract(
        self, poster: Signer, sale: int, terms: SaleTerms, buyer: str, signature: bytes = b""
    ) -> dict[str, Any]:
        """A buyer withdraws in time: itself, or whoever posts what it signed (`deeds.retraction`)."""
        (given,) = self.signed(deeds.retraction(sale), [buyer], {buyer: signature}) if signature else (signature,)
        return self._send(poster, "retract", sale, terms.as_tuple(), buyer, given, purpose="retract from a sale")

    def rescind(self, poster: Signer, sale: int, terms: SaleTerms, signatures: Mapping[str, bytes]) -> dict[str, Any]:
        """Sellers and buyers give the sale up (`deeds.rescission`); as `open`, posted by anyone."""
        given = self.signed(deeds.rescission(sale), terms.parties, signatures)
        return self._send(poster, "rescind", sale, terms.as_tuple(), given, purpose="rescind a sale")

    def cancel_preempted(self, anyone: Signer, sale: int) -> dict[str, Any]:
        """Ends a sale that the town pre-empted."""
        return self._send(anyone, "cancelPreempted", sale, purpose="end a sale that the town pre-empted")

    def expire(self, anyone: Signer, sale: int) -> dict[str, Any]:
        """Ends a sale that is overdue."""
        return self._send(anyone, "expire", sale, purpose="end a sale that is overdue")

    def order(self, court: Signer, sale: int, document_hash: bytes) -> dict[str, Any] | None:
        """A court ends a sale; None when its act is announced only."""
        conveyance = self.offices.conveyance
        return self.offices.act(court, conveyance, "cancelByOrder", sale, document_hash, purpose="end a sale by order")

    def refund(self, anyone: Signer, sale: int, payer: str) -> tuple[int, bool]:
        """Gives a payer back what it paid into a sale that came to nothing; how much, and whether it is paid.

        Who may not receive it now, suspended or gone, is credited: `withdraw` and `withdraw_to` pay it later.

        Raises:
            TransactionFailedError: there is nothing to give back.
        """
        receipt = self._send(anyone, "refund", sale, payer, purpose=f"refund {payer}")
        (told,) = self.offices.conveyance.logged(receipt, "PaidOut", "Credited")
        return int(told.args["amount_cents"]), told.name == "PaidOut"

    def withdraw(self, anyone: Signer, payee: str) -> int:
        """Pays what could not be paid to an account, now that it may receive; how much."""
        receipt = self._send(anyone, "withdraw", payee, purpose=f"pay what is owed to {payee}")
        (withdrawn,) = self.offices.conveyance.logged(receipt, "Withdrawn")
        return int(withdrawn.args["amount_cents"])

    def withdraw_to(self, anyone: Signer, slip: Slip, signature: bytes) -> int:
        """Pays what could not be paid to the account that its payee names (`slips.withdrawal`); how much.

        Args:
            anyone: who posts it; the payee's own key where there is no signature.
            slip: what the payee wants.
            signature: by the payee's current key; empty where that key sends it itself.

        Raises:
            TransactionFailedError: the contract refuses.
        """
        payee, to, deadline_s = slip.values
        said = f"pay what is owed to {payee} to {to}"
        receipt = self._send(anyone, "withdrawTo", payee, to, deadline_s, signature, purpose=said)
        (withdrawn,) = self.offices.conveyance.logged(receipt, "Withdrawn")
        return int(withdrawn.args["amount_cents"])

    def status(self, sale: int) -> Sale:
        """A sale as it stands."""
        terms_hash, state, *rest = self.offices.conveyance.read(self.offices.rpc, "saleOf", sale)
        return Sale(terms_hash, SaleState(state), *rest)

    def left_to_pay(self, sale: int, terms: SaleTerms) -> dict[str, int]:
        """What each payer still has to pay in, in cents."""
        payers = list(dict.fromkeys(payment.account for payment in terms.funding))
        shares = self.offices.conveyance.reads(self.offices.rpc, "shareOf", [(sale, payer) for payer in payers])
        return {payer: pledged - paid for payer, (pledged, paid) in zip(payers, shares, strict=True)}

    def terms_of(self, sale: int) -> SaleTerms:
        """The terms in force, from the events: for whoever lost the draft.

        Raises:
            LandError: there is no such sale.
        """
        found = list(
            self.offices.conveyance.events(
                self.offices.rpc, "SaleOpened", "SaleAmended", first=self.offices.start_block, about=sale
            )
        )
        if not found:
            raise LandError(f"there is no sale {sale}")
        return SaleTerms.of(found[-1].args["terms"])

    def _send(self, who: Signer, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        return self.offices.send(who, self.offices.conveyance, function, *args, purpose=purpose)
