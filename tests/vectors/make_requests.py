"""Writes tests/vectors/payment-requests.json: requests that Python made, for the dApp to read and to write the same."""

import json
from pathlib import Path

from beffroi.chain.keys import Key
from beffroi.currency.requests import PaymentRequest
from beffroi.slips import FOREVER

MEMOS = ("", "2 cafés & une «tarte»?", "100 % + 1 = (a*b)!'~", '=1+1;"x"\n', "日本 🏰", "é" * 100)
AMOUNTS_CENTS = (1, 1250, 2**80 - 1)


def vectors() -> list[dict[str, str]]:
    """Every memo with every amount, deadlines and chains in turn."""
    made = []
    for place, (memo, amount) in enumerate((memo, amount) for memo in MEMOS for amount in AMOUNTS_CENTS):
        request = PaymentRequest(
            (31337, 1, 10200)[place % 3],
            Key.derived("requests", "currency").address,
            Key.derived("requests", place).address,
            amount,
            memo,
            (FOREVER, 1_900_000_000)[place % 2],
            Key.derived("salt", place).secret,
        )
        made.append(
            {
                "chainId": str(request.chain_id),
                "currency": request.currency,
                "payee": request.payee,
                "amount": str(request.amount_cents),
                "memo": request.memo,
                "before": str(request.before_s),
                "salt": "0x" + request.salt.hex(),
                "hash": "0x" + request.hash.hex(),
                "nonce": "0x" + request.nonce.hex(),
                "uri": request.uri(),
            }
        )
    return made


if __name__ == "__main__":
    target = Path(__file__).with_name("payment-requests.json")
    target.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
