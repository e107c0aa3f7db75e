"""Writes tests/vectors/credit.json: slips of a circle that Python made, for the dApp to make the same."""

import json
from pathlib import Path
from typing import Any

from beffroi.chain.keys import Key
from beffroi.credit.creditpaying import CreditPayment
from beffroi.credit.creditslips import credit_slip, mixed_slip, unvouch_slip, vouch_slip
from beffroi.eip712 import Domain, Slip
from beffroi.slips import FOREVER, permit

PAYER, PAYEE, CIRCLE, CURRENCY = (
    Key.derived("credit vectors", name).address for name in ("payer", "payee", "circle", "currency")
)
HERE = Domain("Crédit de Valombre", 31337, CIRCLE)
MONEY = Domain("Lys de Valombre", 31337, CURRENCY)
UNTIL_S = 1_900_000_000


def slips() -> list[tuple[Slip, Domain]]:
    """Each kind, for the least and for the most, and where its signature would be valid."""
    made = []
    for amount, nonce, ref in ((1, 0, bytes(32)), (2**33, 2**256 - 1, b"\xff" * 32)):
        made += [
            (credit_slip(PAYER, PAYEE, amount, nonce, ref, deadline_s=UNTIL_S), HERE),
            (mixed_slip(PAYER, PAYEE, amount, amount - 1, nonce, ref, deadline_s=UNTIL_S), HERE),
            (vouch_slip(PAYER, PAYEE, amount, UNTIL_S), HERE),
            (unvouch_slip(PAYER, PAYEE, amount, FOREVER), HERE),
            (permit(PAYER, CIRCLE, amount, nonce, deadline_s=UNTIL_S), MONEY),
        ]
    return made


def plain(value: Any) -> str:
    """As JSON has it: hex for bytes, decimal for numbers."""
    return f"0x{value.hex()}" if isinstance(value, bytes) else str(value)


def vectors() -> dict[str, Any]:
    """Slips with their digests, and the nonces under which references are paid once."""
    paid = [CreditPayment(PAYEE, amount, ref) for amount, ref in ((1, bytes(32)), (12_50, b"\7" * 32))]
    return {
        "slips": [
            {
                "type": slip.purpose,
                "domain": {"name": there.name, "chainId": there.chain_id, "contract": there.contract},
                "message": {name: plain(it) for name, it in slip.message.items()},
                "digest": plain(slip.digest(there)),
            }
            for slip, there in slips()
        ],
        "nonces": [
            {"to": it.to, "amount": str(it.amount), "ref": plain(it.ref), "nonce": str(it.nonce)} for it in paid
        ],
    }


if __name__ == "__main__":
    target = Path(__file__).with_name("credit.json")
    target.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
