"""A wallet in the page, held by Python: it signs with eth-account, and refuses, waits or changes its mind when told."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils.address import to_checksum_address

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc, RpcError

PAGE_HALF = Path(__file__).with_name("wallet.js").read_text(encoding="utf-8")
ASKS_ITS_OWNER = {
    "eth_requestAccounts",
    "eth_sendTransaction",
    "eth_signTypedData_v4",
    "personal_sign",
    "wallet_addEthereumChain",
    "wallet_switchEthereumChain",
}
REFUSED = {"code": 4001, "message": "User rejected the request."}
UNKNOWN_CHAIN = {"code": 4902, "message": "Unrecognized chain ID."}
OTHER_CHAIN = {"code": -32603, "message": "Provided chainId must match the active chainId."}
NO_ACCOUNT = {"code": 4100, "message": "The requested account has not been authorized."}


class RefusalError(Exception):
    """What a wallet answers instead of a result."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.error = error


@dataclass
class Wallet:
    """Someone's wallet, announced to the page by EIP-6963.

    Attributes:
        rpc: the node behind it.
        keys: whose keys it holds; the first account is the one in use.
        chain_id: the chain it is on.
        known_chains: those it can switch to without being told about them.
        asked: every request that a person would have seen, in order.
    """

    rpc: Rpc
    keys: list[Key]
    chain_id: int = 31337
    known_chains: set[int] = field(default_factory=lambda: {1, 31337})
    asked: list[tuple[str, list[Any]]] = field(default_factory=list)
    connected: bool = False
    _refuses: int = 0
    _holds: bool = False
    _held: dict[int, tuple[str, list[Any]]] = field(default_factory=dict)
    _page: Any = None

    def enter(self, page: Any) -> None:
        """Puts the wallet in a page, before anything of the page runs."""
        self._page = page
        page.expose_binding("beffroiTestWallet", lambda _, request: self._answer(request["method"], request["params"]))
        page.add_init_script(PAGE_HALF)

    @property
    def address(self) -> str:
        """The account in use."""
        return self.keys[0].address

    @property
    def signed(self) -> list[dict[str, Any]]:
        """The typed messages it was asked to sign."""
        return [_typed(params) for method, params in self.asked if method == "eth_signTypedData_v4"]

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The transactions it was asked to send."""
        return [params[0] for method, params in self.asked if method == "eth_sendTransaction"]

    def refuse(self, times: int = 1) -> None:
        """Its owner says no to what comes next."""
        self._refuses = times

    def hold(self) -> None:
        """Its owner does not look: whatever comes waits until `release`, for ever without it."""
        self._holds = True

    def release(self) -> None:
        """Its owner answers what has waited."""
        self._holds = False
        held, self._held = self._held, {}
        for number, (method, params) in held.items():
            self._page.evaluate(
                "([number, answer]) => beffroiTestWalletPage.settle(number, answer)",
                [number, self._settled(method, params)],
            )

    def use(self, key: Key) -> None:
        """Its owner changes to another account."""
        self.keys = [key, *(known for known in self.keys if known is not key)]
        self._emit("accountsChanged", [key.address])

    def switch(self, chain_id: int) -> None:
        """Its owner changes to another chain."""
        self.chain_id = chain_id
        self._emit("chainChanged", hex(chain_id))

    def lock(self) -> None:
        """Its owner disconnects the page."""
        self.connected = False
        self._emit("accountsChanged", [])

    def _emit(self, event: str, value: Any) -> None:
        self._page.evaluate("([event, value]) => beffroiTestWalletPage.emit(event, value)", [event, value])

    def _answer(self, method: str, params: list[Any]) -> dict[str, Any]:
        if method == "eth_requestAccounts" and self.connected:
            return {"result": [self.address]}
        if method in ASKS_ITS_OWNER:
            self.asked.append((method, params))
            if self._holds:
                number = len(self.asked)
                self._held[number] = (method, params)
                return {"held": number}
        return self._settled(method, params)

    def _settled(self, method: str, params: list[Any]) -> dict[str, Any]:
        try:
            return {"result": self._act(method, params)}
        except RefusalError as refusal:
            return {"error": refusal.error}
        except RpcError as error:
            return {"error": {"code": error.code, "message": error.message, "data": error.data}}

    def _act(self, method: str, params: list[Any]) -> Any:
        if method in ASKS_ITS_OWNER and self._refuses:
            self._refuses -= 1
            raise RefusalError(REFUSED)
        acts = {
            "eth_accounts": self._accounts,
            "eth_chainId": self._chain,
            "eth_requestAccounts": self._connect,
            "eth_sendTransaction": self._send,
            "eth_signTypedData_v4": self._sign_typed,
            "personal_sign": self._sign_text,
            "wallet_addEthereumChain": self._add_chain,
            "wallet_switchEthereumChain": self._switch_chain,
        }
        return acts[method](*params) if method in acts else self.rpc.call(method, *params)

    def _accounts(self) -> list[str]:
        return [self.address] if self.connected else []

    def _connect(self) -> list[str]:
        self.connected = True
        return [self.address]

    def _chain(self) -> str:
        return hex(self.chain_id)

    def _sign_text(self, message: str, account: str) -> str:
        signed = Account.sign_message(encode_defunct(hexstr=message), self._key(account).secret)
        return "0x" + bytes(signed.signature).hex()

    def _sign_typed(self, account: str, typed_data: Any) -> str:
        typed = _typed([account, typed_data])
        if int(str(typed["domain"]["chainId"]), 0) != self.chain_id:
            raise RefusalError(OTHER_CHAIN)
        signed = Account.sign_typed_data(self._key(account).secret, full_message=typed)
        return "0x" + bytes(signed.signature).hex()

    def _send(self, transaction: dict[str, Any]) -> str:
        key = self._key(transaction["from"])
        to, data = to_checksum_address(transaction["to"]), transaction.get("data", "0x")
        asked = {"from": key.address, "to": to, "data": data, "value": transaction.get("value", "0x0")}
        gas = transaction.get("gas") or self.rpc.call("eth_estimateGas", asked)
        price = int(self.rpc.call("eth_gasPrice"), 16)
        signed = key.sign_transaction({
            "chainId": self.chain_id,
            "nonce": int(self.rpc.call("eth_getTransactionCount", key.address, "pending"), 16),
            "maxPriorityFeePerGas": 10**9,
            "maxFeePerGas": 2 * price + 10**9,
            "gas": int(gas, 16),
            "to": to,
            "value": int(asked["value"], 16),
            "data": data,
        })  # fmt: skip
        sent: str = self.rpc.call("eth_sendRawTransaction", "0x" + signed.raw_transaction.hex())
        return sent

    def _switch_chain(self, wanted: dict[str, str]) -> None:
        chain_id = int(wanted["chainId"], 16)
        if chain_id not in self.known_chains:
            raise RefusalError(UNKNOWN_CHAIN)
        self.switch(chain_id)

    def _add_chain(self, chain: dict[str, Any]) -> None:
        chain_id = int(chain["chainId"], 16)
        self.known_chains.add(chain_id)
        self.switch(chain_id)

    def _key(self, account: str) -> Key:
        if not self.connected or account.lower() != self.address.lower():
            raise RefusalError(NO_ACCOUNT)
        return self.keys[0]


def _typed(params: list[Any]) -> dict[str, Any]:
    typed: dict[str, Any] = json.loads(params[1]) if isinstance(params[1], str) else params[1]
    return typed
