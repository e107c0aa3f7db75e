"""Who cannot be given money, told before anything is sent."""

from collections.abc import Sequence

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc


def unable(rpc: Rpc, currency: Contract, accounts: Sequence[str]) -> dict[int, str]:
    """Why an account can receive nothing, by its place in the list.

    Args:
        rpc: the node.
        currency: LocalCurrency.
        accounts: checksummed.
    """
    found: dict[int, str] = {}
    for place, (_, kind, is_suspended, *_) in enumerate(currency.reads(rpc, "accountOf", [(it,) for it in accounts])):
        if not kind:
            found[place] = f"{accounts[place]} is not on the register: `ape run residents enrol` first"
        elif is_suspended:
            found[place] = f"{accounts[place]} is suspended, and can receive nothing"
    return found
