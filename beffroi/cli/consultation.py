"""The bureau of consultations: the returning officer's, a trustee's, a voter's, an auditor's."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import click

from beffroi.ballots.acknowledged import Panel, PanelError
from beffroi.ballots.params import Params
from beffroi.chain.announcing import NotAnnouncedError
from beffroi.chain.contract import Contract
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.cli.bureau import Bureau
from beffroi.consultation.opening import announced_roll
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.rulebook import register_of, require_terms
from beffroi.consultation.subject import Subject, told_of
from beffroi.credibility.attached import judgement_of
from beffroi.residents import ResidentKind, draw_roll
from beffroi.roll import Roll, Seal, read_csv, write_csv
from beffroi.roll.sealing import Provenance, origin_of
from beffroi.textfile import read_json
from beffroi.town.session import NotDeployedError, open_session


@dataclass(frozen=True)
class PollsBureau(Bureau):
    """Where someone acts in a consultation.

    Attributes:
        polls: the contracts.
        register: the town's register of residents; None where only an address is known.
        promises: the town's contract Promises, if it has one.
    """

    polls: Polls
    register: Contract | None
    promises: Contract | None = None

    @classmethod
    def open(cls, town: str, provider: Any, ecosystem: Any, *, contract: str | None = None, since: int = 0) -> Self:
        """Opens the polls of a town, or of a contract's address alone.

        Args:
            town: a file, or its name in towns/.
            provider: ape's, of the node.
            ecosystem: ape's.
            contract: the address of Consultations, instead of the town.
            since: the block at which it was created.

        Raises:
            NotDeployedError: the town does not stand there, or holds no consultations.
        """
        url = str(provider.http_uri)
        if contract is not None:
            polls = Polls.at(Rpc(url), contract, since)
            return cls(polls.rpc, polls.chain_id, None, ecosystem, polls=polls, register=None)
        session = open_session(town, url)
        manifest = session.deployed("Consultations")
        promises = manifest.contracts.get("Promises")
        return cls(
            session.rpc,
            session.chain_id,
            session.config,
            ecosystem,
            polls=Polls.at(session.rpc, manifest.address("Consultations"), manifest.start_block),
            register=Contract.built("Residents", manifest.address("Residents")),
            promises=Contract.built("Promises", promises.address) if promises else None,
        )

    def told_of(self, params: Params, path: Path | None) -> tuple[Subject | None, str]:
        """What a consultation asks, or what could not be read: an opener's or a node's words take no count away.

        Args:
            params: those that a ballot is made for, or was checked by.
            path: of the question's file.

        Raises:
            ConsultationError: the file holds another question.
        """
        asked, unread = told_of(self.polls, params, path)
        try:
            if asked is None and self.promises is not None:
                asked = judgement_of(self.polls, self.promises, params)
        except ConsultationError as error:
            return None, str(error)
        return asked, f"{unread}: give the question's file by --question" if unread and asked is None else unread

    def asked(self, params: Params, path: Path | None) -> Subject:
        """What a consultation asks, for whoever votes; the arguments are those of `told_of`.

        Raises:
            ConsultationError: nobody tells it here.
        """
        asked, unread = self.told_of(params, path)
        if asked is None:
            town = "" if self.promises else "; where promises are judged, the town by --town"
            raise ConsultationError(
                unread or f"the chain holds the question's hash only: give its file by --question{town}"
            )
        return asked

    def origin(self, seal: Seal) -> Provenance:
        """Where a roll comes from, drawn again from the town's register, or from the one that the chain names.

        Args:
            seal: what its file states.
        """
        try:
            register = self.register or register_of(self.polls)
        except RpcError as error:
            return Provenance(is_whole=False, words=f"the chain names no register of residents: {error}")
        return origin_of(self.rpc, register, seal, self.polls.first)

    def require_origin(self, seal: Seal, used_at_s: int, *, is_trusted: bool) -> None:
        """Says where a roll comes from; where nobody has shown that it is whole, asks whether to go on all the same.

        Args:
            seal: what its file states.
            used_at_s: when the vote on it began, unix seconds.
            is_trusted: nobody is asked.

        Raises:
            ConsultationError: not all the same.
        """
        origin = self.origin(seal)
        for warning in origin.warnings(used_at_s):
            click.echo(warning)
        if origin.is_whole:
            click.echo(f"The roll: {origin.words}.")
        elif not is_trusted and not click.confirm("People may vote on it who are nobody. Go on all the same?"):
            raise ConsultationError("nothing was sent: ask the town how the roll was drawn, and look by another node")

    @property
    def residents(self) -> Contract:
        """The town's register of residents.

        Raises:
            NotDeployedError: only an address is known.
        """
        if self.register is None:
            raise NotDeployedError("the roll comes from a town's register: give --town rather than --contract")
        return self.register


def opening_roll(
    polls: Polls,
    residents: Contract,
    officer: Signer,
    path: Path,
    kinds: Collection[ResidentKind],
    act_of: Callable[[Roll], Call],
    require: Callable[[Roll], None] = lambda _: None,
) -> Roll:
    """The roll to open a consultation on: that of the file where its opening is announced, else drawn and written now.

    It is written once the chain would take the opening, or its announcement: what is refused leaves no file.

    Args:
        polls: the contracts.
        residents: the register.
        officer: the returning officer.
        path: the roll's file.
        kinds: who is on it.
        act_of: the opening on a roll.
        require: raises where a roll that is drawn now will not do.

    Raises:
        RollError: nobody is on it, or a file stands there that is no roll.
        ConsultationError: the consultation cannot be opened so; no roll is written.
        TransactionFailedError: the contract refuses it.
    """
    if announced := announced_roll(polls, officer, path, act_of):
        click.echo(f"The opening is announced, or done, on the roll of {path}: it stays.")
        return announced
    block = polls.rpc.number("eth_blockNumber")
    roll, seal = draw_roll(polls.rpc, residents, kinds, block, polls.first)
    act = act_of(roll)
    require(roll)
    require_terms(polls, act)
    with suppress(NotAnnouncedError):
        Sender(polls.rpc, officer).rehearse(act)
    write_csv(roll, seal, path)
    click.echo(f"The roll is drawn at block {block:,} and written to {path}.")
    return roll


def published_trustees(path: Path) -> list[Panel]:
    """The trustees of a file that a town published: one panel, or a list of them.

    Raises:
        PanelError: it is another file.
    """
    told = read_json(path, PanelError, "a list of trustees")
    return [Panel.from_dict(it) for it in (told if isinstance(told, list) else [told])]


def sealed_roll(path: Path, params: Params) -> tuple[Roll, Seal]:
    """The roll of a file, which must be the one that the consultation sealed, and what the file states.

    Raises:
        ConsultationError: it is another.
        RollError: the file is not a roll.
    """
    roll, seal = read_csv(path)
    if (roll.root, len(roll)) != (params.roll_root, params.roll_size):
        raise ConsultationError(f"{path.name} is not the roll that consultation {params.consultation} sealed")
    return roll, seal
