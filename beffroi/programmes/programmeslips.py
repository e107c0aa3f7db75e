"""What is signed of a programme, as `ProgrammeSlips` hashes it. Pure."""

from beffroi.eip712 import Slip, SlipType

SPEND = SlipType("Spend(bytes32 programme,address holder,address merchant,uint32 units,uint16 nonce,uint40 deadline)")
GRANT = SlipType("Grant(bytes32 programme,address granter,address holder,uint32 units,bytes32 act,uint256 deadline)")
FUND = SlipType("Fund(bytes32 programme)")
REFUND = SlipType("Refund(Spend spend,uint32 units)", (SPEND,))
HOLDER_KEY = SlipType("HolderKey(bytes32 programme,string warning)")
WARNING = "Whoever has this signature spends my aid. I sign it on my town's page alone."
"""What a wallet shows of a message that no contract takes."""


def spend_slip(programme: bytes, holder: str, merchant: str, units: int, nonce: int, deadline_s: int) -> Slip:
    """Units that a holder spends, which anyone posts.

    Args:
        programme: its name, 32 bytes.
        holder: the key that signs.
        merchant: who is paid.
        units: how many, below 2³².
        nonce: any that did not serve, and is not 64 or more below the highest that did; below 2¹⁶.
        deadline_s: the last unix second at which it is posted; it lies in the period whose allowance is spent.
    """
    return SPEND.of(programme, holder, merchant, units, nonce, deadline_s)


def grant_slip(programme: bytes, granter: str, holder: str, units: int, act: bytes, deadline_s: int) -> Slip:
    """Units that a granter adds to a key's, once for an act.

    Args:
        programme: its name, 32 bytes.
        granter: who has an allowance; the key that is in force signs.
        holder: the key that may spend more.
        units: how many, below 2³².
        act: the hash of what they are granted for, 32 bytes.
        deadline_s: the last unix second at which it is posted.
    """
    return GRANT.of(programme, granter, holder, units, act, deadline_s)


def holder_key_slip(programme: bytes) -> Slip:
    """What a wallet signs to make its holder's key: a seed, and no act.

    Args:
        programme: its name, 32 bytes.
    """
    return HOLDER_KEY.of(programme, WARNING)


def fund_purpose(programme: bytes) -> bytes:
    """What a currency slip that funds a programme pays for, 32 bytes, as `beffroi.slips.till_nonce` takes it."""
    return FUND.of(programme).struct_hash


def refund_purpose(spend: Slip, units: int) -> bytes:
    """What a merchant's currency slip pays for that gives back units of a spend; as `fund_purpose`."""
    return REFUND.of(spend.values, units).struct_hash
