"""The contract Programmes: which programmes stand there, what is left of each, who spent what at whom and when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eth_utils.address import to_checksum_address

from beffroi.chain.contract import Event
from beffroi.chain.headers import times_s
from beffroi.currency.keeper import Keeper
from beffroi.errors import StateError
from beffroi.programmes.programmeterms import ProgrammeTerms


class NoProgrammeError(StateError):
    """Nobody opened a programme of that name, or the chain's own sums of it differ."""


@dataclass(frozen=True)
class ProgrammeStanding:
    """Where a programme stands, in units.

    Attributes:
        left: of the money that is there.
        spent: in sum.
        funded: in sum.
        refunded: in sum.
        announced: what the roll allows in all periods, and what granters may grant and granted.
        claimed: units a period of the keys that have spent.
    """

    left: int
    spent: int
    funded: int
    refunded: int
    announced: int
    claimed: int

    @property
    def missing(self) -> int:
        """Units that are announced and not funded: until they are, nobody spends."""
        return max(self.announced - self.funded, 0)


@dataclass(frozen=True)
class HolderStanding:
    """Where a key stands, in units.

    Attributes:
        each: a period, by the roll; 0 until it first spends.
        granted: and not spent.
        nonce: the highest that served.
        claimed: whether its place on the roll was shown.
        voided: whether it spends nothing any more.
    """

    each: int
    granted: int
    nonce: int
    claimed: bool
    voided: bool


class ReportLine(NamedTuple):
    """What one merchant took in one period.

    Attributes:
        period: from 0; the number of periods for what was refunded once it was over.
        merchant: by the name that was accredited.
        spent: units.
        refunded: units, in the period in which they were given back.
    """

    period: int
    merchant: str
    spent: int
    refunded: int


class ProgrammeBook(Keeper):
    """Programmes, their holders and merchants."""

    NAME = "Programmes"

    def found(self, programme: bytes) -> ProgrammeTerms | None:
        """What a programme is, by its name; None when nobody opened it."""
        for event in self.told(programme, "ProgrammeOpened"):
            sponsor, *rest = event.args["terms"]
            return ProgrammeTerms(str(to_checksum_address(sponsor)), *rest)
        return None

    def terms(self, programme: bytes) -> ProgrammeTerms:
        """What a programme is, by its name.

        Raises:
            NoProgrammeError: nobody opened it.
        """
        terms = self.found(programme)
        if terms is None:
            raise NoProgrammeError(f"nobody opened a programme 0x{programme.hex()}: `programme open` prints the name")
        return terms

    def standing(self, programme: bytes) -> ProgrammeStanding:
        """Where a programme stands."""
        _, _, _, _, _, _, *sums = self.contract.read(self.rpc, "programmeOf", programme)
        return ProgrammeStanding(*sums[:6])

    def holder(self, programme: bytes, key: str) -> HolderStanding:
        """Where a key stands."""
        told = self.contract.read(self.rpc, "holderOf", programme, key)
        each, _, granted, _, _, _, nonce, _, claimed, voided = told
        return HolderStanding(each, granted, nonce, claimed, voided)

    def categories(self, programme: bytes, merchants: Sequence[str]) -> list[int]:
        """What merchants are accredited for, a bit each, in order."""
        return self.contract.reads(self.rpc, "categoriesOf", [(programme, it) for it in merchants])

    def report(self, programme: bytes) -> list[ReportLine]:
        """What merchants took, by period.

        Raises:
            NoProgrammeError: nobody opened it, or what the node tells does not sum to what the contract counts.
        """
        terms, told = self.terms(programme), self.told(programme, "UnitsSpent", "UnitsRefunded")
        at_s = times_s(self.rpc, sorted({it.block for it in told}))
        sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
        for event in told:
            place = terms.period_at(at_s[event.block]), str(event.args["merchant"])
            sums[place][event.name == "UnitsRefunded"] += int(event.args["units"])
        lines = [ReportLine(*place, *units) for place, units in sorted(sums.items())]
        now = self.standing(programme)
        counted = sum(it.spent for it in lines), sum(it.refunded for it in lines)
        if counted != (now.spent, now.refunded):
            raise NoProgrammeError(
                f"the node tells of {counted[0]} units spent and {counted[1]} refunded, and the contract counts "
                f"{now.spent} and {now.refunded}: something was spent meanwhile, or the node hides it. Ask again"
            )
        return lines

    def told(self, programme: bytes, *names: str) -> list[Event]:
        """Events of a programme, in order."""
        about = int.from_bytes(programme)
        return [*self.contract.events(self.rpc, *names, first=self.start_block, about=about)]
