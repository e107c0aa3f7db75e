"""Deeds that several parties sign: drafted here, signed one by one, and given to the notary when whole.

A compromis, an amendment and a deed are then posted by the notary, whose acts they are; a rescission by this office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Contract
from beffroi.chain.erc1271 import SLIP_GAS, Claim, false_claims
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Slip
from beffroi.land import deeds
from beffroi.land.deeds import SaleTerms
from beffroi.post.clock import Clock
from beffroi.post.codes import Code, PostError
from beffroi.post.deed_types import DEED_REQUEST, terms_of
from beffroi.post.deedbook import Deed, DeedBook
from beffroi.post.kinds.base import mismatch
from beffroi.post.kinds.land import Rescission
from beffroi.post.store import Store
from beffroi.signatures import plain_or_same


@dataclass(frozen=True)
class DeedDesk:
    """Drafts deeds and takes their signatures.

    Args:
        rpc: the node.
        clock: the chain's.
        conveyances: whose deeds they are: of the one that opens sales, then of those it took over from.
        charges: which tells whose consent a deed needs.
        residents: which tells the current key of a party.
        book: where they are kept.
        store: of slips, for complete rescissions.
    """

    rpc: Rpc
    clock: Clock
    conveyances: Sequence[Rescission]
    charges: Contract
    residents: Contract
    book: DeedBook
    store: Store

    def draft(self, request: dict[str, Any]) -> tuple[Deed, bool]:
        """A deed to be signed, as its request was read, and whether it is new. Blocks.

        Raises:
            PostError: it is not of a sale as it stands.
        """
        act, terms = str(request["act"]), terms_of(request)
        if self.clock.now_s() > terms.settle_by:
            raise PostError(Code.SLIP_EXPIRED, "the sale would have had to be settled already")
        conveyance = self._conveyance(act, request)
        id_ = self._slip(act, request, terms, conveyance).digest(conveyance.domain)
        body = DEED_REQUEST.plain(request)
        new = self.book.draft(id_, act, body, self._parties(act, terms))
        return self.get(id_), new

    def get(self, id_: bytes) -> Deed:
        """A deed.

        Raises:
            PostError: there is none.
        """
        found = self.book.get(id_)
        if found is None:
            raise PostError(Code.DEED_UNKNOWN, "no such deed was drafted here, or it was forgotten")
        return found

    def sign(self, slip: Mapping[str, Any]) -> tuple[Deed, bool]:
        """A party's signature (`DeedSignatureSlip`), kept once checked; the deed, and whether it is new. Blocks.

        Raises:
            PostError: the signature is not that of a party, or there is no such deed.
        """
        id_, party, signature = slip["message"]["deed"], slip["message"]["party"], slip["signature"]
        deed = self.get(id_)
        if party not in deed.parties:
            raise PostError(Code.NOT_A_PARTY, "this account does not sign that deed")
        key = str(self.residents.read(self.rpc, "currentKeyOf", party))
        signature = plain_or_same(signature, id_, key)
        if false_claims(self.rpc, [Claim(key, id_, signature, SLIP_GAS)]):
            raise PostError(Code.INVALID_SIGNATURE, "the deed is not signed by that party")
        new = self.book.sign(id_, party, signature)
        deed = self.get(id_)
        if deed.act == "rescission" and deed.is_complete:
            signatures = [deed.signatures[it] for it in deed.parties]
            rescission = self._conveyance(deed.act, {"sale": int(deed.body["sale"])})
            self.store.receive([rescission.slip(deed.id, party, deed.body, signatures)])
        return deed, new

    def _conveyance(self, act: str, read: Mapping[str, Any]) -> Rescission:
        """The contract that opens a sale, or opened it."""
        for conveyance in self.conveyances:
            if act == "compromis" or any(conveyance.contract.read(self.rpc, "saleOf", read["sale"])[0]):
                return conveyance
        raise PostError(Code.REFUSED_BY_CONTRACT, "there is no such sale")

    def _slip(self, act: str, read: Mapping[str, Any], terms: SaleTerms, conveyance: Rescission) -> Slip:
        if act == "compromis":
            return deeds.compromis(terms)
        sale = read["sale"]
        in_force = conveyance.contract.read(self.rpc, "saleOf", sale)[0]
        if in_force != (read["from"] if act == "amendment" else terms.hash):
            raise mismatch("these are not the terms of the sale in force")
        if act == "amendment":
            return deeds.amendment(sale, read["from"], terms)
        return deeds.deed(sale, terms) if act == "deed" else deeds.rescission(sale)

    def _parties(self, act: str, terms: SaleTerms) -> Sequence[str]:
        if act != "deed":
            return terms.parties
        charges = [(it[0], it[1]) for it in self.charges.read(self.rpc, "chargesOf", terms.title)]
        if len(charges) != len(terms.payoffs):
            raise mismatch("the payoffs are not of the charges on the title")
        return [to_checksum_address(it) for it in deeds.consenting(terms, charges)]
