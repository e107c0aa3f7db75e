"""The contracts of land of a town on a chain: what they say of a title, and the acts of its offices.

An act that two offices concur in is the registrar's own call, whose hash the notary attests beforehand: `concur` has
both sign, `attest` and `LandContracts.send` let them act apart. An office whose acts must wait announces them first
(AccessManager's delay): `act` does either, whichever is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.land.deeds import KINDS, Right
from beffroi.land.parcels import ParcelId
from beffroi.town.manifest import Manifest
from beffroi.town.modules import module_of
from beffroi.units import DAY_S

UNDER_SALE, FROZEN, RETIRED = 2, 4, 8
"""The flags of a title."""
ATTESTED_S = 7 * DAY_S
"""How long an attestation serves."""


class LandError(InputError):
    """Something about land cannot be done; the message says why, and what to do."""


@dataclass(frozen=True)
class Title:
    """A title as it is stored.

    Attributes:
        id: the token id.
        owner: who holds the whole in full ownership; nobody's address when several hold it.
        area_m2: the area.
        whole: the shares that make a whole.
        version: counts every change of rights and every sale.
        flags: LIVE, UNDER_SALE, FROZEN, RETIRED, CAVEATED; none of them when there is no such title.
    """

    id: int
    owner: str
    area_m2: int
    whole: int
    version: int
    flags: int

    @property
    def exists(self) -> bool:
        """Whether it was ever issued."""
        return self.flags != 0


@dataclass(frozen=True)
class Charge:
    """A charge on a title.

    Attributes:
        creditor: as recorded; whoever lost a key is found under the new one by `Residents.currentKeyOf`.
        amount_cents: what is secured.
        due_day: days since 1970.
        number: of the inscription.
    """

    creditor: str
    amount_cents: int
    due_day: int
    number: int


@dataclass(frozen=True)
class LandContracts:
    """The contracts of land, and of what they stand on.

    Attributes:
        rpc: the node.
        town: the AccessManager.
        residents: the register of residents.
        money: the currency in which sales and taxes are paid.
        register: LandRegister.
        charges: Charges.
        planning: Planning.
        tax: LandTax.
        conveyance: Conveyance.
        conveyances: every contract of sales, the one that opens them first, then those it took over from.
        start_block: the town's first.
    """

    rpc: Rpc
    town: Contract
    residents: Contract
    money: Contract
    register: Contract
    charges: Contract
    planning: Contract
    tax: Contract
    conveyance: Contract
    conveyances: tuple[Contract, ...]
    start_block: int = 0

    @classmethod
    def at(cls, rpc: Rpc, manifest: Manifest) -> Self:
        """Those of a deployed town.

        Raises:
            LandError: it was deployed without `land`.
        """
        placed = {name: manifest.instances(name) for name in module_of("land").contracts}
        if missing := [name for name, instances in placed.items() if not instances]:
            raise LandError(
                f"{manifest.name} has no {', '.join(missing)} on chain {manifest.chain_id}: add the section `land` to "
                "its file (towns/example.yaml has one) and deploy again"
            )

        def built(name: str) -> list[Contract]:
            return [Contract.built(name, manifest.address(instance)) for instance in manifest.instances(name)]

        town, residents, register, charges, planning = (
            built(name)[0] for name in ("Town", "Residents", "LandRegister", "Charges", "Planning")
        )
        tax, conveyances = built("LandTax")[0], tuple(built("Conveyance"))
        money = Contract.built("LocalCurrency", to_checksum_address(tax.read(rpc, "token")))
        start_block = manifest.start_block
        return cls(
            rpc, town, residents, money, register, charges, planning, tax, conveyances[0], conveyances, start_block
        )

    def through(self, address: str) -> Self:
        """The same as a sale knows them that was opened by the contract of sales at this address.

        Raises:
            LandError: the town has no such contract.
        """
        conveyance = next((it for it in self.conveyances if it.address == address), None)
        if conveyance is None:
            there = ", ".join(it.address for it in self.conveyances)
            raise LandError(f"no sale is opened by {address} here: the town's are by {there}; choose its own town")
        tax, token = (to_checksum_address(conveyance.read(self.rpc, it)) for it in ("tax", "token"))
        return replace(
            self,
            money=Contract.built("LocalCurrency", token),
            tax=Contract.built("LandTax", tax),
            conveyance=conveyance,
        )

    def now_s(self) -> int:
        """The chain's clock, unix seconds."""
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)  # noqa: FBT003

    def is_founding(self) -> bool:
        """Whether the registrar still registers alone; from then on the notary attests each first registration."""
        return bool(self.now_s() < self.register.read(self.rpc, "foundingEndsAt"))

    def domain(self, contract: Contract) -> Domain:
        """Where a slip for a contract is valid, as the contract itself tells it (ERC-5267)."""
        _, name, version, chain_id, address, *_ = contract.read(self.rpc, "eip712Domain")
        return Domain(name, chain_id, to_checksum_address(address), version)

    def titles(self, ids: Sequence[int], block: int | str = "latest") -> list[Title]:
        """Titles as they are stored; one that was never issued has no flags."""
        stored = self.register.reads(self.rpc, "titleOf", [(it,) for it in ids], block=block)
        return [
            Title(id_, to_checksum_address(owner), area_m2, whole, version, flags)
            for id_, (owner, area_m2, whole, version, _, _, flags) in zip(ids, stored, strict=True)
        ]

    def title(self, parcel: ParcelId) -> Title:
        """The title on a parcel.

        Raises:
            LandError: there is none, or it was divided or merged away.
        """
        (found,) = self.titles([parcel.token_id])
        if not found.exists:
            raise LandError(f"{parcel} is not registered here: `ape run land register` or `import` registers parcels")
        if found.flags & RETIRED:
            raise LandError(f"{parcel} was divided or merged away: `ape run land title` tells into what")
        return found

    def rights(self, parcel: ParcelId, block: int | str = "latest") -> tuple[Right, ...]:
        """The rights on a title, by the keys under which they were recorded."""
        listed = self.register.read(self.rpc, "rightsOf", parcel.token_id, block=block)
        return tuple(Right(to_checksum_address(holder), KINDS[kind], shares) for holder, kind, shares in listed)

    def charges_on(self, parcel: ParcelId, block: int | str = "latest") -> tuple[Charge, ...]:
        """The charges on a title, by rank."""
        listed = self.charges.read(self.rpc, "chargesOf", parcel.token_id, block=block)
        return tuple(Charge(to_checksum_address(creditor), *rest) for creditor, *rest in listed)

    def send(self, who: Signer, contract: Contract, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        """One act, sent and confirmed; its receipt.

        Raises:
            TransactionFailedError: the contract refuses, in its words.
        """
        return Sender(self.rpc, who).send(Call(contract.address, contract.encode(function, *args), purpose))

    def act(
        self, who: Signer, contract: Contract, function: str, *args: Any, purpose: str, missing: bool = False
    ) -> dict[str, Any] | None:
        """One act of an office; where its acts must wait, announces it, and does it when called again after the delay.

        Args:
            who: holds the office.
            contract: called.
            function: of the contract.
            args: of the function.
            purpose: in words.
            missing: whether the chain was asked and lacks it; see `Sender.send_missing`.

        Returns:
            Its receipt; None when it is announced only.

        Raises:
            TransactionFailedError: the signer does not hold the office, must still wait, or the contract refuses.
        """
        data = contract.encode(function, *args)
        caller, target = str(who.address), contract.address
        immediate, delay_s = self.town.read(self.rpc, "canCall", caller, target, data[:4])
        if not immediate and delay_s:
            operation = self.town.read(self.rpc, "hashOperation", caller, target, data)
            if not self.town.read(self.rpc, "getSchedule", operation):
                announcement = self.town.encode("schedule", target, data, 0)
                Sender(self.rpc, who).send_missing(Call(self.town.address, announcement, f"announce: {purpose}"))
                return None
        sender, call = Sender(self.rpc, who), Call(target, data, purpose)
        return sender.send_missing(call) if missing else sender.send(call)

    def attest(self, notary: Signer, contract: Contract, function: str, *args: Any, purpose: str) -> bytes:
        """The notary attests the very call that the registrar is to make; its hash. Done within a day, it is left.

        Raises:
            TransactionFailedError: the signer is not the notary.
        """
        act_hash, until_s = keccak(contract.encode(function, *args)), self.now_s() + ATTESTED_S
        by, attested_until_s = contract.read(self.rpc, "attestationOf", act_hash)
        if by.lower() != str(notary.address).lower() or attested_until_s < until_s - DAY_S:
            self.send(notary, contract, "attest", act_hash, until_s, purpose=f"attest: {purpose}")
        return act_hash

    def concur(
        self, notary: Signer, registrar: Signer, contract: Contract, function: str, *args: Any, purpose: str
    ) -> dict[str, Any]:
        """An act that both offices concur in: attested by one, made by the other; the receipt of the act.

        Raises:
            TransactionFailedError: one does not hold its office, both are one person, or the contract refuses.
        """
        self.attest(notary, contract, function, *args, purpose=purpose)
        return self.send(registrar, contract, function, *args, purpose=purpose)
