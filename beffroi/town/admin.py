"""What a town on chain says of ADMIN: who it is, and how long it waits."""

from beffroi.chain.contract import Contract
from beffroi.chain.create2 import code_at
from beffroi.chain.rpc import Rpc
from beffroi.town.fields import Office


def admin_delay_s(rpc: Rpc, town: str, account: str) -> int | None:
    """How long an account's acts as ADMIN of a town wait; None for whoever is not, and of a town that is not there."""
    if not code_at(rpc, town):
        return None
    is_member, delay_s = Contract.built("Town", town).read(rpc, "hasRole", int(Office.ADMIN), account)
    return int(delay_s) if is_member else None


def is_admin(rpc: Rpc, town: str, account: str) -> bool:
    """Whether an account is ADMIN of a town; of a town that is not there, nobody is."""
    return admin_delay_s(rpc, town, account) is not None


def grant_delay_s(rpc: Rpc, town: str, office: Office) -> int:
    """How long an appointment to an office of a town that stands waits."""
    return int(Contract.built("Town", town).read(rpc, "getRoleGrantDelay", int(office)))
