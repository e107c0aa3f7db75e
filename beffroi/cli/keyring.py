"""A trustee's key file at her own desk: made once, backed up on paper, opened by a passphrase that is never shown."""

import os
from pathlib import Path

import click

from beffroi.ballots import keyfiles
from beffroi.ballots.keyfiles import SCRYPT_COST, KeyFile, TrusteeSecret
from beffroi.ballots.pins import Pins
from beffroi.ballots.tally import totals_hash
from beffroi.consultation.polls import ConsultationError
from beffroi.consultation.promised import require_same
from beffroi.consultation.sharing import Counted

PASSPHRASE = "BEFFROI_TRUSTEE_PASSPHRASE"  # noqa: S105, the name of a variable
_PAPER = """\
Beffroi: paper backup of a trustee's key
{label}

{words}

What the key is for, in a number to compare with the other trustees by telephone:
{phrase}

These 24 words are the key. Whoever reads them holds your share. Print this file, delete it, and lock the paper away,
apart from the computer and from the passphrase, until the result of the consultation stands; then destroy it.
To make the key file again: ape run vote ceremony restore {ceremony} FILE
"""


def passphrase(*, new: bool = False) -> str:
    """The trustee's passphrase: asked at the keyboard, or taken from `BEFFROI_TRUSTEE_PASSPHRASE` when nobody is there.

    Raises:
        ConsultationError: it is empty.
    """
    given = os.environ.get(PASSPHRASE)
    if given is None:
        given = click.prompt("Passphrase of the key file", hide_input=True, confirmation_prompt=new)
    if not given:
        raise ConsultationError("a key file needs a passphrase")
    return str(given)


def unlock(path: Path) -> KeyFile:
    """A key file, opened.

    Raises:
        ConsultationError: there is no such file.
        KeyFileError: it is another file, or the passphrase is wrong.
    """
    if not path.exists():
        raise ConsultationError(
            f"there is no key file {path}; with the paper: ape run vote ceremony restore NUMBER {path}"
        )
    return keyfiles.load(path, passphrase())


def remember(path: Path, counted: Counted) -> None:
    """Writes into a key file what it is about to open, before any node can hear a share of it.

    Raises:
        ConsultationError: it has begun to open other totals of that consultation.
    """
    now = f"{counted.closing.ballots} 0x{totals_hash(counted.closing.totals).hex()}"
    before = keyfiles.remember(path, "opened", str(counted.closing.consultation_id), now)
    if before not in {"", now}:
        raise ConsultationError(
            f"with this key file you began to open {_spelt(before)}, and this is {_spelt(now)}. Two counts of one vote "
            "tell what is in the ballots by which they differ: one vote, perhaps. Nothing was sent. One of your nodes "
            "hides ballots: ask the other trustees and the town. Do not go round this with the paper backup: where too "
            "few trustees are left for a result, the vote must be held again, with a new key"
        )


def promise(path: Path, step: str, said: str) -> None:
    """Writes into a key file what is about to be signed with it in a step, before anybody sees a signature.

    Args:
        path: of the key file.
        step: by its name, and what else makes it another, as `docs/ceremony-format.md` tells.
        said: the hash that is signed.

    Raises:
        ConsultationError: something else was signed in that step.
    """
    require_same(step, keyfiles.remember(path, "signed", step, said), said)


def _spelt(count: str) -> str:
    ballots, _, totals = count.partition(" ")
    return f"{ballots} ballots, totals {totals}"


def create(path: Path, label: str, pins: Pins, cost: int = SCRYPT_COST) -> Path:
    """Makes a key and its file, and beside it a text to be printed; gives the text's path.

    Args:
        path: of the key file, which does not exist yet.
        label: public words by which the file is recognised.
        pins: what the key is for.
        cost: scrypt's N.

    Raises:
        FileExistsError: one of the files exists.
    """
    paper = path.with_name(path.name + ".paper.txt")
    if paper.exists():
        raise FileExistsError(f"{paper} exists: it may be the only backup of another key")
    secret = TrusteeSecret.generate()
    keyfiles.save(KeyFile(secret, pins), path, passphrase(new=True), label, cost)
    descriptor = os.open(paper, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_PAPER.format(label=label, words=secret.words(), phrase=pins.phrase, ceremony=pins.ceremony))
    return paper


def restore(path: Path, words: str, pins: Pins, phrase: str, cost: int = SCRYPT_COST) -> None:
    """Makes the key file again from the words on paper.

    Args:
        path: of the key file, which does not exist.
        words: as they were printed.
        pins: what the key is for, as the node tells it now.
        phrase: the number on the paper, which these must give.
        cost: scrypt's N.

    Raises:
        FileExistsError: the file exists.
        KeyFileError: the words are not a backup.
        ConsultationError: the number on the paper is another.
    """
    secret = TrusteeSecret.from_words(words)
    if "".join(phrase.split()) != "".join(pins.phrase.split()):
        raise ConsultationError(
            "the number is not the one of the place that this node shows: the paper was printed for another, or the "
            "number was mistyped; no key file is made. Check the node, the contract's address and the ceremony's number"
        )
    keyfiles.save(KeyFile(secret, pins), path, passphrase(new=True), "restored from paper", cost)
