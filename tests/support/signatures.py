"""A key's signature in the forms that wallets give."""

from beffroi.ballots.group import N


def forms(signature: bytes) -> dict[str, bytes]:
    """The same signature as wallets, libraries and EIPs write it."""
    r, s, odd = signature[:32], int.from_bytes(signature[32:64]), signature[64] - 27
    high = r + (N - s).to_bytes(32)
    return {
        "plain": signature,
        "v of 0 and 1": signature[:64] + bytes([odd]),
        "compact (EIP-2098)": r + (s | odd << 255).to_bytes(32),
        "high s": high + bytes([28 - odd]),
        "high s, v of 0 and 1": high + bytes([1 - odd]),
    }
