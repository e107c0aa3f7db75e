"""Deeds that several parties sign: drafted here, signed one by one, and given to the notary when whole.

A compromis, an amendment and a deed are then posted by the notary, whose acts they are; a rescission by this office.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.eip712 import Domain, Slip
from beffroi.land import deeds
from beffroi.land.deeds import KINDS, SaleTerms
from beffroi.post.checks import Claim, false_claims
from beffroi.post.clock import Clock
from beffroi.post.codes import Code, PostError
from beffroi.post.deedbook import Deed, DeedBook
from beffroi.post.json_types import (
    ADDRESS,
    BYTES32,
    SIGNATURE,
    UINT256,
    JsonMember,
    JsonRecord,
    Schema,
    boolean,
    choice,
    listed,
    malformed,
    nested,
    unsigned,
)
from beffroi.post.kinds.base import mismatch
from beffroi.post.kinds.land import rescission_slip
from beffroi.post.openapi import DIGEST, WHOLE, an, many, maybe, ref
from beffroi.post.store import Store
from beffroi.signatures import plain_or_same

ERC1271_GAS = 200_000
MOST_RIGHTS = 24
MOST_FEES = 4
MOST_CHARGES = 16
MOST_FUNDERS = 32
_RIGHT = JsonRecord({"holder": ADDRESS, "kind": choice(*map(str, range(len(KINDS)))), "shares": unsigned(24)})
_PAYMENT = JsonRecord({"account": ADDRESS, "amount_cents": UINT256})
_PAYOFF = JsonRecord({"charge": UINT256, "paid_cents": UINT256, "stays": boolean()})
_LOAN = JsonRecord({"lender": ADDRESS, "amount_cents": UINT256, "dueDay": UINT256})
_NUMBERS = (
    "title", "version", "price_cents", "tax_cents", "deposit_cents", "usufruct_bps", "conditions", "depositBy",
    "retractUntil", "conditionsBy", "settleBy",
)  # fmt: skip
TERMS = JsonRecord(
    dict.fromkeys(_NUMBERS, UINT256)
    | {
        "documentHash": BYTES32,
        "loan": nested(_LOAN),
        "sold": listed(nested(_RIGHT), MOST_RIGHTS, least=1),
        "bought": listed(nested(_RIGHT), MOST_RIGHTS, least=1),
        "fees": listed(nested(_PAYMENT), MOST_FEES),
        "payoffs": listed(nested(_PAYOFF), MOST_CHARGES),
        "funding": listed(nested(_PAYMENT), MOST_FUNDERS),
    }
)
"""A sale's terms by EIP-712's names."""

_TERMS: JsonMember = nested(TERMS)
ACTS = {
    "compromis": JsonRecord({"act": choice("compromis"), "terms": _TERMS}),
    "amendment": JsonRecord({"act": choice("amendment"), "sale": UINT256, "from": BYTES32, "terms": _TERMS}),
    "deed": JsonRecord({"act": choice("deed"), "sale": UINT256, "terms": _TERMS}),
    "rescission": JsonRecord({"act": choice("rescission"), "sale": UINT256, "terms": _TERMS}),
}
SIGNING = JsonRecord({"deed": BYTES32, "party": ADDRESS})


@dataclass(frozen=True)
class DeedDesk:
    """Drafts deeds and takes their signatures.

    Args:
        rpc: the node.
        clock: the chain's.
        conveyance: whose deeds they are.
        charges: which tells whose consent a deed needs.
        residents: which tells the current key of a party.
        domain: of the conveyance.
        book: where they are kept.
        store: of slips, for complete rescissions.
    """

    rpc: Rpc
    clock: Clock
    conveyance: Contract
    charges: Contract
    residents: Contract
    domain: Domain
    book: DeedBook
    store: Store

    def draft(self, request: Any) -> tuple[Deed, bool]:
        """A deed to be signed, and whether it is new. Blocks.

        Raises:
            PostError: it is malformed, or not of a sale as it stands.
        """
        act = request.get("act") if type(request) is dict else None
        record = ACTS.get(act) if type(act) is str else None
        if record is None:
            raise malformed("body.act", f"must be one of {', '.join(ACTS)}")
        read = record.read(request, "body")
        terms = terms_of(read["terms"])
        if self.clock.now_s() > terms.settle_by:
            raise PostError(Code.SLIP_EXPIRED, "the sale would have had to be settled already")
        slip = self._slip(str(act), read, terms)
        id_ = slip.digest(self.domain)
        body = request | {"terms": terms.plain()}
        new = self.book.draft(id_, str(act), body, self._parties(str(act), terms))
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

    def sign(self, request: Any, path: str) -> tuple[Deed, bool]:
        """A party's signature, checked and kept; the deed, and whether the signature is new. Blocks.

        Raises:
            PostError: the signature is not that of a party, or there is no such deed.
        """
        id_, party, signature = read_signing(request, path)
        deed = self.get(id_)
        if party not in deed.parties:
            raise PostError(Code.NOT_A_PARTY, "this account does not sign that deed")
        key = str(self.residents.read(self.rpc, "currentKeyOf", party))
        signature = plain_or_same(signature, id_, key)
        if false_claims(self.rpc, [Claim(key, id_, signature, ERC1271_GAS)]):
            raise PostError(Code.INVALID_SIGNATURE, "the deed is not signed by that party")
        new = self.book.sign(id_, party, signature)
        deed = self.get(id_)
        if deed.act == "rescission" and deed.is_complete:
            signatures = [deed.signatures[it] for it in deed.parties]
            self.store.receive([rescission_slip(deed.id, party, deed.body, signatures)])
        return deed, new

    def _slip(self, act: str, read: dict[str, Any], terms: SaleTerms) -> Slip:
        if act == "compromis":
            return deeds.compromis(terms)
        sale = read["sale"]
        in_force = self.conveyance.read(self.rpc, "saleOf", sale)[0]
        if not any(in_force):
            raise PostError(Code.REFUSED_BY_CONTRACT, "there is no such sale")
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
        return [_checksum(it) for it in deeds.consenting(terms, charges)]


def read_signing(request: Any, path: str) -> tuple[bytes, str, bytes]:
    """The deed, the party and the signature of a slip of kind `deed`.

    Raises:
        PostError: it is malformed.
    """
    for name in request.keys() - {"kind", "message", "signature"}:
        raise malformed(path, f"takes no member {name[:40]!r}")
    for name in {"message", "signature"} - request.keys():
        raise malformed(f"{path}.{name}", "is missing")
    message = SIGNING.read(request["message"], f"{path}.message")
    return message["deed"], message["party"], SIGNATURE.read(request["signature"], f"{path}.signature")


def terms_of(read: dict[str, Any]) -> SaleTerms:
    """The terms that were read, as the library has them."""

    def rows(name: str) -> list[tuple[Any, ...]]:
        return [tuple(int(it) if key == "kind" else it for key, it in row.items()) for row in _ordered(read, name)]

    loan = read["loan"]
    return SaleTerms.of(
        [
            *(read[name] for name in _NUMBERS),
            read["documentHash"],
            (loan["lender"], loan["amount_cents"], loan["dueDay"]),
            *(rows(name) for name in ("sold", "bought", "fees", "payoffs", "funding")),
        ]
    )


def schemas() -> dict[str, Schema]:
    """Of deeds, for the API's description."""
    return {
        "SaleTerms": TERMS.schema,
        "DeedRequest": {"oneOf": [_with_terms(record.schema) for record in ACTS.values()]},
        "Deed": an(
            {
                "id": DIGEST,
                "act": choice(*ACTS).schema,
                "sale": maybe(UINT256.schema),
                "from": maybe(DIGEST),
                "terms": ref("SaleTerms"),
                "parties": many(ADDRESS.schema),
                "signed": many(ADDRESS.schema),
                "complete": {"type": "boolean"},
                "signatures": many(maybe(SIGNATURE.schema)),
                "draftedAt": WHOLE,
            }
        ),
        "Deeds": an({"deeds": many(ref("Deed"))}),
    }


def _with_terms(schema: Schema) -> Schema:
    return schema | {"properties": schema["properties"] | {"terms": ref("SaleTerms")}}


_ORDER = {"sold": _RIGHT, "bought": _RIGHT, "fees": _PAYMENT, "payoffs": _PAYOFF, "funding": _PAYMENT}


def _ordered(read: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [{member: row[member] for member in _ORDER[name].members} for row in read[name]]


def _checksum(address: str) -> str:
    return str(ADDRESS.read(address, "party"))
