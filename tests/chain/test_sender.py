"""A transaction that fails says why; one that is sent is sent once."""

import pytest
from ape import accounts, networks

from beffroi.chain.abi import encode_call
from beffroi.chain.artifacts import artifact
from beffroi.chain.logs import contract_logs
from beffroi.chain.pending import TransactionPendingError
from beffroi.chain.reverts import decode_error
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender, TransactionFailedError
from beffroi.chain.signers import NoAccountError, anvil_account
from beffroi.chain.transaction import Call
from beffroi.cli.accounts import ApeSigner, choose_signer
from testbed.town import REGISTRAR

CITIZEN = "0x00000000000000000000000000000000000000aa"


@pytest.fixture
def chain(town):
    return town.rpc, town.manifest


def enrol(manifest, *citizens: str, kind: int = 1) -> Call:
    data = encode_call(artifact("Residents").abi, "enrol", kind, list(citizens), [])
    return Call(manifest.address("Residents"), data, "enrol")


def test_what_would_revert_is_not_sent_and_its_custom_error_is_named(chain):
    rpc, manifest = chain
    stranger = Sender(rpc, anvil_account(9))
    address = stranger.signer.address

    with pytest.raises(TransactionFailedError, match=f"enrol: AccessManagedUnauthorized.caller={address.lower()}"):
        stranger.send(enrol(manifest, CITIZEN))
    assert int(rpc.call("eth_getTransactionCount", address, "pending"), 16) == 0


def test_what_reverts_in_its_block_is_named_by_its_custom_error(chain, monkeypatch):
    rpc, manifest = chain
    registrar = Sender(rpc, REGISTRAR)
    monkeypatch.setattr(registrar, "_gas", lambda _: 1_000_000)

    with pytest.raises(TransactionFailedError, match=r"enrol: Residents_NoKind\(\) \(0x\w{64}\)"):
        registrar.send(enrol(manifest, CITIZEN, kind=0))


def test_transactions_follow_one_another(chain):
    rpc, manifest = chain
    registrar = Sender(rpc, REGISTRAR)
    receipts = [registrar.send(enrol(manifest, "0x" + f"{number:040x}")) for number in range(1000, 1003)]
    assert all(receipt["status"] == "0x1" for receipt in receipts)


def test_a_transaction_that_no_block_takes_is_reported_after_the_timeout(chain):
    rpc, manifest = chain
    registrar = Sender(rpc, REGISTRAR, timeout_s=0.3)
    rpc.call("evm_setAutomine", False)
    with pytest.raises(TransactionPendingError, match=r"enrol: 0x\w{64} is sent and not in a block yet"):
        registrar.send(enrol(manifest, "0x" + "ab" * 20))


def test_a_transaction_that_the_node_forgot_is_handed_over_again(chain):
    rpc, manifest = chain
    registrar, before = Sender(rpc, REGISTRAR), rpc.call

    class Forgetful(Rpc):
        forgotten = 0

        def call(self, method, *params):
            if method == "eth_sendRawTransaction" and not self.forgotten:
                self.forgotten += 1
                return "0x" + "00" * 32
            return before(method, *params)

    registrar.rpc = Forgetful(rpc.url)
    assert registrar.send(enrol(manifest, "0x" + "ac" * 20))["status"] == "0x1"
    assert registrar.rpc.forgotten == 1


def test_known_and_unknown_reverts_are_told_apart():
    assert decode_error(b"") == "reverted, no reason given"
    assert decode_error(bytes.fromhex("deadbeef")).startswith("reverted with 0xdeadbeef, an error of no contract")
    panic = bytes.fromhex("4e487b71") + (17).to_bytes(32, "big")
    assert decode_error(panic) == "Panic(code=17)"


def test_logs_come_whole_from_a_node_that_limits_the_span(chain):
    rpc, manifest = chain

    class Limited(Rpc):
        def call(self, method, *params):
            if method == "eth_getLogs" and int(params[0]["toBlock"], 16) - int(params[0]["fromBlock"], 16) > 1:
                raise RpcError(method, -32005, "range too wide")
            return super().call(method, *params)

    whole = contract_logs(rpc, manifest.address("Town"))
    assert len(whole) > 30
    assert contract_logs(Limited(rpc.url), manifest.address("Town")) == whole


def test_an_ape_account_signs_like_a_key(chain):
    rpc, _ = chain
    with networks.parse_network_choice(rpc.url) as provider:
        signer = ApeSigner(accounts.test_accounts[0], provider.network.ecosystem)
        transaction = {
            "type": 2,
            "chainId": 31337,
            "nonce": 7,
            "to": "0x4e59b44847b379578588920cA78FbF26c0B4956C",
            "value": 0,
            "data": "0x0102",
            "gas": 90_000,
            "maxFeePerGas": 2_000_000_000,
            "maxPriorityFeePerGas": 1,
        }
        assert signer.sign_transaction(transaction).raw_transaction == bytes(
            anvil_account(0).sign_transaction(transaction).raw_transaction
        )


def test_a_public_chain_has_no_default_account():
    with pytest.raises(NoAccountError, match="name the account that signs"):
        choose_signer(11155111, None, None)
    with pytest.raises(NoAccountError, match="ape has no account nobody"):
        choose_signer(11155111, None, "nobody")
