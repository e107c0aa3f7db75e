"""Why the chain refuses a call: the error's name and arguments, by `eth_call`; ape.reverts waits for a trace."""

from typing import Any

from ape import networks, project
from eth_abi.abi import decode
from eth_utils.abi import collapse_if_tuple
from eth_utils.crypto import keccak
from web3.exceptions import ContractLogicError, Web3RPCError

_ERRORS: dict[bytes, tuple[str, list[str]]] = {}


def refusal(method: Any, *arguments: Any, sender: Any, value: int = 0) -> tuple[str, tuple[Any, ...]] | None:
    """The name and the arguments of the custom error that the call ends with; None when it would succeed.

    Args:
        method: an ape method, as `currency.transfer`.
        arguments: its own.
        sender: who would call.
        value: wei sent along.
    """
    data = "0x" + method.encode_input(*arguments).hex().removeprefix("0x")
    return _call(method.contract.address, data, sender, value)


def refusal_of_nothing(contract: Any, signature: str, *, sender: Any) -> tuple[str, tuple[Any, ...]] | None:
    """The same for the method of that signature with zeroes for arguments: whether it is open to `sender` at all."""
    return _call(contract.address, "0x" + keccak(text=signature)[:4].hex() + "00" * 640, sender, 0)


def _call(to: str, data: str, sender: Any, value: int) -> tuple[str, tuple[Any, ...]] | None:
    call = {"from": getattr(sender, "address", sender), "to": to, "data": data, "value": hex(value)}
    try:
        networks.provider.web3.eth.call(call)
    except ContractLogicError as error:
        return _read(error.data)
    except Web3RPCError as error:
        raise AssertionError(f"the node, not the contract, refused: {error}") from error
    return None


def _read(data: Any) -> tuple[str, tuple[Any, ...]]:
    raw = bytes.fromhex(str(data).removeprefix("0x"))
    if not _ERRORS:
        _learn()
    if raw[:4] not in _ERRORS:
        return f"0x{raw.hex()}", ()
    name, types = _ERRORS[raw[:4]]
    return name, tuple(_plain(value) for value in decode(types, raw[4:]))


def read_error(raw: bytes) -> tuple[str, tuple[Any, ...]]:
    """The name and the arguments of an error's bytes, as an event carries them."""
    return _read(raw.hex())


def _plain(value: Any) -> Any:
    from ape.types import AddressType  # noqa: PLC0415
    from eth_utils.address import is_hex_address, to_checksum_address  # noqa: PLC0415

    return AddressType(to_checksum_address(value)) if isinstance(value, str) and is_hex_address(value) else value


def _learn() -> None:
    for name in ("LocalCurrency", "Residents", "Town"):
        for error in project.contracts[name].errors:
            types = [collapse_if_tuple({"type": part.type, "components": []}) for part in error.inputs]
            _ERRORS[keccak(text=f"{error.name}({','.join(types)})")[:4]] = (error.name, types)
    _ERRORS[keccak(text="Panic(uint256)")[:4]] = ("Panic", ["uint256"])
