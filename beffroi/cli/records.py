"""The bureau of papers: an accreditor's, an issuer's, a holder's, a verifier's; and the register of acts."""

import functools
import json
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

import click

from beffroi import csvfile
from beffroi.chain.contract import Contract
from beffroi.chain.signers import sign_hash
from beffroi.cli.bureau import TownBureau
from beffroi.errors import InputError
from beffroi.plain import plain
from beffroi.records.actaudit import ActsAudit, CarriedOut, carried_out
from beffroi.records.admission import Admissions
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import Definition
from beffroi.records.jws import Sign
from beffroi.records.paperfile import Home


class RecordsBureau(TownBureau):
    """Where someone acts on papers."""

    NEEDS = ("Attestations",)

    @cached_property
    def attested(self) -> Attested:
        """The town's contract Attestations."""
        return Attested.of(self.rpc, self.manifest)

    @cached_property
    def admissions(self) -> Admissions:
        """The town's contract Admission."""
        return Admissions(self.rpc, self.contract("Admission"), self.chain_id)

    def require_home(self, home: Home) -> None:
        """Lets no paper of another contract pass.

        Raises:
            InputError: it is of another.
        """
        if home != self.attested.home:
            here = self.attested.home
            there = f"{home.contract} on chain {home.chain_id}"
            raise InputError(f"the file is of {there}; the town's papers are of {here.contract} on {here.chain_id}")

    def series_key(self, series: SeriesName, account: str | None) -> Sign:
        """What signs by a series' key, for wallets.

        Raises:
            InputError: the account is not the series' key.
        """
        who, key = self.chosen(account, None), self.attested.series(series)[0]
        if str(who.address).lower() != key.lower():
            raise InputError(f"the series' key is {key}: that account signs (--account), not {who.address}")
        return functools.partial(sign_hash, who)

    def contract(self, name: str) -> Contract:
        """A contract of the town.

        Raises:
            InputError: it has none of that name.
        """
        if name not in self.manifest.contracts:
            raise InputError(f"the town has no contract {name[:60]}: {', '.join(self.manifest.contracts)}")
        return Contract.built(self.manifest.contracts[name].contract, self.manifest.address(name))

    def calls(self) -> list[CarriedOut]:
        """What was carried out that a council decides.

        Raises:
            RpcError: the node could not say.
        """
        return carried_out(self.rpc, self.manifest)


def series_name(text: str) -> SeriesName:
    """A series as it is written: 3:0x….

    Raises:
        InputError: it is none.
    """
    match = re.fullmatch("([0-9]{1,9}):(0x[0-9a-fA-F]{40})", text)
    if match is None:
        raise InputError(f"{text[:60]!r} is no series: SCHEMA:ISSUER, as 3:0x… by the account first accredited")
    return SeriesName(int(match[1]), csvfile.address(match[2]))


def paper_numbers(text: str) -> set[int]:
    """Numbers of papers between commas, or from one to another: 3,7,10-20.

    Raises:
        InputError: they are none.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch("([0-9]{1,12})(?:-([0-9]{1,12}))?", part.strip())
        if match is None:
            raise InputError(f"{part[:40]!r} is no number of a paper, and no range: 3,7,10-20")
        found |= {*range(int(match[1]), int(match[2] or match[1]) + 1)}
    return found


def purpose_word(text: str) -> bytes:
    """What a paper is used for, as 32 bytes.

    Raises:
        InputError: it is longer.
    """
    if not 0 < len(word := text.encode()) <= 32:
        raise InputError(f"{text[:60]!r}: a purpose has 1 to 32 bytes")
    return word.ljust(32, b"\0")


def print_schema_option(definition: Definition) -> Callable[[Any], Any]:
    """`--print-schema`, of a command for one schema: prints what its papers say, as `papers schema` takes it, and ends.

    Args:
        definition: of that schema.
    """

    def print_schema(context: click.Context, _: click.Parameter, wanted: object) -> None:
        if wanted:
            click.echo(json.dumps(definition.json, indent=1))
            context.exit()

    words = f"Print the schema {definition.name}, and end."
    return click.option("--print-schema", is_flag=True, is_eager=True, callback=print_schema, expose_value=False,
                        help=words)  # fmt: skip


def show_audit(audited: ActsAudit) -> None:
    """Shows a register of acts, audited: what carried each out, and in red what is wrong."""
    for line in audited.acts:
        act = line.act
        title = "individual" if act.individual else act.values["delib_objet"]
        click.echo(plain(f"{act.number:<12}{act.values['delib_date']}  {title}"))
        for transaction in line.executed_by:
            click.echo(f"{'':<12}executed by {transaction}")
        for problem in line.problems:
            click.secho(plain(f"{'':<12}{problem}"), fg="red")
    for problem in audited.problems:
        click.secho(plain(problem), fg="red")
