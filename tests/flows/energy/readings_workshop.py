"""Files of meters and readings as an organiser has them."""

from beffroi.flows.energy.clockdays import StepClock, moment_s
from beffroi.flows.energy.gathering import gather_files
from beffroi.flows.energy.metersfile import EnergyMeter
from tests.flows.energy.street import AMINA, BRUNO, meter_id

CLOCK = StepClock(moment_s("2026-09-01T00:00Z"), 900, 4)
HOME = EnergyMeter("home", meter_id(1), AMINA, "draws")
ROOF = EnergyMeter("roof", meter_id(2), BRUNO, "injects")
METERS = (ROOF, HOME)


def at(step, of_s=900):
    """The beginning of a step, as files write it."""
    minutes = step * of_s // 60
    return f"2026-09-01T{minutes // 60:02}:{minutes % 60:02}Z"


class Desk:
    """Where files are written and gathered."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = []

    def put(self, *lines, header="meter;start;wh", name=None, encoding="utf-8"):
        """A file of readings."""
        path = self.folder / (name or f"{len(self.paths)}.csv")
        path.write_bytes("\n".join([header, *lines]).encode(encoding))
        self.paths.append(path)
        return self

    def gather(self, meters=METERS, clock=CLOCK):
        """The curves and what was told of them."""
        return gather_files(self.paths, meters, clock)

    def readings(self, meters=METERS, clock=CLOCK):
        """The readings alone, by label."""
        columns = self.gather(meters, clock).curves.columns
        labels = {it.id: it.label for it in meters}
        return {labels[it.id]: it.readings for it in columns}


def whole(label="home", wh=100, first=0, steps=4):
    """Lines of all steps of the period."""
    return [f"{label};{at(step)};{wh}" for step in range(first, first + steps)]
