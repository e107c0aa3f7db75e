"""What the scripts of land share: the offices, who signs, acts of two offices, and errors in plain words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from eth_utils.crypto import keccak

from beffroi import csvfile
from beffroi.chain.contract import Contract
from beffroi.chain.signers import LOCAL_CHAIN_IDS
from beffroi.chain.transaction import Signer
from beffroi.errors import InputError
from beffroi.land import cadastre, shares
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandError, LandOffices
from beffroi.land.report import Parcel
from beffroi.land.sale import Sales
from beffroi.land.salefile import SaleFile
from beffroi.land.shares import Kind, Share, Units
from beffroi.office import choose_officer
from beffroi.town.config import TownConfig
from beffroi.town.modules.land import LandSection
from beffroi.town.session import open_session, plain_errors

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


class _Checked(click.ParamType):
    """An argument that a function of the library reads; its ValueError is the message."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name, self._parse = name, parse

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """See click."""
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _share(text: str) -> Share:
    """0x…=1/2, 0x…=bare:1/2, 0x…=usufruct:1 or 0x… alone for the whole."""
    holder, _, rest = text.partition("=")
    kind, _, fraction = (rest or "1").rpartition(":")
    try:
        return Share(csvfile.address(holder), Kind(kind or "full"), Fraction(fraction))
    except (ValueError, ZeroDivisionError) as error:
        raise InputError(f"{text!r} is not ACCOUNT, ACCOUNT=1/2, ACCOUNT=bare:1/2 or ACCOUNT=usufruct:1") from error


PARCEL = _Checked("parcel", ParcelId.parse)
ACCOUNT = _Checked("account", csvfile.address)
AMOUNT = _Checked("amount", csvfile.amount_cents)
SHARE = _Checked("share", _share)


@dataclass(frozen=True)
class LandDesk:
    """Where someone acts on land.

    Attributes:
        offices: the contracts.
        sales: of the town.
        config: the town's file.
        chain_id: of the chain.
        ecosystem: ape's, which its accounts sign for.
    """

    offices: LandOffices
    sales: Sales
    config: TownConfig
    chain_id: int
    ecosystem: Any

    @property
    def section(self) -> LandSection:
        """The section `land` of the town's file.

        Raises:
            LandError: it has none.
        """
        if self.config.land is None:
            raise LandError(f"{self.config.name}'s file has no section `land`")
        return self.config.land

    def signer(self, account: str | None, office: str | None = None) -> Signer:
        """Who signs; see `beffroi.office.Office.signer`.

        Raises:
            NoAccountError: there is no such account, or none is named on a public chain.
        """
        return choose_officer(self.chain_id, self.config, self.ecosystem, account, office)

    def concur(
        self, contract: Contract, function: str, *args: Any, account: str | None, attest: bool, purpose: str
    ) -> dict[str, Any] | None:
        """The notary's part of an act, or the registrar's; on a local chain, without an account, both.

        Returns:
            The receipt of the act; None when it is attested only.

        Raises:
            LandError: the registrar's turn has not come: nobody attested this very act.
            TransactionFailedError: the contract refuses.
        """
        act = (contract, function, *args)
        if attest or (account is None and self.chain_id in LOCAL_CHAIN_IDS):
            self.offices.attest(self.signer(account, "notary"), *act, purpose=purpose)
            if attest:
                return None
        act_hash = keccak(contract.encode(function, *args))
        by, until = contract.read(self.offices.rpc, "attestationOf", act_hash)
        if int(by, 16) == 0 or until < self.offices.now_s():
            raise LandError(
                f"the notary has not attested this very act ({purpose}), or too long ago: give the same command with "
                "--attest and the notary's account first; a title that changed since needs a new attestation"
            )
        return self.offices.send(self.signer(account, "registrar"), *act, purpose=purpose)

    def clerk_acts(self, account: str | None, contract: Contract, function: str, *args: Any, purpose: str) -> bool:
        """An act of the clerk, announced first where it must wait; whether it is done, and says so."""
        done = self.offices.act(self.signer(account, "clerk"), contract, function, *args, purpose=purpose)
        if done is None:
            click.echo(f"Announced: {purpose}. The clerk's acts wait: give this very command again after the delay.")
        return done is not None


@contextmanager
def at_land_desk(town: str, provider: Any, ecosystem: Any) -> Iterator[LandDesk]:
    """Opens a town's land offices; what a user can do something about is a message.

    Raises:
        click.ClickException: with that message.
    """
    with plain_errors():
        session = open_session(town, str(provider.http_uri))
        if session.manifest is None:
            raise LandError(
                f"{session.config.name} is not deployed on chain {session.chain_id}: "
                f"`ape run deploy --town {town} --network …` first"
            )
        offices = LandOffices.at(session.rpc, session.manifest)
        yield LandDesk(offices, Sales(offices), session.config, session.chain_id, ecosystem)


def concurring(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--attest`, for acts that two offices concur in."""
    words = "The notary's part: attest this very act; the registrar then gives the same command without it."
    return click.option("--attest", is_flag=True, help=words)(command)


def read_cadastre(path: Path, commune: str | None = None) -> tuple[Parcel, ...]:
    """The parcels of a cadastre file that may be registered.

    Raises:
        CadastreFileError: it is no cadastre.
    """
    return cadastre.read(path, commune).parcels


def parcel_of(path: Path, parcel: ParcelId) -> Parcel:
    """A parcel of a cadastre file.

    Raises:
        LandError: it is not there, or was refused; the message says why.
    """
    report = cadastre.read(path)
    for found in report.parcels:
        if found.id == parcel:
            return found
    why = "; ".join(it.message for it in report.refusals if it.subject == str(parcel)) or "it is not in the file"
    raise LandError(f"{parcel} cannot be taken from {path.name}: {why}")


def rights_of(given: tuple[Share, ...], whole: int | None = None) -> Units:
    """Shares as the register counts them.

    Raises:
        SharesError: they do not make a whole parcel.
    """
    return shares.to_units(given, whole)


def document_hash(path: Path) -> bytes:
    """What goes on chain of a document: the hash of its bytes."""
    return keccak(path.read_bytes())


def read_sale(desk: LandDesk, path: Path) -> SaleFile:
    """The file of a sale of this town on this chain.

    Raises:
        LandError: it is no such file, or of another.
    """
    sale = SaleFile.read(path)
    sale.require_here(desk.sales)
    return sale
