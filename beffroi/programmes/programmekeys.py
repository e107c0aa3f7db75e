"""Holders' keys: each of one programme, made from what its holder has and from nothing that names her.

A seed is a printed code, or a wallet's deterministic signature (RFC 6979) of `programmeslips.holder_key_slip`.
HKDF-SHA-256 (RFC 5869) of it, salted with the programme's name, has 48 bytes; modulo n − 1, plus 1, they are the key
(FIPS 186-5, A.2.1: biased by less than 2^-64).
"""

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from beffroi.ballots.group import N
from beffroi.chain.keys import Key
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.programmes.programmeslips import holder_key_slip
from beffroi.signatures import plain

SEED_BYTES = 16
PURPOSE = b"Beffroi: a holder's key of a programme, 1"
_KEY_BYTES = 48
_NAME_BYTES = 32
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE_CHARACTERS = 28
_GROUP = 4
_CHECK_BITS = _CODE_CHARACTERS * 5 - SEED_BYTES * 8


class CodeError(InputError):
    """What was typed is not a sheet's code."""


def key_of(seed: bytes, programme: bytes) -> Key:
    """The key that a seed makes in a programme.

    Args:
        seed: 16 bytes of a code, or 65 of a signature; 16 at least.
        programme: the 32 bytes that name it.

    Raises:
        CodeError: the seed is too short, or the name is none.
    """
    if len(seed) < SEED_BYTES:
        raise CodeError(f"a key is made from {SEED_BYTES} bytes at least, and {len(seed)} were given")
    if len(programme) != _NAME_BYTES:
        raise CodeError(f"a programme's name has {_NAME_BYTES} bytes, and {len(programme)} were given")
    number = int.from_bytes(HKDF(SHA256(), _KEY_BYTES, programme, PURPOSE).derive(seed))
    return Key((number % (N - 1) + 1).to_bytes(_NAME_BYTES))


def key_by_wallet(signature: bytes, account: str, programme: bytes, domain: Domain) -> Key:
    """The key that a wallet's signature makes in a programme.

    Args:
        signature: of `holder_key_slip`, in any form that wallets give it.
        account: whose key signed, 0x-hex.
        programme: the 32 bytes that name it.
        domain: of the contract Programmes.

    Raises:
        CodeError: no key of that account signed it; a contract's signature makes no key.
    """
    seed = plain(signature, holder_key_slip(programme).digest(domain), account)
    if seed is None:
        raise CodeError(f"{account} did not sign this by a key of its own")
    return key_of(seed, programme)


def new_seed() -> bytes:
    """Sixteen bytes that nobody guesses."""
    return secrets.token_bytes(SEED_BYTES)


def code_of(seed: bytes) -> str:
    """A seed as a sheet shows it: seven groups of four characters (Crockford's base 32), their last 12 bits a check.

    Raises:
        CodeError: the seed has not 16 bytes.
    """
    if len(seed) != SEED_BYTES:
        raise CodeError(f"a code has {SEED_BYTES} bytes, and {len(seed)} were given")
    number = int.from_bytes(seed) << _CHECK_BITS | _check(seed)
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_CODE_CHARACTERS)))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CODE_CHARACTERS, _GROUP))


def seed_of(code: str) -> bytes:
    """The seed that a code shows: in any case, with or without dashes and spaces, O for 0, I and L for 1.

    Raises:
        CodeError: it has not 28 characters, one that no code has, or was mistyped.
    """
    letters = "".join(code.replace("-", " ").split()).upper().translate(_LOOKALIKES)
    if len(letters) != _CODE_CHARACTERS:
        raise CodeError(f"a code has {_CODE_CHARACTERS} letters and digits, and {len(letters)} were typed")
    number = 0
    for letter in letters:
        if letter not in _ALPHABET:
            raise CodeError(f"no code has the character {letter!r}: read the sheet once more")
        number = number << 5 | _ALPHABET.index(letter)
    seed = (number >> _CHECK_BITS).to_bytes(SEED_BYTES)
    if number & ((1 << _CHECK_BITS) - 1) != _check(seed):
        raise CodeError("a character of the code was mistyped: read the sheet once more")
    return seed


def _check(seed: bytes) -> int:
    """So that 4,095 of 4,096 slips of the hand are seen."""
    return int.from_bytes(hmac.digest(b"Beffroi: a code's check, 1", seed, "sha256")[:2]) >> (16 - _CHECK_BITS)
