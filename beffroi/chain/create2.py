"""Addresses known before anything is sent: CREATE2 through the canonical proxy, and what such a contract makes."""

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from beffroi.chain.rpc import Rpc
from beffroi.errors import ChainError

PROXY = "0x4e59b44847b379578588920cA78FbF26c0B4956C"
PROXY_CODE_HASH = "0x2fa86add0aed31f33a762c9d88e807c475bd51d0f52bd0955754b2608f7e4989"


class NoProxyError(ChainError):
    """The chain lacks the canonical CREATE2 proxy."""


def create2_address(salt: bytes, initcode: bytes) -> str:
    """Where the proxy puts a contract (EIP-1014)."""
    preimage = b"\xff" + bytes.fromhex(PROXY[2:]) + salt + keccak(initcode)
    return str(to_checksum_address(keccak(preimage)[12:]))


def made_address(maker: str, place: int) -> str:
    """Where a contract puts the one that it makes in that place, from 1 (the contract's own nonce, EIP-161).

    Args:
        maker: the contract's address.
        place: among all that it makes, below 128.
    """
    return str(to_checksum_address(keccak(b"\xd6\x94" + bytes.fromhex(maker[2:]) + bytes([place]))[12:]))


def code_at(rpc: Rpc, address: str) -> bytes:
    """The code of an account; empty when it has none."""
    return bytes.fromhex(rpc.call("eth_getCode", address, "latest")[2:])


def code_hash(code: bytes) -> str:
    """keccak-256, as 0x-hex."""
    return "0x" + keccak(code).hex()


def require_proxy(rpc: Rpc) -> None:
    """Makes sure that the proxy is there, and is the canonical one.

    Raises:
        NoProxyError: it is not.
    """
    if code_hash(code_at(rpc, PROXY)) != PROXY_CODE_HASH:
        raise NoProxyError(
            f"this chain has no canonical CREATE2 proxy at {PROXY}: anyone may put it there with the pre-signed "
            "transaction of github.com/Arachnid/deterministic-deployment-proxy; then start again"
        )
