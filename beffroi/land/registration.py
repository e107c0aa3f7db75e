"""The registration of a cadastre in batches, as plain data: what `LandRegister.registerMany` and `Planning.place` take.

A batch is as large as its gas allows. The plan of a cadastre is always the same one, and what is left of it after an
interruption is found by asking the chain which titles exist: nothing else need be remembered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from beffroi.chain.sizing import BatchGas
from beffroi.errors import InputError
from beffroi.land.cadastre_report import Parcel
from beffroi.land.parcels import ParcelId

GAS = BatchGas(each=75_000)
"""What a batch is expected to cost: the ceiling of one registration in the register."""

Item = TypeVar("Item")


class RegistrationPlanError(InputError):
    """The parcels cannot be planned; the message says why."""


@dataclass(frozen=True)
class Registration:
    """A parcel as the register takes it, with its holder.

    Attributes:
        token_id: the fourteen characters as a number.
        area_m2: its area of record.
        geometry_hash: Keccak-256 of its canonical geometry.
        zone: the prefix and section in which it lies, such as "000AB", from which planning zones are made.
        holder: the address that will hold all of it.
    """

    token_id: int
    area_m2: int
    geometry_hash: bytes
    zone: str
    holder: str


@dataclass(frozen=True)
class RegistrationBatch:
    """Registrations for one transaction.

    Attributes:
        number: its place in the plan, from 1.
        registrations: by token id.
        gas: what it is expected to cost.
    """

    number: int
    registrations: tuple[Registration, ...]
    gas: int

    @property
    def arguments(self) -> tuple[list[tuple[int, int, bytes]], list[str]]:
        """The arguments of `registerMany`: (id, area_m2, geometryHash) of each parcel, and the holders."""
        return (
            [(entry.token_id, entry.area_m2, entry.geometry_hash) for entry in self.registrations],
            [entry.holder for entry in self.registrations],
        )

    @property
    def area_m2(self) -> int:
        """The sum of its areas."""
        return sum(entry.area_m2 for entry in self.registrations)


def registrations(
    parcels: Iterable[Parcel], holder: str, holders: Mapping[ParcelId, str] | None = None
) -> list[Registration]:
    """What is to be registered.

    Args:
        parcels: those that a report found fit.
        holder: who holds every parcel of which nothing else is known: the town, until the conveyances are brought in.
        holders: who holds the others.

    Raises:
        PlanError: a holder is named for a parcel that is not among them.
    """
    listed = sorted(parcels, key=lambda parcel: parcel.id)
    holders = holders or {}
    if strangers := sorted(str(parcel_id) for parcel_id in holders.keys() - {parcel.id for parcel in listed}):
        raise RegistrationPlanError(f"{', '.join(strangers)}: a holder is named, but the parcel is not in the cadastre")
    return [
        Registration(
            token_id=parcel.id.token_id,
            area_m2=parcel.area_m2,
            geometry_hash=parcel.keccak256,
            zone=parcel.id.prefix + parcel.id.section,
            holder=holders.get(parcel.id, holder),
        )
        for parcel in listed
    ]


def batches(entries: Iterable[Registration], gas: BatchGas = GAS) -> list[RegistrationBatch]:
    """The batches that register entries, each as large as its gas allows.

    Raises:
        PlanError: a token id stands twice.
        TooMuchGasError: no batch can hold even one parcel.
    """
    listed = sorted(entries, key=lambda entry: entry.token_id)
    if len({entry.token_id for entry in listed}) != len(listed):
        raise RegistrationPlanError("a parcel stands twice in the plan")
    return [
        RegistrationBatch(number, tuple(chunk), gas.cost(len(chunk)))
        for number, chunk in enumerate(_chunks(listed, gas.most), 1)
    ]


def remaining(
    entries: Iterable[Registration], registered: Callable[[int], bool], gas: BatchGas = GAS
) -> list[RegistrationBatch]:
    """The batches that are left to send.

    Args:
        entries: the whole plan.
        registered: whether the chain has a title under a token id.
        gas: what a batch costs.
    """
    return batches((entry for entry in entries if not registered(entry.token_id)), gas)


def placements(entries: Iterable[Registration], most: int = 500) -> list[tuple[str, list[int]]]:
    """The titles to place in each zone, in lists that one `Planning.place` can take.

    Args:
        entries: the whole plan.
        most: how many titles one call places.
    """
    zones = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.token_id):
        zones[entry.zone].append(entry.token_id)
    return [(zone, list(chunk)) for zone in sorted(zones) for chunk in _chunks(zones[zone], most)]


def _chunks(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + most] for start in range(0, len(items), most))
