"""A town on a chain, made with plain transactions: the three contracts, wired, and an actor for each office."""

from dataclasses import dataclass

from eth_abi.abi import encode

from beffroi.chain.artifacts import artifact
from beffroi.chain.bulk import carry_out
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.order import Order, OrderState
from beffroi.chain.rpc import Rpc

ETHER = 10**18
REGISTRAR, TREASURER, AUDITOR, COURT, GUARDIAN = 1, 2, 3, 4, 5
COMMONS, PROFESSIONAL = 4, 2

POWERS = {
    ("Residents", REGISTRAR): ["enrol", "suspend", "reinstate", "depart", "proposeRecovery", "withdrawRecovery"],
    ("LocalCurrency", TREASURER): ["issue", "issueBatch", "settle"],
    ("LocalCurrency", AUDITOR): ["attestReserve"],
    ("LocalCurrency", COURT): ["freeze", "unfreeze"],
    ("LocalCurrency", GUARDIAN): ["pause", "resume"],
}


@dataclass(frozen=True)
class TownHall:
    """A town that lives: its contracts and the keys of its offices."""

    rpc: Rpc
    town: Contract
    residents: Contract
    currency: Contract
    mayor: Key
    registrar: Key
    treasurer: Key
    auditor: Key
    court: Key
    guardian: Key
    commons: Key

    def does(self, who: Key, contract: Contract, function: str, *args: object, gas: int = 2_000_000) -> dict:
        """Carries one act out and gives its receipt; an act that fails fails the test."""
        order = Order(who, contract.address, contract.encode(function, *args), gas, function)
        (outcome,) = carry_out(self.rpc, [order])
        assert outcome.state == OrderState.DONE, outcome.reason
        return outcome.receipt


def found(rpc: Rpc, name: str = "town") -> TownHall:
    """Founds a town: one actor per office, an enrolled commons account, redemption at 5 % for professionals."""
    offices = ["mayor", "registrar", "treasurer", "auditor", "court", "guardian", "commons"]
    keys = {office: Key.derived(name, office) for office in offices}
    fund(rpc, keys.values())
    mayor = keys["mayor"]
    town = _create(rpc, mayor, "Town", encode(["address"], [mayor.address]))
    residents = _create(rpc, mayor, "Residents", encode(["address", "uint64"], [town.address, 14 * 86_400]))
    charter = ("Beffroi", "BEF", town.address, residents.address, keys["commons"].address, 1 << PROFESSIONAL, 500, 0)
    currency = _create(
        rpc,
        mayor,
        "LocalCurrency",
        encode(["(string,string,address,address,address,uint8,uint16,uint128)"], [charter]),
    )
    hall = TownHall(rpc, town, residents, currency, **keys)
    _wire(hall)
    return hall


def fund(rpc: Rpc, keys) -> None:
    """Gives each some ether: Anvil's gift, where a chain would want real money."""
    rpc.batch([("anvil_setBalance", [key.address, hex(10_000 * ETHER)]) for key in keys])


def _wire(hall: TownHall) -> None:
    contracts = {"Residents": hall.residents, "LocalCurrency": hall.currency}
    holders = {REGISTRAR: hall.registrar, TREASURER: hall.treasurer, AUDITOR: hall.auditor}
    holders |= {COURT: hall.court, GUARDIAN: hall.guardian}
    for role, holder in holders.items():
        hall.does(hall.mayor, hall.town, "grantRole", role, holder.address, 0)
    for (name, role), functions in POWERS.items():
        contract = contracts[name]
        selectors = [
            contract.encode(it["name"], *[_any(p["type"]) for p in it["inputs"]])[:4]
            for it in contract.abi
            if it.get("name") in functions and it["type"] == "function"
        ]
        hall.does(hall.mayor, hall.town, "setTargetFunctionRole", contract.address, selectors, role)
    hall.does(hall.mayor, hall.residents, "addFollower", hall.currency.address)
    hall.does(hall.registrar, hall.residents, "enrol", COMMONS, [hall.commons.address], [])


def _any(kind: str) -> object:
    if kind.endswith("[]"):
        return []
    return {"address": "0x" + "11" * 20, "bytes32": bytes(32)}.get(kind, 1)


def _create(rpc: Rpc, who: Key, name: str, arguments: bytes) -> Contract:
    code = artifact(name).initcode + arguments
    transaction = {"from": who.address, "data": "0x" + code.hex(), "gas": hex(12_000_000)}
    rpc.call("anvil_impersonateAccount", who.address)
    receipt = None
    sent = rpc.call("eth_sendTransaction", transaction)
    while receipt is None:
        receipt = rpc.call("eth_getTransactionReceipt", sent)
    assert receipt["status"] == "0x1", name
    return Contract.built(name, receipt["contractAddress"])
