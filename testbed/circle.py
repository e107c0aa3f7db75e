"""A circle beside the town, whose file does not name it: mutual credit among people of its own, for tests."""

from dataclasses import dataclass
from typing import Any

from beffroi.chain.abi import encode_constructor, entry, selector
from beffroi.chain.artifacts import artifact
from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.create2 import PROXY, create2_address
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.credit.circle import CIRCLE, Circle
from beffroi.eip712 import Slip
from beffroi.residents import ResidentKind
from beffroi.town.fields import Office
from beffroi.units import DAY_S
from testbed.town import COMMONS, MAYOR, REGISTRAR, Town, fund

FLOOR, CEILING = 100_00, 500_00
WRITE_OFF_S = 90 * DAY_S
_SALT = b"circle".ljust(32, b"\0")


@dataclass(frozen=True)
class Members:
    """A circle in a town, and who trades in it.

    Attributes:
        town: where it is.
        circle: on chain.
    """

    town: Town
    circle: Circle

    def pays(self, payer: Key, payee: Key, amount: int, ref: bytes = bytes(32)) -> None:
        """One pays another in credit."""
        self.town.does(payer, self.circle.contract, "pay", payee.address, amount, ref)

    def vouches(self, voucher: Key, member: Key, amount: int) -> None:
        """One lends another a part of her limit."""
        self.town.does(voucher, self.circle.contract, "vouch", voucher.address, member.address, amount, 0, b"")

    def leaves(self, member: Key) -> None:
        """Someone leaves the town."""
        self.town.does(REGISTRAR, self.town.residents, "depart", member.address)

    def balance(self, member: Key) -> int:
        """What someone is owed."""
        return self.circle.standing(member.address).balance

    def signs(self, who: Key, slip: Slip) -> bytes:
        """Someone's signature over a slip for the circle."""
        return who.sign(slip.digest(self.circle.domain()))


def members(town: Town, *people: Key, **charter: Any) -> Members:
    """A circle that follows the register, with these citizens in it; the charter's other words by name."""
    said = {
        "name": "Circle",
        "authority": town.authority.address,
        "residents": town.residents.address,
        "currency": town.currency.address,
        "commons": COMMONS.address,
        "memberKinds": 1 << ResidentKind.CITIZEN,
        "floor": FLOOR,
        "ceiling": CEILING,
        "growth_bps": 1_000,
        "mostGrowth": 30_00,
        "writeOffDelay_s": WRITE_OFF_S,
        "isCleared": False,
    }
    built = artifact(CIRCLE)
    initcode = built.initcode + encode_constructor(CIRCLE, built.abi, {"charter": said | charter})
    (outcome,) = carry_out(town.rpc, [Order(MAYOR, PROXY, _SALT + initcode)])
    assert outcome.state == OrderState.DONE, outcome.reason
    circle = Circle(town.rpc, Contract.built(CIRCLE, create2_address(_SALT, initcode)), town.residents)
    for office, functions in ((Office.TREASURER, ("setLimits", "net")), (Office.AUDITOR, ("attestTransfer",))):
        selectors = [selector(entry(built.abi, "function", it)) for it in functions]
        town.does(MAYOR, town.authority, "setTargetFunctionRole", circle.contract.address, selectors, int(office))
    town.does(MAYOR, town.residents, "addFollower", circle.contract.address)
    town.does(MAYOR, town.residents, "inform", circle.contract.address, [COMMONS.address])
    fund(town.rpc, people)
    town.enrols(ResidentKind.CITIZEN, *people)
    return Members(town, circle)
