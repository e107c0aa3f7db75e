"""A trustee's secret on disk and on paper.

On disk: Ethereum's own encrypted key file (Web3 Secret Storage, version 3: scrypt and AES-128-CTR with a MAC), readable
by its owner only, never overwritten. On paper: the 24 words of BIP-39, of which the first four letters are enough and
the last carries a checksum of 8 bits. The secret itself is never printed, logged, nor shown by ``repr``. What the key
is for stands beside it in the clear, under a seal that only who has the secret can make.

Sources: Web3 Secret Storage Definition v3 (as in eth-keyfile); BIP-39.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bitarray import bitarray
from bitarray.util import int2ba
from eth_account.hdaccount.mnemonic import Mnemonic
from eth_account.types import Language
from eth_keyfile.keyfile import create_keyfile_json, decode_keyfile_json

from beffroi.ballots.group import N, random_scalar
from beffroi.ballots.pins import Pins
from beffroi.ballots.transcript import digest, tag
from beffroi.errors import InputError
from beffroi.textfile import read_json, write_whole

if TYPE_CHECKING:
    from pathlib import Path

SCRYPT_COST: Final = 1 << 18
"""Memory-hard cost of a password guess: 256 MB and about a second (the format's own standard strength)."""
PURPOSE: Final = "beffroi-trustee"
_OWNER_ALONE: Final = 0o600
TAG_SEAL: Final = tag("beffroi.vote.trustee.seal")


class KeyFileError(InputError):
    """The file is not a trustee's key file, its password is wrong, or the words do not form a backup."""


@dataclass(frozen=True)
class TrusteeSecret:
    """The one secret of a trustee, 32 bytes, from which every key of her ceremony is derived (``keys``)."""

    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != 32 or not 0 < int.from_bytes(self.value, "big") < N:
            raise KeyFileError("a trustee's secret is 32 bytes, from 1 to N − 1")

    @classmethod
    def generate(cls, entropy: bytes | None = None) -> TrusteeSecret:
        """A fresh secret from the system's generator, or the given 32 bytes (tests and vectors)."""
        return cls(random_scalar().to_bytes(32, "big") if entropy is None else entropy)

    def words(self, language: Language = Language.ENGLISH) -> str:
        """The printable backup: 24 words in six numbered lines of four."""
        words = Mnemonic(language).to_mnemonic(self.value).split()
        lines = [f"{i + 1:2}-{i + 4:2}  " + "  ".join(words[i : i + 4]) for i in range(0, 24, 4)]
        return "\n".join(lines)

    @classmethod
    def from_words(cls, text: str, language: Language = Language.ENGLISH) -> TrusteeSecret:
        """The secret that ``words`` printed; numbers, line breaks, capitals and shortened words are understood.

        Raises:
            KeyFileError: when a word is unknown, one is missing, or the checksum does not match.
        """
        mnemonic = Mnemonic(language)
        typed = unicodedata.normalize("NFKD", text.lower()).replace("-", " ").split()
        words = [mnemonic.expand_word(word) for word in typed if not word.isdigit()]
        unknown = [word for word in words if word not in mnemonic.wordlist]
        if unknown:
            raise KeyFileError(f"{len(unknown)} of the words are not in the {language.value} list")
        if len(words) != 24:
            raise KeyFileError(f"a backup has 24 words, not {len(words)}")
        if not mnemonic.is_mnemonic_valid(" ".join(words)):
            raise KeyFileError("the checksum does not match: a word is wrong or in the wrong place")
        bits = bitarray()
        for word in words:
            bits.extend(int2ba(mnemonic.wordlist.index(word), length=11))
        return cls(bits[:256].tobytes())


@dataclass(frozen=True)
class KeyFile:
    """A trustee's secret, and the one place where it may be used.

    Attributes:
        secret: hers.
        pins: what it was made for.
    """

    secret: TrusteeSecret
    pins: Pins

    @property
    def seal(self) -> bytes:
        """What shows that the pins are those with which the file was made, and tells nothing of the secret."""
        return digest(TAG_SEAL, self.secret.value, self.pins.hash)


def save(key: KeyFile, path: Path, password: str, label: str = "", cost: int = SCRYPT_COST) -> None:
    """Encrypt the secret into a new file that its owner alone may read.

    Args:
        key: the secret to protect, and what it is for.
        path: where; an existing file is never overwritten.
        password: the trustee's; not empty.
        label: public words that help recognise the file, such as the town and the trustee's number.
        cost: scrypt's N.

    Raises:
        FileExistsError: when ``path`` exists.
        KeyFileError: when the password is empty.
    """
    if not password:
        raise KeyFileError("a key file needs a password")
    content = create_keyfile_json(key.secret.value, password.encode(), kdf="scrypt", iterations=cost)  # type: ignore[arg-type]
    # An address would invite wallets to import the file as an account.
    content.pop("address")
    content |= {"purpose": PURPOSE, "label": label, "pins": key.pins.as_dict(), "seal": key.seal.hex()}
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ALONE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def remember(path: Path, act: str, name: str, said: str) -> str:
    """Writes into a key file what is about to be opened or signed with it; what stands there already is left alone.

    A copy made afterwards knows it too. It is not under the seal: it guards its owner against nodes.

    Args:
        path: of the file.
        act: "opened" or "signed".
        name: of what may be opened or signed once: a consultation's number, a step.
        said: what it is, in words that two of them are compared by.

    Returns:
        what it was before; empty where nothing.

    Raises:
        KeyFileError: the file is another, or damaged.
        OSError: it cannot be written.
    """
    content = read_json(path, KeyFileError, "a key file")
    known = content.get(act, {}) if isinstance(content, dict) else None
    if not isinstance(known, dict):
        raise KeyFileError(f"{path.name} is damaged")
    before = str(known.get(name, ""))
    if not before:
        changed = content | {act: known | {name: said}}
        write_whole(path, json.dumps(changed, indent=2) + "\n", _OWNER_ALONE)
    return before


def load(path: Path, password: str) -> KeyFile:
    """Decrypt a file written by ``save``.

    Raises:
        KeyFileError: when it is another kind of file, is damaged, names a place that it was not made for, or the
            password is wrong.
    """
    content = read_json(path, KeyFileError, "a key file")
    if not isinstance(content, dict) or content.get("purpose") != PURPOSE:
        raise KeyFileError(f"{path.name} is not a trustee's key file")
    try:
        pins = Pins.from_dict(content["pins"])
        key = KeyFile(TrusteeSecret(decode_keyfile_json(content, password.encode())), pins)  # type: ignore[arg-type]
        is_whole = bytes.fromhex(content["seal"]) == key.seal
    except (AttributeError, KeyError, TypeError, NotImplementedError, OverflowError) as error:
        raise KeyFileError(f"{path.name} is damaged") from error
    except ValueError as error:
        raise KeyFileError(f"wrong password for {path.name}, or the file is damaged") from error
    if not is_whole:
        raise KeyFileError(f"{path.name} was altered: it names a place that its key was not made for")
    return key
