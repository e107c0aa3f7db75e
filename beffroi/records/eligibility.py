"""Who may vote by what a paper says (a district, an age): each shows it to the office, which keeps accounts alone."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from beffroi.chain.bulk import Progress
from beffroi.plain import plain
from beffroi.records.attested import Attested
from beffroi.records.definition import Definition, DefinitionError
from beffroi.records.showing import Showing
from beffroi.roll.file import BY_PAPERS
from beffroi.units import DAY_S

_CONDITION = re.compile(r"([a-z][a-z0-9_]*)(>=|<=|=)(.*)")
_ORDERED = {"integer": int, "date": str}
"""Types whose values come one before another, and how they are compared."""


@dataclass(frozen=True)
class Condition:
    """What a field must say: `district=Nord`, `age>=16`, `born<=2010-06-30`.

    Attributes:
        field: its name.
        relation: `=`, `>=` or `<=`.
        value: with which it is compared, in the one form of its type.
    """

    field: str
    relation: str
    value: str

    @classmethod
    def parse(cls, text: str, definition: Definition) -> "Condition":
        """A condition on papers of a schema.

        Raises:
            DefinitionError: it is none, the schema has no such field, or its type has no such values or no order.
        """
        match = _CONDITION.fullmatch(text)
        if match is None:
            raise DefinitionError(f"{text[:60]!r} is no condition: as district=Nord, age>=16 or born<=2010-06-30")
        name, relation, value = match.groups()
        field = definition.fields[definition.place(name) - 1]
        field.require(value)
        if relation != "=" and field.type not in _ORDERED:
            raise DefinitionError(f"{name} is of type {field.type}, which has no order: as {name}={value}")
        return cls(name, relation, value)

    def __str__(self) -> str:
        """As `parse` reads it."""
        return f"{self.field}{self.relation}{self.value}"

    def is_met(self, said: str, type_: str) -> bool:
        """Whether a value of the field meets it."""
        if self.relation == "=":
            return said == self.value
        compared = _ORDERED[type_]
        here, there = compared(said), compared(self.value)
        return bool(here >= there if self.relation == ">=" else here <= there)


@dataclass(frozen=True)
class Electorate:
    """Of whom a roll is drawn.

    Attributes:
        schema: of the papers.
        definition: of that schema.
        conditions: all of which a paper must meet.
        residents: those of the register; nobody else is on the roll.
        kind: of these, in words of the register.
    """

    schema: int
    definition: Definition
    conditions: tuple[Condition, ...]
    residents: Collection[str]
    kind: str

    def __str__(self) -> str:
        """What the roll's file says that it is."""
        said = ", ".join(map(str, self.conditions)) or "whoever has one"
        return f"{self.kind}{BY_PAPERS}{self.schema} ({plain(self.definition.name)}): {plain(said)}"

    def problems(self, showing: Showing) -> list[str]:
        """Why what is shown puts nobody on the roll, a sentence each."""
        if showing.paper.schema != self.schema:
            return [f"the paper is of schema {showing.paper.schema}, not of {self.schema}"]
        said = {claim.name: claim.value for claim in showing.claims}
        found = [why for it in self.conditions if (why := self._unmet(it, said.get(it.field)))]
        if showing.paper.subject not in self.residents:
            found.append(f"{showing.paper.subject} is no active {self.kind} in the register")
        return found

    def _unmet(self, condition: Condition, said: str | None) -> str | None:
        if said is None:
            return f"{condition.field} is not shown"
        field = self.definition.fields[self.definition.place(condition.field) - 1]
        try:
            field.require(said)
        except DefinitionError as error:
            return str(error)
        return None if condition.is_met(said, field.type) else f"it does not meet {condition}"


@dataclass(frozen=True)
class Admitted:
    """Whom an office admits to a roll. What they showed is not in it.

    Attributes:
        accounts: in the order of addresses.
        refused: by the name of each file that admits nobody, why, a sentence each.
    """

    accounts: tuple[str, ...]
    refused: Mapping[str, Sequence[str]]


def admit(
    electorate: Electorate, shown: Mapping[str, Showing], verifier: str, nonce: bytes, days: int, now_s: int,
    attested: Attested, progress: Progress = lambda _: None,
) -> Admitted:  # fmt: skip
    """Checks what people showed to an office, each whole: for it, by whom it is about, held on chain, met, and once.

    Args:
        electorate: of whom the roll is drawn.
        shown: by the name of its file.
        verifier: the office, as it calls itself.
        nonce: that it gave out for this roll alone.
        days: for how long it has taken them.
        now_s: unix seconds.
        attested: the contract.
        progress: called with the number of showings checked since the last call.

    Raises:
        RpcError: the node could not say.
    """
    accounts: dict[str, str] = {}
    refused: dict[str, Sequence[str]] = {}
    for name, showing in shown.items():
        account = showing.paper.subject
        problems = showing.problems(verifier, nonce, now_s, attested, fresh_s=days * DAY_S)
        problems += electorate.problems(showing)
        if not problems and account in accounts:
            problems.append(f"{account} is on the roll by {accounts[account]} already")
        if problems:
            refused[name] = problems
        else:
            accounts[account] = name
        progress(1)
    return Admitted(tuple(sorted(accounts, key=str.lower)), refused)
