"""Issuing to many, resumed by reference.

A list of grants is issued in parts, each under its own reference: the hash of the euro receipt's and of the part's
number. What carries a used reference is not issued again. If the list changed in between, the chain's own record of
that part shows it, and the run is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.errors import StateError

AT_ONCE = 500
"""Grants in one part: never changed once used, since the parts' references follow from it. Some 5 million gas."""

ZERO = "0x" + "00" * 20


class IssueChangedError(StateError):
    """A part was issued for other accounts or amounts than the list has now; nothing was sent."""


class NotCoveredError(StateError):
    """The attested reserve does not cover what is left to issue; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Money for an account.

    Attributes:
        account: checksummed address.
        amount_cents: more than 0.
    """

    account: str
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Part:
    """Grants that are issued together.

    Attributes:
        ref: its reference on chain, 32 bytes.
        grants: at most `AT_ONCE`.
    """

    ref: bytes
    grants: tuple[Grant, ...]

    @property
    def amount_cents(self) -> int:
        """What it issues."""
        return sum(it.amount_cents for it in self.grants)


@dataclass(frozen=True)
class Issue:
    """What issuing a list would do, before anything is sent.

    Attributes:
        to_issue: parts whose reference was never used.
        already: parts that are on chain, for the same accounts and amounts.
    """

    to_issue: list[Part]
    already: list[Part]


def reference(text: str) -> bytes:
    """The 32 bytes that stand for a receipt, an invoice or a bank transfer on chain: keccak of the text in UTF-8.

    A reference that is already 32 bytes in hexadecimal (`0x…`) stands for itself.
    """
    if text.startswith("0x") and len(text) == 66:
        return bytes.fromhex(text[2:])
    return keccak(text=text)


def parts(grants: Sequence[Grant], receipt: bytes) -> list[Part]:
    """The parts of a list, in its order; part k's reference is keccak(abi.encode(receipt, k))."""
    return [
        Part(keccak(encode(["bytes32", "uint256"], [receipt, number])), tuple(grants[start : start + AT_ONCE]))
        for number, start in enumerate(range(0, len(grants), AT_ONCE))
    ]


def compare(rpc: Rpc, currency: Contract, grants: Sequence[Grant], receipt: bytes, first: int = 0) -> Issue:
    """What is left to issue.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        grants: the whole list, in the order of the first run.
        receipt: the reference of the euro receipt, 32 bytes.
        first: a block at or before the currency's own.

    Raises:
        IssueChangedError: the list is not the one that was begun.
        NotCoveredError: the reserve does not cover the rest.
    """
    listed = parts(grants, receipt)
    used = currency.reads(rpc, "referenceUsed", [(part.ref,) for part in listed])
    already = [part for part, is_used in zip(listed, used, strict=True) if is_used]
    if already:
        _require_same(rpc, currency, already, first)
    to_issue = [part for part, is_used in zip(listed, used, strict=True) if not is_used]
    supply, reserve, owed = currency.read(rpc, "books")
    wanted, available = sum(part.amount_cents for part in to_issue), max(0, reserve - owed - supply)
    if wanted > available:
        raise NotCoveredError(
            f"{wanted / 100:,.2f} is left to issue and the attested reserve covers {available / 100:,.2f}: "
            f"have the auditor attest {(wanted - available) / 100:,.2f} more, or issue less"
        )
    return Issue(to_issue, already)


def issue(
    rpc: Rpc,
    currency: Contract,
    treasurer: Signer,
    to_issue: Sequence[Part],
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Issues the parts that `compare` found missing; all or nothing for each part.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        treasurer: who holds that role.
        to_issue: from `compare`.
        progress: called with the number of grants issued since the last call.

    Returns:
        One outcome for each part.

    Raises:
        RevertsError: a part cannot be issued so, in words.
        NotFundedError: the treasurer cannot pay.
        RpcUnreachableError: the node does not answer; start again, nothing is issued twice.
    """
    orders = [
        Order(
            treasurer,
            currency.address,
            currency.encode(
                "issueBatch", [it.account for it in part.grants], [it.amount_cents for it in part.grants], part.ref
            ),
            purpose=f"issue {part.amount_cents / 100:,.2f} to {len(part.grants)} from {part.grants[0].account} on",
        )
        for part in to_issue
    ]
    sizes = iter([len(part.grants) for part in to_issue])
    return carry_out(rpc, orders, progress=lambda ended: progress(sum(next(sizes) for _ in range(ended))))


def _require_same(rpc: Rpc, currency: Contract, already: Sequence[Part], first: int) -> None:
    by_ref = {event.args["ref"]: event.transaction for event in currency.events(rpc, "Issued", first=first)}
    for part in already:
        receipt = rpc.call("eth_getTransactionReceipt", by_ref[part.ref])
        issued = tuple(
            Grant(event.args["to"], event.args["value"])
            for event in currency.logged(receipt, "Transfer")
            if event.args["from"] == ZERO
        )
        if issued != part.grants:
            raise IssueChangedError(
                f"{by_ref[part.ref]} already issued {len(issued)} grants under this reference, not those "
                f"listed now from {part.grants[0].account} on: use the list of the first run, or another reference"
            )
