"""The bureau of land: acts of one office, acts that two concur in, and the files they are about."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import click
from eth_utils.crypto import keccak

from beffroi.chain.contract import Contract
from beffroi.chain.signers import LOCAL_CHAIN_IDS
from beffroi.cli.bureau import Bureau
from beffroi.land import cadastre, shares
from beffroi.land.cadastre_report import Parcel
from beffroi.land.parcels import ParcelId
from beffroi.land.registry import LandContracts, LandError
from beffroi.land.sale import Sales
from beffroi.land.salefile import SaleFile
from beffroi.land.shares import Share, Units
from beffroi.town.modules.land import LandSection
from beffroi.town.session import open_session


@dataclass(frozen=True)
class LandBureau(Bureau):
    """Where someone acts on land.

    Attributes:
        offices: the contracts.
        sales: of the town.
        section: the section `land` of the town's file.
        town: its name.
    """

    offices: LandContracts
    sales: Sales
    section: LandSection
    town: str

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any) -> Self:
        """Opens it for a town.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.

        Raises:
            NotDeployedError: the town does not stand there.
            LandError: its file has no section `land`.
        """
        session = open_session(town, str(provider.http_uri))
        offices = LandContracts.at(session.rpc, session.deployed())
        config = session.config
        if config.land is None:
            raise LandError(f"{config.name}'s file has no section `land`")
        return cls(
            session.rpc,
            session.chain_id,
            config,
            ecosystem,
            offices=offices,
            sales=Sales(offices),
            section=config.land,
            town=config.name,
        )

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

    def register(
        self, function: str, *args: Any, account: str | None, attest: bool, purpose: str
    ) -> dict[str, Any] | None:
        """A first registration: the registrar's alone while the cadastre is brought in, then as `concur`, which see."""
        register = self.offices.register
        if self.offices.is_founding() and not attest:
            return self.offices.send(self.signer(account, "registrar"), register, function, *args, purpose=purpose)
        return self.concur(register, function, *args, account=account, attest=attest, purpose=purpose)

    def clerk_acts(self, account: str | None, contract: Contract, function: str, *args: Any, purpose: str) -> bool:
        """An act of the clerk, announced first where it must wait; whether it is done, and says so."""
        done = self.offices.act(self.signer(account, "clerk"), contract, function, *args, purpose=purpose)
        if done is None:
            click.echo(f"Announced: {purpose}. The clerk's acts wait: give this very command again after the delay.")
        return done is not None


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
    why = (
        "; ".join(refusal.message for refusal in report.refusals if refusal.subject == str(parcel))
        or "it is not in the file"
    )
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


def at_sale(bureau: LandBureau, path: Path) -> tuple[LandBureau, SaleFile]:
    """The file of a sale of this town on this chain, and the bureau of the contract that it was drawn up for.

    Raises:
        LandError: it is no such file, or of another town or chain.
    """
    sale = SaleFile.read(path)
    sale.require_chain(bureau.chain_id)
    sales = Sales(bureau.offices.through(sale.conveyance))
    return replace(bureau, offices=sales.offices, sales=sales), sale
