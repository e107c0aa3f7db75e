"""Issuing to many under one euro receipt, resumed by reference.

A list of grants is issued in parts. The first part's reference is the receipt itself, so that the contract lets no
other list begin under it; those of the others commit to receipt, list and length. The first part's calldata ends with
the same commitment, which the contract does not read: a run that is started again finds there which list was begun, and
refuses any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from beffroi.chain.bulk import Progress, carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.order import Order, OrderState, Outcome
from beffroi.chain.rpc import Rpc
from beffroi.chain.transaction import Signer
from beffroi.errors import InputError, StateError
from beffroi.units import euros

HEX_LENGTH = 66
GRANTS_IN_PART = 500
"""Grants in one part: never changed once used, since the parts' references follow from it. Some 5 million gas."""


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
class GrantPart:
    """Grants that are issued together.

    Attributes:
        ref: its reference on chain, 32 bytes.
        grants: at most `GRANTS_IN_PART`.
        commitment: to the receipt and the whole list, 32 bytes.
    """

    ref: bytes
    grants: tuple[Grant, ...]
    commitment: bytes

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

    to_issue: list[GrantPart]
    already: list[GrantPart]


def reference(text: str) -> bytes:
    """The 32 bytes that stand for a receipt, an invoice or a bank transfer on chain: keccak of the text in UTF-8.

    A reference that is already 32 bytes in hexadecimal (`0x…`) stands for itself.

    Raises:
        InputError: it looks like 32 bytes in hexadecimal, and is not.
    """
    if not (text.startswith(("0x", "0X")) and len(text) == HEX_LENGTH):
        return keccak(text=text)
    if not re.fullmatch("0x[0-9a-fA-F]{64}", text):
        raise InputError(f"{text!r} begins like a reference in hexadecimal, and has other digits than 0-9 and a-f")
    return bytes.fromhex(text[2:])


def parts(grants: Sequence[Grant], receipt: bytes) -> list[GrantPart]:
    """The parts of a list, in its order.

    The list's commitment is c = keccak(abi.encode(receipt, accounts, amounts)). The first part's reference is the
    receipt, part k's from then on keccak(abi.encode(c, k)).
    """
    listed = [receipt, *_columns(grants)]
    commitment = keccak(encode(["bytes32", "address[]", "uint256[]"], listed))
    return [
        GrantPart(
            keccak(encode(["bytes32", "uint256"], [commitment, number])) if number else receipt,
            tuple(grants[start : start + GRANTS_IN_PART]),
            commitment,
        )
        for number, start in enumerate(range(0, len(grants), GRANTS_IN_PART))
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
    used = currency.reads(rpc, "isReferenceUsed", [(part.ref,) for part in listed])
    already = [part for part, is_used in zip(listed, used, strict=True) if is_used]
    if used and used[0]:
        _require_same(rpc, currency, listed[0], first)
    to_issue = [part for part, is_used in zip(listed, used, strict=True) if not is_used]
    supply, reserve, owed = currency.read(rpc, "books")
    wanted, available = sum(part.amount_cents for part in to_issue), max(0, reserve - owed - supply)
    if wanted > available:
        raise NotCoveredError(
            f"{euros(wanted)} is left to issue and the attested reserve covers {euros(available)}: "
            f"have the auditor attest {euros(wanted - available)} more, or issue less"
        )
    return Issue(to_issue, already)


def issue(
    rpc: Rpc,
    currency: Contract,
    treasurer: Signer,
    to_issue: Sequence[GrantPart],
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
    outcomes: list[Outcome] = []
    # The first part opens the receipt: unless it is in a block, another list might be begun under it.
    for some in (to_issue[:1], to_issue[1:]):
        sizes = iter([len(part.grants) for part in some])
        orders = [_order(currency, treasurer, part) for part in some]
        outcomes += carry_out(rpc, orders, progress=_counting(progress, sizes))
        if any(it.state != OrderState.DONE for it in outcomes):
            break
    return outcomes


def _counting(progress: Progress, sizes: Iterator[int]) -> Progress:
    return lambda ended: progress(sum(next(sizes) for _ in range(ended)))


def _columns(grants: Sequence[Grant]) -> tuple[list[str], list[int]]:
    """Accounts and amounts, as the contract takes them."""
    return [it.account for it in grants], [it.amount_cents for it in grants]


def _order(currency: Contract, treasurer: Signer, part: GrantPart) -> Order:
    data = currency.encode("issueBatch", *_columns(part.grants), part.ref) + part.commitment
    purpose = f"issue {euros(part.amount_cents)} to {len(part.grants)} from {part.grants[0].account} on"
    return Order(treasurer, currency.address, data, purpose=purpose)


def _require_same(rpc: Rpc, currency: Contract, opening: GrantPart, first: int) -> None:
    """The transaction that used the receipt is this list's."""
    issues = list(currency.events(rpc, "Issued", first=first, about=int.from_bytes(opening.ref)))
    if not issues:
        raise IssueChangedError(
            "this reference is used, and no issue under it is found: it settled redemptions, or the node lacks its "
            "logs; use another reference, or ask another node"
        )
    for event in issues:
        begun = rpc.call("eth_getTransactionByHash", event.transaction)
        if begun is None or opening.commitment.hex() not in begun["input"]:
            raise IssueChangedError(
                f"{event.transaction} already issued {euros(event.args['amount_cents'])} of another list "
                "under this reference: use the list of the first run, or another reference"
            )
