"""Payment requests: what a till shows as a QR code, without storage, and what makes a request payable once.

A request is named by its hash, the EIP-712 struct hash of

    PaymentRequest(uint256 chainId,address currency,address payee,uint256 amount,string memo,
                   uint256 validBefore,bytes32 salt)

The salt makes two requests for the same coffee differ. Whoever pays it spends a **nonce** of her own,

    keccak256(abi.encode(payee, amount, hash))

by a slip that carries it (ERC-3009), or by her own transaction, `payRequest(payee, amount, hash)`, which makes it: one
payer pays one request once, however she pays, and nobody's payment keeps another from paying. The payee finds
`AuthorizationUsed(payer, nonce)` in both.

The QR holds an ERC-681 URI of that call, which a wallet that knows nothing of requests can pay as it is:

    ethereum:<currency>@<chain id>/payRequest?address=<payee>&uint256=<cents>&bytes32=<hash>&memo=…&before=…&salt=…

Beffroi's dApp reads the last three too, computes the hash again, and offers to sign a slip. A URI whose hash is not its
request's is refused: nobody can change the amount or the payee behind the payer's back.
"""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from eth_abi.abi import encode
from eth_utils.address import is_address, to_checksum_address
from eth_utils.crypto import keccak

from beffroi.eip712 import Slip, SlipType
from beffroi.errors import InputError
from beffroi.slips import FOREVER, transfer

PAYMENT_REQUEST = SlipType(
    "PaymentRequest(uint256 chainId,address currency,address payee,uint256 amount,string memo,"
    "uint256 validBefore,bytes32 salt)"
)
MEMO_BYTES = 200  # a QR that a phone reads at arm's length
URI = re.compile(r"ethereum:(?:pay-)?(0x[0-9a-fA-F]{40})@([0-9]+)/payRequest\?(.+)")
FIELDS = ("address", "uint256", "bytes32", "memo", "before", "salt")


class RequestError(InputError):
    """What was scanned is not a payment request, or was changed."""


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A request to be paid.

    Attributes:
        chain_id: EIP-155.
        currency: LocalCurrency.
        payee: who is to be paid.
        amount_cents: more than 0.
        memo: what for, at most 200 bytes; the payer sees it, the chain does not.
        before_s: unix seconds before which a slip pays it; `FOREVER` for no deadline.
        salt: 32 bytes.
    """

    chain_id: int
    currency: str
    payee: str
    amount_cents: int
    memo: str = ""
    before_s: int = FOREVER
    salt: bytes = bytes(32)

    def __post_init__(self) -> None:
        if not (is_address(self.currency) and is_address(self.payee)):
            raise RequestError("a request names a currency and a payee by address")
        if not 0 < self.chain_id < 2**256:
            raise RequestError(f"{self.chain_id} is no chain")
        if not 0 < self.amount_cents < 2**80:
            raise RequestError(f"{self.amount_cents} cents cannot be paid")
        if not 0 < self.before_s <= FOREVER:
            raise RequestError(f"{self.before_s} is no time")
        if len(self.memo.encode()) > MEMO_BYTES:
            raise RequestError(f"the memo has {len(self.memo.encode())} bytes, {MEMO_BYTES} at most")
        if len(self.salt) != 32:
            raise RequestError(f"the salt has {len(self.salt)} bytes, not 32")

    @property
    def hash(self) -> bytes:
        """Its name, and the reference of a payment without a slip: 32 bytes."""
        return PAYMENT_REQUEST.hash_struct((
            self.chain_id, self.currency, self.payee, self.amount_cents, self.memo, self.before_s, self.salt
        ))  # fmt: skip

    @property
    def nonce(self) -> bytes:
        """What whoever pays it spends, 32 bytes: keccak256 of payee, amount and reference, as ICurrencySlips says."""
        words = [to_checksum_address(self.payee), self.amount_cents, self.hash]
        nonce: bytes = keccak(encode(["address", "uint256", "bytes32"], words))
        return nonce

    def uri(self) -> str:
        """What the QR holds."""
        query = {
            "address": to_checksum_address(self.payee),
            "uint256": str(self.amount_cents),
            "bytes32": "0x" + self.hash.hex(),
            "memo": self.memo,
            "before": "" if self.before_s == FOREVER else str(self.before_s),
            "salt": "0x" + self.salt.hex(),
        }
        shown = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items() if value)
        return f"ethereum:{to_checksum_address(self.currency)}@{self.chain_id}/payRequest?{shown}"

    def slip(self, payer: str) -> Slip:
        """What the payer signs: an ERC-3009 transfer with the request's nonce."""
        return transfer(payer, self.payee, self.amount_cents, int.from_bytes(self.nonce), before_s=self.before_s)


def ask(
    chain_id: int, currency: str, payee: str, amount_cents: int, memo: str = "", before_s: int = FOREVER
) -> PaymentRequest:
    """A request that differs from every other.

    Raises:
        RequestError: it could not be paid.
    """
    return PaymentRequest(chain_id, currency, payee, amount_cents, memo, before_s, secrets.token_bytes(32))


def parse(uri: str) -> PaymentRequest:
    """The request that a QR holds.

    Raises:
        RequestError: it is none, something in it stands twice, or its hash is another request's.
    """
    match = URI.fullmatch(uri)
    if match is None:
        raise RequestError("not a payment request: ethereum:<currency>@<chain id>/payRequest?… is expected")
    pairs = parse_qsl(match[3], keep_blank_values=True)
    query = dict(pairs)
    if len(query) != len(pairs) or not {"address", "uint256", "bytes32", "salt"} <= query.keys() <= set(FIELDS):
        raise RequestError("the request lacks a field, or has one twice or too many")
    try:
        request = PaymentRequest(
            chain_id=_digits(match[2]),
            currency=to_checksum_address(match[1]),
            payee=to_checksum_address(query["address"]),
            amount_cents=_digits(query["uint256"]),
            memo=query.get("memo", ""),
            before_s=_digits(query["before"]) if "before" in query else FOREVER,
            salt=bytes.fromhex(query["salt"].removeprefix("0x")),
        )
    except RequestError:
        raise
    except ValueError as error:
        raise RequestError(f"the request cannot be read: {error}") from error
    if "0x" + request.hash.hex() != query["bytes32"].lower():
        raise RequestError("the request was changed: its hash is another's")
    return request


def _digits(text: str) -> int:
    if not re.fullmatch("[0-9]{1,78}", text):
        raise RequestError(f"{text[:80]!r} is not a number")
    return int(text)
