"""A whole cadastre into the register: checked first, sent in batches as large as gas allows, resumed by the chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils.crypto import keccak

from beffroi.chain.bulk import Progress, carry_out, require_announced
from beffroi.chain.order import Order, OrderState, Outcome
from beffroi.chain.sizing import BatchGas
from beffroi.chain.transaction import Signer
from beffroi.land import registration
from beffroi.land.parcels import ParcelId
from beffroi.land.registration import GAS, Registration, RegistrationBatch
from beffroi.land.registry import ATTESTED_S, RETIRED, LandContracts, LandError


@dataclass(frozen=True)
class Import:
    """What an import would do, before anything is sent.

    Attributes:
        batches: to send; none when everything is registered.
        already: registered before, as the plan has them.
        retired: divided or merged away since: what came of them is registered.
        conflicts: why a parcel cannot be registered as planned, by its id: its title states another area.
    """

    batches: tuple[RegistrationBatch, ...]
    already: int
    retired: int
    conflicts: dict[ParcelId, str]

    @property
    def parcels(self) -> int:
        """How many are to be registered."""
        return sum(len(batch.registrations) for batch in self.batches)

    @property
    def gas(self) -> int:
        """What that may cost, at most."""
        return sum(batch.gas for batch in self.batches)


def compare(offices: LandContracts, entries: Sequence[Registration], gas: BatchGas = GAS) -> Import:
    """What is left to register: the register itself says what it has.

    Raises:
        PlanError: a parcel stands twice.
        TooMuchGasError: no batch can hold even one parcel.
    """
    stored = offices.titles([entry.token_id for entry in entries])
    found = dict(zip((entry.token_id for entry in entries), stored, strict=True))
    live = [it for it in entries if found[it.token_id].exists and not found[it.token_id].flags & RETIRED]
    conflicts = {
        ParcelId.from_token_id(it.token_id): (
            f"its title states {found[it.token_id].area_m2:,} m², the file {it.area_m2:,} m²: an act corrects areas"
        )
        for it in live
        if found[it.token_id].area_m2 != it.area_m2
    }
    retired = sum(bool(title.flags & RETIRED) for title in stored)
    left = registration.remaining(entries, lambda token_id: found[token_id].exists, gas)
    return Import(tuple(left), len(live) - len(conflicts), retired, conflicts)


def register(
    offices: LandContracts, registrar: Signer, batches: Sequence[RegistrationBatch], progress: Progress = lambda _: None
) -> list[Outcome]:
    """Sends the batches that `compare` found missing.

    Args:
        offices: of the town.
        registrar: who holds that office.
        batches: from `compare`.
        progress: called with the number of parcels registered or refused since the last call.

    Returns:
        One outcome for each batch; what failed is left for another run.

    Raises:
        LandError: the founding import is over, and the notary has not attested these very batches.
        NotFundedError: the registrar cannot pay.
        RpcUnreachableError: the node does not answer; start again, nothing is registered twice.
    """
    if not offices.is_founding() and (left := _unattested(offices, batches)):
        raise LandError(
            f"the founding import is over, and the notary has not attested {len(left)} of {len(batches)} batches of "
            "registrations: give the same command with --attest and the notary's account first; nothing was sent"
        )
    orders = [
        Order(registrar, offices.register.address, _call(offices, batch), batch.gas, f"register {_name(batch)}")
        for batch in batches
    ]
    return _carried_out(offices, orders, batches, progress)


def attest(
    offices: LandContracts, notary: Signer, batches: Sequence[RegistrationBatch], progress: Progress = lambda _: None
) -> list[Outcome]:
    """The notary's word for the batches that `compare` found missing and that nobody attested yet; as `register`."""
    batches, until = _unattested(offices, batches), offices.now_s() + ATTESTED_S
    orders = [
        Order(
            notary,
            offices.register.address,
            offices.register.encode("attest", keccak(_call(offices, batch)), until),
            purpose=f"attest {_name(batch)}",
        )
        for batch in batches
    ]
    return _carried_out(offices, orders, batches, progress)


def registered(outcomes: Sequence[Outcome], offices: LandContracts) -> int:
    """How many parcels these outcomes registered, by the events of their receipts."""
    return sum(len(offices.register.logged(it.receipt, "Registered")) for it in outcomes if it.state == OrderState.DONE)


def _carried_out(
    offices: LandContracts, orders: Sequence[Order], batches: Sequence[RegistrationBatch], progress: Progress
) -> list[Outcome]:
    require_announced(offices.rpc, orders)
    sizes = iter([len(batch.registrations) for batch in batches])
    return carry_out(offices.rpc, orders, progress=lambda ended: progress(sum(next(sizes) for _ in range(ended))))


def _unattested(offices: LandContracts, batches: Sequence[RegistrationBatch]) -> list[RegistrationBatch]:
    """Those for which no notary in office gave a word that still serves."""
    asked = [(keccak(_call(offices, batch)),) for batch in batches]
    given = offices.register.reads(offices.rpc, "attestationOf", asked)
    now_s = offices.now_s()
    return [batch for batch, (by, until) in zip(batches, given, strict=True) if int(by, 16) == 0 or until < now_s]


def _call(offices: LandContracts, batch: RegistrationBatch) -> bytes:
    return offices.register.encode("registerMany", *batch.arguments)


def _name(batch: RegistrationBatch) -> str:
    return f"batch {batch.number} from {ParcelId.from_token_id(batch.registrations[0].token_id)} on"
