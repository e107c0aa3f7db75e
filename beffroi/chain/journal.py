"""What an account sent before anybody was told how it ended, so that a command that was cut short acts once.

An act is written down, with its nonce and the hash of its transaction, before any node has it, and struck out once its
command has ended well; no other command strikes it. Started again, the command finds the very act here and takes its
outcome from the chain instead of sending it twice; what is in no block yet is sent under the nonce that it had, of
which the chain takes one. Where one more may be meant, or the chain cannot tell, it is refused once: see `Sender.send`.
"""

import fcntl
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from eth_utils.crypto import keccak
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.transaction import Call, Signed, Signer
from beffroi.errors import ChainError, InputError, SetupError, StateError
from beffroi.textfile import write_whole

SELECTOR_SIZE = 4


class JournalError(InputError):
    """The journal of an account cannot be read."""


class AccountBusyError(SetupError):
    """Another command of the same account is under way."""


class SentBeforeError(StateError):
    """An earlier run may have done it, and nobody was told; nothing was sent, and given again the command does it."""


class ChainSetBackError(ChainError):
    """An account has sent less than its journal tells."""


class Note(BaseModel):
    """An act, and the transactions that carry it.

    Attributes:
        to: the contract called.
        function: its selector, as 0x-hex.
        data_hash: keccak-256 of the calldata, as 0x-hex.
        value_wei: what it brings along.
        purpose: in words.
        nonce: of every transaction below: one of them at most is ever carried out.
        transactions: their hashes, as 0x-hex.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: str
    function: str
    data_hash: str
    value_wei: int
    purpose: str
    nonce: int
    transactions: tuple[str, ...]

    @classmethod
    def of(cls, call: Call, nonce: int, transactions: tuple[str, ...]) -> "Note":
        """The note of a call."""
        return cls(
            to=call.to,
            function="0x" + call.data[:SELECTOR_SIZE].hex(),
            data_hash="0x" + keccak(call.data).hex(),
            value_wei=call.value_wei,
            purpose=call.purpose,
            nonce=nonce,
            transactions=tuple(dict.fromkeys(transactions)),
        )

    def is_of(self, call: Call) -> bool:
        """Whether it is of that very act."""
        other = Note.of(call, 0, ())
        return (self.to, self.data_hash, self.value_wei) == (other.to, other.data_hash, other.value_wei)

    def resembles(self, call: Call) -> bool:
        """Whether it calls the same function of the same contract."""
        other = Note.of(call, 0, ())
        return (self.to, self.function) == (other.to, other.function)


class ActFate(StrEnum):
    """What became of an act, as people read it."""

    DONE = "done"
    FAILED = "failed"
    AWAITED = "in no block yet"
    LOST = "another transaction has its number"  # whose hash is not known: a wallet's faster copy of it, or any other


class ActOutcome(NamedTuple):
    """What became of an act.

    Attributes:
        fate: how it ended.
        receipt: the node's; empty where it is in no block.
    """

    fate: ActFate
    receipt: dict[str, Any]


_NOTES = TypeAdapter(tuple[Note, ...])


class Journal:
    """One account's acts on one chain; nobody else's command of that account runs meanwhile.

    Args:
        path: of the file, which stands there only while there is something in it.
        account: checksummed.

    Raises:
        AccountBusyError: another process holds it.
        JournalError: the file is damaged.
    """

    def __init__(self, path: Path, account: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path, self._account = path, account
        self._lock = path.with_suffix(".lock").open("w")
        self._own: list[Note] = []
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.earlier = list(self._read())
        except BlockingIOError as error:
            self.close()
            raise AccountBusyError(
                f"another command of {account} is under way here: start again when it has ended"
            ) from error
        except JournalError:
            self.close()
            raise

    def outcome(self, rpc: Rpc, note: Note) -> ActOutcome:
        """What became of a note's act.

        Raises:
            ChainSetBackError: the account has sent less than that.
            RpcError: the node could not say.
            RpcUnreachableError: it does not answer.
        """
        # In one request, which one node answers: by another that lags behind, what is done would be lost.
        asked = [("eth_getTransactionReceipt", [hash_]) for hash_ in note.transactions]
        count, *receipts = rpc.batch([("eth_getTransactionCount", [self._account, "latest"]), *asked])
        for answer in (count, *receipts):
            if isinstance(answer, RpcError):
                raise answer
        if found := next(filter(None, receipts), None):
            return ActOutcome(ActFate.DONE if int(found["status"], 16) else ActFate.FAILED, found)
        if int(count, 16) < note.nonce:
            raise ChainSetBackError(
                f"{note.purpose} was sent as transaction {note.nonce} of {self._account}, and this node knows of "
                f"{int(count, 16)}: ask another node; if the chain was set back for good, move {self._path} away"
            )
        return ActOutcome(ActFate.AWAITED if int(count, 16) == note.nonce else ActFate.LOST, {})

    def take_up(self, call: Call) -> Note | None:
        """The note of that very act, if an earlier run sent it; to be taken up once.

        Raises:
            SentBeforeError: it sent another of the same function: what is drawn anew at each run cannot be compared.
        """
        if same := next((note for note in self.earlier if note.is_of(call)), None):
            self.earlier.remove(same)
            self._own.append(same)
            return same
        if alike := next((note for note in self.earlier if note.resembles(call)), None):
            self.forget(call)
            raise SentBeforeError(
                f"{call.purpose}: an earlier run that was cut short had sent “{alike.purpose}” already "
                f"({alike.transactions[-1]}): see above what became of it; nothing was sent. Give the command again "
                "if one more is meant"
            )
        return None

    def write(self, note: Note) -> None:
        """Writes an act down, in the place of a note of the same nonce; it is on the disk when this returns."""
        self._own = [own for own in self._own if own.nonce != note.nonce] + [note]
        self._save()

    def strike(self, note: Note) -> None:
        """Forgets an act of this run, or one that it took up, which may be tried again."""
        self._own = [own for own in self._own if own.nonce != note.nonce]
        self._save()

    def forget(self, call: Call) -> None:
        """Forgets what earlier runs sent of a function, where the chain itself tells what is still to be done."""
        self.earlier = [note for note in self.earlier if not note.resembles(call)]
        self._save()

    def clear(self) -> None:
        """Forgets what this run sent or took up: whoever gave the command was told. What others sent stays."""
        self._own = []
        self._save()

    def close(self) -> None:
        """Lets another command have it; what is in it stays."""
        self._lock.close()

    def _save(self) -> None:
        if notes := (*self.earlier, *self._own):
            write_whole(self._path, _NOTES.dump_json(notes, indent=2).decode() + "\n")
        else:
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[Note, ...]:
        try:
            return _NOTES.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return ()
        except ValidationError as error:
            raise JournalError(
                f"{self._path} is damaged: it tells what {self._account} sent last and whether that was done is not "
                "known; look at the account's transactions, then move the file away"
            ) from error


class JournaledSigner:
    """A signer whose acts are written down before they are sent; see `Sender.send`.

    Args:
        signer: who signs.
        journal: the account's.
    """

    def __init__(self, signer: Signer, journal: Journal) -> None:
        self._signer, self.journal = signer, journal

    @property
    def address(self) -> str:
        """The account, checksummed."""
        return str(self._signer.address)

    @property
    def account(self) -> Any:
        """What signs messages; see `signers.sign_typed`."""
        return getattr(self._signer, "account", self._signer)

    def sign_transaction(self, transaction_dict: Any) -> Signed:
        """As the signer itself."""
        return self._signer.sign_transaction(transaction_dict)
