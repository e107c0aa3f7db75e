"""What parties to a sale sign, by eth-account's EIP-712: a part of make_land."""

import random

from eth_abi import encode
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_checksum_address

SALES = 8
CHAIN_ID, CONVEYANCE = 31337, "0x00000000000000000000000000000000000c0DE5"

EIP712_DOMAIN = [("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address")]
TYPES = {
    "Loan": [("lender", "address"), ("amount_cents", "uint256"), ("dueDay", "uint256")],
    "Payment": [("account", "address"), ("amount_cents", "uint256")],
    "Payoff": [("charge", "uint256"), ("paid_cents", "uint256"), ("stays", "bool")],
    "Right": [("holder", "address"), ("kind", "uint8"), ("shares", "uint24")],
    "Terms": [
        *((name, "uint256") for name in ("title", "version", "price_cents", "tax_cents", "deposit_cents")),
        *((name, "uint256") for name in ("usufruct_bps", "conditions", "depositBy", "retractUntil", "conditionsBy")),
        ("settleBy", "uint256"), ("documentHash", "bytes32"), ("loan", "Loan"), ("sold", "Right[]"),
        ("bought", "Right[]"), ("fees", "Payment[]"), ("payoffs", "Payoff[]"), ("funding", "Payment[]"),
    ],
    "Compromis": [("terms", "Terms")],
    "Amendment": [("sale", "uint256"), ("from", "bytes32"), ("terms", "Terms")],
    "Deed": [("sale", "uint256"), ("terms", "Terms")],
    "Rescission": [("sale", "uint256")],
    "Retraction": [("sale", "uint256")],
}  # fmt: skip


def account(number: int) -> str:
    """An address that nobody holds, checksummed."""
    return to_checksum_address(keccak(text=f"account {number}")[:20])


def amounts(chance: random.Random, name: str, kinds: list[tuple[str, str]], least: int) -> list[dict[str, object]]:
    """Members of a list in terms of sale."""

    def value(kind: str) -> object:
        if kind == "address":
            return account(chance.randint(0, 50))
        return chance.random() < 0.5 if kind == "bool" else chance.randint(0, 10 ** chance.randint(0, 12))

    one = {"kind": lambda: chance.randint(0, 2), "shares": lambda: chance.randint(0, 2**24 - 1)}
    return [
        {member: one[member]() if name == "Right" and member in one else value(kind) for member, kind in kinds}
        for _ in range(chance.randint(least, 4))
    ]


def terms_of(chance: random.Random) -> dict[str, object]:
    """Terms as they may come: whether they make sense is not what a hash knows."""
    terms: dict[str, object] = {}
    for member, kind in TYPES["Terms"]:
        if kind == "uint256":
            terms[member] = chance.randint(0, 10 ** chance.randint(0, 30))
        elif kind == "bytes32":
            terms[member] = keccak(text=str(chance.random()))
        elif kind == "Loan":
            terms[member] = {
                "lender": account(chance.randint(0, 9)),
                "amount_cents": chance.randint(0, 10**9),
                "dueDay": 30_000,
            }
        else:
            terms[member] = amounts(chance, kind[:-2], TYPES[kind[:-2]], 0)
    return terms


def digest(purpose: str, message: dict[str, object]) -> bytes:
    """EIP-712 by eth-account, which knows nothing of this project."""
    over_terms = any(kind == "Terms" for _, kind in TYPES[purpose])
    used = [*(("Loan", "Payment", "Payoff", "Right", "Terms") if over_terms else ()), purpose]
    signable = encode_typed_data(
        full_message={
            "types": {
                "EIP712Domain": [{"name": name, "type": kind} for name, kind in EIP712_DOMAIN],
                **{struct: [{"name": name, "type": kind} for name, kind in TYPES[struct]] for struct in used},
            },
            "domain": {"name": "Conveyance", "version": "1", "chainId": CHAIN_ID, "verifyingContract": CONVEYANCE},
            "primaryType": purpose,
            "message": message,
        }
    )
    return keccak(b"\x19" + signable.version + signable.header + signable.body)


def abi(kind: str) -> str:
    """The type as a tuple of the ABI."""
    if kind.endswith("[]"):
        return abi(kind[:-2]) + "[]"
    return f"({','.join(abi(member) for _, member in TYPES[kind])})" if kind in TYPES else kind


def plain(kind: str, value: object) -> object:
    """The value as the ABI takes it."""
    if kind.endswith("[]"):
        return [plain(kind[:-2], member) for member in value]
    return tuple(plain(member, value[name]) for name, member in TYPES[kind]) if kind in TYPES else value


def spelt(value: object) -> object:
    """As JSON: numbers as text, bytes as 0x-hex."""
    if isinstance(value, dict):
        return {name: spelt(member) for name, member in value.items()}
    if isinstance(value, list):
        return [spelt(member) for member in value]
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def deeds(chance: random.Random) -> list[dict[str, object]]:
    """What parties to a sale sign, five ways."""
    rows = []
    for number in range(SALES):
        terms, sale, from_ = terms_of(chance), chance.randint(0, 2**128), keccak(text=f"from {number}")
        rows.append(
            {
                "sale": str(sale),
                "from": "0x" + from_.hex(),
                "terms": spelt(terms),
                "abi": "0x" + encode([abi("Terms")], [plain("Terms", terms)]).hex(),
                "compromis": spelt(digest("Compromis", {"terms": terms})),
                "amendment": spelt(digest("Amendment", {"sale": sale, "from": from_, "terms": terms})),
                "deed": spelt(digest("Deed", {"sale": sale, "terms": terms})),
                "rescission": spelt(digest("Rescission", {"sale": sale})),
                "retraction": spelt(digest("Retraction", {"sale": sale})),
            }
        )
    return rows
