"""One measured figure beside what it claims to beat."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A figure of one run.

    Attributes:
        module: whose it is: currency, roll, vote …
        operation: what was done.
        unit: gas, s, MiB, 1/s.
        ours: the figure.
        peers: the same operation by others, measured in the same run.
        ceiling: the limit that was promised (a floor when the unit is a rate, `1/s`).
        aim: what we hope for.
    """

    module: str
    operation: str
    unit: str
    ours: float
    peers: dict[str, float] = field(default_factory=dict)
    ceiling: float | None = None
    aim: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        if self.ceiling is None:
            return True
        return self.ours >= self.ceiling if self.unit.endswith("/s") else self.ours <= self.ceiling
